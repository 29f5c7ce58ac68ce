"""Whether the right person was found: from answers with their bits to recall at a precision."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from fanal.analysis.matching.generator import names_of

PRECISION = 0.99
Answers = Mapping[str, Sequence[tuple[str, float]]]  # question → (mention found, score), in any order


@dataclass(frozen=True, slots=True)
class Judged:
    """One line for each question and entity found: its best score, whether it is the right one, and for whom.

    `possible`: the questions about somebody who is in the base.
    """

    scores: npt.NDArray[np.float64]
    right: npt.NDArray[np.bool_]
    questions: tuple[str, ...]
    possible: frozenset[str]

    def at(self, bar: float) -> tuple[int, int]:
        """(right, all) of what scores at least so much."""
        above = self.scores >= bar
        return int((self.right & above).sum()), int(above.sum())

    def bar(self, precision: float = PRECISION) -> float:
        """The lowest score at which precision holds; infinite where it never does."""
        order = np.argsort(-self.scores, kind="stable")
        scores: npt.NDArray[np.float64] = self.scores[order]
        right = np.cumsum(self.right[order])
        last = np.ones(len(scores), np.bool_)
        last[:-1] = scores[1:] != scores[:-1]  # equal scores are cut together
        good = scores[last & (right >= precision * np.arange(1, len(right) + 1))]
        return float(good[-1]) if len(good) else np.inf

    def lost(self, bar: float) -> frozenset[str]:
        """The questions about somebody in the base who is not found from a score on."""
        good = self.right & (self.scores >= bar)
        return self.possible - {name for name, found in zip(self.questions, good, strict=True) if found}

    def missed(self, bar: float, corruptions: Mapping[str, int]) -> str:
        """Of the questions whose person is not found: whether he was among the answers at all, and what they show far
        more often than the others."""
        lost = self.lost(bar)
        if not lost:
            return "nothing missed"
        theirs = Counter(name for each in lost for name in names_of(corruptions[each]))
        usual = Counter(name for each in self.possible for name in names_of(corruptions[each]))
        more = {n: theirs[n] / len(lost) - usual[n] / len(self.possible) for n in theirs}
        most = sorted(more, key=lambda name: -more[name])[:4]
        return f"{self.told(bar)}; they show more often: " + ", ".join(
            f"{name} {theirs[name] / len(lost):.0%} ({usual[name] / len(self.possible):.0%} of all)"
            for name in most
        )

    def told(self, bar: float) -> str:
        """How many are not found, and how many of them because their bits are below the bar."""
        lost, never = self.lost(bar), self.lost(-np.inf)
        below = len(lost - never)
        return (
            f"{len(lost):,} missed, {below:,} of them answered with fewer bits, {len(never):,} not answered"
        )


def best(answers: Answers) -> dict[str, list[tuple[str, float]]]:
    """Of each question what scores highest, more than one where they score the same: what hit or no hit stands on."""
    tops = {question: max((score for _, score in found), default=0.0) for question, found in answers.items()}
    return {name: [each for each in found if each[1] == tops[name]] for name, found in answers.items()}


def judged(answers: Answers, people: Mapping[str, int], asked: Mapping[str, int]) -> Judged:
    """Judge answers by the truth: who each mention of the base and each question is."""
    scores: list[float] = []
    right: list[bool] = []
    questions: list[str] = []
    for question, found in answers.items():
        best: dict[int, float] = {}
        for mention, score in found:
            entity = people[mention]
            best[entity] = max(score, best.get(entity, -np.inf))
        for entity, score in best.items():
            scores.append(score)
            right.append(entity == asked[question])
            questions.append(question)
    there = set(people.values())
    possible = frozenset(question for question, entity in asked.items() if entity in there)
    return Judged(np.array(scores), np.array(right, np.bool_), tuple(questions), possible)
