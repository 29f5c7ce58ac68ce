"""Hostile files, sent to a running house: none runs, none is shown, none kills or blocks who serves others.

Each file goes over HTTP to the web server, is read by the worker in its cage, and what is then handed out is looked
at: copy, original, pictures. A listener stands where the files would call; marks lie where they would write.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from random import Random
from uuid import UUID

from proofs.figure import Figure, Tell
from proofs.house import house
from proofs.uploads.case import Case
from proofs.uploads.corpus import hostile, legitimate
from proofs.uploads.listening import left_behind, listening
from proofs.uploads.sending import Found, House, tried, watched

AT_LEAST = 20
PER_ALERT = 25
SLOWEST = 2.0
"""Seconds another reader may wait meanwhile, at most (house rule; two cores serve, convert and measure)."""
GROWN = 600 * 1024**2
"""Bytes by which both web workers may grow: four threads each, with one file of 25 MB in three copies at hand."""


def chosen(cases: list[Case], *, scale: float, seed: int) -> list[Case]:
    """All of them at scale 1; else so many, drawn, in an order of their own."""
    count = max(AT_LEAST, round(len(cases) * scale))
    return Random(seed).sample(cases, min(count, len(cases)))


def prove(*, scale: float, seed: int, tell: Tell) -> list[Figure]:
    """`scale` 1: the whole corpus; at least twenty files."""
    os.environ["FANAL_LIMITS"] = "off"  # thirty files a minute are a person's pace, not a proof's
    cases = [*chosen(hostile(seed), scale=scale, seed=seed), *legitimate()]
    found, before = Found(), left_behind()
    with house() as folder, listening() as ear:
        from fanal.config.bench.house import served

        token, alerts = _alerts(len(cases) // PER_ALERT + 1)
        with served() as (port, server), _worker(str(folder)) as worker:
            door = House(port, token)
            with watched(door, server, found):
                for number, case in enumerate(cases):
                    tried(door, case, alerts[number // PER_ALERT], found)
                    tell("Files", number + 1, len(cases))
            if worker.poll() is not None:
                found.broken.append(f"the worker ended (exit {worker.returncode})")
        marks = sorted(set(left_behind()) - set(before))
        files = len(cases) - len(legitimate())
        return figures(found, files, max(AT_LEAST, round(200 * scale)), calls=ear.calls, marks=marks)


def figures(found: Found, files: int, wanted: int, *, calls: int, marks: list[str]) -> list[Figure]:
    """The page's lines."""

    def none(name: str, faults: list[str]) -> Figure:
        return Figure(name, str(len(faults)), "0", not faults, "; ".join(faults[:3]))

    ran = [*marks, *(["somebody was called"] * calls)]
    return [
        Figure("hostile files", str(files), f"≥ {wanted}", files >= wanted),
        none("executed, or called elsewhere", ran),
        none("shown by a browser", found.inlined),
        none("kept though harmful, or refused though not", found.wrong),
        none("answered with a fault", found.broken),
        Figure("web workers lost", str(found.lost_workers), "0", not found.lost_workers),
        Figure(
            "longest wait of another reader",
            f"{found.slowest:.2f} s",
            f"≤ {SLOWEST:g} s",
            found.slowest <= SLOWEST,
        ),
        Figure(
            "growth of the web server",
            f"{found.grown / 1024**2:.0f} MB",
            f"≤ {GROWN // 1024**2} MB",
            found.grown <= GROWN,
        ),
    ]


@contextmanager
def _worker(folder: str) -> Iterator[subprocess.Popen[bytes]]:
    code = "import django; django.setup()\nfrom django.core.management import call_command\n"
    code += "call_command('procrastinate', 'worker')"
    process = subprocess.Popen(
        [sys.executable, "-c", code],
        env=os.environ | {"FANAL_VAR": folder, "DJANGO_SETTINGS_MODULE": "fanal.config.settings"},
        stderr=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _alerts(count: int) -> tuple[str, list[UUID]]:
    """A token of a member who records alerts, and so many invented ones of hers."""
    from django.db import transaction
    from django.utils import timezone

    from fanal.access import services as access
    from fanal.access.rules import Permission
    from fanal.access.services import acting_as
    from fanal.alerts import services
    from fanal.alerts.rules import Report
    from fanal.config.demo import staff

    with transaction.atomic():
        hired = staff.hire("uploads", on=timezone.localdate())
    member = next(each for each in hired.values() if each.may(Permission.ALERT_RECORD))
    now = datetime.now(UTC)
    with acting_as(member):
        report = Report(phenomenon="trafficking", forms=("WORK",), narrative="Invented.")
        made = [
            services.record(by=member, report=report, at=now, idempotency_key=f"uploads-{n}").id
            for n in range(count)
        ]
        _row, token = access.issue_token(
            by=member, label="uploads", at=now, expires_at=now + timedelta(days=2)
        )
    return token, made
