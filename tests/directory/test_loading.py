"""A country pack becomes rows: by stable code, nothing deleted, nothing overwritten that a person changed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.utils import timezone

from fanal.country.queries import pack
from fanal.country.schema import ContactPoint, District, Fact, Pack, Unit, same
from fanal.directory import models, queries
from fanal.directory.services import load_country
from fanal.errors import Invalid

pytestmark = pytest.mark.django_db
ON = date(2026, 3, 2)


def changed(change: Callable[[Fact], Fact | None]) -> Pack:
    """Testland with each fact changed, or withdrawn."""
    kept = [change(fact) for fact in pack().facts]
    return replace(pack(), facts=tuple(fact for fact in kept if fact is not None))


def renamed(fact: Fact) -> Fact:
    return replace(fact, name=same("Upland")) if isinstance(fact, District) and fact.code == "plain" else fact


def without(code: str) -> Pack:
    return changed(lambda fact: None if fact.code == code else fact)


def test_every_place_becomes_a_row() -> None:
    for kind, model in (
        (Unit, models.Unit),
        (District, models.District),
        (ContactPoint, models.ContactPoint),
    ):
        assert {row.code for row in model.objects.all()} == {fact.code for fact in pack().of(kind)}
    quays = queries.unit_by_code("parquet-quays")
    assert (quays.districts, quays.zones, quays.institution.label("nl")) == (
        ["harbour"],
        ["quays"],
        "Rechtbanken",
    )
    assert queries.unit(quays.id) == quays


def test_ids_of_units_follow_the_pack_in_an_empty_database() -> None:
    codes = [row.code for row in models.Unit.objects.order_by("id")]
    assert codes == [fact.code for fact in pack().of(Unit)]
    assert queries.unit_by_code(codes[0]).id == 1
    assert queries.unit_by_code(codes[-1]).id == len(codes)


def test_loading_again_changes_nothing() -> None:
    before = list(models.Municipality.objects.order_by("id").values())
    report = load_country(pack(), on=ON)
    assert not report.changed
    assert sum(kind.unchanged for kind in report.kinds) == sum(
        model.objects.count()
        for model in (
            models.Institution,
            models.District,
            models.Zone,
            models.Unit,
            models.Function,
            models.Municipality,
            models.ContactPoint,
        )
    )
    assert list(models.Municipality.objects.order_by("id").values()) == before


def test_a_changed_fact_changes_its_row_in_place() -> None:
    was = models.District.objects.get(code="plain")
    report = load_country(changed(renamed), on=ON)
    row = models.District.objects.get(code="plain")
    assert (row.id, row.label("fr")) == (was.id, "Upland")
    assert {(kind.kind, kind.updated) for kind in report.kinds if kind.updated} == {("district", 1)}


def test_a_withdrawn_unit_is_closed_on_the_eve_and_comes_back() -> None:
    was = queries.unit_by_code("shelter-nest")
    load_country(without("shelter-nest"), on=ON)
    assert queries.unit_by_code("shelter-nest").valid_to == date(2026, 3, 1)
    assert was.id in {unit.id for unit in queries.units(on=date(2026, 3, 1))}
    assert was.id not in {unit.id for unit in queries.units(on=ON)}
    assert not load_country(without("shelter-nest"), on=ON + timedelta(days=9)).changed
    load_country(pack(), on=ON + timedelta(days=9))
    back = queries.unit_by_code("shelter-nest")
    assert (back.id, back.valid_to) == (was.id, None)


def test_a_row_that_a_person_changed_is_kept() -> None:
    models.District.objects.filter(code="plain").update(
        names={"en": "Ours", "fr": "À nous"}, edited_at=timezone.now()
    )
    report = load_country(changed(renamed), on=ON)
    assert models.District.objects.get(code="plain").label("en") == "Ours"
    assert next(kind for kind in report.kinds if kind.kind == "district").kept == 1


def test_one_row_stands_for_a_unit() -> None:
    quays = next(fact for fact in pack().of(Unit) if fact.code == "parquet-quays")
    twice = replace(
        pack(), facts=(*without("parquet-quays").facts, replace(quays, valid_to=ON), replace(quays))
    )
    with pytest.raises(ValueError, match="'parquet-quays' has two versions"):
        load_country(twice, on=ON)


def test_labels_speak_the_language_asked_for() -> None:
    quays = queries.unit_by_code("parquet-quays").id
    assert queries.labels([quays, 10_000], "fr") == {quays: "Procureur des Quais"}
    assert queries.labels([quays], "de") == {quays: "Ankläger Kais"}


def test_a_municipality_is_what_it_was_on_that_day() -> None:
    assert queries.place("T05", date(2025, 6, 30)).district == "plain"
    with pytest.raises(Invalid) as refusal:
        queries.place("T05", date(2025, 7, 1))
    assert (refusal.value.code, refusal.value.field) == ("unknown_municipality", "municipality")
    merged = queries.place("T07", date(2025, 7, 1))
    assert (merged.district, merged.zone, merged.names.fr) == ("harbour", "hills", "Petitpré-sur-Colline")


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("old", ["T01"]),
        ("OUDH", ["T01"]),
        ("port", ["T02", "T01"]),
        ("neuf port", ["T02"]),
        ("hochhugel", ["T03"]),
        ("Höchhügel", ["T03"]),
        ("2", ["T04", "T07"]),
        ("210", ["T07"]),
        ("aven", []),
        ("%", []),
        ("_", []),
        ("' OR 1=1 --", []),
        ("", []),
        ("  ", []),
        ("灯台", []),
    ],
)
def test_municipalities_are_found_as_one_types(typed: str, found: list[str]) -> None:
    assert [place.nis for place in queries.search_municipalities(typed, ON, "fr")] == found


def test_the_exact_name_comes_first_and_decides() -> None:
    row = models.Municipality.objects.get(code="T02")
    row.pk, row.code, row.words = None, "T99", " newport newport sur mer"
    row.names = dict.fromkeys(("fr", "nl", "de", "en"), "Newport-sur-Mer")
    row.save()
    assert [place.nis for place in queries.search_municipalities("newport", ON, "en")] == ["T02", "T99"]
    assert [place.nis for place in queries.find_municipalities("Newport", ON, "en")] == ["T02"]
    assert [place.nis for place in queries.find_municipalities("newp", ON, "en")] == ["T02", "T99"]


@pytest.mark.parametrize(
    ("kind", "district", "zone", "code"),
    [
        ("parquet", "harbour", "quays", "parquet-quays"),
        ("parquet", "harbour", "hills", "parquet-hills"),
        ("parquet", "harbour", "", None),
        ("parquet", "", "", None),
        ("auditorat", "harbour", "hills", "auditorat-coast"),
        ("centre", "plain", "", "centre-meadow"),
        ("immigration_cell", "plain", "", "strangers-office"),
        ("immigration_cell", "", "", "strangers-office"),
        ("nothing", "plain", "", None),
    ],
)
def test_the_one_competent_unit(kind: str, district: str, zone: str, code: str | None) -> None:
    found = queries.competent_unit(kind, district=district, zone=zone, on=ON)
    assert (found.code if found else None) == code


def test_where_the_place_is_vague_every_candidate_is_offered() -> None:
    found = queries.competent_units("parquet", district="harbour", on=ON)
    assert [unit.code for unit in found] == ["parquet-quays", "parquet-hills"]
