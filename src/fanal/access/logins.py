"""Logins in the log of the server: those that opened, those that failed; never an address that was typed."""

import logging
from typing import Any

from fanal.access import vault

log = logging.getLogger("fanal.login")


def note_opened(user: Any, **_: Any) -> None:
    log.info("a login of account %s", user.pk)


def note_failed(credentials: dict[str, Any], **_: Any) -> None:
    """The keyed token of the address tells tries for one account from tries for many, and nothing else."""
    typed = str(
        next((credentials[name] for name in ("email", "username", "login") if credentials.get(name)), "")
    )
    log.warning("a login failed for %s", vault.token("login", typed).hex()[:16])
