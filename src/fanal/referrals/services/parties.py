"""Whom a person may be referred to, and for what."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fanal.access.rules import Member
from fanal.country import queries as country
from fanal.directory import queries as directory
from fanal.errors import Invalid, NotFound, Refusal
from fanal.referrals import queries


def demand_recipient(to_unit_id: int, by: Member, at: datetime) -> directory.Unit:
    """The unit that is asked. Refused: `Invalid` `unknown_unit`, `own_unit`, `cannot_answer` (nobody there answers
    referrals); `unit_closed` when it closed or has not opened yet."""
    try:
        unit = directory.unit(to_unit_id)
    except NotFound:
        raise Invalid("unknown_unit", _("Choose one of the services."), field="to_unit") from None
    if unit.id == by.unit_id:
        raise Invalid(
            "own_unit", _("A person is referred to another service than your own."), field="to_unit"
        )
    if not queries.answers(unit):
        raise Invalid("cannot_answer", _("Nobody in that service answers referrals."), field="to_unit")
    on = timezone.localdate(at)
    if unit.valid_from > on or (unit.valid_to is not None and unit.valid_to < on):
        raise Refusal(
            "unit_closed",
            _("That service is closed today. Choose another one from the list."),
            field="to_unit",
        )
    return unit


def demand_purpose(purpose: str, at: datetime) -> None:
    """Refuse with `Invalid` `unknown_purpose` what is no purpose of a referral on the day."""
    if not country.law(timezone.localdate(at)).has_code("referral_purpose", purpose):
        raise Invalid("unknown_purpose", _("Choose one of the purposes."), field="purpose")
