"""Plans for programs."""

import pytest
from tests.cast import Cast, api
from tests.plans.conftest import CODE

from fanal.plans.models import Version

pytestmark = pytest.mark.django_db


def test_list_detail_and_measure(cast: Cast, adopted: Version) -> None:
    browser = api(cast.correspondent)
    found = browser.get("/api/plans").json()
    assert [(each["code"], each["state"], each["measures"]) for each in found] == [
        (CODE, "in_force", 2),
        ("chart-2", "in_force", 3),
        ("chart-1", "closed", 1),
    ]
    plan = browser.get(f"/api/plans/{CODE}").json()
    assert [each["number"] for each in plan["headings"]] == ["1", "1.1"]
    assert plan["lines"][0]["indicators"][0]["benchmarks"][0] == {"on": "2026-12-31", "value": "10.000"}
    measure = browser.get(f"/api/plans/measures/{CODE}-01").json()
    assert (measure["lead"], measure["budget_cents"], measure["carried_from"]) == ("watch", None, [])


def test_a_draft_is_not_there(cast: Cast, draft: Version) -> None:
    browser = api(cast.chair)
    for url in (f"/api/plans/{CODE}", f"/api/plans/measures/{CODE}-01", "/api/plans/nothing"):
        assert browser.get(url).status_code == 404
