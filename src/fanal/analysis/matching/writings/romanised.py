"""A word in a–z, sign by sign, with what a sign's neighbours say where its writing needs that."""

import re
import unicodedata

from anyascii import anyascii

_NOT_LETTERS = re.compile(r"[^a-z]+")
_ACUTE = "\u0301"
_GREEK = re.compile(r"[\u0370-\u03ff\u1f00-\u1fff]")
_GREEK_GROUPS = (  # two letters, one sound; at the beginning of a word another than inside
    (r"^μπ", "b"),
    (r"^ντ", "d"),
    (r"^γκ", "g"),
    (r"γ([γκξχ])", r"n\1"),
    (r"ου", "u"),
    (r"([αεη])υ", r"\1v"),
)
_SMALL_KANA = re.compile(r"([ぁ-ヺ])([ぁぃぅぇぉゃゅょァィゥェォャュョ])")
_BLOCKS = range(0x0900, 0x0D80, 0x80)  # of India: a letter has the same place in each
_SIGNS = {0x01: "n", 0x02: "n", 0x1A: "ch", 0x1B: "chh"}  # nasal signs, and c as a Latin pen writes it
_INDIC_SIGNS = {block + place: text for block in _BLOCKS for place, text in _SIGNS.items()} | {0x0A70: "n"}
_CONSONANTS = "".join(f"{chr(block + 0x15)}-{chr(block + 0x39)}" for block in _BLOCKS)
_OWN_VOWEL = "".join(f"{chr(block + 0x3C)}{chr(block + 0x3E)}-{chr(block + 0x4D)}" for block in _BLOCKS)
_BARE = re.compile(f"(?<=[{_CONSONANTS}])(?![{_OWN_VOWEL}]|$)")  # where an a is heard and not written


def romanised(part: str) -> str:
    """The letters a–z of a word; maybe none."""
    if part.isascii():
        return _NOT_LETTERS.sub("", part.lower())
    if _GREEK.search(part):
        part = _greek(part)
    part = _SMALL_KANA.sub(_one_syllable, part)
    part = _BARE.sub("a", part.replace("ज्ञ", "ग्य")).translate(_INDIC_SIGNS)
    return _NOT_LETTERS.sub("", anyascii(part).lower())


def _greek(part: str) -> str:
    """Without accents, but not without the two dots that part two letters."""
    plain = unicodedata.normalize("NFD", part.lower()).replace(_ACUTE, "")
    for group, letters in _GREEK_GROUPS:
        plain = re.sub(group, letters, plain)
    return plain


def _one_syllable(kana: re.Match[str]) -> str:
    """A sign and the small one after it, which takes its vowel away: ki, small ya: kya; shi, small ya: sha."""
    first, small = anyascii(kana[1]).lower()[:-1], anyascii(kana[2]).lower()
    return first + (small[-1] if first.endswith(("sh", "ch", "j")) else small)
