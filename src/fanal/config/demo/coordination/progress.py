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
from fanal.decisions import services as decisions
from fanal.directory import queries as directory
from fanal.plans import queries as plans
from fanal.plans.rules import MeasureLine
from fanal.progress import services
from fanal.progress.queries import Report
from fanal.progress.rules import Period, period_at
from fanal.progress.services import Draft, Figure, Piece

from .company import Company

MONTHS = 3
FATES = {"steady": 30, "slow": 20, "done": 18, "blocked": 10, "silent": 10, "claimed": 6, "idle": 6}
"""How a measure goes, and how often."""
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
        for line in lines:
            by = leads.get(line.lead)
            if by is not None:
                _play_measure(company, by, chair, line, chance)
        if lines:
            _drop(company, chair, lines[len(lines) // 2])
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


def _play_measure(company: Company, by: Member, chair: Member, line: MeasureLine, chance: Chance) -> None:
    today = timezone.localdate(company.until)
    begin = max(line.starts_on, date(2021, 7, 1), timezone.localdate(company.since))
    turn = today - timedelta(days=chance.randint(120, 700))
    course = Course(line, chance.of(FATES), chance.uniform(0.85, 1.3), turn)
    sent = [
        row
        for row in (_report(course, period, by, company, chance) for period in _periods(begin, today))
        if row
    ]
    for row in sent[-4:]:
        if chance.happens(0.75):
            _review(row, chair, by, company, chance)


def _periods(begin: date, today: date) -> Iterator[Period]:
    """Every quarter of the last two years; of the years before, the last quarter."""
    period = period_at(begin, MONTHS)
    while period.last < today:
        if period.last.month == 12 or period.last > today - timedelta(days=730):
            yield period
        period = period_at(period.last + timedelta(days=1), MONTHS)


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
    speed = {"slow": 0.6, "idle": 0.0}.get(course.fate, course.speed)
    share = Decimal(f"{min(gone * speed, 0.97):.4f}")
    return Decimal(round(indicator.baseline + (indicator.target - indicator.baseline) * share))


def _evidence(course: Course, completed: bool, words: Mapping[str, str], chance: Chance) -> tuple[Piece, ...]:
    if course.fate == "claimed" or not (completed or chance.happens(0.3)):
        return ()
    number = f"{words['note']} {chance.randint(100, 999)}"
    return (Piece("note", number), Piece("link", f"https://invented.example/{course.line.key}"))


def _review(row: Report, chair: Member, by: Member, company: Company, chance: Chance) -> None:
    at = min(row.sent_at + timedelta(days=chance.randint(5, 40)), company.until)
    agrees = not chance.happens(0.12)
    with acting_as(chair):
        services.review(
            by=chair, report_id=row.pk, agrees=agrees, at=at,
            reason="" if agrees else WORDS.get(by.language, WORDS["fr"])["no"],
        )  # fmt: skip


def _drop(company: Company, chair: Member, line: MeasureLine) -> None:
    """One measure of each plan is dropped, by an invented decision of the Bureau."""
    at = company.until - timedelta(days=75)
    on = timezone.localdate(at)
    bureau = next(body for body in bodies.everybody(on) if body.kind == "bureau")
    with acting_as(chair):
        found = decisions.record(
            by=chair, body_code=bureau.code, title=f"Invented: measure {line.number} is dropped",
            text="Invented decision: another service does the same work.", taken_on=on, synthetic=True, quiet=True,
            at=at,
        )  # fmt: skip
        services.rule(by=chair, key=line.key, dropped=True, decision=found.number, at=at)


def _at(day: date, hour: int) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour)))
