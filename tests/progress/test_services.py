"""Acts through their door, with real rows: what works, what is refused, what happens twice."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import Error, connection, transaction
from django.utils import timezone
from tests.cast import Cast
from tests.progress import stage
from tests.progress.stage import BELLS, EVIDENCE, GUARDS, LIGHTS, ROPES, TRAINED

from fanal.access.rules import Member
from fanal.access.services import acting_as
from fanal.audit.models import Entry
from fanal.bodies.rules import Due
from fanal.errors import Invalid, NotAllowed, NotFound, Refusal
from fanal.notify.models import Message
from fanal.progress import queries, rules, services
from fanal.progress.models import Reminder, Report, Review
from fanal.progress.rules import Code
from fanal.progress.services import Piece

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plan")]


def state(key: str, now: datetime) -> tuple[Code, str]:
    found = queries.standing(key, timezone.localdate(now)).state
    return found.code, found.reason.code


def test_a_lead_reports_and_the_state_follows(cast: Cast, now: datetime) -> None:
    assert state(GUARDS, now) == (Code.LATE, "reports_missing")
    last = stage.before(now).last
    row = stage.send(cast.correspondent, now, figures=stage.figure("12.5", last), evidence=(EVIDENCE,))
    assert state(GUARDS, now) == (Code.ON_TRACK, "benchmark_met")
    assert (row.plan, row.period, row.evidence) == (stage.CODE, last, 1)
    assert Entry.objects.filter(act="progress.report", reference=GUARDS).count() == 1
    stage.send(cast.correspondent, now, figures=stage.figure("9", last))
    assert state(GUARDS, now) == (Code.LATE, "benchmark_missed")
    stage.send(cast.correspondent, now, figures=stage.figure("41", last), evidence=(EVIDENCE,))
    assert state(GUARDS, now) == (Code.DONE, "done")


def test_the_same_form_twice_is_one_report(cast: Cast, now: datetime) -> None:
    key = str(uuid4())
    with acting_as(cast.correspondent):
        first, second = (
            services.report(by=cast.correspondent, key=GUARDS, draft=stage.draft(now), submission=key, at=now)
            for _ in range(2)
        )
    assert first == second
    assert Report.objects.count() == 1


REFUSED: tuple[tuple[dict[str, object], str, str], ...] = (
    ({"period": "2019-T1"}, "period_unfit", "period"),
    ({"period": "2026-Q1"}, "period_unfit", "period"),
    ({"period": "next"}, "period_unfit", "period"),
    ({"words": "  "}, "words_missing", "words"),
    ({"stage": "nearly"}, "stage_unknown", "stage"),
    ({"evidence": (Piece("link", "javascript:alert(1)"),)}, "link_unreadable", "links"),
    ({"evidence": (Piece("link", "harbour.example"),)}, "link_unreadable", "links"),
    ({"evidence": (Piece("decision", "TAB-1999-001"),)}, "decision_unknown", "decisions"),
    ({"evidence": (Piece("photo", "x"),)}, "evidence_unknown", "notes"),
    ({"evidence": (EVIDENCE,) * 21}, "evidence_many", "links"),
)


def test_what_a_report_is_sent_back_for(cast: Cast, now: datetime) -> None:
    for more, code, field in REFUSED:
        with pytest.raises(Invalid) as refused:
            stage.send(cast.correspondent, now, **more)
        assert (refused.value.code, refused.value.field) == (code, field), more
    assert not Report.objects.exists()


def test_figures_have_a_day_that_can_be(cast: Cast, now: datetime) -> None:
    today = timezone.localdate(now)
    for on, code in ((today + timedelta(days=1), "measured_later"), (date(1999, 1, 1), "measured_before")):
        with pytest.raises(Invalid) as refused:
            stage.send(cast.correspondent, now, figures=stage.figure("1", on))
        assert refused.value.code == code
    with pytest.raises(Invalid) as refused:
        stage.send(cast.correspondent, now, LIGHTS, figures=stage.figure("1", today))
    assert refused.value.code == "indicator_unknown"


def test_only_the_lead_reports(cast: Cast, now: datetime) -> None:
    for key in (ROPES, BELLS):
        with pytest.raises(NotAllowed) as refused:
            stage.send(cast.correspondent, now, key)
        assert refused.value.code == "not_lead"
    for member in (cast.chair, cast.secretary, cast.officer):
        with pytest.raises(NotAllowed):
            stage.send(member, now)
    with pytest.raises(NotFound):
        stage.send(cast.correspondent, now, "chart-7-99")


@pytest.fixture
def other(cast: Cast) -> Member:
    """A correspondent of another house, who leads a measure that the cast's one shares."""
    return stage.of_house(cast.correspondent, "college")


