"""clamd's own protocol over real sockets: clean, found, silent, cut short, hanging, absent."""

import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from pytest_django import Settings
from tests.attachments.conftest import Attach, photo
from tests.cast import Cast

from fanal.access.services import acting_as
from fanal.attachments import queries, services
from fanal.attachments.models import State
from fanal.attachments.queries import antivirus
from fanal.errors import Refusal
from fanal.notify.models import Message

pytestmark = pytest.mark.django_db
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-" + rb"ANTIVIRUS-TEST-FILE!$H+H*"
Answer = Callable[[socket.socket, bytes], None]


def honest(line: socket.socket, data: bytes) -> None:
    """As clamd answers with one signature, that of the test file."""
    line.sendall(b"stream: Eicar-Signature FOUND\0" if EICAR in data else b"stream: OK\0")


def hanging(line: socket.socket, _data: bytes) -> None:
    time.sleep(1.5)
    line.sendall(b"stream: OK\0")


def too_large(line: socket.socket, _data: bytes) -> None:
    line.sendall(b"INSTREAM size limit exceeded. ERROR\0")


def cut_short(line: socket.socket, _data: bytes) -> None:
    line.sendall(b"stream: O")


@contextmanager
def clamd(path: Path, answer: Answer) -> Iterator[list[int]]:
    """A server that reads the protocol of clamd(8) and answers as told; the bytes of each file that came."""
    seen: list[int] = []
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(path))
        server.listen()

        def serve() -> None:
            while True:
                try:
                    line, _ = server.accept()
                except OSError:
                    return
                with line:
                    try:
                        _one(line, answer, seen)
                    except OSError:
                        continue

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield seen
        server.shutdown(socket.SHUT_RDWR)
    thread.join(5)


def _one(line: socket.socket, answer: Answer, seen: list[int]) -> None:
    command = b""
    while not command.endswith(b"\0"):
        command += line.recv(1)
    if command == b"zVERSION\0":
        line.sendall(b"ClamAV 1.0.7/27000/Sun Nov 22 08:00:00 2026\0")
        return
    assert command == b"zINSTREAM\0"
    data = b""
    while size := struct.unpack(">I", _exactly(line, 4))[0]:
        data += _exactly(line, size)
    seen.append(len(data))
    answer(line, data)


def _exactly(line: socket.socket, size: int) -> bytes:
    found = b""
    while len(found) < size:
        more = line.recv(size - len(found))
        if not more:
            raise OSError("closed")
        found += more
    return found


def test_none_is_configured(settings: Settings) -> None:
    settings.FANAL_CLAMD = ""
    assert not queries.antivirus_state().configured
    assert queries.scan(EICAR) is queries.Verdict.OFF


def test_its_state_is_told(settings: Settings, tmp_path: Path) -> None:
    settings.FANAL_CLAMD = f"unix:{tmp_path}/c"
    assert not queries.antivirus_state().answers
    with clamd(tmp_path / "c", honest):
        state = queries.antivirus_state()
    assert (state.configured, state.answers) == (True, True)
    assert state.version.startswith("ClamAV 1.0.7")


def test_over_tcp_nobody_answers(settings: Settings) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        settings.FANAL_CLAMD = f"tcp://127.0.0.1:{probe.getsockname()[1]}"
        assert queries.scan(b"x") is queries.Verdict.SILENT


def test_what_is_clean_is_ready_and_was_scanned_whole(
    settings: Settings, tmp_path: Path, cast: Cast, attach: Attach, now: datetime
) -> None:
    settings.FANAL_CLAMD = f"unix:{tmp_path}/c"
    data = b"A letter without harm.\n" * 20_000
    added = attach(data, "a.txt")
    with clamd(tmp_path / "c", honest) as seen:
        assert services.convert(attachment_id=added.id, at=now) is State.READY
    assert seen == [len(data)]
    with acting_as(cast.officer):
        assert services.consult(by=cast.officer, attachment_id=added.id, at=now).line.scanned


@pytest.mark.asvs("5.4.3")
def test_what_is_found_is_read_by_nobody_and_the_owner_told_once(
    settings: Settings, tmp_path: Path, cast: Cast, attach: Attach, now: datetime
) -> None:
    settings.FANAL_CLAMD = f"unix:{tmp_path}/c"
    by, added = cast.officer, attach(EICAR, "a.txt")
    with clamd(tmp_path / "c", honest):
        assert services.convert(attachment_id=added.id, at=now) is State.QUARANTINED
        assert services.sweep(at=now + timedelta(days=2)) == 0, "it stays there"
    with acting_as(by):
        for original in (True, False):
            with pytest.raises(Refusal) as refused:
                services.download(by=by, attachment_id=added.id, original=original, purpose="protect", at=now)
            assert refused.value.code == "virus"
    told = Message.objects.filter(kind="attachments.quarantine")
    assert [message.unit_id for message in told] == [by.unit_id]


@pytest.mark.asvs("5.4.3")
@pytest.mark.parametrize("answer", [hanging, too_large, cut_short])
def test_what_it_does_not_answer_about_waits_in_quarantine_and_comes_out(
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    cast: Cast,
    attach: Attach,
    now: datetime,
    answer: Answer,
) -> None:
    settings.FANAL_CLAMD = f"unix:{tmp_path}/c"
    monkeypatch.setattr(antivirus, "SCAN", 0.4)
    added = attach(photo())
    with clamd(tmp_path / "c", answer):
        for hours in range(8):
            begun = time.monotonic()
            assert (
                services.convert(attachment_id=added.id, at=now + timedelta(hours=7 * hours))
                is State.QUARANTINED
            )
            assert time.monotonic() - begun < 1.4
            if answer is hanging:
                break
    with acting_as(cast.officer), pytest.raises(Refusal) as refused:
        services.download(by=cast.officer, attachment_id=added.id, original=False, at=now)
    assert refused.value.code == "not_scanned"
    assert Message.objects.filter(kind="attachments.quarantine").count() == 1
    settings.FANAL_CLAMD = f"unix:{tmp_path}/d"
    with clamd(tmp_path / "d", honest):
        assert services.sweep(at=now + timedelta(days=9)) == 1
    with acting_as(cast.officer):
        assert services.download(by=cast.officer, attachment_id=added.id, original=False, at=now).content
