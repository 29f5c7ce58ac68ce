"""Everybody of a demonstration opens the pages of her role and the files on them, and each answers."""

import re
from datetime import UTC, datetime
from html import unescape

from django.test import Client
from django.utils import timezone
from tests.cast import client

from fanal.access.models import Account
from fanal.access.queries import member_from
from fanal.access.rules import Role
from fanal.config.demo import making, staff
from fanal.config.loading import load_country

FILES = re.compile(
    r'href="(/(?:alerts|referrals|protection)/(?:[A-Z]-[0-9A-Z]{4}-[0-9A-Z]{4}|persons/[A-Z]-[^/"]*)/)"'
)
ENTRY = re.compile(r'<li><a href="(/[^"]*)"')
OPENED = 3


def test_every_role_opens_its_pages_and_files(db: None) -> None:
    now = datetime.now(UTC)
    load_country(on=timezone.localdate(now))
    making.seed(seed=3, scale=0.01, tell=lambda *_: None)
    roles = set()
    opened = 0
    for account in Account.objects.filter(email__endswith=f"@{staff.DOMAIN}", is_active=True):
        member = member_from(account.memberships.select_related("unit", "account").get())
        roles.add(member.role)
        browser = client(member)
        for path in _pages(browser):
            files = FILES.findall(_get(browser, path))
            for file in list(dict.fromkeys(files))[:OPENED]:
                _get(browser, file)
                opened += 1
    assert roles == set(Role)
    assert opened > 30


def _pages(browser: Client) -> list[str]:
    """The home page and what the navigation offers on it."""
    return ["/", *dict.fromkeys(path for path in ENTRY.findall(_get(browser, "/")) if not FILES.match(path))]


def _get(browser: Client, path: str) -> str:
    answer = browser.get(unescape(path))
    assert answer.status_code == 200, (path, answer.status_code, answer.content.decode()[-2000:])
    return answer.content.decode()
