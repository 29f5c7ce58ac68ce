"""The published plans of a country pack, copied into tables. What a person amended since stays as it is."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time

from django.db import transaction

from fanal.country.schema import ActionPlan, Institution, Pack, PlannedHeading, PlannedMeasure, Text
from fanal.plans.models import Heading, Level, Measure, Plan, Version
from fanal.plans.services.writing import folded


@dataclass(frozen=True, slots=True)
class Loaded:
    """What loading did to the plans. `kept`: somebody changed the plan since, so that the pack leaves it alone."""

    kind: str
    created: int = 0
    updated: int = 0
    closed: int = 0
    kept: int = 0
    unchanged: int = 0


@transaction.atomic
def load(pack: Pack, *, on: date) -> tuple[Loaded, ...]:
    """Copy the published plans of a pack, each as its adopted first version; twice changes nothing.

    Measures and headings are found again by their number, so that a measure keeps its key for ever. Nothing is deleted.
    ValueError when a measure names a heading or an institution that the pack does not have.
    """
    _check(pack)
    at = datetime.combine(on, time(12), tzinfo=UTC)
    counts = {"created": 0, "updated": 0, "kept": 0, "unchanged": 0}
    for fact in pack.of(ActionPlan):
        counts[_copy(fact, at)] += 1
    return (Loaded("plan", **counts),)


def _check(pack: Pack) -> None:
    institutions = {each.code for each in pack.of(Institution)}
    for plan in pack.of(ActionPlan):
        numbers = {heading.number for heading in plan.headings}
        for measure in plan.measures:
            named = {measure.lead, *measure.co_leads} - {""}
            if measure.heading not in numbers or named - institutions:
                raise ValueError(f"plan {plan.code!r}, measure {measure.number!r}: names what does not exist")


def _copy(fact: ActionPlan, at: datetime) -> str:
    plan, new = Plan.objects.select_for_update().get_or_create(
        code=fact.code, defaults={"titles": asdict(fact.title), "created_at": at}
    )
    if not new and plan.versions.exclude(created_by=None).exists():
        return "kept"
    changed = _put(plan, titles=asdict(fact.title), phenomena=list(fact.phenomena))
    version, made = Version.objects.get_or_create(
        plan=plan, number=1, defaults={**_version(fact), "created_at": at}
    )
    changed |= made or _put(version, **_version(fact))
    headings = dict(_headings(version, fact.headings))
    for position, measure in enumerate(fact.measures):
        changed |= _measure(plan, version, headings[measure.heading], measure, position)
    return "created" if new else "updated" if changed else "unchanged"


def _put(row: Plan | Version | Heading | Measure, **values: object) -> bool:
    """Whether the row had other values; then it is saved with these."""
    if all(getattr(row, name) == value for name, value in values.items()):
        return False
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    return True


def _version(fact: ActionPlan) -> dict[str, object]:
    return {
        "starts_on": fact.starts_on,
        "ends_on": fact.ends_on,
        "adopted_on": fact.adopted_on,
        "effective_on": fact.adopted_on,
        "act": fact.act,
        "notes": _words(fact.note),
        "source": fact.source,
        "to_verify": fact.to_verify,
        "complete": fact.complete,
    }


def _headings(version: Version, facts: tuple[PlannedHeading, ...]) -> Iterator[tuple[str, Heading]]:
    made: dict[str, Heading] = {}
    for position, fact in enumerate(facts):
        level = Level.OBJECTIVE if fact.chapter else Level.CHAPTER
        values = {
            "titles": asdict(fact.title),
            "position": position,
            "parent": made[fact.chapter] if fact.chapter else None,
        }
        row, new = Heading.objects.get_or_create(
            version=version, level=level, number=fact.number, defaults=values
        )
        if not new:
            _put(row, **values)
        made[fact.number] = row
        yield fact.number, row


def _measure(plan: Plan, version: Version, heading: Heading, fact: PlannedMeasure, position: int) -> bool:
    titles, texts = asdict(fact.title), _words(fact.text)
    values: dict[str, object] = {
        "heading": heading,
        "position": position,
        "titles": titles,
        "texts": texts,
        "lead": fact.lead,
        "co_leads": list(fact.co_leads),
        "starts_on": version.starts_on,
        "ends_on": version.ends_on,
        "source": fact.source,
        "to_verify": fact.to_verify,
    }
    row = Measure.objects.filter(version=version, number=fact.number).first()
    if row is not None:
        return _put(row, **values, words=folded(row.key, fact.number, titles, texts))
    key = f"{plan.code}-{plan.next_number:02d}"
    plan.next_number += 1
    plan.save(update_fields=["next_number"])
    Measure.objects.create(
        version=version, number=fact.number, key=key, words=folded(key, fact.number, titles, texts), **values
    )
    return True


def _words(text: Text | None) -> dict[str, str]:
    return {} if text is None else asdict(text)
