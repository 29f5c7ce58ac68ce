"""The past, invented: who saw what, when, and what became of it. Pure: a seed, a country and a day in, stories out.

A story hangs on nothing but the seed, its month and its number in it, so that the same seed tells the same stories
tomorrow, one day longer.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from dateutil.relativedelta import relativedelta

from fanal.alerts.rules import Done, PersonReport, Report, Sign
from fanal.country.schema import Law, Unit

from . import figures, people, words
from .world import Chance, World

ACCOMPANIED = "referred"


@dataclass(frozen=True, slots=True)
class Story:
    """An alert: who records it and when, what it says, and what becomes of it.

    `outcome`: a code of `alert_outcome`, decided after `closed_after`; `referred`: a centre takes the person.
    """

    name: str
    unit: str
    at: datetime
    report: Report
    outcome: str
    closed_after: timedelta


def stories(seed: str, world: World, *, until: datetime, scale: float) -> Iterator[Story]:
    """Every story of the years before a moment, month by month; a scale of 1 has the published numbers."""
    first = (until - relativedelta(years=figures.YEARS)).date().replace(day=1)
    month = first
    while month <= until.date():
        level = figures.MONTHS.get(month.year, 1) * scale
        yield from (
            story
            for story in _month(seed, world, month, level)
            if first <= story.at.date() and story.at < until
        )
        month += relativedelta(months=1)


def _month(seed: str, world: World, month: date, level: float) -> Iterator[Story]:
    chance = Chance(f"{seed}|{month:%Y-%m}")
    wanted = figures.SIGNALS_A_YEAR / 12 * level * chance.uniform(0.85, 1.15)
    count = int(wanted) + chance.happens(wanted % 1)
    days = (month + relativedelta(months=1) - month).days
    moments = sorted(chance.uniform(0, days) for _ in range(count))
    for number, moment in enumerate(moments):
        name = f"{month:%Y-%m}/{number}"
        yield _story(name, world, Chance(f"{seed}|{name}"), month + timedelta(days=int(moment)))


def _story(name: str, world: World, chance: Chance, day: date) -> Story:
    unit = _detector(world, chance)
    at = world.moment(day, chance, office="police" not in unit.kind)
    if "police" not in unit.kind:
        at = world.working(at)
    report = _report(unit, world, chance, at.date())
    helped = bool(report.persons) and chance.happens(figures.ACCOMPANIED * 100 / (100 - figures.PERSONS[0]))
    outcome = ACCOMPANIED if helped else chance.of(_outcomes(world.law(at.date()), report))
    return Story(name, unit.code, at, report, outcome, timedelta(days=1) + chance.around(6 if helped else 21))


def _detector(world: World, chance: Chance) -> Unit:
    kinds = {kind: share for kind, share in figures.DETECTORS.items() if world.units_of(kind)}
    units = world.units_of(chance.of(kinds))
    # A competent unit of a larger place sees more: the first of a kind is no larger than the others, some simply are.
    return chance.choices(units, [1 + 3 * (_digit(unit.code) % 3) for unit in units])[0]


def _digit(code: str) -> int:
    return sum(map(ord, code))


def _outcomes(law: Law, report: Report) -> dict[str, float]:
    if not report.persons:
        return {"not_trafficking": 60, "unreachable": 40}
    return {code: share for code, share in figures.OUTCOMES.items() if law.has_code("alert_outcome", code)}


def _report(unit: Unit, world: World, chance: Chance, on: date) -> Report:
    law = world.law(on)
    smuggled = chance.happens(figures.SMUGGLED)
    known = {code: share for code, share in figures.FORMS.items() if code in {p.code for p in law.purposes}}
    form = chance.of(known)
    language = chance.choice(unit.languages)
    place = world.near(unit, chance, on)
    persons = _persons(form, world, chance, on)
    indicators = [each for each in law.indicators(form) if form in each.purposes or chance.happens(0.3)]
    seen = on - timedelta(days=chance.randint(0, 30))
    graded = unit.kind == "police_central"
    return Report(
        phenomenon="smuggling_aggravated" if smuggled else "trafficking",
        forms=() if smuggled or chance.happens(0.04) else (form,),
        signs=tuple(Sign(indicator=each.code, seen_on=seen) for each in chance.some(indicators, 6)),
        narrative=words.seen(form, language, chance) if chance.happens(0.8) else "",
        urgent=chance.happens(figures.URGENT),
        detected_through=_source(unit, law, chance),
        municipality=place.code if chance.happens(0.93) else "",
        sector=chance.of(_sectors(law)) if form == "WORK" and _sectors(law) else "",
        platform="" if form != "SEX" or chance.happens(0.6) else "annonces.example",
        seen_from=seen,
        seen_to=on,
        persons=persons,
        done=_duties(unit, law, chance, on),
        source_grade=chance.choice("ABCX") if graded else "",
        information_grade=chance.choice("1234") if graded else "",
        handling=chance.choice(("H0", "H1", "H2")) if graded else "",
    )


def _persons(form: str, world: World, chance: Chance, on: date) -> tuple[PersonReport, ...]:
    return tuple(people.person(form, world, chance, on) for _ in range(chance.of(figures.PERSONS)))


def _source(unit: Unit, law: Law, chance: Chance) -> str:
    by_kind = {
        "inspection": ("inspection", "citizen", "association"),
        "centre": ("self", "association", "citizen", "health", "other_victim"),
        "reception": ("reception", "self"),
        "detention": ("detention", "self"),
        "shelter_minors": ("youth", "self"),
        "federated_contact": ("association", "youth", "citizen"),
    }
    wanted = by_kind.get(unit.kind, ("police_check", "judicial_file", "citizen", "online", "border", "self"))
    found = [code for code in wanted if law.has_code("detection_source", code)]
    return chance.choice(found) if found else ""


def _sectors(law: Law) -> dict[str, float]:
    return {code: share for code, share in figures.SECTORS.items() if law.has_code("sector", code)}


def _duties(unit: Unit, law: Law, chance: Chance, on: date) -> tuple[Done, ...]:
    return tuple(Done(duty=duty.code, on=on) for duty in law.duties(unit.kind) if chance.happens(0.75))
