"""Home page, personal tokens, and who looked at a file."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fanal.access import queries as access
from fanal.access import services as access_services
from fanal.access.gate import MemberRequest, public, requires
from fanal.access.rules import Permission
from fanal.desk import queries, services
from fanal.desk.forms import LIVES, PeriodForm, ReferenceForm, TokenForm
from fanal.desk.queries import coordination as glance
from fanal.errors import NotFound
from fanal.web.components import Bar, Chart, Line, urgency
from fanal.web.templatetags.fanal import weekday
from fanal.web.waiting import Waiting

WEEK = timedelta(days=7)
AHEAD = timedelta(days=30)


@require_safe
@public("the front door: whom to call and where to log in; a member goes to her own desk")
def front(request: HttpRequest) -> HttpResponse:
    """The address of the installation: the desk for a member, the directory for everybody else."""
    if getattr(request, "member", None) is None:
        return redirect("directory:call")
    return home(request)


@requires(Permission.HOME)
def home(request: MemberRequest) -> HttpResponse:
    """Late, this week, in the month after it, waiting for others: each line with its clock and its reason."""
    now = timezone.now()
    columns: dict[str, list[Line]] = {"late": [], "week": [], "later": [], "waiting": []}
    for found in queries.waiting(request.member, now):
        if found.state != "week" or found.due_at is None or found.due_at <= now + WEEK:
            columns[found.state].append(_line(found, now))
        elif found.due_at <= now + AHEAD:
            columns["later"].append(_line(found, now))
    context = {
        "columns": columns,
        "changes": queries.changes(request.member, now),
        "reference_form": ReferenceForm(),
        "may_break": request.member.may(Permission.GLASS_BREAK),
        "now": now,
        "shown": 12,
        "overview": glance.overview(request.member, now)
        if request.member.may(Permission.COORDINATE)
        else None,
    }
    return render(request, "desk/home.html", context)


def _line(found: Waiting, now: datetime) -> Line:
    title = f"{found.reference} · {found.act}" if found.reference else found.act
    if found.due_at is None:
        return Line(title, found.url, found.reason)
    why = f"{weekday(found.due_at)}. {found.reason}"
    return Line(title, found.url, why, urgency(found.due_at, now))


@require_safe
@requires(Permission.BODY_READ)
def coordination(request: MemberRequest) -> HttpResponse:
    """What the bodies do, at a glance: for everybody who has an account, as far as her unit holds a seat."""
    return render(
        request, "desk/coordination.html", {"overview": glance.overview(request.member, timezone.now())}
    )


@require_safe
@public("what was adopted, published or frozen for everybody: no person, no draft")
def published(request: HttpRequest) -> HttpResponse:
    """The coordination for anybody: plans in force, decisions and reports that were published."""
    found = glance.published(timezone.localdate(), get_language() or "en")
    return render(request, "desk/public.html", {"published": found})


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
    page, lines = services.read_trace(
        by=request.member,
        compartment_id=compartment_id,
        at=timezone.now(),
        cursor=request.GET.get("cursor", ""),
    )
    return render(request, "desk/trace.html", {"page": page, "lines": lines})


@require_safe
@requires(Permission.TRACE_READ)
def unusual(request: MemberRequest) -> HttpResponse:
    """Unusual reading that the member's unit was told of: of its files, or in the house that it watches over."""
    page, lines = services.read_unusual(
        by=request.member, at=timezone.now(), cursor=request.GET.get("cursor", "")
    )
    watches = request.member.may(Permission.TRACE_COUNT)
    return render(request, "desk/unusual.html", {"page": page, "lines": lines, "watches": watches})


@require_safe
@requires(Permission.TRACE_COUNT)
def acts(request: MemberRequest) -> HttpResponse:
    """How often what was done, by which unit and why: for those who watch, without any person or file."""
    now = timezone.localtime()
    form = PeriodForm(request.GET or None, now=now)
    since, until = form.period()
    lines = services.read_acts(by=request.member, since=since, until=until, at=now)
    context = {
        "form": form,
        "lines": lines,
        "chart": _chart(lines),
        "may_see_unusual": request.member.may(Permission.TRACE_READ),
    }
    return render(request, "desk/acts.html", context, status=422 if form.errors else 200)


def _chart(lines: Sequence[queries.Acts]) -> Chart:
    """Acts by verb, each unit and purpose together."""
    totals: dict[str, int] = {}
    for line in lines:
        totals[line.verb] = totals.get(line.verb, 0) + line.acts
    total = sum(totals.values())
    return Chart(
        title=_("Acts in this period"),
        sentence=ngettext("%(n)s act.", "%(n)s acts.", total) % {"n": total},
        label_head=_("What was done"),
        value_head=_("Acts"),
        bars=[Bar(verb, count) for verb, count in sorted(totals.items(), key=lambda each: -each[1])],
    )
