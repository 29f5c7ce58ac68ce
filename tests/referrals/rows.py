"""A person, a ground, a proposal: the rows that most tests start from, made through the services."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from tests.cast import Cast

from fanal.access.rules import Member
from fanal.access.services import acting_as
from fanal.alerts.rules import Age
from fanal.audit.models import Entry
from fanal.errors import Refusal
from fanal.notify.models import Message
from fanal.referrals import services
from fanal.referrals.models import Consent, Matter, Referral
from fanal.referrals.rules.content import About, Identity, Item, Practical, SafeContact
from fanal.referrals.rules.grounds import Given

NOW = datetime.now(UTC).replace(microsecond=0)
TODAY = NOW.date()
NAME = "Synthetikova"
ABOUT = About(
    summary="Invented person found at an invented yard.",
    pseudonym="Lotus",
    age=Age(basis="known", birth_date=date(1996, 5, 4)),
    sex="F",
    languages=("ro",),
    needs=Practical(children=0, wheelchair=False, night=False),
    safe_contact=SafeContact(("phone",), "+32 470 00 00 00", "after six"),
    identity=Identity(NAME, "Invented", date(1996, 5, 4)),
)
CONSENT = Given(ground="consent", given_on=TODAY, form="oral")
VITAL = Given(
    ground="vital_interest", given_on=TODAY, why="Not conscious.", review_due=TODAY + timedelta(days=7)
)
SENT = (Item.SUMMARY, Item.PSEUDONYM, Item.AGE, Item.SEX, Item.LANGUAGES)


def prepared(by: Member, about: About = ABOUT, **more: Any) -> Matter:
    with acting_as(by):
        return services.prepare(by=by, about=about, at=NOW, **more)


def proposed(by: Member, to: Member, *, matter: Matter | None = None, **more: Any) -> Referral:
    """A proposal with an oral consent, of the purpose housing, without the identity."""
    matter = matter or prepared(by)
    given = {"purpose": "housing", "items": SENT, "given": CONSENT, "at": NOW} | more
    with acting_as(by):
        return services.propose(by=by, matter=matter.reference, to_unit_id=to.unit_id, **given)


def accepted(cast: Cast) -> Referral:
    row = proposed(cast.officer, cast.centre_worker)
    with acting_as(cast.centre_worker):
        services.accept(by=cast.centre_worker, reference=row.reference, at=NOW)
    with acting_as(cast.officer):
        return Referral.objects.select_related("matter").get(pk=row.pk)


def consent_for(cast: Cast, row: Matter, given: object = CONSENT, purpose: str = "housing") -> Consent:
    with acting_as(cast.officer):
        return services.record_consent(
            by=cast.officer, matter=row.reference, to_unit_id=cast.centre_worker.unit_id, purpose=purpose,
            given=given, at=NOW,  # type: ignore[arg-type]
        )  # fmt: skip


def told(reference: str) -> list[tuple[str, int]]:
    return list(Message.objects.filter(reference=reference).order_by("id").values_list("kind", "unit_id"))


def traces(by: Member, act: str) -> list[Entry]:
    with acting_as(by):
        return list(Entry.objects.filter(act=act).order_by("at", "id"))


def refused(code: str, act: Callable[[], object], kind: type[Refusal] = Refusal) -> Refusal:
    with pytest.raises(kind) as found:
        act()
    assert found.value.code == code
    return found.value
