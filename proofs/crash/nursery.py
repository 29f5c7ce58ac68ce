"""A process that has loaded the house and forks its parts on demand, as `fanal serve` does: a part lives at once.

Reads `web PORT`, `worker` or `sealer` from its input, a line each; answers the process id of the new part. Each part
leads a process group of its own, so that killing the group kills all of it.
"""

import os
import signal
import sys
import time


def main() -> None:
    import django

    django.setup()
    import fanal.config.wsgi  # noqa: F401  (the forks find it loaded)

    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the dead are buried by the kernel: nobody waits for them
    for line in sys.stdin:
        child = os.fork()
        if child:
            sys.stdout.write(f"{child}\n")
            sys.stdout.flush()
            continue
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.setsid()
        _keep_quiet()
        _run(*line.split())
        os._exit(0)


def _keep_quiet() -> None:
    """A killed database is told of a thousand times; nobody reads it."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, *(() if os.environ.get("CRASH_LOUD") else (2,))):
        os.dup2(nowhere, stream)


def _run(kind: str, argument: str = "") -> None:
    if kind == "web":
        from fanal.config.commands.serving import web_server

        web_server(int(argument), 1)
    elif kind == "worker":
        from django.core.management import call_command

        call_command("procrastinate", "worker")
    elif kind == "sealer":
        _seal()


def _seal() -> None:
    """Sealing almost without a pause, so that every kill meets one."""
    from django.db import connections
    from django.utils import timezone

    from fanal.audit.services.sealing import seal

    while True:
        seal(at=timezone.now())
        connections["default"].close_if_unusable_or_obsolete()
        time.sleep(0.05)


if __name__ == "__main__":
    main()
