"""Persons handed over: prepared, proposed, taken, refused, withdrawn; and what rested on a consent that ended."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from fanal.access.services import acting_as
from fanal.alerts.rules import Age
from fanal.referrals import services as referrals
from fanal.referrals.models import Consent
from fanal.referrals.rules.content import About, Identity, Practical, SafeContact, known
from fanal.referrals.rules.grounds import Given
from proofs.matrix.canaries import Home
from proofs.matrix.ledger import File

if TYPE_CHECKING:
    from proofs.matrix.chains import Chain
    from proofs.matrix.world import World

NAMED = ("family_name", "given_names", "birth_place", "document_number")


def play(world: World, chain: Chain) -> None:
    """One preparation and its proposals, each ending otherwise."""
    file, about = _prepare(world, chain)
    # The first two chains have every ending between them.
    endings = [["unconsented", "refused"], ["withdrawn", "open"]][chain.nth % 2]
    world.random.shuffle(endings)
    # The acceptance comes last: nothing is proposed for the same purpose after it.
    ways = [("medical", chain.other_centre, endings[0]), ("medical", chain.centre, endings[1]),
            ("housing", "guardianship_officer", "open"), ("housing", _another(world, chain), "accepted")]  # fmt: skip
    for purpose, receiver, ending in ways:
        if world.unit_of(receiver) != file.owner:
            _propose(world, chain, file, about, purpose=purpose, to=receiver, ending=ending)


def _another(world: World, chain: Chain) -> str:
    """The centre of the chain, or the other one where the detector is that centre itself."""
    own = world.unit_of(chain.detector)
    return chain.other_centre if world.unit_of(chain.centre) == own else chain.centre


def _prepare(world: World, chain: Chain) -> tuple[File, About]:
    by = world.members[chain.detector]
    file = File(len(world.ledger.files), "preparation", by.unit_id, None, None)
    about = about_of(world, file)
    alert = next(f for f in reversed(world.ledger.of("alert")) if f.owner == by.unit_id)
    linked = world.random.random() < 0.5
    with acting_as(by):
        source = {"alert": alert.reference, "person_id": alert.parts["person_id"]} if linked else {}
        row = referrals.prepare(by=by, about=about, at=world.at, **source)
    file = world.ledger.open("preparation", by.unit_id, row, row.compartment_id, row.reference)
    file.parts = {"code": world.members[chain.centre].unit_code}
    if linked:
        world.copied(alert.reference, file, "alert_reference")
        world.copied(str(alert.parts["person_id"]), file, "person")
        world.copied(str(alert.row.id), file, "alert")
    return file, about


def about_of(world: World, file: File) -> About:
    """What a service knows of a person, a canary in every field that takes words."""
    word = world.word
    identity = {name: word(file, name, "identity") for name in NAMED}
    birth = world.canaries.birth(Home(file.number, "identity", "birth_date"))
    return About(
        summary=word(file, "summary"), pseudonym=word(file, "pseudonym"),
        age=Age(basis="known", birth_year=birth.year),
        sex="F", languages=("ro",),
        needs=Practical(children=0, wheelchair=False, night=False, words=word(file, "needs")),
        safe_contact=SafeContact(("phone",), word(file, "contact"), word(file, "hours")), citizenship=("ER",),
        documents=word(file, "documents"), identity=Identity(**identity, birth_date=birth),
    )  # fmt: skip


def words_of(about: About) -> dict[str, tuple[str, str]]:
    """{field: (what stands there, the sight it asks for)} of a person."""
    plain = {
        "summary": about.summary, "pseudonym": about.pseudonym, "needs": about.needs.words,
        "hours": about.safe_contact.hours,
        "contact": about.safe_contact.details, "documents": about.documents,
    }  # fmt: skip
    named = {name: getattr(about.identity, name) for name in NAMED}
    if about.identity.birth_date:
        named["birth_date"] = about.identity.birth_date.isoformat()
    told = {name: (text, "read") for name, text in plain.items() if text}
    return told | {name: (text, "identity") for name, text in named.items() if text}


def copy(world: World, about: About, file: File) -> None:
    """The law copied the person into another file."""
    for name, (text, sight) in words_of(about).items():
        world.copied(text, file, name, sight)


def _propose(
    world: World, chain: Chain, prepared: File, about: About, *, purpose: str, to: str, ending: str
) -> None:
    by, receiver = world.members[chain.detector], world.members[to]
    today = timezone.localdate(world.at)
    why = world.word(prepared, "why")
    given = Given(ground="consent", given_on=today, form="oral")
    if ending == "open":
        given = Given("vital_interest", today, why=why, review_due=today + timedelta(days=1))
    with acting_as(by):
        row = referrals.propose(
            by=by, matter=prepared.reference, to_unit_id=receiver.unit_id, purpose=purpose, items=known(about),
            given=given, at=world.at,
        )  # fmt: skip
    file = world.ledger.open("referral", by.unit_id, row, row.compartment_id, row.reference)
    file.parts = {"ending": ending, "about": about}
    prepared.parts.setdefault("consent_id", row.consent_id)
    copy(world, about, file)
    world.copied(str(row.person), file, "person", "exists")
    world.copied(str(row.matter_id), file, "matter", "exists")
    world.copied(str(row.consent_id), file, "consent", "exists")
    world.ledger.seat(file, receiver.unit_id, "asked")
    world.ledger.seat(file, receiver.unit_id, "receiver")
    _end(world, file, by, receiver, ending)


def _end(world: World, file: File, by: Any, receiver: Any, ending: str) -> None:
    row, at = file.row, world.at
    if ending in ("accepted", "refused"):
        with acting_as(receiver):
            if ending == "accepted":
                referrals.accept(by=receiver, reference=row.reference, at=at)
                if world.random.random() < 0.5:
                    referrals.report_done(
                        by=receiver, reference=row.reference, words=world.word(file, "done"), at=at
                    )
            else:
                words = world.word(file, "refused")
                referrals.refuse(by=receiver, reference=row.reference, reason=REASON, words=words, at=at)
    elif ending in ("withdrawn", "unconsented"):
        with acting_as(by):
            if ending == "withdrawn":
                referrals.withdraw(by=by, reference=row.reference, at=at)
            else:
                referrals.revoke_consent(by=by, consent_id=Consent.objects.get(pk=row.consent_id).pk, at=at)
    if ending in ("refused", "withdrawn", "unconsented"):
        world.ledger.ends(file, receiver.unit_id, "receiver")
    if (
        ending == "unconsented"
    ):  # no permission overrides a consent that was revoked: not even that of having been asked
        world.ledger.ends(file, receiver.unit_id, "asked")


REASON = "full"
