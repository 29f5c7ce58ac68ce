"""How a word in Latin letters may sound: its consonant skeletons, plainest first.

Vowels are dropped, voiced and voiceless are one, and a group of letters that several languages read differently gives
several skeletons. The classes: b (b p), f (f v w), t (t d th), k (k g c q), s (s z), S (sh), C (ch j ts), K (kh h), l,
m, n, r. They are coarse on purpose: a skeleton finds candidates, the comparison decides.
"""

import re
from functools import lru_cache
from heapq import nsmallest

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
_LONGEST = 4
_GROUPS = (("sch", "s"), ("tch", "s"), ("ph", "f"), ("ck", "k"), ("x", "ks"), ("sh", "s"), ("ch", "s"), ("zh", "j"),
           ("dj", "j"), ("ts", "s"), ("tz", "s"), ("h", ""))  # fmt: skip
_ALIKE = str.maketrans("cqwyzoepdg", "kkvisuibtk")
_REPEATED = re.compile(r"(.)\1+")
_SILENT_AT_THE_END = frozenset("tsdzxr")
_KEPT = 24  # ways to read a word that are followed to its end
_UNUSUAL, _DROPPED = 1.0, 0.3  # cost of the second and later readings, and of one that leaves the letter out


@lru_cache(maxsize=200_000)
def readings(word: str, limit: int = 8) -> tuple[str, ...]:
    """The skeletons of a word of a–z (others are skipped), at most `limit`, likeliest first; never empty."""
    keep = max(3 * limit, 8)
    ordered, widest = _read(word, _KEPT)
    if widest > min(keep, _KEPT):
        ordered, _ = _read(word, keep)
    return ordered[:limit]


@lru_cache(maxsize=1_000)  # a record is read for its keys and for its features, with other limits
def _read(word: str, keep: int) -> tuple[tuple[str, ...], int]:
    """(skeletons, likeliest first, how many there were at most on the way); `keep` are kept on the way."""
    found, widest = {"": 0.0}, 1
    at, after_vowel = 0, True
    while at < len(word):
        group = _group(word, at)
        at += len(group)
        if group not in _READINGS:
            after_vowel = True
            continue
        options = _READINGS[group].split("|")
        if at == len(word) > 1 and group in _SILENT_AT_THE_END:
            options = [*options, ""]
        found = _extended(found, options, after_vowel=after_vowel)
        widest = max(widest, len(found))
        if len(found) > keep:
            found = {skeleton: found[skeleton] for skeleton in nsmallest(keep, found, key=found.__getitem__)}
        after_vowel = False
    return tuple(skeleton or EMPTY for skeleton in sorted(found, key=found.__getitem__)), widest


def _group(word: str, at: int) -> str:
    for length in range(_LONGEST, 1, -1):
        if (group := word[at : at + length]) in _READINGS and len(group) == length:
            return group
    return word[at]


def _extended(found: dict[str, float], options: list[str], *, after_vowel: bool) -> dict[str, float]:
    grown: dict[str, float] = {}
    for skeleton, cost in found.items():
        for rank, option in enumerate(options):
            doubled = not after_vowel and option and skeleton.endswith(option[0])
            longer = skeleton + (option[1:] if doubled else option)
            total = cost + rank * _UNUSUAL + (_DROPPED if rank and not option else 0)
            if total < grown.get(longer, float("inf")):
                grown[longer] = total
    return grown


def plain(word: str) -> str:
    """A spelling of a word of a–z without what pens vary: letters heard alike are one, doubled ones too, h is none."""
    for group, letter in _GROUPS:
        word = word.replace(group, letter)
    word = _REPEATED.sub(r"\1", word.translate(_ALIKE))
    return word[:-1] if len(word) > 2 and word.endswith("i") else word or EMPTY
