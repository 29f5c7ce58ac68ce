"""The procedure of the victim: asked for, opened, decided phase by phase, the magistrate asked before each expiry."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial

from django.utils import timezone

from fanal.access.rules import Member
from fanal.alerts.rules import PersonReport, Report
from fanal.country.schema import Ground, Law, Move, Municipality
from fanal.protection import services as protection
from fanal.protection.rules.facts import Answer
from fanal.protection.services import Case
from fanal.referrals.rules.content import About, Identity

from .. import words
from ..stage import Scene

_MEMBER_STATES = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK"
EUROPEAN = frozenset(_MEMBER_STATES.split())
AT_ONCE, SPEAKS, REFUSED, FORGOTTEN, SILENT, HANDED_OVER = 0.22, 0.82, 0.04, 0.04, 0.07, 0.03
"""Shares, invented: statement made at once, or during reflection; request refused; decision or answer that nobody
gives in time; accompaniment handed to another centre."""


class Protected:
    """One person whom a centre accompanies."""

    def __init__(
        self,
        scene: Scene,
        centre: Member,
        person: PersonReport,
        report: Report,
        place: Municipality | None,
        referral: str,
    ) -> None:
        self.scene, self.stage, self.chance = scene, scene.stage, scene.chance
        self.centre, self.person, self.report, self.place, self.referral = (
            centre,
            person,
            report,
            place,
            referral,
        )
        self.ended = False
        (office,) = self.stage.world.units_of("immigration_cell")[:1]
        self.office = self.stage.of(office.code)

    def begin(self, at: datetime, *, wanted: Callable[[], bool]) -> None:
        """The centre goes on as long as the person wants it."""
        self.wanted = wanted
        if self.person.citizenship in EUROPEAN:
            self.scene.later(at + self.chance.around(2), self.accompany)
        elif self.centre.unit_kind == "centre":
            self.scene.later(at + self.chance.around(4), self.request)

    # Without residence document

    def accompany(self, at: datetime) -> None:
        """The centre decides itself: the person needs no document."""
        if not self.wanted():
            return
        self.decider = self.centre
        with self.scene.acting(self.centre, at):
            row = protection.open_file(by=self.centre, case=self._case("eu", at), at=at)
        self.reference, self.track = row.reference, "eu"
        self._decide("open_accompaniment", at)
        if self.chance.happens(0.8):
            self.scene.later(at + timedelta(days=60) + self.chance.around(260), self.leave)

    # With residence document

    def request(self, at: datetime) -> None:
        if not self.wanted():
            return
        self.decider = self.office
        self.track = "minor" if self.person.unaccompanied else "residence"
        case = self._case(self.track, at)
        with self.scene.acting(self.centre, at):
            row = protection.request_opening(
                by=self.centre, case=case, words=words.reason(self.centre.language, self.chance), at=at
            )
        self.reference, self.spoke = row.reference, bool(case.statement)
        if self.chance.happens(0.02):
            self.scene.later(at + timedelta(hours=4), self.withdraw)
        elif self.chance.happens(FORGOTTEN / 4):
            self.scene.later(at + self.chance.around(30), self.withdraw)
        else:
            self.scene.later(at + self.chance.around(2), self.open)

    def withdraw(self, at: datetime) -> None:
        with self.scene.acting(self.centre, at):
            protection.withdraw_request(by=self.centre, reference=self.reference, at=at)

    def open(self, at: datetime) -> None:
        if self.chance.happens(REFUSED):
            with self.scene.acting(self.office, at):
                protection.refuse_request(by=self.office, reference=self.reference, words=self._why(), at=at)
            return
        with self.scene.acting(self.office, at):
            protection.open_requested(
                by=self.office, reference=self.reference, best_interests=self._best_interests(), at=at
            )
        if self.track == "minor":
            self._to_first_document("open_minor", at)
        elif self.spoke:
            self._to_first_document("open_first_document", at)
        else:
            self._reflect(at)
        if self.chance.happens(HANDED_OVER):
            self.scene.later(at + self.chance.around(90), self.hand_over)

    def _reflect(self, at: datetime) -> None:
        last_day = self._decide("open_reflection", at)
        if last_day is None:
            return
        if self.chance.happens(SPEAKS):
            days = (last_day - at.date()).days
            self.scene.later(at + timedelta(days=self.chance.uniform(4, max(5, days - 4))), self.speak)
            self._before(last_day, 7, partial(self.ask_for, "first_document"))
            if self.chance.happens(FORGOTTEN):
                self._lapse(last_day)
            else:
                self._before(last_day, 2, partial(self._to_first_document, "first_document"))
        else:
            self._before(last_day, self.chance.randint(-6, 20), self.leave)

    def speak(self, at: datetime) -> None:
        with self.scene.acting(self.centre, at):
            protection.record_statement(
                by=self.centre, reference=self.reference, kind="statement", on=at.date(), at=at
            )

    def _to_first_document(self, move: str, at: datetime) -> None:
        last_day = self._decide(move, at)
        if last_day is not None:
            self._check_before(last_day, at)

    def _check_before(self, last_day: date, at: datetime) -> None:
        """Before each expiry the magistrate is asked; the centre asks for the next document; somebody leaves."""
        if self.chance.happens(0.07):
            self.scene.later(at + self.chance.around(40), self.leave)
            return
        self._before(last_day, self.chance.randint(22, 30), self.ask)

    def ask(self, at: datetime) -> None:
        kind = "auditorat" if "WORK" in self.report.forms else "parquet"
        magistrates = self.stage.competent(kind, self.place, at)
        magistrate = self.stage.of(magistrates[0].code)
        with self.scene.acting(self.office, at):
            row = protection.ask(
                by=self.office,
                reference=self.reference,
                magistrate_unit_id=magistrate.unit_id,
                judicial_reference=f"DEMO.37.L7.{self.chance.randint(1000, 9999)}/{at.year}",
                tell_identity=self.chance.happens(0.5),
                at=at,
            )
            set_id, questions, end = row.id, tuple(row.questions), row.document_ends_on
        if end is None:
            return
        if self.chance.happens(SILENT):
            self._lapse(end)
            return
        answered = at + self.chance.around(9)
        self.scene.later(answered, partial(self.answer, magistrate, set_id, questions, end))

    def answer(
        self, magistrate: Member, set_id: object, questions: tuple[str, ...], end: date, at: datetime
    ) -> None:
        said = self.chance.of({"go_on": 74, "not_yet": 12, "over": 14})
        answers = dict.fromkeys(questions, Answer.YES.value)
        if said == "not_yet":
            answers[self.chance.choice(questions)] = Answer.NOT_YET.value
        elif said == "over":
            answers["proceedings_ongoing"] = Answer.NO.value
        convicted = said == "go_on" and self.chance.happens(0.14)
        with self.scene.acting(magistrate, at):
            protection.answer(by=magistrate, question_set=set_id, answers=answers, at=at)  # type: ignore[arg-type]
            if convicted:
                event = self.chance.choice(("conviction", "requisition_keeps_charge"))
                protection.tell_event(by=magistrate, question_set=set_id, event=event, on=at.date(), at=at)  # type: ignore[arg-type]
        self._before(end, 8, partial(self.follow, said, convicted, end))

    def follow(self, said: str, convicted: bool, end: date, at: datetime) -> None:
        """What the office does with the answers."""
        phase = self.phase
        if said == "over":
            self.leave(at)
        elif said == "go_on":
            move = {"P3": "unlimited" if convicted else "renew_residence"}.get(phase, "residence")
            self._next(move, at)
        elif phase == "P2":
            self._next("extend_first_document", at)
        elif not self.chance.happens(0.5):
            self._before(end, 4, self.ask)

    def _next(self, move: str, at: datetime) -> None:
        if self.chance.happens(0.75):
            self.ask_for(move, at)
        if self.chance.happens(FORGOTTEN):
            self._lapse(timezone.localdate(at))
            return
        last_day = self._decide(move, at)
        if last_day is not None:
            self._check_before(last_day, at)

    def ask_for(self, move: str, at: datetime) -> None:
        if self.ended or not self.centre_kind_asks(move, at):
            return
        with self.scene.acting(self.centre, at):
            protection.request_move(by=self.centre, reference=self.reference, move=move, at=at)

    def centre_kind_asks(self, move: str, at: datetime) -> bool:
        return self.centre.unit_kind in self.stage.law(at).move(move).requested_by

    def _decide(self, move: str, at: datetime) -> date | None:
        """A step, with every condition that must be declared; the last day of the document it gives."""
        law = self.stage.law(at)
        with self.scene.acting(self.decider, at):
            row = protection.decide(
                by=self.decider,
                reference=self.reference,
                move=move,
                declared=_declared(law, law.move(move)),
                best_interests=self._best_interests(),
                at=at,
            )
        self.phase = row.phase
        return row.valid_until

    def hand_over(self, at: datetime) -> None:
        others = [u for u in self.stage.world.units_of("centre") if u.code != self.centre.unit_code]
        if self.ended or not others:
            return
        receiver = self.stage.of(self.chance.choice(others).code)
        with self.scene.acting(self.centre, at):
            protection.hand_over(
                by=self.centre, reference=self.reference, to_unit_id=receiver.unit_id, consent=True, at=at
            )
        self.centre = receiver

    def _lapse(self, last_day: date) -> None:
        """Nobody decides in time: the clock shows it, until weeks later the person has gone."""
        self._before(last_day, -self.chance.randint(8, 70), self.leave)

    def leave(self, at: datetime) -> None:
        """The end, on one of the grounds of the phase, with its facts."""
        if self.ended:
            return
        law = self.stage.law(at)
        ground = self._ground(law)
        with self.scene.acting(self.decider, at):
            protection.end(
                by=self.decider,
                reference=self.reference,
                ground=ground.code,
                so={each.code: True for each in ground.asks},
                with_magistrate=ground.with_magistrate,
                words=self._why(),
                best_interests=self._best_interests(),
                at=at,
            )
        self.ended = True

    def _ground(self, law: Law) -> Ground:
        """Grounds that are the person's own choice come up more often than those that are held against her."""
        return self.chance.of(
            {each: 1 if each.asks or each.with_magistrate else 4 for each in law.grounds(self.phase)}
        )

    def _before(self, day: date, days: int, act: object) -> None:
        moment = self.stage.world.moment(day - timedelta(days=days), self.chance)
        self.scene.later(moment, act)  # type: ignore[arg-type]

    def _why(self) -> str:
        return words.reason(self.decider.language, self.chance)

    def _best_interests(self) -> str:
        return words.reason(self.decider.language, self.chance) if self.track == "minor" else ""

    def _case(self, track: str, at: datetime) -> Case:
        law = self.stage.law(at)
        self.track = track
        smuggled = self.report.phenomenon != "trafficking"
        wanted = "smuggling" if smuggled else "trafficking"
        offence = next(o for o in law.offences if o.phenomenon == wanted and o.opens_protection != "never")
        opening = [c.code for c in law.circumstances(offence.code) if c.opens_protection == "yes"]
        spoke = track == "residence" and self.chance.happens(AT_ONCE)
        return Case(
            track=track,
            offence=offence.code,
            circumstances=self.chance.some(opening, 2) if smuggled else (),
            unaccompanied_minor=track == "minor",
            about=About() if self.referral else self._about(),
            centre_unit_id=self.centre.unit_id,
            referral=self.referral,
            statement="statement" if spoke else "",
            statement_on=at.date() if spoke else None,
        )

    def _about(self) -> About:
        told = self.person.identity
        identity = Identity(
            given_names=told.given_names, family_name=told.family_name, birth_date=told.birth_date
        )
        citizenship = (self.person.citizenship,) if self.person.citizenship else ()
        return About(pseudonym=self.person.pseudonym, citizenship=citizenship, identity=identity)


def _declared(law: Law, move: Move) -> tuple[str, ...]:
    return tuple(code for code in move.needs if law.condition(code).proof == "declared")
