"""The time of another authority (RFC 3161) over the latest statement, and with it over all that came before."""

import urllib.request
from datetime import datetime

from django.conf import settings
from django.db import connection
from rfc3161_client import PKIStatus, TimestampRequestBuilder, decode_timestamp_response

from fanal.audit.models import Seal, Stamp
from fanal.errors import Refusal

PATIENCE = 10
"""Seconds that an authority gets to answer."""
LARGEST = 1 << 20
"""Bytes of an answer at most."""


def stamp(*, at: datetime) -> bool:
    """Have the latest statement stamped by the authority at FANAL_TSA_URL; False when there is nothing to do.

    No line and no statement leaves the house: only the hash of a statement does. An authority that does not answer
    or answers something else is a `Refusal` (`no_stamp`); sealing goes on without it, and it is asked again.
    """
    latest = Seal.objects.order_by("-number").first()
    if not settings.FANAL_TSA_URL or latest is None or Stamp.objects.filter(number=latest.number).exists():
        return False
    request = TimestampRequestBuilder().data(latest.text.encode()).build()
    token = _ask(request.as_bytes())
    try:
        answer = decode_timestamp_response(token)
        granted = PKIStatus(answer.status) == PKIStatus.GRANTED
        fits = granted and (
            answer.tst_info.message_imprint.message == request.message_imprint.message
            and answer.tst_info.nonce == request.nonce
        )
    except ValueError as problem:
        raise Refusal("no_stamp", "The time stamp authority answered something else.") from problem
    if not fits:
        raise Refusal("no_stamp", "The time stamp authority stamped something else, or nothing.")
    with connection.cursor() as cursor:
        cursor.execute("SELECT audit_append_stamp(%s, %s, %s)", [latest.number, token, at])
    return True


def _ask(body: bytes) -> bytes:
    url = settings.FANAL_TSA_URL
    if not url.startswith(("http://", "https://")):
        raise Refusal("no_stamp", "FANAL_TSA_URL is an address that begins with https:// or http://.")
    headers = {"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"}
    request = urllib.request.Request(url, data=body, headers=headers)  # noqa: S310 (the operator's own address)
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310
            found: bytes = answer.read(LARGEST)
    except OSError as problem:
        raise Refusal(
            "no_stamp", f"The time stamp authority does not answer ({type(problem).__name__})."
        ) from problem
    return found
