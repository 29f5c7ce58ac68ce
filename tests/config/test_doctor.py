"""The doctor: each thing that can go wrong is broken for real, and found by name."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from django.db import connection
from django.utils import timezone, translation
from pytest_django import Settings
from tests.cast import Cast, client, join
from tests.processes import environment

from fanal.access.models import Account
from fanal.access.rules import Permission, Role
from fanal.config import doctor
from fanal.config.doctor import outside, tables, ways, work
from fanal.config.doctor.finding import Finding, Findings
from fanal.database.connect import embedded
from fanal.notify import services as notify

NOW = timezone.now()
OK, WARN, FAIL = doctor.State.OK, doctor.State.WARN, doctor.State.FAIL
PUBLIC = "https://fanal.example"


def states(found: Findings) -> dict[str, doctor.State]:
    return {one.code: one.state for one in found}


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.mark.django_db
class TestSettings:
    @pytest.mark.parametrize(
        ("url", "hosts", "proxies", "expected"),
        [
            ("http://127.0.0.1:8000", ["127.0.0.1"], 0, {"address": OK}),
            ("http://fanal.example", ["fanal.example"], 1, {"address": FAIL}),
            (PUBLIC, ["fanal.example"], 1, {"address": OK}),
            (PUBLIC, ["fanal.example"], 0, {"address": OK, "proxies": WARN}),
            (PUBLIC, ["other.example"], 1, {"address": OK, "hosts": FAIL}),
            (PUBLIC, ["*"], 1, {"address": OK, "hosts": FAIL}),
        ],
    )
    def test_address(
        self, settings: Settings, url: str, hosts: list[str], proxies: int, expected: dict[str, doctor.State]
    ) -> None:
        settings.FANAL_URL, settings.ALLOWED_HOSTS = url, hosts
        settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
        assert states(ways.address(NOW)) == expected

    @pytest.mark.parametrize(
        ("url", "host", "tls", "expected"),
        [
            ("http://localhost", "", False, WARN),
            (PUBLIC, "", False, FAIL),
            (PUBLIC, "mail.example", False, FAIL),
            (PUBLIC, "127.0.0.1", False, OK),
            (PUBLIC, "mail.example", True, OK),
        ],
    )
    def test_mail(self, settings: Settings, url: str, host: str, tls: bool, expected: doctor.State) -> None:
        settings.FANAL_URL, settings.EMAIL_HOST, settings.EMAIL_USE_TLS = url, host, tls
        assert states(ways.mail(NOW)) == {"mail": expected}

    def test_keys(self, settings: Settings) -> None:
        assert states(ways.keys(NOW)) == {"keys": OK}
        settings.FANAL_TOKEN_KEY = settings.FANAL_VAULT_KEY
        assert states(ways.keys(NOW)) == {"keys": FAIL}
        settings.FANAL_TOKEN_KEY = "0" * 64
        assert states(ways.keys(NOW)) == {"keys": FAIL}

    def test_keys_that_others_may_read(self, settings: Settings, folder: Path) -> None:
        settings.VAR = folder
        (folder / "secrets.json").touch(mode=0o644)
        (found,) = ways.keys(NOW)
        assert (found.state, found.cure) == (FAIL, f"chmod 600 {folder}/secrets.json")

    def test_invented_accounts_in_a_real_house(self, settings: Settings) -> None:
        assert states(ways.demonstration(NOW)) == {"demonstration": OK}
        Account.objects.create_user("someone@demo.fanal.example", "x", name="Someone")
        assert states(ways.demonstration(NOW)) == {"demonstration": WARN}
        settings.FANAL_URL = PUBLIC
        assert states(ways.demonstration(NOW)) == {"demonstration": FAIL}

    def test_no_limits(self, settings: Settings) -> None:
        assert states(ways.limits(NOW)) == {"limits": FAIL}  # the suite runs without
        settings.FANAL_LIMITS = {"page": 1}
        assert states(ways.limits(NOW)) == {"limits": OK}


Superuser = Callable[[str], None]


@pytest.fixture
def superuser(database_url: Callable[[str], str]) -> Iterator[Superuser]:
    """Runs a statement that nothing holds."""
    with psycopg.connect(database_url("postgres"), autocommit=True) as db:
        yield lambda statement: db.execute(statement)  # type: ignore[arg-type,return-value,func-returns-value]


@pytest.mark.django_db(transaction=True)
class TestDatabase:
    def test_a_sound_one(self) -> None:
        assert states(tables.database(NOW)) == {"database": OK}
        assert states(tables.walls(NOW)) == {"walls": OK}
        assert states(tables.log(NOW)) == {"database_log": OK}

    @pytest.mark.parametrize(
        ("blow", "code", "named"),
        [
            ("ALTER TABLE alerts_person NO FORCE ROW LEVEL SECURITY", "walls", "alerts_person"),
            ("ALTER TABLE referrals_referral DISABLE ROW LEVEL SECURITY", "walls", "referrals_referral"),
            ("DROP POLICY readers ON protection_procedure", "walls", "protection_procedure"),
            ("CREATE POLICY x ON alerts_alert TO fanal_runtime USING (true)", "walls", "alerts_alert"),
            ("DROP TRIGGER keep ON alerts_alert", "walls", "alerts_alert"),
            ("DROP TRIGGER append_only ON audit_entry", "walls", "audit_entry"),
            ("ALTER TABLE access_grant DISABLE TRIGGER apply", "triggers", "access_grant.apply"),
        ],
    )
    def test_a_wall_that_is_down(self, superuser: Superuser, blow: str, code: str, named: str) -> None:
        superuser(blow)
        found = [one for one in tables.walls(NOW) if one.state is FAIL]
        assert [(one.code, named in one.found) for one in found] == [(code, True)]

    def test_a_role_that_is_too_strong(self, superuser: Superuser) -> None:
        superuser("GRANT CREATE ON SCHEMA public TO fanal_runtime")
        assert FAIL in [one.state for one in tables.database(NOW)]

    def test_migrations_that_wait(self, superuser: Superuser) -> None:
        superuser("DELETE FROM django_migrations WHERE app = 'web'")
        assert states(tables.database(NOW))["migrations"] is FAIL

    def test_a_log_that_quotes(self, superuser: Superuser) -> None:
        superuser("ALTER ROLE fanal_runtime SET log_min_duration_statement = 0")
        try:
            connection.close()
            (found,) = tables.log(NOW)
            assert (found.state, "log_min_duration_statement = 0" in found.found) == (WARN, True)
        finally:
            superuser("ALTER ROLE fanal_runtime RESET log_min_duration_statement")
            connection.close()

    def test_a_clock_that_stepped_back(self, superuser: Superuser) -> None:
        superuser(
            "INSERT INTO audit_seal (number, at, size, text, signature, peaks, horizon, complete)"
            " VALUES (1, now() + interval '1 day', 1, '', '', '', 0, true)"
        )
        assert states(tables.clocks(timezone.now()))["clock_back"] is FAIL

    def test_clocks_apart(self, monkeypatch: pytest.MonkeyPatch) -> None:
        there = timezone.now() + timedelta(minutes=1)
        monkeypatch.setattr(tables.timezone, "now", lambda: there)
        assert states(tables.clocks(there))["clock"] is FAIL

    def test_one_that_does_not_answer_is_told_and_nothing_else_is_lost(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def gone() -> None:
            raise psycopg.OperationalError("Kanari")

        monkeypatch.setattr("fanal.config.commands.house.check_safety", gone)
        found = {one.code: one for one in doctor.examine(timezone.now())}
        assert found["database"].state is FAIL
        assert "Kanari" not in found["database"].found
        assert found["walls"].state is OK


@pytest.mark.django_db
class TestWork:
    def job(self, task: str, status: str, ago: timedelta) -> None:
        at = timezone.now() - ago
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO procrastinate_jobs (queue_name, task_name, status, scheduled_at)"
                " VALUES ('clock', %s, %s::procrastinate_job_status, %s) RETURNING id",
                [task, status, at],
            )
            (job,) = cursor.fetchone()
            if status in ("succeeded", "failed"):
                cursor.execute(
                    "INSERT INTO procrastinate_events (job_id, type, at)"
                    " VALUES (%s, %s::procrastinate_job_event_type, %s)",
                    [job, status, at],
                )

    def worker(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now())")

    def all_rounds(self, ago: timedelta) -> None:
        for each in work.app.periodic_registry.periodic_tasks.values():
            self.job(each.task.name, "succeeded", ago)

    def test_no_worker(self) -> None:
        assert states(work.queue(timezone.now()))["worker"] is FAIL

    def test_all_well(self) -> None:
        self.worker()
        self.all_rounds(timedelta(0))
        now = timezone.now()
        assert states(work.queue(now)) == {"queue": OK}
        assert states(work.rounds(now)) == {"rounds": OK}
        assert states(work.outbox(now)) == {"outbox": OK}
        assert states(work.seal(now)) == {"seal": OK}

    def test_a_round_that_stopped_coming(self) -> None:
        self.all_rounds(timedelta(hours=2))
        (found,) = work.rounds(timezone.now())
        assert (found.state, "alerts.escalate" in found.found) == (FAIL, True)
        assert "protection.sweep" not in found.found, "an hourly one may miss two"

    def test_a_worker_that_died_with_a_job_and_one_that_broke_it(self) -> None:
        self.worker()
        self.job("x", "doing", timedelta(minutes=5))
        self.job("y", "failed", timedelta(hours=1))
        self.job("z", "todo", timedelta(hours=1))
        assert states(work.queue(timezone.now())) == {"stalled": WARN, "failed": WARN, "queue": WARN}

    def test_the_trace_is_not_sealed(self) -> None:
        self.job("fanal.audit.tasks.seal", "succeeded", timedelta(minutes=20))
        assert states(work.seal(timezone.now())) == {"seal": FAIL}

    @pytest.mark.parametrize(("minutes", "expected"), [(5, OK), (20, WARN), (120, FAIL)])
    def test_mail_that_does_not_leave(self, cast: Cast, minutes: int, expected: doctor.State) -> None:
        at = timezone.now() - timedelta(minutes=minutes)
        notify.tell(unit_ids=[cast.officer.unit_id], kind="alert", reference="A-7F3K-9QX4", at=at)
        (found,) = work.outbox(timezone.now())
        assert found.state is expected
        assert "A-7F3K" not in found.found


class TestDiskAndBackup:
    def test_room(self, settings: Settings, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        settings.VAR = folder
        monkeypatch.setattr(outside, "data_folder", lambda: None)
        for free, expected in ((9e9, OK), (3e9, WARN), (5e8, FAIL)):
            usage = type("Usage", (), {"free": free})
            monkeypatch.setattr(outside.shutil, "disk_usage", lambda _folder, usage=usage: usage)
            assert states(outside.disk(NOW)) == {"disk": expected}

    @pytest.mark.parametrize(("hours", "expected"), [(1, OK), (30, WARN), (100, FAIL)])
    def test_age_of_the_backup(
        self, settings: Settings, folder: Path, hours: int, expected: doctor.State
    ) -> None:
        settings.VAR = folder
        made = datetime.now(UTC) - timedelta(hours=hours)
        (folder / "last-backup.json").write_text(json.dumps({"at": made.isoformat(), "size": 12e6}))
        assert states(outside.backup(datetime.now(UTC))) == {"backup": expected}

    @pytest.mark.parametrize("words", ["", "{}", '{"at": "yesterday", "size": 1}'])
    def test_a_note_that_cannot_be_read(self, settings: Settings, folder: Path, words: str) -> None:
        settings.VAR = folder
        (folder / "last-backup.json").write_text(words)
        assert states(outside.backup(NOW)) == {"backup": FAIL}

    def test_no_backup(self, settings: Settings, folder: Path) -> None:
        settings.VAR = folder
        assert states(outside.backup(NOW)) == {"backup": WARN}
        settings.FANAL_URL = PUBLIC
        assert states(outside.backup(NOW)) == {"backup": FAIL}


@pytest.mark.django_db
class TestPage:
    def test_the_platform_s_administrator_reads_it(self, cast: Cast) -> None:
        answer = client(cast.administrator).get("/operations/")
        assert answer.status_code == 200
        assert "How Fanal fares" in answer.content.decode()

    def test_nobody_else_does(self, cast: Cast) -> None:
        others = [m for m in cast.all.values() if not m.may(Permission.OPERATIONS_READ)]
        assert len(others) >= 10
        assert {client(member).get("/operations/").status_code for member in others} == {403}

    @pytest.mark.parametrize(
        ("language", "words"),
        [
            ("fr", "L'état de Fanal"),
            ("nl", "Hoe het met Fanal gaat"),
            ("de", "Wie es um Fanal steht"),
        ],
    )
    def test_in_the_reader_s_language(self, language: str, words: str) -> None:
        reader = join("reader", Role.ADMINISTRATOR, on=timezone.localdate(), language=language)
        assert words in client(reader).get("/operations/").content.decode()


def test_worst() -> None:
    one = Finding("a", OK, "", "")
    two = Finding("b", WARN, "", "")
    assert doctor.worst([]) is doctor.worst([one]) is OK
    assert doctor.worst([one, two]) is WARN


def test_on_the_command_line(folder: Path) -> None:
    def fanal(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "fanal", *arguments]
        return subprocess.run(command, env=environment(folder), capture_output=True, text=True, check=False)

    try:
        assert fanal("migrate").returncode == 0
        found = fanal("doctor", "--json")
        assert found.returncode == 6, found.stderr
        said = {one["code"]: one for one in json.loads(found.stdout)}
        assert said["walls"]["state"] == "ok"
        assert said["worker"]["state"] == "fail"
        assert said["worker"]["cure"] == "systemctl start fanal-worker"
    finally:
        embedded(folder).stop()
