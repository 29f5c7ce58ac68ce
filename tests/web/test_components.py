"""The words and shapes of the components."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.template import engines
from django.test import RequestFactory
from django.utils import translation

from fanal.web.components import Bar, Tag, Tone, shares, urgency
from fanal.web.cursors import Page

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)  # a Tuesday, 10:00 in Brussels


@pytest.mark.parametrize(
    ("due", "tag"),
    [
        (NOW - timedelta(seconds=1), Tag("1 minute late", Tone.LATE)),
        (NOW - timedelta(minutes=59), Tag("59 minutes late", Tone.LATE)),
        (NOW - timedelta(hours=5), Tag("5 hours late", Tone.LATE)),
        (NOW - timedelta(hours=25), Tag("1 day late", Tone.LATE)),
        (NOW - timedelta(days=90), Tag("90 days late", Tone.LATE)),
        (NOW - timedelta(days=91), Tag("3 months late", Tone.LATE)),
        (NOW, Tag("today at 10:00", Tone.SOON)),
        (NOW + timedelta(hours=1), Tag("today at 11:00", Tone.SOON)),
        (NOW + timedelta(hours=15), Tag("tomorrow", Tone.SOON)),
        (NOW + timedelta(days=3), Tag("Friday", Tone.SOON)),
        (NOW + timedelta(days=7), Tag("Tuesday", Tone.SOON)),
        (NOW + timedelta(days=8), Tag("on time", Tone.OK)),
        (date(2026, 11, 23), Tag("1 day late", Tone.LATE)),
        (date(2026, 11, 22), Tag("2 days late", Tone.LATE)),
        (date(2026, 11, 24), Tag("today", Tone.SOON)),
        (date(2026, 11, 25), Tag("tomorrow", Tone.SOON)),
        (date(2026, 12, 2), Tag("on time", Tone.OK)),
    ],
)
def test_the_tag_of_a_clock(due: date | datetime, tag: Tag) -> None:
    assert urgency(due, NOW) == tag


def test_a_day_ends_at_midnight_in_brussels() -> None:
    just_before_midnight = datetime(2026, 11, 24, 22, 59, tzinfo=UTC)
    assert urgency(date(2026, 11, 24), just_before_midnight).tone == Tone.SOON
    assert urgency(date(2026, 11, 24), just_before_midnight + timedelta(minutes=1)).tone == Tone.LATE


def test_a_small_bar_is_seen_and_none_is_none() -> None:
    assert [share for _, share in shares([Bar("a", 1000), Bar("b", 1), Bar("c", 0)])] == [100, 1, 0]
    assert shares([]) == []


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fr", "24.11.2026 mardi 24.11.2026 24.11.2026 10:00"),
        ("nl", "24.11.2026 dinsdag 24.11.2026 24.11.2026 10:00"),
        ("de", "24.11.2026 Dienstag 24.11.2026 24.11.2026 10:00"),
        ("en", "24 Nov 2026 Tuesday 24 Nov 2026 24 Nov 2026 10:00"),
    ],
)
def test_dates_in_each_language(language: str, words: str) -> None:
    with translation.override(language):
        assert draw("{{ at|day }} {{ at|weekday }} {{ at|moment }}{{ none|day }}", at=NOW, none=None) == words


@pytest.mark.asvs("1.2.1")
def test_values_are_escaped_in_every_component() -> None:
    bad = "<b onclick=x>"
    made = draw(
        "{% tag bad %}{% card title=bad %}{{ bad }}{% endcard %}{% wall who_looked=bad %}{{ bad }}{% endwall %}"
        "{% empty title=bad %}{{ bad }}{% endempty %}{% datatable caption=bad %}{% enddatatable %}"
        "{% progress 1 2 bad %}{% facts pairs %}{{ bad|known }}",
        bad=bad,
        pairs=[(bad, bad)],
    )
    assert bad not in made
    assert made.count("&lt;b onclick=x&gt;") == 14


def test_a_card_is_named_by_its_title_the_same_way_each_time() -> None:
    source = "{% card title='Late' count=0 %}x{% endcard %}"
    assert draw(source) == draw(source)
    assert "<b>0</b>" in draw(source)


@pytest.mark.asvs("1.2.2")
def test_pages_keep_the_filters() -> None:
    request = RequestFactory().get("/alerts", {"state": "late", "cursor": "abc"})
    made = draw("{% pages page %}", page=Page([], "xyz"), request=request)
    assert 'href="?state=late&amp;cursor=xyz"' in made
    assert 'href="?state=late"' in made
    assert draw("{% pages page %}", page=Page([], ""), request=RequestFactory().get("/")) == ""


def test_an_unknown_tone_is_a_fault() -> None:
    with pytest.raises(ValueError, match="red"):
        draw("{% tag 'x' 'red' %}")


def draw(source: str, **context: object) -> str:
    return engines["django"].from_string("{% load fanal %}" + source).render(context).strip()
