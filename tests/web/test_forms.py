"""What people type: dates as they write them, any script, long texts; a clear word for what cannot be, nothing lost."""

import contextlib
from datetime import UTC, date, datetime, time

import pytest
from django.test import Client
from django.utils import translation
from django.utils.datastructures import MultiValueDict
from hypothesis import given
from hypothesis import strategies as st
from tests.web.stage import SightForm

from fanal.errors import Invalid
from fanal.web.dates import read_date, read_time
from fanal.web.forms import Date, Form, LongText, Moment, Text

DAY = date(2026, 11, 24)


@pytest.mark.asvs("1.1.1")
@pytest.mark.parametrize(
    "typed",
    [
        "24.11.2026",
        "24/11/2026",
        "24-11-2026",
        "24 11 2026",
        "24,11,2026",
        " 24. 11. 2026 ",
        "24112026",
        "2026-11-24",
    ],
)
def test_a_day_is_understood_however_it_is_written(typed: str) -> None:
    assert read_date(typed) == DAY


@pytest.mark.asvs("2.2.1")
@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("30.02.2026", "date_day"),
        ("29.02.2026", "date_day"),
        ("31.04.2026", "date_day"),
        ("00.01.2026", "date_day"),
        ("2026-02-30", "date_day"),
        ("12.13.2026", "date_month"),
        ("12.00.2026", "date_month"),
        ("24.11.26", "date_year"),
        ("24.11.1899", "date_year"),
        ("24.11.0026", "date_year"),
        ("24.11.9999", "date_year"),
        ("24.11.20260", "date_year"),
        ("tomorrow", "date_unreadable"),
        ("24.11", "date_unreadable"),
        ("٢٤", "date_unreadable"),
        ("", "date_unreadable"),
    ],
)
def test_what_is_not_a_day_says_why(typed: str, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        read_date(typed)
    assert refused.value.code == code


def test_a_leap_day_exists_in_its_year() -> None:
    assert read_date("29.02.2028") == date(2028, 2, 29)


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2199, 12, 31)))
def test_every_day_survives_being_written(day: date) -> None:
    assert read_date(f"{day:%d.%m.%Y}") == read_date(day.isoformat()) == day


@given(st.text(max_size=20))
def test_any_text_is_a_day_or_a_refusal(text: str) -> None:
    with contextlib.suppress(Invalid):
        assert isinstance(read_date(text), date)


@pytest.mark.parametrize(
    ("typed", "hour"),
    [("14:30", time(14, 30)), ("14.30", time(14, 30)), ("14h30", time(14, 30)), ("14u30", time(14, 30)),
     ("1430", time(14, 30)), ("14", time(14)), ("14 h", time(14)), ("9:05", time(9, 5)), ("0:00", time(0))],
)  # fmt: skip
def test_an_hour_is_understood(typed: str, hour: time) -> None:
    assert read_time(typed) == hour


@pytest.mark.parametrize("typed", ["24:00", "12:60", "noon", "", "1:2:3", "-1"])
def test_what_is_not_an_hour_is_refused(typed: str) -> None:
    with pytest.raises(Invalid):
        read_time(typed)


class OneOfEach(Form):
    day = Date(label="Day")
    at = Moment(label="At", required=False)
    word = Text(label="Word", required=False, max_length=10)
    story = LongText(label="Story", required=False)


def filled(**values: str) -> OneOfEach:
    return OneOfEach(
        MultiValueDict({name: [value] for name, value in {"day": "24.11.2026", **values}.items()})
    )


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "February 2026 has 28 days: there is no day 30."),
        ("fr", "Février 2026 compte 28 jours : le 30 n’existe pas."),
        ("nl", "Februari 2026 telt 28 dagen: dag 30 bestaat niet."),
        ("de", "Februar 2026 hat 28 Tage: den 30. gibt es nicht."),
    ],
)
def test_the_30th_of_february_in_four_languages(language: str, words: str) -> None:
    with translation.override(language):
        form = filled(day="30.02.2026")
        assert form.errors["day"] == [words]
        assert 'value="30.02.2026"' in str(form["day"]), "what was typed stays"


@pytest.mark.asvs("1.1.1")
@pytest.mark.parametrize(
    "name", ["مريم", "מרים כהן", "李小龙", "Мария", "Zoë O’Neil", "Nguyễn Thị", "ሰላም", "👩🏽", "e\u0301lodie"]
)
def test_a_name_in_any_script_passes_unchanged(name: str) -> None:
    form = filled(word=name)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["word"] == name
    assert 'dir="auto"' in str(form["word"])


def test_five_thousand_characters_pass_and_one_more_is_said() -> None:
    assert filled(story="ü" * 5000).is_valid()
    form = filled(story="ü" * 5001)
    assert form.errors["story"] == ["At most 5000 characters are kept here; you wrote 5001."]
    assert "maxlength" not in str(form["story"]), "the browser must not cut a text silently"
    assert "ü" * 5001 in str(form["story"])


def test_a_line_break_counts_once() -> None:
    form = filled(story="a\r\n" * 2500)
    assert form.is_valid()
    assert len(form.cleaned_data["story"]) == 4999, "and the last one is trimmed"


def test_a_moment_is_local_and_aware() -> None:
    form = filled(at_0="24.11.2026", at_1="14:30")
    assert form.is_valid(), form.errors
    assert form.cleaned_data["at"].astimezone(UTC) == datetime(2026, 11, 24, 13, 30, tzinfo=UTC)


def test_an_hour_that_summer_time_skips_is_refused_and_a_double_one_is_the_first() -> None:
    assert "put forward" in filled(at_0="29.03.2026", at_1="02:30").errors["at"][0]
    double = filled(at_0="25.10.2026", at_1="02:30")
    assert double.is_valid()
    assert double.cleaned_data["at"].astimezone(UTC) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_half_a_moment_is_refused_and_kept() -> None:
    form = filled(at_0="24.11.2026", at_1="25:00")
    assert not form.is_valid()
    assert 'value="25:00"' in str(form["at"])


def test_identity_fields_are_marked_for_the_browser() -> None:
    assert "data-secret" in str(SightForm()["name"])
    assert "data-secret" not in str(SightForm()["told"])


@pytest.mark.django_db
class TestThePage:
    def test_wrong_input_is_422_with_a_summary_that_links_to_the_fields(self) -> None:
        response = Client().post("/form", {"seen_on": "30.02.2026", "told": "<script>x</script>"})
        html = response.content.decode()
        assert response.status_code == 422
        assert 'href="#id_seen_on"' in html
        assert 'href="#id_minor_0"' in html
        assert 'id="id_minor_0"' in html
        assert 'aria-describedby="id_seen_on_helptext id_seen_on_error"' in html
        assert "&lt;script&gt;x" in html
        assert 'value="30.02.2026"' in html

    def test_a_refusal_of_the_service_stands_beside_its_field(self) -> None:
        response = Client().post(
            "/form", {"seen_on": "01.01.2030", "told": "x", "sector": "a", "minor": "unknown", "name": "مريم"}
        )
        html = response.content.decode()
        assert response.status_code == 422
        assert "This day has not come yet." in html
        assert 'value="مريم"' in html
        assert 'href="#id_seen_on"' in html

    def test_good_input_goes_on(self) -> None:
        good = {"seen_on": "24.11.2026", "told": "x", "sector": "a", "minor": "no"}
        assert Client().post("/form", good).status_code == 302

    def test_the_form_carries_the_version_it_was_made_from(self) -> None:
        assert '<input type="hidden" name="version" value="7">' in Client().get("/form").content.decode()
