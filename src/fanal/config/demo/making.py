"""Making a demonstration, and going on where it was interrupted."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from fanal.access.rules import Member, Role
from fanal.access.services import acting_as
from fanal.config import deadlines
from fanal.config.commands.console import Tell
from fanal.country import queries as country
from fanal.ids import Draws, drawn_from
from fanal.notify import services as notify
from fanal.referrals import services as referrals
from fanal.referrals.rules.capacity import Offer

from . import staff
from .coordination import playing as coordination
from .plays.alert import Told
from .stage import Stage
from .stories import Story, stories
from .vouching import vouch
from .world import Chance, World

BATCH = 40  # stories in a transaction: an interruption loses at most these, and nobody is woken by the past


def seed(*, seed: int, tell: Tell, scale: float, until: datetime | None = None) -> Stage:
    """Fill the database with the demonstration of a seed, until now or that moment; done once, it stays as it is.

    The same seed makes the same accounts, files and identifiers, whatever the day: a later day has more of them.
    Refused with `Refusal` `holds_work`: a database in which real people have accounts, or the demonstration of
    another seed.
    """
    until = until or timezone.now()
    name = str(seed)
    world = World(country.pack(), ZoneInfo(timezone.get_default_timezone_name()))
    staff.demand_room(name)
    with transaction.atomic():
        hired = staff.hire(name, on=timezone.localdate(until))
    members = staff.first(hired, on=timezone.localdate(until))
    stage = Stage(name, world, members, until.astimezone(world.zone))
    if staff.is_demonstration():
        return stage
    told = list(stories(name, world, until=stage.until, scale=scale))
    earlier: dict[str, str] = {}
    for first in range(0, len(told), BATCH):
        tell("Inventing five years", first, len(told))
        _play(told[first : first + BATCH], stage, earlier)
    tell("Inventing five years", len(told), len(told))
    _present(stage, hired, scale=scale, tell=tell)
    return stage


@transaction.atomic
def _play(batch: list[Story], stage: Stage, earlier: dict[str, str]) -> None:
    for story in batch:
        Told(story, stage, earlier).play()
    notify.mark_sent()


@transaction.atomic
def _present(stage: Stage, hired: Mapping[tuple[str, Role], Member], *, scale: float, tell: Tell) -> None:
    """The coordination, the places that the centres have today, and every clock looked at once."""
    coordination.play(stage, hired, scale=scale, tell=tell)
    with drawn_from(Draws(f"{stage.seed}|present", stage.until)):
        _publish(stage.members, stage)
        vouch(stage)
        while any(deadlines.sweep().values()):
            pass
    notify.mark_sent()
    staff.finish()


def _publish(members: Mapping[int, Member], stage: Stage) -> None:
    kinds = {"centre", "shelter_minors"}
    for member in (found for found in members.values() if found.unit_kind in kinds):
        chance = Chance(f"{stage.seed}|{member.unit_code}")
        minors = member.unit_kind == "shelter_minors"
        at = stage.until - timedelta(days=chance.uniform(0.2, 3))
        offer = Offer(
            free=chance.randint(0, 6),
            valid_until=at + timedelta(days=chance.choice((2, 7, 14))),
            sexes=frozenset(chance.choice((("F",), ("F", "M", "X"), ()))) if not minors else frozenset(),
            age_from=12 if minors else 18,
            age_to=17 if minors else None,
            languages=frozenset(chance.some(("fr", "nl", "en", "ro", "ar", "es", "pt", "vi"), 6)),
            children=chance.happens(0.6),
            wheelchair=chance.happens(0.4),
            night=chance.happens(0.7),
        )
        with acting_as(member):
            referrals.publish_capacity(by=member, offer=offer, at=at)
