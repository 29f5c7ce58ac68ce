"""The directory kept by hand: who may, what is refused and why, twice changes nothing, each act leaves its trace."""

from datetime import date
from html import unescape
from typing import Any

import pytest
from django.test import Client
from tests.cast import Cast, client

from fanal.audit.models import Entry
from fanal.directory import queries
from fanal.directory.models import ContactPoint, Mandate, Unit

pytestmark = pytest.mark.django_db
APPOINT = "/directory/units/parquet-quays/mandates/new/"
ADD = "/directory/units/parquet-quays/contacts/new/"
MANDATE = {
    "function": "reference_magistrate",
    "holder": "Ada Synthetic",
    "substitute": "Bea Synthetic",
    "valid_from": "02.03.2026",
    "valid_to": "",
}
CONTACT = {
    "channel": "phone",
    "label": "At night",
    "value": "555 09",
    "hours": "22:00–6:00",
    "valid_from": "02.03.2026",
    "valid_to": "",
}


def send(browser: Client, path: str, **values: Any) -> str:
    """Fill a form and send it: the page that comes back, or nothing when it was done."""
    answer = browser.post(path, values)
    assert answer.status_code in (302, 412, 422), answer.status_code
    if answer.status_code == 302:
        assert answer["Location"] == "/directory/units/parquet-quays/people/"
        return ""
    return unescape(answer.content.decode())


def acts() -> list[tuple[str, str]]:
    return [
        (row.act, row.verb) for row in Entry.objects.order_by("at", "id") if row.act.startswith("directory.")
    ]


def version(browser: Client, path: str) -> str:
    """The version that a form carries of the row it changes."""
    context = browser.get(path).context
    assert context is not None
    return str(context["version"])


def end(browser: Client, mandate: Mandate, day: str, said: str | None = None) -> str:
    path = f"/directory/mandates/{mandate.pk}/end/"
    return send(browser, path, last_day=day, version=said or version(browser, path))


def change(browser: Client, point: ContactPoint, said: str | None = None, **values: Any) -> str:
    path = f"/directory/contacts/{point.pk}/change/"
    return send(browser, path, version=said or version(browser, path), **values)


@pytest.fixture
def keeper(cast: Cast) -> Client:
    return client(cast.administrator)


@pytest.fixture
def mandate(keeper: Client) -> Mandate:
    assert send(keeper, APPOINT, **MANDATE) == ""
    return Mandate.objects.get()


@pytest.fixture
def point(keeper: Client) -> ContactPoint:
    assert send(keeper, ADD, **CONTACT) == ""
    return ContactPoint.objects.get(code="")


def test_an_administrator_names_a_holder_and_a_substitute(keeper: Client, mandate: Mandate) -> None:
    assert (mandate.holder, mandate.substitute) == ("Ada Synthetic", "Bea Synthetic")
    assert (mandate.valid_from, mandate.valid_to) == (date(2026, 3, 2), None)
    assert acts() == [("directory.appoint", "collect")]
    trace = Entry.objects.get(act="directory.appoint").facts
    assert trace == {"unit": mandate.unit_id, "mandate": mandate.pk, "function": "reference_magistrate"}
    assert "Ada Synthetic" in keeper.get("/directory/units/parquet-quays/people/").content.decode()


def test_naming_twice_changes_nothing(keeper: Client, mandate: Mandate) -> None:
    assert send(keeper, APPOINT, **MANDATE) == ""
    assert Mandate.objects.get() == mandate
    assert acts() == [("directory.appoint", "collect")]


@pytest.mark.parametrize("path", [APPOINT, ADD])
@pytest.mark.parametrize("method", ["get", "post"])
def test_only_an_administrator_keeps_the_directory(cast: Cast, path: str, method: str) -> None:
    for name, member in cast.all.items():
        expected = {"get": 200, "post": 422}[method] if name == "administrator" else 403
        assert getattr(client(member), method)(path).status_code == expected, name
    assert getattr(Client(), method)(path).status_code == 302
    assert not Mandate.objects.exists()


