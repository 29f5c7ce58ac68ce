"""What a country pack is made of: texts in four languages, and facts with dates and a source."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

LANGUAGES = ("fr", "nl", "de", "en")
BEGINNING = date(1900, 1, 1)
"""First day of a fact whose own first day does not matter: older than any act the system can hold."""


@dataclass(frozen=True, slots=True)
class Text:
    """The same words in French, Dutch, German and English."""

    fr: str
    nl: str
    de: str
    en: str

    def get(self, language: str) -> str:
        """The words in the reader's language (`fr`, `fr-be`, …); English where there is none."""
        short = language.partition("-")[0].lower()
        words = getattr(self, short) if short in LANGUAGES else ""
        return words or self.en

    def missing(self) -> list[str]:
        """The languages without words."""
        return [language for language in LANGUAGES if not getattr(self, language).strip()]


def same(words: str) -> Text:
    """A proper name that is not translated."""
    return Text(words, words, words, words)


def to(target: str, *, ever: bool = False, **options: Any) -> Any:
    """A field that holds a code, or a tuple of codes, of another kind of fact (`unit`) or of a code list
    (`code/sex`). `check` refuses what is not there as long as the fact itself is in force; with `ever`, what
    never was there. The empty code means: none."""
    return field(metadata={"to": target, "ever": ever}, **options)


@dataclass(frozen=True, kw_only=True)
class Fact:
    """Something that is so from `valid_from` to `valid_to` (its last day in force; None: still so).

    `source` is an article, a publication or a register; an entry without one is refused. `to_verify` marks
    what no public source confirmed yet: it is shown to the people who keep the reference data.
    """

    code: str
    source: str
    to_verify: bool = False
    valid_from: date = BEGINNING
    valid_to: date | None = None

    def in_force(self, on: date) -> bool:
        """Whether the fact is so on that day, first and last day included."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


@dataclass(frozen=True, kw_only=True)
class Code(Fact):
    """An entry of a code list: `list_code` names the list, `flags` are machine-readable properties."""

    list_code: str
    label: Text
    hint: Text | None = None
    flags: tuple[str, ...] = ()


def code_list(
    list_code: str,
    source: str,
    entries: Mapping[str, Text],
    *,
    flags: Mapping[str, tuple[str, ...]] | None = None,
    hints: Mapping[str, Text] | None = None,
    to_verify: bool = False,
) -> tuple[Code, ...]:
    """A whole code list with one source, in the order of `entries`."""
    return tuple(
        Code(
            code=code,
            list_code=list_code,
            label=label,
            source=source,
            to_verify=to_verify,
            flags=(flags or {}).get(code, ()),
            hint=(hints or {}).get(code),
        )
        for code, label in entries.items()
    )
