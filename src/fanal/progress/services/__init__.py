"""Every act on progress: reporting, remarking, reviewing, ruling, sheets, reminders."""

from .reminding import remind
from .reporting import MOST_PIECES, Draft, Figure, Piece, may_remark, may_report, remark, report
from .reviewing import review, rule
from .sheets import COLUMNS, Line, Preview, import_sheet, pieces, preview, sheet

__all__ = [
    "COLUMNS",
    "MOST_PIECES",
    "Draft",
    "Figure",
    "Line",
    "Piece",
    "Preview",
    "import_sheet",
    "may_remark",
    "may_report",
    "pieces",
    "preview",
    "remark",
    "remind",
    "report",
    "review",
    "rule",
    "sheet",
]
