"""Letters are read back as a screen reader would: text, tags, language, title; they say no dangerous word."""

import io
from datetime import date
from typing import Any

import pytest
from pypdf import PdfReader

from fanal.documents.rules import Indiscreet, demand_discreet, forbidden_words
from fanal.documents.services import Letter, Unprintable, render_letter

CONTENT: dict[str, Any] = {
    "subject": "Document de séjour temporaire",
    "reference": "P-9QX4-2M9C",
    "on": date(2026, 11, 24),
    "sender": ["Office des étrangers", "Boulevard Pacheco 44", "1000 Bruxelles"],
    "recipient": ["Centre d'accueil", "À l'attention de la direction"],
    "blocks": [
        {"kind": "text", "text": 'Le document est délivré pour 45 jours. #panic("no") $x$ *gras* @toto'},
        {"kind": "heading", "text": "Conditions"},
        {"kind": "list", "items": ["Première condition", "Deuxième condition"]},
        {"kind": "facts", "rows": [["Nom", "Μαρία Мария Şükrü"], ["Du", "24.11.2026"]]},
        {"kind": "table", "header": ["Document", "Du"], "rows": [["Annexe 15", "24.11.2026"]]},
        {"kind": "note", "text": "Un recours est ouvert pendant trente jours."},
    ],
    "signature": ["Pour la cellule", "Une agente"],
}


def letter(language: str = "fr", **changes: Any) -> Letter:
    return render_letter("letter", language, {**CONTENT, **changes})


def read(made: Letter) -> PdfReader:
    return PdfReader(io.BytesIO(made.content))


def text_of(made: Letter) -> str:
    return " ".join(" ".join(page.extract_text() for page in read(made).pages).split())


def test_its_text_can_be_read_back_in_any_script() -> None:
    text = text_of(letter())
    for said in (
        "Document de séjour temporaire",
        "P-9QX4-2M9C",
        "24 novembre 2026",
        "Deuxième condition",
        "Μαρία",
    ):
        assert said in text
    assert "Notre référence" in text


def test_it_is_tagged_and_says_its_language_and_title() -> None:
    root = read(letter()).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"].value
    assert str(root["/Lang"]).lower().startswith("fr")
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value
    assert read(letter()).metadata.title == "Document de séjour temporaire"
    assert _tags(root["/StructTreeRoot"]) >= {"/H1", "/H2", "/P", "/L", "/LI", "/Table", "/TH", "/TD"}


def test_it_claims_pdf_ua() -> None:
    metadata = read(letter()).trailer["/Root"]["/Metadata"].get_data().decode()
    assert "pdfuaid:part>1<" in metadata


@pytest.mark.asvs("1.2.8")
def test_values_are_shown_and_never_run() -> None:
    assert '#panic("no") $x$ *gras* @toto' in text_of(letter())


@pytest.mark.parametrize(
    ("language", "words"),
    [("nl", "Ons kenmerk"), ("de", "Unser Zeichen"), ("en", "Our reference"), ("fr", "Notre référence")],
)
def test_it_speaks_the_language_asked_for(language: str, words: str) -> None:
    made = letter(language)
    assert words in text_of(made)
    assert str(read(made).trailer["/Root"]["/Lang"]).lower().startswith(language)


def test_the_same_values_make_the_same_bytes() -> None:
    assert letter().content == letter().content


def test_a_long_letter_numbers_its_pages() -> None:
    long = letter(blocks=[{"kind": "text", "text": "Un paragraphe. " * 60}] * 12)
    assert len(read(long).pages) > 1
    assert f"2 / {len(read(long).pages)}" in text_of(long)


@pytest.mark.parametrize(
    "changes",
    [
        {"subject": "Victime de traite"},
        {"sender": ["Cellule mensenhandel"]},
        {"blocks": [{"kind": "list", "items": ["Opfer von Menschenhandel"]}]},
        {"blocks": [{"kind": "table", "header": ["x"], "rows": [["human trafficking"]]}]},
        {"signature": ["MINTEH"]},
        {"reference": "TEH-2026"},
    ],
)
def test_r_doc_1_a_letter_that_says_the_word_is_not_made(changes: dict[str, Any]) -> None:
    with pytest.raises(Indiscreet):
        letter(**changes)


@pytest.mark.parametrize("template", ["../letter", "nothing", "letter.typ", ""])
def test_only_known_templates(template: str) -> None:
    with pytest.raises(ValueError, match="no letter template"):
        render_letter(template, "fr", CONTENT)


def test_a_script_without_a_font_is_said_and_not_printed_as_boxes() -> None:
    with pytest.raises(Unprintable):
        letter(subject="Document \U000f0000")


def test_a_letter_without_a_reference_is_not_made() -> None:
    with pytest.raises(ValueError, match="reference"):
        render_letter("letter", "fr", {k: v for k, v in CONTENT.items() if k != "reference"})


@pytest.mark.asvs("5.4.2")
def test_the_file_name_holds_the_reference_and_the_day() -> None:
    assert letter().filename == "P-9QX4-2M9C-2026-11-24.pdf"


@pytest.mark.parametrize(
    "text",
    [
        "la traite des êtres humains", "TRAITE", "Traite.", "traite_2026.pdf", "LettreTraite.pdf", "tra\u00adite",
        "trafic d’êtres humains", "trafic d'etres humains", "trafic  des êtres\nhumains", "TEH", "(teh)", "MINTEH",
        "mensenhandel", "Mensenhandelcel", "mensen­smokkel", "MENSENHANDELAARS", "Menschenhandel",
        "Menschenhandelsopfer", "Schleuser", "human trafficking", "anti-trafficking", "smuggled",
        "ｔｒａｆｆｉｃｋｉｎｇ",
        "?type=mensenhandel", "https://x.example/traite/",
    ],
)  # fmt: skip
def test_r_doc_1_the_word_is_found_however_it_is_written(text: str) -> None:
    assert forbidden_words(text)
    with pytest.raises(Indiscreet):
        demand_discreet(text)


@pytest.mark.parametrize(
    "text",
    [
        "un traiteur", "extraite", "portrait", "le trafic routier", "Utrechtse steenweg", "mensen", "handel",
        "Mensch", "Handel", "traffic", "théâtre", "P-TEHX-0001", "la personne est traitée avec respect", "",
    ],
)  # fmt: skip
def test_r_doc_1_other_words_stay(text: str) -> None:
    assert forbidden_words(text) == []


def test_a_country_may_name_other_words() -> None:
    assert forbidden_words("La linterna secreta", ("linterna",)) == ["linterna"]
    assert forbidden_words("traite", ("linterna",)) == []


def _tags(node: Any) -> set[str]:
    found: set[str] = set()
    pending = [node]
    while pending:
        one = pending.pop()
        one = one.get_object() if hasattr(one, "get_object") else one
        if isinstance(one, list):
            pending += one
        elif isinstance(one, dict):
            found.add(str(one.get("/S", "")))
            if "/K" in one:
                pending.append(one["/K"])
    return found
