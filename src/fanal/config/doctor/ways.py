"""How the installation is set up: address, mail, keys, demonstration, limits; each dangerous combination by name."""

import ipaddress
import stat
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import get_user_model
from django.utils.translation import gettext as _

from fanal.config.doctor.finding import Findings, fail, ok, warn

INVENTED = "demo.fanal.example"
"""The domain of the invented accounts. The demonstration itself is not imported: a real house has none."""


def is_local(host: str) -> bool:
    """Whether an address leads no further than this machine."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def is_public() -> bool:
    """Whether others than this machine are meant to come."""
    return not is_local(urlsplit(settings.FANAL_URL).hostname or "")


def address(_at: datetime) -> Findings:
    """FANAL_URL and FANAL_HOSTS."""
    name, url = _("Address"), urlsplit(settings.FANAL_URL)
    host = url.hostname or ""
    if url.scheme != "https" and is_public():
        found = _("People come over http, where everybody on the way reads along: %(url)s")
        yield fail(
            "address",
            name,
            found % {"url": settings.FANAL_URL},
            _("Put nginx before Fanal (deploy/README.md) and set FANAL_URL to its https address."),
        )
    else:
        yield ok("address", name, settings.FANAL_URL)
    if "*" in settings.ALLOWED_HOSTS:
        yield fail("hosts", _("Host names"), _("Any name is answered."), _("Name yours in FANAL_HOSTS."))
    elif host not in [each.strip("[]") for each in settings.ALLOWED_HOSTS]:
        found = _("%(host)s is not among FANAL_HOSTS: everybody who comes is refused.") % {"host": host}
        yield fail("hosts", _("Host names"), found, _("Add it to FANAL_HOSTS."))
    elif is_public() and not settings.ALLAUTH_TRUSTED_PROXY_COUNT:
        found = _("Everybody seems to come from the address of the proxy, and shares one limit of logins.")
        yield warn(
            "proxies",
            _("Host names"),
            found,
            _("Set FANAL_PROXIES to the number of proxies before Fanal, mostly 1."),
        )
    if settings.DEBUG:
        yield fail(
            "debug", _("Debugging"), _("Faults show their insides to everybody."), _("Set DEBUG to False.")
        )


def mail(_at: datetime) -> Findings:
    """Whether what waits for somebody reaches her."""
    name = _("Mail")
    if not settings.EMAIL_HOST:
        cure = _("Set FANAL_SMTP_HOST.")
        found = _("There is no mail server: what should be mailed lies in a folder.")
        yield fail("mail", name, found, cure) if is_public() else warn("mail", name, found, cure)
    elif not settings.EMAIL_USE_TLS and not is_local(settings.EMAIL_HOST):
        yield fail("mail", name, _("Mail leaves this machine in clear text."), _("Set FANAL_SMTP_TLS=1."))
    else:
        yield ok("mail", name, f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}")


def keys(_at: datetime) -> Findings:
    """The secrets: closed to others, long enough, each its own."""
    name, path = _("Keys"), settings.VAR / "secrets.json"
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & 0o077:
        yield fail("keys", name, _("Others may read %(path)s.") % {"path": path}, f"chmod 600 {path}")
        return
    held = [settings.FANAL_CONTEXT_KEY, settings.FANAL_VAULT_KEY, settings.FANAL_TOKEN_KEY]
    weak = [key for key in held if len(key) != 64 or len(set(key)) < 8]
    if weak or len(set(held)) < len(held) or len(settings.SECRET_KEY) < 40:
        yield fail(
            "keys",
            name,
            _("A key is too short, invented by hand, or used twice."),
            _("Bring back secrets.json of this installation from its backup."),
        )
    else:
        yield ok("keys", name, _("Each its own, and closed to others."))


def demonstration(_at: datetime) -> Findings:
    """Whether anybody may log in with the password that the demonstration prints."""
    name = _("Demonstration")
    invented = get_user_model().objects.filter(email__endswith=f"@{INVENTED}", is_active=True).count()
    if not invented:
        yield ok("demonstration", name, _("No invented account."))
        return
    found = _("%(n)d invented accounts, whose password everybody knows.") % {"n": invented}
    cure = _("Start a new installation in a folder of its own (FANAL_VAR), without --demo.")
    yield (
        fail("demonstration", name, found, cure) if is_public() else warn("demonstration", name, found, cure)
    )


def limits(_at: datetime) -> Findings:
    """Whether somebody who asks without end is slowed down."""
    name = _("Limits")
    if settings.FANAL_LIMITS:
        yield ok("limits", name, _("%(n)d limits a minute and person.") % {"n": len(settings.FANAL_LIMITS)})
    else:
        yield fail(
            "limits",
            name,
            _("Switched off: passwords and references can be tried without end."),
            _("Remove FANAL_LIMITS=off."),
        )
