"""Erasure: two persons, one act; afterwards nobody reads it, and nothing else breaks."""

import io
from datetime import datetime, timedelta

import pytest
from tests.cast import api, client
from tests.house.scenario import NAME, Scenario
from tests.retention.conftest import closed, colleague, erase
from tests.walls import second_wall_open

from fanal.access import vault
from fanal.access.models import SubjectKey
from fanal.access.services import acting_as
from fanal.alerts import services as alerts
from fanal.alerts.models import Alert, Person, SearchToken, Tally
from fanal.alerts.rules import Identity
from fanal.audit.models import Entry
from fanal.errors import Invalid, NotFound, Refusal
from fanal.notify.models import Message
from fanal.protection import services as protection
from fanal.protection.models import Procedure, Request
from fanal.referrals import services as referrals
from fanal.referrals.models import Matter, ReferralItem
from fanal.retention import services
from fanal.retention.models import Copy, Erased, File

pytestmark = pytest.mark.django_db


@pytest.mark.asvs("14.2.4")
def test_an_erased_alert_opens_for_nobody_and_counts_stay(scene: Scenario, now: datetime) -> None:
    by, reference = scene.cast.officer, closed(scene, now)
    with second_wall_open():
        sealed = {
            row.id: bytes(row.sealed) for row in Person.objects.filter(alert=scene.alert).exclude(sealed=None)
        }
        counted = sum(Tally.objects.values_list("alerts", flat=True))
        assert SearchToken.objects.filter(alert=scene.alert).exists()
    assert vault.unseal(sealed), "there is something to erase"
    erase(by, reference, now)
    assert vault.unseal(sealed) == {}, "not even from a copy of the table"
    with second_wall_open():
        assert not SearchToken.objects.filter(alert=scene.alert).exists()
        for person in Person.objects.filter(alert=scene.alert):
            assert (person.birth_year, person.estimated_age, person.languages) == (None, None, [])
            assert (person.sealed, person.pseudonym_sealed) == (None, None)
        assert Alert.objects.get(pk=scene.alert.pk).person_count == 2, "the row stays, without identity"
        assert sum(Tally.objects.values_list("alerts", flat=True)) == counted
    with acting_as(by):
        assert alerts.match(by=by, identities=[Identity(family_name=NAME, given_names="Noor")], at=now) == (
            (),
        )
        sheet = alerts.consult(by=by, reference=reference, at=now)
        assert (sheet.narrative, sheet.erased) == ("", True)
        assert [person.erased for person in sheet.persons] == [True, True]


def test_who_received_it_is_told_and_keeps_its_own_copy(scene: Scenario, now: datetime) -> None:
    cast, reference = scene.cast, closed(scene, now)
    erase(cast.officer, reference, now)
    told = set(Message.objects.filter(kind="retention.erased").values_list("unit_id", flat=True))
    assert {cast.immigration_agent.unit_id, cast.centre_worker.unit_id} <= told
    assert cast.officer.unit_id not in told
    by = cast.immigration_agent
    with acting_as(by):
        about = protection.reveal_identity(
            by=by, reference=scene.procedure.reference, purpose="decide_residence", at=now
        )
    assert about.identity.family_name == NAME


def test_one_person_of_several_takes_the_free_text_along(scene: Scenario, now: datetime) -> None:
    by, reference = scene.cast.officer, closed(scene, now)
    second = colleague(by)
    erase(by, reference, now, second=second, person=scene.person)
    with acting_as(by):
        sheet = alerts.consult(by=by, reference=reference, at=now)
        assert [person.erased for person in sheet.persons] == [True, False]
        assert sheet.narrative == ""
        assert File.objects.get(reference=reference).erased_at is None, "somebody is left in it"
        other = sheet.persons[1].id
    erase(by, reference, now, second=second, person=other)
    with acting_as(by):
        assert File.objects.get(reference=reference).erased_at == now


