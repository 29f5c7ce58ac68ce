"""Each wall alone, on every table of attachments; a copy is the receiver's own and outlives the sight of the source."""

from datetime import datetime

import pytest
from django.db import ProgrammingError, transaction
from tests.attachments.conftest import Attach, photo
from tests.cast import Cast
from tests.house.scenario import build
from tests.walls import second_wall_open

from fanal.access.models import Grant, Walled
from fanal.access.services import acting_as, as_clockwork, revoke
from fanal.alerts.models import Alert
from fanal.attachments import queries, services
from fanal.attachments.models import Attachment, Conversion, Piece, State
from fanal.errors import NotFound
from fanal.referrals.models import Referral

pytestmark = pytest.mark.django_db
TABLES: tuple[type[Walled], ...] = (Attachment, Piece, Conversion)


@pytest.mark.parametrize("table", TABLES)
def test_the_database_alone_hides_and_keeps(
    cast: Cast, alert: Alert, attach: Attach, now: datetime, table: type[Walled]
) -> None:
    services.convert(attachment_id=attach(photo()).id, at=now)
    for who, seen in ((cast.officer, True), (cast.centre_worker, True), (cast.outsider, False)):
        with acting_as(who):
            assert table._default_manager.exists() is seen
    with acting_as(cast.centre_worker):
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            table._default_manager.update(compartment_id=alert.compartment_id)
        assert table._default_manager.all().delete()[0] == 0
    with acting_as(cast.outsider):
        assert table._default_manager.update(compartment_id=alert.compartment_id) == 0


def test_queries_alone_hide_from_a_stranger(cast: Cast, alert: Alert, attach: Attach, now: datetime) -> None:
    added, by = attach(photo()), cast.outsider
    services.convert(attachment_id=added.id, at=now)
    with second_wall_open():
        assert Attachment.objects.filter(pk=added.id).exists(), "the second wall is open in this test"
        assert not queries.of_object(alert.id, by).exists()
        for act in (
            lambda: queries.host("alert", alert.id, by),
            lambda: queries.find(added.id, by),
            lambda: services.panel(by=by, kind="alert", object_id=alert.id, at=now),
            lambda: services.consult(by=by, attachment_id=added.id, at=now),
            lambda: services.progress(by=by, attachment_id=added.id),
            lambda: services.download(by=by, attachment_id=added.id, original=False, at=now),
            lambda: services.preview(by=by, attachment_id=added.id, page=1, at=now),
            lambda: services.add(by=by, kind="alert", object_id=alert.id, name="x", data=photo(), at=now),
            lambda: services.copy(by=by, kind="alert", object_id=alert.id, attachments=[added.id], at=now),
        ):
            with pytest.raises(NotFound):
                act()


def test_the_clockwork_sees_the_state_and_nothing_that_names(attach: Attach) -> None:
    attach(photo())
    with as_clockwork():
        assert Conversion.objects.count() == 1
        assert not Attachment.objects.exists()
        assert not Piece.objects.exists()


def test_it_follows_the_wall_of_its_file(cast: Cast, alert: Alert, attach: Attach, now: datetime) -> None:
    added, reader = attach(photo()), cast.centre_worker
    services.convert(attachment_id=added.id, at=now)
    with acting_as(cast.officer):
        grants = Grant.objects.filter(compartment_id=alert.compartment_id, unit_id=reader.unit_id)
        for grant in grants:
            revoke(by=cast.officer, grant=grant, at=now)
        assert grants
    with acting_as(reader):
        assert not Piece.objects.exists()
        with pytest.raises(NotFound):
            services.download(by=reader, attachment_id=added.id, original=False, at=now)


def test_what_is_sent_is_copied_under_a_key_of_its_own(cast: Cast) -> None:
    scene = build(cast)
    by, at = cast.officer, scene.at
    with acting_as(by):
        made = services.add(
            by=by, kind="person", object_id=scene.matter.id, name="n.jpg", data=photo(), at=at
        )
    services.convert(attachment_id=made.id, at=at)
    with acting_as(by):
        place = queries.host("referral", scene.asked.id, by)
        assert made.id in [line.id for line in queries.to_copy(place, by)]
        (copied,) = services.copy(
            by=by, kind="referral", object_id=scene.asked.id, attachments=[made.id], at=at
        )
        assert services.copy(
            by=by, kind="referral", object_id=scene.asked.id, attachments=[made.id], at=at
        ) == (copied,)
    assert services.convert(attachment_id=copied.id, at=at) is State.READY
    reader = cast.centre_worker
    with acting_as(reader):
        assert Referral.objects.filter(pk=scene.asked.id).exists()
        assert services.download(by=reader, attachment_id=copied.id, original=False, at=at).content
        with pytest.raises(NotFound):
            services.download(by=reader, attachment_id=made.id, original=False, at=at)
        rows = Attachment.objects.filter(pk=copied.id).values_list("subject_id", flat=True)
        assert list(rows) == [scene.asked.id]
