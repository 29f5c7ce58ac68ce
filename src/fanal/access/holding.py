"""What one unit holds of persons in one file: the answer that each capability gives before something is erased."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """A file of one unit, its row locked, as an erasure needs it.

    `persons`: each person's own number in the file → the subjects under whose keys she stands (`access.vault`).
    `words`: subjects of free text, which may name any of them. `later`: copies that another service reads until that
    day, as controller of its own. `told`: the units to which something of it went. `running`: work in it has not ended.
    """

    compartment_id: UUID
    reference: str
    running: bool
    persons: Mapping[UUID, frozenset[UUID]]
    words: frozenset[UUID] = frozenset()
    later: Mapping[UUID, date] = field(default_factory=dict)
    told: frozenset[int] = frozenset()
