"""The REST API: one NinjaAPI under `/api/`, to which `config.urls` adds the router of each capability.

Every endpoint carries `@requires` or `@public` under its `@router.…` line. A session sends `X-CSRFToken`; a personal
token (`Authorization: Bearer`) needs none. Refusals are problems (RFC 9457), lists are `PageOf`.
"""

from http import HTTPStatus
from typing import Any, Generic, TypeVar

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema
from ninja.security import APIKeyCookie, HttpBearer

from fanal.access.gate import NotLoggedIn, public
from fanal.access.rules import Member
from fanal.errors import Refusal
from fanal.web import errors
from fanal.web.description import Description
from fanal.web.problems import CONTENT_TYPE, problem

T = TypeVar("T")


class ByToken(HttpBearer):
    """A personal token; the middleware has already looked it up. A session beside any other is not one."""

    def authenticate(self, request: HttpRequest, token: str) -> Any:  # noqa: ARG002
        member: Member | None = getattr(request, "member", None)
        return member if member is not None and member.by_token else None


class BySession(APIKeyCookie):
    """A logged-in browser; unsafe methods pass Django's CSRF check (in the base class)."""

    param_name = settings.SESSION_COOKIE_NAME

    def authenticate(self, request: HttpRequest, key: str | None) -> Any:  # noqa: ARG002
        return getattr(request, "member", None)


class PageOf(Schema, Generic[T]):
    """One page of a list; `next` is the cursor of the following one, empty on the last."""

    items: list[T]
    next: str = ""


class Problem(Schema):
    """Why something was refused (RFC 9457). `code` is stable; `errors` point at fields."""

    type: str
    title: str
    status: int
    code: str
    detail: str = ""
    errors: list[dict[str, str]] = []
    facts: dict[str, Any] = {}


class Api(NinjaAPI):
    """NinjaAPI whose description knows our refusals, and whose every route has a gate."""

    def __init__(self, urls_namespace: str) -> None:
        super().__init__(
            title="Fanal",
            version="1",
            description="Every act that has a page, for other systems. Nobody sees more here than in the pages.",
            urls_namespace=urls_namespace,
            docs_url=None,
            docs_decorator=public("the description of the interface holds no data"),
            auth=[ByToken(), BySession(csrf=True)],
        )

    def set_default_exception_handlers(self) -> None:
        answers: dict[type[Exception], Any] = {
            Refusal: errors.refused,
            AuthenticationError: _not_logged_in,
            Http404: errors.not_found,
            HttpError: _unreadable,
            ValidationError: _invalid,
        }
        for kind, answer in answers.items():
            self.add_exception_handler(kind, answer)

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> OpenAPISchema:
        prefix = self.get_root_path(path_params or {}) if path_prefix is None else path_prefix
        schema = Description(self, prefix)
        schema["components"].setdefault("schemas", {})["Problem"] = Problem.model_json_schema()
        for path in schema["paths"].values():
            for method, operation in path.items():
                operation["responses"]["4XX"] = _REFUSED
                if method == "post":
                    operation["parameters"] = [*operation.get("parameters", []), _IDEMPOTENCY_KEY]
        return schema

    def _get_urls(self) -> list[URLResolver | URLPattern]:
        urls = super()._get_urls()
        for pattern in urls:
            if isinstance(pattern, URLPattern) and pattern.name == "api-root":
                pattern.callback = public("answers 404; names the root of the API")(pattern.callback)
        return urls


_REFUSED = {
    "description": "Refused",
    "content": {CONTENT_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
}
_IDEMPOTENCY_KEY = {
    "in": "header",
    "name": "Idempotency-Key",
    "required": False,
    "schema": {"type": "string", "minLength": 1, "maxLength": 255},
    "description": "The same key with the same body gives the same answer for 24 hours.",
}


def _not_logged_in(request: HttpRequest, _error: Exception) -> HttpResponse:
    return errors.refused(request, NotLoggedIn("not_logged_in", _("Log in, or send a personal token.")))


def _unreadable(request: HttpRequest, error: HttpError) -> HttpResponse:
    if error.status_code == HTTPStatus.FORBIDDEN:
        return errors.csrf_failure(request)
    return problem(error.status_code, "request_unreadable", _("This request cannot be read."))


def _invalid(_request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Never the input itself: it may be a name, and answers are logged on the way."""
    wrong = [
        {"field": _field(one["loc"]), "code": str(one["type"]), "message": str(one["msg"])}
        for one in error.errors
    ]
    return problem(422, "invalid", _("Some values cannot be read."), errors=wrong)


def _field(location: Any) -> str:
    """("body", "payload", "seen_on") → "seen_on"; what stands in the query or the header keeps its place."""
    parts = [str(part) for part in location]
    return ".".join(parts[2:]) if parts[0] == "body" and len(parts) > 2 else ".".join(parts[1:]) or parts[0]


api = Api("api")
