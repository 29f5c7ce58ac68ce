"""Writing the trace. An act whose trace cannot be written did not happen."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol
from uuid import UUID

from fanal.audit.models import Entry, Verb
from fanal.audit.rules.facts import demand_codes
from fanal.ids import new_id


class Actor(Protocol):
    """Who acts: a person as a member of a unit, or the system."""

    @property
    def person_id(self) -> UUID | None: ...
    @property
    def membership_id(self) -> UUID | None: ...
    @property
    def unit_id(self) -> int: ...


@dataclass(frozen=True, slots=True)
class _System:
    """The pseudo-unit of tasks and of the operator's command line: no person of Fanal stands behind it."""

    person_id: UUID | None = None
    membership_id: UUID | None = None
    unit_id: int = 0


SYSTEM: Actor = _System()


def record(
    *,
    by: Actor,
    verb: Verb,
    act: str,
    at: datetime,
    compartment_id: UUID | None = None,
    owner_unit_id: int | None = None,
    object_ids: Iterable[UUID] = (),
    purpose: str = "",
    reference: str = "",
    facts: Mapping[str, object] | None = None,
) -> None:
    """Append one act to the trace, in the caller's transaction.

    Law of 30 July 2018, art. 56: verb, reason (`purpose`, `reference`), date and time, who, and the ids disclosed
    (`object_ids`). `owner_unit_id` is the unit that may read this line (the owner of the file), by default the
    actor's own. `facts` holds codes and numbers only (`ValueError` for anything that could be a person's words).
    Raises the database's error when the line cannot be written, so that the act fails with it.
    """
    demand_codes(facts or {})
    Entry.objects.create(
        id=new_id(),
        at=at,
        verb=verb,
        act=act,
        person_id=by.person_id,
        membership_id=by.membership_id,
        unit_id=by.unit_id,
        owner_unit_id=by.unit_id if owner_unit_id is None else owner_unit_id,
        compartment_id=compartment_id,
        object_ids=list(object_ids),
        purpose=purpose,
        reference=reference,
        facts=dict(facts or {}),
    )
    _touch(compartment_id)


_touched: ContextVar[set[UUID] | None] = ContextVar("fanal_files_touched", default=None)


@contextmanager
def files_touched() -> Iterator[set[UUID]]:
    """The files (compartments) on which the acts of this block are recorded."""
    found: set[UUID] = set()
    before = _touched.set(found)
    try:
        yield found
    finally:
        _touched.reset(before)


def _touch(compartment_id: UUID | None) -> None:
    touched = _touched.get()
    if touched is not None and compartment_id is not None:
        touched.add(compartment_id)


@dataclass(frozen=True, slots=True)
class Line:
    """What differs between the lines of one act done to several files; without an owner: the actor's own unit."""

    compartment_id: UUID
    object_ids: Iterable[UUID]
    facts: Mapping[str, object] = field(default_factory=dict)
    owner_unit_id: int | None = None
    reference: str = ""


def record_alike(*, by: Actor, verb: Verb, act: str, at: datetime, lines: Iterable[Line]) -> None:
    """Append one line for each of several files to which the same was done at one moment, in one statement."""
    lines = list(lines)
    for line in lines:
        demand_codes(line.facts)
        _touch(line.compartment_id)
    Entry.objects.bulk_create(
        Entry(
            id=new_id(),
            at=at,
            verb=verb,
            act=act,
            person_id=by.person_id,
            membership_id=by.membership_id,
            unit_id=by.unit_id,
            owner_unit_id=by.unit_id if line.owner_unit_id is None else line.owner_unit_id,
            compartment_id=line.compartment_id,
            object_ids=list(line.object_ids),
            reference=line.reference,
            facts=dict(line.facts),
        )
        for line in lines
    )


def record_refusal(*, by: Actor, act: str, at: datetime, code: str) -> None:
    """Append a refusal: what was tried and the code of the answer. The caller opens a new transaction for it."""
    record(by=by, verb=Verb.REFUSED, act=act[:60], at=at, facts={"code": code})
