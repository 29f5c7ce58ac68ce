"""Decisions: a step with or without a document, its refusal, the end."""

from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from fanal.access.queries import visible
from fanal.access.rules import Member
from fanal.country.schema import Condition
from fanal.documents.rules import forbidden_words
from fanal.errors import Invalid, NotAllowed, Refusal
from fanal.protection.models import Document, Fact, Procedure
from fanal.protection.queries.letters import unsafe_words
from fanal.protection.queries.words import BARS, LACKS, STATES
from fanal.protection.rules import endings, moves
from fanal.protection.rules.facts import Kind
from fanal.protection.rules.moves import Bar, Option
from fanal.protection.services.writing import Act, append, begin, finish, withdraw_questions


@transaction.atomic
def decide(
    *,
    by: Member,
    reference: str,
    move: str,
    on: date | None = None,
    declared: Collection[str] = (),
    first_day: date | None = None,
    words: str = "",
    best_interests: str = "",
    at: datetime,
    version: int | None = None,
) -> Procedure:
    """Take a step of the procedure, and give, extend or renew its document, under the law of the day `on` (R-ORDER).

    `declared`: the codes of the conditions that the person who decides declares fulfilled. `first_day` of the
    document: by default the day of the decision, or the day after the running document for what prolongs it. Refused:
    `NotFound`, `Stale`, `NotAllowed` `not_yours_to_decide`, `no_such_step`, `used` (R-P2-2), `ended`, `condition`
    with the first one that does not hold (R-ELIG, R-P1-1, R-P3-1, R-P4-1), `Invalid` `unknown_code`, `first_day`,
    `day_to_come`, `day_before_last`, `best_interests` (R-MIN-2), `indiscreet` (R-DOC-1). Each move names its article.
    """
    act = begin(by=by, reference=reference, on=on, at=at, version=version)
    option = _option(act, move)
    _demand_decider(act, option.move.decided_by)
    if not all(act.law.has(Condition, code) for code in declared):
        raise Invalid("unknown_code", _("Choose from the list."), field="declared")
    noted = {"best_interests"} if best_interests.strip() else set()
    _demand_conditions(option, {*declared, *noted})
    _demand_discreet(act, words)
    held = (
        moves.validity(option, act.law, _first_day(act, option, first_day)) if option.move.document else None
    )
    fact = append(
        act,
        Kind.DECIDED,
        code=move,
        phase=option.move.to_phase,
        basis=option.move.legal_basis,
        data={"declared": sorted(declared)},
        words=words,
        best_interests=best_interests,
    )
    if held is not None:
        _give(act, fact, option, held)
    withdraw_questions(act)  # an answer to come would be about the time before
    return finish(act, "protection.decide", facts={"move": move, "phase": option.move.to_phase})


@transaction.atomic
def refuse(
    *,
    by: Member,
    reference: str,
    move: str,
    words: str,
    on: date | None = None,
    best_interests: str = "",
    at: datetime,
    version: int | None = None,
) -> Procedure:
    """Refuse a step, with a motivation; the running document stays what it is.

    Refused: as `decide`, the conditions left out, and `Invalid` `motivation`.
    """
    act = begin(by=by, reference=reference, on=on, at=at, version=version)
    option = _option(act, move)
    _demand_decider(act, option.move.decided_by)
    if not words.strip():
        raise Invalid("motivation", _("Say why, in your own words."), field="words")
    _demand_discreet(act, words)
    append(
        act,
        Kind.REFUSED,
        code=move,
        basis=option.move.legal_basis,
        words=words,
        best_interests=best_interests,
    )
    return finish(act, "protection.refuse", facts={"move": move})


