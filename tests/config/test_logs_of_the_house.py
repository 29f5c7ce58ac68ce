"""The house as it is served, given canaries in every way: none in its log, none in PostgreSQL's."""

import http.client
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import psycopg
import pytest
from tests.processes import environment, free_port

from fanal.database import connect
from fanal.database.connect import embedded

CANARY = "Kanari-7F3K9QX4"


@pytest.fixture
def served(folder: Path) -> Iterator[tuple[int, Path]]:
    """(port, file of all it says)"""
    port, paper = free_port(), folder / "said"
    with paper.open("w") as said:
        process = subprocess.Popen(
            [sys.executable, "-m", "fanal", "serve", "--port", str(port), "--workers", "1"],
            env=environment(folder)
            | {"FANAL_LOG": "json", "FANAL_SMTP_HOST": "127.0.0.1", "FANAL_SMTP_PORT": "1"},
            stdout=subprocess.PIPE,
            stderr=said,
            text=True,
        )
        assert process.stdout is not None
        while "Stop it with" not in (line := process.stdout.readline()):
            assert line, paper.read_text()
        yield port, paper
        process.terminate()
        process.wait()
        process.stdout.close()
    embedded(folder).stop()


def ask(port: int, method: str, path: str, body: str | None = None, **headers: str) -> int:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=30)) as connection:
        connection.request(method, path, body, headers)
        return connection.getresponse().status


@pytest.mark.asvs("16.2.5")
def test_no_canary_stays(served: tuple[int, Path], folder: Path) -> None:
    port, paper = served
    ask(port, "GET", f"/{CANARY}?q={CANARY}", Referer=f"http://x/{CANARY}", Cookie=f"sessionid={CANARY}")
    ask(port, "GET", "/", Host=f"{CANARY.lower()}.example")
    ask(port, "POST", "/api/alerts", f'{{"{CANARY}":', Authorization=f"Bearer fnl_{CANARY}")
    ask(port, "POST", "/accounts/login/", f"login={CANARY}&password={CANARY}")
    ask(port, "GET", f"/alerts/{CANARY}%7f%00%ff/", Accept_Language=CANARY)
    with psycopg.connect(embedded(folder).url(connect.DATABASE, "fanal_runtime"), autocommit=True) as db:
        for statement, values in (
            ("SELECT %s::text::uuid", [CANARY]),
            (f"SELECT '{CANARY}'::date", []),
            (f"SELECT {CANARY}", []),
            ("INSERT INTO web_cached VALUES (%s, %s, now())", [CANARY.encode(), CANARY]),
            ("INSERT INTO web_cached VALUES (%s, %s, now())", [CANARY.encode(), CANARY]),
            ("INSERT INTO web_cached VALUES (%s, %s, NULL)", [b"2", CANARY]),
        ):
            with suppress(psycopg.Error):
                db.execute(statement, values)
    server_log = (embedded(folder).data_dir / "server.log").read_text(errors="replace")
    said = paper.read_text()
    assert CANARY.lower() not in (said + server_log).lower()
    assert [line for line in said.splitlines() if line.startswith("{") and not json.loads(line)] == []
