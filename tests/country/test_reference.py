"""The reference tables: loading twice, closing, leaving what people edited, and the law read back from them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.template import Context, Template
from django.utils import timezone, translation
from pydantic import ValidationError
from pytest_django import DjangoAssertNumQueries, Settings

from fanal.countries import belgium, testland
from fanal.country import queries
from fanal.country.loader import load
from fanal.country.models import Entry
from fanal.country.rows import fact_of, row_of
from fanal.country.schema import REFERENCE, BadPack, Fact, Pack, Purpose, Term, Text

ON = date(2026, 1, 1)
EVE = date(2025, 12, 31)
REFORM = date(2025, 7, 1)

pytestmark = pytest.mark.django_db


def changed(where: Callable[[Fact], bool], **values: object) -> Pack:
    facts = tuple(replace(fact, **values) if where(fact) else fact for fact in testland.PACK.facts)  # type: ignore[arg-type]
    assert facts != testland.PACK.facts
    return replace(testland.PACK, facts=facts)


def without(where: Callable[[Fact], bool]) -> Pack:
    return replace(testland.PACK, facts=tuple(fact for fact in testland.PACK.facts if not where(fact)))


def is_sold(fact: Fact) -> bool:
    return isinstance(fact, Purpose) and fact.code == "SOLD"


def is_residence(fact: Fact) -> bool:
    return isinstance(fact, Term) and fact.code == "residence"


def sold() -> Entry:
    return Entry.objects.get(kind="purpose", code="SOLD")


@pytest.mark.parametrize("pack", [testland.PACK, belgium.PACK], ids=lambda pack: pack.code)
def test_every_fact_comes_back_from_its_row_as_it_was(pack: Pack) -> None:
    for position, fact in enumerate(pack.reference):
        row = row_of(fact, position)
        columns = {
            name: getattr(row, name) for name in ("code", "source", "to_verify", "valid_from", "valid_to")
        }
        assert fact_of(row.kind, row.labels, row.value, columns) == fact


@pytest.mark.parametrize("on", [REFORM - timedelta(days=1), REFORM, ON])
def test_the_tables_say_what_the_pack_says(on: date) -> None:
    found, wanted = queries.law(on), testland.PACK.law(on)
    assert (found.on, found.calendar, set(found.facts)) == (wanted.on, wanted.calendar, set(wanted.facts))
    for kind in REFERENCE.values():
        assert found.of(kind) == wanted.of(kind), "each kind in its order"
    assert found.codes("alert_outcome") == wanted.codes("alert_outcome")


def test_loading_into_empty_tables_then_twice() -> None:
    Entry.objects.all().delete()
    first = load(belgium.PACK, on=ON)
    assert (first.created, first.updated, first.closed, first.unchanged) == (
        len(belgium.PACK.reference),
        0,
        0,
        0,
    )
    before = list(Entry.objects.order_by("id").values())
    again = load(belgium.PACK, on=ON + timedelta(days=30))
    assert not again.changed
    assert again.unchanged == len(before)
    assert list(Entry.objects.order_by("id").values()) == before


def test_another_country_closes_the_old_one_and_deletes_nothing() -> None:
    count = Entry.objects.count()
    report = load(belgium.PACK, on=ON)
    assert report.closed > 0
    assert report.closed + report.updated + report.unchanged == count
    assert Entry.objects.count() == count + report.created
    assert set(Entry.objects.filter(kind="purpose", code="SOLD").values_list("valid_to", "closed")) == {
        (EVE, True)
    }


def test_what_the_pack_no_longer_has_is_closed_on_the_eve() -> None:
    report = load(without(is_sold), on=ON)
    assert (report.created, report.updated, report.closed) == (0, 0, 1)
    assert (sold().valid_to, sold().closed) == (EVE, True)
    assert queries.law(EVE).purpose("SOLD")
    assert not queries.law(ON).has(Purpose, "SOLD")
    assert not load(without(is_sold), on=ON + timedelta(days=9)).changed, "closing twice moves no date"


def test_what_comes_back_is_open_again() -> None:
    load(without(is_sold), on=ON)
    report = load(testland.PACK, on=ON)
    assert (report.created, report.updated, report.closed) == (0, 1, 0)
    assert (sold().valid_to, sold().closed) == (None, False)


def test_what_had_not_begun_is_never_in_force() -> None:
    load(without(is_sold), on=REFORM - timedelta(days=60))
    assert not any(queries.law(on).has(Purpose, "SOLD") for on in (REFORM - timedelta(days=61), REFORM, ON))


def test_a_change_of_the_pack_changes_the_row() -> None:
    report = load(changed(is_residence, amount=5), on=ON)
    assert (report.created, report.updated, report.closed) == (0, 1, 0)
    assert queries.law(ON).term("residence").amount == 5


def test_what_a_person_edited_stays() -> None:
    Entry.objects.filter(kind="term", code="residence").update(
        value={**Entry.objects.get(kind="term", code="residence").value, "amount": 9},
        edited_at=timezone.now(),
    )
    assert queries.law(ON).term("residence").amount == 9
    report = load(changed(is_residence, amount=5), on=ON)
    assert (report.kept, report.changed) == (1, False)
    assert queries.law(ON).term("residence").amount == 9


def test_what_a_person_edited_is_not_closed_either() -> None:
    Entry.objects.filter(kind="purpose", code="SOLD").update(edited_at=timezone.now())
    assert load(without(is_sold), on=ON).kept == 1
    assert (sold().valid_to, sold().closed) == (None, False)


def test_a_bad_pack_is_not_loaded_at_all() -> None:
    before = list(Entry.objects.order_by("id").values())
    with pytest.raises(BadPack):
        load(changed(is_residence, amount=0), on=ON)
    assert list(Entry.objects.order_by("id").values()) == before


def test_a_cached_law_is_not_stale_whoever_wrote(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    queries.law(ON)
    with django_assert_num_queries(1):
        assert queries.law(ON).term("residence").amount == 4
    row = Entry.objects.get(kind="term", code="residence")
    Entry.objects.filter(pk=row.pk).update(value={**row.value, "amount": 7})
    assert queries.law(ON).term("residence").amount == 7


def test_a_change_that_was_undone_leaves_nothing_in_the_cache() -> None:
    with transaction.atomic():
        load(changed(is_residence, amount=5), on=ON)
        assert queries.law(ON).term("residence").amount == 5
        transaction.set_rollback(True)
    assert queries.law(ON).term("residence").amount == 4


def test_the_book_answers_for_many_days_with_one_query(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    queries.law(ON)
    with django_assert_num_queries(1):
        book = queries.book()
        amounts = {book(ON - timedelta(days=days)).term("reflection").amount for days in range(0, 720, 30)}
    assert amounts == {30, 40}


def test_empty_tables_say_what_to_do() -> None:
    Entry.objects.all().delete()
    with pytest.raises(queries.NotLoaded, match="load-country"):
        queries.law(ON)


def test_an_edited_row_out_of_shape_is_refused_when_read() -> None:
    row = Entry.objects.get(kind="term", code="residence")
    Entry.objects.filter(pk=row.pk).update(value={**row.value, "unit": "fortnight"})
    with pytest.raises(ValidationError, match="unit"):
        queries.law(ON)


def test_the_pack_is_the_one_of_the_settings(settings: Settings) -> None:
    assert queries.pack() is testland.PACK
    settings.FANAL_COUNTRY = "belgium"
    assert queries.pack() is belgium.PACK
    settings.FANAL_COUNTRY = "atlantis"
    with pytest.raises(ModuleNotFoundError):
        queries.pack()


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("country_entry_once", {}),
        ("country_entry_ends_after_start", {"code": "new", "valid_to": date(1899, 1, 1)}),
        ("country_entry_has_source", {"code": "new", "source": ""}),
    ],
)
def test_the_database_holds_what_must_be_true(name: str, values: dict[str, object]) -> None:
    row = Entry.objects.filter(kind="term", code="residence").values().get()
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Entry.objects.create(**{**row, "id": None, **values})


@pytest.mark.parametrize(
    ("language", "words"), [("fr", "Séjour"), ("nl", "Verblijf"), ("de", "Aufenthalt"), ("en", "Stay")]
)
def test_a_page_shows_a_text_in_its_language(language: str, words: str) -> None:
    page = Template("{% load country_text %}{{ text|words }}{{ nothing|words }}")
    with translation.override(language):
        assert (
            page.render(Context({"text": Text("Séjour", "Verblijf", "Aufenthalt", "Stay"), "nothing": None}))
            == words
        )
