"""One name in several writings meets in at least one skeleton; two names of different persons mostly do not."""

import gzip
from pathlib import Path

import pytest

from fanal.analysis.matching.writings import Writing, skeletons, words
from fanal.analysis.matching.writings.learning import LANGUAGES, learn_letters, learn_sounds, pairs
from fanal.analysis.matching.writings.skeletons import read

TRANSLITERATION = Path("../shared/data/linkage/transliteration")
SAME = [
    ("Mohammed", "محمد", "the name most often written in different ways: h and vowels come and go"),
    ("Yusuf", "يوسف", "y is a vowel or a consonant"),
    ("Aleksandr", "Александр", "ks is one letter or two"),
    ("Alexandre", "Александр", "x in French"),
    ("Chrouchtchov", "Хрущов", "ch as a French pen writes kh"),
    ("Wolodymyr", "Володимир", "w as a German pen writes v"),
    ("Isabella", "伊莎貝拉", "traditional characters, heard as syllables"),
    ("Isabella", "伊莎贝拉", "simplified characters of the same"),
    ("Christopher", "크리스토퍼", "Korean puts a vowel after each consonant and has no f"),
    ("Benoit", "בנואה", "a silent French ending"),
    ("Papadopoulos", "Παπαδόπουλος", "read letter by letter"),
    ("Tanaka", "たなか", "kana are syllables already"),
    ("Haile", "ኃይለ", "Ethiopic syllables"),
    ("Khadija", "خديجة", "kh against k, j against dj"),
]
OTHERS = [("Mohammed", "Александр"), ("Tanaka", "Παπαδόπουλος"), ("Isabella", "크리스토퍼")]


def found(name: str) -> set[str]:
    return {skeleton for word in words(name) for skeleton in skeletons(word)}


@pytest.mark.parametrize(("one", "other", "why"), SAME)
def test_one_name_in_two_writings_meets(one: str, other: str, why: str) -> None:
    assert found(one) & found(other), why


@pytest.mark.parametrize(("one", "other"), OTHERS)
def test_different_names_do_not_meet(one: str, other: str) -> None:
    assert not found(one) & found(other)


@pytest.mark.parametrize(
    ("typed", "latin"),
    [
        ("  MÜLLER\u200f-Özdemir ", ["muller", "ozdemir"]),
        ("O’Neil", ["oneil"]),
        ("आनंद", ["anmd"]),
        ("\x00\x1bAli\x07", ["ali"]),
        ("😀 🤷‍♀️", []),
        ("", []),
        ("12-34", []),
    ],
)
def test_what_does_not_belong_to_a_name_is_not_read(typed: str, latin: list[str]) -> None:
    assert [word.latin for word in words(typed)] == latin


def test_a_name_of_ten_thousand_signs_is_read_up_to_a_point() -> None:
    assert len(words("Ali " * 10_000)) == 12
    assert len(words("a" * 10_000)[0].latin) == 60


def test_each_word_knows_its_writing() -> None:
    assert [word.writing for word in words("Иван Ivan 伊萬 이반 איוון إيفان Ιβάν")] == [
        Writing.CYRILLIC,
        Writing.LATIN,
        Writing.HAN,
        Writing.HANGUL,
        Writing.HEBREW,
        Writing.ARABIC,
        Writing.OTHER,
    ]


def test_learning_finds_the_letters_it_is_shown(tmp_path: Path) -> None:
    """An invented writing of three signs, learned from eight names, one of them wrong."""
    shown = [
        "bato\tб т",
        "tabo\tт б",
        "tomo\tт м",
        "moto\tм т",
        "bamo\tб м",
        "moba\tм б",
        "mimi\tм м",
        "kuku\tб т",
    ]
    file = tmp_path / "shown.gz"
    with gzip.open(file, "wt", encoding="utf-8") as lines:
        lines.writelines(f"{line}\t5\n" for line in shown)
    given = pairs(file, Writing.CYRILLIC)
    sounds, letters = learn_sounds(given), learn_letters(given, 2)
    for sign, sound in {"б": "b", "т": "t", "м": "m"}.items():
        assert max(sounds[sign], key=sounds[sign].__getitem__) == sound
        assert max(letters[sign], key=letters[sign].__getitem__)[0] == sound


@pytest.mark.skipif(not TRANSLITERATION.exists(), reason="the real pairs are not here")
@pytest.mark.parametrize(
    ("language", "least"),
    [("russian", 0.85), ("arabic", 0.85), ("hebrew", 0.85), ("korean", 0.70), ("chinese", 0.75)],
)
def test_real_names_that_were_not_learned_from_meet(language: str, least: float) -> None:
    from fanal.analysis.matching.writings.latin import readings

    writing = LANGUAGES[language]
    given = pairs(TRANSLITERATION / f"wd_{language}_16.gz", writing)[:1500]
    met = sum(bool(set(readings(pair.latin)) & set(read(pair.units, writing, 8))) for pair in given)
    assert met / len(given) >= least