@pytest.mark.parametrize(
    ("values", "complaint"),
    [
        ({"valid_to": "01.03.2026"}, "The last day lies before the first day."),
        ({"valid_from": "30.02.2026"}, "February 2026 has 28 days"),
        ({"valid_from": ""}, "This field is required."),
        ({"holder": " "}, "This field is required."),
        ({"holder": "x" * 121}, "At most 120 characters"),
        ({"substitute": "Ada Synthetic"}, "The substitute is somebody else than the holder."),
        ({"function": "intake"}, "Select a valid choice."),
        ({"function": ""}, "This field is required."),
    ],
)
def test_a_mandate_that_cannot_be_is_refused_and_nothing_is_lost(
    keeper: Client, values: dict[str, str], complaint: str
) -> None:
    page = send(keeper, APPOINT, **MANDATE | values)
    assert complaint in page
    assert "Bea Synthetic" in page or "substitute" in values
    assert not Mandate.objects.exists()
    assert acts() == []


@pytest.mark.parametrize(
    ("values", "is_open"),
    [
        ({"valid_to": "31.03.2026"}, True),
        ({"valid_to": "01.04.2026"}, False),
        ({"valid_from": "01.04.2026"}, False),
        ({"valid_from": "31.03.2026"}, True),
    ],
)
def test_nobody_holds_a_function_in_a_unit_that_is_closed(
    keeper: Client, values: dict[str, str], is_open: bool
) -> None:
    Unit.objects.filter(code="parquet-quays").update(valid_to=date(2026, 3, 31))
    page = send(keeper, APPOINT, **MANDATE | values)
    assert ("That service is closed on these days." in page) is not is_open
    assert Mandate.objects.exists() is is_open


def test_a_mandate_ends_and_its_substitute_stands_in(keeper: Client, mandate: Mandate) -> None:
    assert end(keeper, mandate, "31.03.2026") == ""
    mandate.refresh_from_db()
    assert mandate.valid_to == date(2026, 3, 31)
    names = [
        [it.name for it in queries.holders(mandate.unit_id, on=day)]
        for day in (date(2026, 3, 31), date(2026, 4, 1))
    ]
    assert names == [["Ada Synthetic"], ["Bea Synthetic"]]
    assert acts()[1:] == [("directory.end_mandate", "alter")]
    assert end(keeper, mandate, "31.03.2026") == ""
    assert len(acts()) == 2, "the same last day again changes nothing"


def test_a_mandate_does_not_end_before_it_began(keeper: Client, mandate: Mandate) -> None:
    assert "The last day lies before the first day." in end(keeper, mandate, "01.03.2026")
    mandate.refresh_from_db()
    assert mandate.valid_to is None


def test_who_read_an_older_version_looks_again(keeper: Client, mandate: Mandate, point: ContactPoint) -> None:
    stale = version(keeper, f"/directory/mandates/{mandate.pk}/end/")
    assert end(keeper, mandate, "31.03.2026") == ""
    assert "Somebody changed this" in end(keeper, mandate, "30.04.2026", said=stale)
    mandate.refresh_from_db()
    assert mandate.valid_to == date(2026, 3, 31)
    stale = version(keeper, f"/directory/contacts/{point.pk}/change/")
    assert change(keeper, point, **CONTACT | {"valid_from": "01.04.2026", "value": "555 10"}) == ""
    page = change(keeper, point, said=stale, **CONTACT | {"valid_from": "01.04.2026", "value": "555 11"})
    assert "Somebody changed this" in page
    without = keeper.post(f"/directory/mandates/{mandate.pk}/end/", {"last_day": "31.03.2026"})
    assert without.status_code == 428


