"""Which recommendations ask the same, by what they speak of and how they say it. Proposals: a person judges them.

Likeness of two: 0.65 × of their concepts (TF-IDF times the weights of the lexicon) + 0.35 × of their words (TF-IDF on
stems and on groups of letters, in the language in which both are most alike). Groups: average linkage, cut where two
groups are less alike than `THRESHOLD`. Two that a person keeps apart never meet in a group; two that she put together
always do.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fanal.recommendations.rules.words import LANGUAGES, concepts, lexicon, stems

THRESHOLD = 0.48
CONCEPTS, WORDS = 0.65, 0.35
_STEMS, _LETTERS = 0.8, 0.2
_ROWS = 500
_FAR = 1e6
"""A distance that no average makes small again: who is kept apart keeps both groups apart."""
_MOST_REASONS = 8

Tell = Callable[[str, int, int], None]
STEPS = ("words", "likeness", "groups", "reasons")


@dataclass(frozen=True, slots=True)
class Text:
    """One recommendation: a key, and its words by language."""

    key: str
    words: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Reason:
    """What the members of a group share: a concept's code or a word, and its part of the likeness (0 to 1)."""

    kind: str
    word: str
    weight: float


@dataclass(frozen=True, slots=True)
class Group:
    """Keys that seem to ask the same, how alike they are on average (0 to 1), and why; the strongest reason first."""

    keys: tuple[str, ...]
    score: float
    why: tuple[Reason, ...]


def groups(
    texts: Sequence[Text],
    *,
    apart: Sequence[tuple[str, str]] = (),
    together: Sequence[Sequence[str]] = (),
    tell: Tell = lambda *_: None,
) -> list[Group]:
    """The groups of two or more, the most alike first. 5,000 texts need about 500 MB and some seconds."""
    if len(texts) < 2:
        return []
    place = {text.key: at for at, text in enumerate(texts)}
    vectors = _vectors(texts, tell)
    alike = _alike(vectors, len(texts), tell)
    tell("groups", 0, 1)
    labels = _cut(
        alike, _pairs(apart, place), [[place[key] for key in keys if key in place] for keys in together]
    )
    tell("groups", 1, 1)
    members: dict[int, list[int]] = {}
    for at, label in enumerate(labels):
        members.setdefault(int(label), []).append(at)
    several = [found for found in members.values() if len(found) > 1]
    made = []
    for nth, found in enumerate(several):
        if nth % 50 == 0:
            tell("reasons", nth, len(several))
        keys = tuple(texts[at].key for at in found)
        made.append(Group(keys, _mean(alike, found), _why(vectors, texts, found)))
    tell("reasons", len(several), len(several))
    return sorted(made, key=lambda group: (-group.score, group.keys))


@dataclass(frozen=True, slots=True)
class _Vectors:
    """Rows of unit length: of concepts, and for each language of words (empty rows where a text has none)."""

    concepts: Any
    names: Sequence[str]
    words: Mapping[str, Any]
    terms: Mapping[str, Sequence[str]]


def _vectors(texts: Sequence[Text], tell: Tell) -> _Vectors:
    from scipy.sparse import csr_matrix, diags, hstack
    from sklearn.feature_extraction.text import TfidfTransformer, TfidfVectorizer
    from sklearn.preprocessing import normalize

    total = 1 + len(LANGUAGES)
    tell("words", 0, total)
    names = list(lexicon())
    column = {name: at for at, name in enumerate(names)}
    spoken = [sorted(concepts(text.words)) for text in texts]
    places = [(at, column[name]) for at, found in enumerate(spoken) for name in found]
    rows, columns = ([p[0] for p in places], [p[1] for p in places])
    counted = csr_matrix(([1.0] * len(places), (rows, columns)), shape=(len(texts), len(names)))
    weights = diags([lexicon()[name].weight for name in names])
    of_concepts = normalize(TfidfTransformer(norm=None).fit_transform(counted) @ weights)
    words: dict[str, Any] = {}
    terms: dict[str, Sequence[str]] = {}
    for nth, language in enumerate(LANGUAGES, 1):
        tell("words", nth, total)
        said = [text.words.get(language, "") for text in texts]
        if sum(map(bool, said)) < 2:
            continue
        by_stem = TfidfVectorizer(
            analyzer=lambda text, language=language: [s for s, _ in stems(text, language)], sublinear_tf=True
        )
        by_letter = TfidfVectorizer(
            analyzer="char_wb", ngram_range=(4, 4), sublinear_tf=True, max_features=20_000
        )
        try:
            both = [by_stem.fit_transform(said) * _STEMS**0.5, by_letter.fit_transform(said) * _LETTERS**0.5]
        except ValueError:  # nothing but empty words
            continue
        words[language] = hstack(both).tocsr()
        terms[language] = list(by_stem.get_feature_names_out())
    return _Vectors(of_concepts.tocsr(), names, words, terms)


