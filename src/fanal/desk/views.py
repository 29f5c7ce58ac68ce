"""Home page, personal tokens, and who looked at a file."""

from datetime import datetime, timedelta
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fanal.access import queries as access
from fanal.access import services as access_services
from fanal.access.gate import MemberRequest, public, requires
from fanal.access.rules import Permission
from fanal.desk import queries
from fanal.desk.forms import LIVES, ReferenceForm, TokenForm
from fanal.errors import NotFound
from fanal.web.components import Line, urgency
from fanal.web.templatetags.fanal import weekday
from fanal.web.waiting import Waiting

WEEK = timedelta(days=7)


@require_safe
@public("the front door: whom to call and where to log in; a member goes to her own desk")
def front(request: HttpRequest) -> HttpResponse:
    """The address of the installation: the desk for a member, the directory for everybody else."""
    if getattr(request, "member", None) is None:
        return redirect("directory:call")
    return home(request)


@requires(Permission.HOME)
def home(request: MemberRequest) -> HttpResponse:
    """Late, this week, waiting for others: each line with its clock and its reason."""
    now = timezone.now()
    columns: dict[str, list[Line]] = {"late": [], "week": [], "waiting": []}
    for found in queries.waiting(request.member, now):
        if found.state != "week" or found.due_at is None or found.due_at <= now + WEEK:
            columns[found.state].append(_line(found, now))
    context = {
        "columns": columns,
        "changes": queries.changes(request.member, now),
        "reference_form": ReferenceForm(),
        "may_break": request.member.may(Permission.GLASS_BREAK),
        "now": now,
        "shown": 12,
    }
    return render(request, "desk/home.html", context)


def _line(found: Waiting, now: datetime) -> Line:
    title = f"{found.reference} · {found.act}"
    if found.due_at is None:
        return Line(title, found.url, found.reason)
    why = f"{weekday(found.due_at)}. {found.reason}"
    return Line(title, found.url, why, urgency(found.due_at, now))


@require_safe
@requires(Permission.HOME)
def find(request: MemberRequest) -> HttpResponse:
    """Go to the file with a reference; whether it exists, its own page says behind the wall."""
    form = ReferenceForm(request.GET)
    if not form.is_valid():
        return render(request, "desk/find.html", {"form": form}, status=422)
    url = queries.address(form.cleaned_data["reference"], request.member)
    if not url:
        raise NotFound
    return redirect(url)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.TOKEN_MANAGE)
def tokens(request: MemberRequest) -> HttpResponse:
    """The member's own tokens; a new one is shown once."""
    now = timezone.now()
    form = TokenForm(request.POST or None)
    secret = ""
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        _token, secret = access_services.issue_token(
            by=request.member, label=values["label"], expires_at=now + LIVES[values["days"]], at=now
        )
        form = TokenForm()
    context = {"form": form, "secret": secret, "tokens": access.tokens_of(request.member), "draft": False}
    return render(request, "desk/tokens.html", context, status=422 if form.errors else 200)


@require_POST
@requires(Permission.TOKEN_MANAGE)
def revoke_token(request: MemberRequest, token_id: UUID) -> HttpResponse:
    """End one of the member's own tokens at once."""
    access_services.revoke_token(by=request.member, token_id=token_id, at=timezone.now())
    return redirect("desk:tokens")


@require_safe
@requires(Permission.TRACE_READ)
def trace(request: MemberRequest, compartment_id: UUID) -> HttpResponse:
    """Who looked at a file and why, for its owner."""
    page, lines = queries.trace(compartment_id, request.member, request.GET.get("cursor", ""))
    return render(request, "desk/trace.html", {"page": page, "lines": lines})
