"""What a body works with, as plain values. Pure."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """Something of another capability that a body has to look at: a measure, a recommendation, a decision.

    `kind` names the capability's noun (`measure`, `recommendation`, `decision`), `key` finds the row again, `title` and
    `reason` are in the reader's language, `url` is its page. `due_on` is None where only its state calls for it.
    """

    kind: str
    key: str
    title: str
    url: str
    due_on: date | None
    reason: str
