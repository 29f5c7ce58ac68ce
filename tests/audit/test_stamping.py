"""The time of another authority: a real one (openssl ts) behind a real web server."""

import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from tests.audit.log import BOTH, NOW, handed_out, sealed

from fanal.audit.models import Stamp
from fanal.audit.services.sealing import public_half
from fanal.audit.services.stamping import stamp
from fanal.audit.verify import verify
from fanal.errors import Refusal

pytestmark = pytest.mark.django_db(transaction=True, databases=BOTH)

CONFIG = """
[tsa]
default_tsa = authority
[authority]
dir = {folder}
serial = $dir/serial
crypto_device = builtin
signer_cert = $dir/tsa.pem
signer_key = $dir/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha384, sha512
accuracy = secs:1
ess_cert_id_chain = no
ess_cert_id_alg = sha256
"""


class Authority:
    """A time stamp authority with a root of its own. `answers` chooses how it behaves."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.answers = folder, "well"
        (folder / "tsa.cnf").write_text(CONFIG.format(folder=folder))
        (folder / "serial").write_text("01\n")
        (folder / "ext").write_text(
            "extendedKeyUsage=critical,timeStamping\nkeyUsage=critical,digitalSignature\n"
        )
        self._run("req -x509 -newkey rsa:2048 -nodes -keyout root.key -out root.pem -subj /CN=Root -days 9")
        self._run("req -newkey rsa:2048 -nodes -keyout tsa.key -out tsa.csr -subj /CN=Clock")
        self._run(
            "x509 -req -in tsa.csr -CA root.pem -CAkey root.key -CAcreateserial -out tsa.pem -extfile ext -days 9"
        )

    @property
    def root(self) -> bytes:
        return (self.folder / "root.pem").read_bytes()

    def _run(self, command: str) -> None:
        subprocess.run(["openssl", *command.split()], cwd=self.folder, check=True, capture_output=True)

    def reply(self, query: bytes) -> bytes:
        if self.answers == "nonsense":
            return b"<html>It works!</html>"
        if self.answers == "other":
            (self.folder / "other").write_bytes(b"something else")
            self._run("ts -query -data other -sha256 -cert -out query.tsq")
        else:
            (self.folder / "query.tsq").write_bytes(query)
        self._run("ts -reply -config tsa.cnf -queryfile query.tsq -out reply.tsr")
        return (self.folder / "reply.tsr").read_bytes()


@pytest.fixture
def authority(tmp_path: Path, settings) -> Iterator[Authority]:
    folder = tmp_path / "authority"
    folder.mkdir()
    made = Authority(folder)

    class Door(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = made.reply(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None: ...

    server = HTTPServer(("127.0.0.1", 0), Door)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    settings.FANAL_TSA_URL = f"http://127.0.0.1:{server.server_port}/"
    yield made
    server.shutdown()
    thread.join()
    server.server_close()


def test_the_latest_statement_is_stamped_once_and_anybody_checks_it(
    authority: Authority, tmp_path: Path
) -> None:
    sealed(2)
    assert [stamp(at=NOW), stamp(at=NOW)] == [True, False]
    sealed(1)
    assert stamp(at=NOW)
    path = handed_out(tmp_path)
    found = verify(path, key=public_half(), authorities=[authority.root])
    assert (found.findings, len(found.stamped)) == ((), 2)
    assert "the first 3 lines" in found.stamped[1]
    unchecked = verify(path, key=public_half())
    assert (unchecked.findings, unchecked.stamped, len(unchecked.notes)) == ((), (), 1)


def test_a_stamp_of_another_authority_or_of_another_statement_does_not_hold(
    authority: Authority, tmp_path: Path
) -> None:
    sealed(1)
    stamp(at=NOW)
    path = handed_out(tmp_path)
    (tmp_path / "other").mkdir()
    other = Authority(tmp_path / "other")
    found = verify(path, key=public_half(), authorities=[other.root])
    assert [each.kind for each in found.findings] == ["stamp"]
    sealed(1)
    stamp(at=NOW)
    lines = handed_out(tmp_path, "two.jsonl").read_text().split("\n")
    swapped = [
        line.replace('"number": 1', '"number": 0').replace('"number": 2', '"number": 1') for line in lines
    ]
    (tmp_path / "swapped.jsonl").write_text("\n".join(swapped))
    found = verify(tmp_path / "swapped.jsonl", key=public_half(), authorities=[authority.root])
    assert [each.kind for each in found.findings] == ["stamp"]


@pytest.mark.parametrize("answers", ["nonsense", "other"])
def test_an_authority_that_answers_something_else_is_not_believed(authority: Authority, answers: str) -> None:
    sealed(1)
    authority.answers = answers
    with pytest.raises(Refusal) as refused:
        stamp(at=NOW)
    assert refused.value.code == "no_stamp"
    assert not Stamp.objects.exists()


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/", "file:///etc/passwd", "nonsense"])
def test_without_an_authority_sealing_goes_on(url: str, settings) -> None:
    sealed(1)
    assert stamp(at=NOW) is False, "none is configured"
    settings.FANAL_TSA_URL = url
    with pytest.raises(Refusal, match="no_stamp"):
        stamp(at=NOW)
    sealed(1)
