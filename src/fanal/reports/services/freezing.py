"""Freezing a report, and making its files: the same edition always gives the same bytes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from procrastinate.contrib.django import app

from fanal.access.rules import Member
from fanal.audit import services as audit
from fanal.audit.services import Verb
from fanal.country.schema import LANGUAGES
from fanal.documents import publish as documents
from fanal.documents.publish import Format
from fanal.errors import Invalid, NotAllowed, Refusal
from fanal.reports import queries
from fanal.reports.models import Edition, File, Progress, Report
from fanal.reports.rules import Obstacle

from . import printing

TASK = "fanal.reports.tasks.build"


class Stopped(Refusal):
    """A report that cannot be built yet. `obstacles`: everything that stops it, each with its place."""

    def __init__(self, obstacles: Sequence[Obstacle]) -> None:
        count = len(obstacles)
        words = ngettext(
            "%(n)d thing stops the report. See where it is below.",
            "%(n)d things stop the report. See where they are below.",
            count,
        )
        super().__init__("report_stopped", words % {"n": count}, count=count)
        self.obstacles = tuple(obstacles)


@dataclass(frozen=True, slots=True)
class Proof:
    """A file of a report in preparation; kept nowhere."""

    content: bytes
    media: str
    name: str


def proof(*, by: Member, reference: str, language: str, format: str, at: datetime) -> Proof:
    """The report as it stands, with what stops it marked at its place, for those who edit it. Nothing is kept.

    Refused: `NotFound`, `NotAllowed` to every other unit, `Invalid` `unknown_code`, a frozen report.
    """
    row = queries.edited(reference, by)
    wanted = _known([language], format)
    found = queries.assemble(row, by, timezone.localdate(at))
    document = printing.document(found.source, language, proof=True)
    content = documents.publish(document, wanted, timezone.localdate(at))
    audit.record(
        by=by, verb=Verb.CONSULT, act="reports.proof", at=at, object_ids=[row.id], reference=reference,
        facts={"language": language, "format": format},
    )  # fmt: skip
    return Proof(content, documents.MEDIA[wanted], f"{reference}-proof-{language}.{wanted.value}")


def _known(languages: Sequence[str], format: str) -> Format:
    if not languages or not set(languages) <= set(LANGUAGES):
        raise Invalid("unknown_code", _("Choose at least one language."), field="languages")
    if format not in set(Format):
        raise Invalid("unknown_code", _("Choose a format from the list."), field="format")
    return Format(format)


@transaction.atomic
def freeze(*, by: Member, reference: str, languages: Sequence[str], at: datetime) -> Edition:
    """Freeze a report: from now on nothing of it changes, and its files are made by the worker.

    Refused: `NotFound`, `NotAllowed` to every other unit, a frozen report, `Invalid` `unknown_code`; `Stopped` while a
    section is open, a contribution is not signed, or a figure is missing, superseded, contradicted or unprotected.
    """
    row = queries.edited(reference, by, lock=True)
    _known(languages, Format.PDF)
    found = queries.assemble(row, by, timezone.localdate(at))
    if found.obstacles:
        raise Stopped(found.obstacles)
    Report.objects.filter(pk=row.pk).update(frozen_at=at)
    made = Edition.objects.create(
        report=row, number=Edition.objects.filter(report=row).count() + 1, languages=list(dict.fromkeys(languages)),
        source=found.source, provenance=found.provenance, frozen_at=at, frozen_by=by.person_id,
    )  # fmt: skip
    audit.record(
        by=by, verb=Verb.COMBINE, act="reports.freeze", at=at, object_ids=[row.id, made.id], reference=reference,
        facts={"edition": made.number, "languages": list(languages)},
    )  # fmt: skip
    app.configure_task(TASK, queue="files", allow_unknown=True).defer(edition_id=str(made.id))
    return made


def build(*, edition_id: UUID, at: datetime) -> int:
    """Make the files of an edition that are not there yet; returns how many. Run by the worker.

    What cannot be made is said on the edition, and can be tried again.
    """
    edition = Edition.objects.filter(pk=edition_id).first()
    if edition is None:
        return 0
    held = set(File.objects.filter(edition=edition).values_list("language", "format"))
    made = 0
    try:
        for language in edition.languages:
            for format in Format:
                if (language, format.value) not in held:
                    content = rebuild(edition, language, format)
                    File.objects.create(
                        edition=edition, language=language, format=format.value, content=content,
                        digest=sha256(content).hexdigest(), made_at=at,
                    )  # fmt: skip
                    made += 1
    except Refusal as refusal:
        Edition.objects.filter(pk=edition.pk).update(
            progress=Progress.FAILED, fault=str(refusal.message)[:300]
        )
        return made
    Edition.objects.filter(pk=edition.pk).update(progress=Progress.READY, fault="")
    return made


def rebuild(edition: Edition, language: str, format: str) -> bytes:
    """The file of an edition, made anew from its source: the same bytes each time."""
    document = printing.document(edition.source, language)
    return documents.publish(document, Format(format), date.fromisoformat(edition.source["day"]))


@transaction.atomic
def publish(*, by: Member, reference: str, number: int, at: datetime) -> Edition:
    """Let everybody read a frozen edition, without logging in; doing it twice changes nothing.

    Refused: `NotFound`; `NotAllowed` (`not_editor`); `Refusal` (`not_ready`) before all its files are made.
    """
    edition = queries.edition(reference, number)
    if not queries.edits(edition.report, by):
        raise NotAllowed("not_editor", _("Only the service that edits this report does this."))
    if edition.progress != Progress.READY:
        raise Refusal("not_ready", _("Its files are still being made. Publish it when they are there."))
    if Edition.objects.filter(pk=edition.pk, published_at=None).update(published_at=at):
        audit.record(
            by=by, verb=Verb.DISCLOSE, act="reports.publish", at=at, object_ids=[edition.id], reference=reference,
            facts={"edition": number},
        )  # fmt: skip
    edition.refresh_from_db(fields=["published_at"])
    return edition
