"""What a unit prepares: the persons it refers, and the grounds on which it may send. Nobody else ever sees them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from fanal.access import vault
from fanal.access.queries import one, visible
from fanal.access.rules import Member
from fanal.referrals.models import Consent, Matter, Referral
from fanal.referrals.queries.files import by_reference
from fanal.referrals.rules.content import About, from_json
from fanal.referrals.rules.grounds import review_is_due
from fanal.referrals.rules.moves import OPEN


@dataclass(frozen=True, slots=True)
class Ground:
    """A ground with its motivation and its article unsealed. `due`: an exception that must be reviewed now."""

    row: Consent
    why: str
    article: str
    due: bool


def matters(by: Member) -> QuerySet[Matter]:
    """The persons that the member's unit refers, with how many proposals wait for an answer (`open`)."""
    waiting = Count("referrals", filter=Q(referrals__state__in=[state.value for state in OPEN]))
    return visible(Matter, by).filter(unit_id=by.unit_id).annotate(open=waiting)


def matter(reference: str, by: Member, *, lock: bool = False) -> Matter:
    """One of them; `NotFound`."""
    return by_reference(visible(Matter, by).filter(unit_id=by.unit_id), reference, lock=lock)


def about(row: Matter) -> About:
    """What the unit holds of the person; nothing when her key was destroyed. The caller records the reading."""
    return from_json(vault.unseal({row.id: row.sealed}).get(row.id, {}))


def consent(consent_id: UUID, by: Member, *, lock: bool = False) -> Consent:
    """One ground of the member's unit; `NotFound`."""
    return one(visible(Consent, by).select_related("to_unit", "matter"), consent_id, lock=lock)


def standing(matter_id: UUID, to_unit_id: int, purpose: str, by: Member) -> Consent | None:
    """The ground that holds for a recipient and a purpose, the person's consent before any other; None without."""
    rows = visible(Consent, by).filter(matter_id=matter_id, to_unit_id=to_unit_id, purpose=purpose)
    return rows.filter(revoked_at__isnull=True).order_by("exception", "recorded_at").first()


def grounds(by: Member, *, matter_id: UUID, on: date) -> tuple[Ground, ...]:
    """Every ground of one person, newest first, revoked ones included. Two queries."""
    rows = (
        visible(Consent, by)
        .filter(matter_id=matter_id)
        .select_related("to_unit")
        .order_by("-recorded_at", "-id")
    )
    return unsealed(list(rows), on)


def exceptions(by: Member) -> QuerySet[Consent]:
    """The lawful exceptions of the member's unit that stand: what it sends without consent, and must review."""
    rows = visible(Consent, by).filter(exception=True, revoked_at__isnull=True)
    return rows.select_related("to_unit", "matter")


def unsealed(rows: Sequence[Consent], on: date) -> tuple[Ground, ...]:
    """These grounds with their motivations and articles. One query."""
    sealed = {
        (row.id, name): (row.id, getattr(row, name)) for row in rows for name in ("sealed", "article_sealed")
    }
    words = vault.unseal_each({what: found for what, found in sealed.items() if found[1] is not None})
    return tuple(
        Ground(
            row,
            words.get((row.id, "sealed"), ""),
            words.get((row.id, "article_sealed"), ""),
            row.revoked_at is None and review_is_due(row.review_due, on=on),
        )
        for row in rows
    )


def article(row: Consent | Referral) -> str:
    """The article that somebody named for a ground; empty when there is none."""
    opened = vault.unseal({row.id: row.article_sealed}) if row.article_sealed is not None else {}
    return str(opened.get(row.id, ""))


def siblings(by: Member, *, matter: Matter) -> QuerySet[Referral]:
    """The proposals of one person, newest first."""
    rows = visible(Referral, by).filter(matter_id=matter.id, from_unit_id=by.unit_id)
    return rows.select_related("from_unit", "to_unit").order_by("-proposed_at", "-id")


def matter_of(referral: Referral, by: Member) -> Matter:
    """The preparation that a referral of the member's unit came from; `NotFound` for the unit that was asked."""
    return one(visible(Matter, by), referral.matter_id)