def test_a_new_number_is_added_for_colleagues_only(keeper: Client, point: ContactPoint) -> None:
    assert (point.value, point.public, point.hours_label("nl")) == ("555 09", False, "22:00–6:00")
    assert point.edited_at is not None
    assert acts() == [("directory.add_contact_point", "collect")]
    assert send(keeper, ADD, **CONTACT) == ""
    assert ContactPoint.objects.filter(code="").count() == 1
    assert len(acts()) == 1
    assert "555 09" not in Client().get("/directory/units/parquet-quays/").content.decode()


@pytest.mark.parametrize(
    ("values", "complaint"),
    [
        ({"valid_to": "01.03.2026"}, "The last day lies before the first day."),
        ({"value": "call me"}, "Write a phone number"),
        ({"channel": "web", "value": "javascript:alert(1)"}, "Write a phone number"),
        ({"channel": "smoke"}, "Select a valid choice."),
        ({"label": ""}, "This field is required."),
    ],
)
def test_a_contact_point_that_cannot_be_is_refused(
    keeper: Client, values: dict[str, str], complaint: str
) -> None:
    assert complaint in send(keeper, ADD, **CONTACT | values)
    assert not ContactPoint.objects.filter(code="").exists()


def test_a_number_changes_from_a_day_on(keeper: Client) -> None:
    was = ContactPoint.objects.get(code="parquet-quays-phone")
    assert change(keeper, was, value="555 20", valid_from="01.04.2026", public="on") == ""
    eve, day = (
        [it.value for it in queries.card("parquet-quays", on=on, private=True).contacts]
        for on in (date(2026, 3, 31), date(2026, 4, 1))
    )
    assert (eve, day) == (["555 02"], ["555 20"])
    follower = ContactPoint.objects.get(value="555 20")
    assert (follower.code, follower.label("nl"), follower.function_id) == (
        "parquet-quays-phone",
        "Vuurtorenmagistraat",
        "reference_magistrate",
    )
    assert (follower.hours, follower.public) == ({}, True)
    assert acts() == [("directory.change_contact_point", "alter")]


def test_a_change_from_its_own_first_day_corrects_it_in_place(keeper: Client, point: ContactPoint) -> None:
    assert change(keeper, point, **CONTACT | {"value": "555 11"}) == ""
    assert ContactPoint.objects.get(code="").value == "555 11"
    assert change(keeper, point, **CONTACT | {"value": "555 11"}) == ""
    assert len(acts()) == 2, "the same again changes nothing"


@pytest.mark.parametrize(
    ("values", "complaint"),
    [
        ({"valid_from": "01.03.2026"}, "What is changed began later."),
        ({"valid_from": "01.05.2026"}, "It had ended before that day."),
        ({"valid_from": "01.04.2026", "valid_to": "31.03.2026"}, "The last day lies before the first day."),
        ({"value": "<b>"}, "Write a phone number"),
    ],
)
def test_a_change_that_cannot_be_is_refused(
    keeper: Client, point: ContactPoint, values: dict[str, str], complaint: str
) -> None:
    ContactPoint.objects.filter(pk=point.pk).update(valid_to=date(2026, 4, 30))
    assert complaint in change(keeper, point, **CONTACT | values)
    assert ContactPoint.objects.get(code="").value == "555 09"


def test_the_pack_does_not_overwrite_what_a_person_changed(keeper: Client) -> None:
    from fanal.config.loading import load_country

    was = ContactPoint.objects.get(code="parquet-quays-phone")
    assert change(keeper, was, value="555 20", valid_from="01.04.2026") == ""
    report = {line.kind: line for line in load_country(on=date(2026, 5, 1))}
    assert not report["contactpoint"].changed
    assert report["contactpoint"].kept == 2
    assert [it.value for it in queries.card("parquet-quays", on=date(2026, 5, 2), private=True).contacts] == [
        "555 20"
    ]


@pytest.mark.parametrize("path", ["/directory/mandates/999/end/", "/directory/contacts/999/change/"])
def test_what_is_not_there_is_not_found(keeper: Client, path: str) -> None:
    assert keeper.get(path).status_code == 404
    assert keeper.post(path).status_code == 404
