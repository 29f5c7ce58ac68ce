"""One name in several writings meets in at least one skeleton; two names of different persons mostly do not."""

import gzip
from itertools import islice
from pathlib import Path

import numpy as np
import pytest
from anyascii import anyascii
from rapidfuzz import fuzz

from fanal.analysis.matching import levels
from fanal.analysis.matching.features import features
from fanal.analysis.matching.keys import asked, keys
from fanal.analysis.matching.rarity import Rarity
from fanal.analysis.matching.record import Record
from fanal.analysis.matching.writings import (
    Writing,
    lettered,
    likelihoods,
    plain,
    readings,
    ready,
    skeletons,
    words,
)
from fanal.analysis.matching.writings.learning import LANGUAGES, learn_letters, learn_sounds, pairs
from fanal.analysis.matching.writings.letters import Table
from fanal.analysis.matching.writings.skeletons import read

TRANSLITERATION = Path("../shared/data/linkage/transliteration")
SAME = [
    ("Mohammed", "محمد", "Arabic: the name most often written in different ways, h and vowels come and go"),
    ("Yusuf", "يوسف", "Arabic: y is a vowel or a consonant"),
    ("Khadija", "خديجة", "Arabic: kh against k, j against dj"),
    (
        "Tikriti",
        "التكريتي",
        "Arabic: the article is written with the word, in Latin letters apart or not at all",
    ),
    ("Alexandra", "الكسندرا", "Arabic: what begins like the article need not be one"),
    ("Karimi", "کریمی", "Persian: its k and y are other signs than the Arabic ones"),
    ("Aleksandr", "Александр", "Cyrillic: ks is one letter or two"),
    ("Alexandre", "Александр", "Cyrillic, in French"),
    ("Chrouchtchov", "Хрущов", "Cyrillic: ch as a French pen writes kh"),
    ("Wolodymyr", "Володимир", "Cyrillic: w as a German pen writes v"),
    ("Giorgos", "Γιώργος", "Greek: accents say nothing"),
    ("Papadopoulos", "Παπαδόπουλος", "Greek: two vowels are one u"),
    ("Bakogiannis", "Μπακογιάννης", "Greek: m and p at the beginning are b"),
    ("Evangelia", "Ευαγγελία", "Greek: u after e is v, two g are ng"),
    ("Yitzhak", "יצחק", "Hebrew: no vowel is written"),
    ("George", "ג'ורג'", "Hebrew: a letter with its geresh is another sound"),
    ("George", "ג׳ורג׳", "Hebrew: and so with the sign that was made for it"),
    ("Vera", "וורה", "Hebrew: a doubled vav is a consonant"),
    ("Isabella", "伊莎貝拉", "Han: traditional characters, heard as syllables"),
    ("Isabella", "伊莎贝拉", "Han: simplified characters of the same"),
    ("Christopher", "크리스토퍼", "Hangul: a vowel after each consonant, and no f"),
    ("Benoit", "בנואה", "a silent French ending"),
    ("Tanaka", "たなか", "Kana: syllables already"),
    ("Kyoko", "キョーコ", "Kana: a small sign takes the vowel before it away, a stroke only lengthens"),
    ("Sanjay", "संजय", "Devanagari: a dot is n before j"),
    ("Chaudhary", "चौधरी", "Devanagari: ch is one letter"),
    ("Anand", "आनंद", "Devanagari: an a that is not written stands between two n"),
    ("Rahman", "রহমান", "Bengali: the same signs in their places"),
    ("Haile", "ኃይለ", "Ethiopic syllables"),
    ("Tesfaye", "ተስፋዬ", "Ethiopic: vowels say little"),
]
SPELLED = [
    ("Кузнецов", "Kuznetsov"),
    ("يوسف", "Yousif"),
    ("גולדברג", "Goldberg"),
    ("크리스토퍼", "Kristofer"),
    ("Μπακογιάννη", "Bakogianni"),
    ("ज्ञानेन्द्र", "Gyanendra"),
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


@pytest.mark.parametrize(("native", "latin"), SPELLED)
def test_a_word_is_spelled_nearly_as_a_pen_would(native: str, latin: str) -> None:
    [word] = words(native)
    assert fuzz.ratio(word.latin, latin.lower()) >= 80, word.latin


@pytest.mark.parametrize(
    ("written", "read", "why"),
    [
        (
            "김민준",
            ["kim", "min", "jun"],
            "a Korean name: surname as it is mostly written, given name by syllables",
        ),
        ("마리아", ["maria"], "a foreign name in Korean letters is one word"),
        ("한나라", ["hannara"], "and one that might be Korean, but for syllables of foreign names"),
        ("王伟", ["wang", "wei"], "a Chinese name: surname first, its own syllables"),
        ("欧阳", ["ouyang"], "no surname of one sign"),
        ("伊莎贝拉", ["isabera"], "a foreign name by ear is spelled as one"),
        ("馬丁", ["madin"], "also where it begins like a surname"),
    ],
)
def test_a_name_without_spaces_is_parted_where_it_is_one(written: str, read: list[str], why: str) -> None:
    assert [word.latin for word in words(written)] == read, why


@pytest.mark.parametrize(
    ("native", "latin"),
    [("김민준", "Kim Min-jun"), ("李小龙", "Li Xiaolong"), ("Усама бин Ладен", "Osama bin Laden")],
)
def test_names_of_several_words_share_a_key_and_are_alike(native: str, latin: str) -> None:
    one, other = Record("x", names=(native,)), Record("y", names=(latin,))
    secret = b"a secret of tests"
    assert keys(one, secret).keys() & keys(other, secret).keys()
    a, b = (features(record, Rarity())["name"] for record in (one, other))
    assert levels.names(*(a[part] for part in a.dtype.names), *(b[part] for part in b.dtype.names))[0] >= 5


def test_words_that_link_names_are_known_in_each_writing() -> None:
    assert [word.latin for word in words("عمر بن خالد")][1] == "bin"
    assert [word.latin for word in words("דוד בן גוריון")][1] == "ben"
    assert [word.latin for word in words("Усама бин Ладен")][1] == "bin"


@pytest.mark.parametrize(
    ("native", "latin", "others"),
    [
        ("Хрущов", "khrushchov", ["kurchatov", "karasev", "hrabal", "kushner"]),
        ("محمد", "muhammad", ["ahmad", "hamid", "madani", "munir"]),
        ("크리스토퍼", "christopher", ["christina", "crispin", "kristof", "gregor"]),
        ("伊莎貝拉", "isabella", ["elisabeth", "sibylla", "ishbel", "abela"]),
    ],
)
def test_letters_say_which_word_it_is(native: str, latin: str, others: list[str]) -> None:
    fit = likelihoods(words(native)[0], lettered([latin, *others]))
    assert fit[0] == max(fit)


def test_letters_weigh_as_they_were_seen_together() -> None:
    """Half of all p are written with the first sign: 0.25 of 0.5. What was never seen is next to nothing."""
    table = Table.of({"б": {"b": 0.25, "p": 0.25}, "п": {"p": 0.25}, "т": {"t": 0.25}})
    fit = np.exp(table.likelihoods(("б", "т"), lettered(["bt", "pt", "tt"])))
    assert fit == pytest.approx([1.0, 0.5, 0.0], abs=1e-3)


@pytest.mark.parametrize(
    ("name", "units"),
    [
        ("ג'ורג'", ("ג'", "ו", "ר", "ג'")),
        ("ג׳ורג׳", ("ג'", "ו", "ר", "ג'")),
        ("וורה", ("וו", "ר", "ה")),
        ("الحسن", ("ال", "ح", "س", "ن")),
        ("الكسي", ("ال", "ك", "س", "ي")),
        ("ألكسي", ("ا", "ل", "ك", "س", "ي")),
        ("محمّد", ("م", "ح", "م", "د")),
        ("Пётр", ("п", "ё", "т", "р")),
        ("한", ("ᄒ", "ᅡ", "ᆫ")),
        ("貝贝", ("bei", "bei")),
    ],
)
def test_the_units_that_a_writing_is_read_by(name: str, units: tuple[str, ...]) -> None:
    assert words(name)[0].units == units


@pytest.mark.parametrize(
    ("kana", "latin"), [("キョーコ", "kyoko"), ("ジェシカ", "jeshika"), ("ヒョウゴ", "hyougo")]
)
def test_a_small_kana_is_no_syllable(kana: str, latin: str) -> None:
    assert words(kana)[0].latin == latin


def test_letters_of_a_writing_that_was_not_learned_are_refused() -> None:
    with pytest.raises(ValueError, match="no letters were learned"):
        likelihoods(words("Tanaka")[0], lettered(["tanaka"]))


def test_a_question_tries_more_than_an_index_stores() -> None:
    for name in ("크리스토퍼", "伊莎貝拉 張", "Александр Иванов"):
        stored, tried = (ask(Record("x", names=(name,)), b"a secret of tests") for ask in (keys, asked))
        assert stored.items() < tried.items()
    latin = Record("x", names=("Isabella Chang",))
    assert keys(latin, b"a secret of tests") == asked(latin, b"a secret of tests")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Youssef", "Yusif", True),
        ("Mohammed", "Muhamed", True),
        ("Philippe", "Filip", True),
        ("Schmidt", "Smit", True),
        ("Zhukov", "Jukov", True),
        ("Katerina", "Catherina", True),
        ("Maria", "Mariana", False),
    ],
)
def test_a_plain_spelling_leaves_out_what_pens_vary(one: str, other: str, same: bool) -> None:
    assert (plain(one.lower()) == plain(other.lower())) is same


@pytest.mark.parametrize(
    ("typed", "latin"),
    [
        ("  MÜLLER\u200f-Özdemir ", ["muller", "ozdemir"]),
        ("O’Neil", ["oneil"]),
        ("आनंद", ["anand"]),
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
    [("russian", 0.94), ("arabic", 0.93), ("hebrew", 0.93), ("korean", 0.77), ("chinese", 0.80)],
)
def test_real_names_that_were_not_learned_from_meet(language: str, least: float, tmp_path: Path) -> None:

    writing = LANGUAGES[language]
    few = tmp_path / "few.gz"
    with gzip.open(TRANSLITERATION / f"wd_{language}_16.gz", "rt", encoding="utf-8") as every:
        few.write_bytes(gzip.compress("".join(islice(every, 1500)).encode()))
    given = pairs(few, writing)
    met = sum(bool(set(readings(pair.latin)) & set(read(pair.units, writing, 8))) for pair in given)
    assert met / len(given) >= least


def test_signs_that_are_read_beforehand_need_no_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("anyascii._blocks", {})
    ready()
    monkeypatch.setattr("anyascii.read_binary", lambda *_: pytest.fail("a table was read at a name"))
    assert anyascii("Ђура 王小明 김민수 ሰላም")
