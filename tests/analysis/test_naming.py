"""Pairs of names as people and clerks write them, each with a sentence why. All names are invented."""

from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fanal.analysis.matching.naming import NameLevel, pair
from fanal.analysis.matching.record import Kind
from fanal.analysis.matching.writings import words

NONE, DIFFERENT, CONTRADICTED, LITTLE, PROBABLE, ALIKE, SAME = NameLevel
PERSONS = [
    # order, case, signs
    ("Amina Verstappen", "VERSTAPPEN Amina", SAME, "forms ask for the family name first"),
    ("Amina Verstappen", "Verstappen, Amina", SAME, "or put a comma after it"),
    ("Zoé Lefèvre", "ZOE LEFEVRE", SAME, "capitals lose accents"),
    ("Anne-Lise Peeters", "Annelise Peeters", SAME, "hyphens come and go"),
    ("Amina\u200b Verst\u00adappen", "Amina Verstappen", SAME, "copied text hides joiners and soft hyphens"),
    ("Amina\x00\tVerstappen", "Amina Verstappen", SAME, "a control sign is a space"),
    ("Amina 😀 Verstappen", "Amina Verstappen", SAME, "an emoji is no name"),
    ("AminaVerstappen", "Amina Verstappen", SAME, "a space that was forgotten"),
    ("Amina Verst appen", "Amina Verstappen", SAME, "a space too many"),
    ("animA neppatsreV", "Amina Verstappen", PROBABLE, "copied from text that ran from right to left"),
    # slips
    ("Amina Verstapen", "Amina Verstappen", ALIKE, "a doubled letter written once"),
    ("Aimna Verstappen", "Amina Verstappen", ALIKE, "two letters exchanged"),
    ("Amina Verstegen", "Amina Verstappen", CONTRADICTED, "another family name that begins the same"),
    ("Olga Baranova", "Oleg Baranov", CONTRADICTED, "an a at the end makes a woman's name"),
    ("Li Wen", "Lu Wen", CONTRADICTED, "in two letters there is no room for a slip"),
    # left out, added
    ("Amina Fatou Verstappen", "Amina Verstappen", PROBABLE, "a second given name is often left out"),
    ("Amina Verstappen-Claes", "Amina Verstappen", PROBABLE, "married: her husband's name comes after hers"),
    ("Amina Claes née Verstappen", "Amina Verstappen", PROBABLE, "married: her own name comes after née"),
    ("Amina Claes", "Amina Verstappen", CONTRADICTED, "married: only one of the two names is known"),
    ("Amina Fatou Verstappen", "Amina Rokia Verstappen", CONTRADICTED, "sisters"),
    ("Amina", "Amina Verstappen", LITTLE, "a given name alone"),
    ("Amina Verstappen", "Amina Rosa Maria Ines Verstappen", LITTLE, "more is left out than said"),
    ("Amina Amina Verstappen", "Amina Verstappen", SAME, "a word typed twice"),
    # initials, short forms, titles
    ("A. Verstappen", "Amina Verstappen", ALIKE, "an initial contradicts nothing"),
    ("B. Verstappen", "Amina Verstappen", CONTRADICTED, "another initial does"),
    ("J.-P. Claes", "Jean-Paul Claes", ALIKE, "two initials"),
    ("Jef Claes", "Jozef Claes", ALIKE, "a short form"),
    ("Sasha Baranov", "Aleksandr Baranov", ALIKE, "a short form in another language"),
    ("Bob Claes", "Robert Claes", ALIKE, "and one that shares no first letter"),
    ("Bob Claes", "Herman Claes", CONTRADICTED, "Bob is no Herman"),
    ("Mme Amina Verstappen", "Amina Verstappen", SAME, "a title is no name"),
    ("Verstappen, Dr. Amina", "Amina Verstappen", SAME, "nor is it after a comma"),
    ("Haji Yusuf Karimzad", "Yusuf Karimzad", SAME, "so is one who went to Mecca"),
    ("Yusuf Khan Karimzad", "Yusuf Karimzad", PROBABLE, "a title that is also a name is a word too many"),
    ("Hans King", "Hans Bishop", CONTRADICTED, "but at its end it is one"),
    ("King, Hans", "Hans King", SAME, "and before the comma"),
    ("Mevrouw Verstappen", "Amina Verstappen", PROBABLE, "a title before the family name"),
    ("Mevrouw Amina", "Amina Verstappen", LITTLE, "not before the given name"),
    # particles, descent, generations
    ("Amina van den Broek", "Amina Vandenbroek", SAME, "particles are written apart or not"),
    ("Amina van den Broek", "Broek, Amina van den", SAME, "or after the name"),
    ("Yusuf al-Karim", "Yusuf Alkarim", SAME, "so is the Arabic article"),
    ("Yusuf bin Tariq", "Yusuf ibn Tariq", SAME, "bin and ibn are one word"),
    ("Yusuf bin Tariq al-Karim", "Tariq bin Yusuf al-Karim", CONTRADICTED, "father and son exchanged"),
    ("Yusuf Tariq al-Karim", "Tariq Yusuf al-Karim", SAME, "without bin nobody knows who is whose"),
    ("Abd al-Aziz Karimzad", "Abdulaziz Karimzad", ALIKE, "servant of: one name in one word or three"),
    ("Mohammed Yusuf Karimzad", "Yusuf Karimzad", PROBABLE, "Mohammed is left out by many who bear it"),
    ("Mohd Karimzad", "Muhammad Karimzad", SAME, "and written in many ways"),
    ("Ivan Petrovich Baranov", "Ivan Baranov", PROBABLE, "a patronymic is often left out"),
    ("Ivan Petrovich Baranov", "Ivan Sergeevich Baranov", CONTRADICTED, "cousins: another father"),
    ("Hans Claes Sr.", "Hans Claes Jr.", CONTRADICTED, "father and son say so themselves"),
    ("Hans Claes Jr.", "Hans Claes", SAME, "the younger is not always called so"),
    ("Hans Claes", "Hans Claes", SAME, "father and son with one name: only their birth dates tell"),
    # writings
    ("Мария Иванова", "Maria Ivanova", ALIKE, "Cyrillic"),
    ("محمد حسن", "Mohammed Hassan", ALIKE, "Arabic, without its short vowels"),
    ("Γιώργος Παπαδάκης", "Giorgos Papadakis", SAME, "Greek, read letter by letter"),
    ("マリア・サントス", "Maria Santos", ALIKE, "Kana"),
    ("Youssef Gaddafi", "Yusuf Qadhafi", ALIKE, "one Arabic name romanised by two hands"),
    ("Iouri Chevtchenko", "Yuri Shevchenko", ALIKE, "the French and the English way"),
    ("Юрий Baranov", "Yuri Баранов", ALIKE, "two writings in one name"),
    ("Sergejs Baranovs", "Sergey Baranov", ALIKE, "Latvian puts an s at the end"),
    ("Jörg Müller", "Joerg Mueller", ALIKE, "German without its dots"),
    # nothing to compare
    ("", "Amina Verstappen", NONE, "no name"),
    ("😀 12", "Amina Verstappen", NONE, "no letter"),
    ("Mr", "Mr", SAME, "a title alone is all there is"),
    ("Amina Verstappen", "Jan Kowalski", DIFFERENT, "nothing in common"),
    ("x" * 10_000, "Amina Verstappen", DIFFERENT, "ten thousand letters"),
]
ORGANISATIONS = [
    # legal forms
    ("Zonnebloem BV", "Zonnebloem BVBA", SAME, "the Belgian law of 2019 renamed the form"),
    ("Tournesol SRL", "Tournesol SPRL", SAME, "in French too"),
    ("Zonnebloem BV", "Zonnebloem SRL", SAME, "one form in two languages of the country"),
    ("Zonnebloem NV", "Zonnebloem SA", SAME, "and the other"),
    ("Zonnebloem VZW", "ASBL Zonnebloem", SAME, "an association, before or after its name"),
    ("Lindenhof GmbH", "Lindenhof Gesellschaft mit beschränkter Haftung", SAME, "written out"),
    ("Lindenhof G.m.b.H.", "Lindenhof GmbH", SAME, "with points"),
    ("Lindenhof S. à r.l.", "Lindenhof SARL", SAME, "with points, spaces and an accent"),
    ("Lipa Sp. z o.o.", "Lipa Spółka z ograniczoną odpowiedzialnością", SAME, "Polish"),
    ("ООО «Липа»", "Lipa OOO", SAME, "Russian, before the name"),
    ("ООО Липа", "Общество с ограниченной ответственностью Липа", SAME, "and written out"),
    ("株式会社ひまわり", "ひまわり", SAME, "Japanese, without a space"),
    ("Lindenhof", "Lindenhof AG", SAME, "the form is left out"),
    ("Lindenhof AG", "Lindenhof GmbH", CONTRADICTED, "two forms: two companies of one group"),
    ("Lindenhof Company", "Lindenhof Ltd", SAME, "a word that any company may bear contradicts no form"),
    ("Lindenhof CVBA", "Lindenhof BV", SAME, "cooperatives became limited companies"),
    ("SA", "SA", SAME, "a form alone is the name"),
    # words
    ("Bakkerij De Zonnebloem", "De Zonnebloem Bakkerij", SAME, "word order"),
    ("The Sunflower Bakery", "Sunflower Bakery", SAME, "an article is no word that tells"),
    ("Linden & Sohn", "Linden und Sohn", SAME, "and in every language"),
    ("Zonnebloem Group", "Zonnebloem", PROBABLE, "a word that many organisations have"),
    ("Zonnebloem Belgium", "Zonnebloem", PROBABLE, "a branch says where it is"),
    ("Zonnebloem Belgium", "Zonnebloem France", CONTRADICTED, "two branches"),
    ("Zonnebloem Trust", "Zonnebloem", LITTLE, "a word that tells: another company of the group"),
    ("Lindenhof Oil Company", "Lindenhof Gas Company", CONTRADICTED, "another trade"),
    ("Sonnenblume Logistik Ost", "Sonnenblume Logstik Ost", ALIKE, "a slip"),
    ("Linden Hof", "Lindenhof", SAME, "a space"),
    ("Zonnebloem Int'l Transport", "International Transport Zonnebloem", SAME, "a common short form"),
    ("L.H. Bakery", "LH Bakery", SAME, "initials with points"),
    ("LHS Transport", "Linden Hof Sonne Transport", ALIKE, "an acronym"),
    # numbers
    ("Brigade Forty-Four", "Brigade 44", SAME, "a number in words"),
    ("Lindenfonds IV", "Lindenfonds 4", SAME, "a Roman number"),
    ("Lindenfonds 4", "Lindenfonds 5", PROBABLE, "another number: a slip or a sister, somebody must look"),
    ("MV Sonnenblume", "Sonnenblume", SAME, "what kind of ship"),
]


