"""The pages of the reports."""

from .contributions import accept, contribution, send, send_back, sign, withdraw, write
from .editions import (
    building,
    choose,
    edition,
    edition_file,
    freeze,
    progress,
    proof,
    public_edition,
    public_file,
    publish,
    published,
)
from .outline import add_section, ask, change_section, drop_section, move_section
from .reports import open_report, report, reports

__all__ = [
    "accept",
    "add_section",
    "ask",
    "building",
    "change_section",
    "choose",
    "contribution",
    "drop_section",
    "edition",
    "edition_file",
    "freeze",
    "move_section",
    "open_report",
    "progress",
    "proof",
    "public_edition",
    "public_file",
    "publish",
    "published",
    "report",
    "reports",
    "send",
    "send_back",
    "sign",
    "withdraw",
    "write",
]
