"""On which grounds protection ends, phase by phase, and what each needs. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum, unique

from fanal.country.schema import Ground, Law


@unique
class Lack(StrEnum):
    """Why a ground may not be used."""

    NOT_IN_THIS_PHASE = "ground_not_in_this_phase"
    NOT_ALL_SO = "ground_facts_not_all_so"
    WITHOUT_MAGISTRATE = "ground_needs_magistrate"
    WITHOUT_MOTIVATION = "ground_needs_motivation"


@dataclass(frozen=True, slots=True)
class Refused:
    """What is lacking, and the codes of the facts that are not so."""

    lack: Lack
    facts: tuple[str, ...] = ()


def lacking(
    law: Law, phase: str, ground: str, *, so: Mapping[str, bool], with_magistrate: bool, motivated: bool
) -> Refused | None:
    """What is lacking to end the protection on that ground in that phase; None when nothing is.

    Grounds differ by phase (Belgian Aliens Act art. 61/2 §3, 61/3 §3, 61/4 §2). Renewed contact ends it only if it
    was active, voluntary and on the person's own initiative: all three, each stored, so that nobody is excluded for
    having been forced back. Fraud is established in cooperation with the judicial authorities.
    """
    found = next((each for each in law.grounds(phase) if each.code == ground), None)
    if found is None:
        return Refused(Lack.NOT_IN_THIS_PHASE)
    return _lacking(found, so, with_magistrate=with_magistrate, motivated=motivated)


def _lacking(
    ground: Ground, so: Mapping[str, bool], *, with_magistrate: bool, motivated: bool
) -> Refused | None:
    not_so = tuple(ask.code for ask in ground.asks if so.get(ask.code) is not True)
    if not_so:
        return Refused(Lack.NOT_ALL_SO, not_so)
    if ground.with_magistrate and not with_magistrate:
        return Refused(Lack.WITHOUT_MAGISTRATE)
    return None if motivated else Refused(Lack.WITHOUT_MOTIVATION)
