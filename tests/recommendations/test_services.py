"""Acts on the register: what works, what is refused, what stays as history."""

from datetime import date, datetime, timedelta
from itertools import product

import pytest
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone
from tests.cast import Cast
from tests.recommendations.conftest import Recorder, issued

from fanal.access.context import set_units
from fanal.access.rules import Member
from fanal.access.services import acting_as
from fanal.audit.models import Entry
from fanal.directory.models import Unit
from fanal.errors import Invalid, NotAllowed, NotFound, Stale
from fanal.recommendations import queries, services
from fanal.recommendations.models import Answer, Assessment, Draft, Position, Recommendation
from fanal.recommendations.rules import State

LATER = timedelta(hours=1)


def state(number: str, by: Member, on: date) -> State:
    with acting_as(by):
        return queries.sheet(number, by, on).line.state


def test_numbers_run_by_year_and_the_trace_says_who_entered_it(recorded: Recorder, cast: Cast) -> None:
    first, second, other = recorded("A"), recorded("B"), recorded("C", issued=issued("2022"))
    assert second.number == f"REC-2013-{int(first.number[-3:]) + 1:03}"
    assert other.number == "REC-2022-001"
    with acting_as(cast.chair):
        assert Entry.objects.filter(act="recommendations.record", person_id=cast.chair.person_id).count() == 3


