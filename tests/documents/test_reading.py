"""A Word document becomes prose: its structure stays, its dress goes; what is no honest document is refused."""

import io
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import date

import pypandoc
import pytest
from tests.documents import samples

from fanal.documents import prose, publish
from fanal.documents.model import Document, Frame, Heading, List, Note, Paragraph, Quote, Table
from fanal.documents.publish import Unreadable, read_docx
from fanal.sandbox.cage import CONFINED_NOT

ON = date(2026, 11, 22)


def document() -> bytes:
    """As Word would save it: headings, lists, a table, a note, links."""
    plain = replace(samples.report(), blocks=prose.blocks(samples.PROSE.replace('data-ref="cases"', "")))
    return publish.publish(replace(plain, frame=Frame()), "docx", ON)


def with_file(data: bytes, name: str, content: bytes) -> bytes:
    made = io.BytesIO(data)
    with zipfile.ZipFile(made, "a") as archive:
        archive.writestr(name, content)
    return made.getvalue()


def test_its_structure_stays_and_its_dress_goes() -> None:
    html = read_docx(document())
    assert prose.clean(html) == html
    assert "style" not in html
    blocks = prose.blocks(html)
    kinds = [type(each) for each in blocks]
    assert kinds.count(Heading) >= 2
    assert {Paragraph, List, Quote, Table} <= set(kinds)
    table = next(each for each in blocks if isinstance(each, Table))
    assert (len(table.header), len(table.rows), table.header_columns) == (1, 2, 0)  # Word has no row headers
    listed = next(each for each in blocks if isinstance(each, List))
    assert any(isinstance(inner, List) and inner.ordered for inner in listed.items[0])
    notes = [
        run for each in blocks if isinstance(each, Paragraph) for run in each.content if isinstance(run, Note)
    ]
    assert len(notes) == 1
    assert "La note & ses mots." in html.replace("&amp;", "&").replace("<em>", "").replace("</em>", "")
    assert "<strong>texte</strong>" in html
    assert "lien" in html


def test_our_own_report_can_be_read_again() -> None:
    """Its charts are drawings; they go, their figures stay as tables."""
    html = read_docx(publish.publish(samples.report(), "docx", ON))
    assert html.count("<table>") == 4
    assert "inconnu" in html


@pytest.mark.parametrize(
    ("spoiled", "why"),
    [
        (lambda _: b"", "empty"),
        (lambda _: b"%PDF-1.7 nothing", None),
        (lambda _: b"just words", "not_on_the_list"),
        (lambda data: data[:900], None),
        (lambda data: with_file(data, "word/vbaProject.bin", b"x"), "macros"),
        (lambda data: with_file(data, "word/embeddings/a.docx", b"PK\x03\x04"), "embedded"),
        (lambda data: with_file(data, "../up", b"x"), "odd_names"),
        (lambda data: with_file(data, "word/media/a.svg", b"<svg><script>1</script></svg>"), "macros"),
        (lambda _: publish.publish(Document("x", "fr", ()), "odt", ON), "not_on_the_list"),
    ],
)
def test_what_is_no_honest_document_is_refused(spoiled, why) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(Unreadable) as refused:
        read_docx(spoiled(document()))
    assert refused.value.field == "file"
    assert str(refused.value.message)
    if why:
        assert refused.value.facts["why"] == why


def test_the_program_that_reads_has_no_network_and_no_files() -> None:
    pandoc = pypandoc.get_pandoc_path()
    inside = [sys.executable, "-I", "-m", "fanal.sandbox.taken_over", "10", pandoc, "-t", "plain", "-f"]
    told = subprocess.run([*inside, "markdown"], input=b"# hi", capture_output=True, check=False)
    assert told.returncode != CONFINED_NOT
    assert told.stdout == b"hi\n"
    asked = subprocess.run([*inside, "html", "http://127.0.0.1:9/"], capture_output=True, check=False)
    assert asked.returncode
    assert b"Operation not permitted" in asked.stderr or b"unreachable" in asked.stderr
    opened = subprocess.run([*inside, "markdown", "-o", "/tmp/fanal-never"], input=b"x" * 99, check=False)
    assert opened.returncode
