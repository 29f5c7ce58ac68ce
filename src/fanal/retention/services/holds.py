"""Legal hold: while it stands, nothing of a file is erased.

Regulation (EU) 2016/679, art. 17 (3) e and 18 (1); Directive (EU) 2016/680, art. 16 (3).
"""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fanal.access import vault
from fanal.access.rules import Member, Role
from fanal.audit import services as audit
from fanal.audit.services import Verb
from fanal.country import queries as country
from fanal.errors import Invalid, NotAllowed
from fanal.ids import new_id
from fanal.notify import services as notify
from fanal.retention import queries
from fanal.retention.models import File, Hold
from fanal.retention.services.reviewing import demand_live

LATE = "retention_hold_late"


@transaction.atomic
def place_hold(
    *, by: Member, reference: str, ground: str, number: str, words: str = "", at: datetime
) -> Hold:
    """Hold a file for a ground of the country, under the number of the proceedings; its owner is told.

    By the unit that owns the file, or by a magistrate whose unit reads it. The same ground and number twice make one.
    Refused: `NotFound`; `NotAllowed` `not_owner`; `Invalid` `unknown_code`, `number`; `vault.Erased`.
    """
    row = demand_live(queries.file(reference, by))
    if row.owner_unit_id != by.unit_id and by.role is not Role.MAGISTRATE:
        raise NotAllowed(
            "not_owner", _("Only the service that owns this file, or a magistrate, may hold it.")
        )
    if not country.law(timezone.localdate(at)).has_code("hold_ground", ground):
        raise Invalid("unknown_code", _("Choose a ground from the list."), field="ground")
    if not number.strip():
        raise Invalid("number", _("Give the number of the proceedings or of the letter."), field="number")
    there = _there(row, by, ground, number.strip())
    return there or _place(row, by, ground, {"number": number.strip(), "words": words.strip()}, at)


def _there(row: File, by: Member, ground: str, number: str) -> Hold | None:
    held = queries.sheet_holds(row, by)
    return next(
        (h.row for h in held if not h.row.lifted_at and (h.row.ground, h.number) == (ground, number)), None
    )


def _place(row: File, by: Member, ground: str, said: dict[str, str], at: datetime) -> Hold:
    hold_id = new_id()
    try:
        with transaction.atomic():
            hold = Hold.objects.create(
                id=hold_id,
                compartment_id=row.compartment_id,
                file=row,
                unit_id=by.unit_id,
                ground=ground,
                sealed=vault.seal_new({hold_id: said})[hold_id],
                placed_at=at,
                placed_by=by.person_id,
            )
    except IntegrityError as error:
        if getattr(getattr(error.__cause__, "diag", None), "constraint_name", "") != LATE:
            raise
        raise vault.Erased from None
    _trace(by, "retention.place_hold", hold, row, at)
    return hold


@transaction.atomic
def lift_hold(*, by: Member, hold_id: UUID, at: datetime) -> Hold:
    """End a hold that the member's unit placed; twice changes nothing. `NotFound` for any other."""
    hold = queries.hold(hold_id, by)
    if hold.lifted_at is None:
        hold.lifted_at, hold.lifted_by = at, by.person_id
        hold.save(update_fields=["lifted_at", "lifted_by"])
        _trace(by, "retention.lift_hold", hold, hold.file, at)
    return hold


def _trace(by: Member, act: str, hold: Hold, row: File, at: datetime) -> None:
    audit.record(
        by=by, verb=Verb.ALTER, act=act, at=at, compartment_id=row.compartment_id, owner_unit_id=row.owner_unit_id,
        object_ids=[hold.id], reference=row.reference, facts={"ground": hold.ground},
    )  # fmt: skip
    if row.owner_unit_id != by.unit_id:
        notify.tell(unit_ids=[row.owner_unit_id], kind=act, reference=row.reference, at=at)
