"""How people use Fanal, as locust plays them: mostly looking, now and then an act, seconds to think in between.

Run by `proofs.load` as `python -m locust -f …`; FANAL_LOAD names a JSON file with one object for each person:
`session` and `token` (her own), `references` (alerts that are hers to open), and `reports` for all.
"""

import json
import os
from itertools import cycle
from pathlib import Path
from random import Random
from typing import Any

from locust import FastHttpUser, between, task

PLAY = json.loads(Path(os.environ["FANAL_LOAD"]).read_text())
THINKING = float(PLAY["thinking"])
_people = cycle(PLAY["people"])
_draws = Random(PLAY["seed"])


class Person(FastHttpUser):
    """Somebody at a desk."""

    wait_time = between(THINKING / 2, THINKING * 3 / 2)

    def on_start(self) -> None:
        self.me: dict[str, Any] = next(_people)
        self.looking = {"Cookie": f"sessionid={self.me['session']}", "Host": "127.0.0.1"}
        self.acting = {"Authorization": f"Bearer {self.me['token']}", "Host": "127.0.0.1"}
        self.recorded: list[str] = []

    def _look(self, path: str, name: str) -> None:
        with self.client.get(
            path, headers=self.looking, name=name, catch_response=True, allow_redirects=False
        ) as answer:
            if answer.status_code != 200:
                answer.failure(f"{answer.status_code}")

    def _get(self, path: str, name: str, expected: int) -> None:
        options = {"headers": self.looking, "name": name, "catch_response": True, "allow_redirects": False}
        with self.client.get(path, **options) as answer:
            if answer.status_code != expected:
                answer.failure(f"{answer.status_code}")

    def _reference(self) -> str:
        return str(_draws.choice(self.me["references"]))

    @task(20)
    def home(self) -> None:
        self._get("/", "home", 200)

    @task(30)
    def lists(self) -> None:
        self._get(_draws.choice(("/alerts/", "/alerts/?state=open", "/alerts/?state=closed")), "list", 200)

    @task(30)
    def detail(self) -> None:
        self._get(f"/alerts/{self._reference()}/", "detail", 200)

    @task(8)
    def search(self) -> None:
        """By reference, as from a letter: found, and opened."""
        self._get(f"/find/?reference={self._reference()}", "search", 302)

    @task(4)
    def known(self) -> None:
        """Is this person known already? By name, behind the wall."""
        asked = {"given_names": "Ana", "family_name": f"Onde {_draws.randrange(1000)}"}
        self._act("/api/alerts/known", asked, "search a person", 200)

    @task(6)
    def record(self) -> None:
        answer = self._act("/api/alerts", _draws.choice(PLAY["reports"]), "record", 201)
        if answer:
            self.recorded.append(answer["reference"])

    @task(4)
    def decide(self) -> None:
        """What was recorded turns out not to be it: closed, with its outcome."""
        if not self.recorded:
            return self.record()
        path = f"/api/alerts/{self.recorded.pop()}/close"
        self._act(path, {"outcome": PLAY["outcome"]}, "decide", 200, {"If-Match": "*"})
        return None

    def _act(
        self, path: str, body: object, name: str, expected: int, more: dict[str, str] | None = None
    ) -> dict[str, Any]:
        headers = self.acting | (more or {})
        with self.client.post(path, json=body, headers=headers, name=name, catch_response=True) as answer:
            if answer.status_code != expected:
                answer.failure(f"{answer.status_code} {(answer.text or '')[:200]}")
                return {}
            found = answer.json()
            return found if isinstance(found, dict) else {}
