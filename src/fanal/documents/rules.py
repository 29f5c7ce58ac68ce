"""R-DOC-1: nothing that could reach a victim, or lie on a screen, says of what she may be a victim. Pure.

Source: agii.be, 23 May 2017, on the temporary residence document (annex 15), which does not mention trafficking for the
safety of its holder; the house applies it to every letter, label, file name, mail subject and address.
"""

import re
import unicodedata

from fanal.errors import Refusal

FORBIDDEN_WORDS = (
    # French
    "traite", "traites", "teh", "trafic d'êtres humains", "trafic des êtres humains", "trafic d'humains",
    "trafic de migrants", "trafic de personnes", "trafiquant*", "proxénét*", "prostitu*", "esclav*",
    "exploitation sexuelle", "exploitation économique",
    # Dutch
    "mensenhand*", "mensensmok*", "mensenrov*", "loverboy*", "tienerpooier*", "slavernij", "seksuele uitbuiting",
    "economische uitbuiting",
    # German
    "menschenhand*", "menschenschmug*", "menschenraub*", "schleus*", "sklaver*", "sexuelle ausbeutung",
    "zwangsprostitution", "zwangsarbeit",
    # English
    "traffick*", "smuggl*", "slaver*", "pimp*", "sexual exploitation", "labour exploitation",
    # names of services that say it in letters
    "minteh", "mensenhandelcel", "thb",
)  # fmt: skip
"""A word, or several in a row; `*` stands for any ending. A country adds its own."""


class Indiscreet(Refusal):
    """A text, a file name or a mail subject says a word that puts the person in danger."""

    def __init__(self, words: list[str]) -> None:
        super().__init__("indiscreet", "R-DOC-1: " + ", ".join(words))
        self.words = words


def forbidden_words(text: str, words: tuple[str, ...] = FORBIDDEN_WORDS) -> list[str]:
    """The forbidden words that a text, file name, mail subject or address says, in the order of the list.

    Case, accents, invisible characters, punctuation, underscores and CamelCase do not hide a word; a word inside
    another ("traiteur", "extraite", "portrait") is not one.
    """
    said = f" {_plain(text)} "
    return [word for word in words if _pattern(word).search(said)]


def demand_discreet(text: str, words: tuple[str, ...] = FORBIDDEN_WORDS) -> None:
    """Raise `Indiscreet` if the text says a forbidden word."""
    found = forbidden_words(text, words)
    if found:
        raise Indiscreet(found)


def _pattern(word: str) -> re.Pattern[str]:
    open_ended = word.endswith("*")
    return re.compile(rf" {re.escape(_plain(word))}{'' if open_ended else ' '}")


def _plain(text: str) -> str:
    visible = "".join(char for char in text if unicodedata.category(char) != "Cf")
    parted = re.sub(r"(?<=[a-zà-ÿ0-9])(?=[A-ZÀ-Þ])", " ", visible)
    bare = "".join(
        c for c in unicodedata.normalize("NFKD", parted) if not unicodedata.combining(c)
    ).casefold()
    return " ".join("".join(char if char.isalnum() else " " for char in bare).split())
