"""The law in force, read from the reference tables, and the pack of the selected country."""

from collections.abc import Callable
from datetime import date
from functools import lru_cache
from importlib import import_module
from uuid import UUID

from django.conf import settings

from fanal.reading import once

from .models import Entry, Stamp
from .rows import fact_of
from .schema import Fact, Law, Pack


class NotLoaded(RuntimeError):
    """The reference tables are empty: `fanal load-country` was never run."""


def pack() -> Pack:
    """The pack that `FANAL_COUNTRY` selects, checked once. Only here a country is named, by its setting."""
    return _pack(settings.FANAL_COUNTRY)


@lru_cache(maxsize=4)
def _pack(code: str) -> Pack:
    found = import_module(f"fanal.countries.{code}").PACK
    if not isinstance(found, Pack):
        raise TypeError(f"fanal.countries.{code}.PACK is not a country pack")
    return found.checked()


def law(on: date) -> Law:
    """The law in force on that day, as the reference tables have it. One query. `NotLoaded` when empty.

    For a list whose rows stand under different days take `book()` once and call it for each day.
    """
    return book()(on)


def book() -> Callable[[date], Law]:
    """The law of every day: one query, then `book(on)` asks the database no more."""
    stamp = _stamp()
    _facts(stamp)
    country = settings.FANAL_COUNTRY
    return lambda on: _law(on, stamp, country)


@once
def _stamp() -> UUID:
    stamp = Stamp.objects.values_list("value", flat=True).first()
    if stamp is None:
        raise NotLoaded("no reference data: run `fanal load-country`")
    return stamp


@lru_cache(maxsize=512)
def _law(on: date, stamp: UUID, country: str) -> Law:
    return Law.of_facts(_facts(stamp), _pack(country).calendar, on)


@lru_cache(maxsize=4)
def _facts(_stamp: UUID) -> tuple[Fact, ...]:
    """Every fact under one stamp. It is drawn anew at each change, so that a cached law is never stale."""
    columns = ("code", "source", "to_verify", "valid_from", "valid_to")
    rows = Entry.objects.order_by("position", "valid_from").values("kind", "labels", "value", *columns)
    facts = [
        fact_of(row["kind"], row["labels"], row["value"], {name: row[name] for name in columns})
        for row in rows
    ]
    if not facts:
        raise NotLoaded("no reference data: run `fanal load-country`")
    return tuple(facts)
