"""What a stored alert says to the rules."""

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone

from fanal.alerts.models import Alert, Person, Transmission
from fanal.alerts.rules import ACCUSED, Facts, Minority
from fanal.country.schema import Law, Route


def facts_of(alert: Alert, persons: Iterable[Person], law: Law, at: datetime) -> Facts:
    """The facts of an alert under a law: ages as they were on its day, without those who are accused."""
    return Facts(
        detector=alert.owner_kind,
        phenomenon=alert.phenomenon,
        forms=tuple(alert.forms),
        minorities=tuple(Minority(person.minority) for person in persons if not _accused(person, law)),
        urgent=alert.urgent,
        located=bool(alert.district),
        at=timezone.localtime(at),
    )


def _accused(person: Person, law: Law) -> bool:
    known = law.has_code("data_subject", person.subject)
    return known and ACCUSED in law.code("data_subject", person.subject).flags


def ground_of(row: Transmission, law: Law, language: str) -> str:
    """On what ground a service was told: the words of its route; empty for what was sent further in words."""
    if row.route and law.has(Route, row.route):
        return law.get(Route, row.route).ground.get(language)
    return row.ground
