"""One thing that was looked at: how it stands, what was found, and what to do."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    OK = "ok"
    WARN = "warn"
    FAIL = "fail"


@dataclass(frozen=True, slots=True)
class Finding:
    """`code` is stable, for programs. `name`, `found` and `cure` are words in the reader's language; no cure when ok.

    Nothing in it names a person or a file.
    """

    code: str
    state: State
    name: str
    found: str
    cure: str = ""


Findings = Iterator[Finding]


def ok(code: str, name: object, found: object) -> Finding:
    return Finding(code, State.OK, str(name), str(found))


def warn(code: str, name: object, found: object, cure: object) -> Finding:
    return Finding(code, State.WARN, str(name), str(found), str(cure))


def fail(code: str, name: object, found: object, cure: object) -> Finding:
    return Finding(code, State.FAIL, str(name), str(found), str(cure))
