"""What a professional reports: plain values, and what cannot be right in them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum

from fanal.country.schema import Indicator, Law, Purpose

from .ages import Age
from .world import is_country, is_language

LONGEST_TEXT = 5000
LONGEST_LINE = 200
MOST_PERSONS = 50
OLDEST = 120
"""House rules, not legal ones: characters of a text and of a line, persons in one alert, years of age."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """A sign that was seen: a code of the indicators, on which day, and where it comes from (`detection_source`)."""

    indicator: str
    seen_on: date | None = None
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """What identifies a person; sealed at rest. Every field may be empty: help never depends on giving a name."""

    given_names: str = ""
    family_name: str = ""
    birth_date: date | None = None
    birth_place: str = ""
    document_number: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    contact_hours: str = ""

    def is_empty(self) -> bool:
        return self == Identity()


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonReport:
    """One person. `subject` is never defaulted; citizenship: ISO 3166-1 alpha-2 or empty (not known); languages:
    ISO 639; `unaccompanied`: None when not known; `safe_contact`: the ways in which the person may be reached."""

    subject: str
    pseudonym: str = ""
    age_basis: str = "unknown"
    minor: bool | None = None
    birth_year: int | None = None
    estimated_age: int | None = None
    sex: str = ""
    citizenship: str = ""
    languages: tuple[str, ...] = ()
    unaccompanied: bool | None = None
    safe_contact: tuple[str, ...] = ()
    identity: Identity = field(default_factory=Identity)

    @property
    def age(self) -> Age:
        return Age(
            basis=self.age_basis,
            minor=self.minor,
            birth_date=self.identity.birth_date,
            birth_year=self.birth_year,
            years=self.estimated_age,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """A duty that was already fulfilled: its code, when, and how in a few words."""

    duty: str
    on: date
    at: time | None = None
    how: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A sign that someone may be a victim. Codes are the pack's; an empty one means: not known.

    The three codes of intelligence (source and information grading, handling) are empty where the service does not
    work under them.
    """

    phenomenon: str = ""
    forms: tuple[str, ...] = ()
    signs: tuple[Sign, ...] = ()
    narrative: str = ""
    urgent: bool = False
    detected_through: str = ""
    municipality: str = ""
    sector: str = ""
    platform: str = ""
    seen_from: date | None = None
    seen_to: date | None = None
    seen_at: time | None = None
    persons: tuple[PersonReport, ...] = ()
    done: tuple[Done, ...] = ()
    source_grade: str = ""
    information_grade: str = ""
    handling: str = ""


ACCUSED = "accused"
"""Flag of the code list `data_subject`: the duties of an alert do not arise for that person."""


def protected_persons(report: Report, law: Law) -> tuple[PersonReport, ...]:
    """The persons for whom the duties of an alert arise: all but those who are accused."""
    return tuple(
        person for person in report.persons if ACCUSED not in law.code("data_subject", person.subject).flags
    )


