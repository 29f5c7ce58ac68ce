"""The life of a plan: written, adopted, amended, never changed once adopted."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from tests.cast import Cast
from tests.plans.conftest import CODE, INDICATOR, decided, measure

from fanal.access.services import acting_as
from fanal.audit.models import Entry
from fanal.config.loading import load_country
from fanal.country.queries import pack
from fanal.errors import Invalid, NotFound, Refusal, Stale
from fanal.plans import queries, rules, services
from fanal.plans.models import Benchmark, Carry, Heading, Indicator, Measure, Plan, Version

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 1)


def test_the_country_delivers_plans_and_loading_them_again_changes_nothing() -> None:
    assert [(each.code, each.state, each.measures) for each in queries.plans(DAY)] == [
        ("chart-2", rules.State.IN_FORCE, 3),
        ("chart-1", rules.State.CLOSED, 1),
    ]
    assert not any(line.changed for line in load_country(on=date(2020, 1, 1)))


def test_loading_finds_a_measure_again_and_leaves_what_people_amended(cast: Cast, now: datetime) -> None:
    Measure.objects.filter(key="chart-2-01").update(lead="crown")
    assert services.load(pack(), on=DAY)[0].updated == 1
    assert queries.measure("chart-2-01", DAY).lead == "watch"
    with acting_as(cast.chair):
        services.amend(by=cast.chair, plan_code="chart-2", at=now)
    Measure.objects.filter(key="chart-2-01").update(lead="crown")
    assert services.load(pack(), on=DAY)[0].kept == 1


def test_none_in_force_is_a_state(db: None) -> None:
    assert queries.in_force(date(2014, 12, 31)) == ()
    assert [each.code for each in queries.in_force(date(2019, 12, 31))] == ["chart-1"]


def test_a_draft_is_for_those_who_write_plans(cast: Cast, draft: Version) -> None:
    assert CODE not in {each.code for each in queries.plans(DAY)}
    assert CODE in {each.code for each in queries.plans(DAY, drafts=True)}
    assert queries.draft(CODE, cast.secretary).pk == draft.pk
    for reader in (cast.correspondent, cast.rapporteur, cast.outsider):
        with pytest.raises(NotFound):
            queries.draft(CODE, reader)
        with pytest.raises(NotFound):
            queries.version(CODE, 1, reader)
    with pytest.raises(NotFound):
        queries.measure(f"{CODE}-01", DAY)


def test_adopted_by_a_decision_of_the_cell(cast: Cast, draft: Version, now: datetime) -> None:
    number, today = decided(cast, now), timezone.localdate(now)
    with acting_as(cast.chair):
        services.adopt(by=cast.chair, plan_code=CODE, adopted_on=today, decision=number.lower(), at=now)
    found = queries.plan(CODE, today)
    assert (found.state, found.version.decision, found.measures) == (rules.State.IN_FORCE, number, 2)
    assert queries.measures_led_by("watch", today)[0].plan_code == CODE
    assert Entry.objects.filter(act="plans.adopt", reference=CODE).count() == 1


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({}, "no_decision"),
        ({"decision": "CEL-1999-001"}, "unknown_decision"),
        ({"decision": "bureau"}, "not_of_the_cell"),
        ({"act": "x", "adopted_on": date(2090, 1, 1)}, "in_future"),
    ],
)
def test_not_adopted_without_a_decision(
    cast: Cast, draft: Version, now: datetime, given: dict[str, object], code: str
) -> None:
    if given.get("decision") == "bureau":
        given = {"decision": decided(cast, now, "bureau")}
    with acting_as(cast.chair), pytest.raises(Invalid) as refused:
        services.adopt(by=cast.chair, plan_code=CODE, **{"adopted_on": DAY, "at": now} | given)  # type: ignore[arg-type]
    assert refused.value.code == code


def test_what_is_adopted_is_whole(cast: Cast, draft: Version, now: datetime) -> None:
    with acting_as(cast.chair):
        services.reframe(
            by=cast.chair, plan_code=CODE, titles={"en": "Third chart"}, starts_on=date(2025, 1, 1),
            ends_on=date(2027, 12, 31), at=now,
        )  # fmt: skip
        with pytest.raises(Refusal) as refused:
            services.adopt(by=cast.chair, plan_code=CODE, adopted_on=DAY, act="x", at=now)
    assert refused.value.code == "not_ready"
    assert refused.value.facts["measures"] == ["1.1", "1.2"]


def test_the_database_keeps_what_was_adopted(adopted: Version) -> None:
    row = adopted.measures.get(key=f"{CODE}-01")
    indicator = row.indicators.get()
    changes = (
        lambda: Version.objects.filter(pk=adopted.pk).update(ends_on=date(2040, 1, 1)),
        lambda: Measure.objects.filter(pk=row.pk).update(lead="crown"),
        lambda: Heading.objects.filter(version=adopted).update(number="9"),
        lambda: Indicator.objects.filter(pk=indicator.pk).update(target=Decimal(1)),
        lambda: Benchmark.objects.filter(indicator=indicator).delete(),
        lambda: Benchmark.objects.create(indicator=indicator, on=DAY, value=1),
    )
    for change in changes:
        with pytest.raises(IntegrityError, match="adopted version"), transaction.atomic():
            change()


def test_an_amendment_is_the_next_version(cast: Cast, adopted: Version, now: datetime) -> None:
    by, first = cast.chair, f"{CODE}-01"
    before = queries.measures(CODE, DAY)
    with acting_as(by):
        services.amend(by=by, plan_code=CODE, at=now)
        draft = queries.draft(CODE, by)
        assert [replace(each, version=1) for each in queries.measures_of(draft.pk)] == list(before)
        with pytest.raises(Refusal, match="draft_open"):
            services.amend(by=by, plan_code=CODE, at=now)
        line = queries.measures_of(draft.pk)[0]
        changed = queries.values_of(line, titles={"en": "Train all harbour guards"}, lead="crown")
        services.put_measure(by=by, plan_code=CODE, values=changed, heading=_place(draft, first), at=now)
        services.remove_measure(by=by, plan_code=CODE, key=f"{CODE}-02", at=now)
        services.put_measure(
            by=by,
            plan_code=CODE,
            values=measure("1.3", "Map the isles"),
            heading=_place(draft, first),
            at=now,
        )
        with pytest.raises(Invalid, match="before_the_last"):
            services.adopt(by=by, plan_code=CODE, adopted_on=date(2025, 1, 1), act="x", at=now)
        services.adopt(by=by, plan_code=CODE, adopted_on=date(2026, 3, 1), act="x", at=now)
    assert queries.measures(CODE, date(2026, 2, 28)) == before
    after = queries.measures(CODE, date(2026, 3, 1))
    assert [each.key for each in after] == [first, f"{CODE}-03"]  # a key is never given twice
    assert [each.key for each in after[0].indicators] == [f"{first}.1"]
    found = rules.difference(before, after)
    assert ([x.key for x in found.added], [x.key for x in found.removed]) == ([f"{CODE}-03"], [f"{CODE}-02"])
    assert {change.field for change in found.changed[0].changes} == {"title", "lead"}
    dropped = queries.measure(f"{CODE}-02", DAY)
    assert (dropped.version, dropped.number) == (1, "1.2")


def _place(draft: Version, key: str) -> object:
    return draft.measures.get(key=key).heading.anchor


def test_a_draft_that_is_discarded_leaves_nothing_but_what_was_adopted(
    cast: Cast, adopted: Version, now: datetime
) -> None:
    with acting_as(cast.chair):
        services.amend(by=cast.chair, plan_code=CODE, at=now)
        services.discard(by=cast.chair, plan_code=CODE, at=now)
        services.start(
            by=cast.chair,
            code="chart-9",
            titles={"en": "x"},
            phenomena=[],
            starts_on=DAY,
            ends_on=DAY,
            at=now,
        )
        services.discard(by=cast.chair, plan_code="chart-9", at=now)
    assert Version.objects.filter(plan=CODE).count() == 1
    assert not Plan.objects.filter(code="chart-9").exists()


@pytest.mark.parametrize("code", ["New plan", "new", "plan-traite", "smuggling-2026", "-a", "a" * 41])
def test_a_code_is_short_and_says_nothing(cast: Cast, now: datetime, code: str) -> None:
    with acting_as(cast.chair), pytest.raises(Invalid, match="bad_code"):
        services.start(
            by=cast.chair, code=code, titles={"en": "x"}, phenomena=[], starts_on=DAY, ends_on=DAY, at=now
        )


def test_refused_while_writing(cast: Cast, draft: Version, now: datetime) -> None:
    by, place = cast.chair, _place(draft, f"{CODE}-01")
    with acting_as(by):
        for values, code in (
            (measure("1.2", "Again"), "number_taken"),
            (measure("1.9", "No lead", lead=""), "no_lead"),
            (measure("1.9", "Too early", starts_on=date(2024, 12, 31)), "before_plan"),
        ):
            with pytest.raises(Invalid, match=code):
                services.put_measure(by=by, plan_code=CODE, values=values, heading=place, at=now)  # type: ignore[arg-type]
        with pytest.raises(Invalid, match="target_without_baseline"):
            services.put_indicator(
                by=by, plan_code=CODE, key=f"{CODE}-01", values=replace(INDICATOR, baseline=None), at=now
            )
        with pytest.raises(Refusal, match="not_empty"):
            services.remove_heading(by=by, plan_code=CODE, anchor=place, at=now)  # type: ignore[arg-type]
        with pytest.raises(Stale):
            services.reframe(
                by=by, plan_code=CODE, titles={"en": "x"}, starts_on=DAY, ends_on=DAY, edition=99, at=now
            )
        with pytest.raises(NotFound):
            services.put_measure(by=by, plan_code="chart-2", values=measure("9", "x"), heading=place, at=now)  # type: ignore[arg-type]


def test_moving_stops_at_the_ends(cast: Cast, draft: Version, now: datetime) -> None:
    def order() -> list[str]:
        return [each.number for each in queries.measures_of(draft.pk)]

    with acting_as(cast.chair):
        for up, expected in ((True, ["1.2", "1.1"]), (True, ["1.2", "1.1"]), (False, ["1.1", "1.2"])):
            services.move_measure(by=cast.chair, plan_code=CODE, key=f"{CODE}-02", up=up, at=now)
            assert order() == expected


def test_a_measure_that_came_back_is_confirmed_by_a_person(
    cast: Cast, adopted: Version, now: datetime
) -> None:
    by, key, on = cast.secretary, f"{CODE}-01", timezone.localdate(now)
    with acting_as(by):
        assert services.find_returns(by=by, plan_code=CODE, at=now) > 0
        found = {each.older.key: each for each in queries.returns(adopted, on)}
        assert {"chart-1-01", "chart-2-01"} <= set(found)
        assert queries.chain(key, on) == ()
        services.judge(by=by, carry_id=found["chart-2-01"].row.pk, carried=True, at=now)
        with pytest.raises(Refusal, match="carried_already"):
            services.judge(by=by, carry_id=found["chart-1-01"].row.pk, carried=True, at=now)
        services.judge(by=by, carry_id=found["chart-1-01"].row.pk, carried=False, at=now)
        services.find_returns(by=by, plan_code="chart-2", at=now)
        older = Carry.objects.get(key="chart-2-01", older_key="chart-1-01")
        services.judge(by=by, carry_id=older.pk, carried=True, at=now)
        assert services.find_returns(by=by, plan_code=CODE, at=now + timedelta(days=1)) == 0
    assert [each.key for each in queries.chain(key, on)] == ["chart-2-01", "chart-1-01"]
    assert [each.key for each in queries.successors("chart-1-01", on)] == ["chart-2-01", key]
    assert queries.carried_keys([key, f"{CODE}-02"]) == {key}


def test_words_find_measures_in_any_language(adopted: Version) -> None:
    assert [each.key for each in queries.find_measures("Quays LIGHT", DAY)] == [f"{CODE}-02"]
    assert [each.key for each in queries.find_measures("gardes port", DAY)] == ["chart-2-01", "chart-1-01"]
    assert queries.find_measures(" ", DAY) == queries.find_measures("nowhere", DAY) == ()
    assert [each.key for each in queries.find_measures("1.2", DAY, plan_code=CODE)] == [f"{CODE}-02"]
