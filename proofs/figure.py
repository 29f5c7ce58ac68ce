"""One measured figure beside its bar, and the page that shows them all."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from rich.table import Table

from fanal.config.commands.console import Tell

__all__ = ["Figure", "Tell", "as_rows", "page"]


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as printed, the bar it is held against, and whether it is reached."""

    name: str
    value: str
    bar: str
    reached: bool
    note: str = ""


def page(found: Sequence[tuple[str, Figure]]) -> Table:
    """The one page: (part, figure) in the order in which they were proven."""
    table = Table("part", "figure", "measured", "bar", "", "note")
    for part, figure in found:
        mark = "reached" if figure.reached else "[bold red]NOT reached[/]"
        table.add_row(part, figure.name, figure.value, figure.bar, mark, figure.note)
    return table


def as_rows(found: Sequence[tuple[str, Figure]]) -> list[dict[str, object]]:
    """The same as plain data."""
    return [{"part": part, **asdict(figure)} for part, figure in found]
