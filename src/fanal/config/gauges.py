"""The page a monitor reads: what every process counted, and what waits at this moment."""

import os
from collections.abc import Iterator
from datetime import datetime

from django.db import DatabaseError, transaction
from django.utils import timezone
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector

from fanal.config import standing
from fanal.notify import queries as notify

SEALING = "fanal.audit.tasks.seal"
FOLDER = "PROMETHEUS_MULTIPROC_DIR"


def page() -> tuple[bytes, str]:
    """Body and content type, in Prometheus's text format."""
    registry = CollectorRegistry()
    registry.register(_Now())
    if os.environ.get(FOLDER):
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
        return generate_latest(registry), CONTENT_TYPE_LATEST
    return generate_latest(registry) + generate_latest(REGISTRY), CONTENT_TYPE_LATEST


class _Now:
    """What waits now. Where the database does not answer, only that is said: the counters still stand."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        try:
            with transaction.atomic():
                found = dict(_values(timezone.now()))
        except DatabaseError:
            found = {}
        yield _gauge("fanal_database_up", "Whether the database answers", float(bool(found)))
        for (name, words), value in found.items():
            yield _gauge(name, words, value)

    def describe(self) -> list[GaugeMetricFamily]:
        return []  # what is registered is not asked before it is scraped


def _values(now: datetime) -> Iterator[tuple[tuple[str, str], float]]:
    jobs, (unsent, since) = standing.queue(), notify.unsent()
    yield ("fanal_queue_late_jobs", "Jobs whose moment has come"), jobs.late
    yield ("fanal_queue_oldest_seconds", "How long the oldest of them waits"), _age(jobs.oldest, now)
    yield ("fanal_queue_stalled_jobs", "Jobs whose worker is gone"), jobs.stalled
    yield ("fanal_queue_failed_jobs", "Jobs that failed in the last day"), jobs.failed
    yield ("fanal_workers", "Workers that gave a sign of life"), jobs.workers
    yield ("fanal_outbox_messages", "Messages that wait to be mailed"), unsent
    yield ("fanal_outbox_oldest_seconds", "How long the oldest of them waits"), _age(since, now)
    sealed = standing.last_success(SEALING)
    yield (
        ("fanal_seal_age_seconds", "How long ago the trace was last sealed"),
        _age(sealed or standing.began(), now),
    )
    yield ("fanal_database_connections", "Connections to the database"), standing.connections()


def _age(since: datetime | None, now: datetime) -> float:
    return max((now - since).total_seconds(), 0) if since else 0


def _gauge(name: str, words: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, words, value=value)
