"""What the owner does with a file afterwards: holds it, corrects it, answers the person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fanal.access.services import acting_as
from fanal.retention import services as retention

if TYPE_CHECKING:
    from proofs.matrix.chains import Chain
    from proofs.matrix.world import World


def play(world: World, chain: Chain) -> None:
    """The alert is held and its person answered; the preparation is corrected."""
    by, at = world.members[chain.detector], world.at
    alert = next(f for f in reversed(world.ledger.of("alert")) if f.owner == by.unit_id)
    prepared = next(f for f in reversed(world.ledger.of("preparation")) if f.owner == by.unit_id)
    words = {name: world.word(alert, f"hold {name}") for name in ("number", "words")}
    right = world.word(prepared, "birth_place", "identity")
    with acting_as(by):
        retention.place_hold(by=by, reference=alert.reference, ground="proceedings", **words, at=at)
        if chain.nth == 0:  # a letter takes its time
            said = world.word(alert, "answer", "identity")
            person = alert.parts["person_id"]
            retention.answer(
                by=by, reference=alert.reference, person=person, language="fr", words=said, at=at
            )
        retention.correct(by=by, reference=prepared.reference, values={"birth_place": right}, at=at)
    for sent in world.ledger.of("referral"):  # who received the item receives what is right
        if sent.row.matter_id == prepared.row.id:
            world.copied(right, sent, "birth_place", "identity")
