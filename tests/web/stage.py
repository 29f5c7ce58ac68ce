"""A small house for the tests of the edge: a gallery of every component, a form, and views that go wrong."""

from datetime import UTC, date, datetime, timedelta
from secrets import token_bytes
from time import sleep
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.template import engines
from django.urls import include, path
from ninja import Router, Schema, Status

from fanal.access.gate import public, requires
from fanal.access.models import Token
from fanal.access.rules import Permission
from fanal.audit import services as audit
from fanal.errors import Invalid, NotFound, Refusal
from fanal.web import cursors, errors, etags
from fanal.web.api import Api, PageOf
from fanal.web.components import Bar, Chart, Line, Phase, Stand, Tag, Tone
from fanal.web.forms import Date, Form, LongText, Moment, Text, respond

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
GALLERY = """
{% extends "web/base.html" %}{% load fanal i18n %}
{% block title %}P-9QX4{% endblock %}
{% block content %}
<h1>File P-9QX4</h1>
{% wall who_looked="/looked" %}Immigration Office. The centre sees the <strong>dates</strong>.{% endwall %}
<div class="grid">
{% card title="Late" count=3 id="late" %}{% todo lines %}{% endcard %}
{% card title="This week" count=1 %}{% todo soon %}{% endcard %}
{% card title="You wait" count=0 %}{% todo none empty="You wait for nobody." %}{% endcard %}
</div>
{% card title="Where the procedure stands" %}
{% rail phases label="Phases" %}
<div class="acts"><a class="btn" href="/form">Renew the card</a><a class="btn q" href="/form"
 data-opens="sure">Refuse</a>
<button class="btn danger" type="button">End</button></div>
{% datatable caption="Documents" %}<thead><tr><th scope="col">Document</th><th scope="col">From</th>
<th scope="col" class="num">Days</th><th scope="col">State</th></tr></thead>
<tbody><tr><td>Card A</td><td class="date">{{ day|day }}</td><td class="num">184</td>
<td>{% tag "valid" "ok" %} {% clock due now %}</td></tr></tbody>{% enddatatable %}
{% facts pairs %}
{% endcard %}
{% filterbar filters target="#results" %}
<div id="results">{% empty title="No alert yet" %}An alert appears here when a service records it.{% endempty %}</div>
{% pages listed %}
{% progress 40 100 "Import" %}
{% chart funnel id="funnel" %}
<p>{% time_tag due due|weekday %} · {{ due|moment }} · {{ missing|known }}</p>
<dialog id="sure" aria-labelledby="sure-title"><h2 id="sure-title">Sure?</h2><p>Nothing comes back.</p>
<div class="acts"><button class="btn q" type="button" data-closes>No</button></div></dialog>
{% endblock %}
"""


class FilterForm(Form):
    q = Text(label="Words", required=False, widget=forms.TextInput(attrs={"type": "search"}))
    state = forms.ChoiceField(label="State", required=False, choices=[("", "All"), ("late", "Late")])


class SightForm(Form):
    """One field of every kind."""

    identity = ("name",)
    name = Text(label="Name", required=False, help_text="As the person says it; a pseudonym will do.")
    seen_on = Date(label="Seen on")
    seen_at = Moment(label="Seen at", required=False)
    told = LongText(label="What was seen")
    sector = forms.ChoiceField(label="Sector", choices=[("", "Choose"), ("a", "Farming"), ("b", "Car wash")])
    minor = forms.ChoiceField(
        label="Is the person a minor?",
        widget=forms.RadioSelect,
        choices=[("yes", "Yes"), ("no", "No"), ("unknown", "I do not know")],
    )
    signs = forms.MultipleChoiceField(
        label="Signs",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[("Work", [("h", "Long hours"), ("p", "No pay")]), ("Papers", [("w", "Withheld")])],
    )
    agrees = forms.BooleanField(label="The person agrees", required=False)


def _pages_context() -> dict[str, Any]:
    return {
        "now": NOW,
        "due": NOW + timedelta(days=3),
        "day": date(2026, 11, 24),
        "missing": None,
        "lines": [
            Line(
                "File P-7F3K · questions",
                "/form",
                "To ask before the end (art. 61/3).",
                Tag("2 days late", Tone.LATE),
            ),
            Line(
                "File P-2M9C · receipt <b>",
                "/form",
                "A minor without an adult.",
                Tag("5 hours late", Tone.LATE),
            ),
        ],
        "soon": [Line("File P-5T1A · end", "/form", "Opened on 13 October.", Tag("Friday", Tone.SOON))],
        "none": [],
        "phases": [
            Phase("Reflection", "45 days, closed", Stand.PAST),
            Phase("Attestation", "3 months", Stand.PAST, 2),
            Phase("Card A", "until 28.11.2026", Stand.NOW, 3),
            Phase("Unlimited stay", "on conviction", Stand.NEXT),
        ],
        "pairs": [("Citizenship", None), ("Safe to phone", "yes, 10–12 h"), ("Name", "מרים <i>")],
        "filters": FilterForm({}),
        "listed": cursors.Page([], "abc"),
        "funnel": Chart(
            "Alerts by outcome",
            "Most end referred; two wait.",
            [
                Bar("Referred", 120),
                Bar("Refused help", 30, Tone.SOON),
                Bar("Open", 2, Tone.LATE),
                Bar("None", 0),
            ],
            "Outcome",
            "Alerts",
        ),
    }


