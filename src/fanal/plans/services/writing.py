"""Writing a draft: its headings, its measures, their indicators, their order."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from fanal.access.rules import Member
from fanal.access.vault import plain
from fanal.audit import services as audit
from fanal.audit.services import Verb
from fanal.errors import Invalid, NotFound, Refusal
from fanal.plans import queries, rules
from fanal.plans.models import Benchmark, Heading, Indicator, Level, Measure, Version
from fanal.plans.rules import IndicatorValues, MeasureValues
from fanal.plans.services.words import demand_none

_COPIED = (
    "number", "titles", "texts", "lead", "starts_on", "ends_on", "budget_cents", "funding",
)  # fmt: skip
_LISTS = ("co_leads", "contacts", "sdgs", "objectives", "principles", "sisters")


def folded(key: str, number: str, *texts: Mapping[str, str]) -> str:
    """The words of a measure as they are searched: folded, each after a space."""
    said = plain(" ".join([key, number, *(text for words in texts for text in words.values())]))
    return f" {said}"


def open_draft(plan_code: str) -> Version:
    """The draft of a plan, locked for a change; `NotFound` for a plan without one."""
    found = (
        Version.objects.select_for_update(of=("self",))
        .select_related("plan")
        .filter(plan=plan_code, adopted_on=None)
        .first()
    )
    if found is None:
        raise NotFound
    return found


# Headings


@transaction.atomic
def put_heading(
    *,
    by: Member,
    plan_code: str,
    anchor: UUID | None = None,
    number: str,
    titles: Mapping[str, str],
    chapter: UUID | None = None,
    at: datetime,
) -> Heading:
    """Add a chapter to the draft of a plan (an objective where `chapter` names one), or change the one with `anchor`.

    Refused: `NotFound`; `Invalid` `no_number`, `no_title`, `number_taken`, `unknown_chapter`.
    """
    draft = open_draft(plan_code)
    titles = {language: said.strip() for language, said in titles.items() if said.strip()}
    number = number.strip()
    if not number:
        raise Invalid("no_number", _("Give it a number, such as 3 or 3.2."), field="number")
    if not titles:
        raise Invalid("no_title", _("Give it a title in one language at least."), field="title_fr")
    row = _heading(draft, anchor) if anchor else Heading(version=draft)
    if not anchor:
        row.parent = _chapter(draft, chapter)
        row.level = Level.OBJECTIVE if row.parent else Level.CHAPTER
        row.position = (draft.headings.aggregate(last=Max("position"))["last"] or 0) + 1
    taken = draft.headings.filter(level=row.level, number=number).exclude(pk=row.pk)
    if taken.exists():
        raise Invalid("number_taken", _("Another one has this number already."), field="number")
    row.number, row.titles = number, titles
    row.save()
    _trace(by, "plans.put_heading", at, draft, row.pk)
    return row


def _heading(draft: Version, anchor: UUID) -> Heading:
    found = draft.headings.filter(anchor=anchor).first()
    if found is None:
        raise NotFound
    return found


def _chapter(draft: Version, anchor: UUID | None) -> Heading | None:
    if anchor is None:
        return None
    found = draft.headings.filter(anchor=anchor, level=Level.CHAPTER).first()
    if found is None:
        raise Invalid("unknown_chapter", _("That chapter is not in this draft."), field="chapter")
    return found


@transaction.atomic
def remove_heading(*, by: Member, plan_code: str, anchor: UUID, at: datetime) -> None:
    """Take an empty chapter or objective out of the draft; `Refusal` `not_empty` while something stands in it."""
    draft = open_draft(plan_code)
    row = _heading(draft, anchor)
    if row.measures.exists() or row.children.exists():
        raise Refusal("not_empty", _("Something stands in it still. Move or remove that first."))
    row.delete()
    _trace(by, "plans.remove_heading", at, draft, row.pk)


# Measures


@transaction.atomic
def put_measure(*, by: Member, plan_code: str, values: MeasureValues, heading: UUID, at: datetime) -> Measure:
    """Add a measure to the draft of a plan, or change the one whose key the values name; indicators stay as they are.

    A new measure gets a key that no other measure of the plan ever had. The same values twice change nothing. Refused:
    `NotFound`; `Invalid` with the first of `rules.faults`, `number_taken`, `unknown_heading`.
    """
    draft = open_draft(plan_code)
    frame = queries.frame(draft, at)
    demand_none(rules.faults(values, frame))
    row = _row(draft, values.key) if values.key else Measure(version=draft)
    if draft.measures.filter(number=values.number).exclude(pk=row.pk).exists():
        raise Invalid("number_taken", _("Another measure has this number already."), field="number")
    place = draft.headings.filter(anchor=heading).first()
    if place is None:
        raise Invalid(
            "unknown_heading", _("Choose a chapter or an objective of this draft."), field="heading"
        )
    fill(row, values, place, draft)
    _trace(by, "plans.put_measure", at, draft, row.pk, key=row.key)
    return row


def fill(row: Measure, values: MeasureValues, heading: Heading, draft: Version) -> None:
    """Write the values into a row of the draft, checked before."""
    for name in _COPIED:
        setattr(row, name, getattr(values, name))
    for name in _LISTS:
        setattr(row, name, list(getattr(values, name)))
    row.heading = heading
    if not row.key:
        row.key = _next_key(draft)
        row.position = (draft.measures.aggregate(last=Max("position"))["last"] or 0) + 1
    else:
        row.edition += 1
    row.words = folded(row.key, row.number, row.titles, row.texts)
    row.save()


def _next_key(draft: Version) -> str:
    plan = type(draft.plan).objects.select_for_update().get(pk=draft.plan_id)
    number = plan.next_number
    plan.next_number += 1
    plan.save(update_fields=["next_number"])
    return f"{plan.code}-{number:02d}"


def _row(draft: Version, key: str) -> Measure:
    found = draft.measures.select_for_update().filter(key=key).first()
    if found is None:
        raise NotFound
    return found


@transaction.atomic
def remove_measure(*, by: Member, plan_code: str, key: str, at: datetime) -> None:
    """Take a measure out of the draft. Versions that were adopted keep it."""
    draft = open_draft(plan_code)
    row = _row(draft, key)
    row.delete()
    _trace(by, "plans.remove_measure", at, draft, row.pk, key=key)


@transaction.atomic
def move_measure(*, by: Member, plan_code: str, key: str, up: bool, at: datetime) -> None:
    """Put a measure before the one above it in its heading (or after the one below); at the end nothing changes."""
    draft = open_draft(plan_code)
    row = _row(draft, key)
    beside = draft.measures.filter(heading=row.heading_id)
    other = (
        beside.filter(position__lt=row.position).order_by("-position").first()
        if up
        else beside.filter(position__gt=row.position).order_by("position").first()
    )
    if other is None:
        return
    row.position, other.position = other.position, row.position
    row.save(update_fields=["position"])
    other.save(update_fields=["position"])
    _trace(by, "plans.move_measure", at, draft, row.pk, key=key)


# Indicators


@transaction.atomic
def put_indicator(
    *, by: Member, plan_code: str, key: str, values: IndicatorValues, at: datetime
) -> Indicator:
    """Add an indicator to a measure of the draft, or change the one whose key the values name; benchmarks included.

    Refused: `NotFound`; `Invalid` with the first of `rules.indicator_faults`.
    """
    draft = open_draft(plan_code)
    row = _row(draft, key)
    demand_none(rules.indicator_faults(values, queries.frame(draft, at)))
    found = put_indicators(row, (values,))[0]
    row.edition += 1
    row.save(update_fields=["edition"])
    _trace(by, "plans.put_indicator", at, draft, row.pk, key=key)
    return found


def put_indicators(row: Measure, several: tuple[IndicatorValues, ...]) -> list[Indicator]:
    """Write indicators with their benchmarks; those with a key that the measure has are changed."""
    found = []
    for values in several:
        known = row.indicators.filter(key=values.key).first() if values.key else None
        if values.key and known is None:
            raise NotFound
        indicator = known or Indicator(measure=row, **_place(row))
        for name in ("titles", "unit", "baseline", "baseline_on", "target", "target_on"):
            setattr(indicator, name, getattr(values, name))
        indicator.save()
        indicator.benchmarks.all().delete()
        Benchmark.objects.bulk_create(
            Benchmark(indicator=indicator, on=on, value=value) for on, value in values.benchmarks
        )
        found.append(indicator)
    return found


def _place(row: Measure) -> dict[str, object]:
    """The next free key and position. A key that another version of the measure uses is not given again."""
    used = Indicator.objects.filter(measure__key=row.key).values_list("key", flat=True)
    number = max((int(key.rpartition(".")[2]) for key in used), default=0) + 1
    return {"key": f"{row.key}.{number}", "position": number}


@transaction.atomic
def remove_indicator(*, by: Member, plan_code: str, key: str, indicator: str, at: datetime) -> None:
    """Take an indicator out of a measure of the draft."""
    draft = open_draft(plan_code)
    row = _row(draft, key)
    deleted, _rows = row.indicators.filter(key=indicator).delete()
    if not deleted:
        raise NotFound
    _trace(by, "plans.remove_indicator", at, draft, row.pk, key=key)


def _trace(by: Member, act: str, at: datetime, draft: Version, row: UUID, **facts: object) -> None:
    audit.record(
        by=by, verb=Verb.ALTER, act=act, at=at, object_ids=[row], reference=draft.plan_id,
        facts={"version": draft.number, **facts},
    )  # fmt: skip
