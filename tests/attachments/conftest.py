"""An alert that takes attachments, and files made on the spot. Everything is invented."""

import io
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from PIL import Image
from tests.alerts.conftest import now, record
from tests.cast import Cast

from fanal.access.rules import Member
from fanal.access.services import acting_as
from fanal.alerts.models import Alert
from fanal.attachments import services
from fanal.attachments.services import Added

__all__ = ["now", "record"]

Attach = Callable[..., Added]


@pytest.fixture
def alert(cast: Cast, record: Any) -> Alert:
    """An alert of the officer's service, sent to others."""
    found: Alert = record(cast.officer)
    return found


@pytest.fixture
def attach(cast: Cast, alert: Alert, now: datetime) -> Attach:
    """Add a file to the alert as a member, in a context of her own."""

    def _attach(data: bytes, name: str = "photo.jpg", by: Member = cast.officer, **more: Any) -> Added:
        with acting_as(by):
            return services.add(by=by, kind="alert", object_id=alert.id, name=name, data=data, at=now, **more)

    return _attach


def photo(side: int = 300, exif: bool = True) -> bytes:
    """A photo as a phone makes it: which phone, when and where stand in it."""
    made = io.BytesIO()
    said = Image.Exif()
    said[0x010F], said[0x0132] = "CANARY-PHONE", "2026:11:22 10:00:00"
    said.get_ifd(0x8825)[1] = "N"
    said.get_ifd(0x8825)[2] = (50.0, 51.0, 1.5)
    picture = Image.radial_gradient("L").resize((side, side)).convert("RGB")
    picture.save(made, "JPEG", **({"exif": said} if exif else {}))
    return made.getvalue()
