"""The API of procedures as the cast enters it."""

import json
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from tests.cast import Cast, api

from fanal.access.rules import Member
from fanal.directory.models import Unit

BODY: dict[str, Any] = {
    "track": "residence", "offence": "R10", "words": "ليلى",
    "about": {"pseudonym": "Kestrel", "identity": {"family_name": "Invented", "birth_date": "1999-05-04"}},
}  # fmt: skip
REFLECTION = {"move": "open_reflection", "declared": ["accompanied"]}
FIRST = {"move": "open_first_document", "declared": ["accompanied"]}
NOWHERE = "P-0000-0000"


def said(response: HttpResponse) -> Any:
    return json.loads(response.content)


def code(response: HttpResponse) -> tuple[int, str]:
    assert response["Content-Type"] == "application/problem+json"
    return response.status_code, said(response)["code"]


def wrong(response: HttpResponse) -> tuple[int, str]:
    """The status of a refusal and the first field it is about."""
    assert response["Content-Type"] == "application/problem+json"
    return response.status_code, said(response)["errors"][0]["field"]


def unit(member: Member) -> str:
    return Unit.objects.get(pk=member.unit_id).code


@dataclass
class Door:
    """The API as the cast enters it, and a procedure brought as far as a test wants it."""

    cast: Cast
    browsers: dict[UUID, Client] = field(default_factory=dict)

    def browser(self, member: Member) -> Client:
        return self.browsers.setdefault(member.person_id, api(member))

    def get(self, member: Member, url: str) -> HttpResponse:
        return self.browser(member).get(f"/api/protection{url}")  # type: ignore[return-value]

    def post(
        self, member: Member, url: str, body: object = None, *, match: str | None = "*", **headers: str
    ) -> HttpResponse:
        if match is not None:
            headers["If-Match"] = match
        return self.browser(member).post(  # type: ignore[return-value]
            f"/api/protection{url}", json.dumps(body or {}), content_type="application/json", headers=headers
        )

    def done(self, member: Member, url: str, body: object = None) -> Any:
        answer = self.post(member, url, body)
        assert answer.status_code in (200, 201), answer.content
        return said(answer)

    def requested(self, **more: Any) -> str:
        return str(self.done(self.cast.centre_worker, "/requests", BODY | more)["reference"])

    def opened(self, **more: Any) -> str:
        reference = self.requested(**more)
        self.done(self.cast.immigration_agent, f"/requests/{reference}/open")
        return reference

    def in_p2(self) -> str:
        reference = self.opened(statement="complaint", statement_on=today().isoformat())
        self.done(self.cast.immigration_agent, f"/procedures/{reference}/decisions", FIRST)
        return reference

    def asked(self, reference: str, **more: Any) -> str:
        body = {"magistrate_unit": unit(self.cast.magistrate)} | more
        return str(self.done(self.cast.immigration_agent, f"/procedures/{reference}/questions", body)["id"])


def today() -> date:
    return timezone.localdate()


def ago(days: int) -> str:
    return (today() - timedelta(days=days)).isoformat()


def ahead(days: int) -> str:
    return ago(-days)
