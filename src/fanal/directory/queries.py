"""Reading the directory. Everything is public reference data, except who holds which mandate."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from fanal.access.vault import plain
from fanal.country.schema import Text
from fanal.directory.models import Municipality, Unit
from fanal.directory.rules import Place, nearest
from fanal.errors import Invalid, NotFound

__all__ = [
    "Unit",
    "competent_unit",
    "competent_units",
    "labels",
    "place",
    "search_municipalities",
    "unit",
    "unit_by_code",
    "units",
]

SUGGESTIONS = 12


def in_force(on: date) -> Q:
    """The condition that a dated row is so on that day, first and last day included."""
    return Q(valid_from__lte=on) & (Q(valid_to__isnull=True) | Q(valid_to__gte=on))


def unit(unit_id: int) -> Unit:
    """A unit, open or closed, with its institution; `NotFound`."""
    return _one(Unit.objects.filter(pk=unit_id))


def unit_by_code(code: str) -> Unit:
    """A unit, open or closed, by its stable code; `NotFound`."""
    return _one(Unit.objects.filter(code=code))


def _one(rows: QuerySet[Unit]) -> Unit:
    found = rows.select_related("institution").first()
    if found is None:
        raise NotFound
    return found


def units(kind: str | None = None, *, on: date) -> tuple[Unit, ...]:
    """The units open on a day, of one kind or of all, in the order of the country pack."""
    rows = Unit.objects.filter(in_force(on)).select_related("institution").order_by("id")
    return tuple(rows if kind is None else rows.filter(kind=kind))


def competent_units(kind: str, *, district: str = "", zone: str = "", on: date) -> tuple[Unit, ...]:
    """The units of a kind that are competent in a place on a day, the closest only (see `rules.nearest`)."""
    return nearest(units(kind, on=on), district, zone)


def competent_unit(kind: str, *, district: str = "", zone: str = "", on: date) -> Unit | None:
    """The one unit of a kind that is competent in a place on a day.

    None when there is none, and when there are several: the caller then offers `competent_units` to choose from.
    """
    found = competent_units(kind, district=district, zone=zone, on=on)
    return found[0] if len(found) == 1 else None


def labels(unit_ids: Iterable[int], language: str) -> dict[int, str]:
    """{unit id: its name in a language}, of open and closed units; unknown ids are left out."""
    return {found.id: found.label(language) for found in Unit.objects.filter(pk__in=set(unit_ids))}


def place(nis: str, on: date) -> Place:
    """A municipality as it was on a day. `Invalid` when that code was none (not yet, or merged since)."""
    found = Municipality.objects.filter(in_force(on), code=nis).first()
    if found is None:
        raise Invalid(
            "unknown_municipality",
            _("That municipality does not exist on this date. Choose one from the list."),
            field="municipality",
            nis=nis,
        )
    return _place(found)


def search_municipalities(text: str, on: date, language: str) -> tuple[Place, ...]:
    """At most 12 municipalities of a day each word of the text begins a word or a postcode of, in any language.

    Case, accents and punctuation do not count. The exact name or postcode first, then names that begin so, then
    the others, each in alphabetical order of the reader's language. An empty text finds nothing.
    """
    typed = plain(text)
    rows = Municipality.objects.filter(in_force(on))
    for word in typed.split():
        rows = rows.filter(words__contains=f" {word}")
    found = [_place(row) for row in rows] if typed else []
    return tuple(sorted(found, key=lambda it: _rank(it, typed, language))[:SUGGESTIONS])


def _rank(found: Place, typed: str, language: str) -> tuple[bool, bool, str]:
    names = {plain(found.names.get(each)) for each in ("fr", "nl", "de", "en")} | set(found.postcodes)
    begins = any(name.startswith(typed) for name in names)
    return typed not in names, not begins, plain(found.names.get(language))


def _place(row: Municipality) -> Place:
    return Place(row.code, Text(**row.names), tuple(row.postcodes), row.district_id, row.zone_id or "")