@public("a test")
def gallery(request: HttpRequest) -> HttpResponse:
    messages.success(request, "The alert A-7F3K was sent.")
    return HttpResponse(engines["django"].from_string(GALLERY).render(_pages_context(), request))


@public("a test")
def form(request: HttpRequest) -> HttpResponse:
    filled = SightForm(request.POST or None)
    if request.method == "POST" and filled.is_valid():
        try:
            _refuse_futures(filled.cleaned_data["seen_on"])
        except Refusal as refusal:
            errors.into_form(request, filled, refusal)
        else:
            return redirect("/gallery")
    return respond(request, "stage_form.html", filled, version="7", cancel_url="/gallery")


def _refuse_futures(day: date) -> None:
    if day > NOW.date():
        raise Invalid("future", "This day has not come yet.", field="seen_on")


@requires(Permission.HOME)
def members_form(request: HttpRequest) -> HttpResponse:
    return form(request)


@requires(Permission.HOME)
def once(request: Any) -> HttpResponse:
    """A slow act that counts how often it was done."""
    if request.method == "POST":
        sleep(0.8)
        Token.objects.create(
            membership_id=request.member.membership_id,
            label="once",
            digest=token_bytes(),
            created_at=NOW,
            expires_at=NOW,
        )
        return redirect("/gallery")
    return respond(request, "stage_form.html", FilterForm(request.GET or None))


@requires(Permission.HOME)
def writes_then(request: Any, ending: str) -> HttpResponse:
    """Writes one line of the trace, then ends as asked."""
    audit.record(by=request.member, verb=audit.Verb.CONSULT, act="stage.read", at=NOW)
    if ending == "refusal":
        raise Refusal("impossible", "The centre is full.", place="centre")
    if ending == "absent":
        raise NotFound
    if ending == "fault":
        raise ValueError("Miriam Cohen is not a number")
    if ending == "stream":
        return StreamingHttpResponse([b"a"])
    if ending == "absent-in-form":
        errors.into_form(request, SightForm({}), NotFound())
    if ending == "form":
        errors.into_form(request, SightForm({}), Invalid("typed", "Not so."))
    return HttpResponse("done")


@requires(Permission.ACCOUNT_MANAGE)
def not_for_officers(request: HttpRequest) -> HttpResponse:
    return HttpResponse("accounts")


def token_made() -> None:
    """A place for a test to make the act slow."""


router = Router()


class ThingIn(Schema):
    label: str
    on: date


class ThingOut(Schema):
    id: UUID
    label: str


@router.post("/things", response={201: ThingOut})
@requires(Permission.TOKEN_MANAGE)
def make(request: Any, thing: ThingIn) -> Status[Token]:
    if thing.label == "full":
        raise Refusal("full", "The centre is full.", field="label", places=0)
    made = Token.objects.create(
        membership_id=request.member.membership_id,
        label=thing.label,
        digest=thing.label.encode(),
        created_at=NOW,
        expires_at=NOW,
    )
    token_made()
    return Status(201, made)


@router.get("/things", response=PageOf[ThingOut])
@requires(Permission.TOKEN_MANAGE)
def things(request: Any, cursor: str = "", size: int = 2) -> cursors.Page[Token]:
    mine = Token.objects.filter(membership_id=request.member.membership_id, digest__isnull=False)
    return cursors.page(mine.filter(label__startswith="thing"), cursor=cursor, size=size)


@router.get("/things/{thing_id}", response=ThingOut)
@requires(Permission.TOKEN_MANAGE)
def one(request: Any, response: HttpResponse, thing_id: UUID) -> Token:
    found = Token.objects.filter(pk=thing_id, membership_id=request.member.membership_id).first()
    if found is None:
        raise NotFound
    etags.put_etag(response, found.created_at)
    return found


@router.put("/things/{thing_id}", response=ThingOut)
@requires(Permission.TOKEN_MANAGE)
def change(request: Any, thing_id: UUID, thing: ThingIn) -> Token:
    found = Token.objects.get(pk=thing_id)
    etags.demand_match(request, found.created_at)
    found.label = thing.label
    found.save()
    return found


@router.get("/fault")
@requires(Permission.HOME)
def api_fault(request: HttpRequest) -> None:
    raise ValueError("Miriam Cohen is not a number")


api = Api("stage")
api.add_router("", router)

handler400 = "fanal.web.errors.bad_request"
handler403 = "fanal.web.errors.forbidden"
handler404 = "fanal.web.errors.not_found"
handler500 = "fanal.web.errors.fault"
urlpatterns = [
    path("accounts/", include("allauth.urls")),
    path("", include(([path("call", gallery, name="call")], "directory"))),
    path("", include("fanal.web.urls")),
    path("", include("fanal.accounts.urls")),
    path("gallery", gallery),
    path("form", form),
    path("members/form", members_form),
    path("once", once),
    path("writes/<str:ending>", writes_then, name="writes"),
    path("accounts-only", not_for_officers),
    path("api/", api.urls),
]
