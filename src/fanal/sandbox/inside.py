"""The inside of the cage: locks itself in, reads one file, says what it found, ends."""

import json
import os
import sys
from typing import NoReturn

from fanal.sandbox import reading
from fanal.sandbox.cage import CONFINED_NOT
from fanal.sandbox.lock import Unlocked, limits, lock_in
from fanal.sandbox.reading import Read, Refused


def main(source: int, result: int, cpu_seconds: int, memory: int, most: int) -> NoReturn:
    """Called as a program by `cage`; never returns, so that no reader's own ending runs."""
    reading.prepare()
    status = os.open("/proc/self/status", os.O_RDONLY)
    try:
        how = lock_in()
        limits(cpu_seconds=cpu_seconds, memory=memory, result=most)
    except Unlocked as why:
        _say({"fault": str(why)})
        os._exit(CONFINED_NOT)
    with os.fdopen(source, "rb") as file:
        data = file.read()
    said: dict[str, object] = {"how": how}
    try:
        said |= _write(reading.read(data, _step), result)
    except Refused as refusal:
        said |= {"refused": refusal.code, "media": refusal.media}
    except MemoryError:
        said |= {"refused": "too_heavy"}
    except Exception:  # whatever a reader trips over: the file is not what it says it is
        said |= {"refused": "unreadable"}
    _say(said | {"peak": _peak(os.pread(status, 8192, 0))})
    os._exit(0)


def _peak(status: bytes) -> int:
    """The most memory this process ever had, in bytes (proc(5), VmHWM)."""
    return int(status.partition(b"VmHWM:")[2].split(None, 1)[0]) * 1024


def _write(found: Read, result: int) -> dict[str, object]:
    """The copy and the pictures, one behind the other, and where each stands."""
    places, at = [], 0
    for blob in (found.copy, *found.previews):
        view = memoryview(blob)
        while view:
            view = view[os.write(result, view) :]
        places.append((at, len(blob)))
        at += len(blob)
    return {"media": found.media, "pages": found.pages, "removed": sorted(found.removed), "blobs": places}


def _step(step: str, done: int, total: int) -> None:
    _say({"step": step, "done": done, "total": total})


def _say(said: dict[str, object]) -> None:
    os.write(1, json.dumps(said).encode() + b"\n")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:6]))
