"""What the pages of an act have in common."""

from datetime import datetime

from django.utils import timezone

from fanal.country import queries as country
from fanal.country.schema import Law


def law_now(now: datetime) -> Law:
    """The law of the day."""
    return country.law(timezone.localdate(now))
