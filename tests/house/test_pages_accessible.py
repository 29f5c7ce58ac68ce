"""Every page of the URL table in a real browser: axe finds nothing, nothing scrolls sideways; and what lists cost."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer
from tests.browser import axe, enter, sideways
from tests.cast import Cast, api, client, load
from tests.house import addresses
from tests.house.addresses import Address
from tests.house.scenario import ABOUT, Scenario, build, case, report

from fanal.access.rules import Member
from fanal.access.services import acting_as
from fanal.alerts import services as alerts
from fanal.protection import services as protection
from fanal.referrals import services as referrals
from fanal.referrals.rules.content import known
from fanal.referrals.rules.grounds import Given

FOREIGN = (
    "/accounts/login/",
    "/accounts/2fa/",
    "/accounts/2fa/recovery-codes/",
    "/accounts/password/change/",
)
"""Pages of the login library that a member passes."""


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("half", [0, 1])
def test_every_page_is_accessible_in_both_schemes_and_fits_a_phone(
    page: Page, live_server: LiveServer, half: int
) -> None:
    scene = build(load())
    readers = readers_of(scene)
    assert len(readers) > 55
    sessions = {reader: client(reader) for reader in readers.values() if reader}
    page.set_viewport_size({"width": 375, "height": 800})
    wrong = []
    for url, reader in list(readers.items())[half::2]:
        page.context.clear_cookies()
        if reader:
            enter(page, live_server, sessions[reader])
        page.goto(live_server.url + url)
        wrong += [f"{url}: {found}" for found in (*axe(page), *in_the_dark(page))]
        wrong += [f"{url} scrolls sideways by {sideways(page)}"] if sideways(page) > 0 else []
    assert wrong == []


def in_the_dark(page: Page) -> list[str]:
    """What the dark scheme breaks: it changes colours and nothing else."""
    page.emulate_media(color_scheme="dark")
    found = axe(page, ["color-contrast"])
    page.emulate_media(color_scheme="light")
    return [f"dark: {each}" for each in found]


def readers_of(scene: Scenario) -> dict[str, Member | None]:
    """Each page that somebody of the cast may open, with the first who may; the door and the public part for nobody."""
    found: dict[str, Member | None] = {"/accounts/login/": None, "/directory/": None, "/nowhere/": None}
    found |= dict.fromkeys(FOREIGN[1:], scene.cast.officer)
    browsers = {member: client(member) for member in scene.cast.all.values()}
    for each in addresses.pages():
        for member, browser in browsers.items():
            if each.gate.permission is None or member.may(each.gate.permission):
                answer = browser.get(each.url(scene))
                whole = answer.status_code == 200 and b"<html" in answer.content
                if whole and "Content-Disposition" not in answer:
                    found[each.url(scene)] = member
                    break
    return found


# What lists cost


@pytest.mark.django_db
def test_a_list_costs_as_many_statements_with_sixty_rows_as_with_five(cast: Cast) -> None:
    scene = build(cast)
    lists = [each for each in (*addresses.pages(), *addresses.operations()) if is_list(each)]
    assert len(lists) > 25
    more(cast, 4)
    few = costs(scene, lists)
    more(cast, 55)
    many = costs(scene, lists)
    assert {url: (few[url], cost) for url, cost in many.items() if cost > few[url]} == {}


def is_list(each: Address) -> bool:
    """A page or operation of several files: its address names none."""
    return not each.names_a_file and "<" not in each.route and (not each.methods or "GET" in each.methods)


def more(cast: Cast, rows: int) -> None:
    """So many more alerts, persons, referrals, requests, procedures and questions."""
    at, day = timezone.now(), timezone.localdate()
    because = Given("vital_interest", day, why="Not conscious.", review_due=day)
    for _ in range(rows):
        with acting_as(cast.officer):
            alerts.record(by=cast.officer, report=report(), at=at)
            matter = referrals.prepare(by=cast.officer, about=ABOUT, at=at)
            to = {
                "by": cast.officer,
                "matter": matter.reference,
                "to_unit_id": cast.centre_worker.unit_id,
                "at": at,
            }
            referrals.propose(**to, purpose="housing", items=known(ABOUT), given=because)
            taken = referrals.propose(**to, purpose="medical", items=known(ABOUT), given=because)
        with acting_as(cast.centre_worker):
            referrals.accept(by=cast.centre_worker, reference=taken.reference, at=at)
            stated = case(statement="complaint", statement_on=day)
            protection.request_opening(by=cast.centre_worker, case=stated, at=at)
            request = protection.request_opening(by=cast.centre_worker, case=stated, at=at)
        by = cast.immigration_agent
        with acting_as(by):
            step = {"by": by, "reference": request.reference, "at": at}
            protection.open_requested(**step)
            protection.decide(**step, move="open_first_document", declared=["accompanied"])
            protection.ask(**step, magistrate_unit_id=cast.magistrate.unit_id)


def costs(scene: Scenario, lists: list[Address]) -> dict[str, int]:
    """Statements of each list for each seat that may open it, by address and unit."""
    cast, found = scene.cast, {}
    for member in (cast.officer, cast.centre_worker, cast.immigration_agent, cast.magistrate):
        browser, program = client(member), api(member)
        for each in lists:
            if each.gate.permission is None or member.may(each.gate.permission):
                window = program if each.is_api else browser
                window.get(each.url(scene))
                with CaptureQueriesContext(connection) as statements:
                    answer = window.get(each.url(scene))
                if answer.status_code == 200:
                    found[f"{each.url(scene)} {member.unit_code}"] = len(statements)
    return found
