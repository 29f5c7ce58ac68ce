"""What is compared: a mention of a person, an organisation or a thing, as somebody wrote it down."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    PERSON = "person"
    ORGANISATION = "organisation"
    THING = "thing"  # a phone, a vehicle, an account, a document, a handle: known by its identifier alone


class Identifier(StrEnum):
    PHONE = "phone"
    PLATE = "plate"
    IBAN = "iban"
    DOCUMENT = "document"
    NATIONAL = "national"  # Belgian national register and bis number
    ENTERPRISE = "enterprise"  # Belgian enterprise number
    EMAIL = "email"
    HANDLE = "handle"


class Trait(StrEnum):
    """What many share: weak evidence each, as strong as its value is rare."""

    SEX = "sex"
    NATIONALITY = "nationality"
    OCCUPATION = "occupation"
    POSTCODE = "postcode"


@dataclass(frozen=True, slots=True)
class Record:
    """One mention. `names` with all aliases, `births` and `places` as written, each in any order; all may be empty."""

    id: str
    kind: Kind = Kind.PERSON
    names: tuple[str, ...] = ()
    births: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    identifiers: Mapping[Identifier, tuple[str, ...]] = field(default_factory=dict)
    traits: Mapping[Trait, tuple[str, ...]] = field(default_factory=dict)
