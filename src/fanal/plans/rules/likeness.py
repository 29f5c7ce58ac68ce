"""Whether a measure is one of an older plan come back: how alike their words are, and who leads them.

The words of each language are cut to their stems (Snowball) and weighed by how rare they are among all measures
(scikit-learn's TF-IDF); two texts are compared in each language that both have, and the best language counts. The
bounds are ours, chosen to show a person rather too much than too little: she judges.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import snowballstemmer

LIKE = 0.6
"""From here on two measures are shown as perhaps the same, whoever leads them."""
LIKE_WITH_SAME_LEAD = 0.4
"""From here on, where the same institution leads both."""
NEAREST = 3
"""So many older measures at most are shown for one."""
_STEMMERS = {"fr": "french", "nl": "dutch", "de": "german", "en": "english"}
_WORD = re.compile(r"[^\W\d_]{4,}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A measure as it is compared: titles and texts together, by language."""

    key: str
    lead: str
    texts: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """Two measures that say nearly the same. `score` 0 to 1; `shared`: the words that weigh most in both, as the newer
    one writes them; `same_lead` tells why a low score was shown."""

    key: str
    older_key: str
    score: float
    shared: tuple[str, ...]
    same_lead: bool


def likenesses(new: Sequence[Said], old: Sequence[Said]) -> tuple[Likeness, ...]:
    """For each measure the older ones that it may be, the most alike first. Empty where there is nothing to compare."""
    best: dict[tuple[str, str], tuple[float, str, int, int]] = {}
    matrices = {}
    for language in _STEMMERS:
        a = [(n, said) for n, each in enumerate(new) if (said := each.texts.get(language, "").strip())]
        b = [(n, said) for n, each in enumerate(old) if (said := each.texts.get(language, "").strip())]
        if not a or not b:
            continue
        matrix = matrices[language] = _Weighed(language, [said for _, said in a], [said for _, said in b])
        for row, column, score in matrix.pairs(LIKE_WITH_SAME_LEAD):
            pair = new[a[row][0]].key, old[b[column][0]].key
            if score > best.get(pair, (0.0,))[0]:
                best[pair] = (score, language, row, column)
    leads = {each.key: each.lead for each in (*new, *old)}
    near: dict[str, list[tuple[float, str]]] = defaultdict(list)
    for (key, older), (score, *_place) in best.items():
        same = bool(leads[key]) and leads[key] == leads[older]
        if key != older and score >= (LIKE_WITH_SAME_LEAD if same else LIKE):
            near[key].append((-score, older))
    found: list[Likeness] = []
    for each in new:
        for _score, older in sorted(near[each.key])[:NEAREST]:
            score, language, row, column = best[each.key, older]
            shared = matrices[language].shared(row, column)
            same = bool(each.lead) and each.lead == leads[older]
            found.append(Likeness(key=each.key, older_key=older, score=score, shared=shared, same_lead=same))
    return tuple(found)


class _Weighed:
    """The texts of one language as weighed stems."""

    def __init__(self, language: str, new: Sequence[str], old: Sequence[str]) -> None:
        from sklearn.feature_extraction.text import (
            TfidfVectorizer,
        )  # a second to load: only who compares waits

        self._stem = cache(snowballstemmer.stemmer(_STEMMERS[language]).stemWord)
        self._new = new
        vectorizer = TfidfVectorizer(
            tokenizer=self._stems, lowercase=False, token_pattern=None, sublinear_tf=True
        )
        weights = vectorizer.fit_transform([*new, *old])
        self._a, self._b = weights[: len(new)], weights[len(new) :]
        self._names = vectorizer.get_feature_names_out()

    def _stems(self, text: str) -> list[str]:
        return [self._stem(word) for word in _WORD.findall(text.casefold())]

    def pairs(self, least: float) -> list[tuple[int, int, float]]:
        """Every (row, column, score) from a score on. Sparse: what shares no word costs nothing."""
        product = (self._a @ self._b.T).tocoo()
        found = zip(product.row, product.col, product.data, strict=True)
        return [
            (int(row), int(column), min(float(score), 1.0)) for row, column, score in found if score >= least
        ]

    def shared(self, row: int, column: int) -> tuple[str, ...]:
        """The five words that weigh most in both."""
        both = self._a[row].multiply(self._b[column]).tocoo()
        heaviest = sorted(zip(both.data, both.col, strict=True), key=lambda it: -it[0])[:5]
        stems = [str(self._names[column]) for _, column in heaviest]
        written = {self._stem(word): word for word in reversed(_WORD.findall(self._new[row].casefold()))}
        return tuple(written[stem] for stem in stems if stem in written)
