"""What goes wrong while people type, through the pages: a clear message in their language, nothing typed is lost."""

import re
from dataclasses import dataclass, field
from datetime import timedelta
from html import unescape
from html.parser import HTMLParser
from typing import Any

import pytest
from django.forms import ChoiceField
from django.test import Client
from django.utils import timezone
from django.utils.translation import gettext, ngettext, override
from tests.cast import client, join
from tests.house.scenario import YES, Scenario

from fanal.access.models import Account, Membership
from fanal.access.rules import Member, Role
from fanal.access.services import acting_as
from fanal.alerts.models import Alert
from fanal.directory.models import Unit
from fanal.protection import services as protection
from fanal.protection.models import Reply, Request
from fanal.referrals import services as referrals
from fanal.referrals.models import Referral
from fanal.referrals.rules.capacity import Offer

pytestmark = pytest.mark.django_db
LANGUAGES = ("fr", "nl", "de", "en")
NAMES = {
    "given_names": "نور الهدى",
    "family_name": "Συνθετικού \u202bשלום\u202c",
    "birth_place": "合成市",
    "address": "Rue de l’Œuvre 3 & <b>4</b>",
}
LONG = "ж" * 5001
UNKNOWN = "no-such-code"
OURS = ("version", "go")


@dataclass
class Desk:
    """A member at her pages, in her language."""

    member: Member
    language: str
    browser: Client = field(init=False)

    def __post_init__(self) -> None:
        Account.objects.filter(pk=self.member.person_id).update(language=self.language)
        self.browser = client(self.member)

    def say(self, words: str, **values: object) -> str:
        """A text of the interface in her language, which is not the source's."""
        with override(self.language):
            said = gettext(words)
            assert self.language == "en" or said != words, (
                f"{words!r} is not in the {self.language} catalogues"
            )
            return said % values if values else said

    def refused(self, path: str, typed: dict[str, Any], *said: str) -> None:
        """Send a form: it comes back with these words and with all that was typed."""
        answer = self.browser.post(path, typed)
        assert answer.status_code == 422, f"{path}: {answer.status_code}"
        summary = re.search(r'<div class="error-summary".*?</div>', text(answer), re.S)
        assert summary, path
        for words in said:
            assert words in summary[0], f"{path}: {words!r} is not in {summary[0]}"
        held = Fields(answer.content.decode()).held
        for name, value in typed.items():
            if name not in OURS and value != UNKNOWN:  # a list cannot show a choice that it does not know
                assert set([value] if isinstance(value, str) else value) <= set(held.get(name, ())), name


