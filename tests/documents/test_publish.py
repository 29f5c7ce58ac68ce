"""One source gives four files: what screen readers, Word and LibreOffice need is in each of them."""

import io
import os
import re
import shutil
import subprocess
import zipfile
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.utils import translation
from lxml import etree
from lxml import html as markup
from pypdf import PdfReader
from tests.documents import samples

from fanal.documents import charts, publish
from fanal.documents.model import Document, FigureRef, Heading, Paragraph, Words, text, with_figures
from fanal.documents.model import table as a_table
from fanal.documents.publish import Format, Unresolved
from fanal.documents.services import Unprintable

ON = date(2026, 11, 22)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ODF = {
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
    "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
}
_made: dict[tuple[str, Format], bytes] = {}


def made(format: Format, language: str = "fr") -> bytes:
    """Each file is made once for all tests."""
    key = (language, format)
    if key not in _made:
        _made[key] = publish.publish(samples.report(language), format, ON)
    return _made[key]


def parts(format: Format) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(made(format))) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def tags(element: Any, found: list[Any]) -> list[Any]:
    kids = element.get("/K")
    for kid in list(kids) if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            found.append(kid)
            tags(kid, found)
    return found


@pytest.mark.parametrize("format", list(Format))
def test_the_same_document_twice_is_the_same_file(format: Format) -> None:
    assert publish.publish(samples.report(), format, ON) == made(format)
    assert publish.publish(samples.report(), format, date(2026, 11, 23)) != made(format)


# PDF


def test_a_screen_reader_finds_its_way_in_the_pdf() -> None:
    with pikepdf.open(io.BytesIO(made(Format.PDF))) as pdf:
        root = pdf.Root
        assert bool(root.MarkInfo.Marked)
        assert str(root.Lang) == "fr-BE"
        assert bool(root.ViewerPreferences.DisplayDocTitle)
        assert pdf.open_metadata()["pdfuaid:part"] == "1"
        assert pdf.open_metadata()["dc:title"] == "Rapport d'essai"
        found = tags(root.StructTreeRoot, [])
        names = [str(each.S) for each in found]
        assert {"/H1", "/H2", "/P", "/L", "/LI", "/Table", "/TOC", "/TOCI", "/Link", "/Note"} <= set(names)
        figures = [str(each.Alt) for each in found if each.S == "/Figure"]
        assert figures == ["Les dossiers montent de 145 à 265.", "A & B l'emporte sur C."]
        for table in (each for each in found if each.S == "/Table"):
            head, *body = [row for row in tags(table, []) if row.S == "/TR"]
            assert {str(cell.S) for cell in head.K} == {"/TH"}
            for row in body:
                first, *others = row.K
                assert (str(first.S), str(first.A.Scope)) == ("/TH", "/Row")
                assert {str(cell.S) for cell in others} == {"/TD"}
        assert names.count("/Table") == 4
        assert all("/FontFile3" in str(f.keys()) or "/FontFile2" in str(f.keys()) for f in _descriptors(pdf))


def _descriptors(pdf: pikepdf.Pdf) -> list[Any]:
    return [
        each
        for each in pdf.objects
        if isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/FontDescriptor"
    ]


def test_its_words_and_lists_stand_in_the_pdf() -> None:
    reader = PdfReader(io.BytesIO(made(Format.PDF)))
    said = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    for words in (
        "Table des matières", "Liste des tableaux", "Liste des graphiques", "1.1 Détail", "Tableau 2 : Dossiers",
        "Graphique 1 : Dossiers et cible", "voir Tableau 2", "Voir Graphique 1", "La note & ses mots.", "inconnu",
        "RAP-2026-1", "22 novembre 2026",
    ):  # fmt: skip
        assert words in said
    assert "/XObject" not in reader.pages[3]["/Resources"] or not list(
        reader.pages[3].images
    )  # vectors, no pixels


def test_a_script_without_font_is_refused() -> None:
    with pytest.raises(Unprintable):
        publish.publish(Document("中文", "fr", ()), Format.PDF, ON)
    publish.publish(Document("Μαρία Мария Łódź Şükrü", "fr", ()), Format.PDF, ON)


# DOCX


