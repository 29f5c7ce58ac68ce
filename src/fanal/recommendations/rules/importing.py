"""A table of recommendations becomes rows of the register, or problems with the number of their row.

`UHRI` are the columns that the Universal Human Rights Index exports (XLSX and CSV, as seen in published exports of 2024
to 2026; "Reccomending" is its own spelling). Cells with several values stand one a line, each with "- " before it.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from fanal.recommendations.rules.dates import Issued, read_issued
from fanal.recommendations.rules.words import plain

FIELDS = (
    "words", "body", "document", "issued", "paragraph", "instrument", "force", "theme", "addressees", "external_id",
    "link", "reply_due", "country",
)  # fmt: skip
NEEDED = ("words", "body", "document", "issued")
FIXED = ("body", "document", "issued", "instrument", "force", "theme", "reply_due")
"""What may stand for all rows where the table has no column for it."""

UHRI: Mapping[str, str] = {
    "Text": "words",
    "Reccomending Body": "body",
    "Document Symbol": "document",
    "Document Publication Date": "issued",
    "OHCHR Annotation Id": "external_id",
    "Type": "force",
    "Countries Concerned": "country",
}
UHRI_LEFT = (
    "Themes", "Affected Persons", "Sdgs", "UPR Position", "UPR Reccomending States", "UPR Session", "Regions Concerned",
    "Recommending Regions", "Date of publication on UHRI",
)  # fmt: skip
"""Columns of UHRI that are not taken."""
_ALIASES: Mapping[str, tuple[str, ...]] = {
    "words": (
        "text",
        "summary",
        "recommendation",
        "recommandation",
        "aanbeveling",
        "empfehlung",
        "texte",
        "tekst",
    ),
    "body": ("body", "reccomendingbody", "recommendingbody", "mechanism", "organe", "orgaan", "gremium"),
    "document": (
        "document",
        "documentsymbol",
        "symbol",
        "reference",
        "référence",
        "referentie",
        "report",
        "dokument",
    ),
    "issued": (
        "date",
        "documentpublicationdate",
        "publicationdate",
        "issued",
        "datum",
        "year",
        "année",
        "jaar",
    ),
    "paragraph": ("paragraph", "paragraphe", "paragraaf", "absatz", "para"),
    "instrument": ("instrument", "treaty", "traité", "verdrag"),
    "force": ("force", "type", "annotationtype", "kracht"),
    "theme": ("theme", "thème", "thema", "group", "groupe", "groep", "gruppe"),
    "addressees": ("addressees", "addressee", "destinataires", "bestemmelingen", "adressaten"),
    "external_id": ("externalid", "ohchrannotationid", "annotationid", "id", "identifier"),
    "link": ("link", "url", "lien"),
    "reply_due": ("replydue", "reply due", "réponse attendue", "antwoord tegen"),
    "country": ("countriesconcerned", "country", "countries"),
}
_FORCES: Mapping[str, str] = {
    "recommendation": "recommends", "recommendations": "recommends", "concerns observations": "observes",
    "concern observation": "observes", "observations": "observes", "positive aspects": "observes", "urge": "urges",
    "consider": "considers", "invite": "invites", "recommend": "recommends", "observe": "observes",
}  # fmt: skip
_PARAGRAPH = re.compile(r"^(?:[^\d.]{0,80}\s)?(\d{1,3}(?:\.\d{1,3})?)\s*\.?\s*(?=[A-Z(«“])")
_WEB = re.compile(r"^https?://[^\s]+$")
LONGEST = {
    "document": 120,
    "paragraph": 60,
    "instrument": 200,
    "external_id": 120,
    "link": 500,
    "words": 5000,
}


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the words of a table may mean: {name or code, made plain: code}; the country's own names."""

    bodies: Mapping[str, str]
    forces: Mapping[str, str]
    themes: Mapping[str, str]
    institutions: Mapping[str, str]
    countries: Collection[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A row that can be written."""

    number: int
    words: str
    body: str
    document: str
    issued: Issued
    paragraph: str = ""
    instrument: str = ""
    force: str = "unstated"
    theme: str = "other"
    addressees: tuple[str, ...] = ()
    external_id: str = ""
    link: str = ""
    reply_due: date | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a row is not written: its number in the file, the field, a code, and what stands there."""

    row: int
    field: str
    code: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import would do: rows to write, problems, and rows that are there already (number, the register's)."""

    entries: tuple[Entry, ...] = ()
    problems: tuple[Problem, ...] = ()
    known: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Held:
    """What the register holds: (body, external id), and {(body, document, paragraph or text, made plain): number}."""

    external: Mapping[tuple[str, str], str] = field(default_factory=dict)
    paragraphs: Mapping[tuple[str, str, str], str] = field(default_factory=dict)
    texts: Mapping[tuple[str, str, str], str] = field(default_factory=dict)


def guessed(columns: Iterable[str]) -> dict[str, str]:
    """{field: column} for the columns whose name says what they hold, those of UHRI first."""
    found: dict[str, str] = {}
    columns = list(columns)
    for column in columns:
        if column in UHRI:
            found.setdefault(UHRI[column], column)
    for name, aliases in _ALIASES.items():
        for column in columns:
            if name not in found and column not in found.values() and _key(column) in map(_key, aliases):
                found[name] = column
    return found


def _key(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", plain(name))


def planned(
    rows: Sequence[tuple[int, Mapping[str, str]]],
    mapping: Mapping[str, str],
    fixed: Mapping[str, str],
    words: Vocabulary,
    held: Held,
) -> Plan:
    """What bringing in these rows would do. Nothing is left out in silence: each row is an entry, a problem or known.

    The same row twice in one file is known from its second time on. A row of another country is a problem.
    """
    entries: list[Entry] = []
    problems: list[Problem] = []
    known: list[tuple[int, str]] = []
    external = dict(held.external)
    paragraphs, texts = dict(held.paragraphs), dict(held.texts)
    for number, cells in rows:
        values = {name: (cells.get(column) or "").strip() for name, column in mapping.items()}
        values |= {name: value for name, value in fixed.items() if value and not values.get(name)}
        found = _entry(number, values, words)
        if isinstance(found, list):
            problems += found
            continue
        keys = _keys(found)
        there = (
            external.get(keys[0])
            or (paragraphs.get(keys[1]) if found.paragraph else None)
            or texts.get(keys[2])
        )
        if there:
            known.append((number, there))
            continue
        entries.append(found)
        label = f"#{number}"
        if found.external_id:
            external[keys[0]] = label
        if found.paragraph:
            paragraphs[keys[1]] = label
        texts[keys[2]] = label
    return Plan(tuple(entries), tuple(problems), tuple(known))


def _keys(found: Entry) -> tuple[tuple[str, str], tuple[str, str, str], tuple[str, str, str]]:
    document = plain(found.document)
    return (
        (found.body, found.external_id),
        (found.body, document, plain(found.paragraph)),
        (found.body, document, plain(found.words)),
    )


def several(cell: str) -> list[str]:
    """The values of a cell: one a line with "- " before it, as UHRI writes them, or parted by semicolons."""
    parts = re.split(r"[\n;]", cell)
    return [value for part in parts if (value := part.strip().removeprefix("-").strip())]


def _entry(number: int, values: Mapping[str, str], words: Vocabulary) -> Entry | list[Problem]:
    found: list[Problem] = []

    def wrong(name: str, code: str, value: str = "") -> None:
        found.append(Problem(number, name, code, value[:80]))

    text = values.get("words", "")
    for name in NEEDED:
        if not values.get(name):
            wrong(name, "missing")
    for name, most in LONGEST.items():
        if len(values.get(name, "")) > most:
            wrong(name, "too_long", str(len(values[name])))
    if values.get("country") and not {plain(each) for each in several(values["country"])} & set(
        words.countries
    ):
        wrong("country", "other_country", values["country"])
    body = _meant(values.get("body", ""), words.bodies)
    if values.get("body") and body is None:
        wrong("body", "unknown", values["body"])
    issued = read_issued(values["issued"]) if values.get("issued") else None
    if values.get("issued") and issued is None:
        wrong("issued", "unreadable", values["issued"])
    force = _meant(values["force"], {**_FORCES, **words.forces}) if values.get("force") else "unstated"
    if force is None:
        wrong("force", "unknown", values["force"])
    theme = _meant(values["theme"], words.themes) if values.get("theme") else "other"
    if theme is None:
        wrong("theme", "unknown", values["theme"])
    due = read_issued(values["reply_due"]) if values.get("reply_due") else None
    if values.get("reply_due") and (due is None or len(str(due)) != len("2026-01-01")):
        wrong("reply_due", "unreadable", values["reply_due"])
    elif due and issued and due.on < issued.on:
        wrong("reply_due", "before", values["reply_due"])
    addressees = [_meant(each, words.institutions) for each in several(values.get("addressees", ""))]
    if None in addressees:
        wrong("addressees", "unknown", values["addressees"])
    if values.get("link") and not _WEB.match(values["link"]):
        wrong("link", "no_address", values["link"])
    if found:
        return found
    assert body is not None
    assert issued is not None
    assert force is not None
    assert theme is not None
    paragraph = values.get("paragraph", "") or ((_PARAGRAPH.match(text) or [None, ""])[1] or "")
    return Entry(
        number=number,
        words=text,
        body=body,
        document=values["document"],
        issued=issued,
        paragraph=paragraph,
        instrument=values.get("instrument", ""),
        force=force,
        theme=theme,
        addressees=tuple(each for each in addressees if each),
        external_id=values.get("external_id", ""),
        link=values.get("link", ""),
        reply_due=due.on if due else None,
    )


def _meant(said: str, known: Mapping[str, str]) -> str | None:
    """The code for what a cell says: the same words, else the only name that begins with them."""
    for value in several(said) or [said]:
        key = " ".join(re.findall(r"[a-z0-9]+", plain(value)))
        if key in known:
            return known[key]
        if key:
            begun = {code for name, code in known.items() if name.startswith(key + " ")}
            if len(begun) == 1:
                return begun.pop()
        if re.match(r"(sr|ie|wg)\b", key):  # special procedures: rapporteur, expert, working group
            return known.get("special procedures") or known.get("special")
    return None


def vocabulary_key(words: str) -> str:
    """How words stand in a `Vocabulary`."""
    return " ".join(re.findall(r"[a-z0-9]+", plain(words)))
