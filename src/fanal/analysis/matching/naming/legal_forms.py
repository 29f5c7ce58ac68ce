"""The legal form of an organisation: found at the ends of its name, taken off, and kept by its family."""

from collections import defaultdict
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
Sizes = dict[str, tuple[int, ...]]


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
    forms, (front, begins), ends = _forms(), _front(), _ends()
    first, last = 0, len(its)
    found: set[Family] = set()
    while size := _fitting(its[first:last], ends.get(its[last - 1], ()), forms, at_end=True):
        found.add(forms[tuple(its[last - size : last])])
        last -= size
    while size := _fitting(its[first:last], begins.get(its[first], ()), front, at_end=False):
        found.add(forms[tuple(its[first : first + size])])
        first += size
    return slice(first, last), frozenset(found)


def contradict(one: frozenset[Family], other: frozenset[Family]) -> bool:
    """Both say a form, and no family is in both: a GmbH and an AG of one name are two companies of a group.

    Not a cooperative and a limited company: Belgian law of 2019 made the one into the other by the thousand.
    """
    if not one or not other or one & other:
        return False
    both = one | other
    return GENERAL not in both and both != _MAY_BECOME


def _fitting(
    its: Sequence[str], sizes: Iterable[int], forms: Collection[tuple[str, ...]], *, at_end: bool
) -> int:
    """How many words at an end of a name are a form, where so many may be; never all."""
    for size in sizes:
        if size < len(its) and tuple(its[-size:] if at_end else its[:size]) in forms:
            return size
    return 0


def _form(written: str) -> tuple[str, ...]:
    return tuple(word.latin for word in initials_joined(words(written)))


@cache
def _forms() -> Forms:
    return {
        _form(form): family for family, forms in table("legal_forms")["families"].items() for form in forms
    }


@cache
def _front() -> tuple[frozenset[tuple[str, ...]], Sizes]:
    """The forms that may begin a name, and of each first word how many words these have."""
    forms = frozenset(map(_form, table("legal_forms")["front"]["forms"]))
    return forms, _sizes((form[0], len(form)) for form in forms)


@cache
def _ends() -> Sizes:
    """Of each word that ends a form how many words such forms have."""
    return _sizes((form[-1], len(form)) for form in _forms())


def _sizes(several: Iterable[tuple[str, int]]) -> Sizes:
    """Of each word the numbers, the largest first."""
    found: dict[str, set[int]] = defaultdict(set)
    for word, size in several:
        if size <= _LONGEST:
            found[word].add(size)
    return {word: tuple(sorted(sizes, reverse=True)) for word, sizes in found.items()}


@cache
def _attached() -> tuple[tuple[str, Family], ...]:
    every = [(form, family) for family, forms in table("legal_forms")["attached"].items() for form in forms]
    return tuple(sorted(every, key=lambda one: -len(one[0])))
