"""The same against a real clamd, where this machine has one: a database of one signature, that of the test file."""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from pytest_django import Settings
from tests.attachments.conftest import Attach, photo
from tests.attachments.test_antivirus import EICAR
from tests.cast import Cast

from fanal.access.services import acting_as
from fanal.attachments import queries, services
from fanal.attachments.models import State
from fanal.attachments.queries import Verdict

CLAMD = shutil.which("clamd") or shutil.which("clamd", path="/usr/sbin:/usr/local/sbin")
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(CLAMD is None, reason="clamd is not installed here"),
]


@pytest.fixture
def clamd(folder: Path, settings: Settings) -> Iterator[subprocess.Popen[bytes]]:
    assert CLAMD is not None
    (folder / "db").mkdir()
    (folder / "db" / "own.ndb").write_text(f"Test-Signature:0:*:{EICAR.hex()}\n")
    (folder / "clamd.conf").write_text(
        f"LocalSocket {folder}/s\nDatabaseDirectory {folder}/db\nForeground yes\nStreamMaxLength 26M\n"
        + ("User clamav\n" if os.geteuid() == 0 else "")
    )
    folder.chmod(0o777)
    process = subprocess.Popen(
        [CLAMD, "-c", str(folder / "clamd.conf")], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    settings.FANAL_CLAMD = f"unix:{folder}/s"
    limit = time.monotonic() + 30
    while not queries.antivirus_state().answers:
        assert process.poll() is None, "clamd ended"
        assert time.monotonic() < limit, "clamd does not answer"
        time.sleep(0.1)
    yield process
    process.kill()
    process.wait()


def test_it_knows_the_test_file_from_a_photo(clamd: object, attach: Attach, now: datetime) -> None:
    assert queries.antivirus_state().version.startswith("ClamAV ")
    assert services.convert(attachment_id=attach(photo()).id, at=now) is State.READY
    assert services.convert(attachment_id=attach(EICAR, "a.txt").id, at=now) is State.QUARANTINED
    assert queries.scan(bytes(25 * 1024**2)) is Verdict.CLEAN


def test_killed_it_quarantines_and_the_file_comes_out_later(
    clamd: subprocess.Popen[bytes], cast: Cast, attach: Attach, now: datetime, settings: Settings
) -> None:
    added = attach(photo())
    clamd.kill()
    clamd.wait()
    assert services.convert(attachment_id=added.id, at=now) is State.QUARANTINED
    settings.FANAL_CLAMD = ""
    assert services.sweep(at=now + timedelta(hours=1)) == 1
    with acting_as(cast.officer):
        line = services.consult(by=cast.officer, attachment_id=added.id, at=now).line
    assert (line.state, line.scanned) == (State.READY, False)
