"""Acts at the same moment, in transactions of their own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from tests import cast as casting
from tests.cast import Cast
from tests.referrals.rows import CONSENT, NOW, SENT, prepared, proposed

from fanal.access.rules import Member
from fanal.access.services import acting_as
from fanal.errors import NotFound, Refusal
from fanal.referrals import services
from fanal.referrals.models import Referral, ReferralItem

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return casting.load()


def at_once(*acts: tuple[Member, Callable[[Member], object]]) -> list[str]:
    """Run each act in a thread, a connection and a transaction of its own; the codes of what was refused, "" if not."""
    gate = Barrier(len(acts))

    def run(by: Member, act: Callable[[Member], object]) -> str:
        try:
            with acting_as(by):
                gate.wait()
                act(by)
        except Refusal as refusal:
            return refusal.code
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(len(acts)) as pool:
        return [done.result() for done in [pool.submit(run, by, act) for by, act in acts]]


def accepting(row: Referral) -> Callable[[Member], object]:
    return lambda by: services.accept(by=by, reference=row.reference, at=NOW)


@pytest.mark.asvs("2.3.4")
def test_two_units_accept_at_once_and_one_wins(cast: Cast) -> None:
    for _ in range(5):
        first = proposed(cast.officer, cast.centre_worker)
        second = proposed(cast.officer, cast.other_centre_worker, matter=first.matter)
        found = at_once((cast.centre_worker, accepting(first)), (cast.other_centre_worker, accepting(second)))
        assert sorted(found) == ["", "taken_elsewhere"]
        with acting_as(cast.officer):
            states = Referral.objects.filter(matter=first.matter).values_list("state", flat=True)
            assert sorted(states) == ["accepted", "proposed"]


def test_accepting_and_refusing_at_once(cast: Cast) -> None:
    row = proposed(cast.officer, cast.centre_worker)
    refusing = lambda by: services.refuse(by=by, reference=row.reference, reason="full", at=NOW)  # noqa: E731
    found = at_once((cast.centre_worker, accepting(row)), (cast.centre_worker, refusing))
    assert sorted(found) == ["", "not_now"]


def test_accepting_twice_at_once_is_one_acceptance(cast: Cast) -> None:
    row = proposed(cast.officer, cast.centre_worker)
    assert at_once((cast.centre_worker, accepting(row)), (cast.centre_worker, accepting(row))) == ["", ""]
    with acting_as(cast.officer):
        assert Referral.objects.get(pk=row.pk).version == 2


def test_a_consent_revoked_while_it_is_accepted_ends_the_sight_either_way(cast: Cast) -> None:
    row = proposed(cast.officer, cast.centre_worker)
    revoking = lambda by: services.revoke_consent(by=by, consent_id=row.consent_id, at=NOW)  # noqa: E731
    found = at_once((cast.centre_worker, accepting(row)), (cast.officer, revoking))
    assert found in (["", ""], [NotFound().code, ""], ["not_now", ""])
    with acting_as(cast.centre_worker):
        assert not Referral.objects.exists()
    with acting_as(cast.officer):
        assert Referral.objects.get(pk=row.pk).state == "withdrawn"


def test_the_same_proposal_at_once_is_one_proposal(cast: Cast) -> None:
    matter = prepared(cast.officer)
    propose = lambda by: services.propose(  # noqa: E731
        by=by, matter=matter.reference, to_unit_id=cast.centre_worker.unit_id, purpose="housing", items=SENT,
        given=CONSENT, at=NOW,
    )  # fmt: skip
    assert at_once((cast.officer, propose), (cast.officer, propose)) == ["", ""]
    with acting_as(cast.officer):
        assert Referral.objects.filter(matter=matter).count() == 1


def test_a_proposal_and_an_acceptance_at_once_leave_no_second_winner(cast: Cast) -> None:
    first = proposed(cast.officer, cast.centre_worker)
    propose = lambda by: services.propose(  # noqa: E731
        by=by, matter=first.matter.reference, to_unit_id=cast.other_centre_worker.unit_id, purpose="housing",
        items=SENT, given=CONSENT, at=NOW,
    )  # fmt: skip
    found = at_once((cast.centre_worker, accepting(first)), (cast.officer, propose))
    assert found in (["", ""], ["", "already_accepted"])
    services.close_taken(at=NOW)
    with acting_as(cast.officer):
        states = set(Referral.objects.values_list("state", flat=True))
        assert states <= {"accepted", "elsewhere"}


def test_a_consent_revoked_while_a_proposal_is_made_on_it_carries_nothing(cast: Cast) -> None:
    for _ in range(5):
        matter = prepared(cast.officer)
        given = {
            "matter": matter.reference,
            "to_unit_id": cast.centre_worker.unit_id,
            "purpose": "housing",
            "at": NOW,
        }
        with acting_as(cast.officer):
            consent = services.record_consent(by=cast.officer, given=CONSENT, **given)
        propose = lambda by, g=given: services.propose(by=by, items=SENT, **g)  # noqa: E731
        revoke = lambda by, c=consent: services.revoke_consent(by=by, consent_id=c.id, at=NOW)  # noqa: E731
        found = at_once((cast.officer, propose), (cast.officer, revoke))
        assert found in (["", ""], ["no_ground", ""])
        with acting_as(cast.centre_worker):
            assert not ReferralItem.objects.exists()
            assert not Referral.objects.exists()
