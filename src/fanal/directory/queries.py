"""Reading the directory. Everything is public reference data, except who holds which mandate and private numbers."""

import json
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from fanal.access.vault import plain
from fanal.country import queries as country
from fanal.country.schema import LANGUAGES, Text
from fanal.directory import rules
from fanal.directory.models import (
    ContactPoint,
    District,
    Function,
    Institution,
    Mandate,
    Municipality,
    Unit,
    Zone,
)
from fanal.directory.rules import Answer, Area, Card, Contact, Holder, Place, Question, Where
from fanal.errors import Invalid, NotFound

__all__ = [
    "ContactPoint",
    "Function",
    "Mandate",
    "Unit",
    "areas",
    "card",
    "cards",
    "competent_unit",
    "competent_units",
    "contact_point",
    "district_by_municipality",
    "find_municipalities",
    "functions",
    "holders",
    "ids_by_code",
    "institution_names",
    "institutions",
    "labels",
    "mandate",
    "outlines",
    "place",
    "search_cards",
    "search_municipalities",
    "unit",
    "unit_by_code",
    "units",
    "where",
    "whom_to_call",
]

SUGGESTIONS = 12


def in_force(on: date) -> Q:
    """The condition that a dated row is so on that day, first and last day included."""
    return Q(valid_from__lte=on) & (Q(valid_to__isnull=True) | Q(valid_to__gte=on))


# Units


def unit(unit_id: int) -> Unit:
    """A unit, open or closed, with its institution; `NotFound`."""
    return _unit(Unit.objects.filter(pk=unit_id))


def unit_by_code(code: str) -> Unit:
    """A unit, open or closed, by its stable code; `NotFound`."""
    return _unit(Unit.objects.filter(code=code))


def _unit(rows: QuerySet[Unit]) -> Unit:
    found = rows.select_related("institution").first()
    if found is None:
        raise NotFound
    return found


def units(*kinds: str, on: date, district: str | None = None) -> tuple[Unit, ...]:
    """The units open on a day, of these kinds or of all, in the order of the country pack. One query.

    With a district: those competent in it and those of the whole country; of an empty one, only the latter.
    """
    rows = _open_units(on)
    if district is not None:
        rows = rows.filter(Q(districts=[]) | Q(districts__contains=[district]))
    return tuple(rows.filter(kind__in=kinds) if kinds else rows)


def _open_units(on: date) -> QuerySet[Unit]:
    return Unit.objects.filter(in_force(on)).order_by("id")


def competent_units(kind: str, *, district: str = "", zone: str = "", on: date) -> tuple[Unit, ...]:
    """The units of a kind that are competent in a place on a day, the closest only (see `rules.nearest`)."""
    return rules.nearest(units(kind, on=on), district, zone)


def competent_unit(kind: str, *, district: str = "", zone: str = "", on: date) -> Unit | None:
    """The one unit of a kind that is competent in a place on a day.

    None when there is none, and when there are several: the caller then offers `competent_units` to choose from.
    """
    found = competent_units(kind, district=district, zone=zone, on=on)
    return found[0] if len(found) == 1 else None


def ids_by_code() -> dict[str, int]:
    """{stable code: id} of every unit, open and closed."""
    return dict(Unit.objects.values_list("code", "id"))


def institutions(on: date) -> tuple[Institution, ...]:
    """The institutions of a day, in the order of the country pack. One query."""
    return tuple(Institution.objects.filter(in_force(on)).order_by("id"))


def institution_names(language: str) -> dict[str, str]:
    """{code: its name in a language} of every institution, open and closed."""
    return {found.code: found.label(language) for found in Institution.objects.all()}


def labels(unit_ids: Iterable[int], language: str) -> dict[int, str]:
    """{unit id: its name in a language}, of open and closed units; unknown ids are left out."""
    return {found.id: found.label(language) for found in Unit.objects.filter(pk__in=set(unit_ids))}


# Cards


