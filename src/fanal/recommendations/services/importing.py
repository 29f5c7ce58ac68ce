"""Bringing a table in: read in the cage, mapped and looked at, and only then written."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fanal.access.rules import Member
from fanal.country import queries as country
from fanal.country.schema import LANGUAGES, Law
from fanal.directory import queries as directory
from fanal.errors import Invalid
from fanal.recommendations import queries
from fanal.recommendations.models import Batch
from fanal.recommendations.rules import importing
from fanal.recommendations.rules.importing import FIELDS, FIXED, Entry, Plan, Vocabulary, vocabulary_key
from fanal.recommendations.services.registering import Content, demand_editor, enter, trace_entered
from fanal.sandbox import cage
from fanal.web.sheets import read_sheet

KEPT = timedelta(days=7)
"""A table that nobody brought in goes after this time; a house rule."""
_BOUNDS = cage.Bounds(seconds=30, cpu_seconds=20)


@transaction.atomic
def read(*, by: Member, content: bytes, at: datetime) -> Batch:
    """Read a table (CSV or XLSX) in the cage and keep it to be looked at; nothing of it is written to the register.

    The columns are mapped as far as their names say what they hold. Refused: `NotAllowed`; `Invalid` on `file`:
    `not_a_table` (with macros, two kinds at once, damaged …) and what `read_sheet` refuses.
    """
    demand_editor(by)
    made = cage.run(content, bounds=_BOUNDS)
    if made.refused or made.media not in ("text", "xlsx"):
        raise Invalid(
            "not_a_table",
            _("This file is not a plain table. Save it as CSV, or as a workbook (XLSX) without macros."),
            field="file",
            why=made.refused or made.media,
        )
    sheet = read_sheet(made.copy)
    Batch.objects.filter(begun_at__lt=at - KEPT).delete()
    return Batch.objects.create(
        begun_at=at,
        begun_by=by.person_id,
        columns=[name[:200] for name in sheet.columns],
        rows=[[row.number, row.cells] for row in sheet.rows],
        mapping=importing.guessed(sheet.columns),
    )


@transaction.atomic
def remap(*, by: Member, batch_id: UUID, mapping: Mapping[str, str], fixed: Mapping[str, str]) -> Batch:
    """Say which column holds what, and what stands for all rows; fields and columns that do not exist are left out."""
    batch = queries.batch(batch_id, by, lock=True)
    batch.mapping = {
        name: column for name, column in mapping.items() if name in FIELDS and column in batch.columns
    }
    batch.fixed = {
        name: value.strip()
        for name, value in fixed.items()
        if (name in FIXED or name == "language") and value.strip()
    }
    batch.save(update_fields=["mapping", "fixed"])
    return batch


def planned(batch: Batch, at: datetime) -> Plan:
    """What bringing this table in would do at this moment; four statements, nothing is written."""
    law = country.law(timezone.localdate(at))
    words = _vocabulary(law, at)
    rows = [(number, cells) for number, cells in batch.rows]
    return importing.planned(
        rows, batch.mapping, batch.fixed, words, queries.known(set(words.bodies.values()))
    )


@transaction.atomic
def bring_in(*, by: Member, batch_id: UUID, at: datetime) -> int:
    """Write the rows that can be written; returns how many. Rows with problems and known ones stay out.

    Refused: `NotFound` (twice: the table is gone), `NotAllowed`, `Invalid` `nothing_new`.
    """
    demand_editor(by)
    batch = queries.batch(batch_id, by, lock=True)
    found = planned(batch, at)
    if not found.entries:
        raise Invalid("nothing_new", _("No row of this table can be brought in."))
    language = batch.fixed.get("language", "")
    language = language if language in LANGUAGES else "en"
    rows = enter([_content(each, language) for each in found.entries], person_id=by.person_id, at=at)
    trace_entered(by, "recommendations.bring_in", rows, at)
    batch.delete()
    return len(rows)


@transaction.atomic
def discard(*, by: Member, batch_id: UUID) -> None:
    """Throw a table away that was not brought in. `NotFound`."""
    queries.batch(batch_id, by, lock=True).delete()


def _content(entry: Entry, language: str) -> Content:
    copied = (
        "body", "document", "issued", "paragraph", "instrument", "force", "theme", "addressees", "external_id", "link",
        "reply_due",
    )  # fmt: skip
    return Content(words={language: entry.words}, **{name: getattr(entry, name) for name in copied})


def _vocabulary(law: Law, at: datetime) -> Vocabulary:
    def named(code_list: str) -> dict[str, str]:
        return {
            vocabulary_key(word): entry.code
            for entry in law.codes(code_list)
            for word in (entry.code, *(entry.label.get(language) for language in LANGUAGES))
        }

    houses = {
        vocabulary_key(word): house.code
        for house in directory.institutions(timezone.localdate(at))
        for word in (house.code, *house.names.values(), *house.short_names.values())
        if word
    }
    name = country.pack().name
    return Vocabulary(
        bodies=named("recommendation_body"),
        forces=named("recommendation_force"),
        themes=named("recommendation_theme"),
        institutions=houses,
        countries=frozenset(vocabulary_key(name.get(language)) for language in LANGUAGES),
    )
