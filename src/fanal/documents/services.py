"""Letters as tagged PDF (PDF/UA-1), made by Typst from values that are shown and never run."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import typst
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from fanal.documents.rules import demand_discreet
from fanal.errors import Invalid

_FOLDER = Path(__file__).parent / "typst"
_REQUIRED = {"subject", "reference", "on", "sender", "recipient", "blocks"}


@dataclass(frozen=True, slots=True)
class Letter:
    """A finished document: the bytes of a PDF, a file name that may lie on a desk, its title and language."""

    content: bytes
    filename: str
    title: str
    language: str


class Unprintable(Invalid):
    """A letter holds a script for which this machine has no font. Square boxes on a legal paper help nobody."""

    def __init__(self) -> None:
        words = _(
            "This machine has no font for some of the letters. Write them in Latin script, or have fonts added."
        )
        super().__init__("letter_unprintable", words)


def render_letter(template: str, language: str, data: Mapping[str, Any]) -> Letter:
    """Make a letter in a language from the template `documents/typst/<template>.typ`.

    `data`: `subject` and `reference` (str), `on` (date), `sender`, `recipient` and optionally `signature` (lines),
    `blocks`: dicts of `kind` text, heading or note (`text`), list (`items`), facts (`rows` of label and value),
    table (`header`, `rows`). Raises `rules.Indiscreet` when any text of it, the file name or the title says a
    forbidden word (R-DOC-1), `Unprintable` when this machine has no font for a script in it, ValueError for an
    unknown template or a missing key.
    """
    source = _FOLDER / f"{template}.typ"
    if not re.fullmatch(r"[a-z_]+", template) or not source.is_file():
        raise ValueError(f"no letter template {template!r}")
    missing = _REQUIRED - data.keys()
    if missing:
        raise ValueError(f"a letter needs {sorted(missing)}")
    on: date = data["on"]
    values = _values(language, on, data)
    filename = f"{re.sub(r'[^A-Za-z0-9-]+', '-', str(data['reference']))}-{on:%Y-%m-%d}.pdf"
    for text in (*_texts(values), filename):
        demand_discreet(text)
    return Letter(_compile(source, values, on), filename, str(data["subject"]), language)


def _values(language: str, on: date, data: Mapping[str, Any]) -> dict[str, Any]:
    with translation.override(language):
        return {
            "signature": [],
            **{name: value for name, value in data.items() if name != "on"},
            "language": language,
            "date": date_format(on, "j F Y"),
            "labels": {"reference": _("Our reference"), "date": _("Date"), "page": _("Page")},
        }


def _compile(source: Path, values: Mapping[str, Any], on: date) -> bytes:
    try:
        pdf = typst.compile(
            str(source),
            root=str(_FOLDER),
            format="pdf",
            pdf_standards="ua-1",
            sys_inputs={"data": json.dumps(values, default=str)},
            timestamp=datetime.combine(on, time(0), UTC),
        )
    except typst.TypstError as error:
        if "could not be displayed" in str(error):
            raise Unprintable from error
        raise
    assert isinstance(pdf, bytes)
    return pdf


def _texts(value: object) -> Iterator[str]:
    """Every text in the values, however deep; a lazy translation is read like any other."""
    if isinstance(value, Mapping):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for inner in value:
            yield from _texts(inner)
    else:
        yield str(value)
