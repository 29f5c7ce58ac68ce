"""Files of the rules, built by hand, and the law they stand under."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

from fanal.countries.testland import PACK as TESTLAND
from fanal.country.schema import Law
from fanal.protection.rules import moves
from fanal.protection.rules.facts import Answer, Asked, File, Happened, Kind, Paper, status

__all__ = ["TESTLAND", "Story"]


ZONE = ZoneInfo("Europe/Brussels")


class Story:
    """A procedure told act by act, with the rules alone: `Story(law, "residence", opened)`, then `made("…", on)`."""

    def __init__(self, law: Law, track: str, opened: date, **known: object) -> None:
        self.law = law
        first = law.track(track).phases[0]
        self.facts = [Happened(1, Kind.OPENED, "", opened, first)]
        self.papers: list[Paper] = []
        self.asked: list[Asked] = []
        self.events: dict[str, date] = {}
        self.known = {"offence": law.offences[0].code} | known
        self.track = track
        self.opened_at = datetime.combine(opened, time(10), tzinfo=ZONE)

    @property
    def file(self) -> File:
        return File(
            self.track, self.opened_at, tuple(self.facts), tuple(self.papers), tuple(self.asked), dict(self.events),
            **self.known,  # type: ignore[arg-type]
        )  # fmt: skip

    def option(self, code: str) -> moves.Option:
        found = moves.option(self.file, self.law, code)
        assert found is not None, f"{code} is no step of phase {status(self.file).phase}"
        return found

    def made(self, code: str, on: date) -> Paper | None:
        """The move is made, whatever its conditions; the document it gives, if any."""
        option, number = self.option(code), len(self.facts) + 1
        first = moves.first_days(option, status(self.file), on)[0]
        self.facts.append(Happened(number, Kind.DECIDED, code, on, option.move.to_phase))
        if not option.move.document:
            return None
        held = moves.validity(option, self.law, first)
        if self.papers and (self.papers[-1].until is None or self.papers[-1].until >= first):
            last = self.papers[-1]
            self.papers[-1] = Paper(
                last.kind, last.first_day, last.last_day, last.number, first - timedelta(days=1)
            )
        self.papers.append(Paper(option.move.document, held.first_day, held.last_day, number))
        return self.papers[-1]

    def said(self, on: date) -> None:
        self.facts.append(Happened(len(self.facts) + 1, Kind.STATEMENT, "statement", on))

    def requested(self, code: str, on: date) -> None:
        self.facts.append(Happened(len(self.facts) + 1, Kind.REQUESTED, code, on))

    def asks(self, on: date, answers: Mapping[str, Answer] | None = None) -> None:
        """Every question of the law, answered with yes unless told otherwise; not answered at all with None."""
        codes = tuple(question.code for question in self.law.questions)
        self.facts.append(Happened(len(self.facts) + 1, Kind.ASKED, "", on))
        said = None if answers is None else dict.fromkeys(codes, Answer.YES) | dict(answers)
        self.asked.append(Asked(uuid4(), len(self.facts), on, codes, said, on if said else None))

    def ended(self, ground: str, on: date) -> None:
        end = moves.ending(self.file, self.law)
        assert end is not None
        self.facts.append(Happened(len(self.facts) + 1, Kind.ENDED, ground, on, end.to_phase))
