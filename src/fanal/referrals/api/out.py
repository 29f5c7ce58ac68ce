"""From rows to what the endpoints give."""

from typing import Any

from fanal.referrals import queries
from fanal.referrals.queries import Ground, Option
from fanal.referrals.rules.content import Item
from fanal.referrals.services import File, Preparation

_LINE = (
    "reference", "purpose", "state", "refusal", "ground", "proposed_at", "due_at", "answered_at", "ended_at", "version",
)  # fmt: skip
_GROUND = (
    "id", "purpose", "ground", "exception", "given_on", "form", "review_due", "reviewed_at", "revoked_at",
    "version",
)  # fmt: skip
_PLACES = (
    "free",
    "valid_until",
    "sexes",
    "age_from",
    "age_to",
    "languages",
    "children",
    "wheelchair",
    "night",
)


def _named(row: object, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}


def line(row: queries.Referral) -> dict[str, Any]:
    """A referral of a list."""
    return {"from_unit": row.from_unit.code, "to_unit": row.to_unit.code, **_named(row, _LINE)}


def file(found: File) -> dict[str, Any]:
    """One referral."""
    row = found.referral
    return {
        **line(row),
        **_named(row, ("ground_given_on", "ground_form")),
        "ground_article": found.article,
        "about": found.content.about if found.content else None,
        "sent": [{"item": item, "sent_at": when} for item, when in found.content.sent]
        if found.content
        else [],
        "has_identity": found.has_identity,
        "words": found.words,
        "acts": [act.value for act in found.acts],
        "read_by": list(dict.fromkeys(sight.unit for sight in found.wall.others)),
    }


def ground(found: Ground) -> dict[str, Any]:
    """A consent, or the ground in its place."""
    return {
        "to_unit": found.row.to_unit.code,
        "why": found.why,
        "article": found.article,
        **_named(found.row, _GROUND),
    }


def person(found: Preparation) -> dict[str, Any]:
    """A person in preparation, without her identity."""
    return {
        **_named(found.matter, ("reference", "alert_reference", "version")),
        "about": found.about,
        "has_identity": Item.IDENTITY in found.held,
        "grounds": [ground(each) for each in found.grounds],
        "referrals": [line(row) for row in found.referrals],
    }


def option(found: Option) -> dict[str, Any]:
    """Whether a unit can take a person."""
    return {
        "unit": found.unit.code,
        "answer": found.fit.answer.value,
        "reasons": [
            {"criterion": each.criterion.value, "answer": each.answer.value, "words": queries.reason(each)}
            for each in found.fit.reasons
        ],
        "published_at": found.capacity.published_at if found.capacity else None,
    }


def places(row: queries.Capacity) -> dict[str, Any]:
    """A publication."""
    return _named(row, (*_PLACES, "published_at"))