def _alike(vectors: _Vectors, count: int, tell: Tell) -> Any:
    """The likeness of each two, 0 to 1, block by block of rows."""
    import numpy as np

    found = np.zeros((count, count), dtype=np.float32)
    for start in range(0, count, _ROWS):
        tell("likeness", start, count)
        rows = slice(start, start + _ROWS)
        said = np.zeros((min(_ROWS, count - start), count), dtype=np.float32)
        for matrix in vectors.words.values():
            np.maximum(said, (matrix[rows] @ matrix.T).toarray(), out=said)
        spoken = (vectors.concepts[rows] @ vectors.concepts.T).toarray()
        found[rows] = CONCEPTS * spoken + WORDS * said
    tell("likeness", count, count)
    return found


def _pairs(keys: Sequence[tuple[str, str]], place: Mapping[str, int]) -> list[tuple[int, int]]:
    return [(place[one], place[other]) for one, other in keys if one in place and other in place]


def _cut(alike: Any, apart: Sequence[tuple[int, int]], together: Sequence[Sequence[int]]) -> Any:
    import numpy as np
    from scipy.cluster.hierarchy import fcluster, linkage
    from scipy.spatial.distance import squareform

    distance = np.clip(1.0 - alike, 0.0, 1.0)
    for found in together:
        distance[np.ix_(found, found)] = 0.0
    for one, other in apart:
        distance[one, other] = distance[other, one] = _FAR
    np.fill_diagonal(distance, 0.0)
    condensed = squareform(distance, checks=False)
    return fcluster(linkage(condensed, method="average"), t=1.0 - THRESHOLD, criterion="distance")


def _mean(alike: Any, found: Sequence[int]) -> float:
    import numpy as np

    block = alike[np.ix_(found, found)]
    count = len(found)
    return float(min((block.sum() - np.trace(block)) / (count * (count - 1)), 1.0))


def _why(vectors: _Vectors, texts: Sequence[Text], found: Sequence[int]) -> tuple[Reason, ...]:
    """What carries the likeness: for each concept and stem the mean over all pairs of its part of the sum."""
    reasons = [
        Reason("concept", vectors.names[at], weight)
        for at, weight in _parts(vectors.concepts[found], CONCEPTS)
    ]
    best: list[Reason] = []
    for language, matrix in vectors.words.items():
        known = vectors.terms[language]
        shown = {
            stem: word for at in found for stem, word in stems(texts[at].words.get(language, ""), language)
        }
        said = [
            Reason("word", shown.get(known[at], known[at]), weight)
            for at, weight in _parts(matrix[found][:, : len(known)], WORDS)
        ]
        if sum(each.weight for each in said) > sum(each.weight for each in best):
            best = said
    return tuple(sorted([*reasons, *best], key=lambda each: -each.weight)[:_MOST_REASONS])


def _parts(rows: Any, share: float) -> list[tuple[int, float]]:
    """(column, its part): the mean over the pairs of rows of the product of their values."""
    import numpy as np

    count = rows.shape[0]
    total = np.asarray(rows.sum(axis=0)).ravel()
    squares = np.asarray(rows.multiply(rows).sum(axis=0)).ravel()
    parts = share * (total**2 - squares) / (count * (count - 1))
    return [(int(at), float(parts[at])) for at in np.argsort(-parts)[:_MOST_REASONS] if parts[at] > 0.005]
