"""Two at the same moment: an erasure beside a hold, beside an edit, beside itself."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from tests.alerts.test_at_once import at_once
from tests.cast import load
from tests.house.scenario import Scenario, build
from tests.retention.conftest import closed, colleague
from tests.walls import second_wall_open

from fanal.access import vault
from fanal.access.rules import Member
from fanal.access.services import acting_as
from fanal.alerts.models import Person, SearchToken
from fanal.audit.models import Entry
from fanal.errors import Refusal
from fanal.retention import services
from fanal.retention.models import Erasure, File, Hold

pytestmark = pytest.mark.django_db(transaction=True)
TIMES = 3


@pytest.fixture
def scene() -> Scenario:
    return build(load())


def as_member(by: Member, act: Callable[..., Any], **given: Any) -> Callable[[], Any]:
    def run() -> Any:
        with acting_as(by):
            return act(by=by, **given)

    return run


def proposed(scene: Scenario, now: datetime) -> tuple[str, Erasure, Member]:
    by, reference = scene.cast.officer, closed(scene, now)
    with acting_as(by):
        found = services.propose_erasure(by=by, reference=reference, ground="asked", at=now)
    return reference, found, colleague(by)


@pytest.mark.parametrize("nth", range(TIMES))
def test_of_a_hold_and_an_erasure_one_wins_and_the_other_knows(
    scene: Scenario, now: datetime, nth: int
) -> None:
    reference, found, second = proposed(scene, now)
    by = scene.cast.officer
    hold = as_member(by, services.place_hold, reference=reference, ground="claim", number=str(nth), at=now)
    erase = as_member(second, services.confirm_erasure, erasure_id=found.id, at=now)
    answers = at_once(*((hold, erase) if nth % 2 else (erase, hold)))
    refused = [each for each in answers if isinstance(each, Exception)]
    assert len(refused) == 1
    assert all(isinstance(each, Refusal) and each.code in {"erased", "held"} for each in refused)
    with acting_as(by):
        row = File.objects.get(reference=reference)
        assert (row.erased_at is None) is Hold.objects.filter(file=row, lifted_at=None).exists()


@pytest.mark.parametrize("nth", range(TIMES))
def test_an_edit_beside_an_erasure_brings_nobody_back(scene: Scenario, now: datetime, nth: int) -> None:
    reference, found, second = proposed(scene, now)
    by = scene.cast.officer
    edit = as_member(
        by, services.correct, reference=reference, person=scene.person,
        values={"family_name": f"Corrigenda{nth}"}, at=now,
    )  # fmt: skip
    erase = as_member(second, services.confirm_erasure, erasure_id=found.id, at=now)
    answers = at_once(*((edit, erase) if nth % 2 else (erase, edit)))
    assert all(not isinstance(each, Exception) or isinstance(each, vault.Erased) for each in answers)
    with second_wall_open():
        row = Person.objects.get(pk=scene.person)
        assert row.sealed is None
        assert not SearchToken.objects.filter(person=row).exists()
    assert vault.erased([scene.person]) == {scene.person}


def test_two_confirm_and_it_is_erased_once(scene: Scenario, now: datetime) -> None:
    _reference, found, second = proposed(scene, now)
    third = colleague(scene.cast.officer, "third")
    acts = [
        as_member(each, services.confirm_erasure, erasure_id=found.id, at=now) for each in (second, third)
    ]
    answers = at_once(*acts)
    assert {each.confirmed_by for each in answers} <= {second.person_id, third.person_id}
    assert len({each.confirmed_by for each in answers}) == 1
    with acting_as(scene.cast.officer):
        assert Entry.objects.filter(act="retention.erase").count() == 1