def test_who_shares_a_measure_remarks_and_nobody_else(cast: Cast, other: Member, now: datetime) -> None:
    row = stage.send(other, now, ROPES)
    with acting_as(cast.correspondent):
        for _ in range(2):
            services.remark(by=cast.correspondent, report_id=row.pk, words="Ours too.", at=now)
    said, _line = queries.report(row.pk)
    assert [each.words for each in said.remarks] == ["Ours too."]
    mine = stage.send(cast.correspondent, now)
    for by, report, words, code in (
        (cast.correspondent, mine, "x", "not_co_lead"),
        (cast.chair, row, "x", "not_co_lead"),
        (cast.correspondent, row, " ", "words_missing"),
    ):
        with pytest.raises(Refusal) as refused, acting_as(by):
            services.remark(by=by, report_id=report.pk, words=words, at=now)
        assert refused.value.code == code


def test_the_review_stands_beside_the_report(cast: Cast, now: datetime) -> None:
    row = stage.send(cast.correspondent, now, LIGHTS, stage="completed", evidence=(EVIDENCE,))
    assert state(LIGHTS, now) == (Code.DONE, "done")
    no = {"agrees": False, "reason": "Three lamps are out."}
    with acting_as(cast.chair):
        for _ in range(2):
            services.review(by=cast.chair, report_id=row.pk, at=now, **no)
    assert Review.objects.count() == 1
    assert state(LIGHTS, now) == (Code.ON_TRACK, "done_disputed")
    assert queries.standing(LIGHTS, timezone.localdate(now)).state.disputed
    told = Message.objects.get(kind="progress.disputed")
    assert (told.unit_id, told.reference) == (cast.correspondent.unit_id, row.period_code)
    with acting_as(cast.chair):
        services.review(
            by=cast.chair, report_id=row.pk, agrees=True, reason="", at=now + timedelta(minutes=1)
        )
    said, _line = queries.report(row.pk)
    assert [each.agrees for each in said.reviews] == [True, False]
    assert state(LIGHTS, now + timedelta(days=1)) == (Code.DONE, "done")


def test_a_review_says_why_and_is_somebody_else_s(cast: Cast, now: datetime) -> None:
    row = stage.send(cast.correspondent, now)
    with pytest.raises(Invalid) as refused:
        services.review(by=cast.chair, report_id=row.pk, agrees=False, reason=" ", at=now)
    assert refused.value.code == "reason_missing"
    with pytest.raises(NotAllowed) as own:
        services.review(by=cast.correspondent, report_id=row.pk, agrees=True, reason="", at=now)
    assert own.value.code == "own_report"
    with pytest.raises(NotFound):
        services.review(by=cast.chair, report_id=uuid4(), agrees=True, reason="", at=now)


