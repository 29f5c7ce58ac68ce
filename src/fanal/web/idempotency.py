"""`Idempotency-Key` on the API: the same key and the same body give the same answer, once the act is done.

The key's row is written in the act's own transaction: two at once, and the second waits for the first on the unique
constraint, then gets its answer. A refused act leaves no row and may be tried again under the same key.

An answer may show a file. Repeating it is reading again: it is traced, and refused once the file is out of sight. It is
sealed under the keys of the files it shows too, so that it goes with what is erased.
"""

import base64
import hashlib
import json
import os
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from fanal.access import vault
from fanal.access.queries import readable
from fanal.access.rules import Member
from fanal.audit import services as audit
from fanal.audit.services import Verb
from fanal.errors import Invalid, NotFound, Refusal
from fanal.web.errors import is_api, refused
from fanal.web.models import Idempotency

LIFE = timedelta(hours=24)
LONGEST_KEY = 255
_KEPT_HEADERS = ("Content-Type", "Content-Disposition", "ETag", "Location")
_NONCE = 12


class IdempotentWrites:
    """Middleware, inside `Transaction` and after the reader is known."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        key = request.headers.get("Idempotency-Key")
        member: Member | None = getattr(request, "member", None)
        if key is None or member is None or request.method != "POST" or not is_api(request):
            return self.get_response(request)
        try:
            return self._once(request, member, key)
        except Refusal as refusal:
            return refused(request, refusal)

    def _once(self, request: HttpRequest, member: Member, key: str) -> HttpResponse:
        if not 0 < len(key) <= LONGEST_KEY:
            raise Invalid("idempotency_key", _("An idempotency key has 1 to 255 characters."))
        now = timezone.now()
        row = Idempotency(
            membership_id=member.membership_id,
            key_digest=hashlib.sha256(key.encode()).digest(),
            request_digest=_digest(request, member),
            expires_at=now + LIFE,
        )
        first = _claim(row, now)
        if first is not None:
            if bytes(first.request_digest) != row.request_digest:
                words = _("This idempotency key was already used for another request.")
                raise Invalid("idempotency_key_reused", words)
            return replay(first, key, by=member, at=now)
        with audit.files_touched() as files:
            response = self.get_response(request)
        if response.status_code < 300:
            shown = [file.id for file in readable(files, member)]
            row.sealed = _seal(row, key, response, shown)
            row.save(update_fields=["sealed"])
        else:
            row.delete()
        return response


def _claim(row: Idempotency, now: datetime) -> Idempotency | None:
    """Keep the key for this request; the request that has it already, unless its day has passed."""
    taken = Idempotency.objects.filter(membership_id=row.membership_id, key_digest=row.key_digest)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        if taken.filter(expires_at__lte=now).delete()[0]:
            return _claim(row, now)
        return taken.get()
    return None


def sweep(at: datetime) -> int:
    """Remove the answers whose day has passed; returns how many. Run by the clock."""
    return Idempotency.objects.filter(expires_at__lte=at).delete()[0]


def replay(first: Idempotency, key: str, *, by: Member, at: datetime) -> HttpResponse:
    """The answer that was given under this key, traced for each file it shows. `NotFound` once one is out of sight."""
    nonce, sealed = bytes(first.sealed)[:_NONCE], bytes(first.sealed)[_NONCE:]
    kept = json.loads(AESGCM(_secret(first, key)).decrypt(nonce, sealed, bytes(first.request_digest)))
    ids = [UUID(file) for file in kept["files"]]
    files = readable(ids, by)
    if len(files) < len(ids):
        raise NotFound
    body = _opened(kept["body"], ids)
    for file in files:
        audit.record(
            by=by, verb=Verb.CONSULT, act="web.repeat", at=at, compartment_id=file.id,
            owner_unit_id=file.owner_unit_id,
        )  # fmt: skip
    response = HttpResponse(base64.b64decode(body), status=kept["status"], headers=kept["headers"])
    response["Idempotency-Replayed"] = "true"
    return response


def _seal(row: Idempotency, key: str, response: HttpResponse, files: Iterable[UUID]) -> bytes:
    headers = {name: response[name] for name in _KEPT_HEADERS if name in response}
    ids = sorted(files)
    kept = {
        "status": response.status_code,
        "headers": headers,
        "body": _closed(base64.b64encode(response.content).decode(), ids),
        "files": [str(file) for file in ids],
    }
    nonce = os.urandom(_NONCE)
    return nonce + AESGCM(_secret(row, key)).encrypt(nonce, json.dumps(kept).encode(), row.request_digest)


def _closed(body: str, files: Iterable[UUID]) -> str:
    """The body under the key of each file that it shows, one around the other; empty where one was erased."""
    for file in files:
        try:
            body = base64.b64encode(vault.seal(file, body)).decode()
        except vault.Erased:
            return ""
    return body


def _opened(body: str, files: Sequence[UUID]) -> str:
    """The body again; `NotFound` once the key of a file was destroyed."""
    for file in reversed(files):
        opened = vault.unseal({file: base64.b64decode(body)}) if body else {}
        if file not in opened:
            raise NotFound
        body = str(opened[file])
    return body


def _secret(row: Idempotency, key: str) -> bytes:
    return salted_hmac("fanal.idempotency", f"{row.membership_id}|{key}", algorithm="sha256").digest()


def _digest(request: HttpRequest, member: Member) -> bytes:
    """Role and unit belong to it: who changes function does not get the answers of the old one."""
    acting = f"{member.role}|{member.unit_id}|{request.get_full_path()}|"
    return hashlib.sha256(acting.encode() + _sent(request)).digest()


def _sent(request: HttpRequest) -> bytes:
    """What was sent: the body, or of a form with files its fields and the digest of each file."""
    if request.content_type != "multipart/form-data":
        return request.body
    files = [
        [field, file.name, _digest_of(file)] for field, each in sorted(request.FILES.lists()) for file in each
    ]
    return json.dumps([sorted(request.POST.lists()), files]).encode()


def _digest_of(file: "UploadedFile[bytes]") -> str:
    digest = hashlib.sha256(file.read()).hexdigest()
    file.seek(0)
    return digest
