"""The reasoning of the directory, without a database: tables of questions and their answers."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from icalendar.parser import Contentlines

from fanal.country.queries import pack
from fanal.country.schema import Law, Route, Text, same
from fanal.directory.rules import (
    Age,
    Card,
    Contact,
    Mandate,
    Question,
    is_readable,
    nearest,
    outlines,
    vcard,
    who_answers,
    whom_to_call,
)

ZONE = ZoneInfo("Europe/Brussels")
MONDAY = datetime(2026, 3, 2, 10, 0, tzinfo=ZONE)
SUNDAY = datetime(2026, 3, 1, 10, 0, tzinfo=ZONE)


def contact(
    value: str, *, channel: str = "phone", always: bool = False, hours: Text | None = None
) -> Contact:
    return Contact(
        id=1,
        channel=channel,
        value=value,
        label=same("desk"),
        hours=hours,
        always=always,
        source="Law of Services",
        valid_from=date(2000, 1, 1),
    )


def card(
    unit_id: int,
    code: str,
    kind: str,
    *contacts: Contact,
    districts: tuple[str, ...] = (),
    zones: tuple[str, ...] = (),
) -> Card:
    return Card(
        unit_id=unit_id,
        code=code,
        kind=kind,
        name=same(code),
        short=same(code),
        institution=same("crown"),
        districts=districts,
        zones=zones,
        languages=("fr", "nl"),
        contacts=contacts,
    )


CARDS = (
    card(1, "parquet-quays", "parquet", contact("555 02"), districts=("harbour",), zones=("quays",)),
    card(2, "parquet-hills", "parquet", districts=("harbour",), zones=("hills",)),
    card(3, "parquet-plain", "parquet", districts=("plain",)),
    card(4, "auditorat-coast", "auditorat", districts=("harbour", "isles")),
    card(5, "high-prosecution", "federal_prosecution"),
    card(6, "lantern", "centre", contact("555 03"), districts=("harbour", "isles")),
    card(7, "office", "immigration_cell"),
    card(8, "wards", "guardianship"),
    card(9, "help-line", "line", contact("555 01", always=True)),
    card(10, "watch-isles", "police_cell", contact("555 04", always=True), districts=("isles",)),
)


def law() -> Law:
    return pack().law(MONDAY.date())


def called(
    district: str = "harbour",
    zone: str = "quays",
    purpose: str = "SEX",
    age: Age = "adult",
    at: datetime = MONDAY,
) -> list[str]:
    question = Question(district=district, zone=zone, purpose=purpose, age=age, at=at)
    return [answer.card.code for answer in whom_to_call(question, CARDS, law())]


@pytest.mark.parametrize(
    ("question", "answers"),
    [
        # the form decides between prosecutor and labour auditor
        ({}, ["office", "lantern", "parquet-quays", "help-line"]),
        ({"purpose": "WORK"}, ["office", "lantern", "auditorat-coast", "help-line"]),
        ({"purpose": ""}, ["office", "lantern", "parquet-quays", "auditorat-coast", "help-line"]),
        # the zone decides between the prosecutors of a divided district
        ({"zone": "hills"}, ["office", "lantern", "parquet-hills", "help-line"]),
        ({"zone": ""}, ["office", "lantern", "parquet-quays", "parquet-hills", "help-line"]),
        # a minor, and in doubt too: the guardian
        ({"age": "minor"}, ["office", "lantern", "parquet-quays", "wards", "help-line"]),
        ({"age": "doubtful"}, ["office", "lantern", "parquet-quays", "wards", "help-line"]),
        # elsewhere: no centre there, a line of the place
        ({"district": "plain", "zone": ""}, ["office", "parquet-plain", "help-line"]),
        (
            {"district": "isles", "zone": "", "purpose": "WORK"},
            ["office", "lantern", "auditorat-coast", "help-line", "watch-isles"],
        ),
        # no place: who is competent everywhere
        ({"district": "", "zone": ""}, ["office", "high-prosecution", "help-line"]),
    ],
)  # fmt: skip
def test_whom_to_call(question: dict[str, str], answers: list[str]) -> None:
    assert called(**question) == answers  # type: ignore[arg-type]


def test_practice_between_certain_services_does_not_concern_who_asks() -> None:
    duty = law().get(Route, "office")
    practice = replace(duty, code="practice", recipient="police_cell", by_place=True, mandatory=False)
    with_practice = replace(law(), facts=(*law().facts, practice))
    question = Question(district="isles", age="adult", at=MONDAY)
    reasons = {it.card.code: it.reason for it in whom_to_call(question, CARDS, with_practice)}
    assert reasons["office"] is not None
    assert reasons["watch-isles"] is None, "called as a line of the place, not for the practice"


def test_each_answer_says_why_and_on_what_ground() -> None:
    question = Question(district="harbour", zone="", purpose="SEX", age="adult", at=MONDAY)
    found = {answer.card.code: answer for answer in whom_to_call(question, CARDS, law())}
    prosecutor, line = found["parquet-quays"], found["help-line"]
    assert (prosecutor.basis, prosecutor.one_of) == ("13", 2)
    assert prosecutor.reason is not None
    assert prosecutor.reason.nl == "Havenwetboek, art. 13"
    assert (line.reason, line.basis, line.one_of) == (None, "Law of Services", 1)


def test_at_night_those_that_answer_come_first() -> None:
    assert called(at=SUNDAY) == ["help-line", "office", "lantern", "parquet-quays"]
    question = Question(district="harbour", zone="quays", purpose="SEX", age="adult", at=SUNDAY)
    answers = {answer.card.code: answer.answers_now for answer in whom_to_call(question, CARDS, law())}
    assert answers == {"help-line": True, "office": False, "lantern": False, "parquet-quays": False}


def test_a_number_that_answers_now_comes_before_one_that_does_not() -> None:
    both = card(6, "lantern", "centre", contact("555 03"), contact("555 09", always=True))
    cards = tuple(both if it.unit_id == 6 else it for it in CARDS)
    question = Question(district="harbour", zone="quays", purpose="SEX", age="adult", at=SUNDAY)
    lantern = next(it for it in whom_to_call(question, cards, law()) if it.card.code == "lantern")
    assert [it.value for it in lantern.contacts] == ["555 09", "555 03"]
    assert lantern.reason is not None, "the route is the better reason than the line"


@pytest.mark.parametrize(
    ("at", "is_open"),
    [
        (datetime(2026, 3, 2, 8, 59), False),
        (datetime(2026, 3, 2, 9, 0), True),
        (datetime(2026, 3, 2, 16, 59, 59), True),
        (datetime(2026, 3, 2, 17, 0), False),
        (datetime(2026, 2, 28, 10, 0), False),  # Saturday
        (datetime(2026, 12, 25, 10, 0), False),  # public holiday
    ],
)
def test_office_hours_are_those_of_the_calendar(at: datetime, is_open: bool) -> None:
    calendar = pack().calendar
    assert (calendar.office, calendar.is_office_hour(at)) == ((time(9), time(17)), is_open)


def test_the_nearest_is_of_the_zone_then_the_district_then_the_country() -> None:
    everywhere, district, zone = (
        card(1, "a", "k"),
        card(2, "b", "k", districts=("d",)),
        card(3, "c", "k", districts=("d",), zones=("z",)),
    )
    cards = (everywhere, district, zone)
    assert nearest(cards, "d", "z") == (zone,)
    assert nearest(cards, "d", "other") == (district,)
    assert nearest(cards, "elsewhere") == (everywhere,)
    assert nearest(cards) == (everywhere,)
    assert nearest((), "d") == ()


def mandate(
    number: int, holder: str, since: date, until: date | None = None, substitute: str = ""
) -> Mandate:
    return Mandate(
        id=number,
        function="reference",
        function_name=same("Reference"),
        holder=holder,
        substitute=substitute,
        valid_from=since,
        valid_to=until,
        changed_at=datetime(2026, 1, 1, tzinfo=UTC),
    )


@pytest.mark.parametrize(
    ("mandates", "answers"),
    [
        ([], []),
        ([mandate(1, "Ada", date(2020, 1, 1))], [("Ada", "holder")]),
        # the last day is included, the day after it the substitute stands in
        ([mandate(1, "Ada", date(2020, 1, 1), date(2026, 3, 2), "Bea")], [("Ada", "holder")]),
        ([mandate(1, "Ada", date(2020, 1, 1), date(2026, 3, 1), "Bea")], [("Bea", "stands_in")]),
        # a successor in office ends the standing in; one to come does not
        (
            [mandate(1, "Ada", date(2020, 1, 1), date(2026, 3, 1), "Bea"), mandate(2, "Cis", date(2026, 3, 2))],
            [("Cis", "holder")],
        ),
        (
            [mandate(1, "Ada", date(2020, 1, 1), date(2026, 3, 1), "Bea"), mandate(2, "Cis", date(2026, 4, 1))],
            [("Bea", "stands_in"), ("Cis", "later")],
        ),
        # of several who left, the last one's substitute
        (
            [
                mandate(1, "Ada", date(2020, 1, 1), date(2025, 1, 1), "Bea"),
                mandate(2, "Dan", date(2025, 1, 2), date(2026, 1, 1), "Eli"),
            ],
            [("Eli", "stands_in")],
        ),
        # nobody is said, not hidden
        ([mandate(1, "Ada", date(2020, 1, 1), date(2026, 3, 1))], [("", "vacant")]),
        (
            [mandate(1, "Ada", date(2020, 1, 1)), mandate(2, "Cis", date(2021, 1, 1))],
            [("Ada", "holder"), ("Cis", "holder")],
        ),
    ],
)  # fmt: skip
def test_who_answers_for_a_function(mandates: list[Mandate], answers: list[tuple[str, str]]) -> None:
    assert [(it.name, it.standing.value) for it in who_answers(mandates, date(2026, 3, 2))] == answers


def test_a_vcard_is_escaped_folded_and_read_back() -> None:
    hours = same("9:00–12:00, 13:00–17:00; Friday\nclosed")
    phone = contact("+32 2 555 02", hours=hours)
    web = contact("https://a.example/?x=1,2;3", channel="web")
    shown = replace(card(1, "a-unit", "k", phone, web), short=same("Bureau des \\ pupilles, " + "ü" * 60))
    written = vcard(shown, "fr")
    assert written.startswith("BEGIN:VCARD\r\nVERSION:4.0\r\n")
    assert written.endswith("END:VCARD\r\n")
    assert all(len(line.encode()) <= 75 for line in written.split("\r\n"))
    lines = Contentlines.from_ical(written)  # type: ignore[no-untyped-call]
    read = {name: (dict(parameters), value) for name, parameters, value in (it.parts() for it in lines if it)}
    assert read["FN"][1] == "Bureau des \\ pupilles, " + "ü" * 60
    assert read["TEL"] == ({"VALUE": "uri"}, "tel:+32255502")
    assert read["URL"][1] == "https://a.example/?x=1,2;3"
    assert read["NOTE"][1] == "+32 2 555 02: 9:00–12:00, 13:00–17:00; Friday\nclosed"


@pytest.mark.parametrize(
    ("channel", "value", "readable"),
    [
        ("phone", "078 055 800", True),
        ("phone", "+32 (0)2/555.02-03", True),
        ("phone", "112", True),
        ("phone", "call me", False),
        ("phone", "javascript:alert(1)", False),
        ("email", "a.b@c.example", True),
        ("email", "a@b", False),
        ("email", "a@b.c?bcc=d@e.f>", False),
        ("web", "https://a.example/x", True),
        ("web", "javascript:alert(1)", False),
        ("web", "https://a.example/ onclick", False),
    ],
)
def test_only_what_a_click_may_open_is_kept(channel: str, value: str, readable: bool) -> None:
    assert is_readable(channel, value) is readable


# Two squares side by side and one apart, quantised; arc 1 is the border that the first two share.
TOPOLOGY = {
    "transform": {"scale": [1.0, 1.0], "translate": [0.0, -1.0]},
    "arcs": [
        [[1, 0], [-1, 0], [0, 1], [1, 0]],
        [[1, 1], [0, -1]],
        [[1, 1], [1, 0], [0, -1], [-1, 0]],
        [[5, 0], [0, 1], [1, 0], [0, -1], [-1, 0]],
    ],
    "objects": {
        "municipalities": {
            "geometries": [
                {"type": "Polygon", "arcs": [[0, 1]], "properties": {"nis": "A"}},
                {"type": "MultiPolygon", "arcs": [[[2, -2]]], "properties": {"nis": "B"}},
                {"type": "Polygon", "arcs": [[3]], "properties": {"nis": "C"}},
            ]
        }
    },
}


def test_borders_inside_an_area_dissolve() -> None:
    size, paths = outlines(TOPOLOGY, {"A": "land", "B": "land", "C": "isle"})
    assert size == (6, 1)
    assert paths["land"] == "M1 1L0 1L0 0L1 0L2 0L2 1Z"
    assert paths["isle"] == "M5 1L5 0L6 0L6 1Z"
    _, apart = outlines(TOPOLOGY, {"A": "west", "B": "east"})
    assert apart == {"west": "M1 1L0 1L0 0L1 0Z", "east": "M1 0L2 0L2 1L1 1Z"}