def test_only_a_decision_that_exists_drops_a_measure(cast: Cast, now: datetime) -> None:
    with acting_as(cast.chair), pytest.raises(Invalid) as refused:
        services.rule(by=cast.chair, key=LIGHTS, dropped=True, decision="TAB-2001-001", at=now)
    assert (refused.value.code, refused.value.field) == ("decision_unknown", "decision")
    number = stage.decided(cast, now)
    with acting_as(cast.chair):
        with pytest.raises(Refusal) as never:
            services.rule(by=cast.chair, key=LIGHTS, dropped=False, decision=number, at=now)
        assert never.value.code == "not_dropped"
        first, second = (
            services.rule(by=cast.chair, key=LIGHTS, dropped=True, decision=number.lower(), at=now)
            for _ in range(2)
        )
    assert first == second
    found = queries.standing(LIGHTS, timezone.localdate(now)).state
    assert (found.code, found.reason.facts["number"]) == (Code.DROPPED, number)
    with pytest.raises(Refusal) as dropped:
        stage.send(cast.correspondent, now, LIGHTS)
    assert dropped.value.code == "measure_dropped"
    with acting_as(cast.chair):
        services.rule(
            by=cast.chair, key=LIGHTS, dropped=False, decision=number, at=now + timedelta(seconds=1)
        )
    assert state(LIGHTS, now)[0] is not Code.DROPPED


def test_a_decision_is_evidence_when_it_is_in_the_register(cast: Cast, now: datetime) -> None:
    number = stage.decided(cast, now)
    row = stage.send(cast.correspondent, now, evidence=(Piece("note", "Circular 3"),))
    assert row.evidence == 1
    with acting_as(cast.chair):
        assert services.reporting.demand_decision(
            cast.chair, number, timezone.localdate(now), field="decisions"
        ) == (number, timezone.localdate(now))


TABLES = ("report", "value", "evidence", "remark", "review", "ruling", "reminder")


def test_nothing_is_changed_or_removed() -> None:
    for table in TABLES:
        for act in ("UPDATE progress_{} SET id = id", "DELETE FROM progress_{}"):
            with (
                pytest.raises(Error, match="permission denied"),
                transaction.atomic(),
                connection.cursor() as cursor,
            ):
                cursor.execute(act.format(table))


def test_reminders_come_once_a_period_and_moment(cast: Cast, now: datetime) -> None:
    period = stage.before(now)
    ended, past = (
        timezone.make_aware(datetime.combine(period.last + timedelta(days=days), datetime.min.time()))
        for days in (1, 22)
    )
    leads = {"crown", "courts", "watch"}
    assert services.remind(at=ended) >= 3
    assert services.remind(at=ended) == 0
    known = set(Reminder.objects.filter(period_code=period.code).values_list("institution", "late"))
    assert known >= {(lead, False) for lead in leads}
    assert not [late for _lead, late in known if late]
    told = Message.objects.filter(kind="progress.due", reference=period.code)
    assert cast.correspondent.unit_id in told.values_list("unit_id", flat=True)
    with acting_as(cast.correspondent):
        for each in queries.led_by("crown", timezone.localdate(ended)):
            services.report(by=cast.correspondent, key=each.line.key, draft=stage.draft(now), at=ended)
    assert services.remind(at=past) == len(known) - 1
    assert not Message.objects.filter(kind="progress.late", unit_id=cast.correspondent.unit_id).exists()


def test_what_waits_for_whom(cast: Cast, now: datetime) -> None:
    period = stage.before(now)
    mine = [each.line.key for each in queries.led_by("crown", timezone.localdate(now))]
    [line] = queries.waiting(cast.correspondent, now)
    assert (line.reference, line.act) == (period.code, f"Report on {len(mine)} measures")
    assert line.due_at is not None
    assert line.state == ("late" if line.due_at < now else "week")
    assert queries.waiting(cast.chair, now) == ()
    assert queries.waiting(cast.officer, now) == ()
    for key in mine:
        if key != GUARDS:
            stage.send(cast.correspondent, now, key)
    [line] = queries.waiting(cast.correspondent, now)
    assert (line.reference, line.url) == ("1.1", f"/progress/measures/{GUARDS}/report/")
    row = stage.send(cast.correspondent, now)
    assert queries.waiting(cast.correspondent, now) == ()
    [line] = queries.waiting(cast.chair, now)
    assert line.act == f"Review {len(mine)} progress reports"
    with acting_as(cast.chair):
        services.review(by=cast.chair, report_id=row.pk, agrees=True, reason="", at=now)
    assert queries.waiting(cast.chair, now)[0].act.startswith(f"Review {len(mine) - 1} progress report")


