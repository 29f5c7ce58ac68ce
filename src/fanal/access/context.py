"""The signed, transaction-local context that PostgreSQL checks: which units this transaction reads for."""

import hashlib
import hmac
from collections.abc import Iterable

from django.conf import settings
from django.db import connection

from fanal.database.safety import Connection

_BLOCK = 64


def set_units(units: Iterable[int]) -> None:
    """Read and write for these units until the transaction ends.

    Raises RuntimeError outside a transaction: a setting that outlives its transaction would leak through the pool.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("the reader's context is set inside a transaction")
    claimed = "{" + ",".join(str(int(unit)) for unit in units) + "}"
    connection.ensure_connection()
    message = f"{connection.connection.info.backend_pid}|{claimed}".encode()
    signature = hmac.new(bytes.fromhex(settings.FANAL_CONTEXT_KEY), message, hashlib.sha256).hexdigest()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('fanal.context', %s, true), set_config('fanal.signature', %s, true)",
            [claimed, signature],
        )


def install_key(owner: Connection) -> None:
    """Store the HMAC pads of the context key where only the keeper's function reads them (run as owner)."""
    key = bytes.fromhex(settings.FANAL_CONTEXT_KEY).ljust(_BLOCK, b"\0")
    inner, outer = (bytes(byte ^ pad for byte in key) for pad in (0x36, 0x5C))
    with owner.cursor() as cursor:
        cursor.execute(
            "INSERT INTO access_context_key VALUES (true, %s, %s)"
            " ON CONFLICT (only_row) DO UPDATE SET inner_pad = excluded.inner_pad, outer_pad = excluded.outer_pad",
            [inner, outer],
        )
