"""Invented measures, apart from the frames of the real plans and flagged so: two plans as those of 2021-2025 may look.

The published plans come from the country pack with its sources; nothing is added to them here.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from uuid import UUID

from django.utils import timezone

from fanal.access.rules import Member, Role
from fanal.access.services import acting_as
from fanal.config.commands.console import Tell
from fanal.config.demo.world import Chance
from fanal.country import queries as country
from fanal.decisions import services as decisions
from fanal.decisions.rules import State
from fanal.directory import queries as directory
from fanal.plans import queries, services
from fanal.plans.rules import IndicatorValues, MeasureValues

from .bodies import preparer
from .company import Company
from .decisions import SYNTHETIC
from .plan_words import CHAPTERS, INDICATORS, OBJECTS, VERBS

PLANS = (("fictif-a", ("trafficking",)), ("fictief-b", ("smuggling", "smuggling_aggravated")))
MEASURES = 40
ADOPTION, AMENDMENT = date(2021, 6, 1), date(2023, 9, 1)
FIRST, LAST = date(2021, 1, 1), date(2026, 12, 31)
TITLES = {
    "fr": "Plan d’essai {n}, inventé",
    "nl": "Proefplan {n}, verzonnen",
    "de": "Probeplan {n}, erfunden",
    "en": "Trial plan {n}, invented",
}
ADOPTED = {"A": "Le plan d’essai A est adopté (inventé)", "B": "Proefplan B wordt vastgesteld (verzonnen)"}
AMENDED = "Le plan d’essai A est modifié à mi-parcours (inventé)"
FUNDING = ("Budget fédéral (inventé)", "Federale begroting (verzonnen)")


def play(company: Company, *, tell: Tell) -> None:
    """Two invented plans of forty measures each, one amended half-way; likenesses with the published plans judged."""
    unit = next(code for code, role in company.members if role is Role.COORDINATOR)
    for nth, (code, phenomena) in enumerate(PLANS):
        tell("Inventing plans", nth, len(PLANS))
        chance = company.chance(f"plans|{code}")
        letter = "AB"[nth]
        number = _decided(company, ADOPTED[letter], _at(ADOPTION))
        amended = _decided(company, AMENDED, _at(AMENDMENT)) if letter == "A" else ""
        with company.acting(unit, Role.COORDINATOR) as by:
            _plan(by, code, phenomena, letter, chance, _leads(company), number)
            if amended:
                _amend(by, code, _leads(company), chance, amended)
    tell("Inventing plans", len(PLANS), len(PLANS))


def _leads(company: Company) -> list[str]:
    """The institutions for which somebody reports, so that the invented measures are reported on."""
    reporting = {unit for unit, role in company.members if role is Role.CORRESPONDENT}
    return sorted({directory.unit_by_code(unit).institution_id for unit in reporting})


def _at(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(10)))


def _plan(
    by: Member,
    code: str,
    phenomena: tuple[str, ...],
    letter: str,
    chance: Chance,
    leads: list[str],
    decision: str,
) -> None:
    at = _at(ADOPTION)
    known = {each.code for each in country.law(FIRST).codes("phenomenon")}
    services.start(
        by=by, code=code, titles={language: said.format(n=letter) for language, said in TITLES.items()},
        phenomena=[each for each in phenomena if each in known], starts_on=FIRST, ends_on=LAST, synthetic=True, at=at,
    )  # fmt: skip
    anchors = list(_headings(by, code, at))
    contacts = _contacts(at)
    for nth in range(MEASURES):
        number = f"{nth % len(anchors) + 1}.{nth // len(anchors) + 1}"
        values = _measure(nth + MEASURES * (letter == "B"), number, leads, contacts, chance)
        row = services.put_measure(
            by=by, plan_code=code, values=values, heading=anchors[nth % len(anchors)], at=at
        )
        services.put_indicator(by=by, plan_code=code, key=row.key, values=_indicator(nth, chance), at=at)
    services.adopt(
        by=by, plan_code=code, adopted_on=at.date(), effective_on=at.date(), decision=decision, at=at
    )
    services.find_returns(by=by, plan_code=code, at=at + timedelta(days=1))


def _contacts(at: datetime) -> list[str]:
    return [unit.code for unit in directory.units(queries.CONTACT_KIND, on=at.date())]


def _decided(company: Company, title: str, at: datetime) -> str:
    """The invented decision of the Cell that a version cites."""
    keeper = preparer(company, "cell", at.date())
    with acting_as(keeper):
        row = decisions.record(
            by=keeper, body_code="cell", title=title, text=SYNTHETIC, taken_on=at.date(), state=State.DONE,
            synthetic=True, quiet=True, at=at,
        )  # fmt: skip
    return row.number


def _headings(by: Member, code: str, at: datetime) -> Iterator[UUID]:
    for nth, titles in enumerate(CHAPTERS, 1):
        row = services.put_heading(by=by, plan_code=code, number=str(nth), titles=titles, at=at)
        yield row.anchor


def _measure(nth: int, number: str, leads: list[str], contacts: list[str], chance: Chance) -> MeasureValues:
    verb, about = VERBS[nth % len(VERBS)], OBJECTS[nth % len(OBJECTS)]  # no two of 77 in a row are alike
    titles = {language: f"{verb[language]} {about[language]}" for language in about}
    lead = leads[nth % len(leads)]
    others = tuple(each for each in chance.sample(leads, min(2, len(leads))) if each != lead)
    year = 2021 + nth % 3
    return MeasureValues(
        number=number,
        titles=titles,
        texts={
            "fr": f"Mesure inventée. {titles['fr']}, avec un rapport chaque trimestre.",
            "nl": f"Verzonnen maatregel. {titles['nl']}, met een rapport per kwartaal.",
            "de": f"Erfundene Maßnahme. {titles['de']}, mit einem Bericht je Quartal.",
            "en": f"Invented measure. {titles['en']}, with a report every quarter.",
        },
        lead=lead,
        co_leads=others,
        contacts=tuple(chance.sample(contacts, min(2, len(contacts)))) if nth % 4 == 0 else (),
        starts_on=max(FIRST, date(year, 1, 1)),
        ends_on=LAST,
        budget_cents=None if nth % 3 == 0 else (0 if nth % 7 == 0 else 1_000_000 * (nth + 1)),
        funding="" if nth % 3 == 0 else FUNDING[nth % 2],
        sdgs=("5", "8", "16")[: nth % 3 + 1],
        objectives=("9",) if nth % 2 else ("10",),
        principles=("human-rights", "children")[: nth % 2 + 1],
    )


def _indicator(nth: int, chance: Chance) -> IndicatorValues:
    titles, unit = INDICATORS[nth % len(INDICATORS)]
    target = 40 + 10 * (nth % 8)
    marks = tuple(
        (date(year, 12, 31), Decimal(target * step // 5)) for step, year in enumerate(range(2022, 2026), 1)
    )
    return IndicatorValues(
        titles=titles, unit=unit, baseline=Decimal(chance.randint(0, 5)), baseline_on=date(2020, 12, 31),
        target=Decimal(target), target_on=LAST, benchmarks=marks,
    )  # fmt: skip


def _amend(by: Member, code: str, leads: list[str], chance: Chance, decision: str) -> None:
    """Half-way one measure is added, one goes, and one is said otherwise."""
    at = _at(AMENDMENT)
    draft = services.amend(by=by, plan_code=code, at=at)
    lines = queries.measures_of(draft.pk, indicators=False)
    services.remove_measure(by=by, plan_code=code, key=lines[-1].key, at=at)
    first = lines[0]
    titles = {language: f"{said} (2023-2026)" for language, said in first.titles.items()}
    services.put_measure(
        by=by, plan_code=code, values=queries.values_of(first, titles=titles, indicators=()),
        heading=UUID(first.heading), at=at,
    )  # fmt: skip
    added = replace(
        _measure(2 * MEASURES + 3, "1.9", leads, _contacts(at), chance), starts_on=date(2023, 10, 1)
    )
    row = services.put_measure(by=by, plan_code=code, values=added, heading=UUID(first.heading), at=at)
    services.put_indicator(by=by, plan_code=code, key=row.key, values=_indicator(MEASURES + 3, chance), at=at)
    services.adopt(by=by, plan_code=code, adopted_on=at.date(), decision=decision, at=at)
