"""Two at once, on two connections: one wins, the other is told, nothing happens twice."""

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from django.db import connection, transaction
from tests.cast import Cast, load
from tests.protection.acts import NOW, YES, Stage, later

from fanal.access.services import acting_as, as_clockwork
from fanal.errors import Refusal
from fanal.notify.models import Message
from fanal.protection import services
from fanal.protection.models import Document, Fact, Procedure, Reminder, Reply

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def stage() -> Stage:
    with transaction.atomic():
        cast: Cast = load()
    return Stage(cast)


def at_once(*acts: Callable[[], object]) -> list[object]:
    """What each act gave, or the code of its refusal; all start together, each on its own connection."""
    start, gave = Barrier(len(acts)), [None] * len(acts)

    def run(place: int, act: Callable[[], object]) -> None:
        try:
            start.wait(10)
            with transaction.atomic():
                gave[place] = act()  # type: ignore[call-overload]
        except Refusal as refusal:
            gave[place] = refusal.code  # type: ignore[call-overload]
        finally:
            connection.close()

    threads = [Thread(target=run, args=each) for each in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return gave


def test_of_two_deciders_who_read_the_same_version_one_wins(stage: Stage) -> None:
    row = stage.opened()
    results = at_once(*[lambda: stage.decided(row, "open_reflection", version=row.version)] * 2)
    assert sorted(isinstance(each, Procedure) for each in results) == [False, True]
    assert "stale" in results
    with acting_as(stage.cast.immigration_agent):
        assert Document.objects.count() == 1
        assert Fact.objects.filter(kind="decided").count() == 1


def test_of_two_deciders_who_read_nothing_one_decides(stage: Stage) -> None:
    row = stage.opened()
    results = at_once(*[lambda: stage.decided(row, "open_reflection")] * 2)
    assert "no_such_step" in results
    with acting_as(stage.cast.immigration_agent):
        assert Document.objects.count() == 1


def test_a_request_is_opened_once_by_two(stage: Stage) -> None:
    request, agent = stage.requested(), stage.cast.immigration_agent

    def opens() -> Procedure:
        with acting_as(agent):
            return services.open_requested(by=agent, reference=request.reference, at=NOW)

    first, second = at_once(opens, opens)
    assert first == second
    with acting_as(agent):
        assert Procedure.objects.count() == 1


def test_an_opening_and_a_withdrawal_do_not_both_happen(stage: Stage) -> None:
    request, agent, worker = stage.requested(), stage.cast.immigration_agent, stage.cast.centre_worker

    def opens() -> object:
        with acting_as(agent):
            return services.open_requested(by=agent, reference=request.reference, at=NOW)

    def withdraws() -> object:
        with acting_as(worker):
            return services.withdraw_request(by=worker, reference=request.reference, at=NOW)

    results = at_once(opens, withdraws)
    assert results.count("already_answered") == 1


def test_two_magistrates_answer_once(stage: Stage) -> None:
    asked = stage.asked(stage.in_p2(), days=1)
    magistrate = stage.cast.magistrate

    def answers(link: str) -> Callable[[], object]:
        def act() -> object:
            with acting_as(magistrate):
                return services.answer(
                    by=magistrate, question_set=asked.id, answers=YES | {"link_broken": link}, at=later(2)
                )

        return act

    results = at_once(answers("yes"), answers("no"))
    assert results.count("already_answered") == 1
    with acting_as(magistrate):
        assert Reply.objects.count() == 1


def test_two_rounds_at_once_send_each_reminder_once(stage: Stage) -> None:
    for _ in range(4):
        stage.in_p2()
    at_once(*[lambda: services.sweep(at=later(43))] * 3)
    services.sweep(at=later(43))
    with as_clockwork():
        assert Reminder.objects.count() == 12
    assert Message.objects.filter(kind="protection.escalation_first").count() == 12
