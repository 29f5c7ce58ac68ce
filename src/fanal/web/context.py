"""What every page's shell needs: the navigation this reader may use, who acts, and for which unit. No SQL."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from fanal.access.rules import Member, Permission, Role

FUNCTIONS = {
    Role.OFFICER: _("Police officer"),
    Role.INSPECTOR: _("Inspector"),
    Role.RECEPTION: _("Reception worker"),
    Role.MAGISTRATE: _("Magistrate"),
    Role.CENTRE_WORKER: _("Centre worker"),
    Role.IMMIGRATION_AGENT: _("Agent"),
    Role.GUARDIANSHIP_OFFICER: _("Guardianship officer"),
    Role.COORDINATOR: _("Coordinator"),
    Role.SECRETARY: _("Secretary"),
    Role.REPRESENTATIVE: _("Representative"),
    Role.CORRESPONDENT: _("Correspondent"),
    Role.RAPPORTEUR: _("Rapporteur"),
    Role.ADMINISTRATOR: _("Administrator"),
    Role.DATA_PROTECTION_OFFICER: _("Data protection officer"),
    Role.SUPERVISORY_AUTHORITY: _("Supervisory authority"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the navigation, drawn."""

    label: str
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class Hat:
    """A membership the person may act in."""

    id: str
    label: str
    worn: bool


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context processor of every template. Reads only what the middleware already loaded."""
    member: Member | None = getattr(request, "member", None)
    membership = getattr(request, "membership", None)
    language = getattr(request, "LANGUAGE_CODE", settings.LANGUAGE_CODE)
    hats = [
        Hat(
            str(m.id),
            f"{FUNCTIONS[Role(m.role)]}, {m.unit.label(language)}",
            membership is not None and m.id == membership.id,
        )
        for m in getattr(request, "memberships", ())
    ]
    return {
        "member": member,
        "navigation": navigation(request, member),
        "function": FUNCTIONS[member.role] if member else "",
        "unit_name": membership.unit.label(language) if membership else "",
        "hats": hats if len(hats) > 1 else [],
        "draft_owner": draft_owner(member),
        "at_the_door": request.path.startswith("/accounts/"),
        "languages": [(code, code.upper(), name) for code, name in settings.LANGUAGES],
        "notice": settings.FANAL_NOTICE,
        "contact": getattr(settings, "FANAL_CONTACT", ""),
        "quick_exit": getattr(settings, "FANAL_QUICK_EXIT", "https://www.meteo.be/"),
    }


def navigation(request: HttpRequest, member: Member | None) -> list[Entry]:
    """The entries of `settings.NAVIGATION` that the member may open.

    An entry is (url name, label, permission): without one ("") for everybody, None for those who are not logged in.
    """
    allowed = [
        (reverse(url_name), label)
        for url_name, label, permission in settings.NAVIGATION
        if permission == ""
        or (
            member is None
            if permission is None
            else member is not None and member.may(Permission(permission))
        )
    ]
    here = max((url for url, _label in allowed if _under(request.path, url)), key=len, default="")
    return [Entry(str(label), url, url == here) for url, label in allowed]


def _under(path: str, url: str) -> bool:
    return path == url or (url != "/" and path.startswith(url if url.endswith("/") else url + "/"))


def draft_owner(member: Member | None) -> str:
    """A name for the browser's drafts that tells two persons apart and says nothing about either."""
    return salted_hmac("fanal.drafts", str(member.person_id)).hexdigest()[:20] if member else ""
