"""One chain: an alert, what is drafted beside it, a referral, a request, a procedure, its questions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from fanal.access import services as access
from fanal.access.models import Compartment
from fanal.access.rules import Member
from fanal.access.services import Level, Opening, acting_as
from fanal.alerts import services as alerts
from fanal.alerts.models import Person, Transmission
from fanal.alerts.rules import Done, Identity, PersonReport, Report, Sign
from fanal.attachments import services as attachments
from fanal.directory.models import Unit
from proofs.matrix import handing, keeping, procedures
from proofs.matrix.canaries import Home
from proofs.matrix.ledger import File, Seat

if TYPE_CHECKING:
    from proofs.matrix.world import World

DETECTORS = (
    "officer", "outsider", "inspector", "reception", "centre_worker", "other_centre_worker", "magistrate",
    "guardianship_officer", "immigration_agent", "auditor", "other_magistrate",
)  # fmt: skip
WATCH = ("police_cell", "police_central", "local_police", "inspection")
PLACES = ("T01", "")


@dataclass
class Chain:
    """Who plays in a chain, by name of the cast."""

    nth: int
    but: str
    detector: str
    centre: str
    other_centre: str
    magistrate: str


def play(world: World, nth: int, *, but: str = "") -> None:
    """A chain with players drawn from the cast, all but one if asked; its files get seats of every kind."""
    draw = world.random
    centres = ["centre_worker", "other_centre_worker"]
    draw.shuffle(centres)
    first = DETECTORS[0] if nth == 0 else draw.choice([name for name in DETECTORS if name != but])
    chain = Chain(nth, but, first, *centres, draw.choice(["magistrate", "other_magistrate", "auditor"]))
    steps = [_alert, _draft]
    draw.shuffle(steps)
    for step in steps:
        step(world, chain)
    handing.play(world, chain)
    procedures.play(world, chain)
    keeping.play(world, chain)


def _alert(world: World, chain: Chain) -> None:
    by = world.members[chain.detector]
    # Before the act nobody has a number: the words are made for the file that is about to stand there.
    draft = File(len(world.ledger.files), "alert", by.unit_id, None, None)
    urgent = by.unit_kind not in WATCH
    report = _report(world, draft, urgent=urgent)
    with acting_as(by):
        row = alerts.record(by=by, report=report, at=world.at, idempotency_key=f"{world.seed} {chain.nth}")
        persons = list(Person.objects.filter(alert=row).order_by("number").values_list("id", flat=True))
        told = list(Transmission.objects.filter(alert=row).values_list("to_unit_id", "to_kind"))
    file = world.ledger.open("alert", by.unit_id, row, row.compartment_id, row.reference)
    file.parts = {"person_id": persons[0], "persons": persons, "code": "b", "alert": row.reference}
    told_of = report.persons[0].identity
    file.parts["who"] = {"given_names": told_of.given_names, "family_name": told_of.family_name}
    for unit, kind in told:
        # Testland, Code of Harbours, art. 15 §2: a centre learns of urgency that it exists, where no other article
        # sends it the alert.
        only_dates = urgent and kind == "centre"
        world.ledger.seat(file, unit, "told_dates" if only_dates else "told")
    _send_further(world, by, file, row, chain.but)
    seats(world, by, file)
    _attach(world, by, file, read=chain.nth == 0)


def _report(world: World, file: File, *, urgent: bool) -> Report:
    draw, today = world.random, timezone.localdate(world.at)
    woman = PersonReport(
        subject="presumed_victim", age_basis="known", sex="F", pseudonym=world.word(file, "pseudonym"),
        identity=_identity(world, file), languages=("ti",), citizenship=draw.choice(("ER", "RO", "VN")),
    )  # fmt: skip
    others = (
        PersonReport(
            subject="witness", age_basis="known", birth_year=1970, pseudonym=world.word(file, "pseudonym")
        ),
    )
    child = PersonReport(subject="presumed_victim", age_basis="doubtful", sex="M", unaccompanied=True)
    return Report(
        phenomenon="trafficking", forms=(draw.choice(("WORK", "SEX", "BEG")),), municipality=draw.choice(PLACES),
        sector="I-KITCHEN", narrative=f"Six sleep behind {world.word(file, 'narrative')}.", urgent=urgent,
        platform=world.word(file, "platform"), persons=(woman, *others, *(() if urgent else (child,))),
        signs=(Sign(indicator="no-pay"),), seen_from=today - timedelta(days=draw.randrange(20)),
        done=(Done(duty="a", on=today, how=world.word(file, "how")),),
    )  # fmt: skip


def _identity(world: World, file: File) -> Identity:
    names = (
        "given_names",
        "family_name",
        "birth_place",
        "document_number",
        "phone",
        "address",
        "contact_hours",
    )
    words = {name: world.word(file, name, "identity") for name in names}
    email = f"{world.word(file, 'email', 'identity')}@people.example"
    birth = world.canaries.birth(Home(file.number, "identity", "birth_date"))
    return Identity(**words, email=email, birth_date=birth)


def _send_further(world: World, by: Member, file: File, row: Any, but: str) -> None:
    """To one service more, by an act of the owner, on a ground in words."""
    seated = {seat.unit for seat in file.seats} | {file.owner}
    free = [
        m
        for name, m in world.members.items()
        if name != but and m.unit_id not in seated and m.role in world.law.acts["read alerts"]
    ]
    to = world.random.choice(free)
    with acting_as(by):
        alerts.transmit_further(
            by=by, reference=row.reference, to_unit=to.unit_code, purpose="protect", ground=world.word(file, "ground"),
            at=world.at,
        )  # fmt: skip
    world.ledger.seat(file, to.unit_id, "told")


LEVELS = ("read", "expired", "revoked", "exists", "contribute")


def seats(world: World, by: Member, file: File, levels: Sequence[str] = LEVELS) -> None:
    """Grants of these levels to units that have none yet: some hold, one has expired, one was revoked."""
    seated = {seat.unit for seat in file.seats} | {file.owner}
    units = Unit.objects.exclude(pk__in=seated).exclude(roles=[]).order_by("pk")
    cast = {member.unit_id for name, member in world.members.items() if name != "outsider"}
    mine = [u for u in units if u.pk in cast and set(u.roles) & world.law.acts["read alerts"]]
    world.random.shuffle(mine)
    today = timezone.localdate(world.at)
    with acting_as(by):
        wall = Compartment.objects.get(pk=file.compartment)
        for unit, level in zip(mine, levels, strict=False):
            ended = level in ("expired", "revoked")
            opening = Opening(
                unit.pk, Level("read" if ended else level), "protect", "own_grant",
                valid_to=today - timedelta(days=1) if level == "expired" else None,
            )  # fmt: skip
            at = world.at - timedelta(days=9)
            (grant,) = access.grant(by=by, compartment=wall, openings=[opening], at=at)
            world.ledger.seat(file, unit.pk, "granted", "read" if ended else level)
            if level == "revoked":
                access.revoke(by=by, grant=grant, at=world.at)
            if ended:
                world.ledger.ends(file, unit.pk, "granted", level)


def _attach(world: World, by: Member, alert: File, *, read: bool) -> None:
    """A text in the file of the alert; one that was read and cleaned, the others wait to be."""
    file = world.ledger.open("attachment", by.unit_id, None, None)
    name, text = world.word(file, "name"), world.word(file, "text")
    with acting_as(by):
        file.row = attachments.add(
            by=by,
            kind="alert",
            object_id=alert.row.id,
            name=f"{name}.txt",
            data=f"Said: {text}.".encode(),
            at=world.at,
        )
    if read:
        attachments.convert(attachment_id=file.row.id, at=world.at)
    file.parts = {"attachment_id": file.row.id, "object_id": alert.row.id, "page": 1, "host": "alert"}
    for seat in alert.seats:
        if seat.level != "exists":
            party = "contributor" if seat.level == "contribute" else "reader"
            file.seats.append(Seat(seat.unit, party, seat.level, seat.ended))


def _draft(world: World, chain: Chain) -> None:
    by = world.members[chain.detector]
    file = world.ledger.open("draft", by.unit_id, None, None)
    file.author = by.person_id
    typed = {
        "what": {"narrative": [world.word(file, "narrative")]},
        "where": {"platform": [world.word(file, "platform")]},
        "who": {
            "1": {
                "subject": ["presumed_victim"],
                "age_basis": ["unknown"],
                "pseudonym": [world.word(file, "who")],
            }
        },
    }
    with acting_as(by):
        file.row = alerts.start(by=by, typed=typed, step="what", at=world.at)
    file.parts = {"draft_id": file.row, "key": 1, "name": "what"}
    world.canaries.known(file.row, Home(file.number, "exists", "draft"))
