"""An alert: recorded, received here and there, its duties ticked, read, sent further, ended."""

from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from fanal.access.rules import Member
from fanal.alerts import services as alerts
from fanal.alerts.rules import Minority
from fanal.country.schema import Municipality
from fanal.errors import Refusal

from .. import words
from ..stage import Scene, Stage
from ..stories import ACCOMPANIED, Story
from .referral import Referred

VERY_LATE, LATE = 0.05, 0.14
"""Shares of services that confirm receipt weeks late, or somewhat late. Invented."""


class Told:
    """A story while it is played."""

    def __init__(self, story: Story, stage: Stage, earlier: dict[str, str]) -> None:
        self.story, self.stage, self.earlier = story, stage, earlier
        self.scene = Scene(stage, story.name, story.at)
        self.chance = self.scene.chance
        self.by = stage.of(story.unit)
        self.closed = False
        self.tries = 0
        self.children = False

    def play(self) -> bool:
        """Whether it was played: what was played before an interruption is not played again."""
        with self.scene.acting(self.by, self.story.at):
            if alerts.already(by=self.by, idempotency_key=self.story.name):
                return False
        self.scene.later(self.story.at, self.record, office=False)
        self.scene.play()
        return True

    def record(self, at: datetime) -> None:
        report = self.story.report
        with self.scene.acting(self.by, at):
            alert = alerts.record(by=self.by, report=report, at=at, idempotency_key=self.story.name)
            sent = list(alert.transmissions.order_by("id").values_list("to_unit_id", "due_at", "mandatory"))
            persons = list(alert.persons.order_by("number").values_list("id", "minority"))
        self.reference = alert.reference
        self.children = any(Minority(minority).protects for _, minority in persons)
        for unit_id, due_at, mandatory in sent:
            self._await(unit_id, at, due_at, mandatory)
        for duty in self._duties_left(at):
            self.scene.later(at + self.chance.around(0.6), partial(self.tick, duty))
        if self.chance.happens(0.04):
            self.scene.later(at + self.chance.around(2), self.send_further)
        if self.story.outcome == ACCOMPANIED:
            self._refer(persons, at)
        elif not self.chance.happens(0.015):
            self.scene.later(at + self.story.closed_after, self.close)

    def _await(self, unit_id: int, at: datetime, due_at: datetime, mandatory: bool) -> None:
        very_late, late = self.chance.happens(VERY_LATE), self.chance.happens(LATE)
        term = due_at - at
        if very_late and not (mandatory and self.children):
            moment = due_at + self.chance.around(21)
        else:
            moment = due_at + self.chance.around(1.2) if late else at + term * self.chance.uniform(0.03, 0.8)
        self.scene.later(moment, partial(self.acknowledge, self.stage.members[unit_id]), office=late)

    def acknowledge(self, receiver: Member, at: datetime) -> None:
        if self.closed and not self.children:
            return
        with self.scene.acting(receiver, at):
            alerts.acknowledge(by=receiver, reference=self.reference, at=at)
            if self.chance.happens(0.15):
                alerts.consult(by=receiver, reference=self.reference, purpose="take_up", at=at)

    def _duties_left(self, at: datetime) -> list[str]:
        done = {each.duty for each in self.story.report.done}
        duties = self.stage.law(at).duties(self.by.unit_kind)
        return [duty.code for duty in duties if duty.code not in done and self.chance.happens(0.7)]

    def tick(self, duty: str, at: datetime) -> None:
        if self.closed:
            return
        how = words.reason(self.by.language, self.chance)
        with self.scene.acting(self.by, at):
            alerts.tick_duty(by=self.by, reference=self.reference, duty=duty, done_at=at, how=how, at=at)

    def send_further(self, at: datetime) -> None:
        centrals = [unit.code for unit in self.stage.world.units_of("police_central")]
        if self.closed or self.by.unit_code in centrals or not centrals:
            return
        with self.scene.acting(self.by, at):
            alerts.transmit_further(
                by=self.by,
                reference=self.reference,
                to_unit=centrals[0],
                purpose="investigate",
                ground=words.reason(self.by.language, self.chance),
                at=at,
            )

    def _refer(self, persons: list[tuple[UUID, str]], at: datetime) -> None:
        """A centre takes on the person, or two of them; the alert ends when the first one is accepted."""
        known = list(zip(persons, self.story.report.persons, strict=True))
        for (person_id, minority), person in known[: 1 + self.chance.happens(0.2)]:
            referred = Referred(self.scene, self.by, self.reference, self.story.report, self._place(at))
            referred.begin(person_id, person, Minority(minority), at, accepted=self.accepted)

    def _place(self, at: datetime) -> Municipality | None:
        return self.stage.world.municipality(self.story.report.municipality, at.date())

    def accepted(self, referral: str, centre: str, at: datetime) -> None:
        self.scene.later(at + self.chance.around(1.5), partial(self.close_as, ACCOMPANIED, referral, centre))

    def close(self, at: datetime) -> None:
        outcome, other, receiver = self.story.outcome, "", ""
        if outcome == "merged":
            other = self.earlier.get(self.story.unit, "")
            outcome = "merged" if other else "unreachable"
        if outcome == "referred_elsewhere":
            receiver = self.chance.choice(self._elsewhere())
        self.close_as(outcome, other, receiver, at)

    def _elsewhere(self) -> list[str]:
        kinds = ("federated_contact", "reception", "shelter_minors")
        return [
            u.code for kind in kinds for u in self.stage.world.units_of(kind) if u.code != self.story.unit
        ]

    def close_as(self, outcome: str, other: str, receiver: str, at: datetime) -> None:
        if self.closed:
            return
        try:
            with self.scene.acting(self.by, at):
                alerts.close(
                    by=self.by,
                    reference=self.reference,
                    outcome=outcome,
                    other=other,
                    receiver=receiver,
                    at=at,
                )
        except Refusal as refusal:
            if refusal.code != "child_not_handed_on":
                raise
            # A child's alert waits for those who must have it.
            self.tries += 1
            again = at + timedelta(days=3 * self.tries)
            self.scene.later(again, partial(self.close_as, outcome, other, receiver))
            return
        self.closed = True
        self.earlier[self.story.unit] = self.reference
