"""Sessions of the invented meetings: who was there, what was noted and decided, minutes approved at the next one; and
one procedure in writing, in the year in which no meeting could take place. Every word of it is invented and says so."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.utils import timezone

from fanal.access.rules import Member, Role
from fanal.access.services import acting_as
from fanal.bodies import queries as bodies
from fanal.bodies.rules import SeatHeld
from fanal.config.commands.console import Tell
from fanal.config.demo.world import Chance
from fanal.decisions import queries as decisions
from fanal.decisions import services as decision_services
from fanal.decisions.rules import State as Standing
from fanal.meetings import queries as meetings
from fanal.meetings import services as meeting_services
from fanal.meetings.queries import Line
from fanal.minutes import queries, services
from fanal.minutes.queries import Treated
from fanal.minutes.rules.attendance import State

from .bodies import preparer
from .company import Company

SYNTHETIC = "[synthétique / synthetisch]"
_WHO = (
    "Mme Beaurivage", "M. Vandersteenput", "dhr. Lichtveld", "mevr. Zeewaarts", "M. Montclerval", "mevr. Duinkoning",
    "Mme Ruisselart", "dhr. Klokkenberg",
)  # fmt: skip
_SAID = (
    "Le point est introduit par la présidence ; les services donnent l’état de la situation.",
    "De diensten lichten de stand van zaken toe; er zijn geen verdere opmerkingen.",
    "Plusieurs membres demandent un calendrier plus serré.",
    "Een lid vraagt een schriftelijke stand van zaken tegen de volgende vergadering.",
)
_DECIDED = (
    "Le service concerné transmet un projet de texte au Bureau.",
    "De betrokken dienst legt een voorstel van tekst voor aan het Bureau.",
)
_SHOWN = {
    Standing.DONE: ("Texte transmis et adopté. (inventé)", "Tekst bezorgd en goedgekeurd. (verzonnen)"),
    Standing.IN_PROGRESS: (
        "Un premier projet circule. (inventé)",
        "Een eerste ontwerp gaat rond. (verzonnen)",
    ),
}
_PREPARES = (Role.SECRETARY, Role.COORDINATOR, Role.MAGISTRATE)
TREATED = 4
"""So many items of an agenda are treated; the others come back, as in the bodies themselves."""


def play(company: Company, *, tell: Tell) -> None:
    """The sessions of every meeting that was convened and has none yet, in their order, and the written procedure."""
    waiting = list(_without_session(company))
    for done, (unit, role, reference) in enumerate(waiting):
        tell("Inventing sessions", done, len(waiting))
        sit(company, reference, unit=unit, role=role)
    _in_writing(company)
    for body in ("bureau", "cell"):
        _follow_up(company, body)


def _follow_up(company: Company, body: str) -> None:
    """What was due is mostly done, with what shows it; a part is under way, and some is late."""
    on = timezone.localdate(company.until)
    by, chance = preparer(company, body, on), company.chance(f"follow-up of {body}")
    with acting_as(by):
        rows = decisions.find(decisions.Search(body=body), by, on).filter(synthetic=True, state=Standing.OPEN)
        for row in rows.order_by("number"):
            due = row.due_on or row.taken_on + timedelta(days=90)
            state = chance.of({Standing.DONE: 0.75, Standing.IN_PROGRESS: 0.1, Standing.OPEN: 0.15})
            if due < on and state is not Standing.OPEN:
                at = timezone.make_aware(
                    datetime.combine(due - timedelta(days=chance.randint(1, 20)), time(15))
                )
                decision_services.follow(
                    by=by, number=row.number, state=state, note=chance.choice(_SHOWN[state]), at=at
                )


def _without_session(company: Company) -> Iterator[tuple[str, Role, str]]:
    """(unit, role, meeting) of meetings that were convened, each with the first who prepares it, in their order."""
    found: dict[str, tuple[datetime, str, Role]] = {}
    for unit, role in _preparers(company):
        with company.acting(unit, role) as member:
            eye = queries.sight(member, company.until)
            rows = meetings.meetings(eye).filter(
                state__in=("convened", "held"),
                agenda_set_at__isnull=False,
                begins_at__lt=company.until,
                body__in=eye.prepares,
            )
            for row in rows.exclude(pk__in=queries.every(eye).values("meeting")):
                found.setdefault(row.reference, (row.begins_at, unit, role))
    for reference, (_at, unit, role) in sorted(found.items(), key=lambda each: (each[1][0], each[0])):
        yield unit, role, reference


def _preparers(company: Company) -> list[tuple[str, Role]]:
    known = [key for key in company.members if key[1] in _PREPARES]
    return sorted(known, key=lambda key: (_PREPARES.index(key[1]), key[0]))


def sit(company: Company, reference: str, *, unit: str, role: Role) -> None:
    """One session from its opening to the draft that goes round; the minutes of the meeting before are approved in it.

    By a member who prepares the body: to be called when its agenda is set and before the next agenda is built.
    """
    chance = company.chance(f"session of {reference}")
    with company.acting(unit, role) as member:
        meeting = meetings.meeting(reference, meetings.sight(member, company.until.date()))
        at = meeting.begins_at
        if meeting.state == "convened" and meeting.agenda_set_at is None:
            meeting_services.build(by=member, reference=reference, at=at - timedelta(days=1))
        services.open_session(by=member, reference=reference, at=at)
        seats = bodies.seats(meeting.body, at.date())
        services.note_attendance(by=member, reference=reference, seen=_seen(seats, chance), at=at)
        room = _Room(member, reference, seats, chance)
        sheet = queries.sheet(reference, queries.sight(member, at), at)
        for number, each in enumerate(sheet.items[:TREATED]):
            room.treat(each, at + timedelta(minutes=10 * (number + 1)))
        end = at + timedelta(hours=2)
        if meeting.state == "convened" and end > company.until:
            return
        services.close_session(by=member, reference=reference, at=end)
        if end + timedelta(days=3) < company.until:
            services.circulate(
                by=member,
                reference=reference,
                until=(end + timedelta(days=14)).date(),
                at=end + timedelta(days=3),
            )


def _seen(seats: tuple[SeatHeld, ...], chance: Chance) -> list[services.Seen]:
    states = {State.PRESENT: 0.82, State.SUBSTITUTE: 0.08, State.EXCUSED: 0.08, State.ABSENT: 0.02}
    found = []
    for seat in seats:
        state = State.PRESENT if seat.prepares else chance.of(states)
        who, other = chance.sample(_WHO, 2)
        there = state in (State.PRESENT, State.SUBSTITUTE)
        found.append(
            services.Seen(seat.id, state, who if there else "", other if state is State.SUBSTITUTE else "")
        )
    return found


@dataclass(frozen=True)
class _Room:
    """A session in which one member notes what becomes of each item."""

    member: Member
    reference: str
    seats: tuple[SeatHeld, ...]
    chance: Chance

    def treat(self, item: Treated, at: datetime) -> None:
        """Minutes that were given round are approved once the time for remarks is over; other items are spoken of."""
        earlier = queries.approved_by(item.line.item_id, queries.sight(self.member, at))
        if earlier is not None:
            if earlier.remarks_until is not None and earlier.remarks_until < timezone.localdate(at):
                words = f"{SYNTHETIC} Approuvé. Goedgekeurd."
                self._conclude(item, services.Concluded(kind="decided", way="consensus", text=words), at)
            return
        words = "\n".join((SYNTHETIC, *self.chance.some(_SAID, 3)))
        services.save_note(
            by=self.member, reference=self.reference, item_id=item.line.item_id, words=words, base=0, at=at
        )
        outcome = _outcome(item.line, self.seats, self.chance, at)
        if outcome is not None:
            self._conclude(item, outcome, at)

    def _conclude(self, item: Treated, outcome: services.Concluded, at: datetime) -> None:
        """Without a quorum nothing is decided: the item comes back."""
        if outcome.kind not in queries.SUBSTANCE or item.quorum.reached:
            services.conclude(
                by=self.member, reference=self.reference, item_id=item.line.item_id, outcome=outcome, at=at
            )


def _outcome(
    line: Line, seats: tuple[SeatHeld, ...], chance: Chance, at: datetime
) -> services.Concluded | None:
    if line.source in ("measure", "recommendation", "decision"):
        return services.Concluded(kind="noted") if chance.happens(0.7) else None
    kind = chance.of({"decided": 0.5, "noted": 0.25, "opinion": 0.05, "stays": 0.1, "deferred": 0.1})
    if kind == "deferred":
        return services.Concluded(
            kind="deferred", until=(at + timedelta(days=chance.randint(40, 100))).date()
        )
    if kind in ("noted", "stays"):
        return services.Concluded(kind=kind)
    owner = chance.choice([unit for seat in seats if seat.votes for unit in seat.unit_ids])
    return services.Concluded(
        kind=kind,
        way="consensus",
        text=f"{SYNTHETIC} {chance.choice(_DECIDED)}",
        owners=[owner],
        due_on=(at + timedelta(days=chance.randint(45, 240))).date(),
        synthetic=True,
    )


def _in_writing(company: Company) -> None:
    """In 2020 no Cell met: one text was put to its seats in writing, and silence was counted as the rule says."""
    at = company.until.replace(year=2020, month=5, day=11, hour=10, minute=0)
    if at < company.since:
        return
    for unit, role in _preparers(company):
        with company.acting(unit, role) as member:
            eye = queries.sight(member, at)
            if "cell" in eye.prepares:
                break
    else:
        return
    with company.acting(unit, role) as member:
        if queries.procedures(eye, body_code="cell").exists():
            return
        row = services.open_procedure(
            by=member, body_code="cell", title=f"{SYNTHETIC} Liste de contacts / Contactlijst", at=at,
            text=f"{SYNTHETIC} La Cellule adopte la liste des points de contact.\nDe Cel neemt de lijst van de "
            "contactpunten aan.", deadline=at + timedelta(days=18), owners=[member.unit_id],
        )  # fmt: skip
    for voice, of in sorted(company.members):
        if of in (Role.REPRESENTATIVE, Role.CORRESPONDENT):
            with company.acting(voice, of) as speaker:
                mine = queries.sight(speaker, at).seats.get("cell")
                if mine is not None and mine.votes:
                    services.answer(
                        by=speaker, reference=row.reference, stand="agrees", at=at + timedelta(days=4)
                    )
    with company.acting(unit, role) as member:
        services.close_procedure(
            by=member, reference=row.reference, synthetic=True, at=row.deadline + timedelta(days=1)
        )
