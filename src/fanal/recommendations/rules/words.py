"""From words in four languages to stems, and to concepts in which the languages meet.

`concepts.tsv` is the lexicon of the field, kept by people: a concept, its weight, and for each language the words that
mean it. `enfant*` means every word that begins so, `*fonds` every word that ends so, `"legal aid"` both words together.
"""

import csv
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import snowballstemmer

LANGUAGES = {"en": "english", "fr": "french", "nl": "dutch", "de": "german"}
_WORD = re.compile(r"[a-z0-9]{2,}")
_TERM = re.compile(r'"([^"]+)"|(\S+)')


def plain(text: str) -> str:
    """Small letters without accents; an apostrophe parts two words."""
    decomposed = unicodedata.normalize("NFKD", text.replace("’", " ").replace("'", " ").lower())
    return "".join(char for char in decomposed if not unicodedata.combining(char)).replace("ß", "ss")


def _table(name: str) -> list[dict[str, str]]:
    text = (files(__package__) / name).read_text(encoding="utf-8")
    # Quotes belong to the words here: csv must leave them.
    return list(csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))


@cache
def _empty() -> Mapping[str, frozenset[str]]:
    """Words that say nothing about what is asked, by language."""
    return {line["language"]: frozenset(line["words"].split()) for line in _table("empty_words.tsv")}


@cache
def _stemmer(language: str) -> snowballstemmer.stemmer:
    return snowballstemmer.stemmer(LANGUAGES[language])


def stems(text: str, language: str) -> list[tuple[str, str]]:
    """(stem, word) of each word that means something, in the order of the text."""
    empty = _empty()[language]
    found = [word for word in _WORD.findall(plain(text)) if word not in empty]
    return list(zip(_stemmer(language).stemWords(found), found, strict=True))


@dataclass(frozen=True, slots=True)
class Concept:
    """Something the field speaks of, and how much it says that two texts both speak of it."""

    code: str
    weight: float
    patterns: Mapping[str, re.Pattern[str]]


@cache
def _lines() -> Mapping[str, Mapping[str, str]]:
    return {line["concept"]: line for line in _table("concepts.tsv")}


@cache
def lexicon() -> Mapping[str, Concept]:
    """The concepts by code, read once."""
    return {
        code: Concept(code, float(line["weight"]), {each: _pattern(line[each]) for each in LANGUAGES})
        for code, line in _lines().items()
    }


def _pattern(words: str) -> re.Pattern[str]:
    parts = []
    for phrase, word in _TERM.findall(words):
        term = plain(phrase or word)
        body = re.escape(term.strip("*")).replace(r"\ ", r"\s+")
        parts.append(
            (r"\w*" if term.startswith("*") else r"\b") + body + (r"\w*" if term.endswith("*") else r"\b")
        )
    return re.compile("|".join(parts))


def concepts(words: Mapping[str, str]) -> frozenset[str]:
    """The concepts that any of the languages speaks of."""
    found = set()
    for language, text in words.items():
        if language in LANGUAGES:
            said = plain(text)
            found |= {each.code for each in lexicon().values() if each.patterns[language].search(said)}
    return frozenset(found)


def terms(words: Mapping[str, str], *others: str) -> list[str]:
    """By what it is found: stems of each language, concepts as `=children`, and other strings' words as they are."""
    found = {
        stem for language, text in words.items() if language in LANGUAGES for stem, _ in stems(text, language)
    }
    found |= {f"={code}" for code in concepts(words)}
    found |= {word for other in others for word in _WORD.findall(plain(other))}
    return sorted(word[:80] for word in found)


def asked(query: str) -> list[frozenset[str]]:
    """For each word that somebody searches, what it may be found as: its stem in any language, its concept, itself."""
    found = []
    for word in _WORD.findall(plain(query))[:12]:
        if any(word in empty for empty in _empty().values()):
            continue
        forms = {word, *(_stemmer(language).stemWord(word) for language in LANGUAGES)}
        forms |= {f"={code}" for code in concepts(dict.fromkeys(LANGUAGES, word))}
        found.append(frozenset(forms))
    return found


def concept_name(code: str, language: str) -> str:
    """How a concept is shown: its first word in a language, with `…` where only its beginning is written down."""
    lines = _lines().get(code)
    if lines is None:
        return code
    phrase, word = _TERM.findall(lines[language[:2] if language[:2] in LANGUAGES else "en"])[0]
    term = phrase or word
    return f"{'…' if term.startswith('*') else ''}{term.strip('*')}{'…' if term.endswith('*') else ''}"
