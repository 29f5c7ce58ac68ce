"""What can go wrong below the application, in words an administrator can act upon."""

from collections.abc import Sequence


class DatabaseFault(Exception):
    """PostgreSQL cannot be found, created, started, stopped or reached; the message says what to do."""


class Unsafe(Exception):
    """The database would not keep the promises of the house; `problems` lists all, each with its cure."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__(
            "\n".join(["Fanal refuses to start on this database:", *(f"  - {p}" for p in problems)])
        )
        self.problems = tuple(problems)
