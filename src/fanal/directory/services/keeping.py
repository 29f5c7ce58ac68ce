"""What people keep by hand: who holds a function, and how a unit is reached. Each act leaves its trace."""

from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fanal.access.rules import Member
from fanal.audit import services as audit
from fanal.audit.services import Verb
from fanal.country.schema import same
from fanal.directory import queries
from fanal.directory.models import ContactPoint, Mandate, Unit
from fanal.directory.rules import is_readable
from fanal.errors import Invalid, Refusal

DAY = timedelta(days=1)
_SOURCE = "Directory, kept by hand"


@transaction.atomic
def appoint(
    *,
    by: Member,
    unit: Unit,
    function: str,
    holder: str,
    substitute: str = "",
    valid_from: date,
    valid_to: date | None = None,
    at: datetime,
) -> Mandate:
    """Give a function in a unit to somebody from a day on, with who stands in for her.

    The same mandate again is the one that is there. Refused: `ends_before_start`, `unit_closed`, `function_unfit`
    (nobody holds that function in such a unit), `substitute_is_holder`.
    """
    _demand_order(valid_from, valid_to)
    _demand_open(unit, valid_from, valid_to)
    _demand_fit(unit, function, valid_from)
    if holder == substitute:
        raise Invalid(
            "substitute_is_holder", _("The substitute is somebody else than the holder."), field="substitute"
        )
    mandate, is_new = Mandate.objects.get_or_create(
        unit=unit,
        function_id=function,
        holder=holder,
        substitute=substitute,
        valid_from=valid_from,
        valid_to=valid_to,
        defaults={"changed_at": at},
    )
    if is_new:
        _record(by, Verb.COLLECT, "directory.appoint", at, unit, mandate=mandate.id, function=function)
    return mandate


@transaction.atomic
def end_mandate(*, by: Member, mandate: Mandate, last_day: date, at: datetime) -> Mandate:
    """End a mandate on its last day; the same last day again changes nothing. Refused: `ends_before_start`."""
    _demand_order(mandate.valid_from, last_day, field="last_day")
    if mandate.valid_to == last_day:
        return mandate
    mandate.valid_to = last_day
    mandate.changed_at = at
    mandate.save(update_fields=["valid_to", "changed_at"])
    _record(by, Verb.ALTER, "directory.end_mandate", at, mandate.unit, mandate=mandate.id)
    return mandate


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """How a unit is reached: the value of a channel, when it answers, who may see it, and between which days."""

    value: str
    hours: str = ""
    always: bool = False
    public: bool = False
    valid_from: date
    valid_to: date | None = None


@transaction.atomic
def add_contact_point(
    *, by: Member, unit: Unit, channel: str, label: str, reach: Reach, at: datetime
) -> ContactPoint:
    """Add a way to reach a unit. The same one again is the one that is there.

    Refused: `value_unreadable`, `ends_before_start`, `unit_closed`.
    """
    _demand_readable(channel, reach.value)
    _demand_order(reach.valid_from, reach.valid_to)
    _demand_open(unit, reach.valid_from, reach.valid_to)
    point, is_new = ContactPoint.objects.get_or_create(
        **_columns(reach),
        unit=unit,
        code="",
        channel=channel,
        names=asdict(same(label)),
        source=_SOURCE,
        defaults={"edited_at": at},
    )
    if is_new:
        _record(by, Verb.COLLECT, "directory.add_contact_point", at, unit, contact_point=point.id)
    return point


@transaction.atomic
def change_contact_point(*, by: Member, point: ContactPoint, reach: Reach, at: datetime) -> ContactPoint:
    """Make a contact point say something else from a day on: the old one ends on the eve, the new one follows it.

    A change from the first day of the old one corrects it in its place; what says the same already stays as it is.
    Refused: `value_unreadable`, `ends_before_start`, `unit_closed`, `starts_before_the_old_one`, `ended_before` (the
    old one no longer held on that day).
    """
    _demand_readable(point.channel, reach.value)
    _demand_order(reach.valid_from, reach.valid_to)
    _demand_open(point.unit, reach.valid_from, reach.valid_to)
    _demand_follows(point, reach.valid_from)
    columns = _columns(reach)
    if all(getattr(point, name) == value for name, value in columns.items() if name != "valid_from"):
        return point
    if reach.valid_from > point.valid_from:
        point.valid_to, point.edited_at = reach.valid_from - DAY, at
        point.save(update_fields=["valid_to", "edited_at"])
        point.pk = None
        point._state.adding = True
    for name, value in (columns | {"edited_at": at, "source": _SOURCE, "to_verify": False}).items():
        setattr(point, name, value)
    point.save()
    _record(by, Verb.ALTER, "directory.change_contact_point", at, point.unit, contact_point=point.id)
    return point


def _columns(reach: Reach) -> dict[str, object]:
    return {
        "value": reach.value,
        "hours": asdict(same(reach.hours)) if reach.hours else {},
        "always": reach.always,
        "public": reach.public,
        "valid_from": reach.valid_from,
        "valid_to": reach.valid_to,
    }


def _demand_readable(channel: str, value: str) -> None:
    if not is_readable(channel, value):
        raise Invalid(
            "value_unreadable",
            _("Write a phone number, an e-mail address, or a web address that begins with https://."),
            field="value",
        )


def _demand_order(valid_from: date, valid_to: date | None, *, field: str = "valid_to") -> None:
    if valid_to is not None and valid_to < valid_from:
        raise Invalid("ends_before_start", _("The last day lies before the first day."), field=field)


def _demand_open(unit: Unit, valid_from: date, valid_to: date | None) -> None:
    """The unit lives on every day on which something of it should hold."""
    if unit.valid_from <= valid_from and (valid_to or valid_from) <= (unit.valid_to or date.max):
        return
    raise Refusal(
        "unit_closed",
        _("That service is closed on these days. Choose days on which it is open."),
        field="valid_from",
        open_from=unit.valid_from.isoformat(),
        open_until=unit.valid_to.isoformat() if unit.valid_to else "",
    )


def _demand_fit(unit: Unit, function: str, on: date) -> None:
    if function not in {found.code for found in queries.functions(unit.kind, on=on)}:
        raise Invalid("function_unfit", _("Nobody holds that function in such a service."), field="function")


def _demand_follows(point: ContactPoint, valid_from: date) -> None:
    if valid_from < point.valid_from:
        raise Invalid(
            "starts_before_the_old_one",
            _("What is changed began later. Choose a first day from then on."),
            field="valid_from",
        )
    if point.valid_to is not None and valid_from > point.valid_to:
        raise Refusal("ended_before", _("It had ended before that day."), field="valid_from")


def _record(by: Member, verb: Verb, act: str, at: datetime, unit: Unit, **facts: object) -> None:
    audit.record(by=by, verb=verb, act=act, at=at, facts={"unit": unit.id, **facts})
