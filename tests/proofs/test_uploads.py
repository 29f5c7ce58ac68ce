"""Hostile files, in a small form: each family in the cage, and some of them through the door of a running house."""

import os
import signal
import subprocess
import sys

import pytest
from proofs.uploads import chosen, judging
from proofs.uploads.case import Case
from proofs.uploads.corpus import hostile, legitimate
from proofs.uploads.listening import left_behind, listening

from fanal.sandbox import cage

SEED = 20261122
MOST = 1100 * 1024**2


def test_the_corpus_is_large_enough_and_the_same_for_a_seed() -> None:
    cases = hostile(SEED)
    assert len(cases) >= 200
    again = {case.name: case.data for case in hostile.__wrapped__(SEED)}
    drawn_by_the_library = {"pdf-password", "pdf-owner-password"}
    assert {case.name for case in cases if again[case.name] != case.data} <= drawn_by_the_library


@pytest.mark.asvs("5.2.2", "5.2.3", "5.3.1")
def test_none_runs_none_calls_and_each_is_judged_right() -> None:
    before, peaks = left_behind(), [0]
    with listening() as ear:
        for case in chosen(hostile(SEED), scale=0.25, seed=SEED):
            made = cage.run(case.data)
            assert judging.of_made(case, made) == ""
            assert made.peak <= MOST, case.name
            peaks.append(made.peak)
    assert ear.calls == 0
    assert left_behind() == before
    assert max(peaks) > 50 * 1024**2, "memory is measured"


@pytest.mark.parametrize("case", legitimate(), ids=lambda case: case.name)
def test_what_people_send_is_accepted(case: Case) -> None:
    made = cage.run(case.data)
    assert judging.of_made(case, made) == ""
    assert made.copy


def test_the_judge_sees_what_is_wrong() -> None:
    """A judge that finds nothing proves nothing."""
    by_name = {case.name: case for case in hostile(SEED)}
    assert judging.wrong(by_name["docx-macro"], "", b"")
    assert judging.wrong(by_name["jpeg-position"], "two_kinds", b"")
    assert judging.wrong(by_name["pdf-hidden-author"], "", by_name["pdf-hidden-author"].data)
    assert judging.wrong(by_name["docx-link-out"], "", by_name["docx-link-out"].data)
    assert not judging.wrong(by_name["docx-macro"], "macros", b"")


def test_the_cage_holds() -> None:
    """What a reader that was taken over could try, tried by a program of ours behind the same lock."""
    tries = """
import os, socket, sys
from fanal.sandbox.lock import limits, lock_in
import subprocess
locks = lock_in()
limits(cpu_seconds=5, memory=1 << 30, result=1 << 20)
def refused(act):
    try:
        act()
    except (OSError, ValueError):
        return
    print("done:", act.__name__)
def net(): socket.create_connection(("127.0.0.1", 8149), 1)
def udp(): socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", ("127.0.0.1", 9))
def unix(): socket.socket(socket.AF_UNIX).connect("/run/x")
def fork(): os.fork()
def spawn(): subprocess.run(["/bin/true"])
def replace(): os.execv("/bin/true", ["true"])
def write(): open("/tmp/fanal-owned-cage", "w")
def here(): open("x", "w")
def read(): open("/etc/passwd").read()
def secrets(): open(os.path.expanduser("~/.bash_history")).read()
def kill(): os.kill(os.getppid(), 0)
def link(): os.symlink("/etc", "x")
for act in (net, udp, unix, fork, spawn, replace, write, here, read, secrets, kill, link):
    refused(act)
print(",".join(locks), sorted(os.environ))
"""
    done = subprocess.run(
        [sys.executable, "-I", "-c", tries],
        capture_output=True,
        text=True,
        env={"LANG": "C.UTF-8"},
        check=False,
    )
    assert "done:" not in done.stdout, done.stdout
    assert "seccomp" in done.stdout, done.stderr


def test_a_reader_that_never_ends_is_ended() -> None:
    slow = next(case for case in hostile(SEED) if case.name == "jpeg-many-scans")
    made = cage.run(slow.data * 3, bounds=cage.Bounds(seconds=0.05))
    assert made.refused == "too_heavy"
    assert made.seconds < 5


@pytest.mark.asvs("5.2.3")
def test_a_reader_that_eats_memory_is_stopped() -> None:
    """A photo that needs more than the cage has."""
    photo = next(case for case in legitimate() if case.name == "honest-jpeg")
    assert not cage.run(photo.data).refused
    made = cage.run(photo.data, bounds=cage.Bounds(memory=150 * 1024**2))
    assert made.refused in ("too_heavy", "unreadable")


def test_a_result_that_was_told_holds_however_slowly_its_process_ends() -> None:
    """On a busy machine it is killed after its last word; its word counts."""
    said = {"media": "text", "pages": 1, "removed": [], "blobs": [[0, 0]], "how": []}
    held = os.memfd_create("result")
    assert not cage._made(said, -signal.SIGKILL, held, seconds=1).refused
    assert cage._made({}, -signal.SIGKILL, held, seconds=1).refused == "too_heavy"
    assert cage._made({}, -signal.SIGSEGV, held, seconds=1).refused == "unreadable"
    os.close(held)


def test_who_took_the_reader_over_tells_nothing_that_breaks_us() -> None:
    for line in (b"no json", b"[]", b"7", b'{"step": 1}', b'{"step": "x", "done": "y", "total": 1}', b"\xff"):
        assert cage._heard(line, lambda *_: None) in ({"refused": "unreadable"}, {})
