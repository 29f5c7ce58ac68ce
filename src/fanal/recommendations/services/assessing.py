"""What the independent rapporteur finds, beside what the government says; nobody else writes or changes it."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fanal.access.rules import Member, Permission
from fanal.audit import services as audit
from fanal.audit.services import Verb
from fanal.country import queries as country
from fanal.errors import Invalid, NotAllowed
from fanal.recommendations import queries
from fanal.recommendations.models import Assessment


@transaction.atomic
def assess(
    *,
    by: Member,
    number: str,
    verdict: str,
    words: str,
    public: bool = False,
    synthetic: bool = False,
    at: datetime,
) -> Assessment:
    """Add what the rapporteur finds; what she found before stays as history. The same twice adds one.

    Directive 2011/36/EU, art. 19: rapporteurs assess trends and results. The database holds it too: only a
    membership with that role adds a line, of its own unit, and nobody changes one. Refused: `NotFound`; `NotAllowed`;
    `Invalid` `unknown_code`, `words`.
    """
    if not by.may(Permission.RECOMMENDATION_ASSESS):
        raise NotAllowed("not_rapporteur", _("Only the independent rapporteur assesses."))
    row = queries.one(number, lock=True)
    if not country.law(timezone.localdate(at)).has_code("recommendation_verdict", verdict):
        raise Invalid("unknown_code", _("Choose one from the list."), field="verdict")
    if not words.strip():
        raise Invalid("words", _("Say what it rests on."), field="words")
    last = row.assessments.order_by("-assessed_at", "-id").first()
    if last is not None and (last.verdict, last.words, last.public) == (verdict, words.strip(), public):
        return last
    made = Assessment.objects.create(
        recommendation=row, verdict=verdict, words=words.strip(), public=public, unit_id=by.unit_id,
        membership_id=by.membership_id, assessed_at=at, synthetic=synthetic,
    )  # fmt: skip
    audit.record(
        by=by, verb=Verb.ALTER, act="recommendations.assess", at=at, object_ids=[row.id, made.id], reference=number,
        facts={"verdict": verdict},
    )  # fmt: skip
    return made
