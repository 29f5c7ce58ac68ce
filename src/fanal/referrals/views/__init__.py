"""Pages of referrals. Import from here."""

from .detail import accept, identity, referral, refuse, report_done, send, withdraw
from .lists import exceptions, export, referrals
from .persons import alone, amend, from_alert, new, person, persons
from .places import board, publish
from .proposing import propose, record_consent, review, revoke_consent

__all__ = [
    "accept",
    "alone",
    "amend",
    "board",
    "exceptions",
    "export",
    "from_alert",
    "identity",
    "new",
    "person",
    "persons",
    "propose",
    "publish",
    "record_consent",
    "referral",
    "referrals",
    "refuse",
    "report_done",
    "review",
    "revoke_consent",
    "send",
    "withdraw",
]
