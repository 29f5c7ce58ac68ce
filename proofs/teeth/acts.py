"""Faults of single acts: an owner who is not asked for, a parent swapped, a count before the filter, an oracle."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
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
        Fault(
            act.name, act.wall, replaced(act.path, act.make), routes=act.routes, look=act.look, anew=act.anew,
            acts=act.swept,
        )
        for act in _ACTS
    ]  # fmt: skip


@dataclass(frozen=True)
class _Act:
    """What is replaced (`module:name`), and by what that is made of it; the rest as in `Fault`."""

    name: str
    path: str
    make: Callable[[Any], Any]
    routes: str = ""
    wall: str = "act"
    look: tuple[str, ...] = ()
    anew: bool = False
    swept: tuple[str, ...] = ()


def _all(model: Any) -> Callable[[Any], Any]:
    return lambda _real: lambda *_args, **_more: model._default_manager.all()


def _nothing(_real: Any) -> Any:
    return lambda *_args, **_more: None


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
    """A kept answer is given to whoever has the key: neither the member nor her role counts."""
    kept: dict[str, HttpResponse] = {}

    def once(self: Any, request: HttpRequest, _member: Any, key: str) -> HttpResponse:
        if key not in kept:
            kept[key] = self.get_response(request)
        return kept[key]

    return once


def _told_to_another(real: Any) -> Any:
    """A service more is told, to which nothing was sent."""

    def tell_each(*, waiting: Any, kind: str, at: Any) -> None:
        from fanal.directory.models import Unit

        other = Unit.objects.get(code="watch-isles").pk
        real(waiting=[*waiting, *((other, reference) for _, reference in waiting)], kind=kind, at=at)

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
_ACTS = [
    _Act(
        name="a line of an alert is anybody's",
        path="fanal.alerts.queries:owned_line",
        make=_owned_line,
        routes="get .*alerts",
    ),
    _Act(
        name="whoever reads a procedure decides in it",
        path="fanal.protection.services.writing:Act.owns",
        make=_owns,
        routes="post .*protection",
    ),
    _Act(
        name="a person without her alert",
        path="fanal.alerts.queries.persons:_persons",
        make=_swapped_persons,
        routes="referrals/persons/new/<",
    ),
    _Act(
        name="a seat of another procedure",
        path="fanal.protection.services:hide_dates",
        make=_swapped_grant,
        routes="post .*dates/<",
    ),
    _Act(
        name="drafts of everybody",
        path="fanal.alerts.queries.drafts:mine",
        make=_all(Draft),
        routes="alerts/new",
        wall="queries",
    ),
    _Act(
        name="the calendar of somebody else",
        path="fanal.access.queries:member_by_token",
        make=_somebody_elses,
        routes=r"\.ics",
    ),
    _Act(
        name="tokens of everybody",
        path="fanal.access.services:revoke_token",
        make=_revoke_any,
        routes="tokens/<.*revoke|tokens/.*/revoke",
    ),
    _Act(
        name="a forbidden file is refused otherwise than an absent one",
        path="fanal.web.errors:not_found",
        make=_oracle(403),
        routes="(alerts|referrals)/<",
    ),
    _Act(
        name="a forbidden file is gone, an absent one not found",
        path="fanal.web.errors:not_found",
        make=_oracle(410),
        routes="(alerts|referrals)/<",
    ),
    _Act(
        name="an error that names the row",
        path="fanal.web.errors:not_found",
        make=_oracle(404, "row"),
        routes="(alerts|referrals)/<",
    ),
    _Act(
        name="a version that tells that there is a file",
        path="fanal.alerts.queries:owned_line",
        make=_etag_oracle,
        routes="post api/alerts/<",
    ),
    _Act(name="an answer kept for all", path=_CALL, make=_kept_for_all(), routes="get "),
    _Act(name="a count before the filter", path=_CALL, make=_count_before_filter, look=("unmoved",)),
    _Act(
        name="the next file of somebody else in a header",
        path=_CALL,
        make=_hidden_in_header,
        routes="get .*(alerts|referrals|protection)",
    ),
    _Act(
        name="sorted by what is hidden",
        path=_CALL,
        make=_sorted_by_hidden,
        routes="get .*(alerts|referrals|protection)",
    ),
    _Act(name="names in a list", path=_CALL, make=_identity_everywhere, routes="get .*alerts"),
    _Act(
        name="a kept answer for whoever has the key",
        path="fanal.web.idempotency:IdempotentWrites._once",
        make=_anybodys_answer,
        look=("replayed",),
    ),
    _Act(
        name="another service is told",
        path="fanal.notify.services:tell_each",
        make=_told_to_another,
        look=("mails",),
        anew=True,
    ),
    _Act(
        name="an alert in the log",
        path="fanal.alerts.services:consult",
        make=_logged,
        routes="get .*alerts/<",
        look=("log",),
    ),
    _Act(
        name="revoking does nothing",
        path="fanal.access.services:revoke",
        make=_nothing,
        anew=True,
        swept=_EVERY,
    ),
    _Act(
        name="an export of everything",
        path="fanal.alerts.queries.lists:alerts",
        make=_all(Alert),
        routes="alerts/export|api/alerts$",
        wall="queries",
    ),
    _Act(
        name="referrals of everybody in the list",
        path="fanal.referrals.queries:referrals",
        make=_all(Referral),
        routes="api/referrals$",
        wall="queries",
    ),
]
