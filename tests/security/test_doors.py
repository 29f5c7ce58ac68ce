"""The doors of the house under requests that a page never makes: methods, origins, hosts, headers, content types."""

import re

import pytest
from django.http import HttpResponse
from django.test import Client
from tests.cast import Cast, api, client
from tests.house import addresses
from tests.house.scenario import Scenario
from tests.walls import second_wall_open

from fanal.audit.models import Entry, Verb

pytestmark = pytest.mark.django_db
ORIGIN = "https://elsewhere.example"


@pytest.mark.asvs("3.5.3")
def test_looking_changes_nothing(scenario: Scenario) -> None:
    """GET and HEAD of every page by who may open it: no act but reading stands in the trace."""
    everybody = list(scenario.cast.all.values())
    changing = [Verb.COLLECT, Verb.ALTER, Verb.ERASE]
    with second_wall_open():
        before = set(Entry.objects.filter(verb__in=changing).values_list("id", flat=True))
    looked = 0
    for page in addresses.pages():
        member = addresses.who_may(page, everybody)
        looked += client(member).get(page.url(scenario)).status_code == 200
        client(member).head(page.url(scenario))
    assert looked > 40
    with second_wall_open():
        done = Entry.objects.filter(verb__in=changing).exclude(id__in=before)
        assert list(done.values_list("act", flat=True)) == []


@pytest.mark.asvs("13.4.4")
@pytest.mark.parametrize("method", ["TRACE", "CONNECT", "TRACK", "PROPFIND", "PUT", "DELETE", "PATCH"])
def test_a_page_knows_get_and_post_only(cast: Cast, method: str) -> None:
    browser = client(cast.officer)
    for path in ("/", "/alerts/", "/directory/", "/me/tokens/", "/accounts/login/", "/language", "/leave"):
        answer = browser.generic(method, path, "echo-me", headers={"x-echo": "echo-me"})
        assert answer.status_code in (302, 403, 404, 405), (method, path)
        assert b"echo-me" not in answer.content


@pytest.mark.asvs("3.4.2", "3.5.2")
@pytest.mark.parametrize(
    "path", ["/", "/directory/", "/api/openapi.json", "/api/alerts", "/static/web/fanal.js"]
)
def test_no_other_origin_is_let_in(cast: Cast, path: str) -> None:
    asking = {"origin": ORIGIN, "access-control-request-method": "POST"}
    for browser in (Client(), client(cast.officer), api(cast.officer)):
        for answer in (browser.get(path, headers=asking), browser.options(path, headers=asking)):
            read(answer)
            assert not [name for name in answer.headers if name.lower().startswith("access-control")]


@pytest.mark.asvs("3.5.1")
def test_a_form_of_another_house_is_refused(cast: Cast) -> None:
    """A session alone sends nothing: the token of the page must come along, and from this origin."""
    browser = Client(enforce_csrf_checks=True)
    browser.cookies = client(cast.officer).cookies
    typed = {"label": "x", "days": "1"}
    assert browser.post("/me/tokens/", typed).status_code == 403
    html = browser.get("/me/tokens/").content.decode()
    token = re.search(r'name="csrf-token" content="([^"]+)"', html)
    assert token
    typed["csrfmiddlewaretoken"] = token[1]
    assert browser.post("/me/tokens/", typed, headers={"origin": ORIGIN}).status_code == 403
    assert browser.post("/me/tokens/", typed, headers={"origin": "null"}).status_code == 403
    assert browser.post("/me/tokens/", typed, headers={"origin": "http://testserver"}).status_code in (
        200,
        302,
        422,
    )


@pytest.mark.asvs("3.2.1", "4.1.1", "5.4.1")
def test_every_answer_says_what_it_is(scenario: Scenario) -> None:
    """Content type with its character set for text; what is no page is handed out as a file."""
    everybody = list(scenario.cast.all.values())
    kinds: set[str] = set()
    for page in [*addresses.pages(), *addresses.operations()]:
        member = addresses.who_may(page, everybody)
        answer = (api if page.is_api else client)(member).get(page.url(scenario))
        if not answer.content:
            continue
        kind, _, rest = answer["Content-Type"].partition(";")
        kinds.add(kind)
        assert kind.startswith(("application/", "image/")) or "charset=utf-8" in rest, page.route
        if kind in ("text/csv", "application/pdf") or "spreadsheet" in kind:
            assert answer["Content-Disposition"].startswith("attachment; filename="), page.route
        assert answer["X-Content-Type-Options"] == "nosniff"
    assert {"text/html", "application/json", "text/csv"} <= kinds


