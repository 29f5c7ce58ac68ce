"""Figures are recorded, corrected and never lost; what is not protected stands before who keeps them only."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.cast import Cast, api, client
from tests.figures.conftest import ENTRY, recorded

from fanal.access.services import acting_as
from fanal.audit.models import Entry as Trace
from fanal.country.queries import pack
from fanal.errors import Invalid, NotFound, Stale
from fanal.statistics import queries, services
from fanal.statistics.models import Figure
from fanal.statistics.rules import Matter, Status

pytestmark = pytest.mark.django_db
CODE = "offence-t-2024-1"


def test_a_figure_is_recorded_under_a_code_of_its_matter(cast: Cast, now: datetime) -> None:
    assert recorded(cast.secretary, now).code == CODE
    assert recorded(cast.chair, now, source="Another book").code == "offence-t-2024-2"
    line = queries.figure(CODE, cast.outsider)
    assert (line.value, line.version, line.current) == (346, 1, True)
    assert Trace.objects.filter(act="statistics.record").count() == 2


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"matter": Matter("lamps", "trafficking", "2024")}, "counting_unit", "unknown_code"),
        ({"matter": Matter("offence", "theft", "2024")}, "phenomenon", "unknown_code"),
        ({"matter": Matter("offence", "trafficking", "2024", "NOSE")}, "form", "unknown_code"),
        ({"matter": Matter("offence", "trafficking", "2024", "", "cats")}, "breakdown", "unknown_code"),
        ({"matter": Matter("offence", "trafficking", "soon")}, "period", "period"),
        ({"definition": "  "}, "definition", "definition"),
        ({"source": ""}, "source", "source"),
        ({"extracted_on": date(2999, 1, 1)}, "extracted_on", "extracted_on"),
        ({"value": None}, "value", "value_missing"),
        ({"value": 0}, "value", "zero_is_zero"),
        ({"status": Status.UNKNOWN}, "value", "value_without_number"),
    ],
)
def test_a_figure_that_says_nothing_is_refused(
    cast: Cast, now: datetime, change: dict[str, Any], field: str, code: str
) -> None:
    with pytest.raises(Invalid) as refused:
        recorded(cast.secretary, now, **change)
    assert (refused.value.field, refused.value.code) == (field, code)


def test_the_same_source_says_it_once(cast: Cast, now: datetime) -> None:
    recorded(cast.secretary, now)
    with pytest.raises(Invalid, match="already_there"):
        recorded(cast.chair, now)


def test_a_correction_keeps_what_stood_before(cast: Cast, now: datetime) -> None:
    recorded(cast.secretary, now)
    by = cast.chair
    changed = replace(ENTRY, value=350)
    with acting_as(by):
        services.correct(by=by, code=CODE, version=1, entry=changed, why="Counted again", at=now)
    assert queries.figure(CODE, by).value == 350
    assert [(row.version, row.value, row.why) for row in queries.history(CODE, by)] == [
        (2, 350, "Counted again"),
        (1, 346, ""),
    ]
    refusals: tuple[tuple[type[Exception], dict[str, Any]], ...] = (
        (Stale, {"version": 1, "entry": changed, "why": "late"}),
        (Invalid, {"version": 2, "entry": changed, "why": " "}),
        (
            Invalid,
            {
                "version": 2,
                "entry": replace(ENTRY, matter=Matter("offence", "trafficking", "2023")),
                "why": "x",
            },
        ),
        (NotFound, {"version": 2, "entry": changed, "why": "x", "code": "none-1"}),
    )
    for kind, more in refusals:
        with pytest.raises(kind), acting_as(by):
            services.correct(**({"by": by, "code": CODE, "at": now} | more))


def test_the_database_keeps_every_version(cast: Cast, now: datetime) -> None:
    row = recorded(cast.secretary, now)
    for act in (
        lambda: Figure.objects.filter(pk=row.pk).update(value=1),
        lambda: Figure.objects.filter(pk=row.pk).delete(),
        lambda: Figure.objects.filter(pk=row.pk).update(superseded_at=now, value=9),
    ):
        with pytest.raises(DatabaseError, match="stays"), transaction.atomic():
            act()
    with pytest.raises(IntegrityError, match="figure_one_in_force"), transaction.atomic():
        Figure.objects.create(**(_values(row) | {"version": 2}))
    with pytest.raises(IntegrityError, match="figure_number_goes_with_its_state"), transaction.atomic():
        Figure.objects.create(**(_values(row) | {"code": "x-1", "value": None}))


def _values(row: Figure) -> dict[str, Any]:
    return {field.attname: getattr(row, field.attname) for field in Figure._meta.fields if field.name != "id"}


CANARY = 987_654


def test_what_is_not_protected_is_nowhere_for_others(cast: Cast, now: datetime) -> None:
    """List, search, count, export, detail, contradiction, series, API."""
    recorded(cast.secretary, now, value=CANARY, protected=False, source="Canary book")
    recorded(cast.secretary, now, source="Another book", value=5)
    stranger, keeper = client(cast.outsider), client(cast.secretary)
    paths = (
        "/figures/", "/figures/?source=Canary", "/figures/conflicts/", "/figures/export.csv",
        "/figures/offence-t-2024-2/", "/api/figures", "/api/figures/conflicts", "/api/figures/offence-t-2024-2",
    )  # fmt: skip
    for path in paths:
        said = stranger.get(path).content.decode()
        assert str(CANARY) not in said.replace("\u202f", ""), path
        assert "anary" not in said.replace("?source=Canary", "").replace('value="Canary"', ""), path
    assert stranger.get(f"/figures/{CODE}/").status_code == 404
    assert api(cast.outsider).get(f"/api/figures/{CODE}").status_code == 404
    assert str(CANARY) in keeper.get(f"/figures/{CODE}/").content.decode().replace("\u202f", "")
    assert "contradicted" in keeper.get("/figures/").content.decode()


def test_the_country_brings_its_figures_once(cast: Cast, now: datetime) -> None:
    before = Figure.objects.count()
    assert before == 6
    assert services.load_country(pack(), on=timezone.localdate(now)).unchanged == before
    by = cast.secretary
    row = queries.in_force("captives-2018", by)
    line = queries.line_of(row, "en")
    entry = replace(ENTRY, matter=line.matter, value=8, definition=line.definition, source=line.source)
    with acting_as(by):
        services.correct(by=by, code=row.code, version=1, entry=entry, why="Found two more", at=now)
    report = services.load_country(pack(), on=timezone.localdate(now) + timedelta(days=1))
    assert (report.kept, report.unchanged) == (1, before - 1), "what a person corrected stays"


def test_a_list_costs_the_same_for_few_and_many(cast: Cast, now: datetime) -> None:
    reader = client(cast.correspondent)
    paths = ("/figures/", "/figures/conflicts/", "/figures/offence-t-2024-1/", "/api/figures")
    recorded(cast.secretary, now)
    recorded(cast.secretary, now, source="Another", value=2)
    few = [_statements(reader, path) for path in paths]
    for n in range(30):
        recorded(cast.secretary, now, source=f"Book {n}", value=n + 1)
        recorded(
            cast.secretary, now, matter=Matter("offence", "trafficking", f"{1950 + n}"), source=f"Book {n}"
        )
    assert [_statements(reader, path) for path in paths] == few


def _statements(reader: Any, path: str) -> int:
    reader.get(path)
    with CaptureQueriesContext(connection) as captured:
        assert reader.get(path).status_code == 200
    return len(captured)


def test_the_pages_of_the_one_who_keeps(cast: Cast, now: datetime) -> None:
    browser = client(cast.secretary)
    typed = {
        "counting_unit": "offence", "phenomenon": "trafficking", "period": "2024", "status": "known", "value": "0",
        "definition": "Offences", "source": "Book",
    }  # fmt: skip
    wrong = browser.post("/figures/new/", typed)
    assert wrong.status_code == 422
    assert "known to be zero" in wrong.content.decode()
    assert 'value="2024"' in wrong.content.decode(), "nothing typed is lost"
    assert browser.post("/figures/new/", typed | {"value": "12"}).status_code == 302
    assert (
        browser.post(f"/figures/{CODE}/correct/", typed | {"value": "13", "version": "1"}).status_code == 422
    )
    good = typed | {"value": "13", "version": "1", "why": "again"}
    assert browser.post(f"/figures/{CODE}/correct/", good).status_code == 302
    assert client(cast.correspondent).get("/figures/new/").status_code == 403
    page = browser.get("/figures/captives-2019/").content.decode()
    assert "Counted by the ferrymen" in page
    assert "<svg" in page
