"""A machine that tries the acts of every side on one person in any order, against the database itself.

A model of its own says what must come out: which acts are refused, who sees what, and that one acceptance stands.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from tests.cast import Cast
from tests.referrals.rows import CONSENT, NOW, SENT, prepared, proposed

from fanal.access.rules import Member
from fanal.access.services import acting_as
from fanal.errors import NotFound, Refusal
from fanal.referrals import services
from fanal.referrals.models import Referral, ReferralItem

UNITS = ("centre_worker", "other_centre_worker")


def tried(by: Member, act: Callable[[], object]) -> str:
    """The code of a refusal, "" when the act went through."""
    try:
        with acting_as(by):
            act()
    except NotFound:
        return "not_found"
    except Refusal as refusal:
        return refusal.code
    return ""


def machine(cast: Cast) -> type[RuleBasedStateMachine]:
    class Person(RuleBasedStateMachine):
        """State of the model: for each unit the state of its last referral, and whether its consent stands."""

        def __init__(self) -> None:
            super().__init__()
            self.world = transaction.atomic()
            self.world.__enter__()
            self.states: dict[str, str] = {}
            self.consents: dict[str, bool] = {}
            self.rows: dict[str, Referral] = {}

        def teardown(self) -> None:
            transaction.set_rollback(True)
            self.world.__exit__(None, None, None)

        @initialize()
        def prepare(self) -> None:
            self.matter = prepared(cast.officer)
            for unit in UNITS:
                self.propose_to(unit, CONSENT)

        @property
        def taken(self) -> bool:
            return "accepted" in self.states.values()

        @rule(unit=st.sampled_from(UNITS), given=st.sampled_from([CONSENT, None]))
        def propose(self, unit: str, given: Any) -> None:
            self.propose_to(unit, given)

        def propose_to(self, unit: str, given: Any) -> None:
            to = getattr(cast, unit)
            found = tried(cast.officer, lambda: self.rows.update({
                unit: proposed(cast.officer, to, matter=self.matter, given=given, items=SENT)}))  # fmt: skip
            if self.states.get(unit) in ("proposed", "accepted"):
                assert found == "", "an open proposal is given back"
            elif self.taken:
                assert found == "already_accepted"
            elif given is None and not self.consents.get(unit):
                assert found == "no_ground"
            else:
                assert found == ""
                self.states[unit], self.consents[unit] = "proposed", True

        @rule(unit=st.sampled_from(UNITS))
        def accept(self, unit: str) -> None:
            by = getattr(cast, unit)
            expected = self.answer(unit, "accepted")
            if expected == "" and self.taken and self.states[unit] != "accepted":
                expected = "taken_elsewhere"
            assert (
                tried(by, lambda: services.accept(by=by, reference=self.reference(unit), at=NOW)) == expected
            )
            if expected == "":
                self.states[unit] = "accepted"

        @rule(unit=st.sampled_from(UNITS))
        def refuse(self, unit: str) -> None:
            by = getattr(cast, unit)
            expected = self.answer(unit, "refused")
            found = tried(
                by,
                lambda: services.refuse(
                    by=by, reference=self.reference(unit), reason="full", words="No.", at=NOW
                ),
            )
            assert found == expected
            if expected == "":
                self.states[unit] = "refused"

        @rule(unit=st.sampled_from(UNITS))
        def report_done(self, unit: str) -> None:
            by = getattr(cast, unit)
            expected = "not_found" if not self.consents.get(unit) else "not_now"
            if self.consents.get(unit) and self.states[unit] in ("accepted", "done"):
                expected, self.states[unit] = "", "done"
            assert (
                tried(by, lambda: services.report_done(by=by, reference=self.reference(unit), at=NOW))
                == expected
            )

        @rule(unit=st.sampled_from(UNITS))
        def withdraw(self, unit: str) -> None:
            expected = "not_found" if unit not in self.states else "not_now"
            if self.states.get(unit) in ("proposed", "withdrawn"):
                expected, self.states[unit] = "", "withdrawn"
            reference = self.reference(unit)
            found = tried(
                cast.officer, lambda: services.withdraw(by=cast.officer, reference=reference, at=NOW)
            )
            assert found == expected

        @rule(unit=st.sampled_from(UNITS))
        def revoke(self, unit: str) -> None:
            if unit not in self.rows:
                return
            consent_id = self.rows[unit].consent_id
            services_call = lambda: services.revoke_consent(by=cast.officer, consent_id=consent_id, at=NOW)  # noqa: E731
            assert tried(cast.officer, services_call) == ""
            self.consents[unit] = False
            if self.states[unit] in ("proposed", "accepted"):
                self.states[unit] = "withdrawn"

        @rule()
        def tidy(self) -> None:
            losers = (
                [unit for unit, state in self.states.items() if state == "proposed"] if self.taken else []
            )
            assert services.close_taken(at=NOW) == len(losers)
            self.states |= dict.fromkeys(losers, "elsewhere")

        @invariant()
        def the_database_says_the_same(self) -> None:
            with acting_as(cast.officer):
                stored = dict(Referral.objects.values_list("id", "state"))
            assert {unit: stored[row.id] for unit, row in self.rows.items()} == self.states
            assert list(stored.values()).count("accepted") <= 1

        @invariant()
        def each_unit_sees_what_its_task_and_its_ground_allow(self) -> None:
            for unit, row in self.rows.items():
                with acting_as(getattr(cast, unit)):
                    knows = Referral.objects.filter(pk=row.pk).exists()
                    reads = ReferralItem.objects.filter(referral_id=row.pk).exists()
                assert knows == self.consents[unit]
                assert reads == (
                    self.consents[unit] and self.states[unit] in ("proposed", "accepted", "done")
                )

        def answer(self, unit: str, already: str) -> str:
            if not self.consents.get(unit):
                return "not_found"
            return "" if self.states[unit] in ("proposed", already) else "not_now"

        def reference(self, unit: str) -> str:
            return self.rows[unit].reference if unit in self.rows else "R-0000-0000"

    return Person


@pytest.mark.django_db
def test_any_order_of_acts(cast: Cast) -> None:
    run_state_machine_as_test(
        machine(cast),
        settings=settings(
            max_examples=40, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