class Fields(HTMLParser):
    """What the fields of a page hold: name → values, as a browser would send them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.held: dict[str, list[str]] = {}
        self.select = self.area = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "select":
            self.select = given.get("name", "")
        elif tag == "textarea":
            self.area = given["name"]
        elif tag == "option" and "selected" in given:
            self.hold(self.select, given["value"])
        elif tag == "input" and (given.get("type") not in ("radio", "checkbox") or "checked" in given):
            self.hold(given.get("name", ""), given.get("value", ""))

    def handle_data(self, data: str) -> None:
        if self.area:
            self.hold(self.area, data.removeprefix("\n"))

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.area = ""

    def hold(self, name: str, value: str) -> None:
        self.held.setdefault(name, []).append(value)


def text(answer: Any) -> str:
    return unescape(answer.content.decode())


@pytest.mark.asvs("2.2.1", "2.2.3")
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_cannot_be_right_comes_back_with_its_reason(scenario: Scenario, language: str) -> None:
    officer = Desk(scenario.cast.officer, language)
    step, person = (f"/alerts/new/{scenario.draft}/{name}/" for name in ("where", "person/1"))
    where = {"platform": "Ωmega", "go": "next"}
    dates = {"seen_from": "5.11.2026", "seen_to": "1.11.2026"}
    officer.refused(step, where | dates, officer.say("The last day is before the first."))
    officer.refused(step, where | {"seen_from": "30.2.2026"}, "30", "28")
    officer.refused(step, where | {"seen_from": "31.12.2999"}, "2999")
    officer.refused(step, where | {"sector": UNKNOWN}, invalid_choice(officer))
    who = {"subject": "presumed_victim", "age_basis": "known", "go": "next"} | NAMES
    tomorrow = f"{timezone.localdate() + timedelta(days=1):%d.%m.%Y}"
    officer.refused(person, who | {"birth_date": tomorrow}, officer.say("This day is still to come."))
    with override(language):
        long = ngettext(
            "At most %(limit_value)d character is kept here; you wrote %(show_value)d.",
            "At most %(limit_value)d characters are kept here; you wrote %(show_value)d.",
            5000,
        ) % {"limit_value": 5000, "show_value": 5001}
    officer.refused(f"/alerts/new/{scenario.draft}/what/", {"narrative": LONG, "go": "next"}, long)


def invalid_choice(desk: Desk) -> str:
    with override(desk.language):
        return str(ChoiceField.default_error_messages["invalid_choice"]) % {"value": UNKNOWN}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_form_of_yesterday_and_a_closed_unit(scenario: Scenario, language: str) -> None:
    cast, alert, matter = scenario.cast, scenario.alert.reference, scenario.matter.reference
    officer = Desk(cast.officer, language)
    stale = officer.say("Somebody changed this since you opened it. Look at it again, then repeat your act.")
    sent = {"to_unit": cast.reception.unit_code, "purpose": "protect", "ground": "art. 3 ж", "version": "0"}
    officer.refused(f"/alerts/{alert}/send/", sent, stale)
    agent = Desk(cast.immigration_agent, language)
    step = {"declared": ["accompanied"], "words": "Because ж.", "version": "0"}
    agent.refused(f"/protection/{scenario.procedure.reference}/decide/extend_first_document/", step, stale)
    Unit.objects.filter(pk=cast.other_centre_worker.unit_id).update(
        valid_to=timezone.localdate() - timedelta(days=1)
    )
    path = f"/referrals/persons/{matter}/propose/{cast.other_centre_worker.unit_code}/"
    offered = {"purpose": "housing", "items": ["age", "sex"], "ground": "consent", "form": "oral"}
    closed = officer.say("That service is closed today. Choose another one from the list.")
    officer.refused(path, offered, closed)


@pytest.mark.asvs("2.3.2")
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_full_centre_says_so_and_another_one_is_named(scenario: Scenario, language: str) -> None:
    cast, later = scenario.cast, timezone.now() + timedelta(days=1)
    for member, free in ((cast.centre_worker, 0), (cast.other_centre_worker, 2)):
        with acting_as(member):
            offer = Offer(free=free, languages=frozenset(("ro",)), valid_until=later)
            referrals.publish_capacity(by=member, offer=offer, at=timezone.now())
    officer = Desk(cast.officer, language)
    page = text(
        officer.browser.get(
            f"/referrals/persons/{scenario.matter.reference}/propose/{cast.centre_worker.unit_code}/"
        )
    )
    assert officer.say("no place free") in page
    assert f"/propose/{cast.other_centre_worker.unit_code}/" in page


def complete(desk: Desk, scene: Scenario) -> None:
    """Say who the person of the draft is."""
    who = {"subject": "presumed_victim", "age_basis": "unknown", "go": "next", "pseudonym": "星 ⁧نجمة⁩"} | NAMES
    assert desk.browser.post(f"/alerts/new/{scene.draft}/person/1/", who).status_code == 302


def test_names_in_any_script_are_what_they_were(scenario: Scenario) -> None:
    officer = Desk(scenario.cast.officer, "nl")
    complete(officer, scenario)
    recorded = officer.browser.post(f"/alerts/new/{scenario.draft}/check/", {"go": "send"})
    reference = recorded["Location"].split("/")[2]
    assert "星 ⁧نجمة⁩" in text(officer.browser.get(f"/alerts/{reference}/"))
    shown = officer.browser.post(f"/alerts/{reference}/persons/", {"purpose": "protect"}).content.decode()
    assert all(name in unescape(shown) for name in NAMES.values())
    assert "<b>4</b>" not in shown


def test_twice_sent_is_once_done(scenario: Scenario) -> None:
    cast = scenario.cast
    officer, worker = Desk(cast.officer, "fr"), Desk(cast.centre_worker, "fr")
    complete(officer, scenario)
    check = f"/alerts/new/{scenario.draft}/check/"
    path = f"/referrals/persons/{scenario.matter.reference}/propose/{cast.other_centre_worker.unit_code}/"
    offered = {"purpose": "housing", "items": ["age"], "ground": "consent", "form": "oral"}
    asked = {"track": "residence", "offence": "R10", "statement": "", "submission": str(scenario.person)}
    doubled = [
        (officer, check, {"go": "send"}, Alert, 1),
        (officer, path, offered, Referral, 1),
        (worker, "/protection/new/alone/", asked, Request, 1),
        (worker, f"/referrals/{scenario.asked.reference}/accept/", {"version": "1"}, Referral, 0),
    ]
    for desk, url, typed, table, more in doubled:
        with acting_as(desk.member):
            before = table.objects.count()
        answers = [desk.browser.post(url, typed) for _ in range(2)]
        assert [answer.status_code for answer in answers] == [302, 302], url
        assert answers[0]["Location"].split("?")[0] == answers[1]["Location"].split("?")[0]
        with acting_as(desk.member):
            assert table.objects.count() == before + more, url


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_magistrate_who_left_answers_nothing_and_her_colleague_does(
    scenario: Scenario, language: str
) -> None:
    cast = scenario.cast
    with acting_as(cast.immigration_agent):
        asked = protection.ask(
            by=cast.immigration_agent, reference=scenario.procedure.reference,
            magistrate_unit_id=cast.magistrate.unit_id, at=timezone.now(),
        )  # fmt: skip
    path, left = f"/protection/questions/{asked.id}/", Desk(cast.magistrate, language)
    assert left.browser.get(path).status_code == 200
    yesterday = timezone.localdate() - timedelta(days=1)
    Membership.objects.filter(pk=cast.magistrate.membership_id).update(valid_to=yesterday)
    answer = left.browser.post(path, YES)
    assert answer["Location"].startswith("/accounts/login/?next=")
    colleague = Desk(join("colleague", Role.MAGISTRATE, "parquet", on=timezone.localdate()), language)
    assert asked.reference in text(colleague.browser.get("/"))
    some = dict(list(YES.items())[1:])
    missing = colleague.say("Answer this question; “not yet known” is an answer.")
    colleague.refused(path, some, missing)
    assert colleague.browser.post(path, YES).status_code == 302
    with acting_as(cast.immigration_agent):
        assert Reply.objects.get(question_set=asked).answered_by == colleague.member.person_id
