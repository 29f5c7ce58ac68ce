"""What was recorded under the keys of a sender: the same thing sent twice is one alert."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass

from fanal.access.queries import visible
from fanal.access.rules import Member
from fanal.alerts.models import Alert, Person


@dataclass(frozen=True, slots=True)
class Recorded:
    """A person of an alert, as far as it can be counted: codes, no name."""

    forms: tuple[str, ...]
    sector: str
    minority: str
    sex: str
    citizenship: str


def submission_of(by: Member, key: str) -> bytes | None:
    """The digest under which a member's sending is kept; None without a key."""
    return hashlib.sha256(f"{by.membership_id}|{key}".encode()).digest() if key else None


def submitted(by: Member, keys: Collection[str]) -> frozenset[str]:
    """Those of these keys under which the member already recorded an alert; one query."""
    digests = {submission_of(by, key): key for key in keys}
    found = visible(Alert, by).filter(submission__in=list(digests)).values_list("submission", flat=True)
    return frozenset(digests[bytes(digest)] for digest in found if digest)


def recorded(by: Member, keys: Collection[str]) -> list[Recorded]:
    """The persons of the alerts that the member recorded under these keys; one query."""
    rows = visible(Person, by).filter(alert__submission__in=[submission_of(by, key) for key in keys])
    columns = ("alert__forms", "alert__sector", "minority", "sex", "citizenship")
    return [Recorded(tuple(forms), *rest) for forms, *rest in rows.values_list(*columns)]
