"""The second pass of learning: what agreement weighs beside names.

People of one name are mostly of one country and often of one town. A maximisation for which strangers agree as seldom
as two people at random takes namesakes for one, and learns from them that one person has many dates of birth. Here
both shares are free, of those who are one and of namesakes, among pairs of one name; what strangers agree in is then
learned beside each class of names, brothers and sisters among them. On evidence that depends on other evidence:
Y. Thibaudeau, The discrimination power of dependency structures in record linkage, 1993.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .comparisons import COMPARISONS, Codes, levels_of
from .levels import BIRTH_LEVELS, NAME_LEVELS, RARITIES
from .model import Shares

Rows = npt.NDArray[np.void]
Numbers = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]
Texts = npt.NDArray[np.uint8]
Learned = Mapping[str, Shares]
_PAIRS = 1_000_000
_STEPS = 50
_DOUBT = 20.0  # pairs that what was learned first counts for
_HARDLY = 1e-12
NEVER = 1e-6  # share of strangers that a level has before any was seen
_HALF = 0.5  # a pair that might have been there
_START = 0.3  # of pairs those that are one, to begin with; the steps move it
_NAME, _BIRTH = 0, 1
_SAME_DATE = len(BIRTH_LEVELS) - 1
_WIDTHS = np.array([each.width for each in COMPARISONS], np.int8)


def _levels(*labels: str) -> tuple[int, ...]:
    return tuple(NAME_LEVELS.index(label) for label in labels)


_TELLING = _levels("the only word the same", "two words alike, others differ")
"""Levels that tell of strangers who share a word or two. One word of several is shared by too many: they are looked at
only where they agree in more, so that those who are looked at are like these."""
_OTHERS_DIFFER = _levels("one of several words the same", "two words alike, others differ")
_SAME = _levels("the only word the same", "all words of the shorter name the same", "all words the same")


@dataclass(frozen=True, slots=True)
class _Drawn:
    """Pairs of records: their codes (pairs × comparisons), and how many pairs of the base each stands for."""

    codes: Codes
    weights: Numbers

    def of(self, levels: tuple[int, ...]) -> "_Drawn":
        """Those whose names have one of these levels."""
        names = self.codes[:, _NAME]
        chosen = np.isin(np.where(names > 0, (names - 1) // len(RARITIES) + 1, 0), levels)
        return _Drawn(self.codes[chosen], self.weights[chosen])

    def plain(self) -> Codes:
        """Codes without regard to names."""
        return np.where(self.codes < 0, self.codes, self.codes % _WIDTHS).astype(np.int8)


def second_look(rows: Rows, learned: Learned) -> dict[str, tuple[Shares, ...]]:
    """For each comparison its shares beside each class of names (or one for all), from records (LAYOUT).

    `learned`: the shares of the first pass, by the comparison's name, without regard to names; where few pairs tell,
    they stay.
    """
    draw = np.random.default_rng(1)
    whole = rows["name"]["letters"].reshape(len(rows), -1)
    namesakes, _ = _maximised(_drawn(rows, whole, 1, draw), learned, free=True)
    m = {name: Shares(shares.m, learned[name].u) for name, shares in namesakes.items()}
    by_word = _by_word(rows, _words(rows), draw)
    some, _ = _maximised(by_word.of(_TELLING), m, free=False)
    for each in namesakes, some:  # what is asked of them is how often they are one: their dates say that
        each["birth"] = m["birth"]
    kin = _kin(rows, by_word, some, draw)
    found = {
        each.name: tuple(every[each.name] for every in (m, some, namesakes, kin)[: each.classes])
        for each in COMPARISONS
        if each.name in m
    }
    every = len(rows) * (len(rows) - 1) / 2
    return found | {"name": (_names(learned["name"], by_word, found, every),)}


def _kin(rows: Rows, by_word: _Drawn, some: Learned, draw: np.random.Generator) -> dict[str, Shares]:
    """What brothers and sisters born on one day share: a word of the name, often a place or an address."""
    together = _by_word(rows, _words_and_dates(rows), draw).of(_OTHERS_DIFFER)
    found, strangers = _maximised(together, some, free=False)
    born = by_word.of(_OTHERS_DIFFER)
    number = born.weights[born.codes[:, _BIRTH] >= 0].sum()
    births = list(some["birth"].u)
    births[_SAME_DATE] = max((strangers + _HALF) / (number + 1), births[_SAME_DATE])
    return found | {"birth": Shares(some["birth"].m, tuple(births))}


def _names(
    learned: Shares, by_word: _Drawn, others: Mapping[str, tuple[Shares, ...]], every: float
) -> Shares:
    """The shares of names, strangers who have words in common counted: random pairs hold too few of them.

    `every`: how many pairs of records there are.
    """
    u = np.array(learned.u)
    for code in range(1, len(u)):
        if (code - 1) // len(RARITIES) + 1 in _SAME:
            here = by_word.codes[:, _NAME] == code
            some = _Drawn(by_word.codes[here], by_word.weights[here])
            u[code] = (_apart(some, others) + _HALF * by_word.weights.min(initial=every)) / every
    return Shares(learned.m, tuple(u.tolist()))


def _apart(pairs: _Drawn, shares: Mapping[str, tuple[Shares, ...]]) -> float:
    """How many of these pairs are not one, by all but their names."""
    odds = np.zeros(len(pairs.codes))
    for n, comparison in enumerate(COMPARISONS):
        if comparison.name in shares:
            each = [np.log(_whole(beside.m) / _whole(beside.u)) for beside in shares[comparison.name]]
            odds += np.append(np.concatenate(each), 0)[pairs.codes[:, n]]
    share, one = _START, pairs.weights
    for _ in range(_STEPS):
        one = pairs.weights * _probable(odds, share)
        share = _share(one, pairs.weights)
    return float((pairs.weights - one).sum())


def _words(rows: Rows) -> Texts:
    """Every word of every record, a fixed number for each; empty ones begin with zero."""
    letters = rows["name"]["letters"]
    return np.ascontiguousarray(letters).reshape(-1, letters.shape[2])


def _words_and_dates(rows: Rows) -> Texts:
    """Every word with the first date of its record, where that is whole and no first of January."""
    days = np.ascontiguousarray(rows["birth"]["days"][:, 0])
    told = (days[:, 1] > 0) & (days[:, 2] > 0) & ~((days[:, 1] == 1) & (days[:, 2] == 1))
    words = _words(rows)
    times = len(words) // len(rows)
    words = words * np.repeat(told, times)[:, None].astype(np.uint8)
    return np.concatenate(
        [words, np.repeat(days.view(np.uint8).reshape(len(rows), -1), times, axis=0)], axis=1
    )


def _by_word(rows: Rows, texts: Texts, draw: np.random.Generator) -> _Drawn:
    return _drawn(rows, texts, len(texts) // max(len(rows), 1), draw)


def _drawn(rows: Rows, texts: Texts, times: int, draw: np.random.Generator) -> _Drawn:
    """Pairs of records with a text in common, drawn as often as there are or as are enough; each has `times` texts."""
    there = np.flatnonzero(texts[:, 0])
    plain = np.ascontiguousarray(texts[there]).view(f"V{texts.shape[1]}").ravel()
    _, which, sizes = np.unique(plain, return_inverse=True, return_counts=True)
    members, starts = there[np.argsort(which, kind="stable")], np.cumsum(sizes) - sizes
    pairs = sizes * (sizes - 1) / 2
    number = int(min(pairs.sum(), _PAIRS))
    group = draw.choice(len(sizes), number, p=pairs / pairs.sum()) if number else np.empty(0, np.int64)
    one = draw.integers(0, sizes[group])
    other = (one + draw.integers(1, np.maximum(sizes[group], 2))) % np.maximum(sizes[group], 1)
    these, those = members[starts[group] + one], members[starts[group] + other]
    weights = pairs.sum() / max(number, 1) / _in_common(texts, these, those, times)
    return _Drawn(levels_of(rows[these // times], rows[those // times]), weights)


def _in_common(texts: Texts, these: Places, those: Places, times: int) -> Numbers:
    """How many texts the records of each pair have in common, letter by letter."""
    found = np.zeros(len(these))
    for one in range(times):
        mine = texts[these // times * times + one]
        for other in range(times):
            theirs = texts[those // times * times + other]
            found += (mine == theirs).all(axis=1) & (mine[:, 0] > 0)
    return np.maximum(found, 1)


def _maximised(pairs: _Drawn, start: Learned, *, free: bool) -> tuple[dict[str, Shares], float]:
    """The shares of these pairs by comparison, and how many of them are not one; m stays where it is not free."""
    patterns, which = np.unique(pairs.plain(), axis=0, return_inverse=True)
    counts = np.bincount(which.ravel(), weights=pairs.weights, minlength=len(patterns)).astype(np.float64)
    counts *= len(pairs.codes) / max(counts.sum(), _HARDLY)
    known = [(n, each.name) for n, each in enumerate(COMPARISONS) if n != _NAME and each.name in start]
    first = {name: (_whole(start[name].m), _whole(start[name].u)) for _, name in known}
    found, share, one = dict(first), _START, counts
    for _ in range(_STEPS):
        odds = sum(
            (np.append(np.log(found[name][0] / found[name][1]), 0)[patterns[:, n]] for n, name in known),
            np.zeros(len(counts)),
        )
        one = counts * _probable(odds, share)
        share = _share(one, counts)
        for n, name in known:
            m = _counted(patterns[:, n], one, first[name][0]) if free else first[name][0]
            found[name] = m, np.maximum(_counted(patterns[:, n], counts - one, first[name][1]), NEVER)
    apart = (1 - share) * pairs.weights.sum()
    return {name: Shares(tuple(m.tolist()), tuple(u.tolist())) for name, (m, u) in found.items()}, float(
        apart
    )


def _probable(odds: Numbers, share: float) -> Numbers:
    return np.asarray(1 / (1 + np.exp(-(odds + np.log(share / (1 - share))).clip(-500, 500))))


def _share(one: Numbers, counts: Numbers) -> float:
    return float(np.clip(one.sum() / max(counts.sum(), _HARDLY), 1e-4, 1 - 1e-4))


def _counted(levels: Codes, weights: Numbers, before: Numbers) -> Numbers:
    there = levels >= 0
    seen = np.bincount(levels[there], weights=weights[there], minlength=len(before))
    return np.asarray((seen + _DOUBT * before) / (seen.sum() + _DOUBT))


def _whole(shares: tuple[float, ...]) -> Numbers:
    """Shares that add up to one, none of them nothing."""
    found = np.array(shares) + _HARDLY
    return np.asarray(found / found.sum())
