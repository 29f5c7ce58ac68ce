"""What answers a recommendation: measures, decisions, evidence; and the decision that closes it."""

from datetime import date, datetime
from urllib.parse import urlsplit
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fanal.access.rules import Member, Permission
from fanal.audit import services as audit
from fanal.audit.services import Verb
from fanal.errors import Invalid, NotAllowed, NotFound
from fanal.plans import queries as plans
from fanal.recommendations import queries
from fanal.recommendations.models import Answer, Kind, Recommendation
from fanal.recommendations.queries.registers import titles_of_decisions
from fanal.recommendations.services.positions import demand_answerer
from fanal.recommendations.services.registering import demand_editor


@transaction.atomic
def add_answer(
    *,
    by: Member,
    number: str,
    kind: str,
    key: str = "",
    words: str = "",
    link: str = "",
    on: date | None = None,
    synthetic: bool = False,
    at: datetime,
) -> Answer:
    """Say what answers it: a measure (its key), a decision (its number) or evidence (words, perhaps a link).

    By who keeps the register, or who answers for the government on it. The same twice adds one. Refused: `NotFound`;
    `NotAllowed`; `Invalid` `no_measure`, `no_decision` (none, or not for this reader), `words`, `link`, `on`.
    """
    row = queries.one(number, lock=True)
    demand_linker(by, row)
    today = timezone.localdate(at)
    on = on or today
    key, words = key.strip(), words.strip()
    if kind not in (Kind.MEASURE, Kind.DECISION, Kind.EVIDENCE):
        raise Invalid("kind", _("Choose one from the list."), field="kind")
    if kind == Kind.EVIDENCE:
        _demand_evidence(words, link, on, today)
        key = ""
    else:
        _demand_known(kind, key, by, today)
        there = row.answers.filter(kind=kind, key=key, removed_at=None).first()
        if there is not None:
            return there
        words = link = ""
    return _add(row, by, kind, key=key, words=words, link=link, on=on, synthetic=synthetic, at=at)


@transaction.atomic
def remove_answer(*, by: Member, answer_id: UUID, at: datetime) -> Answer:
    """Take off what does not answer it after all; it stays in the history. Twice changes nothing. `NotFound`."""
    found = (
        Answer.objects.select_related("recommendation")
        .filter(pk=answer_id)
        .exclude(kind=Kind.CLOSING)
        .first()
    )
    if found is None:
        raise NotFound
    row = queries.one(found.recommendation.number, lock=True)
    demand_linker(by, row)
    if found.removed_at is None:
        _take_off(found, by, at)
        _keep(row)
        _trace(by, "recommendations.remove_answer", row, found, at)
    return found


@transaction.atomic
def close(*, by: Member, number: str, decision: str, at: datetime) -> Answer:
    """Close a recommendation by a decision of the register: it waits for nothing more. Twice changes nothing.

    Refused: `NotFound`; `NotAllowed`; `Invalid` `no_decision`, `closed` (by another decision).
    """
    demand_editor(by)
    row = queries.one(number, lock=True)
    there = row.answers.filter(kind=Kind.CLOSING, removed_at=None).first()
    if there is not None and there.key == decision.strip():
        return there
    if there is not None:
        raise Invalid("closed", _("Another decision closed it already."), field="decision")
    on = timezone.localdate(at)
    _demand_known(Kind.DECISION, decision.strip(), by, on, field="decision")
    made = _add(row, by, Kind.CLOSING, key=decision.strip(), words="", link="", on=on, synthetic=False, at=at)
    Recommendation.objects.filter(pk=row.pk).update(closed_by=made.key)
    return made


@transaction.atomic
def reopen(*, by: Member, number: str, at: datetime) -> None:
    """Open a closed recommendation again; the decision that closed it stays in the history. Twice changes nothing."""
    demand_editor(by)
    row = queries.one(number, lock=True)
    there = row.answers.filter(kind=Kind.CLOSING, removed_at=None).first()
    if there is not None:
        _take_off(there, by, at)
        Recommendation.objects.filter(pk=row.pk).update(closed_by="")
        _trace(by, "recommendations.reopen", row, there, at)


def demand_linker(by: Member, row: Recommendation) -> None:
    """Refused with `NotAllowed` for who neither keeps the register nor answers on this recommendation."""
    if by.may(Permission.RECOMMENDATION_EDIT):
        return
    if not by.may(Permission.RECOMMENDATION_ANSWER):
        raise NotAllowed("not_allowed", _("Your function does not include this act."))
    demand_answerer(by, row)


def _demand_evidence(words: str, link: str, on: date, today: date) -> None:
    if not words:
        raise Invalid("words", _("Say in a sentence what it shows."), field="words")
    if link and urlsplit(link).scheme not in ("http", "https"):
        raise Invalid("link", _("Write the whole address, beginning with https://."), field="link")
    if on > today:
        raise Invalid("on", _("Evidence is of today or earlier."), field="on")


def _demand_known(kind: str, key: str, by: Member, on: date, *, field: str = "key") -> None:
    if kind == Kind.MEASURE and key not in plans.lines([key], on):
        raise Invalid("no_measure", _("No plan has this measure. Choose it from the list."), field=field)
    if kind == Kind.DECISION and key not in titles_of_decisions([key], by, on):
        raise Invalid("no_decision", _("The register of decisions has no such number for you."), field=field)


def _add(
    row: Recommendation,
    by: Member,
    kind: str,
    *,
    key: str,
    words: str,
    link: str,
    on: date,
    synthetic: bool,
    at: datetime,
) -> Answer:
    made = Answer.objects.create(
        recommendation=row, kind=kind, key=key, words=words, link=link, on=on, unit_id=by.unit_id,
        added_by=by.person_id, added_at=at, synthetic=synthetic,
    )  # fmt: skip
    _keep(row)
    _trace(by, "recommendations.add_answer", row, made, at)
    return made


def _take_off(found: Answer, by: Member, at: datetime) -> None:
    found.removed_at, found.removed_by = at, by.person_id
    found.save(update_fields=["removed_at", "removed_by"])


def _keep(row: Recommendation) -> None:
    """What its state is computed from, beside the row."""
    kinds = set(row.answers.filter(removed_at=None).values_list("kind", flat=True))
    Recommendation.objects.filter(pk=row.pk).update(
        linked=bool(kinds & {Kind.MEASURE, Kind.DECISION}), has_evidence=Kind.EVIDENCE in kinds
    )


def _trace(by: Member, act: str, row: Recommendation, answer: Answer, at: datetime) -> None:
    audit.record(
        by=by, verb=Verb.ALTER, act=act, at=at, object_ids=[row.id, answer.id], reference=row.number,
        facts={"kind": str(answer.kind)},
    )  # fmt: skip
