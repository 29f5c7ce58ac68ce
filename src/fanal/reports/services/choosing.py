"""Choosing, in the open, which of several contradicting figures a report prints."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from fanal.access.rules import Member
from fanal.audit import services as audit
from fanal.audit.services import Verb
from fanal.errors import Invalid
from fanal.reports import queries
from fanal.reports.models import Choice
from fanal.statistics import queries as statistics


@transaction.atomic
def choose(*, by: Member, reference: str, code: str, version: int, reason: str, at: datetime) -> Choice:
    """Print this figure wherever the report refers to its matter; the reason is printed too. Later choices replace it.

    Refused: `NotFound`; a frozen report; `Invalid` `figure` (not in force in this version, or not protected), `reason`.
    """
    row = queries.edited(reference, by, lock=True)
    line = statistics.current([code], by).get(code)
    if line is None or line.version != version or not line.protected:
        words = _("This figure changed or is not protected. Look at the figures again.")
        raise Invalid("figure", words, field="code")
    if not reason.strip():
        raise Invalid(
            "reason", _("Say why this one: the reason is printed beside the figure."), field="reason"
        )
    matter = line.matter
    made = Choice.objects.create(
        report=row, matter=[matter.counting_unit, matter.phenomenon, matter.period, matter.form, matter.breakdown],
        code=code, version=version, reason=reason.strip(), at=at, by=by.person_id, unit_id=by.unit_id,
    )  # fmt: skip
    audit.record(
        by=by, verb=Verb.ALTER, act="reports.choose", at=at, object_ids=[row.id, line.id], reference=row.reference,
        facts={"figure": code, "version": version},
    )  # fmt: skip
    return made
