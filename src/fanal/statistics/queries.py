"""Reading the register of figures. What is not protected yet stands before those who keep the register only."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from fanal.access.rules import Member, Permission
from fanal.country.schema import Law, Purpose
from fanal.errors import NotFound
from fanal.statistics import rules
from fanal.statistics.models import Figure, Status
from fanal.statistics.rules import FigureLine, Matter
from fanal.web.components import Bar, Chart
from fanal.web.cursors import Page, page

__all__ = ["Figure", "Status"]
ORDER = "-ends_on"


def readable(by: Member) -> QuerySet[Figure]:
    """Every version that the member may read: of who does not keep the register, those that are protected."""
    rows = Figure.objects.all()
    return rows if by.may(Permission.FIGURE_EDIT) else rows.filter(protected=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a list is limited to; empty: everything. `since` and `until`: years."""

    counting_unit: str = ""
    phenomenon: str = ""
    form: str = ""
    breakdown: str = ""
    since: int | None = None
    until: int | None = None
    source: str = ""
    status: str = ""


def wanted(by: Member, what: Wanted) -> QuerySet[Figure]:
    """The figures in force that a list asks for."""
    rows = readable(by).filter(superseded_at=None)
    for name in ("counting_unit", "phenomenon", "form", "breakdown", "status"):
        if value := getattr(what, name):
            rows = rows.filter(**{name: value})
    if what.since:
        rows = rows.filter(ends_on__gte=date(what.since, 1, 1))
    if what.until:
        rows = rows.filter(starts_on__lte=date(what.until, 12, 31))
    if what.source:
        rows = rows.filter(source__icontains=what.source)
    return rows


@dataclass(frozen=True, slots=True)
class Listed:
    """A figure in a list; `contradicted`: others in force say something else of the same matter."""

    line: FigureLine
    contradicted: bool


def listed(by: Member, what: Wanted, *, cursor: str = "", size: int = 50) -> Page[Listed]:
    """One page of figures in force, the latest period first; one statement."""
    rows = wanted(by, what).annotate(contradicted=_contradicted(readable(by)))
    found = page(rows, cursor=cursor, size=size, order=ORDER)
    lines = [
        Listed(line_of(row, by.language), row.value is not None and bool(getattr(row, "contradicted", False)))
        for row in found.items
    ]
    return Page(lines, found.next)


def _contradicted(among: QuerySet[Figure]) -> Exists:
    """Whether others in force say a different number of the same matter."""
    matter = ("counting_unit", "phenomenon", "form", "breakdown", "starts_on", "period")
    same = among.filter(superseded_at=None, value__isnull=False, **{name: OuterRef(name) for name in matter})
    return Exists(same.exclude(value=OuterRef("value")))


def same_matters(by: Member, matters: Iterable[Matter]) -> list[FigureLine]:
    """All figures in force of these matters; one statement, none for none."""
    return _of_matters(readable(by), set(matters), by.language)


def _of_matters(rows: QuerySet[Figure], matters: Collection[Matter], language: str) -> list[FigureLine]:
    """Those in force of these matters. The database looks each part up by itself: a condition for each of a thousand
    matters takes a second to write."""
    if not matters:
        return []
    near = {
        f"{name}__in": sorted({getattr(matter, name) for matter in matters})
        for name in ("counting_unit", "phenomenon", "form", "breakdown", "period")
    }
    days = [rules.span(matter.period) for matter in matters]
    if all(days):
        near["starts_on__in"] = sorted({span[0] for span in days if span})
    found = rows.filter(superseded_at=None, **near).order_by("code")
    return [line_of(row, language) for row in found if matter_of(row) in matters]


CONFLICTS = 20


def conflicts(by: Member, *, cursor: str = "") -> Page[tuple[Matter, tuple[FigureLine, ...]]]:
    """The matters of which figures in force contradict each other, the latest period first; two statements."""
    first = int(cursor) if cursor.isdecimal() and len(cursor) < 7 else 0
    names = ("counting_unit", "phenomenon", "period", "form", "breakdown")
    rows = readable(by).filter(superseded_at=None, value__isnull=False).values(*names)
    found = (
        rows.annotate(said=Count("value", distinct=True), last=Max("ends_on"))
        .filter(said__gt=1)
        .order_by("-last", *names)[first : first + CONFLICTS + 1]
    )
    matters = [Matter(*(row[name] for name in names)) for row in found]
    against = rules.contradicting(same_matters(by, matters[:CONFLICTS]))
    told = [(matter, against[matter]) for matter in matters[:CONFLICTS] if matter in against]
    return Page(told, str(first + CONFLICTS) if len(matters) > CONFLICTS else "")


def figure(code: str, by: Member) -> FigureLine:
    """The figure in force with this code; `NotFound` when there is none, or none that is for this reader."""
    return line_of(in_force(code, by), by.language)


def in_force(code: str, by: Member, *, lock: bool = False) -> Figure:
    """The version of a figure that is in force, locked for a correction when asked; `NotFound`."""
    rows = readable(by).filter(code=code, superseded_at=None)
    found = (rows.select_for_update() if lock else rows).first()
    if found is None:
        raise NotFound
    return found


def history(code: str, by: Member) -> list[Figure]:
    """Every version of a figure, the latest first; `NotFound` when the reader may read none."""
    rows = list(readable(by).filter(code=code).select_related("recorded_unit").order_by("-version"))
    if not rows:
        raise NotFound
    return rows


