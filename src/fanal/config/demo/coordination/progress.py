"""Invented progress of the invented plans: quarter by quarter, some late, some blocked, some done with evidence."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.utils import timezone

from fanal.access.rules import Member, Role
from fanal.access.services import acting_as
from fanal.bodies import queries as bodies
from fanal.config.commands.console import Tell
from fanal.config.demo.world import Chance
from fanal.country import queries as country
from fanal.decisions import services as decisions
from fanal.decisions.rules import State
from fanal.directory import queries as directory
from fanal.plans import queries as plans
from fanal.plans.rules import MeasureLine
from fanal.progress import services
from fanal.progress.queries import Report
from fanal.progress.rules import Period, period_at
from fanal.progress.services import Draft, Figure, Piece

from .bodies import preparer
from .company import Company

FATES = {"steady": 20, "done": 7, "slow": 4, "blocked": 4, "silent": 1, "claimed": 1, "idle": 1, "dropped": 2}
"""How measures go, of about forty: half on their way, some done, a quarter late or blocked, a few given up."""
DROPPED = (
    (
        "bureau",
        "La mesure {n} du plan {plan} est abandonnée (inventé)",
        "Un autre service fait ce travail. (inventé)",
    ),
    ("cell", "Maatregel {n} van plan {plan} vervalt (verzonnen)", "De maatregel is achterhaald. (verzonnen)"),
)
WORDS: Mapping[str, Mapping[str, str]] = {
    "fr": {
        "idle": "Rapport inventé. Le travail attend la désignation d’une équipe.",
        "under_way": "Rapport inventé. Réunions tenues avec les partenaires, matériel en préparation.",
        "completed": "Rapport inventé. La mesure est exécutée et évaluée.",
        "blocked": "Rapport inventé. Le marché public n’est pas encore attribué.",
        "next": "Fixer les dates du prochain trimestre avec les partenaires.",
        "note": "Note inventée",
        "no": "Avis inventé. Le chiffre ne correspond pas à celui des partenaires.",
    },
    "nl": {
        "idle": "Verzonnen verslag. Het werk wacht op de aanwijzing van een ploeg.",
        "under_way": "Verzonnen verslag. Vergaderingen gehouden met de partners, materiaal in voorbereiding.",
        "completed": "Verzonnen verslag. De maatregel is uitgevoerd en geëvalueerd.",
        "blocked": "Verzonnen verslag. De overheidsopdracht is nog niet gegund.",
        "next": "De data van het volgende kwartaal vastleggen met de partners.",
        "note": "Verzonnen nota",
        "no": "Verzonnen mening. Het cijfer stemt niet overeen met dat van de partners.",
    },
}


@dataclass(frozen=True)
class Course:
    """How one measure goes: its fate, how fast, and from which day on it does."""

    line: MeasureLine
    fate: str
    speed: float
    turn: date


def play(company: Company, *, tell: Tell) -> None:
    """Quarterly reports of the leads that have a correspondent, reviews by the Bureau, one measure dropped."""
    found = [plan.code for plan in plans.plans(timezone.localdate(company.until)) if plan.synthetic]
    leads = _correspondents(company)
    chair = _chair(company)
    for nth, code in enumerate(found):
        tell("Inventing progress", nth, len(found))
        lines = plans.measures(code, timezone.localdate(company.until))
        chance = company.chance(f"progress|{code}")
        fates = _dealt(len(lines), chance)
        for line, fate in zip(lines, fates, strict=True):
            by = leads.get(line.lead)
            if by is not None:
                _play_measure(company, by, chair, line, fate, chance)
        given_up = [line for line, fate in zip(lines, fates, strict=True) if fate == "dropped"]
        for line, words in zip(given_up, DROPPED, strict=False):
            _drop(company, chair, line, code, *words)
    tell("Inventing progress", len(found), len(found))


def _chair(company: Company) -> Member:
    """Who presides the Bureau."""
    on = timezone.localdate(company.until)
    bureau = next(body for body in bodies.everybody(on) if body.kind == "bureau")
    for (_unit, role), member in company.members.items():
        seat = bodies.my_seat(bureau.code, member, on) if role is Role.COORDINATOR else None
        if seat is not None and seat.kind == "chair":
            return member
    raise LookupError("nobody presides the Bureau")


def _correspondents(company: Company) -> dict[str, Member]:
    """{institution: who reports for it}."""
    houses = {unit.pk: unit.institution_id for unit in directory.units(on=timezone.localdate(company.until))}
    return {
        houses[member.unit_id]: member
        for (_unit, role), member in sorted(company.members.items(), key=lambda pair: str(pair[0]))
        if role is Role.CORRESPONDENT and member.unit_id in houses
    }


def _dealt(count: int, chance: Chance) -> list[str]:
    """A fate for each measure, in an order of chance: the mix is the one that is told."""
    deck = [fate for fate, often in FATES.items() for _ in range(often)]
    return chance.sample((deck * (count // len(deck) + 1))[:count], count)


def _play_measure(
    company: Company, by: Member, chair: Member, line: MeasureLine, fate: str, chance: Chance
) -> None:
    today = timezone.localdate(company.until)
    begin = max(line.starts_on, date(2021, 7, 1), timezone.localdate(company.since))
    turn = today - timedelta(days=chance.randint(120, 700))
    course = Course(line, fate, chance.uniform(1.02, 1.25), turn)
    sent = [
        row
        for row in (_report(course, period, by, company, chance) for period in _periods(begin, today))
        if row
    ]
    for row in sent[-4:]:
        if chance.happens(0.75):
            agrees = fate == "done" or not chance.happens(0.12)
            _review(row, chair, by, company, chance, agrees=agrees)


def _periods(begin: date, today: date) -> Iterator[Period]:
    """Every period of the last two years, at the rhythm of the country; of the years before, the last one."""
    months = country.law(today).threshold("progress_months")
    period = period_at(begin, months)
    while period.last < today:
        if period.last.month == 12 or period.last > today - timedelta(days=730):
            yield period
        period = period_at(period.last + timedelta(days=1), months)


def _report(course: Course, period: Period, by: Member, company: Company, chance: Chance) -> Report | None:
    """The report of one period, or nothing: some are forgotten, and after the end there is nothing more to say."""
    at = _at(period.last + timedelta(days=chance.randint(4, 28)), 11)
    turned = period.last >= course.turn
    over = turned and course.fate in ("done", "claimed") and period.first > course.turn
    if at > company.until or over or (turned and course.fate == "silent") or chance.happens(0.04):
        return None
    words = WORDS.get(by.language, WORDS["fr"])
    completed = turned and course.fate in ("done", "claimed")
    stage = "completed" if completed else "not_begun" if course.fate == "idle" else "under_way"
    draft = Draft(
        period=period.code,
        stage=stage,
        words=words["idle" if stage == "not_begun" else stage],
        blocked_by=words["blocked"] if turned and course.fate == "blocked" else "",
        next_step="" if completed else words["next"],
        next_on=None if completed else period.last + timedelta(days=120),
        figures={each.key: Figure(_value(course, each.key, period.last, completed), period.last)
                 for each in course.line.indicators},
        evidence=_evidence(course, completed, words, chance),
    )  # fmt: skip
    with acting_as(by):
        return services.report(by=by, key=course.line.key, draft=draft, at=at)


def _value(course: Course, key: str, on: date, completed: bool) -> Decimal:
    """Where an indicator stands: along the way to its target, as fast as the fate says."""
    indicator = next(each for each in course.line.indicators if each.key == key)
    if indicator.target is None or indicator.baseline is None or indicator.target_on is None:
        return Decimal(0)
    if completed:
        return indicator.target
    first = indicator.baseline_on or course.line.starts_on
    gone = (on - first).days / max((indicator.target_on - first).days, 1)
    speed = {"slow": 0.7, "idle": 0.0}.get(course.fate, course.speed)
    share = Decimal(f"{min(gone * speed, 0.97):.4f}")
    return Decimal(round(indicator.baseline + (indicator.target - indicator.baseline) * share))


def _evidence(course: Course, completed: bool, words: Mapping[str, str], chance: Chance) -> tuple[Piece, ...]:
    if course.fate == "claimed" or not (completed or chance.happens(0.3)):
        return ()
    number = f"{words['note']} {chance.randint(100, 999)}"
    return (Piece("note", number), Piece("link", f"https://verzonnen.example/{course.line.key}"))


def _review(
    row: Report, chair: Member, by: Member, company: Company, chance: Chance, *, agrees: bool
) -> None:
    at = min(row.sent_at + timedelta(days=chance.randint(5, 40)), company.until)
    with acting_as(chair):
        services.review(
            by=chair, report_id=row.pk, agrees=agrees, at=at,
            reason="" if agrees else WORDS.get(by.language, WORDS["fr"])["no"],
        )  # fmt: skip


def _drop(
    company: Company, chair: Member, line: MeasureLine, plan: str, body: str, title: str, why: str
) -> None:
    """A measure is given up by an invented decision, which is in the register."""
    at = company.until - timedelta(days=75)
    by = preparer(company, body, timezone.localdate(at))
    with acting_as(by):
        found = decisions.record(
            by=by, body_code=body, title=title.format(n=line.number, plan=plan[-1].upper()), text=why,
            taken_on=timezone.localdate(at), state=State.DONE, synthetic=True, quiet=True, at=at,
        )  # fmt: skip
    with acting_as(chair):
        services.rule(by=chair, key=line.key, dropped=True, decision=found.number, at=at)


def _at(day: date, hour: int) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour)))