def cards(*, on: date, private: bool = False) -> tuple[Card, ...]:
    """The cards of the units open on a day, in the order of the pack; `private`: with numbers that are not public."""
    return _cards(tuple(_open_units(on).select_related("institution")), on, private)


def card(code: str, *, on: date, private: bool = False) -> Card:
    """The card of one unit, open or closed; `NotFound`."""
    return _cards((unit_by_code(code),), on, private)[0]


def search_cards(text: str, *, on: date) -> tuple[Card, ...]:
    """The public cards of which each word of the text begins a word: names of the unit and of its institution."""
    words = plain(text).split()
    found = cards(on=on)
    return tuple(it for it in found if all(f" {word}" in _words_of(it) for word in words))


def whom_to_call(question: Question, *, private: bool = False) -> tuple[Answer, ...]:
    """The answers to a question (`rules.whom_to_call`) by the law and the directory of that day.

    `private`: with numbers that are not public, for members.
    """
    on = question.at.date()
    return rules.whom_to_call(question, cards(on=on, private=private), country.law(on))


def _words_of(found: Card) -> str:
    texts = (found.name, found.short, found.institution)
    words = {text.get(language) for text in texts for language in LANGUAGES}
    return f" {plain(' '.join(sorted(words)))} "


def _cards(rows: Iterable[Unit], on: date, private: bool) -> tuple[Card, ...]:
    rows = tuple(rows)
    reached = ContactPoint.objects.filter(in_force(on), unit__in=rows)
    if not private:
        reached = reached.filter(public=True)
    contacts: dict[int, list[Contact]] = defaultdict(list)
    for point in reached.select_related("function").order_by("id"):
        contacts[point.unit_id].append(_contact(point))
    names: dict[str, list[Text]] = defaultdict(list)
    for function in Function.objects.filter(in_force(on)).order_by("id"):
        for kind in function.unit_kinds:
            names[kind].append(_text(function.names))
    return tuple(_card(row, tuple(contacts[row.id]), tuple(names[row.kind])) for row in rows)


def _card(row: Unit, contacts: tuple[Contact, ...], names: tuple[Text, ...]) -> Card:
    return Card(
        unit_id=row.id,
        code=row.code,
        kind=row.kind,
        name=_text(row.names),
        short=_text(row.short_names),
        institution=_text(row.institution.names),
        districts=tuple(row.districts),
        zones=tuple(row.zones),
        languages=tuple(row.languages),
        functions=names,
        contacts=contacts,
        source=row.source,
        to_verify=row.to_verify,
        valid_to=row.valid_to,
    )


def _contact(point: ContactPoint) -> Contact:
    return Contact(
        id=point.id,
        channel=point.channel,
        value=point.value,
        label=_text(point.names),
        function=_text(point.function.names) if point.function else None,
        hours=_text(point.hours) if point.hours else None,
        always=point.always,
        public=point.public,
        source=point.source,
        to_verify=point.to_verify,
        valid_from=point.valid_from,
        valid_to=point.valid_to,
    )


def contact_point(contact_id: int, *, lock: bool = False) -> ContactPoint:
    """A contact point with its unit, locked for a change when asked; `NotFound`."""
    rows = ContactPoint.objects.select_related("unit")
    found = (rows.select_for_update(of=("self",)) if lock else rows).filter(pk=contact_id).first()
    if found is None:
        raise NotFound
    return found


# Who holds what: staff, shown to members only


def functions(kind: str, *, on: date) -> tuple[Function, ...]:
    """The functions that somebody may hold in a unit of that kind."""
    return tuple(Function.objects.filter(in_force(on), unit_kinds__contains=[kind]).order_by("id"))


def holders(unit_id: int, *, on: date) -> tuple[Holder, ...]:
    """Who answers for the functions of a unit on a day, substitutes and vacancies included (`rules.who_answers`)."""
    rows = Mandate.objects.filter(unit_id=unit_id).select_related("function")
    return rules.who_answers((_mandate(row) for row in rows), on)


