"""Three hundred reports in thirty years, and one with every department of the outline."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django.utils import timezone

from fanal.access.rules import Member
from fanal.access.services import acting_as
from fanal.country import queries as country
from fanal.country.schema import ReportKind
from fanal.reports import services
from fanal.reports.queries import Report

REPORTS = 300


def fill(*, scale: float, members: Mapping[str, Member]) -> None:
    """Frozen reports of every month, and the one that is being prepared now."""
    by, now = members["chair"], timezone.now()
    count = max(5, round(REPORTS * min(scale, 1)))
    kinds = [kind.code for kind in country.law(now.date()).of(ReportKind)]
    Report.objects.bulk_create(_past(by, now, n, kinds[n % len(kinds)]) for n in range(count))
    on = timezone.localdate(now)
    with acting_as(by):
        services.open_report(
            by=by, kind=kinds[0], starts_on=on - timedelta(days=800), ends_on=on - timedelta(days=70),
            contributions_due_on=on + timedelta(days=30), due_on=on + timedelta(days=90), synthetic=True, at=now,
        )  # fmt: skip


def _past(by: Member, now: datetime, n: int, kind: str) -> Report:
    at = now - timedelta(days=30 * (n + 1))
    on = timezone.localdate(at)
    return Report(
        reference=f"BENCH-{n}", kind=kind, unit_id=by.unit_id, starts_on=on - timedelta(days=30), ends_on=on,
        contributions_due_on=on, due_on=on, opened_at=at, opened_by=by.person_id, frozen_at=at, synthetic=True,
    )  # fmt: skip


def pages() -> Sequence[tuple[str, str, str]]:
    """The pages of the reports."""
    current = (
        Report.objects.filter(frozen_at=None)
        .order_by("-opened_at")
        .values_list("reference", flat=True)
        .first()
    )
    return (
        ("Reports", "chair", "/reports/"),
        ("Reports, published", "", "/reports/public/"),
        ("One report", "chair", f"/reports/{current}/"),
        ("What stops a report", "chair", f"/reports/{current}/build/"),
        ("Outline of a report", "chair", f"/reports/{current}/outline/"),
    )
