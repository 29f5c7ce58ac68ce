"""What the endpoints of procedures take and give. Codes are the pack's; units have theirs of the directory."""

from datetime import date

from ninja import Schema


class RequestOut(Schema):
    """A request to open, and its version."""

    reference: str
    version: int
    state: str


class ActedOut(Schema):
    """Where a procedure stands after an act, and its version."""

    reference: str
    version: int
    track: str
    phase: str
    document: str
    valid_until: date | None
    next_due_on: date | None
    ended_on: date | None
