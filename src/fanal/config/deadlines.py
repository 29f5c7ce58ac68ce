"""One round of every clock, as the worker does it by itself."""

from datetime import date, datetime, time

from django.utils import timezone

from fanal.access import services as access
from fanal.alerts import services as alerts
from fanal.attachments import services as attachments
from fanal.protection import services as protection
from fanal.referrals import services as referrals
from fanal.retention import services as retention
from fanal.web import cache, idempotency, pace


def sweep(*, on: date | None = None) -> dict[str, int]:
    """{what was looked for: how many were found}, at the end of that day or now. Twice changes nothing."""
    at = timezone.make_aware(datetime.combine(on, time(23, 59))) if on else timezone.now()
    return {
        "grants that started or ended": access.sweep_grants(),
        "alerts not acknowledged in time": alerts.escalate(at=at),
        "referrals taken elsewhere": referrals.close_taken(at=at),
        "referrals that wait too long": referrals.remind(at=at),
        "deadlines of procedures reminded": protection.sweep(at=at),
        "files to look at again": retention.remind(at=at),
        "copies erased whose reader’s sight ended": retention.erase_copies(at=at),
        "attached files that were not read yet": attachments.sweep(at=at),
        "answers to repeated requests forgotten": idempotency.sweep(at),
        "shared values that expired": cache.sweep(at),
        "counters of uses that are full again": pace.sweep(at),
    }
