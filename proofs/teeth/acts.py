"""Faults of single acts: an owner who is not asked for, a parent that is swapped, a count before the filter, an oracle."""

import logging
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from tests.walls import second_wall_open

from fanal.access.models import Grant, Token
from fanal.alerts.models import Alert, Draft, Person
from fanal.errors import Stale
from fanal.referrals.models import Referral
from proofs.teeth.faults import Fault, Patch

Replace = Callable[[str, Callable[[Any], Any]], Patch]


def faults(replaced: Replace) -> list[Fault]:
    """Each act that forgets something, by where it stands."""
    return [
        Fault(name, wall, replaced(path, make), routes=routes, look=look, anew=anew, acts=swept)
        for name, wall, path, make, routes, look, anew, swept in _ACTS
    ]


def _all(model: Any) -> Callable[[Any], Any]:
    return lambda _real: lambda *_args, **_more: model._default_manager.all()


def _nothing(_real: Any) -> Any:
    return lambda *_args, **_more: None


def _owned(_real: Any) -> Any:
    """The owner is not asked for."""

    def owned(*, by: Any, reference: str, version: int | None) -> Alert:  # noqa: ARG001
        from fanal.access.queries import visible
        from fanal.errors import NotFound

        found = visible(Alert, by).filter(reference=reference).first()
        if found is None:
            raise NotFound
        return found

    return owned


def _owned_line(_real: Any) -> Any:
    def owned_line(reference: str, by: Any) -> Any:
        from fanal.alerts.queries.heads import line

        return line(reference, by)

    return owned_line


def _owns(_real: Any) -> Any:
    return property(lambda _self: True)


def _swapped_persons(_real: Any) -> Any:
    """The person without her alert."""

    def persons(_reference: str, by: Any) -> Any:
        from fanal.access.queries import visible

        return visible(Person, by).select_related("alert")

    return persons


def _swapped_grant(_real: Any) -> Any:
    """The seat of another procedure."""

    def hide_dates(*, by: Any, reference: str, grant: UUID, at: Any) -> Any:
        from fanal.access import services as access
        from fanal.protection.queries import procedure

        row = procedure(reference, by)
        access.revoke(by=by, grant=Grant.objects.get(pk=grant), at=at)
        return row

    return hide_dates


def _somebody_elses(real: Any) -> Any:
    """The calendar of whoever made a token last."""

    def member_by_token(secret: str, at: Any, *, scope: str = "api") -> Any:
        found = real(secret, at, scope=scope)
        if found is None or scope == "api":
            return found
        from fanal.access.models import Membership
        from fanal.access.queries import member_from

        other = Membership.objects.select_related("unit", "account").exclude(pk=found.membership_id)
        return member_from(other.filter(role="immigration_agent").order_by("pk")[0])

    return member_by_token


def _revoke_any(_real: Any) -> Any:
    def revoke_token(*, by: Any, token_id: UUID, at: Any) -> None:  # noqa: ARG001
        Token.objects.filter(pk=token_id).update(revoked_at=at)

    return revoke_token


def _oracle(status: int, words: str = "") -> Callable[[Any], Any]:
    """Absent and forbidden differ."""

    def make(real: Any) -> Any:
        def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
            answer: HttpResponse = real(request, exception)
            match = request.resolver_match
            reference = match.kwargs.get("reference", "") if match else ""
            with second_wall_open():
                there = [
                    row
                    for model in (Alert, Referral)
                    for row in model._default_manager.filter(reference=reference)
                ]
            if there:
                answer.status_code = status
                answer.content += (words and f"{words} {there[0].pk}").encode()
            return answer

        return not_found

    return make


def _etag_oracle(real: Any) -> Any:
    def owned_line(reference: str, by: Any) -> Any:
        with second_wall_open():
            there = Alert.objects.filter(reference=reference).exists()
        try:
            return real(reference, by)
        except Exception:
            if there:
                raise Stale("stale", "changed") from None
            raise

    return owned_line


def _kept_for_all() -> Callable[[Any], Any]:
    """An answer kept by its address, whoever asks."""
    kept: dict[str, Any] = {}

    def make(real: Any) -> Any:
        def call(self: Any, request: HttpRequest) -> Any:
            if request.method != "GET" or getattr(request, "member", None) is None:
                return real(self, request)
            address = request.get_full_path()
            if address not in kept:
                kept[address] = real(self, request)
            return kept[address]

        return call

    return make


def _count_before_filter(real: Any) -> Any:
    def call(self: Any, request: HttpRequest) -> Any:
        answer = real(self, request)
        with second_wall_open():
            answer["X-Total"] = str(Alert.objects.count())
            answer.content = answer.content + f"<!-- {Alert.objects.count()} -->".encode()
        return answer

    return call


def _hidden_in_header(real: Any) -> Any:
    def call(self: Any, request: HttpRequest) -> Any:
        answer = real(self, request)
        with second_wall_open():
            last = Alert.objects.order_by("-recorded_at").values_list("reference", flat=True).first()
        answer["Link"] = f"</alerts/{last}/>; rel=next"
        return answer

    return call


def _sorted_by_hidden(real: Any) -> Any:
    """A list that takes any order, and says by whom it was cut."""

    def call(self: Any, request: HttpRequest) -> Any:
        answer = real(self, request)
        if request.GET.get("order"):
            with second_wall_open():
                answer.content += str(
                    Person.objects.order_by("sealed").values_list("pk", flat=True)[0]
                ).encode()
        return answer

    return call


