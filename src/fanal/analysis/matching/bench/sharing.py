"""What the rows of one run share: bases, indexes and answers, each made once, in processes of their own."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from fanal.analysis.matching.generator import Part
from fanal.analysis.matching.training import Tell

from . import bases, online
from .bases import Base
from .judging import Judged, best
from .limits import Alone, Failed, alone
from .peers import by_trigrams

MILLION = 1_000_000
TRIGRAMS_ASKED = 300
QUESTIONS = 5_000
_SEED = 20_260_101
LEAST = 5_000  # people of a base: a model needs some
_LONGEST = 300  # seconds of a measurement
_MAKING = 900  # seconds of what several rows share, for a million people


@dataclass
class Bench:
    """`data`: where the outside data is; `scale`: 1 for a million people."""

    folder: Path
    data: Path
    scale: float
    tell: Tell
    _failed: dict[tuple[Any, ...], Failed] = field(default_factory=dict)

    @cached_property
    def names(self) -> Path | None:
        """Real transliterations, where they are at hand."""
        folder = self.data / "transliteration"
        return folder if folder.is_dir() else None

    @cached_property
    def development(self) -> Base:
        """People to choose scores by: as many, for the score of a million is none of fewer."""
        return self._million("development")

    @cached_property
    def evaluation(self) -> Base:
        """People to be judged by."""
        return self._million("evaluation")

    @cached_property
    def filled(self) -> Alone:
        """The index of the people to be judged by: what filling it took."""
        return self.making(online.fill, self.evaluation)

    @cached_property
    def asked(self) -> online.Asked:
        """The answers to all questions about them."""
        return self.ask(self.evaluation, self.filled)

    @cached_property
    def asked_before(self) -> online.Asked:
        """The answers to all questions about development people."""
        return self.ask(self.development, self.making(online.fill, self.development))

    @cached_property
    def judged(self) -> tuple[Judged, Judged]:
        """The answers about development and about evaluation people, by the truth."""
        return (
            online.judge(self.development, self.asked_before.answers),
            online.judge(self.evaluation, self.asked.answers),
        )

    @cached_property
    def judged_best(self) -> tuple[Judged, Judged]:
        """The same of the best answer of each question alone."""
        return (
            online.judge(self.development, best(self.asked_before.answers)),
            online.judge(self.evaluation, best(self.asked.answers)),
        )

    @cached_property
    def trigrams(self) -> by_trigrams.Asked:
        """The answers of PostgreSQL."""
        asked: by_trigrams.Asked = self.alone(by_trigrams.ask, self.evaluation, TRIGRAMS_ASKED).value
        return asked

    def outside(self, name: str) -> Path:
        """A file or folder of the outside data; FileNotFoundError where it is not there."""
        if not (found := self.data / name).exists():
            raise FileNotFoundError(f"{found} is not there")
        return found

    def alone(
        self, function: Callable[..., Any], *given: Any, cores: int = 2, most: float = _LONGEST
    ) -> Alone:
        """Measure in a process of its own. What failed is not tried again for the next row that needs it."""
        if why := self._failed.get((function, *given)):
            raise why
        try:
            return alone(function, *given, cores=cores, most=most, tell=self.tell)
        except Failed as why:
            self._failed[function, *given] = why
            raise

    def making(self, function: Callable[..., Any], base: Base, *given: Any) -> Alone:
        """The same for what is made of a base before anything is asked: it has more time."""
        return self.alone(function, base, *given, most=_MAKING * max(base.number / MILLION, 1))

    def ask(self, base: Base, filled: Alone) -> online.Asked:
        """The answers to all questions about a base whose index was filled."""
        if filled.value[0] != base.number:
            raise Failed(f"{filled.value[0]} of {base.number} people are in the index")
        asked: online.Asked = self.alone(online.ask, base, cores=1).value
        return asked

    def base(self, part: Part, number: int, folder: Path) -> Base:
        """A base of so many people, with its model."""
        made = Base(folder, part, number, min(QUESTIONS, number // 10))
        self.making(bases.make, made, _SEED, self.names)
        self.making(bases.learn, made)
        return made

    def _million(self, part: Part) -> Base:
        return self.base(part, max(int(MILLION * self.scale), LEAST), self.folder)
