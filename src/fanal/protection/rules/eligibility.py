"""Whom the procedure is for: the offence and, where the law asks for them, its circumstances. Pure."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum, unique
from typing import TypeVar

from fanal.country.schema import Circumstance, Law, Offence, UnknownCode

R = TypeVar("R", Offence, Circumstance)


@unique
class Why(StrEnum):
    """The reason of an answer."""

    OFFENCE = "offence"
    CIRCUMSTANCE = "circumstance"
    ONLY_UNACCOMPANIED_MINOR = "only_unaccompanied_minor"
    NO_CIRCUMSTANCE = "no_circumstance"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Eligibility:
    """Whether the procedure may open, why, the code that decided and its article."""

    yes: bool
    why: Why
    code: str
    article: str


def eligibility(
    law: Law, offence: str, circumstances: Collection[str], *, unaccompanied_minor: bool
) -> Eligibility:
    """R-ELIG-1, R-ELIG-2: Belgian Aliens Act art. 61/2 §1.

    An offence opens the procedure always, never, or with one of its circumstances; some of these only count for an
    unaccompanied minor. Nationality and age play no part. Codes of an older version of the law count as what
    replaced them (a file noted the eve of a reform). `UnknownCode` for a code that is neither.
    """
    found = _now(law.offences, offence)
    if found is None:
        raise UnknownCode(f"offence {offence!r} is not in force on {law.on}, and nothing replaced it")
    if found.opens_protection == "always":
        return Eligibility(True, Why.OFFENCE, found.code, found.article)
    if found.opens_protection == "never":
        return Eligibility(False, Why.NEVER, found.code, found.article)
    of_it = law.circumstances(found.code)
    present = [now for now in (_now(of_it, code) for code in sorted(circumstances)) if now]
    for each in present:
        if each.opens_protection == "yes":
            return Eligibility(True, Why.CIRCUMSTANCE, each.code, each.article)
    for each in present:
        if each.opens_protection == "unaccompanied_minor":
            why = Why.CIRCUMSTANCE if unaccompanied_minor else Why.ONLY_UNACCOMPANIED_MINOR
            return Eligibility(unaccompanied_minor, why, each.code, each.article)
    return Eligibility(False, Why.NO_CIRCUMSTANCE, found.code, found.article)


def _now(known: Iterable[R], code: str) -> R | None:
    """The entry in force with that code, or the one that took its place."""
    return next((each for each in known if code == each.code or code in each.replaces), None)
