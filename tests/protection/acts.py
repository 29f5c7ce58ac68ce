"""Procedures of testland as the services make them, stage by stage."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from tests.cast import Cast

from fanal.access.services import acting_as
from fanal.country import queries as country
from fanal.protection import services
from fanal.protection.models import Procedure, QuestionSet, Request
from fanal.protection.services import Case
from fanal.referrals.rules.content import About, Identity

DAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
ABOUT = About(pseudonym="Kestrel", identity=Identity(family_name="Invented", given_names="Nobody"))
YES = dict.fromkeys(("still_victim", "proceedings_ongoing", "will_to_cooperate", "link_broken"), "yes")


def later(days: int) -> datetime:
    """The hour of the first day, days later."""
    return NOW + timedelta(days=days)


def case(**more: Any) -> Case:
    return Case(**{"track": "residence", "offence": "R10", "about": ABOUT} | more)


@dataclass
class Stage:
    """A cast and the acts it plays, each member behind her own walls."""

    cast: Cast

    def requested(self, **more: Any) -> Request:
        with acting_as(self.cast.centre_worker):
            return services.request_opening(by=self.cast.centre_worker, case=case(**more), at=NOW)

    def opened(self, *, best_interests: str = "", **more: Any) -> Procedure:
        request = self.requested(**more)
        with acting_as(self.cast.immigration_agent):
            return services.open_requested(
                by=self.cast.immigration_agent,
                reference=request.reference,
                best_interests=best_interests,
                at=NOW,
            )

    def decided(self, row: Procedure, move: str, *, days: int = 0, **more: Any) -> Procedure:
        agent = self.cast.immigration_agent
        with acting_as(agent):
            return services.decide(
                **{"by": agent, "reference": row.reference, "move": move, "at": later(days)}
                | {"declared": ["accompanied"]}
                | more
            )

    def stated(self, row: Procedure, *, days: int = 0) -> Procedure:
        worker = self.cast.centre_worker
        with acting_as(worker):
            return services.record_statement(
                by=worker, reference=row.reference, kind="statement", on=later(days).date(), at=later(days)
            )

    def asked(self, row: Procedure, *, days: int = 0, **more: Any) -> QuestionSet:
        agent = self.cast.immigration_agent
        with acting_as(agent):
            return services.ask(
                **{"by": agent, "reference": row.reference, "at": later(days)}
                | {"magistrate_unit_id": self.cast.magistrate.unit_id}
                | more
            )

    def answered(self, asked: QuestionSet, *, days: int = 0, **answers: str) -> None:
        magistrate = self.cast.magistrate
        with acting_as(magistrate):
            services.answer(by=magistrate, question_set=asked.id, answers=YES | answers, at=later(days))

    def in_reflection(self) -> Procedure:
        return self.decided(self.opened(), "open_reflection")

    def in_p2(self) -> Procedure:
        return self.decided(self.opened(statement="complaint", statement_on=DAY), "open_first_document")

    def in_p3(self) -> Procedure:
        row = self.in_p2()
        self.answered(self.asked(row, days=20), days=25)
        return self.decided(row, "residence", days=30)

    def ended(self, row: Procedure, ground: str = "G3", *, days: int = 40, **more: Any) -> Procedure:
        agent = self.cast.immigration_agent
        with acting_as(agent):
            return services.end(
                **{"by": agent, "reference": row.reference, "ground": ground, "at": later(days)}
                | {"words": "Left by ship."}
                | more
            )


def law_of(day: date) -> Any:
    return country.law(day)
