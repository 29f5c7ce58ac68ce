"""A procedure in words for its page: the acts that are open to the reader, the conditions, the history."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from fanal.access.rules import Member, Permission
from fanal.country.queries import book
from fanal.country.schema import DocumentKind, Ground, Law, Move, Question
from fanal.protection.queries import words
from fanal.protection.rules.conditions import Standing, State
from fanal.protection.rules.deadlines import Clock
from fanal.protection.rules.facts import Answer, Kind
from fanal.protection.rules.moves import Option
from fanal.protection.services import LETTERS, Sheet


@dataclass(frozen=True, slots=True)
class Act:
    """A button: `main` is the one dark button of the page."""

    label: str
    url: str
    main: bool = False


def acts(sheet: Sheet, by: Member) -> list[Act]:
    """The acts that are open to the reader now, the next one first."""
    if sheet.status.ended:
        return []
    found = list(_deciding(sheet, by) if sheet.row.office_unit_id == by.unit_id else _contributing(sheet, by))
    return [
        Act(act.label, act.url, main=not index and act.main) for index, act in enumerate(_main_first(found))
    ]


def _main_first(found: list[Act]) -> list[Act]:
    first = next((act for act in found if act.main), None)
    return found if first is None else [first, *(act for act in found if act is not first)]


def _deciding(sheet: Sheet, by: Member) -> Iterator[Act]:
    if not by.may(Permission.PROTECTION_DECIDE):
        return
    reference, must_ask = sheet.row.reference, Clock.ASK in {clock.clock for clock in sheet.clocks}
    next_step = _next(sheet, by, must_ask=must_ask)
    for option in _open_to(sheet, by):
        label, code = option.move.label.get(by.language), option.move.code
        if option.ready:
            yield Act(label, _url("decide", reference, code), main=code == next_step)
        if option.requested_on:
            yield Act(_("Refuse: %(step)s") % {"step": label}, _url("refuse", reference, code))
    if _asks(sheet):
        yield Act(str(words.CLOCKS[Clock.ASK]), _url("ask", reference), main=not next_step and must_ask)
    if any(option.move.requested_by for option in sheet.options):
        yield Act(_("Note a complaint or statement"), _url("statement", reference))
        yield Act(_("Note a judicial event"), _url("event", reference))
    if sheet.ending and by.unit_kind in sheet.ending.decided_by:
        yield Act(sheet.ending.label.get(by.language), _url("end", reference))


def _next(sheet: Sheet, by: Member, *, must_ask: bool) -> str:
    """The step that the office would take now: what was asked for, else what leads furthest; empty for none.

    What only prolongs comes after the questions to the magistrate, where these must be put.
    """
    ready = [option for option in _open_to(sheet, by) if option.ready]
    asked = [option for option in ready if option.requested_on]
    onward = [option for option in ready if not option.follows]
    found = asked or onward[-1:] or ([] if must_ask else ready[-1:])
    return found[0].move.code if found else ""


def _contributing(sheet: Sheet, by: Member) -> Iterator[Act]:
    if not by.may(Permission.PROTECTION_REQUEST):
        return
    reference, running = sheet.row.reference, {clock.clock for clock in sheet.clocks}
    open_ = [each for each in sheet.options if each.bar is None and each.requested_by(by.unit_kind)]
    onward = [option for option in open_ if not option.follows]
    first = (onward or open_)[-1:] if Clock.REQUEST in running else []
    for option in open_:
        if option.requested_on is None:
            label = _("Ask for: %(step)s") % {"step": option.move.label.get(by.language)}
            yield Act(label, _url("request", reference, option.move.code), main=option in first)
    yield Act(
        _("Note a complaint or statement"), _url("statement", reference), main=Clock.STATEMENT in running
    )
    if by.unit_id == sheet.row.centre_unit_id and by.may(Permission.PROTECTION_HAND_OVER):
        yield Act(_("Hand over to another centre"), _url("hand_over", reference))
    if sheet.ending and by.unit_kind in sheet.ending.requested_by:
        label = _("Ask for: %(step)s") % {"step": sheet.ending.label.get(by.language)}
        yield Act(label, _url("request", reference, sheet.ending.code))


def _open_to(sheet: Sheet, by: Member) -> list[Option]:
    return [option for option in sheet.options if option.bar is None and option.decided_by(by.unit_kind)]


def _asks(sheet: Sheet) -> bool:
    """Whether a step of this phase needs the magistrate, and nobody is being asked."""
    needs = any(each.condition.proof == "answered" for option in sheet.options for each in option.conditions)
    waits = any(each.answers is None for each in sheet.file.asked)
    return needs and not waits


def _url(name: str, reference: str, *more: str) -> str:
    return reverse(f"protection:{name}", args=[reference, *more])


@dataclass(frozen=True, slots=True)
class Needed:
    """A condition of a step: its words, a short word with its tone, and why where there is more to say."""

    label: str
    short: str
    tone: str
    why: str


@dataclass(frozen=True, slots=True)
class Step:
    """A step ahead, with what it needs."""

    label: str
    basis: str
    requested_on: date | None
    bar: str
    conditions: tuple[Needed, ...]


def steps(sheet: Sheet, language: str) -> list[Step]:
    """The steps that this phase allows, and what each still needs."""
    return [
        Step(
            option.move.label.get(language),
            words.article(option.move.legal_basis),
            option.requested_on,
            str(words.BARS[option.bar]) if option.bar else "",
            tuple(_needed(each, sheet, language) for each in option.conditions),
        )
        for option in sheet.options
    ]


def _needed(standing: Standing, sheet: Sheet, language: str) -> Needed:
    """Who does not see the questions is not told that they were not asked, nor how they were answered."""
    label, why = standing.condition.label.get(language), str(words.STATES[standing.state])
    if standing.condition.proof == "answered" and not sheet.wall.is_mine:
        return Needed(label, "", "", _("between the deciding service and the magistrate"))
    if standing.state is State.MET:
        return Needed(label, why, "ok", "")
    if standing.state is State.TO_DECLARE:
        return Needed(label, _("to declare"), "", "")
    return Needed(label, _("missing"), "late", "" if standing.state is State.NOT_SO else why)


@dataclass(frozen=True, slots=True)
class Given:
    """A document that was given: its days, and the day on which it was cut short."""

    label: str
    first_day: date
    last_day: date | None
    closed_on: date | None
    basis: str


def documents(sheet: Sheet, language: str) -> list[Given]:
    """The documents, the last first, in the words of the law of their day."""
    laws = book()
    return [
        Given(
            words.label(laws(row.decided_on), DocumentKind, row.kind, language),
            row.first_day,
            row.last_day,
            row.closed_on,
            words.article(row.basis),
        )
        for row in reversed(sheet.documents)
    ]


@dataclass(frozen=True, slots=True)
class Answered:
    """Questions that were put: to whom, when, and what was answered, question by question."""

    unit: str
    asked_on: date
    answered_on: date | None
    withdrawn: bool
    answers: tuple[tuple[str, str, str], ...]


def questions(sheet: Sheet, language: str) -> list[Answered]:
    """The questions, the last first. Empty for who may not see them."""
    laws, found = book(), []
    for row in reversed(sheet.questions):
        reply, law = sheet.replies.get(row.id), laws(row.asked_on)
        said = sheet.said.get(reply.id, {}) if reply else {}
        answers = tuple(
            (
                words.label(law, Question, code, language),
                str(words.ANSWERS[Answer(reply.answers[code])]) if reply else "",
                said.get(code, ""),
            )
            for code in row.questions
        )
        unit = row.magistrate_unit.label(language)
        found.append(
            Answered(unit, row.asked_on, reply.on if reply else None, bool(row.withdrawn_at), answers)
        )
    return found


@dataclass(frozen=True, slots=True)
class Line:
    """A fact in words. `letter` and `invitation` are addresses of its papers, empty where there is none."""

    on: date
    what: str
    detail: str
    unit: str
    basis: str
    words: str
    best_interests: str
    letter: str
    invitation: str


def history(sheet: Sheet, by: Member) -> list[Line]:
    """What happened, the last first."""
    laws = book()
    papers = {document.fact_id for document in sheet.documents}
    seen = {row.number for row in sheet.questions}
    return [
        Line(
            on=fact.on,
            what=str(words.FACTS[Kind(fact.kind)]),
            detail=_detail(Kind(fact.kind), fact.code, laws(fact.on), by.language),
            unit=fact.unit.label(by.language),
            basis=words.article(fact.basis) if fact.basis else "",
            words=sheet.words.get(fact.id, ""),
            best_interests=sheet.best_interests.get(fact.id, ""),
            letter=_letter(sheet, fact.number, Kind(fact.kind), seen),
            invitation=_invitation(sheet, fact.number) if fact.id in papers else "",
        )
        for fact in reversed(sheet.facts)
    ]


def _detail(kind: Kind, code: str, law: Law, language: str) -> str:
    if kind in (Kind.DECIDED, Kind.REFUSED, Kind.REQUESTED):
        return words.label(law, Move, code, language)
    if kind is Kind.ENDED:
        return words.label(law, Ground, code, language)
    if kind is Kind.EVENT:
        return words.code_label(law, "judicial_event", code, language)
    return str(words.STATEMENTS.get(code, "")) if kind is Kind.STATEMENT else ""


def _letter(sheet: Sheet, number: int, kind: Kind, seen: set[int]) -> str:
    if kind not in LETTERS or (kind is Kind.ASKED and number not in seen):
        return ""
    return reverse("protection:letter", args=[sheet.row.reference, number])


def _invitation(sheet: Sheet, number: int) -> str:
    return reverse("protection:invitation", args=[sheet.row.reference, number])
