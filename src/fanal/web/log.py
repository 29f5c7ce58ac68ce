"""What the log may hold: codes, types and places. No path, no query, no word of an exception, no name.

An exception's own words quote what it met: a row, a header, an address. So an exception is told by its type and the
places it came through, and of a library's message only the part that stands in its source.
"""

import logging
import traceback
from contextvars import ContextVar
from copy import copy
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any

from pythonjsonlogger.json import JsonFormatter

request_id: ContextVar[str] = ContextVar("fanal_request_id", default="")
FIELDS = ("at", "level", "logger", "message", "request", "fault")
DEEP = 12
WITHHELD = "a message of a library, withheld: its place says which"


def place(trace: TracebackType | None) -> str:
    """Where an exception came from, innermost first: `folder/file.py:line function < …`, at most `DEEP` of them."""
    frames = [
        f"{'/'.join(Path(frame.filename).parts[-2:])}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(trace)
        if not frame.filename.startswith("<frozen")
    ]
    return " < ".join(frames[: -DEEP - 1 : -1])


def told(exception: BaseException | None) -> str:
    """An exception and the first of those that led to it, by type and place."""
    found: list[str] = []
    while exception is not None:
        found.append(f"{type(exception).__name__} at {place(exception.__traceback__)}")
        exception = exception.__cause__ or exception.__context__
    return "; from ".join(dict.fromkeys([*found[:1], *found[-1:]]))


def discreet(record: logging.LogRecord) -> logging.LogRecord:
    """A copy of a record that is fit to be written.

    Messages of our own loggers (`fanal.…`) are made to be logged; those of the web server speak of its processes.
    """
    fit = copy(record)
    fit.fault = told(record.exc_info[1]) if record.exc_info else ""
    fit.exc_info = fit.exc_text = fit.stack_info = None
    if record.name.partition(".")[0] != "fanal" and record.name != "_granian":
        words = record.msg if record.args and isinstance(record.msg, str) else WITHHELD
        # Without arguments nothing in it is replaced any more: `%s` stands where a value stood.
        fit.msg, fit.args = f"{words} ({Path(record.pathname).name}:{record.lineno})", ()
    fit.request = request_id.get()
    return fit


class Plain(logging.Formatter):
    """One line for a person."""

    def format(self, record: logging.LogRecord) -> str:
        fit = discreet(record)
        return super().format(fit) + (f": {fit.fault}" if fit.fault else "")  # type: ignore[attr-defined]


class Json(JsonFormatter):
    """One JSON object a line: at, level, logger, message, and where there is one the request and the fault."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            "%(asctime)s %(levelname)s %(name)s %(message)s %(request)s %(fault)s",
            rename_fields={"asctime": "at", "levelname": "level", "name": "logger"},
            json_ensure_ascii=False,
            **options,
        )

    def format(self, record: logging.LogRecord) -> str:
        return super().format(discreet(record))

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:  # noqa: ARG002
        return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")

    def process_log_record(self, log_data: dict[str, Any]) -> dict[str, Any]:
        """Only our fields: what a library hangs on a record is not ours to write."""
        return {name: log_data[name] for name in FIELDS if log_data.get(name)}


def hook(_kind: type[BaseException], exception: BaseException, _trace: TracebackType | None) -> None:
    """`sys.excepthook` of what serves: an interpreter's own would print the words."""
    logging.getLogger("fanal.fault").critical("ended by %s", told(exception))
