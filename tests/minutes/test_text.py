"""What is pasted from a word processor becomes clean lines, and lines become the blocks of a document."""

from fanal.documents.model import Heading, List, Paragraph, Table, plain
from fanal.minutes.rules.text import blocks, plain_lines

WORD = (
    '<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>'
    + "p.MsoNormal {margin:0cm; font-family:Calibri; mso-fareast-language:EN-US;}\n" * 3000
    + "</style><!--[if gte mso 9]><xml><w:WordDocument></w:WordDocument></xml><![endif]--></head><body>"
    '<p class="MsoNormal" style="mso-list:none"><b>Décidé</b> : la note est <span lang="FR-BE">'
    "adoptée</span>.<o:p></o:p></p>"
    "<ul><li>un</li><li>deux</li></ul><table><tr><td>a</td><td>b</td></tr><tr><td>1</td><td>2</td></tr></table>"
    "<script>alert(1)</script></body></html>"
)


def test_two_hundred_kilobytes_of_styles_become_clean_lines() -> None:
    assert len(WORD) > 200_000
    assert plain_lines(WORD).split("\n") == [
        "Décidé : la note est adoptée.",
        "- un",
        "- deux",
        "| a | b",
        "| 1 | 2",
    ]


def test_plain_words_stay_as_they_were_typed() -> None:
    for words in ("a < b and c > d", "1\r\n2", "- un\n- deux", "état « oui »", "日本 عربي ελλ"):
        assert plain_lines(words) == words.replace("\r\n", "\n")
    assert plain_lines("a\x00b\x0bc") == "abc"


def test_lines_become_blocks() -> None:
    heading, first, points, table, last = blocks("# Title\nfirst\n- one\n- two\n| a | b\n| 1\nlast")
    assert isinstance(heading, Heading)
    assert isinstance(first, Paragraph)
    assert isinstance(points, List)
    assert len(points.items) == 2
    assert isinstance(table, Table)
    assert [plain(cell.content) for cell in table.rows[0]] == ["1", ""]
    assert isinstance(last, Paragraph)
