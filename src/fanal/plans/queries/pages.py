"""What the pages show: a version by chapters, the names behind codes, one measure with all one needs."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from fanal.country import queries as country
from fanal.directory import queries as directory
from fanal.errors import NotFound
from fanal.plans import rules
from fanal.plans.models import Version
from fanal.plans.queries.drafts import CONTACT_KIND
from fanal.plans.queries.lines import headings, measure, measures_of, plan, version_line
from fanal.plans.queries.returns import carried_keys, chain, successors
from fanal.plans.rules import Goal, HeadingLine, MeasureLine, PlanLine, VersionLine


@dataclass(frozen=True, slots=True)
class Part:
    """A chapter or an objective with the measures that stand directly in it, and a chapter with its objectives."""

    heading: HeadingLine
    measures: tuple[MeasureLine, ...]
    parts: tuple["Part", ...] = ()

    @property
    def count(self) -> int:
        """How many measures stand in it, those of its objectives included."""
        return len(self.measures) + sum(part.count for part in self.parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """A version by chapters. `carried`: the keys of measures that come back from an older plan."""

    version: VersionLine
    parts: tuple[Part, ...]
    measures: tuple[MeasureLine, ...]
    institutions: Mapping[str, str]
    carried: frozenset[str]


def outline(row: Version, language: str, *, indicators: bool = False) -> Outline:
    """A version as its page shows it; four statements (six with indicators), however many measures it has."""
    found = measures_of(row.pk, indicators=indicators)
    return Outline(
        version=version_line(row),
        parts=_parts(headings(row.plan_id, row.number), found),
        measures=found,
        institutions=directory.institution_names(language),
        carried=carried_keys([line.key for line in found]),
    )


def _parts(order: Sequence[HeadingLine], found: Sequence[MeasureLine]) -> tuple[Part, ...]:
    inside: dict[str, list[MeasureLine]] = defaultdict(list)
    for line in found:
        inside[line.heading].append(line)
    objectives: dict[str, list[Part]] = defaultdict(list)
    for each in order:
        if each.parent:
            objectives[each.parent].append(Part(each, tuple(inside[each.anchor])))
    return tuple(
        Part(each, tuple(inside[each.anchor]), tuple(objectives[each.anchor]))
        for each in order
        if not each.parent
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One measure with all one needs: its plan, its place, names for its codes, where it comes from."""

    line: MeasureLine
    plan: PlanLine
    chapter: HeadingLine
    objective: HeadingLine | None
    institutions: Mapping[str, str]
    contacts: Mapping[str, str]
    sdgs: Sequence[Goal]
    objectives: Sequence[Goal]
    principles: Sequence[Goal]
    sisters: Sequence[str]
    chain: Sequence[MeasureLine]
    successors: Sequence[MeasureLine]
    dropped: bool


def sheet(key: str, on: date, language: str) -> Sheet:
    """The page of a measure as it stands on a day; `NotFound` for one that no adopted version has."""
    line = measure(key, on)
    held = plan(line.plan_code, on)
    order = {each.anchor: each for each in headings(line.plan_code, line.version)}
    law = country.law(on)
    sisters = {code.code: code.label.get(language) for code in law.codes("sister_plan")}
    return Sheet(
        line=line,
        plan=held,
        chapter=order[line.chapter],
        objective=None if line.heading == line.chapter else order[line.heading],
        institutions=directory.institution_names(language),
        contacts=contacts(on, language) if line.contacts else {},
        sdgs=_goals("sdg", line.sdgs),
        objectives=_goals("objective", line.objectives),
        principles=_goals("principle", line.principles),
        sisters=[sisters.get(code, code) for code in line.sisters],
        chain=chain(key, on),
        successors=successors(key, on),
        dropped=line.version != held.version.number,
    )


def _goals(kind: str, codes: Sequence[str]) -> list[Goal]:
    return [rules.goals(kind)[code] for code in codes if code in rules.goals(kind)]


def contacts(on: date, language: str) -> dict[str, str]:
    """{code: name} of the contact points of the federated entities on a day."""
    return {unit.code: unit.label(language) for unit in directory.units(CONTACT_KIND, on=on)}


def compared(plan_code: str, before: int, after: int, *, drafts: bool) -> rules.Difference:
    """What changed from one version of a plan to another; `NotFound` for one that the reader may not see."""
    rows = {
        row.number: row
        for row in Version.objects.filter(plan=plan_code, number__in=(before, after))
        if drafts or row.adopted_on is not None
    }
    if before not in rows or after not in rows:
        raise NotFound
    return rules.difference(
        measures_of(rows[before].pk),
        measures_of(rows[after].pk),
        headings(plan_code, before),
        headings(plan_code, after),
    )
