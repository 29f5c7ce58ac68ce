"""RFC 9457 problem details: the one shape in which the API refuses."""

import json
from collections.abc import Mapping, Sequence
from http import HTTPStatus

from django.http import HttpResponse

CONTENT_TYPE = "application/problem+json"


def problem(
    status: int,
    code: str,
    detail: str = "",
    *,
    errors: Sequence[Mapping[str, object]] = (),
    facts: Mapping[str, object] | None = None,
) -> HttpResponse:
    """`type` is a URN made of the code, `detail` is for a person, `errors` point at fields (`field`, `message`)."""
    body: dict[str, object] = {
        "type": f"urn:fanal:problem:{code}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "code": code,
    }
    if detail:
        body["detail"] = detail
    if errors:
        body["errors"] = [dict(error) for error in errors]
    if facts:
        body["facts"] = {name: _plain(value) for name, value in facts.items()}
    return HttpResponse(json.dumps(body, ensure_ascii=False), status=status, content_type=CONTENT_TYPE)


def _plain(value: object) -> object:
    return value if value is None or isinstance(value, bool | int | float | str) else str(value)
