"""A department writes and signs, the editor reviews; nobody else reads a word before the report is frozen."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone
from tests.cast import Cast, api, client
from tests.reports.conftest import TEXT, opened, section, signed, written
from tests.walls import second_wall_open

from fanal.access.rules import Member
from fanal.access.services import acting_as
from fanal.errors import Invalid, NotAllowed, NotFound, Refusal, Stale
from fanal.notify.models import Message
from fanal.reports import queries, services
from fanal.reports.models import Contribution, Draft, Report, State, Step

pytestmark = pytest.mark.django_db
CANARY = "Canarychen"


def state(row: Contribution) -> str:
    with second_wall_open():
        return Contribution.objects.get(pk=row.pk).state


def test_a_report_opens_with_the_outline_of_the_country(cast: Cast, report: Report) -> None:
    assert report.reference.startswith("CH-")
    found = [(place.number, row.titles["en"], row.assembles) for row, place in queries.sections(report)]
    assert found == [("1", "The land", ""), ("2", "The envoys", ""), ("2.1", "The numbers", "figures")]
    assert section(report, "1").words["fr"] == "<p>Le pays est petit.</p>"
    told = Message.objects.get(kind="reports.asked")
    assert (told.unit_id, told.reference) == (cast.correspondent.unit_id, report.reference)


def test_from_the_first_word_to_the_signature(cast: Cast, owed: Contribution, now: datetime) -> None:
    by = cast.correspondent
    written(cast, owed, now, "<p>First.</p>")
    written(cast, owed, now)
    with acting_as(by):
        assert queries.contribution(owed.id, by).number == 2
        assert [draft.number for draft in queries.sheet(owed.id, by).drafts] == [2, 1]
        services.send(by=by, contribution_id=owed.id, words="Here it is", at=now)
    with acting_as(cast.secretary):
        services.send_back(by=cast.secretary, contribution_id=owed.id, words="Shorter", at=now)
        words = [step.words for step in queries.remarks(owed, cast.secretary)]
    assert words[:2] == ["Shorter", "Here it is"]
    signed(cast, owed, now, TEXT + "<p>Short.</p>")
    assert state(owed) == State.SIGNED
    kinds = set(Message.objects.values_list("kind", flat=True))
    assert kinds >= {"reports.asked", "reports.sent", "reports.returned", "reports.to_sign", "reports.signed"}


def test_who_may_not_is_refused(cast: Cast, owed: Contribution, now: datetime) -> None:
    """The editor writes and signs for no department; who represents it writes nothing; a stranger finds nothing."""
    written(cast, owed, now)
    tries: list[tuple[Member, type[Refusal], Any, dict[str, Any]]] = [
        (cast.secretary, NotAllowed, services.write, {"html": "<p>x</p>", "number": 1}),
        (cast.chair, NotAllowed, services.write, {"html": "<p>x</p>", "number": 1}),
        (cast.chair, NotAllowed, services.send, {}),
        (cast.correspondent, Stale, services.write, {"html": "<p>x</p>", "number": 0}),
        (cast.representative, NotAllowed, services.write, {"html": "<p>x</p>", "number": 1}),
        (cast.representative, Stale, services.sign, {"number": 1}),
        (cast.correspondent, NotAllowed, services.sign, {"number": 1}),
        (cast.correspondent, NotAllowed, services.accept, {}),
        (cast.secretary, Stale, services.accept, {}),
        (cast.rapporteur, NotFound, services.write, {"html": "<p>x</p>", "number": 1}),
        (cast.outsider, NotFound, services.accept, {}),
    ]
    for by, kind, act, more in tries:
        with pytest.raises(kind), acting_as(by):
            act(by=by, contribution_id=owed.id, at=now, **more)
    with acting_as(cast.correspondent):
        services.send(by=cast.correspondent, contribution_id=owed.id, at=now)
        with pytest.raises(Stale):
            services.write(by=cast.correspondent, contribution_id=owed.id, html="<p>x</p>", number=1, at=now)
    with acting_as(cast.secretary):
        services.accept(by=cast.secretary, contribution_id=owed.id, at=now)
    for by in (cast.secretary, cast.chair):
        with pytest.raises(NotAllowed, match="not_yours"), acting_as(by):
            services.sign(by=by, contribution_id=owed.id, number=1, at=now)
    with pytest.raises(Stale), acting_as(cast.representative):
        services.sign(by=cast.representative, contribution_id=owed.id, number=2, at=now)


def test_an_empty_text_is_not_sent(cast: Cast, owed: Contribution, now: datetime) -> None:
    written(cast, owed, now, "<script>1</script>")
    with pytest.raises(Invalid, match="empty"), acting_as(cast.correspondent):
        services.send(by=cast.correspondent, contribution_id=owed.id, at=now)


def test_sending_back_ends_a_signature(cast: Cast, owed: Contribution, now: datetime) -> None:
    signed(cast, owed, now)
    with acting_as(cast.secretary):
        row = services.send_back(by=cast.secretary, contribution_id=owed.id, words="One more", at=now)
    assert (row.state, row.signed_at) == (State.RETURNED, None)


def test_the_database_keeps_what_was_written(cast: Cast, owed: Contribution, now: datetime) -> None:
    signed(cast, owed, now)
    with second_wall_open():
        for act in (
            lambda: Draft.objects.update(html="<p>Other</p>"),
            lambda: Draft.objects.all().delete(),
            lambda: Step.objects.update(words="Other"),
            lambda: Draft.objects.create(
                compartment_id=owed.compartment_id, contribution=owed, number=9, html="x", saved_at=now,
                saved_by=cast.chair.person_id,
            ),
        ):  # fmt: skip
            with pytest.raises(DatabaseError, match=r"stays|elsewhere"), transaction.atomic():
                act()


def strangers(cast: Cast) -> list[Member]:
    return [cast.outsider, cast.rapporteur, cast.magistrate, cast.centre_worker]


def test_no_word_of_it_reaches_a_stranger(
    cast: Cast, report: Report, owed: Contribution, now: datetime, mailoutbox: list[Any]
) -> None:
    """Page, list, search, count, home, mail, API: before the report is frozen."""
    written(cast, owed, now, f"<p>{CANARY}</p>")
    with acting_as(cast.correspondent):
        services.send(by=cast.correspondent, contribution_id=owed.id, words=f"{CANARY} says", at=now)
    paths = (
        "/", "/reports/", f"/reports/{report.reference}/", f"/reports/contributions/{owed.id}/", "/reports/public/",
        "/api/reports", f"/api/reports/{report.reference}", f"/api/reports/contributions/{owed.id}",
    )  # fmt: skip
    for by in strangers(cast):
        browser, program = client(by), api(by)
        for path in paths:
            answer = (program if path.startswith("/api") else browser).get(path)
            assert CANARY not in answer.content.decode(), (by.role, path)
        assert browser.get(f"/reports/contributions/{owed.id}/").status_code == 404
        assert str(owed.id) not in browser.get(f"/reports/{report.reference}/").content.decode()
    for reader in (cast.secretary, cast.correspondent, cast.representative):
        assert CANARY in client(reader).get(f"/reports/contributions/{owed.id}/").content.decode()
    assert not any(CANARY in mail.subject + mail.body for mail in mailoutbox)


def test_each_wall_alone_holds(cast: Cast, owed: Contribution, now: datetime) -> None:
    written(cast, owed, now, f"<p>{CANARY}</p>")
    for by in strangers(cast):
        with second_wall_open(), pytest.raises(NotFound):
            queries.contribution(owed.id, by)
        with acting_as(by):
            for model in (Contribution, Draft, Step):
                assert model._default_manager.count() == 0, (by.role, model)


def test_departments_are_reminded_once_a_week(cast: Cast, owed: Contribution, now: datetime) -> None:
    assert services.remind(at=now) == 0
    soon = now + timedelta(days=15)
    assert [services.remind(at=soon), services.remind(at=soon)] == [1, 0]
    assert services.remind(at=now + timedelta(days=25)) == 1
    kinds = (
        Message.objects.exclude(kind="reports.asked").order_by("created_at").values_list("kind", flat=True)
    )
    assert list(kinds) == ["reports.reminder", "reports.late"]


def test_what_waits_for_whom(cast: Cast, owed: Contribution, now: datetime) -> None:
    def waits(by: Member, at: datetime = now) -> list[tuple[str, str]]:
        with acting_as(by):
            return [(line.act, line.state) for line in queries.waiting(by, at)]

    assert waits(cast.correspondent) == [("Write a contribution", "week")]
    assert waits(cast.correspondent, now + timedelta(days=30)) == [("Write a contribution", "late")]
    assert waits(cast.secretary) == [("A contribution is awaited", "waiting")]
    assert waits(cast.representative) == waits(cast.outsider) == []
    written(cast, owed, now)
    with acting_as(cast.correspondent):
        services.send(by=cast.correspondent, contribution_id=owed.id, at=now)
    assert waits(cast.secretary) == [("Review a contribution", "week")]
    with acting_as(cast.secretary):
        services.accept(by=cast.secretary, contribution_id=owed.id, at=now)
    assert waits(cast.representative) == [("Sign a contribution", "week")]


# The outline


def test_sections_move_are_added_and_dropped(
    cast: Cast, report: Report, owed: Contribution, now: datetime
) -> None:
    by = cast.secretary

    def numbers() -> list[tuple[str, str]]:
        return [(place.number, row.titles["en"]) for row, place in queries.sections(report)]

    with acting_as(by):
        services.move_section(by=by, section_id=section(report, "2").id, to="up", at=now)
        assert numbers() == [("1", "The envoys"), ("1.1", "The numbers"), ("2", "The land")]
        services.move_section(by=by, section_id=section(report, "1").id, to="up", at=now)
        added = services.add_section(
            by=by, reference=report.reference, title="More", parent=section(report, "2").id, at=now
        )
        assert numbers()[-1] == ("2.1", "More")
        services.change_section(
            by=by, section_id=added.id, titles={"fr": "Plus"}, words={"fr": "<p onclick=x>Oui</p>"}, at=now
        )
        added.refresh_from_db()
        assert (added.titles["fr"], added.titles["en"], added.words) == ("Plus", "More", {"fr": "<p>Oui</p>"})
        services.drop_section(by=by, section_id=section(report, "2").id, at=now)
        assert numbers() == [("1", "The envoys"), ("1.1", "The numbers")]
        services.drop_section(by=by, section_id=section(report, "1.1").id, at=now)
    written(cast, owed, now)
    with acting_as(by), pytest.raises(Refusal, match="section_written"):
        services.drop_section(by=by, section_id=section(report, "1").id, at=now)
    with acting_as(by):
        with pytest.raises(Invalid, match="why"):
            services.withdraw(by=by, contribution_id=owed.id, why=" ", at=now)
        services.withdraw(by=by, contribution_id=owed.id, why="Not needed", at=now)
        services.drop_section(by=by, section_id=section(report, "1").id, at=now)
        assert numbers() == []
        assert queries.last_draft(queries.contribution(owed.id, by), by) is not None, (
            "what was written is kept"
        )
    with acting_as(cast.correspondent), pytest.raises(NotAllowed):
        services.add_section(by=cast.correspondent, reference=report.reference, title="X", at=now)


def test_asking_names_a_day_and_a_department_once(cast: Cast, report: Report, now: datetime) -> None:
    by, on = cast.secretary, timezone.localdate(now)
    ask: dict[str, Any] = {"by": by, "section_id": section(report, "1").id, "at": now}
    with acting_as(by):
        for more, code in (
            ({"unit_ids": [], "due_on": on}, "units"),
            ({"unit_ids": [cast.rapporteur.unit_id], "due_on": on - timedelta(days=1)}, "due_on"),
            ({"unit_ids": [cast.rapporteur.unit_id], "due_on": on + timedelta(days=90)}, "due_on"),
        ):
            with pytest.raises(Invalid, match=code):
                services.ask(**ask, **more)  # type: ignore[arg-type]
        mine = [cast.rapporteur.unit_id, by.unit_id]
        assert len(services.ask(**ask, unit_ids=mine, due_on=on, words="Two pages")) == 2
        with pytest.raises(Invalid, match="already_asked"):
            services.ask(**ask, unit_ids=mine, due_on=on)


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"kind": "novel"}, "unknown_code"),
        ({"ends_on": "before"}, "period"),
        ({"contributions_due_on": "late"}, "calendar"),
        ({"contributions_due_on": "past"}, "calendar"),
    ],
)
def test_a_report_that_makes_no_sense_is_not_opened(
    cast: Cast, now: datetime, more: dict[str, str], code: str
) -> None:
    on = timezone.localdate(now)
    days = {
        "before": on.replace(year=2017, month=1, day=1),
        "late": on + timedelta(days=99),
        "past": on - timedelta(days=1),
    }
    values = {name: days.get(value, value) for name, value in more.items()}
    with pytest.raises(Invalid) as refused:
        opened(cast.secretary, now, **values)
    assert refused.value.code == code
