"""Recording a figure, and correcting it: the version before stays and says so."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fanal.access.rules import Member
from fanal.audit import services as audit
from fanal.audit.services import Verb
from fanal.country import queries as country
from fanal.country.schema import Law, Purpose
from fanal.errors import Invalid, Stale
from fanal.statistics import queries, rules
from fanal.statistics.models import Figure
from fanal.statistics.rules import Matter, Status

FAULTS = {
    "value_missing": gettext_lazy(
        "Give the number, or say why there is none: zero, unknown, not applicable, suppressed."
    ),
    "zero_is_zero": gettext_lazy("Zero is a value of its own: give 0 with the state “known to be zero”."),
    "value_negative": gettext_lazy("A figure counts something: it is not below zero."),
    "value_without_number": gettext_lazy("With this state there is no number: leave the value empty."),
}
"""The words for `rules.fault`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A figure as somebody gives it. `definition` and `note` in `language`."""

    matter: Matter
    value: int | None
    status: Status
    definition: str
    source: str
    extracted_on: date | None = None
    note: str = ""
    protected: bool = False
    synthetic: bool = False
    language: str = "en"


def demand(entry: Entry, law: Law, on: date) -> None:
    """Refuse a figure that does not say what it counts, when, by which definition and from where (`Invalid`).

    Codes: `unknown_code`, `period`, `definition`, `source`, `extracted_on`, and those of `rules.fault`; each names its
    field.
    """
    matter = entry.matter
    for field, known in (
        ("counting_unit", law.has_code("counting_unit", matter.counting_unit)),
        ("phenomenon", law.has_code("phenomenon", matter.phenomenon)),
        ("form", not matter.form or law.has(Purpose, matter.form)),
        ("breakdown", not matter.breakdown or law.has_code("figure_breakdown", matter.breakdown)),
    ):
        if not known:
            raise Invalid("unknown_code", _("Choose from the list."), field=field)
    if rules.span(matter.period) is None:
        words = _("Write a year, a quarter, a month or years: 2024, 2024-Q1, 2024-03 or 2012-2021.")
        raise Invalid("period", words, field="period")
    for field, said in (("definition", entry.definition), ("source", entry.source)):
        if not said.strip():
            raise Invalid(field, _("A figure without this says nothing."), field=field)
    if entry.extracted_on and entry.extracted_on > on:
        raise Invalid("extracted_on", _("This day is still to come."), field="extracted_on")
    if wrong := rules.fault(entry.status, entry.value):
        raise Invalid(wrong, FAULTS[wrong], field="value")


@transaction.atomic
def record(*, by: Member, entry: Entry, at: datetime) -> Figure:
    """Add a figure to the register; its code follows from its matter (`identified-victim-t-2019-2`).

    Refused: what `demand` refuses; `already_there`, when its source already gave it for this matter by this definition.
    """
    on = timezone.localdate(at)
    demand(entry, country.law(on), on)
    if queries.given_by(entry.matter, entry.source, entry.definition):
        words = _("This source already gives this figure. Correct that one instead.")
        raise Invalid("already_there", words, field="source")
    row = _write(entry, queries.free_code(entry.matter), 1, by, "", at)
    _trace(row, by, "statistics.record", Verb.COLLECT, at)
    return row


@transaction.atomic
def correct(*, by: Member, code: str, version: int, entry: Entry, why: str, at: datetime) -> Figure:
    """Put another version in the place of the one that was read; the old one is kept, with the reason.

    Refused: `NotFound`; `Stale` when another version is in force; `why` without a reason; `another_matter`: what counts
    something else is another figure; what `demand` refuses.
    """
    on = timezone.localdate(at)
    before = queries.in_force(code, by, lock=True)
    if before.version != version:
        raise Stale("stale", _("Somebody corrected this figure since you opened it. Look at it again."))
    if not why.strip():
        raise Invalid("why", _("Say why it is corrected: readers of the old figure will ask."), field="why")
    demand(entry, country.law(on), on)
    if entry.matter != queries.matter_of(before):
        words = _("This counts something else: record it as a figure of its own.")
        raise Invalid("another_matter", words, field="counting_unit")
    Figure.objects.filter(pk=before.pk).update(superseded_at=at)
    row = _write(entry, code, version + 1, by, why.strip(), at, kept=before)
    _trace(row, by, "statistics.correct", Verb.ALTER, at)
    return row


def _write(
    entry: Entry, code: str, version: int, by: Member, why: str, at: datetime, kept: Figure | None = None
) -> Figure:
    matter, days = entry.matter, rules.span(entry.matter.period)
    assert days is not None
    same_words = kept is not None and kept.definitions.get(entry.language) == entry.definition.strip()
    try:
        with transaction.atomic():
            return Figure.objects.create(
                code=code, version=version, counting_unit=matter.counting_unit, phenomenon=matter.phenomenon,
                form=matter.form, breakdown=matter.breakdown, period=matter.period, starts_on=days[0], ends_on=days[1],
                value=entry.value, status=entry.status.value,
                definitions=kept.definitions if kept and same_words else {entry.language: entry.definition.strip()},
                notes={entry.language: entry.note.strip()} if entry.note.strip() else {},
                source=entry.source.strip(), extracted_on=entry.extracted_on, protected=entry.protected,
                synthetic=entry.synthetic, why=why, recorded_at=at, recorded_by=by.person_id,
                recorded_unit_id=by.unit_id,
            )  # fmt: skip
    except IntegrityError as twice:
        raise Stale("stale", _("Somebody recorded the same at this moment. Look again.")) from twice


def _trace(row: Figure, by: Member, act: str, verb: Verb, at: datetime) -> None:
    facts = {"version": row.version, "status": row.status, "protected": row.protected}
    audit.record(by=by, verb=verb, act=act, at=at, object_ids=[row.id], facts=facts)
