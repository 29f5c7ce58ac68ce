"""How well what asks the same is found: against the real register of Belgium, judged by hand."""

import csv
from importlib.resources import files
from itertools import combinations

import pytest

from fanal.recommendations.rules.likeness import Group, Text, groups

LANGUAGES = ("en", "fr", "nl", "de")
JUDGED = (
    "greta1-children greta2-children",
    "greta1-redress greta3-redress",
    "greta1-identification myria2025-training",
    "greta2-funding tip2020-funding myria2019-funding",
    "greta3-confrontation myria2019-confrontation",
    "greta3-rights greta3-leaflet",
    "ccpr-2010-1 tip2020-participation",
    "greta1-data tip2019-data tip2020-data",
    "tip2019-law-enforcement tip2021-law-enforcement tip2022-law-enforcement",
    "myria2019-data myria2020-data",
    "myria2023-regional house2023-regional",
)
"""Which of the real recommendations ask the same, as somebody judged who knows the field. 17 pairs among 43."""


def lines() -> list[dict[str, str]]:
    text = (files("fanal.countries.belgium") / "recommendations.tsv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines(), delimiter="\t"))


def pairs(keys: list[str]) -> set[frozenset[str]]:
    return {frozenset(pair) for pair in combinations(keys, 2)}


JUDGED_PAIRS = set[frozenset[str]]().union(*(pairs(each.split()) for each in JUDGED))


def quality(found: list[Group]) -> tuple[float, float]:
    """(precision, recall) over pairs."""
    proposed = set[frozenset[str]]().union(*(pairs(list(each.keys)) for each in found))
    right = len(proposed & JUDGED_PAIRS)
    return right / len(proposed), right / len(JUDGED_PAIRS)


def texts(languages: str) -> list[Text]:
    if languages == "mixed":  # each in one language only, the next one in the next
        return [Text(r["code"], {(c := LANGUAGES[n % 4]): r[c]}) for n, r in enumerate(lines())]
    chosen = LANGUAGES if languages == "all" else (languages,)
    return [Text(r["code"], {c: r[c] for c in chosen}) for r in lines()]


@pytest.mark.parametrize(
    ("languages", "precision", "recall"),
    [
        ("all", 0.75, 0.85),
        ("en", 0.85, 0.85),
        ("fr", 0.8, 0.85),
        ("nl", 0.6, 0.8),
        ("de", 0.85, 0.85),
        ("mixed", 0.95, 0.85),
    ],
)
def test_what_asks_the_same_is_found_in_one_language_and_across_them(
    languages: str, precision: float, recall: float
) -> None:
    found = quality(groups(texts(languages)))
    assert found[0] >= precision
    assert found[1] >= recall


def test_each_group_says_why() -> None:
    for group in groups(texts("mixed")):
        assert group.why, group.keys
        assert 0 < group.score <= 1
        assert [each.weight for each in group.why] == sorted(
            (each.weight for each in group.why), reverse=True
        )
    redress = next(each for each in groups(texts("mixed")) if "greta1-redress" in each.keys)
    assert redress.why[0].word == "compensation"


def test_who_was_kept_apart_never_meets_again_and_who_was_confirmed_stays_together() -> None:
    before = groups(texts("all"))
    funding = next(each for each in before if "greta2-funding" in each.keys)
    assert len(funding.keys) == 3
    apart = [("greta2-funding", "tip2020-funding"), ("greta2-funding", "myria2019-funding")]
    together = [["greta1-return", "myria2024-1"]]
    after = groups(texts("all"), apart=apart, together=together)
    met = set[frozenset[str]]().union(*(pairs(list(each.keys)) for each in after))
    assert not met & {frozenset(pair) for pair in apart}
    assert frozenset(("tip2020-funding", "myria2019-funding")) in met
    assert frozenset(together[0]) in met


def test_progress_is_told_and_few_or_empty_texts_are_no_fault() -> None:
    told: list[str] = []
    groups(texts("en"), tell=lambda step, _done, _total: told.append(step))
    assert list(dict.fromkeys(told)) == ["words", "likeness", "groups", "reasons"]
    assert groups([]) == []
    assert groups([Text("a", {"en": "the"})]) == []
    assert groups([Text("a", {"en": "the"}), Text("b", {"fr": "le la"})]) == []
