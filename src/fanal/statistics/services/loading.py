"""The figures that the country's pack brings along become the first content of the register."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from django.db import transaction

from fanal.country.schema import LANGUAGES, Pack, PublishedFigure
from fanal.statistics import rules
from fanal.statistics.models import Figure


@dataclass(frozen=True, slots=True)
class Report:
    """What loading did. `kept`: the pack says otherwise, but a person corrected the figure."""

    created: int = 0
    updated: int = 0
    kept: int = 0
    unchanged: int = 0


@transaction.atomic
def load_country(pack: Pack, *, on: date) -> Report:
    """Take the published figures of a pack over, each under its code; twice changes nothing.

    A figure that the pack gives anew becomes the next version of its code; one that a person corrected stays.
    """
    at = datetime.combine(on, time(), UTC)
    held = {row.code: row for row in Figure.objects.filter(superseded_at=None)}
    created: list[Figure] = []
    updated = kept = unchanged = 0
    for fact in pack.of(PublishedFigure):
        row, before = _row(fact, at), held.get(fact.code)
        if before is None:
            created.append(row)
        elif _said(before) == _said(row):
            unchanged += 1
        elif before.recorded_by is not None:
            kept += 1
        else:
            Figure.objects.filter(pk=before.pk).update(superseded_at=at)
            row.version = before.version + 1
            row.save(force_insert=True)
            updated += 1
    Figure.objects.bulk_create(created)
    return Report(len(created), updated, kept, unchanged)


def _said(row: Figure) -> tuple[object, ...]:
    return (row.value, row.status, row.source, row.definitions, row.notes, row.period, row.counting_unit)


def _row(fact: PublishedFigure, at: datetime) -> Figure:
    days = rules.span(fact.period)
    if days is None:
        raise ValueError(f"figure {fact.code!r}: {fact.period!r} is no period")
    return Figure(
        code=fact.code,
        version=1,
        counting_unit=fact.counting_unit,
        phenomenon=fact.phenomenon,
        form=fact.form,
        breakdown=fact.breakdown,
        period=fact.period,
        starts_on=days[0],
        ends_on=days[1],
        value=fact.value,
        status=fact.status,
        definitions={language: fact.definition.get(language) for language in LANGUAGES},
        notes={"en": fact.note} if fact.note else {},
        source=fact.source,
        extracted_on=fact.extracted_on,
        protected=True,  # published already
        recorded_at=at,
    )
