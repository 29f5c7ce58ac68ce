"""What Fanal leans on: certificates, disk, antivirus, backup."""

import json
import shutil
import smtplib
import socket
import ssl
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from cryptography import x509
from django.conf import settings
from django.utils.translation import gettext as _

from fanal.config import standing
from fanal.config.doctor.finding import Findings, fail, ok, warn
from fanal.config.doctor.tables import data_folder
from fanal.config.doctor.ways import is_public
from fanal.config.durability import noted

PATIENCE = 3  # seconds
SOON, VERY_SOON = timedelta(days=30), timedelta(days=7)
LITTLE, TOO_LITTLE = 5 * 1024**3, 1024**3  # bytes
OLD, TOO_OLD = timedelta(hours=26), timedelta(hours=72)
Handshake = Callable[[ssl.SSLContext], bytes]
"""Shows the certificate (DER) that the other side presents, under these rules; raises `ssl.SSLError` against them."""


def certificates(at: datetime) -> Findings:
    """Those of the address and of the mail server: trusted, of the right name, not about to end."""
    url = urlsplit(settings.FANAL_URL)
    if url.scheme == "https":
        yield from certificate(
            "certificate",
            _("Certificate of the address"),
            _over_https(url.hostname or "", url.port or 443),
            at,
        )
    if settings.EMAIL_HOST and settings.EMAIL_USE_TLS:
        yield from certificate(
            "certificate_mail",
            _("Certificate of the mail server"),
            _over_smtp(settings.EMAIL_HOST, settings.EMAIL_PORT),
            at,
        )


def certificate(code: str, name: str, shake: Handshake, at: datetime) -> Findings:
    """One certificate, first as everybody would take it, then, if refused, for what it says of itself."""
    try:
        try:
            shown, refused = shake(ssl.create_default_context()), ""
        except ssl.SSLCertVerificationError as problem:
            shown, refused = shake(_taking_anything()), problem.verify_message
    except (OSError, smtplib.SMTPException) as problem:
        found = _("It could not be reached from here (%(kind)s).") % {"kind": type(problem).__name__}
        yield warn(
            code,
            name,
            found,
            _("Look at it from elsewhere, and whether a wall of the network stands between."),
        )
        return
    ends = x509.load_der_x509_certificate(shown).not_valid_after_utc
    words = {"day": f"{ends:%Y-%m-%d}", "n": (ends - at).days, "why": refused}
    renew = _("Renew it; certbot does so by itself (deploy/README.md).")
    if ends <= at:
        yield fail(code, name, _("It expired on %(day)s.") % words, renew)
    elif refused:
        yield fail(
            code,
            name,
            _("It is not trusted: %(why)s.") % words,
            _("Have it made by an authority that everybody trusts, for this name."),
        )
    elif ends - at <= SOON:
        found = _("It ends on %(day)s, in %(n)d days.") % words
        yield fail(code, name, found, renew) if ends - at <= VERY_SOON else warn(code, name, found, renew)
    else:
        yield ok(code, name, _("It ends on %(day)s, in %(n)d days.") % words)


def _taking_anything() -> ssl.SSLContext:
    """Only to read what a refused certificate says: nothing is sent over it."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


def _over_https(host: str, port: int) -> Handshake:
    def shake(context: ssl.SSLContext) -> bytes:
        with (
            socket.create_connection((host, port), PATIENCE) as plain,
            context.wrap_socket(plain, server_hostname=host) as closed,
        ):
            return closed.getpeercert(binary_form=True) or b""

    return shake


def _over_smtp(host: str, port: int) -> Handshake:
    def shake(context: ssl.SSLContext) -> bytes:
        with smtplib.SMTP(host, port, timeout=PATIENCE) as server:
            server.starttls(context=context)
            assert isinstance(server.sock, ssl.SSLSocket)
            return server.sock.getpeercert(binary_form=True) or b""

    return shake


def disk(_at: datetime) -> Findings:
    """Room where Fanal writes; a full disk loses nothing, and stops everything."""
    folders = {Path(folder) for folder in (settings.VAR, data_folder()) if folder}
    for folder in sorted(folders):
        free = shutil.disk_usage(folder).free
        name, words = _("Disk"), {"gb": f"{free / 1024**3:.1f}", "folder": folder}
        found = _("%(gb)s GB are free in %(folder)s.") % words
        cure = _("Make room, or give it more. Until then nothing that was confirmed is lost.")
        if free < TOO_LITTLE:
            yield fail("disk", name, found, cure)
        else:
            yield warn("disk", name, found, cure) if free < LITTLE else ok("disk", name, found)


def antivirus(_at: datetime) -> Findings:
    """Whether somebody looks into what is uploaded."""
    name, state = _("Antivirus"), standing.ask("fanal.attachments.queries.antivirus_state")
    if state is None:
        return
    if not state.configured:
        found = _("None is set up: files are taken apart and cleaned, but nobody looks for known malware.")
        yield warn("antivirus", name, found, _("Install clamav-daemon and set FANAL_CLAMD."))
    elif not state.answers:
        yield fail(
            "antivirus",
            name,
            _("It does not answer: every upload waits in quarantine."),
            "systemctl status clamav-daemon",
        )
    else:
        yield ok("antivirus", name, state.version)


def backup(at: datetime) -> Findings:
    """How old the last backup is that was made from here (`var/last-backup.json`)."""
    name, path = _("Backup"), settings.VAR / noted.NOTE
    cure = _("Start the timer: systemctl enable --now fanal-backup.timer (docs/durability.md).")
    try:
        said = json.loads(path.read_text())
        made = datetime.fromisoformat(said["at"])
        made = made if made.tzinfo else made.replace(tzinfo=UTC)
        megabytes = float(said["size"]) / 1e6
    except FileNotFoundError:
        found = _("None was ever made from here.")
        yield fail("backup", name, found, cure) if is_public() else warn("backup", name, found, cure)
        return
    except (ValueError, KeyError, TypeError):
        yield fail("backup", name, _("The note about the last one cannot be read."), cure)
        return
    words = {"at": f"{made:%Y-%m-%d %H:%M} UTC", "mb": f"{megabytes:,.0f}"}
    found = _("The last one is of %(at)s (%(mb)s MB).") % words
    if at - made > TOO_OLD:
        yield fail("backup", name, found, cure)
    else:
        yield warn("backup", name, found, cure) if at - made > OLD else ok("backup", name, found)
