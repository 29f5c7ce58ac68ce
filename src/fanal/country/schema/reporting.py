"""The reports that the coordination owes, and how each is built up."""

from dataclasses import dataclass

from .facts import Fact, Text, to


@dataclass(frozen=True, kw_only=True)
class ReportKind(Fact):
    """A kind of report. `prefix` begins its references; `months` is its rhythm, 0 without one.

    `to_whom` it is made; `title` stands on its cover and may name the matter, which no address and no file name does.
    """

    label: Text
    title: Text
    to_whom: Text
    prefix: str
    months: int = 0


@dataclass(frozen=True, kw_only=True)
class ReportSection(Fact):
    """A section of the outline that a kind of report starts with, in the order of the pack.

    `parent`: the section it stands under. `asked`: the units whose contribution is asked. `assembles`: what fills it
    by itself (`figures`, `plans`, `decisions`, `recommendations`). `words`: the text it starts with.
    """

    kind: str = to("report_kind")
    title: Text
    parent: str = to("report_section", default="")
    asked: tuple[str, ...] = to("unit", default=())
    assembles: str = ""
    words: Text | None = None
