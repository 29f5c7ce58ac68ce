"""Which objects take attachments: the one place that knows both sides."""

from collections.abc import Mapping
from types import MappingProxyType

from fanal.attachments.rules import Attachable

ATTACHABLE: Mapping[str, Attachable] = MappingProxyType(
    {
        "alert": Attachable("alerts.Alert", ("alert.read",), ("alert.record",), "alerts:alert"),
        "person": Attachable(
            "referrals.Matter",
            ("referral.propose",),
            ("referral.propose",),
            "referrals:person",
            from_=(("alert", "alert"),),
        ),
        "referral": Attachable(
            "referrals.Referral",
            ("referral.read",),
            ("referral.propose",),
            "referrals:referral",
            from_=(("person", "matter_id"),),
        ),
        "request": Attachable(
            "protection.Request", ("protection.read",), ("protection.request",), "protection:detail"
        ),
        "procedure": Attachable(
            "protection.Procedure",
            ("protection.read",),
            ("protection.request", "protection.decide"),
            "protection:detail",
        ),
        "question": Attachable(
            "protection.QuestionSet",
            ("protection.read", "protection.answer"),
            ("protection.decide", "protection.answer"),
            "protection:questions",
            by="id",
        ),
        "annex": Attachable(
            "meetings.Annex",
            ("meeting.read",),
            ("item.propose",),
            "meetings:paper",
            shut="fanal.bodies.queries.closed_to",
        ),
    }
)
"""Kind of object: see `attachments.rules.Attachable`. Permissions are those of `access.rules`."""
