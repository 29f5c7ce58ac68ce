"""Turns for acts on one person, and the version of what is changed."""

from uuid import UUID

from django.db import connection
from django.utils.translation import gettext_lazy as _

from fanal.access.rules import Member
from fanal.errors import Stale
from fanal.referrals import queries
from fanal.referrals.models import Referral


def take_turn(person: UUID) -> None:
    """Wait until no other transaction acts on the referrals of this person.

    Before any row is locked: whoever holds a row and waits for its turn could wait for ever. Two units that are asked
    about one person cannot see each other's rows, so a row lock would not put them in line.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"referrals {person}"])


def in_turn(reference: str, by: Member) -> Referral:
    """A referral, locked, after its person's turn came; `NotFound`."""
    take_turn(queries.referral(reference, by).person)
    return queries.referral(reference, by, lock=True)


def demand_version(row_version: int, read: int) -> None:
    """Refuse with `Stale` what was written over a version that somebody changed since."""
    if row_version != read:
        raise Stale("stale", _("Somebody changed this since you opened it. Look at it again, then repeat your act."))
