"""Rows for the tests of the walls themselves, below every capability."""

from datetime import UTC, date, datetime
from itertools import count
from uuid import uuid4

from fanal.access.rules import Member, Role
from fanal.directory.models import Institution, Unit

NOW = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
_numbers = count(1)


def unit() -> Unit:
    number = next(_numbers)
    institution = Institution.objects.create(
        code=f"i{number}", kind="house", names={"en": f"House {number}"}, valid_from=date(2020, 1, 1)
    )
    return Unit.objects.create(
        code=f"u{number}",
        kind="service",
        institution=institution,
        names={"en": f"Service {number}"},
        valid_from=date(2020, 1, 1),
    )


def member(of: Unit, role: Role = Role.OFFICER) -> Member:
    return Member(uuid4(), uuid4(), of.id, of.code, of.kind, role, "en")
