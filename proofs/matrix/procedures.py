"""Requests, procedures and questions: answered, refused, waiting; seats of centres, guardians and partners."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from fanal.access.models import Grant
from fanal.access.services import acting_as
from fanal.protection import services as protection
from fanal.protection.models import Procedure
from fanal.referrals.rules.content import About, Identity
from proofs.matrix import handing
from proofs.matrix.canaries import Home
from proofs.matrix.ledger import File

if TYPE_CHECKING:
    from proofs.matrix.chains import Chain
    from proofs.matrix.world import World

YES = dict.fromkeys(("still_victim", "proceedings_ongoing", "will_to_cooperate", "link_broken"), "yes")
OFFICE = "immigration_agent"


def play(world: World, chain: Chain) -> None:
    """A request that is opened and goes on, one that waits, one that is refused."""
    taken = [f for f in world.ledger.of("referral") if f.parts["ending"] == "accepted"][-1]
    centre = next(n for n, m in world.members.items() if any(s.unit == m.unit_id for s in taken.seats))
    if centre not in ("centre_worker", "other_centre_worker"):
        centre = chain.centre
    opened = _request(world, centre, taken if world.random.random() < 0.6 else None)
    _request(world, centre, None)
    refused = _request(world, centre, None)
    agent = world.members[OFFICE]
    with acting_as(agent):
        words = world.word(refused, "answer")
        protection.refuse_request(by=agent, reference=refused.reference, words=words, at=world.at)
    procedure = _open(world, chain, opened)
    _questions(world, procedure)


def _request(world: World, centre: str, taken: File | None) -> File:
    by, at = world.members[centre], world.at
    file = File(len(world.ledger.files), "request", by.unit_id, None, None)
    about = About(
        pseudonym=world.word(file, "pseudonym"),
        identity=Identity(
            **{name: world.word(file, name, "identity") for name in handing.NAMED},
            birth_date=world.canaries.birth(Home(file.number, "identity", "birth_date")),
        ),
    )
    case: dict[str, Any] = {"track": "residence", "offence": "R10"}
    if taken is not None and by.unit_id in {s.unit for s in taken.seats if not s.ended}:
        case["referral"] = taken.reference
    else:
        taken, case["about"] = None, about
    stated = protection.Case(**case, statement="complaint", statement_on=timezone.localdate(at))
    with acting_as(by):
        row = protection.request_opening(by=by, case=stated, words=world.word(file, "words"), at=at)
    file = world.ledger.open("request", by.unit_id, row, row.compartment_id, row.reference)
    world.ledger.seat(file, world.unit_of(OFFICE), "office")
    file.parts = {"about": about, "referral": taken.reference if taken else ""}
    if taken is not None:
        file.parts["about"] = taken.parts["about"]
        world.copied(taken.reference, file, "origin")
        handing.copy(world, _carried(taken.parts["about"]), file)
    world.copied(str(row.person_id), file, "person", "exists")
    return file


def _carried(about: About) -> About:
    return About(pseudonym=about.pseudonym, identity=about.identity)


def _open(world: World, chain: Chain, request: File) -> File:
    by, at = world.members[OFFICE], world.at
    with acting_as(by):
        row = protection.open_requested(by=by, reference=request.reference, at=at)
        step: dict[str, Any] = {"by": by, "reference": row.reference, "at": at}
        file = world.ledger.open("procedure", by.unit_id, row, row.compartment_id, row.reference)
        words = world.word(file, "decided")
        protection.decide(**step, move="open_first_document", declared=["accompanied"], words=words)
        partner = world.random.choice(("reception", "inspector", "auditor"))
        protection.show_dates(**step, to_unit_id=world.unit_of(partner))
        shown = Grant.objects.get(compartment_id=row.compartment_id, unit_id=world.unit_of(partner)).id
    file.parts = {"move": "residence", "number": 2, "grant": shown, "about": request.parts["about"]}
    world.ledger.seat(file, row.centre_unit_id, "centre")
    world.ledger.seat(file, world.unit_of(partner), "partner")
    handing.copy(world, _carried(request.parts["about"]), file)
    if request.parts["referral"]:
        world.copied(request.parts["referral"], file, "origin")
    world.copied(str(row.person_id), file, "person", "exists")
    from proofs.matrix.chains import seats

    seats(
        world, by, file, ("read", "expired", "revoked", "exists")
    )  # who contributes has a seat by the law, no other
    centre = world.members[chain.centre]
    if centre.unit_id == row.centre_unit_id:
        with acting_as(centre):
            protection.request_move(
                by=centre, reference=row.reference, move="residence", words=world.word(file, "asked"), at=at
            )
    return file


def _questions(world: World, procedure: File) -> None:
    """Questions to one magistrate, withdrawn when they go to another, who answers."""
    agent, at = world.members[OFFICE], world.at
    first, second = world.random.sample(["magistrate", "other_magistrate", "auditor"], 2)
    withdrawn = _ask(world, procedure, first)
    file = _ask(world, procedure, second)
    world.ledger.ends(withdrawn, world.unit_of(first), "magistrate")
    if world.random.random() < 0.6:
        by = world.members[second]
        words = {"still_victim": world.word(file, "answer words")}
        with acting_as(by):
            protection.answer(by=by, question_set=file.row.id, answers=YES, words=words, at=at)
            day = timezone.localdate(at)
            protection.tell_event(by=by, question_set=file.row.id, event="verdict", on=day, at=at)
    with acting_as(agent):
        procedure.row = Procedure.objects.get(pk=procedure.row.pk)


def _ask(world: World, procedure: File, magistrate: str) -> File:
    agent = world.members[OFFICE]
    file = File(len(world.ledger.files), "question", agent.unit_id, None, None)
    told = world.random.random() < 0.5
    with acting_as(agent):
        row = protection.ask(
            by=agent, reference=procedure.reference, magistrate_unit_id=world.unit_of(magistrate),
            judicial_reference=world.word(file, "judicial_reference"), tell_identity=told, at=world.at,
        )  # fmt: skip
    file = world.ledger.open("question", agent.unit_id, row, row.compartment_id, procedure.reference)
    file.parts = {"question_set": row.id}
    world.ledger.seat(file, world.unit_of(magistrate), "magistrate")
    world.copied(str(procedure.row.id), file, "matter", "exists")
    if told:
        handing.copy(world, _carried(procedure.parts["about"]), file)
    return file
