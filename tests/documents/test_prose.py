"""Prose is brought to a small safe subset, whatever comes; and read as blocks."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.documents import word

from fanal.documents import prose, typed
from fanal.documents.model import Break, Cell, FigureRef, Heading, List, Note, Paragraph, Table, Words, text

CLEANED = [
    ("<p>a</p>", "<p>a</p>"),
    ("<script>x</script><p onclick=x style='a'>a<img src=x></p>", "<p>a</p>"),
    ("<h1>A</h1><h2>B</h2><h6>C</h6>", "<h2>A</h2><h3>B</h3><h4>C</h4>"),
    ("<h2>A</h2><h5>C</h5>", "<h2>A</h2><h4>C</h4>"),
    ("<p><b>a</b> <i>b</i> <span style='font-weight:700'>c</span></p>",
     "<p><strong>a</strong> <em>b</em> <strong>c</strong></p>"),
    ("<b style='font-weight:normal'><p>x</p></b>", "<p>x</p>"),
    ("<a href='javascript:alert(1)'>a</a> <a href='#_Toc1'>b</a> <a href='https://x.be/'>c</a>",
     'a b <a href="https://x.be/">c</a>'),
    ("<div>a</div><div><p>b</p></div>", "<p>a</p><p>b</p>"),
    ("<p>&nbsp;</p><p> </p>", ""),
    ("<p style='display:none'>a</p><p>b</p>", "<p>b</p>"),
    ("<svg><title>a</title></svg><p>b</p>", "<p>b</p>"),
    ("<table><tr><td><p>a</p></td></tr></table>", "<table><tbody><tr><td>a</td></tr></tbody></table>"),
    ("<p>1 <span data-figure='v/1'></span><span data-x='1'>2</span></p>", '<p>1 <span data-figure="v/1"></span>2</p>'),
    ("<p>a<!-- b --></p>", "<p>a</p>"),
    ("<math><mi></mi><p>x", "<p>x</p>"),
]  # fmt: skip


@pytest.mark.parametrize(("given_html", "wanted"), CLEANED)
def test_what_is_not_in_the_subset_goes_and_the_words_stay(given_html: str, wanted: str) -> None:
    assert prose.clean(given_html) == wanted


def test_two_hundred_kilobytes_of_word_become_a_text() -> None:
    source = word.fragment()
    assert len(source) >= 200_000
    clean = prose.clean(source)
    assert clean.startswith(
        '<h2>Punt 1</h2><p>Met een noot<span data-note="">De noot van het verslag.</span>.</p>'
        "<ul><li>Eerste<ol><li>Onder</li></ol></li><li>Tweede</li></ul>"
        "<table><caption>Tabel 1: dossiers</caption><tbody><tr><th>Jaar</th><th>Aantal</th></tr>"
    )
    for gone in ("style", "Mso", "alert", "verborgen", "script", "o:p", "class"):
        assert gone not in clean
    assert prose.clean(clean) == clean
    assert "Alinea 7 met" in prose.words(clean)


PIECES = st.sampled_from(
    ["<p>", "</p>", "<ul>", "<li>", "</li></ul>", "<table><tr><td>", "</td></tr></table>", "<b>", "</b>", "<a href='",
     "https://x.be'>", "</a>", "<h1>", "</h1>", "x", " ", "&nbsp;", "<", ">", "&lt;script>", "<span data-note>",
     "</span>", "<sup>", "</sup>", "<div>", "</div>", "<br>", '"', "é", "<p style='mso-list:l0 level2'>", "<svg>"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=25).map("".join))
def test_nothing_dangerous_and_nothing_new_the_second_time(source: str) -> None:
    clean = prose.clean(source)
    assert prose.clean(clean) == clean
    assert not any(each in clean for each in ("<script", "<svg", "style=", "class=", "onclick"))
    prose.blocks(clean)


def test_it_is_read_as_blocks() -> None:
    html = (
        "<h2>A</h2><p>x <strong>y</strong><br>z<span data-note=''>n</span><span data-figure='v/1'></span></p>"
        "<ol><li>one<ul><li>two</li></ul></li></ol>"
        "<table><caption>C</caption><thead><tr><th>h</th><th>i</th></tr></thead>"
        "<tbody><tr><th>r</th><td colspan='2'>s</td></tr></tbody></table>"
    )
    heading, paragraph, listed, table = prose.blocks(prose.clean(html), under=1)
    assert heading == Heading(2, text("A"))
    assert paragraph == Paragraph(
        (Words("x "), Words("y", strong=True), Break(), Words("z"), Note(text("n")), FigureRef("v/1"))
    )
    assert listed == List(((Paragraph(text("one")), List(((Paragraph(text("two")),),))),), ordered=True)
    assert isinstance(table, Table)
    assert table.header == ((Cell(text("h")), Cell(text("i"))),)
    assert table.rows == ((Cell(text("r")), Cell(text("s"), columns=2)),)
    assert (table.header_columns, table.caption, table.width) == (1, text("C"), 3)


TYPED = [
    ("one\ntwo\n\nthree", "<p>one<br>two</p><p>three</p>"),
    ("# Title\n## Part\ntext", "<h2>Title</h2><h2>Part</h2><p>text</p>"),
    ("- a\n- b\n1. c", "<ul><li>a</li><li>b</li></ul><ol><li>c</li></ol>"),
    ("2 * 3 * 4 and **x** <i>", "<p>2 * 3 * 4 and <strong>x</strong> &lt;i&gt;</p>"),
    ("| a | b |\n|---|---|\n| 1 | 2 |",
     "<table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td>1</td><td>2</td></tr></tbody></table>"),
    ("", ""),
]  # fmt: skip


@pytest.mark.parametrize(("said", "wanted"), TYPED)
def test_plain_typing_has_a_structure(said: str, wanted: str) -> None:
    assert not typed.is_markup(said)
    assert typed.markup(said) == wanted


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="ab #-*|1.\n<>&", max_size=60))
def test_plain_typing_loses_no_word(said: str) -> None:
    words = prose.words(typed.markup(said))
    assert [c for c in words if c in "ab"] == [c for c in said if c in "ab"]
