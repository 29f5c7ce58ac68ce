"""Whom do I call? The answer follows from the country's routes, each with its ground and its article."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from fanal.country.schema import Law, Route, Text, competent

from .cards import Card, Contact
from .places import nearest

Age = Literal["adult", "minor", "doubtful"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Where, what, who, when. Empty codes: not known. `at` is aware, in the country's local time."""

    district: str = ""
    zone: str = ""
    purpose: str = ""
    age: Age = "doubtful"
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One unit to call, why, and on what ground. `contacts`: those that answer at that hour come first.

    No `reason`: it answers day and night. `basis` is an article, or the source of the number. `answers_now`: some
    contact of it answers at that hour. `one_of`: how many units share this reason, because the place is not known
    closely enough to choose (1: it is certain).
    """

    card: Card
    reason: Text | None
    basis: str
    contacts: tuple[Contact, ...]
    answers_now: bool
    one_of: int = 1


def whom_to_call(question: Question, cards: Sequence[Card], law: Law) -> tuple[Answer, ...]:
    """Every unit to call, in the order of the country's routes; then the lines that answer day and night.

    Outside office hours those that answer come first. Routes are read for anybody who asks: a duty of the police
    also tells a neighbour who takes care of what; mere practice between certain services does not. Who may only know
    that a file exists is not called. A unit appears once, for the first reason that names it.
    """
    at_office = law.calendar.is_office_hour(question.at)
    found: dict[int, Answer] = {}
    for card, reason, basis, one_of in (*_by_route(question, cards, law), *_lines(question, cards)):
        contacts = tuple(sorted(card.contacts, key=lambda contact: not (contact.always or at_office)))
        answer = Answer(
            card=card,
            reason=reason,
            basis=basis,
            contacts=contacts,
            answers_now=bool(contacts) and (contacts[0].always or at_office),
            one_of=one_of,
        )
        found.setdefault(card.unit_id, answer)
    return (
        tuple(found.values())
        if at_office
        else tuple(sorted(found.values(), key=lambda it: not it.answers_now))
    )


def _by_route(
    question: Question, cards: Sequence[Card], law: Law
) -> Iterator[tuple[Card, Text | None, str, int]]:
    for route in law.routes:
        if not _holds(route, question):
            continue
        of_kind = [card for card in cards if card.kind == route.recipient]
        where = (question.district, question.zone) if route.by_place else ("", "")
        closest = nearest(of_kind, *where)
        for card in closest:
            yield card, route.ground, route.legal_basis, len(closest)


def _holds(route: Route, question: Question) -> bool:
    child = question.age != "adult"
    return (
        route.level == "read"
        and not route.urgent
        and (route.mandatory or not route.detectors)
        and route.located in (None, bool(question.district))
        and (not route.phenomena or "trafficking" in route.phenomena)
        and (not route.purposes or not question.purpose or question.purpose in route.purposes)
        and (route.age == "any" or (route.age == "minor_or_doubtful") == child)
    )


def _lines(question: Question, cards: Sequence[Card]) -> Iterator[tuple[Card, Text | None, str, int]]:
    for card in cards:
        line = next((contact for contact in card.contacts if contact.always), None)
        if line and competent(card.districts, card.zones, question.district, question.zone):
            yield card, None, line.source, 1