def test_it_takes_a_second_person_of_the_unit(scene: Scenario, now: datetime) -> None:
    by, reference = scene.cast.officer, closed(scene, now)
    with acting_as(by):
        found = services.propose_erasure(by=by, reference=reference, ground="asked", at=now)
        with pytest.raises(Refusal) as alone:
            services.confirm_erasure(by=by, erasure_id=found.id, at=now)
    assert alone.value.code == "same_person"
    for stranger in (scene.cast.outsider, scene.cast.centre_worker, scene.cast.administrator):
        with acting_as(stranger), pytest.raises(NotFound):
            services.confirm_erasure(by=stranger, erasure_id=found.id, at=now)
    late, second = now + timedelta(days=31), colleague(by)
    with acting_as(second), pytest.raises(Refusal) as lapsed:
        services.confirm_erasure(by=second, erasure_id=found.id, at=late)
    assert lapsed.value.code == "lapsed"
    with acting_as(second):
        assert services.confirm_erasure(by=second, erasure_id=found.id, at=now).confirmed_at == now
        assert services.confirm_erasure(by=second, erasure_id=found.id, at=late).confirmed_at == now


def test_what_runs_is_not_erased(scene: Scenario, now: datetime) -> None:
    cast = scene.cast
    for by, reference in (
        (cast.officer, scene.alert.reference),
        (cast.officer, scene.matter.reference),
        (cast.centre_worker, scene.pending.reference),
    ):
        with acting_as(by), pytest.raises(Refusal) as refused:
            services.propose_erasure(by=by, reference=reference, ground="asked", at=now)
        assert refused.value.code == "running"


def test_only_the_owner_proposes_and_only_what_is_there(scene: Scenario, now: datetime) -> None:
    reference = closed(scene, now)
    for stranger in (scene.cast.centre_worker, scene.cast.immigration_agent, scene.cast.outsider):
        with acting_as(stranger), pytest.raises(NotFound):
            services.propose_erasure(by=stranger, reference=reference, ground="asked", at=now)
    by = scene.cast.officer
    with acting_as(by):
        with pytest.raises(NotFound):
            services.propose_erasure(
                by=by, reference=reference, ground="asked", person=scene.matter.id, at=now
            )
        with pytest.raises(Invalid):
            services.propose_erasure(by=by, reference=reference, ground="a whim", at=now)


def test_the_act_is_traced_in_codes(scene: Scenario, now: datetime) -> None:
    reference = closed(scene, now)
    erase(scene.cast.officer, reference, now)
    line = Entry.objects.get(act="retention.erase")
    assert (line.verb, line.reference, line.facts["ground"]) == ("erase", reference, "asked")
    assert line.facts["subjects"] >= 3


def test_a_referred_person_goes_with_what_was_sent_and_a_copy_that_is_read_goes_later(
    scene: Scenario, now: datetime
) -> None:
    cast = scene.cast
    by = cast.officer
    with acting_as(by):
        referrals.withdraw(by=by, reference=scene.asked.reference, at=now)
    erase(by, scene.matter.reference, now)
    with second_wall_open():
        matter = Matter.objects.get(pk=scene.matter.pk)
        items = list(ReferralItem.objects.all())
        taken = {row.id for row in items if row.referral_id == scene.taken.id}
    assert vault.unseal({matter.id: matter.sealed}) == {}
    opened = vault.unseal({row.id: row.sealed for row in items})
    assert set(opened) == taken, "the centre reads its own copy until its sight ends"
    assert set(Copy.objects.values_list("subject_id", flat=True)) == taken | {scene.taken.id}
    assert services.erase_copies(at=now) == 0
    later = now + timedelta(days=80)
    assert services.erase_copies(at=later) >= len(taken)
    assert services.erase_copies(at=later) == 0
    assert vault.unseal({row.id: row.sealed for row in items}) == {}


def test_request_and_procedure_are_erased_each_by_its_own_service(scene: Scenario, now: datetime) -> None:
    worker = scene.cast.centre_worker
    erase(worker, scene.request.reference, now)
    with second_wall_open():
        assert Request.objects.get(pk=scene.request.pk).identity is None
        row = Procedure.objects.get(pk=scene.procedure.pk)
    assert vault.unseal({row.id: row.identity}), "the Office's file is its own"


def test_nothing_is_written_to_who_was_erased(scene: Scenario, now: datetime) -> None:
    by, reference = scene.cast.officer, closed(scene, now)
    erase(by, reference, now)
    with acting_as(by), pytest.raises(vault.Erased):
        alerts.tick_duty(by=by, reference=reference, duty="b", done_at=now, how="She was here", at=now)


