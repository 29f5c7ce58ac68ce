"""Around every request: headers, one transaction, refusals and faults as answers."""

import logging
from datetime import date

import pytest
from django.test import Client
from pytest_django import Settings
from tests.access.rows import unit
from tests.web.conftest import browser, join

from fanal.access.models import Membership
from fanal.access.rules import Member, Role
from fanal.access.services import acting_as
from fanal.audit.models import Entry, Verb
from fanal.web.middleware import HEADERS

pytestmark = pytest.mark.django_db


@pytest.mark.asvs("3.4.3", "3.4.4", "3.4.5", "3.4.6", "14.2.2", "14.3.2")
@pytest.mark.parametrize(
    "path",
    [
        "/gallery",
        "/form",
        "/nowhere",
        "/accounts/login/",
        "/api/nowhere",
        "/api/openapi.json",
        "/accounts-only",
    ],
)
def test_every_answer_carries_the_headers(path: str) -> None:
    response = Client().get(path)
    assert {name: response[name] for name in HEADERS} == HEADERS
    assert response["Cache-Control"] == "no-store"
    assert "unsafe" not in response["Content-Security-Policy"]
    assert len(response["X-Request-Id"]) == 8


@pytest.mark.asvs("3.4.3")
def test_static_files_may_be_kept_and_carry_the_policy() -> None:
    response = Client().get("/static/web/fanal.css")
    response.close()
    assert response.status_code == 200
    assert "no-store" not in response["Cache-Control"]
    assert response["Content-Security-Policy"] == HEADERS["Content-Security-Policy"]


@pytest.mark.asvs("1.2.3", "3.7.1", "14.2.3")
def test_no_page_has_inline_script_or_style_or_a_third_party() -> None:
    html = Client().get("/gallery").content.decode()
    assert "<style" not in html
    assert "style=" not in html
    assert "onclick" not in html
    assert html.count("<script") == html.count('<script src="/static/')
    assert "https://" not in html.replace('data-leave="https://www.meteo.be/"', "")


def test_the_page_says_who_acts_and_offers_only_what_is_allowed(officer: Member) -> None:
    html = browser(officer).get("/gallery").content.decode()
    assert "Police officer, Service" in html
    assert 'data-draft-owner="' in html
    assert str(officer.person_id) not in html
    assert "Keep accounts" not in html, "a police officer does not manage accounts"


class TestTransaction:
    def lines(self, officer: Member) -> list[tuple[str, str, dict[str, object]]]:
        with acting_as(officer):
            return [(e.verb, e.act, e.facts) for e in Entry.objects.filter(unit_id=officer.unit_id)]

    def test_an_act_is_kept(self, officer: Member) -> None:
        assert browser(officer).get("/writes/well").content == b"done"
        assert self.lines(officer) == [(Verb.CONSULT, "stage.read", {})]

    @pytest.mark.asvs("16.3.2")
    def test_a_refusal_undoes_the_request_and_is_recorded(self, officer: Member) -> None:
        response = browser(officer).get("/writes/refusal")
        assert response.status_code == 409
        assert "The centre is full." in response.content.decode()
        assert self.lines(officer) == [(Verb.REFUSED, "GET writes", {"code": "impossible"})]

    @pytest.mark.asvs("16.3.2", "16.3.3")
    def test_a_permission_one_does_not_hold_is_recorded(self, officer: Member) -> None:
        assert browser(officer).get("/accounts-only").status_code == 403
        assert self.lines(officer) == [(Verb.REFUSED, "GET accounts-only", {"code": "not_allowed"})]

    @pytest.mark.asvs("16.3.3")
    def test_a_refusal_in_a_form_keeps_what_was_read_and_is_recorded(self, officer: Member) -> None:
        assert browser(officer).get("/writes/form").status_code == 200
        assert self.lines(officer) == [
            (Verb.CONSULT, "stage.read", {}),
            (Verb.REFUSED, "GET writes", {"code": "typed"}),
        ]

    @pytest.mark.asvs("2.3.3", "16.5.3")
    @pytest.mark.parametrize("ending", ["fault", "stream"])
    def test_a_fault_undoes_the_request(self, officer: Member, ending: str) -> None:
        response = browser(officer, raise_request_exception=False).get(f"/writes/{ending}")
        assert response.status_code == 500
        assert self.lines(officer) == []

    def test_a_form_cannot_put_right_what_is_not_there(self, officer: Member) -> None:
        assert browser(officer).get("/writes/absent-in-form").status_code == 404
        assert self.lines(officer) == [(Verb.REFUSED, "GET writes", {"code": "not_found"})]

    def test_a_refusal_undoes_the_session_too(self, officer: Member) -> None:
        client = browser(officer)
        key = client.session.session_key
        client.get("/writes/refusal")
        assert client.session.session_key == key


