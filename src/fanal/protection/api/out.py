"""Rows and sheets as the endpoints tell them."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from ninja import Schema

from fanal.access.rules import Member
from fanal.protection import queries
from fanal.protection.api import answers
from fanal.protection.rules.facts import Kind
from fanal.protection.services.reading import QuestionSheet, RequestSheet, Sheet

if TYPE_CHECKING:
    from fanal.protection.models import Deadline, Procedure, QuestionSet, Request

TOLD = frozenset({Kind.DECIDED, Kind.ENDED})
"""Facts whose data are codes; those of the others are ids of units, some of which not every reader knows."""


def acted(row: "Procedure") -> dict[str, Any]:
    """Where a procedure stands."""
    return {
        **_copied(row, answers.ActedOut),
        "centre_unit": row.centre_unit.code,
        "office_unit": row.office_unit.code,
    }


def clock(row: "Deadline", by: Member) -> dict[str, Any]:
    """A running clock."""
    plain = _copied(row, answers.ClockOut)
    return {**plain, "waiting_for": row.waiting_for.code, "mine": row.waiting_for_id == by.unit_id}


def procedure(sheet: Sheet, by: Member) -> dict[str, Any]:
    """A procedure, for a reader."""
    row = sheet.row
    return {
        **_copied(row, answers.ProcedureOut),
        **acted(row),
        **_wall(sheet),
        "guardian_unit": row.guardian_unit.code if row.guardian_unit else "",
        "has_identity": bool(row.identity),
        "dates_shown": [
            {"grant": grant.id, "unit": grant.unit.code, "until": grant.valid_to}
            for grant in queries.dates_shown(row, by)
        ],
        "facts": _facts(sheet),
        "documents": sheet.documents,
        "steps": _steps(sheet, by),
        "ending": sheet.ending.code if sheet.ending else "",
        "grounds": _grounds(sheet),
        "questions": _asked(sheet),
        "clocks": _clocks(sheet.clocks, by),
    }


def request_line(row: "Request") -> dict[str, Any]:
    """A request of a list."""
    return {
        **_copied(row, answers.RequestLine),
        "centre_unit": row.centre_unit.code,
        "office_unit": row.office_unit.code,
    }


def request(sheet: RequestSheet, by: Member) -> dict[str, Any]:
    """A request to open, for a reader."""
    return {
        **_copied(sheet.row, answers.RequestOut),
        **request_line(sheet.row),
        **_wall(sheet),
        "has_identity": bool(sheet.row.identity),
        "words": sheet.words,
        "answer": sheet.answer,
        "clocks": _clocks(sheet.clocks, by),
    }


def question_set(row: "QuestionSet") -> dict[str, Any]:
    """Questions put to a unit."""
    return {
        **_copied(row, answers.SetListed),
        "office_unit": row.office_unit.code,
        "magistrate_unit": row.magistrate_unit.code,
        "withdrawn": row.withdrawn_at is not None,
    }


def questions(sheet: QuestionSheet, by: Member) -> dict[str, Any]:
    """Questions, as the magistrate reads them."""
    return {
        **question_set(sheet.row),
        **_wall(sheet),
        "judicial_reference": sheet.judicial_reference,
        "about": sheet.about,
        "answers": sheet.reply.answers if sheet.reply else None,
        "answered_on": sheet.reply.on if sheet.reply else None,
        "said": sheet.said,
        "clocks": _clocks(sheet.clocks, by),
    }


def _copied(row: object, shape: type[Schema]) -> dict[str, Any]:
    """The fields of a shape that a row has under the same name."""
    return {name: getattr(row, name) for name in shape.model_fields if hasattr(row, name)}


def _wall(sheet: Sheet | RequestSheet | QuestionSheet) -> Mapping[str, Any]:
    return {"owner": sheet.wall.owner, "is_mine": sheet.wall.is_mine, "read_by": sheet.wall.others}


def _clocks(rows: "Iterable[Deadline]", by: Member) -> list[dict[str, Any]]:
    return [clock(row, by) for row in rows]


def _facts(sheet: Sheet) -> list[dict[str, Any]]:
    return [
        {
            **_copied(fact, answers.FactOut),
            "unit": fact.unit.code,
            "data": fact.data if fact.kind in TOLD else {},
            "words": sheet.words.get(fact.id, ""),
            "best_interests": sheet.best_interests.get(fact.id, ""),
        }
        for fact in sheet.facts
    ]


def _steps(sheet: Sheet, by: Member) -> list[dict[str, Any]]:
    owns = by.unit_id == sheet.row.office_unit_id
    return [
        {
            "move": option.move.code,
            "to_phase": option.move.to_phase,
            "document": option.move.document,
            "legal_basis": option.move.legal_basis,
            "requested_on": option.requested_on,
            "bar": option.bar or "",
            "ready": option.ready,
            "mine": owns and option.decided_by(by.unit_kind),
            "askable": not owns and option.requested_by(by.unit_kind),
            "conditions": [
                {"code": each.condition.code, "state": each.state, "questions": each.questions}
                for each in option.conditions
            ],
        }
        for option in sheet.options
    ]


def _grounds(sheet: Sheet) -> list[dict[str, Any]]:
    if sheet.ending is None:
        return []
    return [
        {
            "code": ground.code,
            "legal_basis": ground.legal_basis,
            "asks": [ask.code for ask in ground.asks],
            "with_magistrate": ground.with_magistrate,
        }
        for ground in sheet.law.grounds(sheet.status.phase)
    ]


def _asked(sheet: Sheet) -> list[dict[str, Any]]:
    told = []
    for row in sheet.questions:
        reply = sheet.replies.get(row.id)
        told.append(
            {
                "id": row.id,
                "magistrate_unit": row.magistrate_unit.code,
                "questions": row.questions,
                "asked_on": row.asked_on,
                "withdrawn": row.withdrawn_at is not None,
                "answered_on": reply.on if reply else None,
                "answers": reply.answers if reply else None,
                "said": sheet.said.get(reply.id, {}) if reply else {},
            }
        )
    return told
