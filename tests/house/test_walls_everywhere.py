"""Each wall alone, for every walled table and every query; absent and forbidden cannot be told apart."""

import inspect
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import is_dataclass
from importlib import import_module
from itertools import product
from types import NoneType
from typing import Any, get_type_hints
from uuid import UUID

import pytest
from django.apps import apps
from django.db import connection, reset_queries, transaction
from django.db.models import Model, QuerySet
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.cast import Cast, api, client
from tests.house import addresses
from tests.house.scenario import KEY, NOOR, Scenario
from tests.walls import second_wall_open

from fanal.access.models import Walled
from fanal.access.rules import Member
from fanal.access.services import acting_as
from fanal.alerts.models import Draft
from fanal.alerts.queries import Filters
from fanal.bodies.models import Seat
from fanal.country import queries as country
from fanal.errors import NotFound
from fanal.protection.models import QuestionSet
from fanal.referrals.models import Referral
from fanal.referrals.rules.capacity import Needs

pytestmark = pytest.mark.django_db
WALLED = [model for model in apps.get_models() if issubclass(model, Walled)]


def strangers(cast: Cast) -> list[Member]:
    """Of each role that reads files, a member of a service to which nothing of the chain was sent."""
    return [cast.outsider, cast.other_centre_worker, cast.other_magistrate]


# The database alone


def test_every_walled_table_is_known_here(scenario: Scenario) -> None:
    assert len(WALLED) > 15
    assert set(WALLED) == set(scenario.owners)


@pytest.mark.asvs("8.2.2")
def test_the_database_alone_shows_a_stranger_nothing(scenario: Scenario) -> None:
    owners: dict[type[Model], Member] = {**scenario.owners, Draft: scenario.cast.officer}
    for model, owner in owners.items():
        with acting_as(owner):
            assert model._default_manager.count() > 0, (
                f"the chain makes no {model.__name__}: nothing is proved"
            )
    for stranger in strangers(scenario.cast):
        hers = papers_of(stranger)
        with acting_as(stranger):
            seen = [
                model.__name__ for model in owners if _beside(model._default_manager.all(), hers).exists()
            ]
            assert seen == [], stranger.unit_code


def papers_of(member: Member) -> set[UUID]:
    """The walls of the bodies in which her unit holds a seat: a stranger to persons may sit where none is named."""
    seats = Seat.objects.filter(unit_ids__contains=[member.unit_id])
    return set(seats.values_list("body__compartment_id", flat=True))


def _beside(rows: QuerySet[Model], papers: set[UUID]) -> QuerySet[Model]:
    return rows.exclude(compartment_id__in=papers) if issubclass(rows.model, Walled) else rows


# The queries alone

SAYS_NO_FILE = {
    "alerts.submission_of": "the digest of the reader's own key",
    "referrals.recipients": "the services that one may ask, whoever one is",
    "referrals.options": "which services can take somebody: public places, no person",
    "referrals.side": "on which side of a referral that was already read",
    "referrals.has_sight": "whether a referral that was already read still shows what was sent",
    "protection.load": "facts and papers of a row that was already read; `facts` and `documents` are asked here",
    "protection.lines": "the words of deadlines that were already read",
}
"""Queries that take the reader and answer a stranger, each with the reason why that tells her nothing."""


def queries_that_take_the_reader() -> Iterator[tuple[str, Callable[..., Any]]]:
    for capability in ("alerts", "referrals", "protection"):
        package = import_module(f"fanal.{capability}.queries")
        for found in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
            for name, query in inspect.getmembers(import_module(found.name), inspect.isfunction):
                its_own = query.__module__ == found.name and not name.startswith("_")
                if its_own and "by" in inspect.signature(query).parameters:
                    yield f"{capability}.{name}", query


QUERIES = dict(queries_that_take_the_reader())


