"""A log tells what broke and where, and never a word of what it broke on."""

import io
import json
import logging
from collections.abc import Iterator

import pytest
from django.test import Client
from pytest_django import Settings
from tests.web.ops import CANARY, FAULTS

from fanal.web import log

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def urls(house: None, settings: Settings) -> None:
    settings.ROOT_URLCONF = "tests.web.ops"


@pytest.fixture(params=[log.Json, lambda: log.Plain("%(levelname)s %(name)s %(request)s %(message)s")])
def written(request: pytest.FixtureRequest) -> Iterator[io.StringIO]:
    """All that every logger says, down to the last detail, in one of our two forms."""
    paper = io.StringIO()
    handler = logging.StreamHandler(paper)
    handler.setFormatter(request.param())
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield paper
    root.removeHandler(handler)
    root.setLevel(level)


@pytest.mark.asvs("16.2.5")
@pytest.mark.parametrize("how", FAULTS)
def test_a_fault_leaves_no_canary(written: io.StringIO, how: str) -> None:
    client = Client(raise_request_exception=False, headers={"User-Agent": CANARY, "Referer": f"/{CANARY}"})
    response = client.get(f"/breaks/{how}?name={CANARY}")
    said = written.getvalue()
    assert CANARY not in said
    assert CANARY not in response.content.decode()
    assert response["X-Request-Id"] in said
    if response.status_code == 500:
        assert "tests/web/ops.py" in said.replace("web/ops.py", "tests/web/ops.py"), "it says where"


@pytest.mark.asvs("16.2.5", "16.4.1")
@pytest.mark.parametrize(
    ("path", "options"),
    [
        (f"/{CANARY}/", {}),
        (f"/things/{CANARY}?q={CANARY}", {}),
        ("/gallery", {"headers": {"Host": f"{CANARY}.example"}}),
        ("/gallery", {"headers": {"Cookie": f"sessionid={CANARY}; messages={CANARY}"}}),
        ("/api/things/none", {"headers": {"Authorization": f"Bearer fnl_{CANARY}"}}),
        ("/accounts/login/", {"data": {"login": CANARY, "password": CANARY}}),
        ("/api/things", {"data": f'{{"label": {CANARY}', "content_type": "application/json"}),
    ],
)
def test_a_request_that_cannot_be_read_leaves_none(
    written: io.StringIO, path: str, options: dict[str, object]
) -> None:
    client = Client(raise_request_exception=False)
    response = (client.post if "data" in options else client.get)(path, **options)  # type: ignore[operator]
    assert response.status_code < 500
    ours = "\n".join(line for line in written.getvalue().splitlines() if "django.db.backends" not in line)
    assert CANARY not in ours


@pytest.mark.asvs("16.2.1", "16.2.2", "16.2.4", "16.4.1")
def test_a_line_is_one_object_with_known_fields() -> None:
    record = logging.LogRecord("fanal.x", logging.INFO, __file__, 1, "%s waits\nfor you", ("one",), None)
    record.person = CANARY
    found = json.loads(log.Json().format(record))
    assert set(found) == {"at", "level", "logger", "message"}
    assert found["message"] == "one waits\nfor you"
    assert "\n" not in log.Json().format(record)


@pytest.mark.asvs("16.3.4")
def test_what_ends_a_process_is_told_by_its_type(written: io.StringIO) -> None:
    try:
        FAULTS["chained"]()
    except RuntimeError as problem:
        log.hook(type(problem), problem, problem.__traceback__)
    said = written.getvalue()
    assert "RuntimeError" in said
    assert "ValueError" in said
    assert CANARY not in said
