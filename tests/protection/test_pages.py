"""Each page: its owner, a seat, a stranger; with and without something to say."""

import pytest
from tests.cast import client
from tests.protection.acts import Stage

pytestmark = pytest.mark.django_db


def test_every_page_opens_for_who_may(stage: Stage) -> None:
    row = stage.in_p3()
    asked = stage.asked(row, days=100)
    request = stage.requested()
    agent, worker, magistrate = stage.cast.immigration_agent, stage.cast.centre_worker, stage.cast.magistrate
    ref, req = row.reference, request.reference
    pages = {
        agent: ["", "deadlines/", "new/", "new/alone/", f"{ref}/", f"{ref}/decide/renew_residence/",
                f"{ref}/refuse/renew_residence/", f"{ref}/end/", f"{ref}/ask/", f"{ref}/statement/", f"{ref}/event/",
                f"{ref}/dates/", f"{ref}/identity/", f"{req}/", f"{req}/open/", f"{req}/refuse/", "deadlines/calendar/"],
        worker: ["", "deadlines/", "new/", "new/alone/", f"{ref}/", f"{ref}/request/renew_residence/",
                 f"{ref}/statement/", f"{ref}/hand-over/", f"{req}/", f"{req}/withdraw/"],
        magistrate: ["deadlines/", "questions/", f"questions/{asked.id}/", f"questions/{asked.id}/event/"],
    }  # fmt: skip
    for member, paths in pages.items():
        browser = client(member)
        for path in paths:
            answer = browser.get(f"/protection/{path}")
            assert answer.status_code == 200, f"{member.role} {path}: {answer.status_code}"