class Wrong(StrEnum):
    """What can be wrong with a value."""

    UNKNOWN_CODE = "unknown_code"
    FUTURE = "future"
    ENDS_BEFORE_START = "ends_before_start"
    TOO_LONG = "too_long"
    TOO_MANY = "too_many"
    REQUIRED = "required"
    IMPOSSIBLE_AGE = "impossible_age"
    CONTRADICTS = "contradicts"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that cannot be right: the path of the field (`persons.0.birth_year`) and what is wrong with it."""

    field: str
    wrong: Wrong


def problems(report: Report, law: Law, now: datetime) -> tuple[Problem, ...]:
    """Everything that cannot be right in a report at this moment (local time) under this law; empty when nothing.

    The municipality is the directory's to judge. A report without a form, a sign, a person or a word says nothing
    and is refused as EMPTY.
    """
    return tuple(_alert_problems(report, law, now)) + tuple(
        Problem(f"persons.{n}.{found.field}", found.wrong)
        for n, person in enumerate(report.persons)
        for found in _person_problems(person, law)
    )


def _alert_problems(report: Report, law: Law, now: datetime) -> Iterator[Problem]:
    if not (report.forms or report.signs or report.narrative.strip() or report.persons):
        yield Problem("forms", Wrong.EMPTY)
    for name, code_list in _LISTS:
        yield from _unknown(law, name, code_list, getattr(report, name))
    if (
        report.phenomenon
        and law.has_code("phenomenon", report.phenomenon)
        and not _alertable(report.phenomenon, law)
    ):
        yield Problem("phenomenon", Wrong.UNKNOWN_CODE)
    for n, form in enumerate(report.forms):
        if not law.has(Purpose, form):
            yield Problem(f"forms.{n}", Wrong.UNKNOWN_CODE)
    for n, sign in enumerate(report.signs):
        yield from _sign_problems(n, sign, law)
    for n, done in enumerate(report.done):
        if done.duty not in {duty.code for duty in law.duties()}:
            yield Problem(f"done.{n}.duty", Wrong.UNKNOWN_CODE)
        yield from _length(f"done.{n}.how", done.how, LONGEST_LINE)
        yield from _past(f"done.{n}.on", done.on, law)
        yield from _later_today(f"done.{n}.at", done.on, done.at, now)
    yield from _past("seen_from", report.seen_from, law)
    yield from _past("seen_to", report.seen_to, law)
    yield from _later_today("seen_at", report.seen_to or report.seen_from, report.seen_at, now)
    if report.seen_from and report.seen_to and report.seen_to < report.seen_from:
        yield Problem("seen_to", Wrong.ENDS_BEFORE_START)
    yield from _length("narrative", report.narrative, LONGEST_TEXT)
    yield from _length("platform", report.platform, LONGEST_LINE)
    if len(report.persons) > MOST_PERSONS:
        yield Problem("persons", Wrong.TOO_MANY)


def _alertable(phenomenon: str, law: Law) -> bool:
    """The pack flags what an alert may be about (`alert`); a pack that flags nothing allows everything."""
    flagged = [code.code for code in law.codes("phenomenon") if "alert" in code.flags]
    return not flagged or phenomenon in flagged


def _sign_problems(n: int, sign: Sign, law: Law) -> Iterator[Problem]:
    if not law.has(Indicator, sign.indicator):
        yield Problem(f"signs.{n}.indicator", Wrong.UNKNOWN_CODE)
    yield from _unknown(law, f"signs.{n}.source", "detection_source", sign.source)
    yield from _past(f"signs.{n}.seen_on", sign.seen_on, law)


def _person_problems(person: PersonReport, law: Law) -> Iterator[Problem]:
    if not person.subject:
        yield Problem("subject", Wrong.REQUIRED)
    for name, code_list in (("subject", "data_subject"), ("age_basis", "age_basis"), ("sex", "sex")):
        yield from _unknown(law, name, code_list, getattr(person, name))
    for n, way in enumerate(person.safe_contact):
        yield from _unknown(law, f"safe_contact.{n}", "safe_contact", way)
    if person.citizenship and not is_country(person.citizenship):
        yield Problem("citizenship", Wrong.UNKNOWN_CODE)
    for n, language in enumerate(person.languages):
        if not is_language(language):
            yield Problem(f"languages.{n}", Wrong.UNKNOWN_CODE)
    yield from _length("pseudonym", person.pseudonym, LONGEST_LINE)
    yield from _age_problems(person, law)
    for name in _IDENTITY_LINES:
        yield from _length(f"identity.{name}", getattr(person.identity, name), LONGEST_LINE)


def _age_problems(person: PersonReport, law: Law) -> Iterator[Problem]:
    birth = person.identity.birth_date
    yield from _past("identity.birth_date", birth, law)
    if person.birth_year is not None and not law.on.year - OLDEST <= person.birth_year <= law.on.year:
        yield Problem("birth_year", Wrong.FUTURE if person.birth_year > law.on.year else Wrong.IMPOSSIBLE_AGE)
    if birth is not None and birth.year < law.on.year - OLDEST:
        yield Problem("identity.birth_date", Wrong.IMPOSSIBLE_AGE)
    if birth and person.birth_year and birth.year != person.birth_year:
        yield Problem("birth_year", Wrong.CONTRADICTS)
    if person.estimated_age is not None and not 0 <= person.estimated_age <= OLDEST:
        yield Problem("estimated_age", Wrong.IMPOSSIBLE_AGE)


def _unknown(law: Law, path: str, code_list: str, code: str) -> Iterator[Problem]:
    if code and not law.has_code(code_list, code):
        yield Problem(path, Wrong.UNKNOWN_CODE)


def _past(path: str, day: date | None, law: Law) -> Iterator[Problem]:
    if day is not None and day > law.on:
        yield Problem(path, Wrong.FUTURE)


def _later_today(path: str, day: date | None, hour: time | None, now: datetime) -> Iterator[Problem]:
    if hour is not None and day == now.date() and hour > now.time():
        yield Problem(path, Wrong.FUTURE)


def _length(path: str, text: str, limit: int) -> Iterator[Problem]:
    if len(text) > limit:
        yield Problem(path, Wrong.TOO_LONG)


_LISTS = (
    ("phenomenon", "phenomenon"),
    ("detected_through", "detection_source"),
    ("sector", "sector"),
    ("source_grade", "source_grade"),
    ("information_grade", "information_grade"),
    ("handling", "handling"),
)
_IDENTITY_LINES = (
    "given_names", "family_name", "birth_place", "document_number", "phone", "email", "address", "contact_hours",
)  # fmt: skip