@pytest.mark.parametrize(
    ("more", "code", "field"),
    [
        ({"body": "moon"}, "unknown_code", "body"),
        ({"force": "begs"}, "unknown_code", "force"),
        ({"words": {"en": " "}}, "words", "words_en"),
        ({"document": " "}, "document", "document"),
        ({"document": "x" * 121}, "too_long", "document"),
        ({"issued": issued("2099")}, "issued_later", "issued"),
        ({"reply_due": date(2013, 1, 1)}, "reply_due", "reply_due"),
        ({"link": "javascript:alert(1)"}, "link", "link"),
        ({"addressees": ("nobody",)}, "unknown_code", "addressees"),
    ],
)
def test_what_makes_no_sense_is_refused_beside_its_field(
    recorded: Recorder, more: dict[str, object], code: str, field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        recorded(**more)
    assert (refused.value.code, refused.value.field) == (code, field)


def test_the_same_paragraph_or_external_number_is_entered_once(recorded: Recorder) -> None:
    recorded(paragraph="12", external_id="a")
    for more in ({"paragraph": " 12"}, {"external_id": "a", "paragraph": "13"}):
        with pytest.raises(Invalid, match="known"):
            recorded("Something else", **more)
    recorded("Something else", paragraph="13")


def test_a_change_counts_and_an_old_window_is_told(one: Recommendation, cast: Cast, now: datetime) -> None:
    with acting_as(cast.secretary):
        content = services.Content(
            body="greta", document="GRETA(2013)14", issued=issued("2013"), words={"fr": "Financer"}
        )
        changed = services.change(by=cast.secretary, number=one.number, content=content, version=1, at=now)
        assert (changed.version, changed.words) == (2, {"fr": "Financer"})
        again = services.change(by=cast.secretary, number=one.number, content=content, version=1, at=now)
        assert again.version == 2
        other = services.Content(body="greta", document="X", issued=issued("2013"), words={"fr": "Financer"})
        with pytest.raises(Stale):
            services.change(by=cast.secretary, number=one.number, content=other, version=1, at=now)
    with acting_as(cast.correspondent), pytest.raises(NotAllowed):
        services.change(by=cast.correspondent, number=one.number, content=other, at=now)


# Positions


def test_a_position_is_drafted_by_one_service_stated_for_all_and_never_overwritten(
    one: Recommendation, cast: Cast, now: datetime
) -> None:
    on = timezone.localdate(now)
    assert state(one.number, cast.officer, on) is State.OVERDUE
    with acting_as(cast.correspondent):
        services.draft_position(by=cast.correspondent, number=one.number, reason="CANARY unfinished", at=now)
        assert state(one.number, cast.correspondent, on) is State.OVERDUE
        services.state_position(
            by=cast.correspondent, number=one.number, position="partly", reason="Half of it.",
            stated_on=date(2014, 1, 1), at=now,
        )  # fmt: skip
        assert not Draft.objects.exists()
    with acting_as(cast.chair):
        services.state_position(
            by=cast.chair,
            number=one.number,
            position="accepted",
            reason="All of it.",
            stated_on=on,
            at=now + LATER,
        )
        services.state_position(
            by=cast.chair,
            number=one.number,
            position="accepted",
            reason="All of it.",
            stated_on=on,
            at=now + LATER,
        )
        found = queries.sheet(one.number, cast.chair, on)
    assert [each.position for each in found.positions] == ["accepted", "partly"]
    assert found.positions[1].unit.code == cast.correspondent.unit_code
    assert found.line.state is State.POSITION


@pytest.mark.parametrize(
    ("position", "reason", "day", "field"),
    [
        ("perhaps", "Because", 0, "position"),
        ("noted", " ", 0, "reason"),
        ("noted", "Because", 1, "stated_on"),
        ("noted", "Because", -9999, "stated_on"),
    ],
)
def test_a_position_needs_a_word_of_the_list_a_reason_and_a_day(
    one: Recommendation, cast: Cast, now: datetime, position: str, reason: str, day: int, field: str
) -> None:
    with acting_as(cast.chair), pytest.raises(Invalid) as refused:
        services.state_position(
            by=cast.chair, number=one.number, position=position, reason=reason,
            stated_on=timezone.localdate(now) + timedelta(days=day), at=now,
        )  # fmt: skip
    assert refused.value.field == field


def test_a_department_answers_what_is_addressed_to_it(recorded: Recorder, cast: Cast, now: datetime) -> None:
    mine = Unit.objects.get(pk=cast.correspondent.unit_id).institution_id
    elsewhere = recorded("A", addressees=("islands",))
    ours = recorded("B", addressees=("islands", mine))
    with acting_as(cast.correspondent):
        services.draft_position(by=cast.correspondent, number=ours.number, at=now)
        with pytest.raises(NotAllowed, match="not_addressed"):
            services.draft_position(by=cast.correspondent, number=elsewhere.number, at=now)
        with pytest.raises(NotAllowed):
            services.add_answer(
                by=cast.correspondent, number=elsewhere.number, kind="evidence", words="Done", at=now
            )
    for stranger in (cast.officer, cast.secretary, cast.rapporteur):
        with acting_as(stranger), pytest.raises(NotAllowed):
            services.draft_position(by=stranger, number=ours.number, at=now)


def test_the_database_shows_a_draft_to_its_service_alone_and_keeps_positions(
    one: Recommendation, cast: Cast, now: datetime
) -> None:
    with acting_as(cast.correspondent):
        services.draft_position(by=cast.correspondent, number=one.number, reason="CANARY", at=now)
    for name, member in cast.all.items():
        with acting_as(member):
            assert Draft.objects.count() == (member.unit_id == cast.correspondent.unit_id), name
    with acting_as(cast.chair):
        services.state_position(
            by=cast.chair,
            number=one.number,
            position="noted",
            reason="So it is.",
            stated_on=timezone.localdate(now),
            at=now,
        )
        for act in (
            "UPDATE recommendations_position SET reason = 'x'",
            "DELETE FROM recommendations_position",
        ):
            with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(act)
        assert Position.objects.get().reason == "So it is."


# The rapporteur


def test_the_rapporteur_alone_assesses_and_what_she_found_stays(
    one: Recommendation, cast: Cast, now: datetime
) -> None:
    with acting_as(cast.rapporteur):
        for at, verdict in ((now, "not_done"), (now + LATER, "partly"), (now + LATER, "partly")):
            services.assess(by=cast.rapporteur, number=one.number, verdict=verdict, words="Seen.", at=at)
    for member in (cast.chair, cast.secretary, cast.correspondent, cast.representative, cast.officer):
        with acting_as(member):
            with pytest.raises(NotAllowed):
                services.assess(by=member, number=one.number, verdict="done", words="All is well.", at=now)
            found = queries.sheet(one.number, member, timezone.localdate(now))
            assert [each.verdict for each in found.assessments] == ["partly", "not_done"]


def test_the_database_takes_an_assessment_from_a_rapporteur_of_her_own_unit_only(
    one: Recommendation, cast: Cast, now: datetime
) -> None:
    def insert(acting: Member, unit_id: int, membership: Member) -> None:
        with transaction.atomic():
            set_units(acting.sight)
            Assessment.objects.create(
                recommendation=one, verdict="done", words="Forged.", unit_id=unit_id,
                membership_id=membership.membership_id, assessed_at=now,
            )  # fmt: skip

    chair, rapporteur = cast.chair, cast.rapporteur
    for acting, unit_id, membership in (
        (chair, chair.unit_id, chair),  # her own unit, no rapporteur
        (chair, rapporteur.unit_id, rapporteur),  # in the rapporteur's name
        (chair, chair.unit_id, rapporteur),
        (rapporteur, rapporteur.unit_id, chair),
    ):
        with pytest.raises(ProgrammingError, match="row-level security"):
            insert(acting, unit_id, membership)
    insert(rapporteur, rapporteur.unit_id, rapporteur)
    for act in (
        "UPDATE recommendations_assessment SET words = 'x'",
        "DELETE FROM recommendations_assessment",
    ):
        with acting_as(rapporteur), pytest.raises(ProgrammingError), transaction.atomic():
            connection.cursor().execute(act)
    assert Assessment.objects.get().words == "Forged."


# What answers it


def test_measure_evidence_and_position_together_answer_it(
    one: Recommendation, cast: Cast, now: datetime, measure_key: str
) -> None:
    on, number = timezone.localdate(now), one.number
    with acting_as(cast.secretary):
        for _twice in range(2):
            services.add_answer(by=cast.secretary, number=number, kind="measure", key=measure_key, at=now)
        for kind, key in (("measure", "M-NONE"), ("decision", "BUR-1900-001")):
            with pytest.raises(Invalid):
                services.add_answer(by=cast.secretary, number=number, kind=kind, key=key, at=now)
        with pytest.raises(Invalid):
            services.add_answer(by=cast.secretary, number=number, kind="evidence", words=" ", at=now)
        with pytest.raises(Invalid):
            services.add_answer(
                by=cast.secretary,
                number=number,
                kind="evidence",
                words="To come",
                on=on + timedelta(days=1),
                at=now,
            )
    with acting_as(cast.chair):
        services.state_position(
            by=cast.chair, number=number, position="accepted", reason="Yes.", stated_on=on, at=now
        )
        assert state(number, cast.chair, on) is State.ANSWERING
        made = services.add_answer(
            by=cast.chair,
            number=number,
            kind="evidence",
            words="A circular",
            link="https://example.org/c",
            at=now,
        )
        found = queries.sheet(number, cast.chair, on)
        assert found.line.state is State.ANSWERED
        assert [each.row.key for each in found.measures] == [measure_key]
        assert found.measures[0].title != measure_key
        for _twice in range(2):
            services.remove_answer(by=cast.chair, answer_id=made.id, at=now)
        assert state(number, cast.chair, on) is State.ANSWERING
        assert Answer.objects.filter(removed_at=None).count() == 1
        with pytest.raises(ProgrammingError), transaction.atomic():
            Answer.objects.update(words="x")


def test_a_decision_closes_it_and_only_who_reads_the_decision_sees_its_number(
    one: Recommendation, cast: Cast, now: datetime, decision_number: str
) -> None:
    with acting_as(cast.secretary):
        for _twice in range(2):
            services.close(by=cast.secretary, number=one.number, decision=decision_number, at=now)
        assert queries.sheet(one.number, cast.secretary, timezone.localdate(now)).closing is not None
    with acting_as(cast.officer):
        found = queries.sheet(one.number, cast.officer, timezone.localdate(now))
        assert found.line.state is State.CLOSED
        assert found.closing is None
    with acting_as(cast.secretary):
        services.reopen(by=cast.secretary, number=one.number, at=now)
        assert state(one.number, cast.secretary, timezone.localdate(now)) is State.OVERDUE


def test_what_comes_due_is_told_to_bodies_and_to_who_answers(
    recorded: Recorder, cast: Cast, now: datetime
) -> None:
    on = timezone.localdate(now)
    late = recorded("A", reply_due=on - timedelta(days=3))
    soon = recorded("B", reply_due=on + timedelta(days=20), addressees=("islands",))
    recorded("C", reply_due=on + timedelta(days=200))
    with acting_as(cast.chair):
        due = queries.due(cast.chair, on, on + timedelta(days=60))
        assert [(each.key, each.due_on) for each in due] == [
            (late.number, late.reply_due), (soon.number, soon.reply_due),
        ]  # fmt: skip
        services.draft_position(by=cast.chair, number=soon.number, reason="Soon", at=now)
        lines = list(queries.waiting(cast.chair, now))
        assert [(each.reference, each.state) for each in lines[:2]] == [
            (late.number, "late"),
            (soon.number, "week"),
        ]
        assert {each.reference for each in lines} == {late.number, soon.number, "REC"}
    with acting_as(cast.correspondent):
        assert soon.number not in {each.reference for each in queries.waiting(cast.correspondent, now)}
    with acting_as(cast.rapporteur):
        assert list(queries.waiting(cast.rapporteur, now)) == []


@pytest.mark.usefixtures("db")
def test_lists_find_by_state_as_the_rule_says(recorded: Recorder, cast: Cast, now: datetime) -> None:
    on = timezone.localdate(now)
    options = (("", "noted"), (False, True), (False, True), (None, on - timedelta(1), on), ("", "BUR-1"))

    row = recorded()
    rows = [
        Recommendation(
            number=f"REC-1999-{n:03}", body="greta", document=f"D{n}", issued_on=date(1999, 1, 1), precision="day",
            words={"en": "x"}, force="urges", theme="other", recorded_at=now, position=p, linked=li, has_evidence=e,
            reply_due=d, closed_by=c,
        )
        for n, (p, li, e, d, c) in enumerate(product(*options))
    ]  # fmt: skip
    Recommendation.objects.bulk_create(rows)
    everything = list(Recommendation.objects.select_related("cluster"))
    for each in State:
        wanted = {r.number for r in everything if queries.row_of(r, "en", on).state is each}
        found = queries.recommendations(queries.Filters(state=each.value), on)
        assert {r.number for r in found} == wanted, each
    assert row.number in {r.number for r in everything}


def test_words_find_in_any_language(recorded: Recorder, cast: Cast, now: datetime) -> None:
    french = recorded("x", words={"fr": "Protéger les enfants disparus"}, paragraph="1")
    dutch = recorded("x", words={"nl": "Voogden voor kinderen"}, paragraph="2")
    on = timezone.localdate(now)

    def found(words: str) -> set[str]:
        rows = queries.recommendations(queries.Filters(words=words, document="GRETA(2013)14"), on)
        return {row.number for row in rows}

    assert found("children") == {french.number, dutch.number}
    assert found("enfants voogd") == {dutch.number}
    assert found("disparition") == {french.number}
    assert found("zebra") == set()


def test_absent_is_not_found(cast: Cast, now: datetime) -> None:
    with acting_as(cast.chair), pytest.raises(NotFound):
        queries.sheet("REC-1900-001", cast.chair, timezone.localdate(now))