def test_word_counts_lists_and_reads_aloud() -> None:
    found = parts(Format.DOCX)
    for name in (name for name in found if name.endswith((".xml", ".rels"))):
        etree.fromstring(found[name])
    root = etree.fromstring(found["word/document.xml"])
    instructions = [each.text.strip() for each in root.iter(f"{W}instrText")]
    assert [each for each in instructions if each.startswith("TOC")] == [
        r'TOC \o "1-3" \h \z \u', r'TOC \h \z \c "Table"', r'TOC \h \z \c "Chart"',
    ]  # fmt: skip
    assert sum(each.startswith("SEQ Table") for each in instructions) == 2
    assert sum(each.startswith("SEQ Chart") for each in instructions) == 2
    kinds = [each.get(f"{W}fldCharType") for each in root.iter(f"{W}fldChar")]
    assert kinds.count("begin") == kinds.count("separate") == kinds.count("end") == len(instructions)
    marks = {each.get(f"{W}name") for each in root.iter(f"{W}bookmarkStart")}
    assert {each.get(f"{W}anchor") for each in root.iter(f"{W}hyperlink")} - {None} <= marks
    assert {each.split()[1] for each in instructions if each.startswith("PAGEREF")} <= marks
    tables = list(root.iter(f"{W}tbl"))
    assert len(tables) == 4  # two, and the figures of two charts
    for table in tables:
        assert len(list(table.iter(f"{W}tblHeader"))) == 1
        assert table.find(f"{W}tblPr/{W}tblLook").get(f"{W}firstColumn") == "1"
    text_of = "".join(each.text or "" for each in root.iter(f"{W}t"))
    assert "Tableau 2 : Dossiers" in text_of
    assert "La note" in found["word/footnotes.xml"].decode()
    styles = etree.fromstring(found["word/styles.xml"])
    assert next(styles.iter(f"{W}lang")).get(f"{W}val") == "fr-BE"
    core = etree.fromstring(found["docProps/core.xml"])
    assert {"Rapport d'essai", "2026-11-22T00:00:00Z"} <= set(core.itertext())


def test_charts_are_vectors_with_words_in_word() -> None:
    found = parts(Format.DOCX)
    document = found["word/document.xml"].decode()
    relations = found["word/_rels/document.xml.rels"].decode()
    for nth, said in ((1, "Les dossiers montent de 145 à 265."), (2, "A &amp; B l'emporte sur C.")):
        assert document.count(f'descr="{said}"') == 2
        assert f'r:embed="chart{nth}svg"' in document
        assert f'Id="chart{nth}svg"' in relations
        assert found[f"word/media/chart{nth}.svg"].startswith(b"<svg ")
        assert found[f"word/media/chart{nth}.png"].startswith(b"\x89PNG")
    assert "data:image" not in document


# ODT


def test_libreoffice_counts_lists_and_reads_aloud() -> None:
    found = parts(Format.ODT)
    assert next(iter(found)) == "mimetype"
    root = etree.fromstring(found["content.xml"])
    assert [each.tag.rpartition("}")[2] for each in root.iterfind(".//text:index-body/..", ODF)] == [
        "table-of-content", "table-index", "illustration-index",
    ]  # fmt: skip
    assert len(root.findall(".//text:sequence", ODF)) == 4
    marks = {each.get(f"{{{ODF['text']}}}name") for each in root.iterfind(".//text:bookmark-start", ODF)}
    pages = {each.get(f"{{{ODF['text']}}}ref-name") for each in root.iterfind(".//text:bookmark-ref", ODF)}
    assert len(pages) == 7
    assert pages <= marks
    tables = root.findall(".//table:table", ODF)
    assert len(tables) == 4
    for table in tables:
        assert table.find("table:table-header-rows", ODF) is not None
        assert len(table.findall("table:table-header-columns/table:table-column", ODF)) == 1
    frames = root.findall(".//draw:frame", ODF)
    assert [each.find("svg:desc", ODF).text for each in frames] == [
        "Les dossiers montent de 145 à 265.", "A & B l'emporte sur C.",
    ]  # fmt: skip
    first = frames[0].find("draw:image", ODF).get("{http://www.w3.org/1999/xlink}href")
    assert found[first].startswith(b"<svg ")
    manifest = found["META-INF/manifest.xml"].decode()
    assert all(f'full-path="{name}"' in manifest for name in found if name.startswith("Pictures/"))
    assert b'fo:language="fr"' in found["styles.xml"]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize(("format", "picture"), [(Format.DOCX, ".png"), (Format.ODT, ".svg")])
def test_libreoffice_opens_it_without_loss(tmp_path: Path, format: Format, picture: str) -> None:
    """Opened and saved anew. LibreOffice before 24.2 shows the pixels of a DOCX, and always the vectors of an ODT."""
    (tmp_path / f"report.{format}").write_bytes(made(format))
    command = [
        "soffice",
        "--headless",
        f"-env:UserInstallation=file://{tmp_path}/profile",
        "--convert-to",
        "odt",
    ]
    subprocess.run(
        [*command, "--outdir", str(tmp_path / "out"), str(tmp_path / f"report.{format}")],
        check=True, capture_output=True, timeout=120, env={**os.environ, "HOME": str(tmp_path)},
    )  # fmt: skip
    with zipfile.ZipFile(tmp_path / "out" / "report.odt") as archive:
        root = etree.fromstring(archive.read("content.xml"))
        names = [each for each in archive.namelist() if each.startswith("Pictures/")]
    tables = root.findall(".//table:table", ODF)
    assert [len(each.findall(".//table:table-row", ODF)) for each in tables] == [3, 3, 5, 5]
    assert all(each.find("table:table-header-rows", ODF) is not None for each in tables)
    assert len([each for each in names if each.endswith((picture, ".svg"))]) == 2
    said = [each.text for each in root.iterfind(".//draw:frame/svg:desc", ODF)]
    assert said == ["Les dossiers montent de 145 à 265.", "A & B l'emporte sur C."]
    assert len(root.findall(".//text:note", ODF)) == 1
    assert len(root.findall(".//text:sequence", ODF)) == 4
    words = "".join(root.itertext())
    assert "Table des matières" in words
    assert "Tableau 2 : Dossiers" in words