@pytest.mark.parametrize(("one", "other", "level", "why"), PERSONS)
def test_persons(one: str, other: str, level: NameLevel, why: str) -> None:
    assert pair(one, other).level is level, why
    assert pair(other, one) == pair(one, other), "which of the two is asked about changes nothing"


@pytest.mark.parametrize(("one", "other", "level", "why"), ORGANISATIONS)
def test_organisations(one: str, other: str, level: NameLevel, why: str) -> None:
    found = pair(one, other, Kind.ORGANISATION)
    assert found.level is level, why
    assert pair(other, one, Kind.ORGANISATION) == found, "which of the two is asked about changes nothing"


def test_a_higher_level_is_a_higher_score() -> None:
    found = sorted({(m.level, m.score) for one, other, *_ in PERSONS for m in [pair(one, other)]})
    scores = [score for _, score in found]
    assert scores == sorted(scores)
    assert scores[0] == 0
    assert scores[-1] == 1


def test_a_name_of_ten_thousand_letters_costs_no_more_than_a_long_one() -> None:
    pair("Amina Verstappen", "Amina Claes")  # compiled
    started = process_time()
    for n in range(20):
        pair(f"Amina {n} " * 1_000, "Verstappen " * 1_000 + str(n))
    assert process_time() - started < 0.2


NAMES = st.text(max_size=60) | st.text(alphabet="ab Al'`-9\u0645\u0430", max_size=40)


@settings(max_examples=200, deadline=None)
@given(NAMES, NAMES, st.sampled_from(Kind))
def test_whatever_is_written_is_compared_the_same_from_both_sides(one: str, other: str, kind: Kind) -> None:
    found = pair(one, other, kind)
    assert found == pair(other, one, kind)
    assert 0 <= found.score <= 1
    if found.level > NONE:
        assert pair(one, one, kind).level is SAME


@given(st.text(alphabet=[chr(code) for code in range(128)], max_size=80))
def test_plain_letters_are_read_as_all_others_are(name: str) -> None:
    assert words(name) == words(f"{name} 😀"), "an emoji makes it read sign by sign, and is no word"
