"""The public extract of a decision, where its body decides so."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fanal.access.rules import Member
from fanal.audit import services as audit
from fanal.audit.services import Verb
from fanal.bodies import queries as bodies
from fanal.country.schema import LANGUAGES
from fanal.decisions import queries
from fanal.decisions.models import Decision, Extract, Step
from fanal.decisions.services.recording import note_step
from fanal.errors import Invalid, Refusal


@transaction.atomic
def publish_extract(
    *, by: Member, number: str, title: str, text: str, language: str, at: datetime
) -> Extract:
    """Make words of a decision public, or change them. By who prepares the body.

    The extract is written anew: nothing of the decision itself is shown to the public. Refused: `NotFound`,
    `NotAllowed`, `Refusal` (`restricted`: what is for named seats has no extract), `Invalid` (`no_words`).
    """
    decision = _demand(by, number, at)
    if decision.compartment_id != decision.body.compartment_id:
        raise Refusal("restricted", _("This decision is for named seats only: it has no public extract."))
    if not title.strip() or not text.strip() or language not in LANGUAGES:
        raise Invalid("no_words", _("Write a title and what the public reads."), field="text")
    extract, _created = Extract.objects.update_or_create(
        number=decision.number,
        defaults={
            "body": decision.body,
            "title": title.strip(),
            "text": text.strip(),
            "language": language,
            "taken_on": decision.taken_on,
            "synthetic": decision.synthetic,
            "published_at": at,
        },
    )
    note_step(decision, Step.Act.PUBLISHED, by=by, at=at)
    _trace(decision, "decisions.publish_extract", Verb.DISCLOSE, by, at)
    return extract


@transaction.atomic
def withdraw_extract(*, by: Member, number: str, note: str, at: datetime) -> None:
    """Take a public extract back, with the reason; without one nothing changes. By who prepares the body."""
    decision = _demand(by, number, at)
    if not note.strip():
        raise Invalid("no_reason", _("Say why."), field="note")
    if Extract.objects.filter(number=decision.number).delete()[0]:
        note_step(decision, Step.Act.WITHDRAWN, by=by, at=at, note=note.strip())
        _trace(decision, "decisions.withdraw_extract", Verb.ALTER, by, at)


def _demand(by: Member, number: str, at: datetime) -> Decision:
    on = timezone.localdate(at)
    decision = queries.get(number, by, on=on, lock=True)
    bodies.demand_prepares(decision.body.code, by, on)
    return decision


def _trace(decision: Decision, act: str, verb: Verb, by: Member, at: datetime) -> None:
    audit.record(
        by=by, verb=verb, act=act, at=at, compartment_id=decision.compartment_id,
        object_ids=[decision.id], reference=decision.number,
    )  # fmt: skip
