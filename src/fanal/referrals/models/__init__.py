"""Tables of the referrals. Whoever imports them is a query, a service or a migration."""

from .capacity import Capacity
from .consents import Consent, ConsentForm, Matter
from .referrals import Referral, ReferralItem, Reply, State

__all__ = ["Capacity", "Consent", "ConsentForm", "Matter", "Referral", "ReferralItem", "Reply", "State"]
