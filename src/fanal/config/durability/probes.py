"""Whether the keys of an installation are those that a backup was made with, without the backup holding them.

The secrets (`secrets.json`) are never in a backup: whoever holds one part alone reads no identity. The operator keeps
them elsewhere. A probe is an HMAC of a fixed text under each key: it says equal or not, and nothing else.
"""

import hmac
from hashlib import sha256

from fanal.database.errors import DatabaseFault
from fanal.database.secrets import Secrets

_KEYS = {
    "vault_key": "identities and free text would stay sealed",
    "token_key": "no search would find anybody",
    "django_secret_key": "answers kept for repeated requests could not be opened",
}


def make(secrets: Secrets) -> dict[str, str]:
    """{name of a key: probe}."""
    return {name: _probe(getattr(secrets, name)) for name in _KEYS}


def check(probes: dict[str, str], secrets: Secrets) -> None:
    """Refuse with `DatabaseFault` keys that are not those of the backup, each with what would be lost."""
    ours = make(secrets)
    wrong = [
        f"  - {name}: {loss}"
        for name, loss in _KEYS.items()
        if not hmac.compare_digest(probes.get(name, ""), ours[name])
    ]
    if wrong:
        raise DatabaseFault(
            "The secrets of this installation are not those of the backup:\n" + "\n".join(wrong) + "\n"
            "Nothing was restored. Put the secrets.json that was kept from the old installation into the folder "
            "FANAL_VAR, then restore again."
        )


def _probe(key: str) -> str:
    return hmac.digest(key.encode(), b"fanal backup probe", sha256).hex()
