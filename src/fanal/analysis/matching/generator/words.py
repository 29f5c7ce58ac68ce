"""The names that invented people bear: common given names, made-up family names, places; two halves that share none.

With a folder of transliterations (`wd_<language>_64.gz` and `_16.gz`: Latin form, native letters, count) many names of
five cultures are those of the files, with the Latin forms that people really gave to one native form: development
takes them from `_64`, evaluation from `_16`.
"""

import gzip
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from importlib.resources import files
from itertools import accumulate, product
from pathlib import Path
from typing import Any, Literal

from anyascii import anyascii
from rapidfuzz.fuzz import ratio

from .romanising import latin_forms

Part = Literal["development", "evaluation"]
PARTS: tuple[Part, ...] = ("development", "evaluation")
_OUTSIDE = {
    "arabic": "arabic",
    "hebrew": "hebrew",
    "russian": "russian",
    "chinese": "chinese",
    "korean": "korean",
}
_FILES = {"development": "64", "evaluation": "16"}
_SEEN = 2  # times that a pair is in the files at least: what was met once is often the wrong half of a name
_ALIKE = 60  # of 100, how alike two Latin forms of one native form are at least, for the same reason
_GIVEN = 0.3  # of the names from outside, how many serve as given names
_PARTICLES = frozenset(
    {
        "van",
        "de",
        "den",
        "der",
        "du",
        "la",
        "le",
        "di",
        "da",
        "dos",
        "del",
        "von",
        "ben",
        "bin",
        "bar",
        "al",
        "el",
    }
    | {"abu", "abou", "abo", "o", "ait", "ayt"}
)


@dataclass(frozen=True, slots=True)
class Name:
    """One name: its Latin forms, the usual one first, and how it is written at home, "" where that is Latin."""

    forms: tuple[str, ...]
    native: str = ""


@dataclass(frozen=True, slots=True)
class Names:
    """Names to draw from; `weights` add up from left to right, so that the first ones are the common ones."""

    every: tuple[Name, ...]
    weights: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Culture:
    """How people of one origin are named, and where they come from."""

    name: str
    weight: float
    nationalities: tuple[str, ...]
    male: Names
    female: Names
    family: Names
    places: tuple[Name, ...]
    patronymic: str  # "suffix" (Petrovich), "names" (the father's name follows), "bin", or ""
    family_first: bool
    two_families: bool
    middle: tuple[str, ...]


@lru_cache(maxsize=4)
def cultures(part: Part, outside: Path | None = None) -> tuple[Culture, ...]:
    """All cultures with the names of one half. A form of a name that development has is in no name of evaluation.

    `outside`: a folder of transliterations; a file that is not there is refused with FileNotFoundError.
    """
    said = tomllib.loads(files(__package__).joinpath("names.toml").read_text(encoding="utf-8"))
    found = [_culture(name, about, part, outside) for name, about in said.items()]
    if part == "development":
        return tuple(found)
    taken = {form for culture in cultures("development", outside) for form in forms_of(culture)}
    return tuple(_without(culture, taken) for culture in found)


def forms_of(culture: Culture) -> Iterator[str]:
    """Every form of every name, in plain letters and without particles, by which two halves may meet."""
    for names in (culture.male, culture.female, culture.family):
        for name in names.every:
            yield from _plain(name)


def _plain(name: Name) -> set[str]:
    written = " ".join((*name.forms, name.native)).replace("-", " ").split()
    return {plain for one in written if (plain := anyascii(one).lower()) not in _PARTICLES}


def _culture(name: str, about: dict[str, Any], part: Part, outside: Path | None) -> Culture:
    how, syllables = about.get("how", ""), about.get("syllables", False)
    male, female = (
        _given([_name(one, how) for one in about[sex].split()], part, syllables=syllables)
        for sex in ("male", "female")
    )
    family = [_joined(pieces, how) for pieces in product(*about["family"])]
    more = _outside(outside, _OUTSIDE[name], part) if outside and name in _OUTSIDE else []
    given = [one for one in more if _share(_key(one), "given") < _GIVEN]
    boys = [one for one in given if _share(_key(one), "sex") < 0.5]
    girls = [one for one in given if _share(_key(one), "sex") >= 0.5]
    others = [one for one in more if _share(_key(one), "given") >= _GIVEN]
    return Culture(
        name,
        about["weight"],
        tuple(about["nationality"]),
        _half([*male, *boys], part, 8),
        _half([*female, *girls], part, 8),
        _half([*family, *others], part, 30),
        tuple(_name(one, how) for one in about["places"].split()),
        about.get("patronymic", ""),
        about.get("order", "") == "family first",
        about.get("two_families", False),
        tuple(about.get("middle", "").split()),
    )