def test_the_list_is_replayed_after_a_restore(scene: Scenario, now: datetime) -> None:
    by, reference = scene.cast.officer, closed(scene, now)
    with second_wall_open():
        before = {row.subject_id: bytes(row.wrapped) for row in SubjectKey.objects.all()}
        sealed = {
            row.id: bytes(row.sealed) for row in Person.objects.filter(alert=scene.alert).exclude(sealed=None)
        }
        tokens = list(SearchToken.objects.filter(alert=scene.alert))
    erase(by, reference, now)
    kept = io.StringIO()
    count = services.write_erased(kept)
    assert count == Erased.objects.count() > 3
    for subject, wrapped in before.items():  # the backup of before, brought back
        SubjectKey.objects.filter(pk=subject).update(wrapped=wrapped)
    with acting_as(by):
        SearchToken.objects.bulk_create(tokens)
    assert vault.unseal(sealed), "a backup knows her again"
    assert services.replay(kept.getvalue().splitlines(keepends=True)) > 0
    assert vault.unseal(sealed) == {}
    with second_wall_open():
        assert not SearchToken.objects.filter(alert=scene.alert).exists()
    assert services.replay(kept.getvalue().splitlines(keepends=True)) == 0, "twice changes nothing"


@pytest.mark.parametrize("harm", ["cut", "changed", "other", "empty", "longer"])
def test_a_list_that_is_not_whole_is_refused_before_anything_is_done(
    scene: Scenario, now: datetime, harm: str
) -> None:
    erase(scene.cast.officer, closed(scene, now), now)
    kept = io.StringIO()
    services.write_erased(kept)
    lines = kept.getvalue().splitlines(keepends=True)
    harmed = {
        "cut": lines[:-1],
        "changed": [lines[0], lines[1].replace("0", "1"), *lines[2:]],
        "other": ['{"format": "fanal-backup", "version": 1}\n', *lines[1:]],
        "empty": [],
        "longer": [*lines, lines[1]],
    }[harm]
    with pytest.raises(Invalid) as refused:
        services.replay(harmed)
    assert refused.value.code == "erased_list"


def test_no_page_breaks_and_each_says_erased(scene: Scenario, now: datetime) -> None:
    cast, reference = scene.cast, closed(scene, now)
    with acting_as(cast.officer):
        referrals.withdraw(by=cast.officer, reference=scene.asked.reference, at=now)
    second = colleague(cast.officer)
    for each in (reference, scene.matter.reference):
        erase(cast.officer, each, now, second=second)
    erase(cast.centre_worker, scene.request.reference, now)
    pages = [
        (cast.officer, f"/alerts/{reference}/", True),
        (cast.officer, "/alerts/", False),
        (cast.officer, "/alerts/export.csv", False),
        (cast.officer, f"/referrals/persons/{scene.matter.reference}/", True),
        (cast.officer, f"/referrals/{scene.taken.reference}/", False),
        (cast.officer, f"/retention/{reference}/", True),
        (cast.officer, "/retention/", False),
        (cast.centre_worker, f"/protection/{scene.procedure.reference}/", False),
        (cast.officer, f"/files/{scene.alert.compartment_id}/trace/", False),
        (cast.immigration_agent, f"/protection/calendar/{scene.ics}.ics", False),
        (cast.immigration_agent, f"/alerts/{reference}/", True),
    ]
    for member, url, says in pages:
        answer = client(member).get(url)
        assert answer.status_code in (200, 404), url
        words = answer.content.decode()
        assert NAME not in words
        assert "Lotus" not in words or "protection" in url
        if says:
            assert "rased" in words, url
    answer = api(cast.officer).get(f"/api/alerts/{reference}")
    assert answer.status_code == 200
    assert NAME.encode() not in answer.content


def test_an_answer_kept_for_a_repeated_request_goes_with_the_file(scene: Scenario, now: datetime) -> None:
    by, reference = scene.cast.officer, closed(scene, now)
    program, key = api(by), {"Idempotency-Key": "once"}
    body = {"purpose": "protect", "file_reference": "BR 12"}
    send = lambda: program.post(  # noqa: E731
        f"/api/alerts/{reference}/identities", body, content_type="application/json", headers=key
    )
    first = send()
    assert NAME in first.content.decode()
    assert send().content == first.content
    erase(by, reference, now)
    assert send().status_code == 404


def test_the_key_of_a_draft_goes_with_it(scene: Scenario, now: datetime) -> None:
    by = scene.cast.officer
    assert SubjectKey.objects.filter(pk=scene.draft).exists()
    with acting_as(by):
        alerts.discard(by=by, draft=scene.draft)
    assert not SubjectKey.objects.filter(pk=scene.draft).exists()
