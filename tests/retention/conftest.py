"""The whole chain of one invented person, and a colleague of each who decides."""

from datetime import datetime, timedelta

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.utils import timezone
from tests.cast import SINCE, Cast, totp_secret
from tests.house.scenario import Scenario, build

from fanal.access.models import Account, Membership
from fanal.access.queries import member_from
from fanal.access.rules import Member
from fanal.access.services import acting_as
from fanal.alerts import services as alerts
from fanal.retention import services
from fanal.retention.models import Erasure


@pytest.fixture
def scene(cast: Cast) -> Scenario:
    return build(cast)


@pytest.fixture
def now() -> datetime:
    return timezone.now()


def colleague(of: Member, name: str = "second") -> Member:
    """A second member of the same unit, in the same role."""
    account = Account.objects.create_user(
        f"{name}-{of.unit_id}@testland.example", None, name=name, language="en"
    )
    TOTP.activate(account, totp_secret(name))
    row = Membership.objects.create(account=account, unit_id=of.unit_id, role=of.role, valid_from=SINCE)
    return member_from(Membership.objects.select_related("unit", "account").get(pk=row.pk))


def closed(scene: Scenario, at: datetime) -> str:
    """The alert with its receipts confirmed and an outcome: nothing runs in it."""
    cast, reference = scene.cast, scene.alert.reference
    for member in cast.all.values():
        with acting_as(member):
            try:
                alerts.acknowledge(by=member, reference=reference, at=at)
            except Exception:  # noqa: S112  (it was not sent to every one of them)
                continue
    with acting_as(cast.officer):
        alerts.close(by=cast.officer, reference=reference, outcome="not_trafficking", at=at)
    return str(reference)


def erase(
    by: Member, reference: str, at: datetime, *, second: Member | None = None, **more: object
) -> Erasure:
    """Proposed by one, confirmed by a second person."""
    second = second or colleague(by, f"second {reference}")
    with acting_as(by):
        found = services.propose_erasure(
            by=by,
            reference=reference,
            ground="asked",
            at=at,
            **more,  # type: ignore[arg-type]
        )
    with acting_as(second):
        return services.confirm_erasure(by=second, erasure_id=found.id, at=at)


def days(number: int) -> timedelta:
    return timedelta(days=number)
