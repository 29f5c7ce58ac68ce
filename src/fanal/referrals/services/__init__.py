"""Every write to the referrals, and every reading that is an act."""

from .answers import accept, refuse, report_done
from .consents import record_consent, review_exception, revoke_consent
from .keeping import correct, held_of, holding
from .matters import amend, prepare
from .places import publish_capacity
from .proposals import propose, send, withdraw
from .reading import File, Preparation, export, read, read_grounds, read_matter, reveal_identity
from .tidying import close_taken, remind

__all__ = [
    "File",
    "Preparation",
    "accept",
    "amend",
    "close_taken",
    "correct",
    "export",
    "held_of",
    "holding",
    "prepare",
    "propose",
    "publish_capacity",
    "read",
    "read_grounds",
    "read_matter",
    "record_consent",
    "refuse",
    "remind",
    "report_done",
    "reveal_identity",
    "review_exception",
    "revoke_consent",
    "send",
    "withdraw",
]
