"""Erasure: the keys of a person are destroyed, in one transaction with the trace of it.

Regulation (EU) 2016/679, art. 17 and 19; Directive (EU) 2016/680, art. 16 (2), (3) and (6). Two persons of the unit
that owns the file agree. What stays names nobody: references, dates, codes, counts. What other services were given is
theirs: they are told.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fanal.access import vault
from fanal.access.holding import Holding
from fanal.access.rules import Member
from fanal.alerts import services as alerts
from fanal.audit import services as audit
from fanal.audit.services import Verb
from fanal.country import queries as country
from fanal.errors import Invalid, NotFound, Refusal
from fanal.notify import services as notify
from fanal.protection import services as protection
from fanal.referrals import services as referrals
from fanal.retention import queries, rules
from fanal.retention.models import Answer, Copy, Erased, Erasure, File, Hold
from fanal.retention.rules import Bar, Kind
from fanal.retention.services.reviewing import demand_live, mine

BARS: dict[Bar, Promise] = {
    Bar.ERASED: _("This was erased already."),
    Bar.HELD: _("A legal hold stands on this file. It is lifted first."),
    Bar.RUNNING: _("Work on this file goes on. It is closed, ended or withdrawn first."),
    Bar.SAME_PERSON: _("A second person of your service confirms it: an erasure cannot be undone."),
    Bar.LAPSED: _("This proposal is older than thirty days. Withdraw it and propose anew."),
}


@transaction.atomic
def propose_erasure(
    *, by: Member, reference: str, ground: str, person: UUID | None = None, at: datetime
) -> Erasure:
    """Propose to erase a file, or one person of it with the free text that may name her; a second person confirms.

    The same proposal twice is one. Refused: `NotFound`, for a person who is not in the file too; `Invalid`
    `unknown_code`; `vault.Erased`; `held`, `running`; `already_proposed` for something else.
    """
    row = demand_live(mine(reference, by))
    if not country.law(timezone.localdate(at)).has_code("erasure_ground", ground):
        raise Invalid("unknown_code", _("Choose a ground from the list."), field="ground")
    held = holding(row, by, at)
    if person is not None and person not in held.persons:
        raise NotFound
    _demand_free(row, held, by)
    there = queries.proposal(row, by)
    if there is not None:
        if (there.person, there.ground) == (person, ground):
            return there
        raise Refusal(
            "already_proposed", _("Another erasure of this file waits already. Decide on it first.")
        )
    found = Erasure.objects.create(
        compartment_id=row.compartment_id,
        file=row,
        person=person,
        ground=ground,
        proposed_at=at,
        proposed_by=by.person_id,
    )
    _trace(by, Verb.ALTER, "retention.propose_erasure", row, found, at, {"ground": ground})
    notify.tell(unit_ids=[by.unit_id], kind="retention.propose_erasure", reference=row.reference, at=at)
    return found


@transaction.atomic
def withdraw_erasure(*, by: Member, erasure_id: UUID, at: datetime) -> Erasure:
    """Take a proposal back; twice changes nothing. Refused: `NotFound`, `vault.Erased` once it was confirmed."""
    found = queries.erasure(erasure_id, by)
    mine(found.file.reference, by)
    found.refresh_from_db()
    if found.confirmed_at is not None:
        raise vault.Erased
    if found.withdrawn_at is None:
        found.withdrawn_at = at
        found.save(update_fields=["withdrawn_at"])
        _trace(by, Verb.ALTER, "retention.withdraw_erasure", found.file, found, at, {})
    return found


@transaction.atomic
def confirm_erasure(*, by: Member, erasure_id: UUID, at: datetime) -> Erasure:
    """Erase what a colleague proposed: from this transaction on nobody reads it, whoever holds the installation's key.

    Twice changes nothing. Refused: `NotFound`, `withdrawn`, `held`, `running`, `same_person`, `lapsed`.
    """
    found = queries.erasure(erasure_id, by)
    row = mine(found.file.reference, by)
    found.refresh_from_db()
    if found.confirmed_at is not None:
        return found
    if found.withdrawn_at is not None:
        raise Refusal("withdrawn", _("This proposal was withdrawn."))
    demand_live(row)
    held = holding(row, by, at)
    _demand_free(row, held, by)
    proposal = rules.Proposal(found.proposed_by, timezone.localdate(found.proposed_at))
    bar = rules.agreement(proposal, by.person_id, timezone.localdate(at))
    if bar is not None:
        raise Refusal(bar.value, BARS[bar])
    found.confirmed_at, found.confirmed_by = at, by.person_id
    found.save(update_fields=["confirmed_at", "confirmed_by"])
    subjects = _subjects(row, found, held)
    destroy(subjects, at)
    Copy.objects.bulk_create(
        (Copy(subject_id=subject, erase_after=day) for subject, day in held.later.items()),
        ignore_conflicts=True,
    )
    _close(row, found, held, at)
    facts = {
        "ground": found.ground,
        "subjects": len(subjects),
        "later": len(held.later),
        "told": len(held.told),
    }
    _trace(by, Verb.ERASE, "retention.erase", row, found, at, facts)
    others = sorted(held.told - {by.unit_id})
    notify.tell(unit_ids=others, kind="retention.erased", reference=row.reference, at=at)
    return found


def destroy(subjects: Iterable[UUID], at: datetime) -> int:
    """Destroy keys, note them on the list that a restore applies again, and forget what stood beside them; returns how
    many keys were destroyed now. In the caller's transaction."""
    ids = sorted(set(subjects))
    Erased.objects.bulk_create(
        (Erased(subject_id=subject, erased_at=at) for subject in ids), ignore_conflicts=True
    )
    destroyed = vault.erase(ids)
    with connection.cursor() as cursor:
        cursor.execute("SELECT retention_forget(%s)", [ids])
    return destroyed


