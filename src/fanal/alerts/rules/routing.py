"""Who must be told of an alert, on what ground, how fast; and why, in words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from fanal.country.rules import due_at
from fanal.country.schema import LANGUAGES, Law, Route, Text

from .ages import Minority, any_child


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What an alert says that decides who is told.

    `minorities` has one entry for each person for whom the duties arise (`report.protected_persons`); `located`:
    the municipality is known; `at`: when it was recorded, in local time.
    """

    detector: str
    phenomenon: str
    forms: tuple[str, ...]
    minorities: tuple[Minority, ...]
    urgent: bool
    located: bool
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Routing:
    """One kind of service to be told: by which route, on what ground, until when, how far, and why."""

    route: str
    unit_kind: str
    by_place: bool
    ground: Text
    legal_basis: str
    purpose: str
    due_at: datetime
    mandatory: bool
    level: Literal["exists", "read"]
    reason: Text


_CHILD = Text(
    fr="une personne est mineure ou pourrait l’être",
    nl="een persoon is minderjarig of zou dat kunnen zijn",
    de="eine Person ist minderjährig oder könnte es sein",
    en="a person is a minor or may be one",
)
_ADULT = Text(
    fr="toutes les personnes sont majeures",
    nl="alle personen zijn meerderjarig",
    de="alle Personen sind volljährig",
    en="every person is an adult",
)
_URGENT = Text(fr="c’est urgent", nl="het is dringend", de="es ist dringend", en="it is urgent")
_NOT_URGENT = Text(
    fr="ce n’est pas urgent", nl="het is niet dringend", de="es ist nicht dringend", en="it is not urgent"
)
_LOCATED = Text(
    fr="la commune est connue",
    nl="de gemeente is bekend",
    de="die Gemeinde ist bekannt",
    en="the municipality is known",
)
_NOT_LOCATED = Text(
    fr="la commune n’est pas connue",
    nl="de gemeente is niet bekend",
    de="die Gemeinde ist nicht bekannt",
    en="the municipality is not known",
)
_ALWAYS = Text(fr="toujours", nl="altijd", de="immer", en="always")


def route(facts: Facts, law: Law) -> tuple[Routing, ...]:
    """Every kind of service that must be told, in the order of the pack; each kind once.

    Of several routes to one kind the mandatory one counts, then the one with the shorter term; it takes the
    shortest term and the widest sight of all of them, and every reason. Reads `law.routes` and nothing else.
    """
    found: dict[str, Routing] = {}
    for candidate in law.routes:
        if not _holds(candidate, facts):
            continue
        routing = _routing(candidate, facts, law)
        known = found.get(routing.unit_kind)
        found[routing.unit_kind] = _both(known, routing) if known else routing
    return tuple(found.values())


def required_for_a_child(facts: Facts, law: Law) -> frozenset[str]:
    """The kinds of service that the pack makes mandatory because a person is a minor or may be one."""
    return frozenset(
        found.recipient
        for found in law.routes
        if found.mandatory and found.age == "minor_or_doubtful" and _holds(found, facts)
    )


def _holds(candidate: Route, facts: Facts) -> bool:
    return (
        _among(candidate.detectors, (facts.detector,))
        and _among(candidate.phenomena, (facts.phenomenon,))
        and (not facts.forms or _among(candidate.purposes, facts.forms))  # a form not known yet may be any
        and _age_holds(candidate.age, facts.minorities)
        and candidate.urgent in (None, facts.urgent)
        and candidate.located in (None, facts.located)
    )


def _among(wanted: Sequence[str], found: Iterable[str]) -> bool:
    return not wanted or any(code in wanted for code in found)


def _age_holds(age: str, minorities: tuple[Minority, ...]) -> bool:
    """An alert without a person satisfies neither condition of age: nobody is surely adult in it."""
    if age == "minor_or_doubtful":
        return any_child(minorities)
    return age == "any" or (bool(minorities) and not any_child(minorities))


def _routing(candidate: Route, facts: Facts, law: Law) -> Routing:
    return Routing(
        route=candidate.code,
        unit_kind=candidate.recipient,
        by_place=candidate.by_place,
        ground=candidate.ground,
        legal_basis=candidate.legal_basis,
        purpose=candidate.purpose,
        due_at=due_at(law.term(candidate.term), facts.at, law.calendar),
        mandatory=candidate.mandatory,
        level=candidate.level,
        reason=_reason(candidate, facts, law),
    )


def _both(one: Routing, other: Routing) -> Routing:
    first, second = sorted((one, other), key=lambda routing: (not routing.mandatory, routing.due_at))
    return replace(
        first,
        due_at=min(first.due_at, second.due_at),
        level="read" if "read" in (first.level, second.level) else "exists",
        reason=_joined(first.reason, second.reason),
    )


def _joined(one: Text, other: Text) -> Text:
    return Text(**{language: f"{one.get(language)} {other.get(language)}" for language in LANGUAGES})


def _reason(candidate: Route, facts: Facts, law: Law) -> Text:
    """The ground of the route, and the conditions that this alert meets, in words."""
    met: list[Text] = []
    if candidate.detectors:
        met.append(law.label("unit_kind", facts.detector))
    if candidate.phenomena:
        met.append(law.label("phenomenon", facts.phenomenon))
    met += [law.purpose(code).label for code in facts.forms if code in candidate.purposes]
    if candidate.age != "any":
        met.append(_CHILD if candidate.age == "minor_or_doubtful" else _ADULT)
    if candidate.urgent is not None:
        met.append(_URGENT if candidate.urgent else _NOT_URGENT)
    if candidate.located is not None:
        met.append(_LOCATED if candidate.located else _NOT_LOCATED)
    words = met or [_ALWAYS]
    said = {
        language: f"{candidate.ground.get(language)} – {'; '.join(word.get(language) for word in words)}."
        for language in LANGUAGES
    }
    return Text(**said)
