"""The URL table of the whole house: gates, two faces of each write, words that never stand in an address."""

import re
from collections.abc import Iterator
from html import unescape

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import override_settings
from django.urls import include, path, set_urlconf
from tests.cast import client
from tests.house import addresses
from tests.house.addresses import UNSAFE
from tests.house.scenario import Scenario

from fanal.access.checks import every_route_has_a_gate, routes
from fanal.access.models import Account
from fanal.documents.rules import forbidden_words

LANGUAGES = ("fr", "nl", "de", "en")


# Gates


@pytest.mark.asvs("8.2.1")
def test_every_route_has_a_gate() -> None:
    table = list(routes())
    assert len(table) > 120
    assert [route for route, _, gated in table if not gated] == []
    assert {each.route for each in addresses.addresses()} == {route for route, _, _ in table}


def unguarded(request: HttpRequest) -> HttpResponse:
    """A view that somebody forgot to guard."""
    return HttpResponse()


urlpatterns = [path("forgotten/", unguarded), path("", include("fanal.config.urls"))]


@pytest.mark.asvs("8.2.1")
@override_settings(ROOT_URLCONF=__name__)
def test_a_route_that_was_forgotten_stops_the_start() -> None:
    set_urlconf(None)
    found = every_route_has_a_gate()
    assert [error.id for error in found] == ["access.E001"]
    assert "forgotten/" in found[0].msg


# Two faces

SAME_ACT = {
    "accounts.ask_account": "accounts.ask",
    "accounts.ask_enable": "accounts.ask",
    "accounts.ask_membership": "accounts.ask",
    "accounts.ask_reset": "accounts.ask",
    "accounts.ask_role": "accounts.ask",
    "accounts.ask_unit": "accounts.ask",
    "alerts.new": "alerts.record",
    "alerts.step": "alerts.record",
    "alerts.person": "alerts.record",
    "desk.tokens": "desk.issue_token",
    "meetings.meeting": "meetings.reply",
    "protection.new": "protection.open_file",
    "protection.alone": "protection.request_opening",
    "protection.from_referral": "protection.request_opening",
    "recommendations.add_decision": "recommendations.add_answer",
    "recommendations.add_evidence": "recommendations.add_answer",
    "recommendations.add_measure": "recommendations.add_answer",
    "recommendations.new": "recommendations.record",
    "referrals.new": "referrals.prepare",
    "referrals.alone": "referrals.prepare",
    "referrals.from_alert": "referrals.prepare",
    "referrals.publish": "referrals.publish_capacity",
    "referrals.review": "referrals.review_exception",
}
"""A page that is one step of an act, or names it otherwise than the API: (page, operation)."""

_DRAFTED = (
    "a draft is written by people together, or brought in as one table; a program reads what was adopted"
)
ONE_FACE = {
    "accounts.break_glass": "an emergency is a person's, and is opened to her own window only",
    "accounts.draw_half": "half a code is read out by a person; a program that keeps it would hold the whole",
    "accounts.end_login": "a program is not logged in anywhere",
    "accounts.end_other_logins": "a program is not logged in anywhere",
    "accounts.enter": "a person chooses a password, with what two others told her",
    "accounts.find_to_close": "leads to the page that closes; a program names the membership",
    "accounts.link": "a person goes to the other house herself",
    "accounts.unlink": "a person goes to the other house herself",
    "alerts.discard": "what is half typed lives in a browser only: a program sends a whole report",
    "alerts.plan": "reads without writing, by POST for its length; in the pages it is the last step of the intake",
    "alerts.known": "reads without writing, by POST so that no name stands in an address; a step of the intake",
    "plans.add_heading": _DRAFTED,
    "plans.add_indicator": _DRAFTED,
    "plans.add_measure": _DRAFTED,
    "plans.adopt": _DRAFTED,
    "plans.amend": _DRAFTED,
    "plans.bring_in": _DRAFTED,
    "plans.change_heading": _DRAFTED,
    "plans.change_indicator": _DRAFTED,
    "plans.change_measure": _DRAFTED,
    "plans.discard": _DRAFTED,
    "plans.move_measure": _DRAFTED,
    "plans.reframe": _DRAFTED,
    "plans.remove_heading": _DRAFTED,
    "plans.remove_indicator": _DRAFTED,
    "plans.remove_measure": _DRAFTED,
    "plans.returns": _DRAFTED,
    "plans.start": _DRAFTED,
    "progress.import_sheet": "a sheet is a person's way to say many things at once; a program sends each report",
    "minutes.paste": "reads without writing, by POST for its length; a program sends what it has",
    "meetings.subscription": "a secret address that a person pastes into her calendar; a program reads the meetings",
    "protection.calendar": "a secret address that a person pastes into her calendar; a program reads the deadlines",
    "decisions.bring_in": "a person looks at the preview of a table; a program records each decision",
    "recommendations.batch": "a table is looked at by a person before anything of it is written",
    "recommendations.bring": "a person brings a table; a program enters each recommendation",
    "recommendations.bring_in": "a person looks at the preview of a table; a program enters each recommendation",
    "recommendations.discard": "what is half brought in lives in the pages only",
    "web.hat": "a token is bound to one membership",
    "web.language": "a program follows the language of its member",
    "web.leave": "a program has no screen that others see",
    "web.clean": "reads without writing, by POST for its length; a step of writing in a browser",
}
"""A write with one face, and why the other one would make no sense."""


@pytest.mark.django_db
def test_each_write_has_both_faces(scenario: Scenario) -> None:
    everybody = list(scenario.cast.all.values())
    browsers = {member: client(member) for member in everybody}
    pages = {
        page.name
        for page in addresses.pages()
        if addresses.accepts_post(page, browsers[addresses.who_may(page, everybody)], scenario)
    }
    operations = {each.name for each in addresses.operations() if each.methods & UNSAFE}
    assert len(pages) > 30
    lonely = (pages ^ operations) - SAME_ACT.keys() - set(SAME_ACT.values()) - ONE_FACE.keys()
    assert sorted(lonely) == [], "each needs its other face, or a line here that says why not"
    assert SAME_ACT.keys() <= pages - operations
    assert set(SAME_ACT.values()) <= operations
    assert ONE_FACE.keys() <= pages ^ operations, "a line that is no longer true"


# Words


@pytest.mark.asvs("14.2.1")
def test_no_address_says_a_forbidden_word() -> None:
    assert forbidden_words("/alerts/traite/") == ["traite"]
    for each in addresses.addresses():
        assert forbidden_words(each.route) == [], each.route


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_title_and_no_file_name_says_a_forbidden_word(scenario: Scenario, language: str) -> None:
    everybody = list(scenario.cast.all.values())
    Account.objects.update(language=language)
    browsers = {member: client(member) for member in everybody}
    seen = 0
    for page in addresses.pages():
        for member in everybody:
            if page.gate.permission is None or member.may(page.gate.permission):
                answer = browsers[member].get(page.url(scenario))
                if answer.status_code == 200:
                    seen += 1
                    for words in said_outside(answer):  # type: ignore[arg-type]
                        assert forbidden_words(words) == [], f"{page.route}: {words}"
                    break
    assert seen > 45


def said_outside(answer: HttpResponse) -> Iterator[str]:
    """What others may read over a shoulder or in a download folder."""
    yield answer.get("Content-Disposition", "")
    page = answer.content.decode() if answer["Content-Type"].startswith("text/html") else ""
    if "<html" in page:
        title = re.search(r"<title>(.*?)</title>", page, re.S)
        assert title
        assert title[1].strip()
        yield unescape(title[1])
