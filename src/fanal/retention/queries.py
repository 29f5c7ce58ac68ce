"""Reading reviews, holds, erasures and corrections; each takes the reader."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fanal.access import queries as access
from fanal.access import vault
from fanal.access.queries import visible
from fanal.access.rules import Member
from fanal.country import queries as country
from fanal.country.schema import Law, Term
from fanal.errors import NotFound
from fanal.retention import rules
from fanal.retention.models import Correction, Erasure, File, Hold, Kind, Outcome
from fanal.retention.rules import Bar
from fanal.web.cursors import Page, page
from fanal.web.waiting import Waiting

__all__ = ["Correction", "Erasure", "File", "Hold", "Kind", "Outcome"]
ORDER = "opened_on"
LABELS: Mapping[str, Promise] = {
    "given_names": gettext_lazy("Given names"),
    "family_name": gettext_lazy("Family name"),
    "birth_date": gettext_lazy("Date of birth"),
    "birth_place": gettext_lazy("Place of birth"),
    "document_number": gettext_lazy("Number of an identity document"),
    "pseudonym": gettext_lazy("What the person is called here"),
}
"""The words of what may be corrected of who a person is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A file of the unit with the day on which it is looked at again, and from where that day comes."""

    row: File
    on: date
    late: bool
    held: bool
    proposed: bool
    kept: bool


def owned(by: Member) -> QuerySet[File]:
    """The files of the member's unit that still hold somebody, the oldest first."""
    rows = visible(File, by).filter(owner_unit_id=by.unit_id, erased_at=None)
    holds = visible(Hold, by).filter(file=OuterRef("pk"), lifted_at=None)
    waiting = visible(Erasure, by).filter(file=OuterRef("pk"), confirmed_at=None, withdrawn_at=None)
    return rows.annotate(held=Exists(holds), proposed=Exists(waiting))


def to_review(by: Member, law: Law) -> QuerySet[File]:
    """Those that are looked at again within a month, late ones included, and those somebody proposes to erase."""
    return owned(by).filter(due(law) | Q(proposed=True))


def due(law: Law) -> Q:
    """Files that are looked at again within a month of the law's day, late ones included."""
    soon = law.on + rules.REMIND_BEFORE
    found = Q(keep_until__lte=soon)
    for kind in rules.Kind:
        found |= Q(kind=kind.value, keep_until=None, opened_on__lte=_opened_by(law, kind, soon))
    return found


def _opened_by(law: Law, kind: rules.Kind, on: date) -> date:
    """The last opening day whose review falls by that day: reviews come in the order of openings."""
    low, high = date(on.year - 120, 1, 1).toordinal(), on.toordinal()
    while low < high:
        middle = (low + high + 1) // 2
        if rules.review_on(kind, date.fromordinal(middle), None, law) <= on:
            low = middle
        else:
            high = middle - 1
    return date.fromordinal(low)


def listed(by: Member, at: datetime, *, every: bool = False, cursor: str = "", size: int = 50) -> Page[Line]:
    """One page of what the unit has to look at again (`every`: of all its files)."""
    law = country.law(timezone.localdate(at))
    rows = owned(by) if every else to_review(by, law)
    found = page(rows, cursor=cursor, size=size, order=ORDER)
    return Page([line(row, law) for row in found.items], found.next)


def line(row: File, law: Law) -> Line:
    """A file with its day; rows come from `owned`."""
    on = rules.review_on(rules.Kind(row.kind), row.opened_on, row.keep_until, law)
    return Line(
        row=row,
        on=on,
        late=on < law.on,
        held=getattr(row, "held", False),
        proposed=getattr(row, "proposed", False),
        kept=row.keep_until is not None,
    )


def file(reference: str, by: Member, *, lock: bool = False) -> File:
    """The file of the member's unit with that reference; else the one that it reads. `NotFound`."""
    rows = visible(File, by).filter(reference=reference).select_related("owner_unit")
    mine = rows.filter(owner_unit_id=by.unit_id)
    found = (mine.select_for_update(of=("self",)) if lock else mine).first() or (
        None if lock else rows.first()
    )
    if found is None:
        raise NotFound
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One file as its page of review shows it; who only reads it sees the holds and may place one."""

    row: File
    is_mine: bool
    on: date
    term: Term
    why: str
    holds: Sequence["Held"]
    proposal: Erasure | None
    bars: tuple[Bar, ...]
    told: Sequence[access.Sight]
    corrections: Sequence[Correction]
    law: Law


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A hold; its number and words for the unit that placed it only."""

    row: Hold
    is_mine: bool
    number: str
    words: str


