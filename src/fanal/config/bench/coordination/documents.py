"""A report of 110 pages with 48 tables and 36 charts in four formats, beside a peer where it is installed."""

from collections.abc import Callable, Iterator
from datetime import date
from importlib import import_module
from importlib.util import find_spec
from io import BytesIO
from random import Random
from time import perf_counter
from typing import ParamSpec

import pikepdf

from fanal.config.bench.results import Result
from fanal.documents import prose
from fanal.documents.model import (
    Block,
    Chart,
    CrossRef,
    Document,
    Frame,
    Kind,
    Paragraph,
    Series,
    Spec,
    Words,
    table,
    text,
)
from fanal.documents.publish import Format, publish

CHAPTERS, SECTIONS = 12, 4
"""Four tables and three charts in each chapter."""
ON = date(2026, 11, 22)
PDF_SECONDS, ALL_SECONDS = 5, 20
P = ParamSpec("P")
_TEXT = (
    "le service a organisé des formations pour les agents de première ligne dans les arrondissements et a évalué "
    "les résultats avec les partenaires pendant la période couverte par le rapport selon les objectifs du plan"
)


def others(*, scale: float) -> Iterator[Result]:
    """Seconds of the PDF and of all four formats; the peer draws the same page from the same HTML, in the same run."""
    report = invented(chapters=max(1, round(CHAPTERS * min(scale, 1))))
    publish(invented(chapters=1), Format.PDF, ON)  # fonts are read once in the life of a process
    made, seconds = {}, {}
    for format in Format:
        made[format], seconds[format] = _timed(publish, report, format, ON)
    pages = _pages(made[Format.PDF])
    yield Result(
        f"A report of {pages} pages to PDF (tagged)", seconds[Format.PDF], "s", most=PDF_SECONDS, note="Typst"
    )
    each = ", ".join(f"{format} {taken:.2f} s" for format, taken in seconds.items())
    yield Result("The report in four formats", sum(seconds.values()), "s", most=ALL_SECONDS, note=each)
    again = sum(publish(report, format, ON) == made[format] for format in Format)
    yield Result("Formats that are the same file when built again", again, "of 4", least=len(Format))
    yield from _peer(made[Format.HTML].decode())


def _peer(html: str) -> Iterator[Result]:
    """WeasyPrint, where somebody installed it beside us."""
    if find_spec("weasyprint") is None:
        return
    draw = import_module("weasyprint").HTML(string=html).write_pdf
    pdf, seconds = _timed(draw, pdf_variant="pdf/ua-1")
    yield Result(f"The peer: {_pages(pdf)} pages to PDF (tagged)", seconds, "s", note="WeasyPrint, our HTML")


def _timed(make: Callable[P, bytes], *args: P.args, **options: P.kwargs) -> tuple[bytes, float]:
    begun = perf_counter()
    made = make(*args, **options)
    return made, perf_counter() - begun


def _pages(pdf: bytes) -> int:
    with pikepdf.open(BytesIO(pdf)) as opened:
        return len(opened.pages)


def invented(*, chapters: int) -> Document:
    """A report of invented words and figures, always the same."""
    dice = Random(7)  # noqa: S311
    blocks: list[Block] = []
    for nth in range(chapters):
        blocks += prose.blocks(f"<h2>Chapitre {nth + 1}</h2><p>{_words(dice, 120)}</p>")
        for section in range(SECTIONS):
            blocks += _section(dice, nth, section)
    return Document("Rapport", "fr", tuple(blocks), Frame(reference="RAP", contents=True, numbered=True))


def _section(dice: Random, chapter: int, section: int) -> list[Block]:
    name = f"{chapter}_{section}"
    note = f'<span data-note="">{_words(dice, 15)}</span>'
    paragraphs = "".join(f"<p>{_words(dice, 80)}{note if n == 1 else ''}.</p>" for n in range(4))
    listed = "".join(f"<li>{_words(dice, 14)}</li>" for _ in range(6))
    blocks: list[Block] = list(
        prose.blocks(f"<h3>{_words(dice, 5)}</h3>{paragraphs}<ul>{listed}</ul>{paragraphs}", under=0)
    )
    rows = [
        [f"{2000 + n}", *(str(dice.randrange(3000)) for _ in range(4)), _words(dice, 6)] for n in range(16)
    ]
    head = ["Année", "Constats", "Poursuites", "Peines", "Suivis", "Remarque"]
    blocks.append(table(_words(dice, 6), head, rows, key=f"table_{name}"))
    blocks.append(Paragraph((Words("Voir "), CrossRef(f"table_{name}"), Words("."))))
    if section < 3:
        blocks.append(
            Chart(_spec(dice, section), text(_words(dice, 6)), _words(dice, 20), key=f"chart_{name}")
        )
    return blocks


def _spec(dice: Random, which: int) -> Spec:
    years = tuple(str(2015 + n) for n in range(10))
    series = tuple(Series(name, tuple(dice.randrange(10, 400) for _ in years)) for name in ("A", "B"))
    target = Series("Cible", tuple(float(100 + 20 * n) for n in range(10))) if which == 0 else None
    return Spec((Kind.LINE, Kind.BARS, Kind.STACKED)[which], "Année", years, series, target=target)


def _words(dice: Random, count: int) -> str:
    return " ".join(dice.choices(_TEXT.split(), k=count))