@pytest.mark.asvs("4.1.3", "15.3.4")
def test_what_a_proxy_says_is_not_believed_without_a_proxy(cast: Cast) -> None:
    liar = {"x-forwarded-host": "elsewhere.example", "x-forwarded-proto": "https", "x-real-ip": "10.0.0.1"}
    answer = Client().get("/alerts/", headers=liar)
    assert answer["Location"].startswith("/accounts/login/?next=")
    posing = {"x-user-id": str(cast.officer.person_id), "x-remote-user": "officer", "remote-user": "officer"}
    assert Client().get("/alerts/", headers=posing).status_code == 302


@pytest.mark.asvs("3.7.2")
@pytest.mark.parametrize(
    "target", [ORIGIN, "//elsewhere.example", "/\\elsewhere.example", "javascript:alert(1)"]
)
def test_a_login_leads_nowhere_else(target: str) -> None:
    html = Client().get("/accounts/login/", {"next": target}).content.decode()
    assert "elsewhere.example" not in re.sub(r'name="next" value="[^"]*"', "", html)
    answer = Client().post("/language", {"language": "nl", "next": target})
    assert answer["Location"] == "/"


@pytest.mark.asvs("13.4.1", "13.4.3", "13.4.5", "5.3.2")
@pytest.mark.parametrize(
    "path",
    [
        "/.git/config", "/.env", "/var/secrets.json", "/static/", "/static/web/", "/static/../settings.py",
        "/static/%2e%2e/%2e%2e/var/secrets.json", "/static/web/..%2f..%2fsettings.py", "/admin/", "/api/docs",
        "/__debug__/", "/static//etc/passwd", "/pyproject.toml", "/requirements.lock",
    ],
)  # fmt: skip
def test_what_is_no_page_is_not_there(cast: Cast, path: str) -> None:
    for browser in (Client(), client(cast.administrator)):
        assert browser.get(path).status_code in (302, 400, 404), path
        answer = browser.get(path, follow=True)
        assert answer.status_code in (400, 404), path
        assert b"Index of" not in answer.content


@pytest.mark.asvs("15.3.3")
def test_a_field_that_is_not_asked_is_not_taken(cast: Cast) -> None:
    """What a form or an endpoint does not name changes nothing: no role, no unit, no owner."""
    from fanal.access.models import Membership

    before = list(Membership.objects.order_by("id").values())
    extra = {"role": "administrator", "unit_id": 1, "is_superuser": True, "owner_unit_id": 1, "acl": "{1}"}
    client(cast.officer).post("/language", {"language": "nl", **extra})
    client(cast.officer).post("/me/tokens/", {"label": "x", "days": "1", **extra})
    refused = api(cast.officer).post("/api/tokens", {"label": "x", **extra}, content_type="application/json")
    assert refused.status_code in (403, 404, 405, 422)
    assert list(Membership.objects.order_by("id").values()) == before


@pytest.mark.asvs("15.3.7")
def test_a_value_that_comes_twice_is_taken_once_and_from_one_place(cast: Cast) -> None:
    """The last one counts, everywhere; a query never stands in for a body."""
    answer = Client().post(
        "/language?language=de", "language=fr&language=nl", content_type="application/x-www-form-urlencoded"
    )
    assert answer.cookies["language"].value == "nl"
    assert Client().post("/language?language=de").status_code == 422


@pytest.mark.asvs("14.2.1")
def test_no_secret_and_no_name_stands_in_an_address(scenario: Scenario) -> None:
    """Every address of the table holds references, identifiers and codes; the secret addresses are the calendars'."""
    with_secret = {each.route for each in addresses.addresses() if "secret" in each.route}
    assert with_secret == {
        "protection/deadlines/<str:secret>.ics",
        "meetings/calendar/<str:secret>.ics",
    }
    for each in addresses.pages():
        if each.route in with_secret:
            continue
        url = each.url(scenario)
        assert "fnl_" not in url
        assert "@" not in url
        assert re.fullmatch(r"[A-Za-z0-9/_.\-]*", url), url


def text(answer: HttpResponse) -> str:
    return answer.content.decode()


def read(answer: HttpResponse) -> None:
    """A file is open until it was read; closing it by hand would close the connection of the test too."""
    if answer.streaming:
        list(answer.streaming_content)  # type: ignore[attr-defined]


@pytest.mark.asvs("1.2.1", "1.2.3", "16.5.1")
def test_what_was_asked_comes_back_escaped(cast: Cast) -> None:
    hostile = "\"><script>alert(1)</script>'"
    for path in ("/find/", "/alerts/", "/directory/", "/nowhere"):
        answer = client(cast.officer).get(path, {"q": hostile, "reference": hostile, "text": hostile})
        assert "<script>alert" not in text(answer), path
