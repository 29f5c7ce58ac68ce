"""A day, a moment, and whoever joins a service beside the cast."""

from datetime import UTC, datetime

from django.utils import timezone
from tests.cast import SINCE

from fanal.access.models import Account, Membership
from fanal.access.queries import member_from
from fanal.access.rules import Member, Role

AT = datetime.now(UTC)
ON = timezone.localdate(AT)


def colleague(of: Member, name: str, role: Role | None = None) -> Member:
    """Somebody else of the same service."""
    account = Account.objects.create_user(f"{name}@testland.example", None, name=name.title(), language="en")
    row = Membership.objects.create(
        account=account, unit_id=of.unit_id, role=role or of.role, valid_from=SINCE
    )
    return member_from(Membership.objects.select_related("unit", "account").get(pk=row.pk))
