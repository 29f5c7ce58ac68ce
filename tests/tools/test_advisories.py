"""The advisory check is green only when a service answered for every package; pip-audit itself runs here."""

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tools import check_advisories, lock

SMALL = "".join(
    f"{name}=={version} \\\n    --hash=sha256:{'a' * 64}\n    # via fanal (pyproject.toml)\n"
    for name, version in [("alpha", "1.0"), ("beta", "2.5"), ("gamma", "3.1.4")]
)
# As pip-audit 2.10.1 printed it where the service knew nothing; its exit code was 0.
SKIPPED = """{"dependencies": [
 {"name": "alpha", "skip_reason": "Dependency not found on PyPI and could not be audited: alpha (1.0)"},
 {"name": "beta", "version": "2.5", "vulns": []},
 {"name": "gamma", "skip_reason": "Dependency not found on PyPI and could not be audited: gamma (3.1.4)"}
], "fixes": []}"""


class Service(ThreadingHTTPServer):
    """An advisory service that speaks the OSV interface; it finds fault with the packages of `affected`."""

    affected: frozenset[str] = frozenset()
    broken: frozenset[str] = frozenset()


class Handler(BaseHTTPRequestHandler):
    server: Service

    def do_POST(self) -> None:
        name = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["package"]["name"]
        said = json.dumps({"vulns": [advisory(name)]} if name in self.server.affected else {}).encode()
        self.send_response(500 if name in self.server.broken else 200)
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    def log_message(self, format: str, *args: object) -> None:
        pass


def advisory(name: str) -> dict[str, object]:
    package = {"name": name, "ecosystem": "PyPI"}
    events = [{"introduced": "0"}, {"fixed": "2.6"}]
    return {
        "schema_version": "1.6.0",
        "id": "GHSA-invented-0001",
        "summary": "Invented for this test.",
        "affected": [{"package": package, "ranges": [{"type": "ECOSYSTEM", "events": events}]}],
    }


@pytest.fixture
def service() -> Iterator[Service]:
    with Service(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def check(place: Path, port: int) -> tuple[int, str]:
    (place / "small.lock").write_text(SMALL)
    asked = ["--lock", str(place / "small.lock"), "--osv-url", f"http://127.0.0.1:{port}/v1/query"]
    ran = subprocess.run(
        [sys.executable, "-m", "tools.check_advisories", *asked],
        cwd=lock.ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return ran.returncode, ran.stdout


@pytest.mark.asvs("15.2.1")
def test_green_when_the_service_answered_for_every_package(service: Service, tmp_path: Path) -> None:
    assert check(tmp_path, service.server_port) == (0, "3 of 3 locked packages checked, 0 advisories.\n")


@pytest.mark.asvs("15.2.1")
def test_an_advisory_is_red_and_says_what_repairs_it(service: Service, tmp_path: Path) -> None:
    service.affected = frozenset({"beta"})
    code, said = check(tmp_path, service.server_port)
    assert code == 1
    assert said.splitlines()[0] == "beta 2.5: GHSA-invented-0001, repaired in 2.6"


def test_two_versions_of_one_package_are_two_questions(service: Service) -> None:
    older = SMALL.replace("alpha==1.0", "beta==2.4 ; python_full_version < '3.12'").split("gamma")[0]
    locked = lock.read(older)
    answers = check_advisories.audit(locked, f"http://127.0.0.1:{service.server_port}/v1/query")
    assert sorted(answer["version"] for answer in answers) == ["2.4", "2.5"]
    assert list(check_advisories.not_checked(locked, answers)) == []


def test_a_service_that_fails_for_one_package_is_red(service: Service, tmp_path: Path) -> None:
    service.broken = frozenset({"gamma"})
    code, said = check(tmp_path, service.server_port)
    assert code == 2
    assert said.startswith("Could not be checked: 3 of 3 packages.")


def test_a_service_that_nobody_reaches_is_red(service: Service, tmp_path: Path) -> None:
    port = service.server_port
    service.shutdown()
    service.server_close()
    code, said = check(tmp_path, port)
    assert code == 2
    assert said.startswith("Could not be checked: 3 of 3 packages.")


def test_what_pip_audit_skipped_was_not_checked() -> None:
    answers = json.loads(SKIPPED)["dependencies"]
    locked = lock.read(SMALL)
    assert list(check_advisories.advisories(answers)) == []
    assert [line.split(":")[0] for line in check_advisories.not_checked(locked, answers)] == [
        "alpha 1.0",
        "gamma 3.1.4",
    ]


@pytest.mark.parametrize(
    "answer",
    [[], [{"name": "beta", "version": "2.4", "vulns": []}], [{"name": "beta", "version": "2.5"}]],
)
def test_an_answer_for_another_version_or_none_is_no_answer(answer: list[dict[str, object]]) -> None:
    beta = lock.read(SMALL)[1:2]
    assert len(list(check_advisories.not_checked(beta, answer))) == 1
