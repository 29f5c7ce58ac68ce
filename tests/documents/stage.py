"""A small house with one long text in it, for the tests of the editor."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import include, path
from django.utils.html import escape

from fanal.access.gate import requires
from fanal.access.rules import Permission
from fanal.web.forms import Form, respond
from fanal.web.prose import Prose

KEPT: dict[str, str] = {"text": ""}


class ContributionForm(Form):
    text = Prose(label="Your contribution", figures=[("victims/2024", "Victims, 2024")], longest=20_000)


@requires(Permission.HOME)
def write(request: HttpRequest) -> HttpResponse:
    form = ContributionForm(request.POST or None, initial=KEPT)
    if request.method == "POST" and form.is_valid():
        KEPT["text"] = form.cleaned_data["text"]
        return redirect("/read")
    return respond(request, "prose_form.html", form)


@requires(Permission.HOME)
def read(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"<!doctype html><title>D-1</title><pre>{escape(KEPT['text'])}</pre>")


handler404 = "fanal.web.errors.not_found"
urlpatterns = [
    path("accounts/", include("allauth.urls")),
    path("", include(([path("call", read, name="call")], "directory"))),
    path("", include("fanal.web.urls")),
    path("", include("fanal.accounts.urls")),
    path("write", write),
    path("read", read),
]
