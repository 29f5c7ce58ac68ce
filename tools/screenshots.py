"""Shoots every named page for three roles at two widths into var/screenshots/, and says which pages it found no way to.

    tools/screenshots.py [--url http://127.0.0.1:8000]

Without an address it serves the demonstration itself while it works. Pages come from the URL table: those without
arguments are opened directly, the others by the first link to them that a role sees.
"""

import argparse
import os
import shutil
import subprocess
import sys
import time
import urllib.request
from collections import Counter, deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urldefrag, urljoin, urlsplit

from playwright.sync_api import Browser, Page, sync_playwright

from fanal.config.commands.house import ready_house

if TYPE_CHECKING:
    from django.urls import URLPattern

ROLES = ("inspector", "centre_worker", "immigration_agent")
WIDTHS = (375, 1280)
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
SKIPPED = ("api/", "static/", "accounts/logout/", "leave", "language", "hat")
VISITS, SAMPLES = 250, 4
"""Pages opened for a role at most, and files of a kind: in another state a file leads to other pages."""


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--url", help="of a running demonstration; otherwise one is started")
    url = arguments.parse_args().url
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright keeps a loop in this thread
    with serving(url) as base, ready_house(), sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        wanted = named_routes()
        shot: dict[str, set[str]] = {role: shoot(chromium, base, role, wanted) for role in ("nobody", *ROLES)}
        chromium.close()
    seen = set().union(*shot.values())
    for role, names in shot.items():
        sys.stdout.write(f"{role}: {len(names)} pages\n")
    missed = ", ".join(sorted(set(wanted) - seen))
    sys.stdout.write(
        f"Not seen: {missed or 'none'}\n(acts without a page, files to save, states no file is in)\n"
    )
    return 0


@contextmanager
def serving(url: str | None) -> Iterator[str]:
    """The address of a running demonstration: the one given, or our own until the block ends."""
    if url:
        yield url.rstrip("/")
        return
    port = 8077
    command = [sys.executable, "-m", "fanal", "serve", "--demo", "--port", str(port)]
    server = subprocess.Popen(command)  # noqa: S603 (our own command line)
    base = f"http://127.0.0.1:{port}"
    try:
        while not answers(base):
            if server.poll() is not None:
                raise SystemExit("the demonstration did not start")
            time.sleep(1)
        yield base
    finally:
        server.terminate()
        server.wait()


def answers(base: str) -> bool:
    try:
        urllib.request.urlopen(f"{base}/language", timeout=2)  # noqa: S310 (our own address)
    except OSError as error:
        return hasattr(error, "code")
    return True


def named_routes() -> dict[str, "URLPattern"]:
    """{name: route} of every HTML page of the URL table."""
    from django.urls import URLPattern, get_resolver

    found: dict[str, URLPattern] = {}
    pending = [("", "", get_resolver())]
    while pending:
        path, space, resolver = pending.pop()
        for entry in resolver.url_patterns:
            route = path + str(entry.pattern)
            if route.startswith(SKIPPED):
                continue
            if isinstance(entry, URLPattern):
                if entry.name:
                    found[f"{space}{entry.name}"] = entry
            else:
                pending.append((route, f"{space}{entry.namespace}:" if entry.namespace else space, entry))
    return found


def shoot(chromium: Browser, base: str, role: str, wanted: dict[str, "URLPattern"]) -> set[str]:
    """Walk through what a role may open; one picture of each named page and width. Returns the names."""
    context = chromium.new_context(locale="fr-BE")
    if role != "nobody":
        context.add_cookies([{"name": "sessionid", "value": session_of(role), "url": base}])
    page = context.new_page()
    folder = Path(os.environ["FANAL_VAR"]) / "screenshots" / role
    folder.mkdir(parents=True, exist_ok=True)
    pending = deque([f"{base}/", *direct(base, wanted)])
    visited: set[str] = set()
    looked: Counter[str] = Counter()
    while pending and len(visited) < VISITS:
        target = pending.popleft()
        name = name_of(target)
        if target in visited or looked[name] >= SAMPLES or name not in wanted:
            continue
        visited.add(target)
        if not is_page(page, target):
            continue
        page.goto(target, wait_until="load")
        if not looked[name]:
            photograph(page, folder / name.replace(":", "."))
        looked[name] += 1
        pending.extend(links(page, base))
    context.close()
    return set(looked)


def photograph(page: Page, where: Path) -> None:
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.reload(wait_until="load")
        page.screenshot(path=f"{where}-{width}.png", full_page=True)


def direct(base: str, wanted: dict[str, "URLPattern"]) -> Iterator[str]:
    from django.urls import NoReverseMatch, reverse

    for name in wanted:
        try:
            yield base + reverse(name)
        except NoReverseMatch:
            continue


def name_of(url: str) -> str:
    from django.urls import Resolver404, resolve

    try:
        return resolve(urlsplit(url).path).view_name
    except Resolver404:
        return ""


def is_page(page: Page, url: str) -> bool:
    """Whether a GET gives a page of its own: no file, no other method, no redirection elsewhere."""
    answer = page.request.get(url, max_redirects=0)
    return answer.ok and answer.headers.get("content-type", "").startswith("text/html")


def links(page: Page, base: str) -> list[str]:
    found: list[str] = page.eval_on_selector_all("a[href]", "all => all.map(a => a.getAttribute('href'))")
    whole = (urldefrag(urljoin(page.url, link)).url for link in found)
    return [url for url in whole if url.startswith(base)]


def session_of(role: str) -> str:
    """The key of a new session of the first demonstration account in that role."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model
    from django.contrib.sessions.backends.db import SessionStore

    from fanal.config import demo

    account = next(one for one in demo.accounts() if one.role == role)
    person = get_user_model().objects.get(email=account.email)
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.save()
    return str(session.session_key)


if __name__ == "__main__":
    sys.exit(main())
