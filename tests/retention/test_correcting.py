"""Rectification reaches who got the data, without saying what it says."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone
from tests.house.scenario import NAME, Scenario
from tests.retention.conftest import closed, erase
from tests.walls import second_wall_open

from fanal.access import vault
from fanal.access.services import acting_as
from fanal.alerts import services as alerts
from fanal.alerts.rules import Identity
from fanal.audit.models import Entry
from fanal.errors import Invalid, NotFound
from fanal.notify.models import Message
from fanal.protection import services as protection
from fanal.referrals import queries as referrals
from fanal.referrals.models import ReferralItem
from fanal.referrals.rules.content import Item
from fanal.retention import queries, services
from fanal.retention.models import Correction

pytestmark = pytest.mark.django_db


def test_a_corrected_alert_is_found_under_the_new_name_only(scene: Scenario, now: datetime) -> None:
    by, reference = scene.cast.officer, scene.alert.reference
    with acting_as(by):
        changed = services.correct(
            by=by, reference=reference, person=scene.person, values={"family_name": "Corrigenda"}, at=now
        )
        assert changed == ("family_name",)
        shown = alerts.reveal_identity(
            by=by, reference=reference, persons=[scene.person], purpose="protect", at=now
        )
        assert shown[scene.person].family_name == "Corrigenda"
        assert shown[scene.person].given_names == "Noor", "what is not named stays"
        old, new = (Identity(family_name=name, given_names="Noor") for name in (NAME, "Corrigenda"))
        found = alerts.match(by=by, identities=[old, new], at=now)
        assert [known.reference for known in found[1]] == [reference]
        assert reference not in [known.reference for known in found[0]]
        again = services.correct(
            by=by, reference=reference, person=scene.person, values={"family_name": "Corrigenda"}, at=now
        )
        assert again == (), "twice changes nothing"
    with second_wall_open():
        told = set(Correction.objects.filter(reference=reference).values_list("to_unit_id", flat=True))
    assert scene.cast.immigration_agent.unit_id in told
    assert Message.objects.filter(kind="retention.corrected", reference=reference).count() == len(told)
    line = Entry.objects.get(act="alerts.correct")
    assert line.facts == {"fields": ["family_name"]}


def test_a_receiver_takes_it_over_into_its_own_files(scene: Scenario, now: datetime) -> None:
    """The officer corrects; the centre that got the person has a request of its own about her."""
    cast, by = scene.cast, scene.cast.officer
    worker = cast.centre_worker
    with acting_as(worker):
        case = protection.Case(track="residence", offence="R10", referral=scene.taken.reference)
        own = protection.request_opening(by=worker, case=case, at=now)
    with acting_as(by):
        services.correct(
            by=by, reference=scene.matter.reference, values={"given_names": "Nora", "birth_date": date(1996, 4, 5)},
            at=now,
        )  # fmt: skip
    with acting_as(worker):
        notices = {row.reference: row for row in queries.corrections(worker)}
        assert set(notices) == {scene.taken.reference, scene.asked.reference}, "one for each that was sent"
        notice = notices[scene.taken.reference]
        assert notice.fields == ["birth_date", "given_names"]
        services.take_over(by=worker, correction_id=notice.id, at=now)
        assert services.take_over(by=worker, correction_id=notice.id, at=now + timedelta(1)).taken_at == now
        about = protection.held_of(by=worker, person=own.person_id)[own.reference]
        assert (about.identity.given_names, about.identity.birth_date) == ("Nora", date(1996, 4, 5))
        assert about.identity.family_name == NAME
        row = referrals.referral(scene.taken.reference, worker)
        assert referrals.content(row.id, worker, items=[Item.IDENTITY]).about.identity.given_names == "Nora"
    with acting_as(cast.outsider), pytest.raises(NotFound):
        services.take_over(by=cast.outsider, correction_id=notice.id, at=now)


def test_the_old_value_opens_for_nobody(scene: Scenario, now: datetime) -> None:
    by = scene.cast.officer
    with second_wall_open():
        rows = ReferralItem.objects.filter(referral_id=scene.taken.id, item="identity")
        old = {row.id: bytes(row.sealed) for row in rows}
    assert vault.unseal(old)
    with acting_as(by):
        services.correct(
            by=by, reference=scene.matter.reference, values={"family_name": "Corrigenda"}, at=now
        )
    assert vault.unseal(old) == {}


def test_who_may_correct_and_what(scene: Scenario, now: datetime) -> None:
    cast = scene.cast
    with acting_as(cast.officer):
        with pytest.raises(Invalid) as which:
            services.correct(by=cast.officer, reference=scene.alert.reference, values={}, at=now)
        assert which.value.code == "which_person"
        with pytest.raises(Invalid) as born:
            services.correct(
                by=cast.officer, reference=scene.matter.reference, at=now,
                values={"birth_date": timezone.localdate(now) + timedelta(2)},
            )  # fmt: skip
        assert born.value.field == "birth_date"
    for stranger in (cast.centre_worker, cast.outsider):
        with acting_as(stranger), pytest.raises(NotFound):
            services.correct(
                by=stranger, reference=scene.matter.reference, values={"given_names": "x"}, at=now
            )
    reference = closed(scene, now)
    erase(cast.officer, reference, now)
    with acting_as(cast.officer), pytest.raises(vault.Erased):
        services.correct(
            by=cast.officer, reference=reference, person=scene.person, values={"given_names": "x"}, at=now
        )
