"""Measures that come back from an older plan: found by likeness, confirmed or denied by a person."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fanal.access.rules import Member
from fanal.audit import services as audit
from fanal.audit.services import Verb
from fanal.errors import NotFound, Refusal
from fanal.plans import queries, rules
from fanal.plans.models import Carry, Version
from fanal.plans.rules import MeasureLine, Said


@transaction.atomic
def find_returns(*, by: Member, plan_code: str, at: datetime) -> int:
    """Compare the measures of a plan's newest version with those of every plan that ended before it does; returns how
    many likenesses nobody judged yet.

    What somebody judged stays judged; what was found before and is no longer alike goes. `NotFound`.
    """
    version = Version.objects.filter(plan=plan_code).order_by("-number").first()
    if version is None or (version.adopted_on is None and not queries.writes(by)):
        raise NotFound
    new = queries.measures_of(version.pk, indicators=False)
    old = queries.older_measures(version, timezone.localdate(at))
    found = rules.likenesses([compared_text(line) for line in new], [compared_text(line) for line in old])
    keys = [line.key for line in new]
    judged = set(Carry.objects.filter(key__in=keys).exclude(carried=None).values_list("key", "older_key"))
    Carry.objects.filter(key__in=keys, carried=None).delete()
    rows = [
        Carry(
            key=it.key, older_key=it.older_key, score=Decimal(f"{it.score:.3f}"), shared=list(it.shared),
            same_lead=it.same_lead, found_at=at,
        )
        for it in found
        if (it.key, it.older_key) not in judged
    ]  # fmt: skip
    Carry.objects.bulk_create(rows)
    _trace(by, "plans.find_returns", at, plan_code, version.pk, found=len(rows))
    return len(rows)


def compared_text(line: MeasureLine) -> Said:
    """A measure as it is compared: its title and its text together, by language."""
    both = {
        language: f"{line.titles.get(language, '')} {line.texts.get(language, '')}".strip()
        for language in rules.LANGUAGES
    }
    return Said(key=line.key, lead=line.lead, texts=both)


@transaction.atomic
def judge(*, by: Member, carry_id: UUID, carried: bool, at: datetime) -> Carry:
    """Say whether a measure is that older one come back. The same twice changes nothing; one may think again.

    Refused: `NotFound`; `Refusal` `carried_already` when it comes from another one.
    """
    row = Carry.objects.select_for_update().filter(pk=carry_id).first()
    if row is None:
        raise NotFound
    if row.carried == carried:
        return row
    if carried and Carry.objects.filter(key=row.key, carried=True).exists():
        raise Refusal("carried_already", _("This measure is already carried over from another one."))
    row.carried, row.judged_at, row.judged_by = carried, at, by.person_id
    row.save(update_fields=["carried", "judged_at", "judged_by"])
    _trace(by, "plans.judge", at, row.key, row.pk, carried=carried)
    return row


def _trace(by: Member, act: str, at: datetime, reference: str, row: UUID, **facts: object) -> None:
    audit.record(
        by=by, verb=Verb.ALTER, act=act, at=at, object_ids=[row], reference=reference, facts=facts
    )  # fmt: skip