def holding(row: File, by: Member, at: datetime) -> Holding:
    """What stands in a file of the member's unit, its row locked."""
    if row.kind == Kind.ALERT:
        return alerts.holding(by=by, reference=row.reference)
    if row.kind == Kind.REFERRAL:
        return referrals.holding(by=by, reference=row.reference, at=at)
    return protection.holding(by=by, reference=row.reference)


def one_person(held: Holding, person: UUID | None) -> UUID:
    """The person of a file that an act is about: the one named, or the only one. `NotFound`; `Invalid`
    `which_person` where several stand in it and none is named."""
    if person is None and len(held.persons) != 1:
        raise Invalid("which_person", _("Say which person of this file."), field="person")
    found = person or next(iter(held.persons))
    if found not in held.persons:
        raise NotFound
    return found


def _demand_free(row: File, held: Holding, by: Member) -> None:
    standing = rules.Standing(row.erased_at is not None, queries.standing_holds(row, by), held.running)
    for bar in rules.bars(standing):
        raise Refusal(bar.value, BARS[bar])


def _subjects(row: File, found: Erasure, held: Holding) -> set[UUID]:
    """The keys to destroy; the compartment's own is that of answers kept for repeated requests."""
    persons = held.persons if found.person is None else {found.person: held.persons[found.person]}
    reasons = {row.id} if found.person is None else set()
    return {*held.words, held.compartment_id, *reasons, *(key for keys in persons.values() for key in keys)}


def _close(row: File, found: Erasure, held: Holding, at: datetime) -> None:
    """The file is erased when nobody is left in it."""
    left = set(held.persons) - ({found.person} if found.person else set(held.persons))
    if left - vault.erased(left):
        return
    row.erased_at, row.keep_until, row.why = at, None, None
    row.version += 1
    row.save(update_fields=["erased_at", "keep_until", "why", "version"])
    holds = Hold.objects.filter(file=row, lifted_at__isnull=False).values_list("id", flat=True)
    answers = Answer.objects.filter(file=row).values_list("id", flat=True)
    destroy([*holds, *answers], at)


def _trace(
    by: Member, verb: Verb, act: str, row: File, found: Erasure, at: datetime, facts: dict[str, object]
) -> None:
    audit.record(
        by=by, verb=verb, act=act, at=at, compartment_id=row.compartment_id, object_ids=[row.id, found.id],
        reference=row.reference, facts=facts,
    )  # fmt: skip


@transaction.atomic
def persons(*, by: Member, reference: str, at: datetime) -> tuple[UUID, ...]:
    """The persons of a file of the member's unit, in the order of their numbers; none of them is named. `NotFound`."""
    return tuple(holding(mine(reference, by), by, at).persons)
