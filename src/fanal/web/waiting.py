"""One line of what waits for a service, as every capability tells the home page."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """An act that waits: on which file (its reference, never a name), until when, and why, in the reader's language.

    `state`: `late`, `week` (for this service, within its term), or `waiting` (for another service).
    """

    reference: str
    url: str
    act: str
    due_at: datetime | None
    reason: str
    state: Literal["late", "week", "waiting"]
