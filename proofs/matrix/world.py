"""A world of invented files: several chains from an alert to a magistrate's answer, a canary in every field.

Everything is done through the services, behind the walls, as the members of the cast would do it. A seed decides who
meets whom, in which order and language; `ledger` notes what was handed to whom, `canaries` what was written where.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from django.apps import apps
from django.db.models import Model
from django.utils import timezone
from tests.cast import Cast
from tests.house.scenario import Scenario, directory_rows
from tests.walls import second_wall_open

from fanal.access.models import Account, Walled
from fanal.access.rules import Member
from fanal.access.services import acting_as, issue_token
from fanal.ids import Draws, drawn_from
from proofs.matrix import chains, coordination
from proofs.matrix.canaries import Canaries, Home
from proofs.matrix.law import Law, law
from proofs.matrix.ledger import File, Ledger

ABSENT = (
    "membership_id",
    "change_id",
    "glass_id",
    "login_id",
    "hold_id",
    "erasure_id",
    "correction_id",
)
"""Parameters of addresses for which the world makes nothing: there is no such thing."""
LANGUAGES = ("fr", "nl", "de", "en")


@dataclass
class World:
    """The cast, what it did, and what may be met where."""

    cast: Cast
    at: datetime
    seed: int
    random: Random
    ledger: Ledger
    canaries: Canaries
    rows: dict[str, dict[str, File]] = field(default_factory=dict)
    """Table → {id of a row: the file in which it stands}."""
    directory: dict[str, object] = field(default_factory=dict)
    scene: Scenario = field(init=False)
    """What the coordination did; it says what stands in the addresses of what concerns no person."""
    secrets: dict[str, str] = field(default_factory=dict)
    """Member of the cast → the secret of her token; `<member>.ics` → that of her calendar."""

    @property
    def members(self) -> dict[str, Member]:
        return self.cast.all

    @property
    def law(self) -> Law:
        return self.ledger.law

    def unit_of(self, name: str) -> int:
        return self.members[name].unit_id

    def word(self, file: File, name: str, sight: str = "read") -> str:
        """A new canary for a field of a file."""
        return self.canaries.word(Home(file.number, sight, name))

    def copied(self, text: str, file: File, name: str, sight: str = "read") -> None:
        """The law copied a canary into another file."""
        self.canaries.known(text, Home(file.number, sight, name))

    @property
    def beside(self) -> dict[str, object]:
        """What stands for the parameters of addresses that name no file."""
        some = {
            "code": self.cast.centre_worker.unit_code,
            "kind": "csv",
            "key": 1,
            "name": "what",
            "number": 2,
        }
        absent = dict.fromkeys(ABSENT, UUID(int=self.seed))
        return (
            self.directory
            | some
            | absent
            | {"provider": "none", "identity_id": 0, "page": 1, "host": "alert"}
        )


def play(cast: Cast, *, seed: int, chains_wanted: int = 4) -> World:
    """A world of so many chains; the same seed makes the same one."""
    random = Random(seed)
    at = timezone.now() - timedelta(minutes=1)
    world = World(cast, at, seed, random, Ledger(law()), Canaries(random))
    for member in cast.all.values():
        Account.objects.filter(pk=member.person_id).update(language=random.choice(LANGUAGES))
    with drawn_from(Draws(f"matrix {seed}", at)):
        for nth in range(chains_wanted):
            more(world, nth)
        coordination.play(world)
        _tokens(world)
    rows = directory_rows(Scenario(cast, at))
    world.directory = {"mandate_id": rows["mandate"].id, "contact_id": rows["contact"].id}
    note(world)
    return world


def more(world: World, nth: int) -> None:
    """One more chain; its steps are shuffled as far as one does not need another."""
    chains.play(world, nth)


def note(world: World) -> None:
    """Note every row of the walled tables, and the references and identifiers that may be met with each."""
    files = {file.compartment: file for file in world.ledger.files if file.compartment}
    with second_wall_open():
        for model in _walled():
            table = model._meta.db_table
            sight = world.law.tables[table].sight
            rows = model._default_manager.values_list("id", "compartment_id")
            world.rows[table] = {}
            for row, compartment in rows:
                if compartment in files:
                    file = files[compartment]
                    world.rows[table][str(row)] = file
                    world.canaries.known(row, Home(file.number, sight, f"{table}.id"))
        for file in world.ledger.files:
            if isinstance(file.row, Model) and hasattr(file.row, "version"):
                file.row.refresh_from_db()
                file.parts["version"] = file.row.version
    for file in world.ledger.files:
        if file.reference:
            world.canaries.known(file.reference, Home(file.number, "exists", "reference"))
        if file.compartment:
            world.canaries.known(file.compartment, Home(file.number, "exists", "compartment"))


def _walled() -> list[type[Walled]]:
    return [model for model in apps.get_models() if issubclass(model, Walled)]


def _tokens(world: World) -> None:
    """Each member has a token for her programs and one for her calendar."""
    for name, member in world.members.items():
        with acting_as(member):
            for scope, key in (("api", name), ("calendar", f"{name}.ics")):
                label = f"token of {name}"
                row, secret = issue_token(
                    by=member, label=label, at=world.at, expires_at=world.at + timedelta(days=2), scope=scope
                )
                world.secrets[key] = secret
                file = world.ledger.open("token", member.unit_id, row, None)
                file.author = member.person_id
                file.parts = {"token_id": row.id, "member": name}
                if scope == "calendar":
                    file.parts["secret"] = secret
