"""How a word in Latin letters may sound: its consonant skeletons, plainest first.

Vowels are dropped, voiced and voiceless are one, and a group of letters that several languages read differently gives
several skeletons. The classes: b (b p), f (f v w), t (t d th), k (k g c q), s (s z), S (sh), C (ch j ts), K (kh h), l,
m, n, r. They are coarse on purpose: a skeleton finds candidates, the comparison decides.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

EMPTY = "A"  # a word of vowels only
_READINGS = {
    "tsch": "C",
    "dsch": "C",
    "sch": "S|sk",
    "tch": "C",
    "eau": "",
    "chr": "kr|Cr",
    "ch": "C|S|K",
    "sh": "S",
    "zh": "S",
    "kh": "K",
    "gh": "k|",
    "ph": "f",
    "th": "t",
    "dj": "C",
    "ck": "k",
    "qu": "k|kf",
    "dh": "t",
    "ts": "C",
    "tz": "C",
    "cz": "C",
    "sz": "s|S",
    "ss": "s",
    "gn": "n|kn",
    "gl": "l|kl",
    "sc": "s|sk|S",
    "cc": "k|kC",
    "zz": "C|s",
    "ge": "k|C",
    "gi": "k|C",
    "gy": "k|C",
    "ce": "s|C|k",
    "ci": "s|C|k",
    "cy": "s|C|k",
    "ll": "l|",
    "rh": "r",
    "wh": "f",
    "wr": "r|fr",
    "kn": "kn|n",
    "ng": "n|nk",
    "ti": "t|s",
    "b": "b",
    "p": "b",
    "v": "f|b",
    "f": "f",
    "w": "f|",
    "d": "t",
    "t": "t",
    "g": "k",
    "k": "k",
    "c": "k",
    "q": "k",
    "j": "C|K|",
    "z": "s|C",
    "s": "s|S",
    "x": "ks|K|s",
    "l": "l",
    "r": "r",
    "m": "m",
    "n": "n",
    "h": "|K",
}
_GROUPS = (("sch", "s"), ("tch", "s"), ("ph", "f"), ("ck", "k"), ("x", "ks"), ("sh", "s"), ("ch", "s"), ("zh", "j"),
           ("dj", "j"), ("ts", "s"), ("tz", "s"), ("h", ""))  # fmt: skip
_ALIKE = str.maketrans("cqwyzoepdg", "kkvisuibtk")
_REPEATED = re.compile(r"(.)\1+")
_SILENT_AT_THE_END = frozenset("tsdzxr")
_KEPT = 24  # ways to read a word that are followed to its end
_FEW, _USUAL = 8, 24  # skeletons that are kept on the way, at least and for eight readings
_UNUSUAL, _DROPPED = 1.0, 0.3  # cost of the second and later readings, and of one that leaves the letter out


class _Option(NamedTuple):
    """A reading of a group: whole, its first sound and the others, and what it costs in two parts."""

    whole: str
    first: str
    others: str
    unusual: float
    dropped: float


def _options(texts: Sequence[str]) -> tuple[_Option, ...]:
    return tuple(
        _Option(text, text[:1] or "-", text[1:], rank * _UNUSUAL, _DROPPED if rank and not text else 0.0)
        for rank, text in enumerate(texts)
    )


_INSIDE = {group: _options(texts.split("|")) for group, texts in _READINGS.items()}
_AT_THE_END = _INSIDE | {group: _options([*_READINGS[group].split("|"), ""]) for group in _SILENT_AT_THE_END}
_GROUPED = re.compile("|".join(sorted(_READINGS, key=len, reverse=True)) + "|.", re.DOTALL)


@lru_cache(maxsize=200_000)
def readings(word: str, limit: int = 8) -> tuple[str, ...]:
    """The skeletons of a word of a–z (others are skipped), at most `limit`, likeliest first; never empty."""
    keep = max(3 * limit, _FEW)
    found, most = _read(word, max(keep, _USUAL))
    if most > keep:
        found, _ = _read(word, keep)
    return found[:limit]


@lru_cache(maxsize=50_000)  # asked for eight readings and for two, a word is mostly looked at once
def _read(word: str, keep: int) -> tuple[tuple[str, ...], int]:
    """(skeletons, likeliest first; how many there were at most on the way, where no more than `keep` were kept)."""
    found, after_vowel, most = {"": 0.0}, True, 1
    groups = _GROUPED.findall(word)
    for n, group in enumerate(groups, 1):
        options = (_AT_THE_END if n == len(groups) > 1 else _INSIDE).get(group)
        after_vowel, before = not options, after_vowel
        if options:
            found = _extended(found, options, after_vowel=before)
            most = max(most, len(found))
            if len(found) > keep:
                found = {
                    skeleton: found[skeleton] for skeleton in sorted(found, key=found.__getitem__)[:keep]
                }
    return tuple([skeleton or EMPTY for skeleton in sorted(found, key=found.__getitem__)]), most


def _extended(
    found: dict[str, float], options: tuple[_Option, ...], *, after_vowel: bool
) -> dict[str, float]:
    grown: dict[str, float] = {}
    for skeleton, cost in found.items():
        last = "" if after_vowel else skeleton[-1:]
        for whole, first, others, unusual, dropped in options:
            longer = skeleton + (others if first == last else whole)  # a sound that is doubled is heard once
            total = cost + unusual + dropped
            if longer not in grown or total < grown[longer]:
                grown[longer] = total
    return grown


def plain(word: str) -> str:
    """A spelling of a word of a–z without what pens vary: letters heard alike are one, doubled ones too, h is none."""
    for group, letter in _GROUPS:
        word = word.replace(group, letter)
    word = _REPEATED.sub(r"\1", word.translate(_ALIKE))
    return word[:-1] if len(word) > 2 and word.endswith("i") else word or EMPTY
