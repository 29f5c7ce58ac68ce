"""What stands on the card of a unit: its names, where it is competent, and how it is reached."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from icalendar import Parameters
from icalendar.parser import Contentline, Contentlines
from icalendar.prop import vText, vUri

from fanal.country.schema import Text

_READABLE = {
    "phone": re.compile(r"\+?[0-9][0-9 ./()-]{1,30}"),
    "email": re.compile(r"[^@\s<>\"']+@[^@\s<>\"']+\.[^@\s<>\"']+"),
    "web": re.compile(r"https?://[^\s<>\"']+"),
}


def is_readable(channel: str, value: str) -> bool:
    """Whether a value is a number, an address or a website that a click may open; nothing else becomes a link."""
    return bool(_READABLE[channel].fullmatch(value))


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """One way to reach a unit. `hours` is free text; `always`: day and night, every day."""

    id: int
    channel: str
    value: str
    label: Text
    function: Text | None = None
    hours: Text | None = None
    always: bool = False
    public: bool = False
    source: str
    to_verify: bool = False
    valid_from: date
    valid_to: date | None = None

    @property
    def uri(self) -> str:
        """What a click does: `tel:`, `mailto:`, or the address of a website."""
        if self.channel == "phone":
            return "tel:" + "".join(char for char in self.value if char.isdigit() or char == "+")
        return f"mailto:{self.value}" if self.channel == "email" else self.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A unit as it is shown. `functions`: what people are in units of its kind, such as reference magistrate."""

    unit_id: int
    code: str
    kind: str
    name: Text
    short: Text
    institution: Text
    districts: tuple[str, ...] = ()
    zones: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    functions: tuple[Text, ...] = ()
    contacts: tuple[Contact, ...] = ()
    source: str = ""
    to_verify: bool = False
    valid_to: date | None = None


def vcard(card: Card, language: str) -> str:
    """The card as vCard 4.0 (RFC 6350), lines folded at 75 octets and text escaped by the calendar library.

    It carries the short name, because an address book lies open on a screen.
    """
    begin, end = _line("BEGIN", vText("VCARD")), _line("END", vText("VCARD"))
    return str(Contentlines([begin, *_lines(card, language), end]).to_ical().decode())  # type: ignore[no-untyped-call]


def _lines(card: Card, language: str) -> Iterator[Contentline]:
    yield _line("VERSION", vText("4.0"))
    yield _line("KIND", vText("org"))
    yield _line("UID", vUri(f"urn:fanal:unit:{card.code}"))
    yield _line("FN", vText(card.short.get(language)))
    for spoken in card.languages:
        yield _line("LANG", vText(spoken))
    for contact in card.contacts:
        if contact.channel == "email":
            yield _line("EMAIL", vText(contact.value))
        elif contact.channel == "phone":
            yield _line("TEL", vUri(contact.uri), VALUE="uri")
        else:
            yield _line("URL", vUri(contact.uri))
        if contact.hours:
            yield _line("NOTE", vText(f"{contact.value}: {contact.hours.get(language)}"))


def _line(name: str, value: vText | vUri, **parameters: str) -> Contentline:
    made: Contentline = Contentline.from_parts(name, Parameters(parameters), value)
    return made
