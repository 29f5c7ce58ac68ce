"""The measurements: the wall, the pages, the intake, the import, the memory."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from random import Random
from time import perf_counter

import psutil
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from fanal.access import services as access
from fanal.access.middleware import SESSION_KEY
from fanal.access.rules import Member
from fanal.access.services import acting_as
from fanal.alerts import services as alerts
from fanal.alerts.rules import Report
from fanal.config.imports import nrm

from . import client, house
from .client import Ask
from .results import Result, Times
from .wall import NoWall

LIST, HOME = "/alerts/", "/"
FILES = "uk_nrm_*_2023_q1.csv.gz"
_keys = count()


@dataclass(frozen=True)
class Field:
    """The house as it was filled: who reads in it, and references of alerts that the large reader may open."""

    folder: Path
    readers: Mapping[str, Member]
    few: Member
    many: Member
    references: Sequence[str]
    reports: Sequence[Report]
    recorder: Member
    rounds: int


def browser(member: Member | None) -> Client:
    """A browser in which this member, or nobody, is logged in."""
    found = Client(headers={"host": "127.0.0.1"})
    if member is None:
        return found
    found.force_login(
        get_user_model().objects.get(pk=member.person_id),
        backend="allauth.account.auth_backends.AuthenticationBackend",
    )
    session = found.session
    session[SESSION_KEY] = str(member.membership_id)
    session.save()
    return found


def token(member: Member) -> str:
    """An API token of this member."""
    now = datetime.now(UTC)
    with acting_as(member):
        return access.issue_token(by=member, label="bench", at=now, expires_at=now + timedelta(days=1))[1]


def wall(field: Field) -> Iterator[Result]:
    """A list page behind both walls beside the same page without them, in turn, in this process."""
    no_wall = NoWall(field.folder)
    for name, member in field.readers.items():
        looking = browser(member)
        walled, bypassed = [], []
        for number in range(field.rounds + 3):
            one = timed(looking, LIST)
            with no_wall.open():
                other = timed(looking, LIST)
            if number >= 3:  # the first ones warm caches on both sides
                walled.append(one)
                bypassed.append(other)
        behind, without = Times(walled), Times(bypassed)
        note = f"median {behind.middle:.1f} ms behind, {without.middle:.1f} ms without, {field.rounds} pages in turn"
        yield Result(
            f"List behind the wall ÷ without, {name}", behind.middle / without.middle, "×", most=2, note=note
        )
    no_wall.close()


def timed(looking: Client, path: str) -> float:
    """How long a page takes, in milliseconds; anything but a page that came is an error."""
    started = perf_counter()
    _page(looking, path)
    return (perf_counter() - started) * 1000


def _page(looking: Client, path: str) -> None:
    answer = looking.get(path)
    if answer.status_code != 200:
        raise client.Answered(f"{path}: {answer.status_code}")


def statements(field: Field) -> Iterator[Result]:
    """The number of SQL statements of a page for a unit with few alerts and for one with many."""
    for path in (HOME, LIST):
        counts = [statements_of(browser(member), path) for member in (field.few, field.many)]
        note = f"{counts[0]} statements with 10 alerts, {counts[1]} with 1,000"
        yield Result(
            f"SQL statements that more rows add to {path}", counts[1] - counts[0], "", most=0, note=note
        )


def statements_of(looking: Client, path: str) -> int:
    """How many SQL statements a page takes once it has been seen."""
    _page(looking, path)
    with CaptureQueriesContext(connection) as captured:
        _page(looking, path)
    return len(captured)


def pages(field: Field, port: int, server: psutil.Process) -> Iterator[Result]:
    """Pages served over HTTP to two people at once."""
    for name, member in field.readers.items():
        found, note = _served(field, port, server, [_asking(member)(LIST)] * field.rounds * 4)
        yield Result(f"List page, p95, {name}", found.p95, "ms", most=150, note=note)
    member = next(iter(field.readers.values()))
    ask = _asking(member)
    paths = [ask(f"{LIST}{reference}/") for reference in field.references]
    found, note = _served(field, port, server, paths)
    yield Result(
        "Detail page, p95", found.p95, "ms", most=60, note=f"{note}; {len(paths)} alerts, each traced"
    )
    found, note = _served(field, port, server, [ask(HOME)] * field.rounds)
    yield Result("Home page, p95", found.p95, "ms", note=note)


def _served(field: Field, port: int, server: psutil.Process, asks: Sequence[Ask]) -> tuple[Times, str]:
    """How long they took for two readers at once, and what they cost in words; the first ones warm the caches."""
    client.times(port, asks[:8], together=2)
    before = house.spent(field.folder, server)
    found = client.times(port, asks, together=2)
    each = (house.spent(field.folder, server) - before) / len(asks) * 1000
    return (
        found,
        f"served, two readers at once; median {found.middle:.1f} ms, {each:.1f} ms of processor each",
    )


def _asking(member: Member) -> "_Asking":
    return _Asking(browser(member).cookies["sessionid"].value)


@dataclass(frozen=True)
class _Asking:
    session: str

    def __call__(self, path: str) -> Ask:
        return "GET", path, None, {"Cookie": f"sessionid={self.session}"}


def served_intake(field: Field, port: int, server: psutil.Process) -> Iterator[Result]:
    """Alerts sent to the API, each with its wall, its recipients and its trace, each committed to disk."""
    secret = token(field.recorder)

    def ask(report: Report) -> Ask:
        headers = {
            "Authorization": f"Bearer {secret}",
            "Content-Type": "application/json",
            "Idempotency-Key": f"bench-{next(_keys)}",
        }
        return "POST", "/api/alerts", client.as_json(asdict(report)), headers

    client.rate(port, [ask(report) for report in field.reports], together=8, expected=201)
    wanted = [ask(field.reports[n % len(field.reports)]) for n in range(field.rounds * 25)]
    before = house.spent(field.folder, server)
    rate = client.rate(port, wanted, together=8, expected=201)
    each = (house.spent(field.folder, server) - before) / len(wanted) * 1000
    note = (
        f"{len(wanted)} submissions by eight senders on the same processors; {each:.1f} ms of processor each"
    )
    yield Result("Intake with its trace, API", rate, "/s", least=100, note=note)


def service_intake(field: Field) -> Iterator[Result]:
    """The same act without HTTP, one after the other, each in a transaction of its own."""
    number = field.rounds * 10
    started = perf_counter()
    for n in range(number):
        at = datetime.now(UTC)
        report = field.reports[n % len(field.reports)]
        with acting_as(field.recorder):
            alerts.record(by=field.recorder, report=report, at=at, idempotency_key=f"bench-{next(_keys)}")
    rate = number / (perf_counter() - started)
    yield Result("Intake with its trace, service", rate, "/s", note="one process, one after the other")


def imported(files: Sequence[Path]) -> Iterator[Result]:
    """Real files of another country's mechanism, through the intake."""
    if not files:
        yield Result(
            "Import, persons", 0, "/s", note="skipped: the files of the mechanism are not on this machine"
        )
        return
    report = nrm.run(files, tell=lambda *_: None)
    persons, seconds = (
        sum(values) for values in zip(*((f.new, f.seconds) for f in report.imported), strict=True)
    )
    note = f"{persons:,.0f} persons of {len(files)} files; totals {'equal' if report.equal else 'DIFFERENT'}"
    yield Result("Import, persons", persons / seconds, "/s", least=200, note=note)


def memory(server: psutil.Process) -> Iterator[Result]:
    """What a worker of the web server takes after all that."""
    note = "resident set of the larger of two workers, after the measurements above"
    yield Result("Memory of a worker", house.largest_worker(server), "MB", most=250, note=note)


def sample(references: Sequence[str], number: int) -> list[str]:
    """So many references, drawn the same way each time."""
    return Random(1).sample(list(references), min(number, len(references)))  # noqa: S311 (no secret)