def arguments(scene: Scenario) -> dict[str, list[Any]]:
    """What the chain has for a parameter of this name; called with the second wall open."""
    files = [scene.alert, scene.asked, scene.taken, scene.matter, scene.pending, scene.procedure]
    referral = Referral.objects.select_related("matter").get(pk=scene.asked.pk)
    now = timezone.now()
    return {
        "reference": [file.reference for file in files],
        "person_id": [scene.person],
        "draft_id": [scene.draft],
        "referral_id": [scene.asked.id, scene.taken.id],
        "matter_id": [scene.matter.id, QuestionSet.objects.get().matter_id],
        "consent_id": [scene.exception],
        "question_set": [scene.questions],
        "to_unit_id": [scene.cast.centre_worker.unit_id],
        "purpose": ["housing"],
        "row": [referral, scene.procedure],
        "sets": [list(QuestionSet.objects.all())],
        "referral": [referral],
        "matter": [referral.matter],
        "at": [now],
        "on": [timezone.localdate(now)],
        "law": [country.law(timezone.localdate(now))],
        "year": [now.year],
        "filters": [Filters()],
        "limit": [10],
        "identities": [[NOOR]],
        "needs": [Needs()],
        "key": [KEY],
        "keys": [[KEY]],
    }


def every_call(query: Callable[..., Any], by: Member, known: dict[str, list[Any]]) -> Iterator[object]:
    """What the query gives this member for whatever the chain can put into it; `NotFound` is nothing."""
    types, parameters = get_type_hints(query), inspect.signature(query).parameters.values()
    needed = [p.name for p in parameters if p.default is p.empty and p.name != "by"]
    fitting = ([v for v in known[name] if _fits(v, types[name])] for name in needed)
    for values in product(*fitting):
        try:
            with transaction.atomic():
                found = query(**dict(zip(needed, values, strict=True)), by=by)
        except NotFound:
            continue
        yield (
            True if types["return"] is NoneType else found
        )  # one that only refuses says by that that there is


def _fits(value: object, wanted: Any) -> bool:
    return isinstance(value, wanted) if isinstance(value, Model) else True


def is_nothing(found: object) -> bool:
    """Whether an answer tells of no row."""
    if isinstance(found, QuerySet):
        return not found.exists()
    if isinstance(found, list | tuple | frozenset):
        return all(is_nothing(each) for each in found)
    if is_dataclass(found):
        return is_nothing(
            next((getattr(found, name) for name in ("items", "total", "ids") if hasattr(found, name)), 1)
        )
    return not (found.values() if isinstance(found, dict) else found)


@pytest.mark.asvs("8.2.2")
def test_the_queries_alone_tell_a_stranger_nothing(scenario: Scenario) -> None:
    cast = scenario.cast
    with second_wall_open():
        known = arguments(scenario)
        for name in sorted(QUERIES.keys() - SAYS_NO_FILE.keys()):
            for stranger in strangers(cast):
                answers = every_call(QUERIES[name], stranger, known)
                assert all(is_nothing(found) for found in answers), f"{name} tells {stranger.unit_code}"
            seats = cast.officer, cast.centre_worker, cast.immigration_agent, cast.magistrate
            told = (found for seat in seats for found in every_call(QUERIES[name], seat, known))
            assert not all(is_nothing(found) for found in told), (
                f"{name} tells nobody anything: nothing is proved"
            )


def test_what_answers_a_stranger_still_exists() -> None:
    assert SAYS_NO_FILE.keys() <= QUERIES.keys()


# Absent and forbidden


def asked(browser: Client, url: str, method: str = "get") -> tuple[int, bytes, int]:
    """Status, bytes and number of statements of an answer."""
    reset_queries()  # what is logged has a limit, and the walk is long
    with CaptureQueriesContext(connection) as statements:
        answer: HttpResponse = getattr(browser, method)(url)
    return answer.status_code, answer.content, len(statements)


@pytest.mark.parametrize("make", [client, api], ids=["pages", "API"])
def test_absent_and_forbidden_are_the_same(scenario: Scenario, make: Callable[[Member], Client]) -> None:
    table = addresses.pages() if make is client else addresses.operations()
    table = [each for each in table if each.names_a_file and (not each.methods or "GET" in each.methods)]
    assert len(table) > (30 if make is client else 8)
    outside = [*strangers(scenario.cast), scenario.cast.coordinator]  # she edits no report of the Table's
    browsers = {stranger.unit_id: make(stranger) for stranger in outside}
    for each in table:
        browser = browsers[addresses.who_may(each, outside).unit_id]
        there, nowhere = each.url(scenario), each.absent(scenario)
        assert there != nowhere, each.route
        for method in ("get", "post") if make is client else ("get",):
            asked(browser, nowhere, method)  # whatever is kept in memory is there for both
            found, nothing = asked(browser, there, method), asked(browser, nowhere, method)
            assert found == nothing, f"{method} {each.route}"
            assert method == "post" or found[0] in (404, 405), each.route
