"""The URL table as the tests walk it, and what stands in the place of each of its parameters."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from tests.house.scenario import Scenario

from fanal.access.gate import Gate
from fanal.access.rules import Member

UNSAFE = {"POST", "PUT", "PATCH", "DELETE"}
_PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")
_MATTER, _REFERRAL = r"^(api/)?referrals/persons/", r"^(api/)?referrals/"
_REQUEST = r"^protection/<slug:reference>/(open|refuse|withdraw)/$|^api/protection/requests/"
# The first line whose pattern and parameter fit says what stands there.
_STANDS_FOR: list[tuple[str, str, Callable[[Scenario], object] | str | int]] = [
    (r"^(api/)?alerts/", "reference", lambda s: s.alert.reference),
    (r"^alerts/", "draft_id", lambda s: s.draft),
    (r"^alerts/", "name", "what"),
    (r"^alerts/", "key", 1),
    (r"^(api/)?alerts/", "code", "a"),
    (_MATTER, "reference", lambda s: s.matter.reference),
    (_MATTER, "alert", lambda s: s.alert.reference),
    (_MATTER, "person_id", lambda s: s.person),
    (_MATTER, "code", lambda s: s.cast.centre_worker.unit_code),
    (_REFERRAL, "reference", lambda s: s.asked.reference),
    (_REFERRAL, "consent_id", lambda s: s.exception),
    (_REQUEST, "reference", lambda s: s.pending.reference),
    (r"^(api/)?protection/", "reference", lambda s: s.procedure.reference),
    (r"^(api/)?protection/", "question_set", lambda s: s.questions),
    (r"^protection/", "referral", lambda s: s.taken.reference),
    (r"^protection/", "move", "residence"),
    (r"^(api/)?protection/", "grant", lambda s: s.shown),
    (r"^protection/", "number", 2),
    (r"^protection/", "secret", lambda s: s.ics),
    (r"^(api/)?retention/", "reference", lambda s: s.alert.reference),
    (r"^(api/)?retention/", "hold_id", lambda s: s.hold),
    (r"^(api/)?retention/", "erasure_id", lambda s: s.erasure),
    (r"^(api/)?retention/", "correction_id", lambda s: s.correction),
    (r"^(api/)?plans/", "plan", "chart-2"),
    (r"^(api/)?plans/", "key", "chart-2-03"),
    (r"^api/plans/", "code", "chart-2"),
    (r"^plans/", "anchor", lambda s: s.heading),
    (r"^plans/", "nth", 1),
    (r"^(api/)?progress/", "plan", "chart-2"),
    (r"^(api/)?progress/", "key", "chart-2-03"),
    (r"^(api/)?progress/", "report_id", lambda s: s.progress),
    (r"^(api/)?figures/", "code", "captives-2019"),
    (r"^(api/)?figures/", "sheet_id", lambda s: s.sheet),
    (r"^(api/)?reports/", "contribution_id", lambda s: s.contribution),
    (r"^(api/)?reports/", "section_id", lambda s: s.section),
    (r"^(api/)?reports/(public|.*editions)/", "reference", lambda s: s.leaflet),
    (r"^(api/)?reports/", "reference", lambda s: s.chronicle),
    (r"^reports/", "code", "captives-2019"),
    (r"^(api/)?reports/", "number", 1),
    (r"^(api/)?reports/", "language", "en"),
    (r"^(api/)?reports/", "kind", "html"),
    (r"^(api/)?bodies/", "code", "bureau"),
    (r"^(api/)?bodies/", "seat_id", lambda s: s.seat),
    (r"^(api/)?bodies/", "sitting_id", lambda s: s.sitting),
    (r"^(api/)?bodies/", "request_id", lambda s: s.urgent),
    (r"^(api/)?decisions/", "number", lambda s: s.decision),
    (r"^(api/)?minutes/written/", "reference", lambda s: s.minutes_written),
    (r"^minutes/written/", "code", "bureau"),
    (r"^(api/)?minutes/.*remarks/", "reference", lambda s: s.minutes_remarked),
    (r"^(api/)?minutes/", "reference", lambda s: s.minutes_session),
    (r"^(api/)?minutes/", "item_id", lambda s: s.minutes_item),
    (r"^(api/)?minutes/", "remark_id", lambda s: s.minutes_remark),
    (r"^(api/)?minutes/", "action_id", lambda s: s.minutes_action),
    (r"^(api/)?minutes/", "ballot_id", lambda s: s.minutes_ballot),
    (r"^(api/)?(minutes|meetings)/", "format", "html"),
    (r"^(api/)?meetings/items/", "reference", lambda s: s.item),
    (r"^meetings/papers/", "reference", lambda s: s.paper),
    (r"^(api/)?meetings/", "reference", lambda s: s.meeting),
    (r"^(api/)?meetings/", "series_id", lambda s: s.series),
    (r"^(api/)?meetings/", "point_id", lambda s: s.point),
    (r"^meetings/", "body_code", "bureau"),
    (r"^meetings/", "secret", lambda s: s.meetings_ics),
    (r"^(api/)?recommendations/", "number", "REC-2013-001"),
    (r"^(api/)?recommendations/", "answer_id", lambda s: s.answer),
    (r"^(api/)?recommendations/", "search_id", lambda s: s.searched),
    (r"^(api/)?recommendations/", "proposal_id", lambda s: s.alike),
    (r"^recommendations/", "batch_id", lambda s: s.batch),
    (r"", "token_id", lambda s: s.token.id),
    (r"", "membership_id", lambda s: s.cast.officer.membership_id),
    (r"", "change_id", lambda s: s.change),
    (r"", "glass_id", lambda s: s.glass),
    (r"^me/security/", "login_id", lambda s: s.glass),
    (r"^me/security/", "identity_id", 1),
    (r"^me/security/", "provider", "idp"),
    (r"^accounts/", "provider_id", "idp"),
    (r"", "compartment_id", lambda s: s.alert.compartment_id),
    (r"^(api/)?attachments/.*/copies", "host", "person"),
    (r"^(api/)?attachments/.*/copies", "object_id", lambda s: s.matter.id),
    (r"^(api/)?attachments/", "host", "alert"),
    (r"^(api/)?attachments/", "object_id", lambda s: s.alert.id),
    (r"^(api/)?attachments/", "attachment_id", lambda s: s.attachment),
    (r"^(api/)?attachments/", "page", 1),
    (r"", "kind", "csv"),
    (r"^(api/)?directory/", "code", lambda s: s.cast.centre_worker.unit_code),
    (r"^(api/)?directory/", "mandate_id", lambda s: s.mandate.id),
    (r"^(api/)?directory/", "contact_id", lambda s: s.contact.id),
]
_NAMES_A_FILE = {
    "reference", "draft_id", "alert", "person_id", "consent_id", "question_set", "referral", "grant",
    "compartment_id", "object_id", "attachment_id",
    "hold_id", "erasure_id", "correction_id", "glass_id", "contribution_id",
    "request_id", "series_id", "point_id", "item_id", "remark_id", "ballot_id", "action_id",
}  # fmt: skip
_OPEN = re.compile(r"^(api/)?reports/(?!contributions/)")
"""Reports are read by everybody who is here: what stands behind a wall is each contribution."""
_DECISION = re.compile(r"^(api/)?decisions/<")


@dataclass(frozen=True)
class Address:
    """One line of the URL table: a page, or one operation of the API."""

    route: str
    view: Callable[..., Any]
    methods: frozenset[str] = frozenset()

    @property
    def name(self) -> str:
        return f"{self.capability}.{self.view.__name__}"

    @property
    def capability(self) -> str:
        return self.view.__module__.split(".")[1]

    @property
    def is_api(self) -> bool:
        return self.route.startswith("api/")

    @property
    def is_ours(self) -> bool:
        return self.view.__module__.startswith("fanal.")

    @property
    def gate(self) -> Gate:
        return self.view.gate  # type: ignore[attr-defined,no-any-return]

    @property
    def names_a_file(self) -> bool:
        """Whether a parameter names something that stands behind a wall."""
        return bool(self._of_a_file)

    @property
    def _of_a_file(self) -> set[str]:
        if _OPEN.match(self.route):
            return set()
        named = _NAMES_A_FILE | ({"number"} if _DECISION.match(self.route) else set())
        return named & set(_PARAMETER.findall(self.route))

    def url(self, scene: Scenario) -> str:
        """The address of what the chain made."""
        return "/" + _PARAMETER.sub(lambda found: str(self._stands_for(found[1], scene)), self.route)

    @property
    def template(self) -> str:
        """The route as the description of the API writes it."""
        return "/" + _PARAMETER.sub(r"{\1}", self.route)

    def values(self, scene: Scenario) -> dict[str, str]:
        """What stands for each parameter."""
        return {name: str(self._stands_for(name, scene)) for name in _PARAMETER.findall(self.route)}

    def absent(self, scene: Scenario) -> str:
        """An address of the same shape, of a file that does not exist."""

        def put(found: re.Match[str]) -> str:
            value = self._stands_for(found[1], scene)
            return _nowhere(value) if found[1] in self._of_a_file else str(value)

        return "/" + _PARAMETER.sub(put, self.route)

    def _stands_for(self, parameter: str, scene: Scenario) -> object:
        return stands_for(self.route, parameter, scene)


def stands_for(route: str, parameter: str, scene: Scenario) -> object:
    """What the chain has for a parameter of a route."""
    for pattern, name, value in _STANDS_FOR:
        if name == parameter and re.search(pattern, route):
            return value(scene) if callable(value) else value
    raise LookupError(f"say in {__name__} what stands for <{parameter}> in {route}")


def _nowhere(value: object) -> str:
    if isinstance(value, UUID):
        return str(UUID(int=0))
    if numbered := re.fullmatch(r"([A-Z]{2,8}-\d{4}-)(\d+)", str(value)):
        return f"{numbered[1]}{'9' * len(numbered[2])}"
    return re.sub(r"[0-9A-Z]{4}-[0-9A-Z]{4}$", "0000-0000", str(value)) if "-" in str(value)[:3] else "absent"


def addresses() -> list[Address]:
    """Every page and every operation of the table, ours and those of libraries."""
    return list(dict.fromkeys(_walk(get_resolver(), "")))  # the library lists a route once for each method


def pages() -> list[Address]:
    """Our own pages."""
    return [each for each in addresses() if each.is_ours and not each.is_api]


def operations() -> list[Address]:
    """Our own operations of the API."""
    return [each for each in addresses() if each.is_ours and each.is_api and each.methods]


def accepts_post(page: Address, browser: Client, scene: Scenario) -> bool:
    """Ask the page itself: with a method nobody knows it names those it does (or it refuses none)."""
    answer: HttpResponse = browser.generic("PROPFIND", page.url(scene))  # type: ignore[assignment]
    return answer.status_code != 405 or "POST" in answer["Allow"]


def who_may(address: Address, members: list[Member]) -> Member:
    """The first of the members whose role holds what the address asks for."""
    permission = address.gate.permission
    return next(member for member in members if permission is None or member.may(permission))


def _walk(resolver: URLResolver, prefix: str) -> Iterator[Address]:
    for pattern in resolver.url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern, route)
        elif isinstance(pattern, URLPattern):
            found = _operations(pattern.callback)
            yield from (Address(route, op.view_func, frozenset(op.methods)) for op in found)
            if not found:
                yield Address(route, pattern.callback)


def _operations(view: Callable[..., Any]) -> list[Any]:
    """The operations behind a route of the API, which the library hides in a closure."""
    cells = (cell.cell_contents for cell in getattr(view, "__closure__", None) or ())
    return next(
        (cell.operations for cell in cells if isinstance(getattr(cell, "operations", None), list)), []
    )