@transaction.atomic
def end(
    *,
    by: Member,
    reference: str,
    ground: str,
    so: Mapping[str, bool] | None = None,
    with_magistrate: bool = False,
    words: str,
    order_to_leave: bool = False,
    on: date | None = None,
    best_interests: str = "",
    at: datetime,
    version: int | None = None,
) -> Procedure:
    """End the protection on a ground of this phase, with its facts and a motivation. It is final.

    `so`: the facts that the ground asks for, each stored (three adverbs for renewed contact). Documents that still
    run are closed on that day. Belgian Aliens Act art. 61/2 §3, 61/3 §3, 61/4 §2. Refused: `NotFound`, `Stale`,
    `NotAllowed` `not_yours_to_decide`, `ended`, `Invalid` with a code of `endings.Lack`, `unknown_code`,
    `best_interests`.
    """
    act = begin(by=by, reference=reference, on=on, at=at, version=version)
    move = moves.ending(act.file, act.law)
    if move is None:
        raise Refusal("ended", BARS[Bar.ENDED])
    _demand_decider(act, move.decided_by)
    said = dict(so or {})
    lack = endings.lacking(
        act.law,
        act.stand.phase,
        ground,
        so=said,
        with_magistrate=with_magistrate,
        motivated=bool(words.strip()),
    )
    if lack is not None:
        raise Invalid(lack.lack.value, LACKS[lack.lack], field=_FIELDS[lack.lack], facts=",".join(lack.facts))
    _demand_discreet(act, words)
    if not said.keys() <= {ask.code for each in act.law.grounds(act.stand.phase) for ask in each.asks}:
        raise Invalid("unknown_code", _("Choose from the list."), field="so")
    append(
        act,
        Kind.ENDED,
        code=ground,
        phase=move.to_phase,
        basis=act.law.ground(ground).legal_basis,
        data={"so": said, "with_magistrate": with_magistrate, "order_to_leave": order_to_leave},
        words=words,
        best_interests=best_interests,
    )
    _close_documents(act, act.on)
    withdraw_questions(act)
    return finish(act, "protection.end", facts={"ground": ground})


_FIELDS = {
    endings.Lack.NOT_IN_THIS_PHASE: "ground",
    endings.Lack.NOT_ALL_SO: "so",
    endings.Lack.WITHOUT_MAGISTRATE: "with_magistrate",
    endings.Lack.WITHOUT_MOTIVATION: "words",
}


def _option(act: Act, move: str) -> Option:
    if act.stand.ended:
        raise Refusal("ended", BARS[Bar.ENDED])
    option = moves.option(act.file, act.law, move)
    if option is None:
        raise Refusal("no_such_step", _("This step does not exist in this phase."), field="move")
    if option.bar is not None:
        raise Refusal(option.bar.value, BARS[option.bar], field="move")
    return option


def _demand_decider(act: Act, kinds: tuple[str, ...]) -> None:
    if not act.owns or act.by.unit_kind not in kinds:
        raise NotAllowed("not_yours_to_decide", _("Another service decides this."))


def _demand_conditions(option: Option, declared: Collection[str]) -> None:
    lacking = option.lacking(declared)
    if lacking:
        first = lacking[0]
        label = first.condition.label.get(get_language() or "en")
        raise Refusal(
            "condition",
            _("%(condition)s: %(state)s.") % {"condition": label, "state": STATES[first.state]},
            field="declared",
            condition=first.condition.code,
            state=first.state.value,
        )


def _demand_discreet(act: Act, words: str) -> None:
    """A motivation goes on paper that a stranger may see (R-DOC-1)."""
    found = forbidden_words(words, unsafe_words(act.law))
    if found:
        raise Invalid(
            "indiscreet",
            _("This goes on paper that others may see. Say it without: %(words)s.")
            % {"words": ", ".join(found)},
            field="words",
        )


def _first_day(act: Act, option: Option, chosen: date | None) -> date:
    earliest, latest = moves.first_days(option, act.stand, act.on)
    day = chosen or earliest
    if not earliest <= day <= latest:
        raise Invalid(
            "first_day",
            _(
                "The document begins between %(first)s and %(last)s: no overlap, and no day without a document."
            )
            % {"first": date_format(earliest, "j.n.Y"), "last": date_format(latest, "j.n.Y")},
            field="first_day",
        )
    return day


def _give(act: Act, fact: Fact, option: Option, held: moves.Validity) -> None:
    """The document of a step; the one that it replaces is cut short the day before."""
    _close_documents(act, held.first_day - timedelta(days=1))
    visible(Document, act.by).filter(procedure=act.row, latest=True).update(latest=False)
    Document.objects.create(
        compartment_id=act.row.compartment_id,
        procedure=act.row,
        fact=fact,
        kind=option.move.document,
        first_day=held.first_day,
        last_day=held.last_day,
        decided_on=act.on,
        basis=option.move.legal_basis,
    )


def _close_documents(act: Act, day: date) -> None:
    """Documents that would hold after that day hold until it; one that had not begun never held."""
    for row in visible(Document, act.by).filter(procedure=act.row):
        until = row.closed_on or row.last_day
        if until is None or until > day:
            row.closed_on = max(day, row.first_day - timedelta(days=1))
            row.save(update_fields=["closed_on"])
