"""The way of a contribution: its department writes, sends and signs; the editor reviews, sends back or accepts."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from fanal.access.rules import Member, Permission
from fanal.audit import services as audit
from fanal.audit.services import Verb
from fanal.documents import model, prose
from fanal.errors import Invalid, NotAllowed, Stale
from fanal.notify import services as notify
from fanal.reports import queries, rules
from fanal.reports.models import Contribution, Draft
from fanal.reports.rules import Act, State
from fanal.reports.services.opening import moved, step
from fanal.statistics import queries as statistics


@transaction.atomic
def write(*, by: Member, contribution_id: UUID, html: str, number: int, at: datetime) -> Draft:
    """Save the text of a contribution as a new draft, cleaned; the ones before are kept. The same text changes nothing.

    `number`: the draft that was open when she began to write. Refused: `NotFound`; `NotAllowed` to another unit than
    the one asked; `Stale` when somebody saved meanwhile, or when the editor holds the text; a frozen report.
    """
    row = _theirs(contribution_id, by, Act.WRITE)
    if row.number != number:
        raise Stale(
            "stale", _("Somebody of your service saved this text meanwhile. Compare, then save again.")
        )
    kept = prose.clean(html)
    last = queries.last_draft(row, by)
    if last is not None and last.html == kept:
        return last
    codes = list(model.figures(prose.blocks(kept)))
    pins = {code: line.version for code, line in statistics.current(codes, by).items() if line.protected}
    draft = Draft.objects.create(
        compartment_id=row.compartment_id, contribution=row, number=number + 1, html=kept, pins=pins, saved_at=at,
        saved_by=by.person_id,
    )  # fmt: skip
    first = State(row.state) is not State.DRAFTED
    row.number, row.state, row.changed_at = draft.number, State.DRAFTED.value, at
    row.save(update_fields=["number", "state", "changed_at"])
    if first:
        step(row, Act.WRITE.value, "", by, at)
    facts = {"text": draft.number, "length": len(kept)}
    audit.record(
        by=by, verb=Verb.COLLECT, act="reports.write", at=at, compartment_id=row.compartment_id, object_ids=[row.id],
        reference=row.report.reference, facts=facts,
    )  # fmt: skip
    return draft


@transaction.atomic
def send(*, by: Member, contribution_id: UUID, words: str = "", at: datetime) -> Contribution:
    """Send the last saved text to the editor. Refused: as `write`; `Invalid` `empty` without a text."""
    row = _theirs(contribution_id, by, Act.SEND)
    last = queries.last_draft(row, by)
    if last is None or not last.html:
        raise Invalid("empty", _("There is no text yet. Write it, or bring a Word file."))
    moved(row, Act.SEND, words, by, at)
    _tell(row, row.report.unit_id, "reports.sent", at)
    return row


@transaction.atomic
def accept(*, by: Member, contribution_id: UUID, at: datetime) -> Contribution:
    """Take a text as it was sent; its department is asked to sign. Refused: `NotFound`; `Stale`; a frozen report."""
    row = _reviewed(contribution_id, by)
    moved(row, Act.ACCEPT, "", by, at)
    _tell(row, row.unit_id, "reports.to_sign", at)
    return row


@transaction.atomic
def send_back(*, by: Member, contribution_id: UUID, words: str, at: datetime) -> Contribution:
    """Send a text back with remarks; a signature that stood on it ends. Refused: as `accept`; `Invalid` `words`."""
    row = _reviewed(contribution_id, by)
    if not words.strip():
        raise Invalid("words", _("Say what is to be changed."), field="words")
    moved(row, Act.RETURN, words, by, at)
    _tell(row, row.unit_id, "reports.returned", at)
    return row


@transaction.atomic
def sign(*, by: Member, contribution_id: UUID, number: int, at: datetime) -> Contribution:
    """Sign a contribution for one's own unit: the text that was accepted, under its number.

    Refused: `NotFound`; `NotAllowed` (`not_yours`) for a text of another unit, whoever edits the report; `Stale` when
    it is not, or no longer, to be signed, or the text is another one.
    """
    row = _theirs(contribution_id, by, Act.SIGN)
    if row.number != number:
        raise Stale("stale", _("The text changed since you read it. Read it again, then sign."))
    moved(row, Act.SIGN, "", by, at)
    _tell(row, row.report.unit_id, "reports.signed", at)
    return row


def _theirs(contribution_id: UUID, by: Member, act: Act) -> Contribution:
    row = queries.contribution(contribution_id, by, lock=True)
    queries.demand_open(row.report)
    permission = Permission.REPORT_SIGN if act is Act.SIGN else Permission.REPORT_CONTRIBUTE
    if row.unit_id != by.unit_id or not by.may(permission):
        raise NotAllowed(
            "not_yours", _("Only the service that was asked writes and signs this contribution.")
        )
    if rules.after(act, State(row.state)) is None:
        raise Stale("contribution_moved", _NOT_NOW(act))
    return row


def _NOT_NOW(act: Act) -> str:
    if act is Act.SIGN:
        return _("It is signed once the editor has accepted it. Look at it again.")
    return _("The editor holds this text now. It can be changed when it is sent back.")


def _reviewed(contribution_id: UUID, by: Member) -> Contribution:
    row = queries.contribution(contribution_id, by, lock=True)
    queries.edited(row.report.reference, by)
    return row


def _tell(row: Contribution, unit_id: int, kind: str, at: datetime) -> None:
    notify.tell(unit_ids=[unit_id], kind=kind, reference=row.report.reference, at=at)
