"""Decisions of other registers, as far as the reader may see them."""

from collections.abc import Collection
from datetime import date

from django.urls import reverse

from fanal.access.rules import Member, Permission
from fanal.decisions import queries as decisions


def titles_of_decisions(numbers: Collection[str], by: Member, on: date) -> dict[str, tuple[str, str]]:
    """{number: (title, address)} of the decisions that this reader may see; the others are left out."""
    if not numbers or not by.may(Permission.DECISION_READ):
        return {}
    rows = decisions.visible(by, on).filter(number__in=set(numbers))
    return {row.number: (row.title, reverse("decisions:decision", args=[row.number])) for row in rows}
