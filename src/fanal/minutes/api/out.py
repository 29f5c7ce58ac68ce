"""Rows as the API gives them."""

from typing import Any

from django.http import HttpResponse
from django.utils import timezone

from fanal.access.gate import MemberRequest
from fanal.minutes import queries
from fanal.web.etags import put_etag


def _item(found: queries.Treated, language: str) -> dict[str, Any]:
    seen, outcome = found.ballot, found.outcome
    return {
        "id": found.line.item_id,
        "number": found.line.number,
        "title": found.line.title,
        "restricted": found.line.restricted,
        "text": found.text,
        "version": found.note.version if found.note else 0,
        "outcome": None
        if outcome is None
        else {
            **{name: getattr(outcome, name) for name in ("kind", "way", "text", "until", "decision")},
            "words": queries.words.outcome(found),
        },
        "ballot": None if seen is None else ballot(seen.row, seen.votes),
        "actions": [action(each, language) for each in found.actions],
        "remarks": list(found.remarks),
        "addenda": list(found.addenda),
    }


def ballot(row: Any, votes: Any) -> dict[str, Any]:
    said = [{"seat": seat, "choice": choice} for seat, choice in votes.items()]
    return {
        **{name: getattr(row, name) for name in ("id", "motion", "closed_at", "adopted", "result")},
        "votes": said,
    }


def action(row: Any, language: str) -> dict[str, Any]:
    copied = {name: getattr(row, name) for name in ("id", "text", "due_on", "done_at")}
    return {**copied, "unit": row.unit.label(language)}


def minutes(request: MemberRequest, reference: str, response: HttpResponse | None = None) -> dict[str, Any]:
    now = timezone.now()
    sheet = queries.sheet(reference, queries.sight(request.member, now), now)
    row = sheet.row
    if response is not None:
        put_etag(response, row.version)
    names = (
        "reference", "body", "held_on", "state", "version", "opened_at", "closed_at", "remarks_until", "approved_at",
        "approved_in",
    )  # fmt: skip
    attended = queries.words.attended(sheet.seats, sheet.noted, row.opened_at, sheet.at)
    return {
        **{name: getattr(row, name) for name in names},
        "quorum": queries.words.quorum(sheet.quorum),
        "seats": [
            {"id": seat.id, "label": seat.label, "votes": seat.votes, "state": state, "there": who}
            for seat, state, who in attended
        ],
        "items": [_item(each, request.member.language) for each in sheet.items],
        "remarks": list(sheet.remarks),
        "addenda": list(sheet.addenda),
    }


def written(request: MemberRequest, reference: str) -> dict[str, Any]:
    now = timezone.now()
    eye = queries.sight(request.member, now)
    row = queries.procedure(reference, eye)
    count = queries.counted(row, eye, now)
    names = ("reference", "body", "title", "text", "deadline", "closed_at", "withdrawn_at", "decision")
    counted = {name: getattr(count, name) for name in ("yes", "no", "abstain", "silent", "adopted")}
    return {
        **{name: getattr(row, name) for name in names}, **counted,
        "reason": row.result.get("reason", count.reason.value),
    }  # fmt: skip