def _mandate(row: Mandate) -> rules.Mandate:
    return rules.Mandate(
        id=row.id,
        function=row.function_id,
        function_name=_text(row.function.names),
        holder=row.holder,
        substitute=row.substitute,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        changed_at=row.changed_at,
    )


def mandate(mandate_id: int, *, lock: bool = False) -> Mandate:
    """A mandate with its unit and function, locked for a change when asked; `NotFound`."""
    rows = Mandate.objects.select_related("unit", "function")
    found = (rows.select_for_update(of=("self",)) if lock else rows).filter(pk=mandate_id).first()
    if found is None:
        raise NotFound
    return found


# Places


def areas(on: date) -> tuple[Area, ...]:
    """The judicial districts of a day, in the order of the pack, each with its zones."""
    zones: dict[str, list[Area]] = defaultdict(list)
    for zone in Zone.objects.filter(in_force(on)).order_by("id"):
        zones[zone.district_id].append(Area(zone.code, _text(zone.names)))
    rows = District.objects.filter(in_force(on)).order_by("id")
    return tuple(
        Area(row.code, _text(row.names), (row.tile[0], row.tile[1]), tuple(zones[row.code])) for row in rows
    )


def where(*, municipality: str = "", district: str = "", zone: str = "", on: date) -> Where:
    """What these codes mean on a day; a municipality says more than a district. `Invalid` when one is unknown."""
    if municipality or not district:
        return Where(place(municipality, on)) if municipality else Where()
    area = next((it for it in areas(on) if it.code == district), None)
    part = next((it for it in area.zones if it.code == zone), None) if area else None
    if area is None or (zone and part is None):
        raise Invalid(
            "unknown_district",
            _("That district does not exist on this date. Choose one from the list."),
            field="district",
        )
    return Where(None, area, part)


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


def find_municipalities(text: str, on: date, language: str) -> tuple[Place, ...]:
    """The municipalities that a finished text can mean: those called exactly so, else those that it begins.

    `Invalid` when there is none.
    """
    found = search_municipalities(text, on, language)
    exact = tuple(it for it in found if plain(text) in _called(it))
    if not found:
        raise Invalid(
            "no_municipality", _("No municipality and no postcode begins like that."), field="municipality"
        )
    return exact or found


def district_by_municipality() -> dict[str, str]:
    """{NIS code: district} of every municipality there ever was, as it last was: for outlines of any year."""
    rows = Municipality.objects.order_by("valid_from").only("code", "district_id")
    return {row.code: row.district_id for row in rows}


def outlines() -> tuple[tuple[int, int], dict[str, str]] | None:
    """Size and paths of the real outlines of the districts (`rules.outlines`), where `FANAL_OUTLINES` names a file."""
    path = settings.FANAL_OUTLINES
    if not path or not Path(path).is_file():
        return None
    return _outlines(path, tuple(district_by_municipality().items()))


@lru_cache(maxsize=2)
def _outlines(path: str, districts: tuple[tuple[str, str], ...]) -> tuple[tuple[int, int], dict[str, str]]:
    return rules.outlines(json.loads(Path(path).read_text()), dict(districts))


def _rank(found: Place, typed: str, language: str) -> tuple[bool, bool, str]:
    begins = any(name.startswith(typed) for name in _called(found))
    return typed not in _called(found), not begins, plain(found.names.get(language))


def _called(found: Place) -> set[str]:
    return {plain(found.names.get(each)) for each in LANGUAGES} | set(found.postcodes)


def _place(row: Municipality) -> Place:
    return Place(row.code, _text(row.names), tuple(row.postcodes), row.district_id, row.zone_id or "")


def _text(words: dict[str, str]) -> Text:
    """Words kept in a row; a language that has none falls back on English."""
    return Text(**{language: words.get(language, "") for language in LANGUAGES})
