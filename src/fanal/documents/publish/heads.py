"""Cells that name a row, told to screen readers (ISO 32000-1, 14.8.5.7): Typst tags header rows only."""

import io
from collections.abc import Iterator, Sequence

import pikepdf
from pikepdf import Dictionary, Name


def named(pdf: bytes, columns: Sequence[int]) -> bytes:
    """The same PDF with the first cells of each row as headers: `columns` says how many, table by table."""
    if not any(columns):
        return pdf
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        tables = (each for each in _parts(opened.Root.StructTreeRoot) if each.get("/S") == Name.Table)
        for table, heads in zip(tables, columns, strict=True):
            for row in (each for each in _parts(table) if each.get("/S") == Name.TR):
                for cell in [each for each in _children(row) if each.get("/S") == Name.TD][:heads]:
                    cell.S = Name.TH
                    cell.A = Dictionary(O=Name.Table, Scope=Name.Row)
        made = io.BytesIO()
        opened.save(made, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return made.getvalue()


def _parts(element: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """Every element below, in the order of reading."""
    for child in _children(element):
        yield child
        yield from _parts(child)


def _children(element: pikepdf.Object) -> list[pikepdf.Object]:
    kids = element.get("/K")
    found = list(kids) if isinstance(kids, pikepdf.Array) else [] if kids is None else [kids]
    return [each for each in found if isinstance(each, Dictionary) and "/S" in each]
