"""What those who write plans read: drafts, what a measure has to fit into, the values of a row."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from fanal.access.rules import Member, Permission
from fanal.country import queries as country
from fanal.directory import queries as directory
from fanal.errors import NotFound
from fanal.plans.models import Heading, Indicator, Measure, Version
from fanal.plans.rules import Frame, IndicatorValues, MeasureLine, MeasureValues

CONTACT_KIND = "federated_contact"
"""The kind of unit that is the contact point of a federated entity for a field of policy."""


def frame(version: Version, at: datetime) -> Frame:
    """What a measure of that version has to fit into. Three statements."""
    on = timezone.localdate(at)
    return Frame(
        starts_on=version.starts_on,
        ends_on=version.ends_on,
        institutions={each.code for each in directory.institutions(on)},
        contacts={unit.code for unit in directory.units(CONTACT_KIND, on=on)},
        sisters={code.code for code in country.law(on).codes("sister_plan")},
    )


def draft(plan_code: str, by: Member) -> Version:
    """The draft of a plan with its plan; `NotFound` without one, and for who does not write plans."""
    rows = Version.objects.select_related("plan").filter(plan=plan_code, adopted_on=None)
    return _readable(rows.first(), by)


def version(plan_code: str, number: int, by: Member | None) -> Version:
    """One version of a plan with its plan; `NotFound` for a draft, where the reader does not write plans."""
    return _readable(Version.objects.select_related("plan").filter(plan=plan_code, number=number).first(), by)


def _readable(row: Version | None, by: Member | None) -> Version:
    if row is None or (row.adopted_on is None and not writes(by)):
        raise NotFound
    return row


def writes(by: Member | None) -> bool:
    """Whether the reader writes plans, and therefore sees drafts."""
    return by is not None and by.may(Permission.PLAN_EDIT)


def draft_measure(plan_code: str, key: str, by: Member) -> Measure:
    """A measure of a draft, with its heading; `NotFound`."""
    found = (
        Measure.objects.select_related("heading", "version__plan")
        .filter(version=draft(plan_code, by), key=key)
        .first()
    )
    if found is None:
        raise NotFound
    return found


def draft_heading(plan_code: str, anchor: UUID, by: Member) -> Heading:
    """A chapter or objective of a draft; `NotFound`."""
    found = (
        Heading.objects.select_related("parent").filter(version=draft(plan_code, by), anchor=anchor).first()
    )
    if found is None:
        raise NotFound
    return found


def draft_indicator(measure: Measure, key: str) -> Indicator:
    """An indicator of a measure; `NotFound`."""
    found = measure.indicators.prefetch_related("benchmarks").filter(key=key).first()
    if found is None:
        raise NotFound
    return found


def indicator_values(row: Indicator) -> IndicatorValues:
    """The values of an indicator as they are kept."""
    names = ("key", "titles", "unit", "baseline", "baseline_on", "target", "target_on")
    marks = sorted((mark.on, mark.value) for mark in row.benchmarks.all())
    return IndicatorValues(**{name: getattr(row, name) for name in names}, benchmarks=tuple(marks))


def values_of(line: MeasureLine, **changed: object) -> MeasureValues:
    """The values of a measure as one writes them, from its line."""
    shared = set(MeasureValues.__dataclass_fields__) & set(MeasureLine.__dataclass_fields__) - {"indicators"}
    indicators = tuple(
        IndicatorValues(**{name: getattr(each, name) for name in IndicatorValues.__dataclass_fields__})
        for each in line.indicators
    )
    values: dict[str, object] = {name: getattr(line, name) for name in shared} | {"indicators": indicators}
    return MeasureValues(**values | changed)  # type: ignore[arg-type]


def sister_titles(at: datetime, language: str) -> Mapping[str, str]:
    """{code: name} of the sister plans of the country."""
    found = country.law(timezone.localdate(at)).codes("sister_plan")
    return {code.code: code.label.get(language) for code in found}