def _anybodys_answer(_real: Any) -> Any:
    """A kept answer is given to whoever has the key: the member does not count."""

    def claim(row: Any, now: Any) -> Any:  # noqa: ARG001
        from fanal.web.models import Idempotency

        first = Idempotency.objects.filter(key_digest=row.key_digest).first()
        if first is not None:
            row.request_digest = bytes(first.request_digest)
            return first
        row.save(force_insert=True)
        return None

    return claim


def _any_member(_real: Any) -> Any:
    def secret(_row: Any, key: str) -> bytes:
        import hashlib

        return hashlib.sha256(key.encode()).digest()

    return secret


def _told_to_all(real: Any) -> Any:
    def tell_each(*, waiting: Any, kind: str, at: Any) -> None:
        from fanal.directory.models import Unit

        units = Unit.objects.values_list("pk", flat=True)
        real(waiting=[(unit, reference) for _, reference in waiting for unit in units], kind=kind, at=at)

    return tell_each


def _logged(real: Any) -> Any:
    def consult(**values: Any) -> Any:
        sheet = real(**values)
        logging.getLogger("fanal.alerts").warning("read %s: %s", sheet.reference, sheet.narrative)
        return sheet

    return consult


def _identity_everywhere(real: Any) -> Any:
    """The list names people."""

    def call(self: Any, request: HttpRequest) -> Any:
        from fanal.access import vault

        answer = real(self, request)
        rows = {row.pk: row.sealed for row in Person.objects.exclude(sealed=None)[:3]}
        answer.content += str(vault.unseal(rows)).encode()
        return answer

    return call


_CALL = "fanal.web.middleware:Refusals.__call__"
_EVERY = ("select", "visible")
# name, wall, what is replaced, by what, addresses, other eyes, played anew, rows
_ACTS: list[tuple[str, str, str, Callable[[Any], Any], str, tuple[str, ...], bool, tuple[str, ...]]] = [
    ("whoever reads an alert changes it", "act", "fanal.alerts.services.following:owned", _owned, "post .*alerts", (), False, ()),
    ("whoever reads an alert closes it", "act", "fanal.alerts.services.closing:owned", _owned, "post .*alerts.*(close|reopen)", (), False, ()),
    ("a line of an alert is anybody's", "act", "fanal.alerts.queries.heads:owned_line", _owned_line, "get .*alerts", (), False, ()),
    ("whoever reads a procedure decides in it", "act", "fanal.protection.services.writing:Act.owns", _owns, "post .*protection", (), False, ()),
    ("a person without her alert", "act", "fanal.alerts.queries.persons:_persons", _swapped_persons, "referrals/persons/new/<", (), False, ()),
    ("a seat of another procedure", "act", "fanal.protection.services:hide_dates", _swapped_grant, "post .*dates/<", (), False, ()),
    ("drafts of everybody", "queries", "fanal.alerts.queries.drafts:mine", _all(Draft), "alerts/new", (), False, ()),
    ("the calendar of somebody else", "act", "fanal.access.queries:member_by_token", _somebody_elses, r"\.ics", (), False, ()),
    ("tokens of everybody", "act", "fanal.access.services:revoke_token", _revoke_any, "tokens/<.*revoke|tokens/.*/revoke", (), False, ()),
    ("a forbidden file is refused otherwise than an absent one", "act", "fanal.web.errors:not_found", _oracle(403), "(alerts|referrals)/<", (), False, ()),
    ("a forbidden file is gone, an absent one not found", "act", "fanal.web.errors:not_found", _oracle(410), "(alerts|referrals)/<", (), False, ()),
    ("an error that names the row", "act", "fanal.web.errors:not_found", _oracle(404, "row"), "(alerts|referrals)/<", (), False, ()),
    ("a version that tells that there is a file", "act", "fanal.alerts.queries:owned_line", _etag_oracle, "post api/alerts/<", (), False, ()),
    ("an answer kept for all", "act", _CALL, _kept_for_all(), "get ", (), False, ()),
    ("a count before the filter", "act", _CALL, _count_before_filter, "", ("unmoved",), False, ()),
    ("the next file of somebody else in a header", "act", _CALL, _hidden_in_header, "get .*(alerts|referrals|protection)", (), False, ()),
    ("sorted by what is hidden", "act", _CALL, _sorted_by_hidden, "get .*(alerts|referrals|protection)", (), False, ()),
    ("names in a list", "act", _CALL, _identity_everywhere, "get .*alerts", (), False, ()),
    ("a kept answer for whoever has the key", "act", "fanal.web.idempotency:_claim", _anybodys_answer, "", ("replayed",), False, ()),
    ("everybody is told", "act", "fanal.notify.services:tell_each", _told_to_all, "", ("mails",), True, ()),
    ("an alert in the log", "act", "fanal.alerts.services:consult", _logged, "get .*alerts/<", ("log",), False, ()),
    ("revoking does nothing", "act", "fanal.access.services:revoke", _nothing, "", (), True, _EVERY),
    ("an export of everything", "queries", "fanal.alerts.queries.lists:alerts", _all(Alert), "alerts/export|api/alerts$", (), False, ()),
    ("referrals of everybody in the list", "queries", "fanal.referrals.queries:referrals", _all(Referral), "api/referrals$", (), False, ()),
]  # fmt: skip