def _name(said: str, how: str) -> Name:
    native, _, latin = said.rpartition("=")
    native = native.replace("_", " ")
    if how:
        native = native or latin
        forms = latin_forms(native, how) if native == latin else latin.split("/")
        return Name(tuple(_cased(form) for form in forms), native)
    return Name(tuple(form.replace("_", " ") for form in latin.split("/")), native)


def _joined(pieces: Sequence[str], how: str) -> Name:
    """A family name of its pieces: their forms side by side, as often as the piece with the most forms has some."""
    if how:
        return _name(_cased("".join(pieces)), how)
    parts = [piece.rpartition("=") for piece in pieces]
    several = [latin.split("/") for *_, latin in parts]
    forms = (
        "".join(forms[n % len(forms)] for forms in several)
        for n in range(max(len(forms) for forms in several))
    )
    return Name(tuple(dict.fromkeys(_cased(form) for form in forms)), "".join(native for native, *_ in parts))


def _given(names: list[Name], part: Part, *, syllables: bool) -> list[Name]:
    """Given names; of one or two syllables where they are given as such: in one word, with a hyphen or in two."""
    if not syllables:
        return names
    names = [name for name in names if _part(_key(name)) == part]
    pairs = [
        Name(
            (
                one.forms[0] + other.forms[0].lower(),
                f"{one.forms[-1]}-{other.forms[-1]}",
                f"{one.forms[0]} {other.forms[0]}",
            ),
            one.native + other.native,
        )
        for one, other in product(names, names)
    ]
    return [*names, *pairs]


def _cased(form: str) -> str:
    """Capitals at the start and after the last particle."""
    at = max(form.rfind(" "), form.rfind("-"), 1 if form[1:2] == "'" else -1) + 1
    start, rest = form[:at], form[at:]
    return start[:1].upper() + start[1:] + rest[:1].upper() + rest[1:]


def _half(names: Iterable[Name], part: Part, common: int) -> Names:
    """The names of one half, in an order that only their letters decide, which is how common they are."""
    own = {name.forms[0]: name for name in names if len(name.forms[0]) > 1}
    kept = [own[form] for form in sorted(own, key=lambda form: _share(form, "order"))]
    kept = [name for name in kept if _part(_key(name)) == part]
    return _weighted(kept, common)


def _weighted(names: Sequence[Name], common: int) -> Names:
    return Names(tuple(names), tuple(accumulate(1 / (rank + common) ** 0.9 for rank in range(len(names)))))


def _key(name: Name) -> str:
    """What decides its half: its last word, so that a name with and without particles is in the same."""
    return (anyascii(name.forms[0]).lower().replace("-", " ").split() or [""])[-1]


def _part(key: str) -> Part:
    return PARTS[_share(key, "part") >= 0.5]


def _share(text: str, use: str) -> float:
    """A number from 0 to 1 that the text alone decides, another one for each use."""
    return int.from_bytes(blake2b(text.encode(), digest_size=6, person=use.encode()).digest(), "big") / 2**48


def _without(culture: Culture, taken: set[str]) -> Culture:
    def left(names: Names, common: int) -> Names:
        return _weighted([name for name in names.every if not _plain(name) & taken], common)

    return Culture(
        **{
            **{field: getattr(culture, field) for field in Culture.__slots__},
            "male": left(culture.male, 8),
            "female": left(culture.female, 8),
            "family": left(culture.family, 30),
        }
    )


def _outside(folder: Path, language: str, part: Part) -> list[Name]:
    """Native forms with the Latin ones that they were given, most given first."""
    counted: defaultdict[str, Counter[str]] = defaultdict(Counter)
    with gzip.open(folder / f"wd_{language}_{_FILES[part]}.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            latin, native, count = line.rstrip("\n").split("\t")
            if int(count) >= _SEEN and latin.isalpha():
                counted[native.replace(" ", "")][latin] += int(count)
    found = []
    for native, forms in counted.items():
        usual = forms.most_common(1)[0][0]
        alike = [form for form, _ in forms.most_common(5) if ratio(form, usual) >= _ALIKE]
        found.append(Name(tuple(form.capitalize() for form in alike), native))
    return found
