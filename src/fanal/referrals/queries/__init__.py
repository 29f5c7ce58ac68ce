"""Every read of the referrals; each takes the reader."""

from fanal.referrals.models import Capacity, Consent, ConsentForm, Matter, Referral, State

from .files import (
    Accepted,
    Content,
    Filter,
    accepted,
    accepted_for,
    content,
    has_sight,
    referral,
    referrals,
    replies,
    side,
)
from .matters import (
    Ground,
    about,
    consent,
    exceptions,
    grounds,
    matter,
    matter_of,
    matters,
    siblings,
    standing,
    unsealed,
)
from .recipients import Option, answers, board, latest, offer, options, recipients
from .sources import from_alert
from .waiting import purpose_label, waiting
from .words import ANSWERS, ITEMS, reason, told

__all__ = [
    "ANSWERS",
    "ITEMS",
    "Accepted",
    "Capacity",
    "Consent",
    "ConsentForm",
    "Content",
    "Filter",
    "Ground",
    "Matter",
    "Option",
    "Referral",
    "State",
    "about",
    "accepted",
    "accepted_for",
    "answers",
    "board",
    "consent",
    "content",
    "exceptions",
    "from_alert",
    "grounds",
    "has_sight",
    "latest",
    "matter",
    "matter_of",
    "matters",
    "offer",
    "options",
    "purpose_label",
    "reason",
    "recipients",
    "referral",
    "referrals",
    "replies",
    "siblings",
    "side",
    "standing",
    "told",
    "unsealed",
    "waiting",
]
