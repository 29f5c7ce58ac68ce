"""A person handed to a centre with her consent: proposed, refused, accepted, done; a consent taken back."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from fanal.access.rules import Member
from fanal.alerts.rules import Minority, PersonReport, Report
from fanal.country.schema import Municipality
from fanal.referrals import services as referrals
from fanal.referrals.rules.content import About, Item, Practical, SafeContact, known
from fanal.referrals.rules.grounds import Form, Given

from .. import words
from ..stage import Scene
from .procedure import Protected

Accepted = Callable[[str, str, datetime], None]
PURPOSE = "accompaniment"
REFUSED, PARALLEL, WITHDRAWN, REVOKED = 0.16, 0.1, 0.03, 0.05
"""Shares, invented: a first centre says no; two are asked at once; the proposal or the consent is taken back."""


class Referred:
    """One person who is referred from an alert."""

    def __init__(
        self, scene: Scene, by: Member, alert: str, report: Report, place: Municipality | None
    ) -> None:
        self.scene, self.stage, self.chance = scene, scene.stage, scene.chance
        self.by, self.alert, self.report, self.place = by, alert, report, place
        self.taken = self.revoked = False
        self.ended: set[str] = set()

    def begin(
        self, person_id: UUID, person: PersonReport, minority: Minority, at: datetime, *, accepted: Accepted
    ) -> None:
        self.person_id, self.person, self.minority, self.accepted = person_id, person, minority, accepted
        if self.by.unit_kind == "centre":
            # The centre heard of her itself: it needs nobody to send her.
            moment = self.stage.world.working(at + self.chance.around(2))
            self.scene.later(moment, self.take_on_ourselves)
            return
        self.scene.later(at + self.chance.around(1.5), self.prepare)

    def take_on_ourselves(self, at: datetime) -> None:
        self.accepted("", self.by.unit_code, at)
        self._protect("", self.by, at)

    def prepare(self, at: datetime) -> None:
        about = self._about()
        with self.scene.acting(self.by, at):
            matter = referrals.prepare(
                by=self.by,
                about=about,
                at=at,
                alert=self.alert,
                person_id=self.person_id,
                identity_for="protect"
                if not self.person.identity.is_empty() and self.chance.happens(0.5)
                else "",
            )
        self.matter = matter.reference
        self.items = known(about)
        centres = self._centres(at)
        self.propose(centres[0], centres[1:], at)
        if len(centres) > 1 and self.chance.happens(PARALLEL):
            self.propose(centres[1], [], at + timedelta(minutes=5))

    def _centres(self, at: datetime) -> list[str]:
        """The competent centre first; sometimes the person is safer elsewhere."""
        codes = [unit.code for unit in self.stage.competent("centre", self.place, at)]
        others = [unit.code for unit in self.stage.world.units_of("centre") if unit.code not in codes]
        return [*codes, *others] if self.chance.happens(0.93) or not others else [*others, *codes]

    def propose(self, centre: str, others: list[str], at: datetime) -> None:
        receiver = self.stage.of(centre)
        items: set[Item] = {*self.items} - {Item.IDENTITY}
        with self.scene.acting(self.by, at):
            row = referrals.propose(
                by=self.by,
                matter=self.matter,
                to_unit_id=receiver.unit_id,
                purpose=PURPOSE,
                items=items,
                at=at,
                given=self._given(at),
            )
            consent = row.consent_id
        self.scene.later(at + self.chance.around(1.3), partial(self.answer, row.reference, receiver, others))
        if self.chance.happens(WITHDRAWN):
            self.scene.later(at + timedelta(hours=3), partial(self.withdraw, row.reference))
        elif self.chance.happens(REVOKED):
            self.scene.later(at + self.chance.around(9), partial(self.revoke, consent))

    def _given(self, at: datetime) -> Given:
        if self.minority.protects:
            why = words.reason(self.by.language, self.chance)
            review = (at + timedelta(days=self.chance.choice((30, 60, 90)))).date()
            return Given("minor", at.date(), why=why, review_due=review)
        return Given("consent", at.date(), form=self.chance.choice(list(Form)).value)

    def answer(self, reference: str, receiver: Member, others: list[str], at: datetime) -> None:
        if reference in self.ended or self.revoked:
            return
        if self.chance.happens(0.02):
            return  # the centre forgot: the proposal stays late
        with self.scene.acting(receiver, at):
            if self.chance.happens(0.4):
                referrals.read(by=receiver, reference=reference, at=at)
            if others and not self.taken and self.chance.happens(REFUSED):
                reason = self.chance.of({"full": 6, "language": 2, "not_competent": 1})
                referrals.refuse(by=receiver, reference=reference, reason=reason, at=at)
                next_one = partial(self.propose, others[0], others[1:])
                self.scene.later(at + self.chance.around(0.5), next_one)
                return
            if self.taken:
                return
            referrals.accept(by=receiver, reference=reference, at=at)
        self.taken = True
        referrals.close_taken(at=at + timedelta(minutes=10))
        self.accepted(reference, receiver.unit_code, at)
        self._protect(reference, receiver, at)
        if self.chance.happens(0.8):
            self.scene.later(at + self.chance.around(40), partial(self.report_done, reference, receiver))

    def withdraw(self, reference: str, at: datetime) -> None:
        with self.scene.acting(self.by, at):
            referrals.withdraw(by=self.by, reference=reference, at=at)
        self.ended.add(reference)

    def revoke(self, consent: UUID, at: datetime) -> None:
        with self.scene.acting(self.by, at):
            referrals.revoke_consent(by=self.by, consent_id=consent, at=at)
        self.revoked = True

    def report_done(self, reference: str, receiver: Member, at: datetime) -> None:
        if self.revoked:
            return
        with self.scene.acting(receiver, at):
            referrals.report_done(by=receiver, reference=reference, at=at)

    def _protect(self, referral: str, centre: Member, at: datetime) -> None:
        protected = Protected(self.scene, centre, self.person, self.report, self.place, referral)
        protected.begin(at, wanted=lambda: not self.revoked)

    def _about(self) -> About:
        person, language = self.person, self.by.language
        return About(
            summary=words.reason(language, self.chance),
            pseudonym=person.pseudonym,
            age=person.age,
            unaccompanied=person.unaccompanied,
            sex=person.sex,
            languages=person.languages,
            needs=Practical(
                children=self.chance.of({0: 80, 1: 12, 2: 5, 3: 1}), night=self.chance.happens(0.3)
            ),
            safe_contact=SafeContact(means=person.safe_contact),
            signs=tuple(sign.indicator for sign in self.report.signs),
            citizenship=(person.citizenship,) if person.citizenship else (),
        )
