"""What the pages of an act have in common."""

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from fanal.country import queries as country
from fanal.country.schema import Law
from fanal.errors import Missing


def law_now(now: datetime) -> Law:
    """The law of the day."""
    return country.law(timezone.localdate(now))


def version_read(request: HttpRequest) -> int | None:
    """The version on which the person decided, as her form carries it; None when the form is only shown.

    Refused with `Missing`: a form without it is not ours.
    """
    if request.method != "POST":
        return None
    typed = request.POST.get("version", "")
    if not typed.isdecimal():
        raise Missing("if_match_missing", _("This form does not say which version you read. Open it again."))
    return int(typed)


def uuid_of(text: str) -> UUID | None:
    """A UUID that was typed or sent; None when it is none."""
    try:
        return UUID(text)
    except ValueError:
        return None