def sheet(reference: str, by: Member, at: datetime) -> Sheet:
    """A file with what stands in the way of erasing it. The caller traces the reading. `NotFound`."""
    row = file(reference, by)
    law = country.law(timezone.localdate(at))
    holds, mine = sheet_holds(row, by), row.owner_unit_id == by.unit_id
    standing = rules.Standing(row.erased_at is not None, sum(not h.row.lifted_at for h in holds), False)
    why = vault.unseal({row.id: row.why}).get(row.id, "") if row.why and mine else ""
    return Sheet(
        row=row,
        is_mine=mine,
        on=rules.review_on(rules.Kind(row.kind), row.opened_on, row.keep_until, law),
        term=law.term(rules.TERMS[rules.Kind(row.kind)]),
        why=str(why),
        holds=holds,
        proposal=proposal(row, by) if mine else None,
        bars=rules.bars(standing),
        told=access.wall_of(row.compartment_id, by).others,
        corrections=list(_corrections(by).filter(compartment_id=row.compartment_id)) if mine else (),
        law=law,
    )


def proposal(row: File, by: Member) -> Erasure | None:
    """The erasure of a file that waits for a second person."""
    return visible(Erasure, by).filter(file=row, confirmed_at=None, withdrawn_at=None).first()


def hold(hold_id: UUID, by: Member) -> Hold:
    """A hold that the member's unit placed, locked; `NotFound`."""
    return access.one(visible(Hold, by).filter(unit_id=by.unit_id).select_related("file"), hold_id, lock=True)


def standing_holds(row: File, by: Member) -> int:
    """How many holds stand on a file."""
    return visible(Hold, by).filter(file=row, lifted_at=None).count()


def sheet_holds(row: File, by: Member) -> list[Held]:
    """Every hold of a file, the lifted ones included; number and words for the unit that placed it."""
    rows = list(visible(Hold, by).filter(file=row).select_related("unit").order_by("placed_at", "id"))
    own = {each.id: each.sealed for each in rows if each.unit_id == by.unit_id}
    opened = vault.unseal(own)
    return [
        Held(
            row=each,
            is_mine=each.unit_id == by.unit_id,
            number=opened.get(each.id, {}).get("number", ""),
            words=opened.get(each.id, {}).get("words", ""),
        )
        for each in rows
    ]


def erasure(erasure_id: UUID, by: Member) -> Erasure:
    """A proposal of the member's unit; `NotFound`."""
    return access.one(visible(Erasure, by).select_related("file"), erasure_id)


def _corrections(by: Member) -> QuerySet[Correction]:
    return visible(Correction, by).select_related("to_unit", "from_unit").order_by("-at", "-id")


def corrections(by: Member) -> QuerySet[Correction]:
    """The corrections that reached the member's unit and that it has not taken over."""
    return _corrections(by).filter(to_unit_id=by.unit_id, taken_at=None)


def correction(correction_id: UUID, by: Member, *, lock: bool = False) -> Correction:
    """A correction that reached the member's unit; `NotFound`."""
    rows = visible(Correction, by).filter(to_unit_id=by.unit_id).select_related("from_unit")
    return access.one(rows, correction_id, lock=lock)


MOST = 50


def waiting(by: Member, at: datetime) -> tuple[Waiting, ...]:
    """Files to look at again, erasures that wait for a second person, corrections to take over."""
    law = country.law(timezone.localdate(at))
    reviews = [line(row, law) for row in to_review(by, law).order_by(ORDER, "id")[:MOST]]
    taken = corrections(by)[:MOST]
    return (
        *(_review(each, at) for each in reviews),
        *(
            Waiting(
                reference=row.reference,
                url=reverse("retention:take_over", args=[row.id]),
                act=_("Take over a correction"),
                due_at=None,
                reason=_("Corrected by %(unit)s.") % {"unit": row.from_unit.label(by.language)},
                state="week",
            )
            for row in taken
        ),
    )


def _review(found: Line, at: datetime) -> Waiting:
    act = (
        _("Confirm or withdraw an erasure") if found.proposed else _("Look at this file again: keep or erase")
    )
    due_at = timezone.make_aware(datetime.combine(found.on, datetime.max.time()))
    return Waiting(
        reference=found.row.reference,
        url=reverse("retention:file", args=[found.row.reference]),
        act=act,
        due_at=due_at,
        reason=_("Nothing about a person is kept without a day on which it is looked at again."),
        state="late" if due_at < at else "week",
    )
