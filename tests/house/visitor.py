"""Somebody at a real browser: she reads buttons in her own language, and every page she passes is looked at."""

import re
from dataclasses import dataclass

from django.contrib.sessions.models import Session
from django.utils import timezone
from django.utils.translation import gettext, override, pgettext
from playwright.sync_api import Locator, Page, expect
from pytest_django.live_server_helper import LiveServer
from tests.browser import axe, enter, log_in, sideways
from tests.cast import PASSWORD, client, totp_secret

from fanal.access.models import Account
from fanal.access.rules import Member


@dataclass
class Visitor:
    """A member at a window of some width; `script`: whether the window runs scripts (axe is one)."""

    page: Page
    server: LiveServer
    member: Member
    language: str
    script: bool = True

    def come_in(self) -> "Visitor":
        """Enter with a session that is there, in her language."""
        Account.objects.filter(pk=self.member.person_id).update(language=self.language)
        enter(self.page, self.server, client(self.member))
        return self

    def log_in(self, part: str) -> None:
        """Log in as she does: address, password, the code of the phone."""
        log_in(self.page, self.server, f"{part}@testland.example", PASSWORD, totp_secret(part))

    def is_thrown_out(self) -> None:
        """Her session ends, as it does after hours, while the page stays open."""
        Session.objects.update(expire_date=timezone.now())

    def say(self, words: str, context: str = "") -> str:
        """A text of the interface in her language; one that nobody translated fails here."""
        with override(self.language):
            said = pgettext(context, words) if context else gettext(words)
        assert said != words, f"{words!r} is not in the {self.language} catalogues"
        return said

    def go(self, path: str) -> None:
        self.page.goto(f"{self.server.url}{path}")
        self.look()

    def press(self, words: str, context: str = "") -> None:
        """A button, by its words."""
        self.page.get_by_role("button", name=self.say(words, context), exact=True).first.click()
        self.look()

    def follow(self, words: str, context: str = "") -> None:
        """A link, by its words."""
        self.page.get_by_role("link", name=self.say(words, context), exact=True).first.click()
        self.look()

    def follow_reference(self, reference: str) -> None:
        """The first link to a file, by its reference."""
        self.page.get_by_role("link", name=re.compile(reference)).first.click()
        self.look()

    def do_next(self) -> None:
        """The one dark button of the page."""
        self.page.locator("main .acts .btn:not(.q)").first.click()
        self.look()

    def choose(self, name: str, value: str) -> None:
        self.page.locator(f'main input[name="{name}"][value="{value}"]').check()

    def select(self, name: str, value: str) -> None:
        self.page.locator(f'main select[name="{name}"]').select_option(value)

    def write(self, name: str, words: str) -> None:
        self.field(name).fill(words)

    def field(self, name: str) -> Locator:
        return self.page.locator(f'main [name="{name}"]')

    def reads(self, words: str) -> None:
        expect(self.page.locator("main")).to_contain_text(words)

    def look(self) -> None:
        """The page is whole, in her language, accessible, and does not scroll sideways."""
        expect(self.page.locator("footer")).to_be_attached()
        path = self.page.url.removeprefix(self.server.url)
        assert self.page.locator(".error-summary").all_inner_texts() == [], path
        expect(self.page.locator("html")).to_have_attribute("lang", self.language)
        if self.script:
            found = axe(self.page)
            assert found == [], f"{path}: {found}"
            assert sideways(self.page) <= 0, path