def test_an_agenda_is_told_what_is_due(cast: Cast, now: datetime) -> None:
    on = timezone.localdate(now)
    keys = [each.key for each in queries.due(cast.chair, on, on)]
    assert {GUARDS, LIGHTS, ROPES, BELLS} <= set(keys)
    stage.send(cast.correspondent, now, LIGHTS)
    found = queries.due(cast.chair, on, on)
    assert LIGHTS not in {each.key for each in found}
    each = next(each for each in found if each.key == GUARDS)
    assert isinstance(each, Due)
    assert (each.kind, each.title, each.url) == (
        "measure",
        "chart-7 1.1 Train the guards",
        f"/progress/measures/{GUARDS}/",
    )
    assert each.reason.startswith("late: ")
    ahead = queries.due(cast.chair, on, date(on.year + 3, 1, 1))
    marked = {each.key: each.due_on for each in ahead}
    assert marked[LIGHTS] == date(on.year + 2, 12, 31)
    assert marked[GUARDS] == date(on.year + 1, 12, 31)
    assert queries.due(cast.administrator, on, on) == []


def test_what_changed_since_a_day(cast: Cast, now: datetime) -> None:
    on = timezone.localdate(now)
    plan = queries.standing(GUARDS, on).line.plan_code
    from fanal.plans import queries as plans

    line = plans.plan(plan, on)
    assert queries.changes(line, on, on) == []
    stage.send(cast.correspondent, now, LIGHTS)
    [found] = queries.changes(line, on - timedelta(days=1), on)
    assert found.before is not None
    assert (found.now.line.key, found.before.state.code, found.now.state.code, found.reports) == (
        LIGHTS, Code.LATE, Code.ON_TRACK, 1,
    )  # fmt: skip


def test_many_measures_are_read_as_one_is(cast: Cast, now: datetime) -> None:
    """The four statements say what the rules say of all reports."""
    last = stage.before(now).last
    older = rules.period_at(stage.before(now).first - timedelta(days=1), 4)
    for minutes, more in enumerate(
        (
            {"figures": stage.figure("3", last)},
            {"period": older.code, "figures": stage.figure("5", older.last), "evidence": (EVIDENCE,)},
            {"stage": "not_begun", "figures": stage.figure("4", last)},
        )
    ):
        row = stage.send(cast.correspondent, now + timedelta(minutes=minutes), **more)
    with acting_as(cast.chair):
        services.review(
            by=cast.chair, report_id=row.pk, agrees=False, reason="No.", at=now + timedelta(hours=1)
        )
    at = now + timedelta(days=1)
    found = queries.standing(GUARDS, timezone.localdate(at)).record
    told = [
        rules.Told(
            period=each.period, at=each.sent_at, stage=rules.Stage(each.stage), blocked=bool(each.blocked_by),
            evidence=each.evidence, agreed=next((v.agrees for v in each.reviews.order_by("-at")), None),
            values={v.indicator: rules.Value(v.value, v.measured_on, each.period) for v in each.values.all()},
        )
        for each in Report.objects.filter(measure=GUARDS)
    ]  # fmt: skip
    expected = rules.fold(told)
    assert (found.values, found.evidence, found.ruling) == (expected.values, expected.evidence, None)
    assert found.last is not None
    assert expected.last is not None
    assert (found.last.at, found.last.stage, found.last.agreed) == (
        expected.last.at, expected.last.stage, False,
    )  # fmt: skip
    assert found.values[TRAINED].value == Decimal(4)
