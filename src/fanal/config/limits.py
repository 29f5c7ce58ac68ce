"""How long the database may make somebody wait: for a statement, for a lock, for the rest of a transaction."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """In seconds. What runs into the first two is a refusal (`web.errors`), into the last a fault."""

    statement: int
    lock: int
    idle_in_transaction: int


PAGES = Limits(statement=15, lock=5, idle_in_transaction=30)
WORKER = Limits(statement=600, lock=60, idle_in_transaction=600)
"""A round of the worker may take long, and mails while its rows are locked; for ever it may not take either."""


def set_limits(limits: Limits) -> None:
    """Give these limits to every connection that this process opens from now on."""
    from django.db import connections

    options = connections.settings["default"].setdefault("OPTIONS", {})
    wanted = {
        "statement_timeout": limits.statement,
        "lock_timeout": limits.lock,
        "idle_in_transaction_session_timeout": limits.idle_in_transaction,
    }
    said = " ".join(f"-c {name}={seconds}s" for name, seconds in wanted.items())
    options["options"] = f"{options.get('options', '')} {said}".strip()
