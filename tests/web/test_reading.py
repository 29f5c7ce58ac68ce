"""What a page asks several times is read once, and an act reads anew."""

from datetime import date

import pytest
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from tests.cast import Cast, client

from fanal.plans import queries as plans
from fanal.plans.models import Version
from fanal.plans.rules import MeasureLine
from fanal.reading import is_reading, once, reading
from fanal.web.middleware import Refusals

ASKED: list[tuple[int, str]] = []


@once
def answer(number: int, *, of: str = "") -> list[int]:
    ASKED.append((number, of))
    return [number]


@pytest.fixture(autouse=True)
def _anew() -> None:
    ASKED.clear()


def test_each_question_is_asked_once_while_a_page_is_read() -> None:
    with reading():
        assert is_reading()
        assert answer(1) is answer(1)
        assert answer(2) == [2]
        assert answer(1, of="x") == [1]
        with translation.override("fr"):
            answer(1)
    assert ASKED == [(1, ""), (2, ""), (1, "x"), (1, "")], "by its arguments and the reader's language"


def test_an_act_and_the_next_page_ask_again() -> None:
    for _time in range(2):
        with reading():
            answer(1)
    answer(1)
    answer(1)
    assert not is_reading()
    assert len(ASKED) == 4


@pytest.mark.django_db
def test_who_looks_reads_once_and_who_writes_reads_anew(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[bool] = []
    inner = Refusals.__call__

    def looked(layer: Refusals, request: HttpRequest) -> HttpResponse:
        seen.append(is_reading())
        return inner(layer, request)

    monkeypatch.setattr(Refusals, "__call__", looked)
    browser = client(cast.officer)
    browser.get("/me/tokens/")
    browser.post("/language", {"language": "nl"})
    assert seen == [True, False]


@pytest.mark.django_db
def test_what_was_adopted_here_is_read_from_memory_and_what_a_country_delivered_is_not(cast: Cast) -> None:
    on = date(2019, 6, 1)
    first = plans.measures_in_force(on)
    assert first
    assert statements(on, first) == [4, 4], "a country may complete what it delivered"
    Version.objects.filter(adopted_on__isnull=False).update(created_by=cast.chair.person_id)
    assert statements(on, first) == [4, 1], "the versions alone, the second time"
    with CaptureQueriesContext(connection) as asked:
        assert plans.measures_in_force(on) == first
    assert len(asked) == 4, "an act that is under way reads anew"


def statements(on: date, expected: tuple[MeasureLine, ...]) -> list[int]:
    """Of two pages that read the measures in force."""
    found = []
    for _time in range(2):
        with reading(), CaptureQueriesContext(connection) as asked:
            assert plans.measures_in_force(on) == expected
        found.append(len(asked))
    return found