class TestAnswers:
    def test_absent_and_forbidden_are_the_same_bytes(self, officer: Member) -> None:
        client = browser(officer)
        absent, forbidden = client.get("/nowhere"), client.get("/writes/absent")
        assert absent.status_code == forbidden.status_code == 404
        assert absent.content == forbidden.content
        changing = {"X-Request-Id"}
        assert {k: v for k, v in absent.items() if k not in changing} == {
            k: v for k, v in forbidden.items() if k not in changing
        }

    @pytest.mark.parametrize(
        ("language", "words"),
        [("fr", "Introuvable"), ("nl", "Niet gevonden"), ("de", "Nicht gefunden"), ("en", "Not found")],
    )
    def test_the_answer_speaks_the_reader_s_language(self, language: str, words: str) -> None:
        response = Client(headers={"Accept-Language": language}).get("/nowhere")
        assert f"<h1>{words}</h1>" in response.content.decode()
        assert f'<html lang="{language}"' in response.content.decode()

    def test_nobody_goes_to_the_login_page_and_back(self) -> None:
        response = Client().get("/members/form?step=2")
        assert (response.status_code, response["Location"]) == (
            302,
            "/accounts/login/?next=%2Fmembers%2Fform%3Fstep%3D2",
        )

    @pytest.mark.asvs("13.4.2", "16.3.4")
    def test_a_fault_is_logged_once_under_a_number_and_says_nothing_personal(
        self, officer: Member, caplog: pytest.LogCaptureFixture
    ) -> None:
        with caplog.at_level(logging.DEBUG, logger="fanal"):
            response = browser(officer, raise_request_exception=False).get("/writes/fault")
        number = response["X-Request-Id"]
        assert number in response.content.decode()
        (line,) = [r.getMessage() for r in caplog.records if r.levelno >= logging.ERROR]
        assert number in line
        assert "ValueError" in line
        assert "writes_then" in line
        assert "writes/<str:ending>" in line
        assert "Miriam" not in line + response.content.decode() + caplog.text

    def test_a_stale_token_shows_the_way_back_to_the_form(self, officer: Member) -> None:
        client = browser(officer, enforce_csrf_checks=True)
        response = client.post("/members/form", {"told": "x"})
        assert response.status_code == 403
        assert 'href="/members/form"' in response.content.decode()
        assert " data-keep-drafts" in response.content.decode()

    def test_an_expired_session_on_a_submission_leads_to_login_and_back(self) -> None:
        response = Client(enforce_csrf_checks=True).post("/members/form", {"told": "x"})
        assert (response.status_code, response["Location"]) == (
            302,
            "/accounts/login/?next=%2Fmembers%2Fform",
        )

    def test_a_forged_host_is_refused_in_our_own_words(self) -> None:
        response = Client().get("/gallery", headers={"host": "evil.example"})
        assert response.status_code == 400
        assert "This request cannot be read" in response.content.decode()


class TestLanguageAndHats:
    def test_a_visitor_chooses_and_a_cookie_remembers(self) -> None:
        client = Client()
        response = client.post("/language", {"language": "nl", "next": "/form?x=1"})
        assert (response.status_code, response["Location"]) == (302, "/form?x=1")
        assert 'lang="nl"' in client.get("/form").content.decode()

    def test_a_member_s_choice_is_her_preference(self, officer: Member) -> None:
        client = browser(officer)
        client.post("/language", {"language": "de"})
        assert '<html lang="de"' in Client.get(browser(officer), "/form").content.decode()

    @pytest.mark.asvs("1.2.2", "3.7.2")
    @pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
    def test_it_never_leads_elsewhere(self, target: str) -> None:
        assert Client().post("/language", {"language": "nl", "next": target})["Location"] == "/"

    def test_an_unknown_language_is_refused(self) -> None:
        assert Client().post("/language", {"language": "xx"}).status_code == 422

    def test_who_works_in_two_units_acts_for_one_at_a_time(self, officer: Member) -> None:
        client = browser(officer)
        assert "Act as" not in client.get("/gallery").content.decode(), "one unit, nothing to choose"
        second = Membership.objects.create(
            account_id=officer.person_id, unit=unit(), role=Role.MAGISTRATE, valid_from=date(2021, 1, 1)
        )
        html = client.get("/gallery").content.decode()
        assert f'value="{second.id}" aria-pressed="false"' in html
        assert client.post("/hat", {"membership": str(second.id)}).status_code == 302
        html = client.get("/gallery").content.decode()
        assert f"<summary>Magistrate, {second.unit.label('en')}</summary>" in html
        assert f'value="{second.id}" aria-pressed="true"' in html

    def test_nobody_wears_another_s_hat(self, officer: Member) -> None:
        theirs = join("other", Role.MAGISTRATE).membership_id
        assert browser(officer).post("/hat", {"membership": str(theirs)}).status_code == 404
        assert browser(officer).post("/hat", {"membership": str(officer.membership_id)}).status_code == 302

    @pytest.mark.asvs("14.3.1")
    def test_leaving_ends_the_session(self, officer: Member, settings: Settings) -> None:
        settings.FANAL_QUICK_EXIT = "https://weather.example/"
        client = browser(officer)
        response = client.post("/leave")
        assert "https://weather.example/" in response.content.decode()
        assert response["Clear-Site-Data"] == '"storage"'
        assert client.get("/members/form").status_code == 302
