"""What may be known of a person who is referred, cut into the items that are sent one by one, or not.

The proposing unit keeps the whole; the receiving unit gets a copy of the items that were ticked. Identity is an item
like another, except that nobody ticks it for you.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from enum import StrEnum, unique
from types import MappingProxyType

from pydantic import TypeAdapter

from fanal.alerts.rules import KNOWN, MAJORITY, Age, Minority, minority, years_between
from fanal.alerts.rules import Identity as Told
from fanal.country.schema import Law

from .capacity import Needs

UNKNOWN_SEX = "U"
"""The code of the list `sex` that says that nobody knows."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the person says she is."""

    family_name: str = ""
    given_names: str = ""
    birth_date: date | None = None
    birth_place: str = ""
    document_number: str = ""


@dataclass(frozen=True, slots=True)
class SafeContact:
    """How the person may be reached without danger: codes of `safe_contact`, the number or place, the hours."""

    means: tuple[str, ...] = ()
    details: str = ""
    hours: str = ""


@dataclass(frozen=True, slots=True)
class Practical:
    """What decides where there is room. None: not known."""

    children: int | None = None
    wheelchair: bool | None = None
    night: bool | None = None
    words: str = ""


@unique
class Item(StrEnum):
    """What can be sent on its own."""

    SUMMARY = "summary"
    PSEUDONYM = "pseudonym"
    AGE = "age"
    SEX = "sex"
    LANGUAGES = "languages"
    NEEDS = "needs"
    SAFE_CONTACT = "safe_contact"
    SIGNS = "signs"
    CITIZENSHIP = "citizenship"
    DOCUMENTS = "documents"
    IDENTITY = "identity"


OFFERED = frozenset(Item) - {Item.IDENTITY}
"""What the form ticks beforehand when it is known."""


@dataclass(frozen=True, slots=True)
class About:
    """What a unit holds of a person it refers. Codes are those of the pack: `age_basis`, `sex`, `safe_contact`,
    indicators (`signs`); languages and citizenships are ISO 639-1 and ISO 3166-1 alpha-2 codes."""

    summary: str = ""
    pseudonym: str = ""
    age: Age | None = None
    unaccompanied: bool | None = None
    sex: str = ""
    languages: tuple[str, ...] = ()
    needs: Practical = Practical()
    safe_contact: SafeContact = SafeContact()
    signs: tuple[str, ...] = ()
    citizenship: tuple[str, ...] = ()
    documents: str = ""
    identity: Identity = Identity()


_FIELDS: Mapping[Item, tuple[str, ...]] = MappingProxyType(
    {item: (item.value,) for item in Item} | {Item.AGE: ("age", "unaccompanied")}
)
_NOTHING = About()


def known(about: About) -> frozenset[Item]:
    """The items of which something is known."""
    return frozenset(item for item, names in _FIELDS.items() if any(_differs(about, name) for name in names))


def only(about: About, items: Collection[Item]) -> About:
    """The same person with nothing but these items: what a receiver gets."""
    names = {name for item in items for name in _FIELDS[item]}
    return replace(_NOTHING, **{name: getattr(about, name) for name in names})


def merged(parts: Iterable[About]) -> About:
    """The items of several sendings as one; of two that tell of the same item the later one holds."""
    told: dict[str, object] = {}
    for part in parts:
        told |= {name: getattr(part, name) for item in known(part) for name in _FIELDS[item]}
    return replace(_NOTHING, **told)  # type: ignore[arg-type]


def with_identity(about: About, told: Told) -> About:
    """The same person with the identity and the safe contact that an alert holds; what was typed here stays.

    The address is not taken over: where somebody sleeps is never sent along.
    """
    names = [field.name for field in fields(Identity)]
    typed = about.identity
    identity = Identity(**{name: getattr(typed, name) or getattr(told, name) for name in names})
    contact = about.safe_contact
    details = contact.details or ", ".join(filter(None, (told.phone, told.email)))
    hours = contact.hours or told.contact_hours
    return replace(about, identity=identity, safe_contact=replace(contact, details=details, hours=hours))


def minority_of(about: About, law: Law) -> Minority:
    """Minor, doubtful or adult on the day of the law; without any age, doubtful."""
    age = _age(about)
    return Minority.DOUBTFUL if age is None else minority(age, law)


def _age(about: About) -> Age | None:
    """The age that is known best: with the birth date of the identity where there is one."""
    if about.age and about.age.basis == KNOWN and about.identity.birth_date:
        return replace(about.age, birth_date=about.identity.birth_date)
    return about.age


def needs(about: About, law: Law) -> Needs:
    """What decides which centre has room, as far as it is known on the day of the law."""
    low, high = _years(about, law)
    return Needs(
        age_from=low,
        age_to=high,
        sex="" if about.sex == UNKNOWN_SEX else about.sex,
        languages=frozenset(about.languages),
        children=about.needs.children,
        wheelchair=about.needs.wheelchair,
        night=about.needs.night,
    )


def _years(about: About, law: Law) -> tuple[int | None, int | None]:
    """The youngest and the oldest the person may be. An estimate says child or adult, an age in doubt nothing."""
    bounds = {
        Minority.ADULT: (MAJORITY, None),
        Minority.MINOR: (None, MAJORITY - 1),
        Minority.DOUBTFUL: (None, None),
    }
    said = bounds[minority_of(about, law)]
    age = _age(about)
    if age is None or age.basis != KNOWN:
        return said
    if age.birth_date is not None:
        years = years_between(age.birth_date, law.on)
        return years, years
    if age.birth_year is not None:
        return law.on.year - age.birth_year - 1, law.on.year - age.birth_year
    return said if age.years is None else (age.years, age.years)


def _differs(about: About, name: str) -> bool:
    return bool(getattr(about, name) != getattr(_NOTHING, name))


_SEALED = TypeAdapter(About)


def to_json(about: About) -> dict[str, object]:
    """The values as they are sealed: plain, dates as ISO, nothing that is not known."""
    plain: dict[str, object] = _SEALED.dump_python(about, mode="json", exclude_defaults=True)
    return plain


def from_json(sealed: Mapping[str, object]) -> About:
    """What `to_json` gave, as values again."""
    return _SEALED.validate_python(dict(sealed))
