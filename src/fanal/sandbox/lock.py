"""The inside locks itself in before it reads a byte: limits, no network, no other process, no file but its libraries.

Two locks, each for itself enough against the network: a filter on system calls (seccomp; no privilege needed) and,
where the machine allows it, namespaces of its own. Landlock takes the files away. Numbers: linux/audit.h,
linux/seccomp.h, linux/landlock.h, asm/unistd_64.h, asm-generic/unistd.h.
"""

import ctypes
import errno
import os
import platform
import resource
import signal
import socket
import struct
import sys
from collections.abc import Iterable, Mapping, Set
from pathlib import Path

_libc = ctypes.CDLL(None, use_errno=True)

_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_SET_SECCOMP, _PR_SET_NO_NEW_PRIVS = 1, 4, 22, 38
_CLONE_NEWUTS, _CLONE_NEWIPC, _CLONE_NEWUSER, _CLONE_NEWNET = 0x04000000, 0x08000000, 0x10000000, 0x40000000
_X86, _ARM = 0xC000003E, 0xC00000B7
_ARCHITECTURES = {"x86_64": _X86, "aarch64": _ARM}

# Sockets, other processes, programs, tracing, namespaces and mounts, keys, and the ways around this filter.
_DENIED = {
    _X86: (
        41, 42, 43, 44, 45, 46, 47, 49, 50, 53, 288, 299, 307,  # socket … sendmmsg
        56, 57, 58, 59, 322, 435, 62, 101, 310, 311, 434, 438,  # clone fork vfork exec kill ptrace pidfd
        155, 161, 165, 166, 272, 308, 303, 304, 428, 429, 430, 431, 432,  # roots, mounts, namespaces
        169, 175, 176, 246, 248, 249, 250, 298, 313, 320, 321, 323, 425, 426, 427,  # modules, keys, bpf, io_uring
    ),
    _ARM: (
        198, 199, 200, 201, 202, 203, 206, 207, 211, 212, 242, 243, 269,
        220, 221, 281, 435, 129, 117, 270, 271, 434, 438,
        39, 40, 41, 51, 97, 268, 264, 265, 428, 429, 430, 431, 432,
        104, 105, 106, 142, 217, 218, 219, 241, 273, 280, 282, 294, 425, 426, 427,
    ),
}  # fmt: skip
_TAKING_OVER = {
    _X86: {56, 59, 435},
    _ARM: {220, 221, 435},
}  # threads, and another program in this one's place
_ALLOW, _EPERM, _KILL = 0x7FFF0000, 0x00050000 | errno.EPERM, 0x80000000
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_X32 = 0x40000000  # a second door to the same calls

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_FILES = {1: 0x1FFF, 2: 0x3FFF, 3: 0x7FFF, 4: 0x7FFF}  # rights that a version of Landlock knows
_READ = 1 << 2 | 1 << 3  # READ_FILE, READ_DIR
_RUN = 1 << 0 | 1 << 2  # EXECUTE, READ_FILE


class Unlocked(RuntimeError):
    """The process could not lock itself in, and must not read anything."""


def limits(*, cpu_seconds: int, memory: int, result: int) -> None:
    """Bound processor, memory, what is written and what is open; die with the parent, leave no core."""
    for what, most in (
        (resource.RLIMIT_CPU, cpu_seconds),
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_FSIZE, result),
        (resource.RLIMIT_NOFILE, 32),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NPROC, 0),
    ):
        resource.setrlimit(what, (most, most))
    os.nice(10)
    _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def lock_in() -> list[str]:
    """Lock this process in for good; the names of the locks that hold. `Unlocked` when the network stays open."""
    return _locked(dict.fromkeys(_libraries(), _READ), frozenset())


def lock_in_for(program: str) -> list[str]:
    """As `lock_in`, before a program that stands alone takes this process's place: it reads no file but itself."""
    return _locked({program: _RUN}, _TAKING_OVER.get(_ARCHITECTURES.get(platform.machine(), 0), set()))


def _locked(readable: Mapping[str, int], allowed: Set[int]) -> list[str]:
    locks = ["namespaces"] if _own_namespaces() else []
    _libc.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
    if _libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0):
        raise Unlocked("the kernel does not let a process give up privileges")
    if _no_files(readable):
        locks.append("landlock")
    if _filter(allowed):
        locks.append("seccomp")
    _see_that_it_holds(locks)
    return locks


def _own_namespaces() -> bool:
    return not _libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET | _CLONE_NEWIPC | _CLONE_NEWUTS)


def _filter(allowed: Set[int]) -> bool:
    architecture = _ARCHITECTURES.get(platform.machine())
    if architecture is None:
        return False
    program = struct.pack("HBBI", _LOAD, 0, 0, 4)  # which architecture
    program += struct.pack("HBBI", _EQUAL, 1, 0, architecture) + struct.pack("HBBI", _RETURN, 0, 0, _KILL)
    program += struct.pack("HBBI", _LOAD, 0, 0, 0)  # which call
    program += struct.pack("HBBI", _AT_LEAST, 0, 1, _X32) + struct.pack("HBBI", _RETURN, 0, 0, _KILL)
    for call in (each for each in _DENIED[architecture] if each not in allowed):
        program += struct.pack("HBBI", _EQUAL, 0, 1, call) + struct.pack("HBBI", _RETURN, 0, 0, _EPERM)
    program += struct.pack("HBBI", _RETURN, 0, 0, _ALLOW)
    kept = ctypes.create_string_buffer(program, len(program))
    header = struct.pack("HxxxxxxQ", len(program) // 8, ctypes.addressof(kept))
    return not _libc.prctl(_PR_SET_SECCOMP, 2, ctypes.c_char_p(header), 0, 0)


def _no_files(readable: Mapping[str, int]) -> bool:
    """Nothing may be written, and nothing read but these folders and files, each with its rights."""
    version = _libc.syscall(_CREATE_RULESET, None, 0, 1)
    if version < 1:
        return False
    handled = _FILES.get(version, 0xFFFF)
    rules = _libc.syscall(_CREATE_RULESET, struct.pack("Q", handled), 8, 0)
    if rules < 0:
        return False
    try:
        for path, rights in readable.items():
            held = os.open(path, os.O_PATH | os.O_CLOEXEC)
            _libc.syscall(_ADD_RULE, rules, 1, struct.pack("=Qi", rights, held), 0)
            os.close(held)
        return not _libc.syscall(_RESTRICT_SELF, rules, 0)
    finally:
        os.close(rules)


def _libraries() -> Iterable[str]:
    """Where Python, our code and the fonts of the machine lie."""
    ours = str(Path(__file__).resolve().parents[1])
    wanted = (*sys.path, f"{sys.base_prefix}/lib", ours, "/usr/lib", "/lib", "/usr/share/fonts")
    return {folder for folder in wanted if folder and Path(folder).is_dir()}


def _see_that_it_holds(locks: list[str]) -> None:
    """Try what must not succeed."""
    try:
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            probe.settimeout(0.1)
            probe.connect(("127.0.0.1", 9))
    except PermissionError:
        return  # the filter holds
    except OSError as error:
        if "namespaces" in locks and error.errno in (errno.ENETUNREACH, errno.ENETDOWN):
            return
    raise Unlocked("neither a filter on system calls nor a network of its own: this machine allows neither")
