"""The papers of the bodies and the contributions to reports, noted by who sits where and who was asked.

Who sits in a body is a fact of the country's pack: the ledger takes it from there, never from the walls.
"""

from typing import TYPE_CHECKING
from uuid import UUID

from tests.house.papers import coordinate
from tests.house.scenario import Scenario
from tests.walls import second_wall_open

from fanal.bodies.models import Body
from fanal.countries.testland.bodies import BODIES, SEATS
from fanal.decisions.models import Decision
from fanal.directory import queries as directory
from fanal.meetings.models import Item
from fanal.reports.models import Contribution

if TYPE_CHECKING:
    from proofs.matrix.ledger import File
    from proofs.matrix.world import World

TABLE = "bureau"
"""The body in which the scenario meets, decides and writes."""
_PARTS = (
    "reference", "item_id", "remark_id", "action_id", "ballot_id", "point_id", "series_id", "request_id", "number",
)  # fmt: skip
"""The parameters of addresses that name one of its papers."""


def play(world: "World") -> None:
    """Let the coordination work, and note whose its papers are."""
    world.scene = Scenario(world.cast, world.at)
    coordinate(world.scene)
    units = directory.ids_by_code()
    walls = dict(Body.objects.values_list("code", "compartment_id"))
    for body in BODIES:
        file = _paper(world, units[body.keeper], walls[body.code])
        for seat in (seat for seat in SEATS if seat.body == body.code):
            for code in seat.units:
                world.ledger.seat(file, units[code], "member")
        if body.code == TABLE:
            file.parts = dict.fromkeys(_PARTS, "")
    with second_wall_open():
        _for_few(world, list(walls.values()))
        for row in Contribution.objects.all():
            file = world.ledger.open("contribution", world.unit_of("secretary"), row, row.compartment_id)
            world.ledger.seat(file, row.unit_id, "department")
            if row.id == world.scene.contribution:
                file.parts = {"contribution_id": row.id}


def _for_few(world: "World", walls: list[UUID]) -> None:
    """A decision that the secretariat keeps for the envoys, an item that the envoys keep for the chair."""
    chair, envoys = world.unit_of("chair"), world.unit_of("representative")
    for model, owner, named in ((Decision, chair, envoys), (Item, envoys, chair)):
        row = model._default_manager.exclude(compartment_id__in=walls).get(title="For few")
        world.ledger.seat(_paper(world, owner, row.compartment_id), named, "member")


def _paper(world: "World", owner: int, compartment: UUID) -> "File":
    return world.ledger.open("paper", owner, None, compartment)
