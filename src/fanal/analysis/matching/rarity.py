"""How rare a word of a name or another value is, in bits: one in 2^bits has it. Learned from a whole base."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Self

UNKNOWN = 20  # bits of what was never met: 1 in a million
_LEAST = 5  # times that something is met before it is listed: what is rarer names persons


@dataclass(frozen=True, slots=True)
class Rarity:
    """Bits of the common words and values; what is not listed is `unlisted` bits rare."""

    words: Mapping[str, int] = field(default_factory=dict)
    values: Mapping[str, int] = field(default_factory=dict)  # by "kind|text"
    unlisted: int = UNKNOWN

    @classmethod
    def learned(cls, records: Iterable[tuple[Iterable[str], Iterable[tuple[str, str]]]]) -> Self:
        """Count (words, (kind, text) of values) of each record; what fewer than five records have is not listed."""
        words: Counter[str] = Counter()
        values: Counter[str] = Counter()
        number = 0
        for number, (its_words, its_values) in enumerate(records, 1):  # noqa: B007
            words.update(set(its_words))
            values.update({f"{kind}|{text}" for kind, text in its_values})
        return cls(
            {word: _bits(count, number) for word, count in words.items() if count >= _LEAST},
            {value: _bits(count, number) for value, count in values.items() if count >= _LEAST},
            min(UNKNOWN, max(1, round(math.log2(max(number, 2))))),
        )

    def of_word(self, latin: str) -> int:
        return self.words.get(latin, self.unlisted)

    def of_value(self, kind: str, text: str) -> int:
        return self.values.get(f"{kind}|{text}", self.unlisted)


def _bits(count: int, number: int) -> int:
    return max(0, round(math.log2(number / count)))
