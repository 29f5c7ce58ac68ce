"""The legal form of an organisation: found at the ends of its name, taken off, and kept by its family."""

from collections.abc import Collection, Iterable, Sequence
from functools import cache
from itertools import groupby

from ..writings import Word, Writing, words
from .vocabulary import table

GENERAL = "general"
_LONGEST = 8  # words of one form
_MAY_BECOME = frozenset({"cooperative", "limited"})
Family = str
Forms = dict[tuple[str, ...], Family]


def attached_forms(name: str) -> tuple[str, frozenset[Family]]:
    """The name without forms that are written without a space, and their families: `株式会社トヨタ`."""
    if name.isascii():
        return name, frozenset()
    found = set()
    for form, family in _attached():
        if form in name:
            name = name.replace(form, " ")
            found.add(family)
    return name, frozenset(found)


def initials_joined(every: Iterable[Word]) -> list[Word]:
    """`S.A.R.L.` is `sarl`, `J.P. Morgan` is `jp morgan`."""
    every = list(every)
    if not any(len(word.latin) == 1 for word in every):
        return every
    joined: list[Word] = []
    for single, group in groupby(every, key=lambda word: len(word.latin) == 1 and word.latin.isalpha()):
        run = list(group)
        joined += [Word("".join(word.latin for word in run), Writing.LATIN)] if single else run
    return joined


def stripped(its: Sequence[str]) -> tuple[slice, frozenset[Family]]:
    """Which of the words (a–z) are the name itself, and the families of the forms at its ends.

    Never all words are taken away: what is called `SA` alone has that for its name.
    """
    if not its:
        return slice(0), frozenset()
    forms, front = _forms(), _front()
    first, last = 0, len(its)
    found: set[Family] = set()
    while size := _at_end(its[first:last], forms):
        found.add(forms[tuple(its[last - size : last])])
        last -= size
    while size := _at_front(its[first:last], front):
        found.add(forms[tuple(its[first : first + size])])
        first += size
    return slice(first, last), frozenset(found)


def contradict(one: frozenset[Family], other: frozenset[Family]) -> bool:
    """Both say a form, and no family is in both: a GmbH and an AG of one name are two companies of a group.

    Not a cooperative and a limited company: Belgian law of 2019 made the one into the other by the thousand.
    """
    both = one | other
    return bool(one and other and not one & other and GENERAL not in both and both != _MAY_BECOME)


def _at_end(its: Sequence[str], forms: Forms) -> int:
    longest = min(_LONGEST, len(its) - 1) if its[-1] in _last_words() else 0
    return next((n for n in range(longest, 0, -1) if tuple(its[len(its) - n :]) in forms), 0)


def _at_front(its: Sequence[str], forms: Collection[tuple[str, ...]]) -> int:
    longest = min(_LONGEST, len(its) - 1) if its[0] in _first_words() else 0
    return next((n for n in range(longest, 0, -1) if tuple(its[:n]) in forms), 0)


def _form(written: str) -> tuple[str, ...]:
    return tuple(word.latin for word in initials_joined(words(written)))


@cache
def _forms() -> Forms:
    return {
        _form(form): family for family, forms in table("legal_forms")["families"].items() for form in forms
    }


@cache
def _front() -> frozenset[tuple[str, ...]]:
    return frozenset(map(_form, table("legal_forms")["front"]["forms"]))


@cache
def _last_words() -> frozenset[str]:
    return frozenset(form[-1] for form in _forms())


@cache
def _first_words() -> frozenset[str]:
    return frozenset(form[0] for form in _front())


@cache
def _attached() -> tuple[tuple[str, Family], ...]:
    every = [(form, family) for family, forms in table("legal_forms")["attached"].items() for form in forms]
    return tuple(sorted(every, key=lambda one: -len(one[0])))