# HTML


def test_the_page_stands_alone_and_is_read_in_order() -> None:
    page = made(Format.HTML).decode()
    root = markup.fromstring(page)
    assert root.get("lang") == "fr-BE"
    assert not root.xpath("//script | //link | //@onclick | //@style")
    assert "url(" not in page
    levels = [int(each.tag[1]) for each in root.iter("h1", "h2", "h3", "h4")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    identities = root.xpath("//@id")
    assert len(identities) == len(set(identities))
    assert {each[1:] for each in root.xpath("//a/@href") if each.startswith("#")} <= set(identities)
    assert [each.get("aria-label") for each in root.iter("svg")] == [
        "Les dossiers montent de 145 à 265.", "A & B l'emporte sur C.",
    ]  # fmt: skip
    for table in root.iter("table"):
        assert table.find("caption").text_content()
        assert all(each.get("scope") for each in table.iter("th"))
    assert "&lt;ainsi&gt;" in page


# What stops it, and the words of the frame


def test_what_leads_nowhere_stops_the_build_and_says_where() -> None:
    blocks = (Paragraph((FigureRef("victims/2019"), Words("a", link="#nowhere"))),)
    with pytest.raises(Unresolved) as stopped:
        publish.publish(Document("x", "fr", blocks), Format.HTML, ON)
    assert stopped.value.facts["missing"] == ["victims/2019", "#nowhere"]
    said = with_figures(blocks[:1], {"victims/2019": "145"}.__getitem__)
    assert said[0] == Paragraph((Words("145"), Words("a", link="#nowhere")))


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fr", ["Table des matières", "Tableau 1 : ", "Graphique 1 : ", "Données du Graphique 1"]),
        ("nl", ["Inhoudsopgave", "Tabel 1: ", "Grafiek 1: ", "Gegevens bij Grafiek 1"]),
        ("de", ["Inhaltsverzeichnis", "Tabelle 1: ", "Diagramm 1: ", "Daten zu Diagramm 1"]),
        ("en", ["Table of contents", "Table 1: ", "Chart 1: ", "Figures of Chart 1"]),
    ],
)
def test_the_frame_speaks_four_languages(language: str, words: list[str]) -> None:
    page = markup.fromstring(made(Format.HTML, language)).text_content()
    assert [each for each in words if each not in page] == []


def test_a_table_without_caption_has_its_number_alone() -> None:
    blocks = (a_table("", ["a"], [["1"]]), a_table("Lampes", ["a"], [["1"]]))
    page = publish.publish(Document("x", "fr", blocks), Format.HTML, ON).decode()
    assert "<caption>Tableau 1</caption>" in page
    assert "<caption>Tableau 2 : Lampes</caption>" in page
    for format in (Format.PDF, Format.DOCX, Format.ODT):
        assert publish.publish(Document("x", "fr", blocks), format, ON)


# Charts


def test_a_chart_draws_its_values_and_breaks_where_one_is_missing() -> None:
    with translation.override("fr"):
        line, bars = charts.svg(samples.line()), charts.svg(samples.bars())
        assert charts.cells(samples.line())[2] == ["2021", "inconnu", "140"]
        assert charts.cells(samples.bars())[1] == ["2020", "1\u00a0159", "20"]
    assert line.count("<polyline") == 2  # 2019–2020 of the values, and the target; 2022 stands alone
    assert line.count("<circle") == 3 + 1  # three values and the legend
    assert "A &amp; B" in bars
    heights = [float(each) for each in re.findall(r'height="([\d.]+)" fill="#1b4b8f"', bars)][1:]
    assert heights[1] == max(heights)
    assert heights[0] / heights[1] == pytest.approx(145 / 1159, abs=0.01)
    etree.fromstring(line)
    etree.fromstring(bars)


@pytest.mark.parametrize(
    "values", [(0, 0, 0, 0), (None,) * 4, (-5, 3, 0, 1), (0.001, 0.002, 0, 0), (1e9,) * 4]
)
def test_odd_values_are_drawn_too(values: tuple[float | None, ...]) -> None:
    for kind in charts.Kind:
        spec = charts.Spec(kind, "Year", samples.YEARS, (charts.Series("x", values),), decimals=3)
        drawn = charts.svg(spec)
        etree.fromstring(drawn)
        assert "nan" not in drawn
        assert "inf" not in drawn.replace("infinity", "")


def test_a_chart_of_nothing_or_of_unequal_series_is_refused() -> None:
    with pytest.raises(ValueError, match="needs categories"):
        charts.Spec(charts.Kind.BARS, "Year", (), ())
    with pytest.raises(ValueError, match="one value for each"):
        charts.Spec(charts.Kind.BARS, "Year", ("a",), (charts.Series("x", (1, 2)),))


def test_two_places_of_one_name_are_refused() -> None:
    twice = (Heading(1, text("a"), key="x"), Heading(1, text("b"), key="x"))
    with pytest.raises(Unresolved):
        publish.publish(Document("x", "fr", twice), Format.HTML, ON)
