"""Marks that no two files share, and what finds them in anything that leaves: words, references, identifiers, days.

A word canary is `zq` and nine characters drawn for one field of one file. The references and identifiers that the
system itself gives are canaries too, and so is a day of birth.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import TypeVar

_ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz"
_FOUND = re.compile(
    rb"(?P<id>[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})"
    rb"|(?P<word>zq[0-9a-z]{9})"
    rb"|(?P<reference>\b[a-z]-[0-9a-z]{4}-[0-9a-z]{4}\b)"
    rb"|(?P<iso>\b19[3-7]\d-[01]\d-[0-3]\d\b)"
    rb"|\b(?P<day>[0-3]?\d)[./](?P<month>[01]?\d)[./](?P<year>19[3-7]\d)\b",
    re.IGNORECASE,
)
_FIRST_BIRTH = date(1931, 1, 1)
_BIRTHS = 365 * 48
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Home:
    """Where a canary may lawfully be met: a file, and the sight of it that one needs (see `law.toml`)."""

    file: int
    sight: str
    field: str


@dataclass
class Canaries:
    """Every canary of a world, and its homes: the file it was made for, and those to which the law copies it."""

    random: Random
    homes: dict[str, list[Home]] = field(default_factory=dict)

    def word(self, *homes: Home) -> str:
        """A new word for a field."""
        text = "zq" + "".join(self.random.choices(_ALPHABET, k=9))
        self.homes[text] = list(homes)
        return text

    def birth(self, *homes: Home) -> date:
        """A day of birth that nobody else has."""
        while True:
            day = _FIRST_BIRTH + timedelta(days=self.random.randrange(_BIRTHS))
            if day.isoformat() not in self.homes:
                self.homes[day.isoformat()] = list(homes)
                return day

    def known(self, text: object, *homes: Home) -> None:
        """A reference or an identifier that the system gave, or one more home of a canary."""
        at = self.homes.setdefault(str(text).lower(), [])
        at.extend(home for home in homes if home not in at)

    def found_in(self, data: bytes) -> Iterator[str]:
        """The canaries of this world that stand in these bytes, each once."""
        seen = set()
        for match in _FOUND.finditer(data):
            text = _plain(match)
            if text in self.homes and text not in seen:
                seen.add(text)
                yield text


def _plain(match: re.Match[bytes]) -> str:
    if match["year"]:
        return f"{int(match['year'])}-{int(match['month']):02}-{int(match['day']):02}"
    return match[0].decode().lower()


def words(data: bytes) -> list[str]:
    """Whatever looks like a word canary, of whichever world."""
    return sorted({match["word"].decode() for match in _FOUND.finditer(data) if match["word"]})