def current(codes: Iterable[str], by: Member) -> dict[str, FigureLine]:
    """Figures in force by code, protected or not: what a report that is being built looks at. One statement.

    For those who keep reports; nothing of an unprotected one is printed (`rules.settle`).
    """
    rows = Figure.objects.filter(code__in=set(codes), superseded_at=None)
    return {row.code: line_of(row, by.language) for row in rows}


def rivals(matters: Iterable[Matter], by: Member) -> dict[Matter, tuple[FigureLine, ...]]:
    """The contradictions of these matters, among protected figures. One statement."""
    protected = readable(by).filter(protected=True)
    rows = protected.filter(_contradicted(protected), value__isnull=False)
    return rules.contradicting(_of_matters(rows, set(matters), by.language))


def of_period(by: Member, start: date, end: date) -> list[FigureLine]:
    """The protected figures in force whose period touches these days, by unit, matter and time."""
    rows = Figure.objects.filter(superseded_at=None, protected=True, starts_on__lte=end, ends_on__gte=start)
    ordered = rows.order_by("counting_unit", "phenomenon", "form", "breakdown", "starts_on", "code")
    return [line_of(row, by.language) for row in ordered]


def by_code(by: Member) -> dict[str, Figure]:
    """All figures in force that the member reads, by code."""
    return {row.code: row for row in readable(by).filter(superseded_at=None)}


def given(key: tuple[Matter, str, str], held: Mapping[str, Figure]) -> bool:
    """Whether a source already gives a figure for this matter by this definition, among those at hand."""
    matter, source, definition = key
    return any(
        row.source == source and matter_of(row) == matter and definition in row.definitions.values()
        for row in held.values()
    )


def given_by(matter: Matter, source: str, definition: str) -> bool:
    """As `given`, asked of the register."""
    rows = _of(matter).filter(source=source.strip(), superseded_at=None)
    return any(definition.strip() in row.definitions.values() for row in rows)


def free_code(matter: Matter) -> str:
    """The next code of a matter: its key and a number."""
    taken = set(Figure.objects.filter(code__startswith=matter.key).values_list("code", flat=True))
    return next(code for n in range(1, len(taken) + 2) if (code := f"{matter.key}-{n}") not in taken)


def _of(matter: Matter) -> QuerySet[Figure]:
    return Figure.objects.filter(
        Q(counting_unit=matter.counting_unit, phenomenon=matter.phenomenon, period=matter.period),
        form=matter.form,
        breakdown=matter.breakdown,
    )


def matter_of(row: Figure) -> Matter:
    return Matter(row.counting_unit, row.phenomenon, row.period, row.form, row.breakdown)


def line_of(row: Figure, language: str) -> FigureLine:
    """A version as other capabilities read it, its words in a language or else in one that there is."""
    return FigureLine(
        id=row.id,
        code=row.code,
        version=row.version,
        matter=matter_of(row),
        value=row.value,
        status=rules.Status(row.status),
        definition=_words(row.definitions, language),
        source=row.source,
        extracted_on=row.extracted_on,
        note=_words(row.notes, language),
        protected=row.protected,
        synthetic=row.synthetic,
        current=row.superseded_at is None,
    )


def _words(texts: Mapping[str, str], language: str) -> str:
    return texts.get(language[:2]) or texts.get("en") or next(iter(texts.values()), "")


def title(matter: Matter, law: Law, language: str) -> str:
    """The matter in words: "Identified victim · Trafficking in human beings · Children · 2019"."""
    return " · ".join(part for part in (*parts(matter, law, language), matter.period) if part)


def parts(matter: Matter, law: Law, language: str) -> tuple[str, str, str, str]:
    """Counting unit, phenomenon, form and breakdown in words; a code that is no longer known stands for itself."""

    def label(list_code: str, code: str) -> str:
        known = code and law.has_code(list_code, code)
        return law.label(list_code, code).get(language) if known else code

    form = law.get(Purpose, matter.form).label.get(language) if law.has(Purpose, matter.form) else matter.form
    return (
        label("counting_unit", matter.counting_unit),
        label("phenomenon", matter.phenomenon),
        form,
        label("figure_breakdown", matter.breakdown),
    )


def shown(line: FigureLine) -> str:
    """What stands for a figure in a text or a cell: its number, or the words for why there is none."""
    return _number(line.value) if line.value is not None else str(Status(line.status.value).label)


def _number(value: int) -> str:
    return f"{value:,}".replace(",", "\u202f") if value >= 10_000 else str(value)


def series(line: FigureLine, by: Member, law: Law) -> Chart | None:
    """The same matter over time, every source side by side; None with a single figure."""
    rows = readable(by).filter(
        superseded_at=None,
        counting_unit=line.matter.counting_unit,
        phenomenon=line.matter.phenomenon,
        form=line.matter.form,
        breakdown=line.matter.breakdown,
        value__isnull=False,
    )
    found = [line_of(row, by.language) for row in rows.order_by("starts_on", "code")[:60]]
    if len(found) < 2:
        return None
    bars = [
        Bar(f"{each.matter.period} · {each.source}", each.value or 0, shown=shown(each)) for each in found
    ]
    unit, phenomenon, form, breakdown = parts(line.matter, law, by.language)
    first, last = found[0], found[-1]
    sentence = _("From %(first)s (%(before)s) to %(last)s (%(after)s); each bar names its source.") % {
        "first": first.matter.period,
        "before": shown(first),
        "last": last.matter.period,
        "after": shown(last),
    }
    name = " · ".join(part for part in (unit, phenomenon, form, breakdown) if part)
    return Chart(name, sentence, bars, _("Period and source"), _("Value"))
