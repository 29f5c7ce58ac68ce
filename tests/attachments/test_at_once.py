"""Several files at the same moment: each gets a number of its own; one key sent twice at once adds one."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.utils import timezone
from tests.alerts.conftest import report
from tests.attachments.conftest import photo
from tests.cast import Cast, api, load

from fanal.access.services import acting_as
from fanal.alerts import services as alerts
from fanal.alerts.models import Alert
from fanal.attachments import services
from fanal.attachments.models import Attachment, Conversion, State
from fanal.attachments.services import Added

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE = 5
T = TypeVar("T")


@pytest.fixture
def cast() -> Cast:
    return load()


@pytest.fixture
def alert(cast: Cast) -> Alert:
    with acting_as(cast.officer):
        return alerts.record(by=cast.officer, report=report(), at=timezone.now())


def together(act: Callable[[int], T]) -> list[T]:
    gate = Barrier(AT_ONCE)

    def one(nth: int) -> T:
        try:
            gate.wait()
            return act(nth)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(AT_ONCE) as threads:
        return list(threads.map(one, range(AT_ONCE)))


def test_each_file_gets_a_number_of_its_own(cast: Cast, alert: Alert) -> None:
    def add(nth: int) -> Added:
        with acting_as(cast.officer):
            return services.add(
                by=cast.officer,
                kind="alert",
                object_id=alert.id,
                name=f"{nth}.jpg",
                data=photo(),
                at=timezone.now(),
            )

    assert sorted(added.number for added in together(add)) == list(range(1, AT_ONCE + 1))


def test_one_form_sent_at_once_adds_one_file(cast: Cast, alert: Alert) -> None:
    key = uuid4()

    def add(_nth: int) -> Added:
        with acting_as(cast.officer):
            return services.add(
                by=cast.officer, kind="alert", object_id=alert.id, name="a.jpg", data=photo(), at=timezone.now(),
                submission=key,
            )  # fmt: skip

    assert len(set(together(add))) == 1


def test_one_key_of_the_api_at_once_adds_one_file(cast: Cast, alert: Alert) -> None:
    programme, path = api(cast.officer), f"/api/attachments/alert/{alert.id}"

    def add(_nth: int) -> tuple[int, bytes]:
        answer = programme.post(
            path, {"file": SimpleUploadedFile("a.jpg", photo())}, headers={"Idempotency-Key": "k"}
        )
        return answer.status_code, answer.content

    answers = set(together(add))
    assert len(answers) == 1
    assert next(iter(answers))[0] == 201


def test_two_workers_read_a_file_once(cast: Cast, alert: Alert) -> None:
    with acting_as(cast.officer):
        added = services.add(
            by=cast.officer, kind="alert", object_id=alert.id, name="a.jpg", data=photo(), at=timezone.now()
        )
    now = timezone.now()
    states = together(lambda _nth: services.convert(attachment_id=added.id, at=now))
    assert sorted(map(str, states)) == sorted([*["None"] * (AT_ONCE - 1), str(State.READY)])
    with acting_as(cast.officer):
        assert Conversion.objects.get(attachment_id=added.id).tries == 1
        assert Attachment.objects.count() == 1
