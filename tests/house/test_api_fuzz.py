"""The API under values that nobody thought of: it answers or refuses, in the shape it describes, and never breaks."""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode
from schemathesis.specs.openapi.definitions import OPENAPI_31_VALIDATOR
from tests.cast import token
from tests.house import addresses
from tests.house.addresses import Address, who_may
from tests.house.scenario import Scenario

from fanal.config.wsgi import application

pytestmark = pytest.mark.django_db
BOUNDED = settings(
    max_examples=6,
    derandomize=True,  # the same values in every run
    deadline=None,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(autouse=True)
def _one_connection() -> Iterator[None]:
    """A request may close the connection that it finds; here it belongs to the transaction of the test."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


def operations() -> list[tuple[Address, Any]]:
    """Each operation of the table beside its description."""
    described = schemathesis.openapi.from_wsgi("/api/openapi.json", application)
    found = {(o.ok().path, o.ok().method.upper()): o.ok() for o in described.get_all_operations()}
    beside = [
        (each, found.pop((each.template, method), None))
        for each in addresses.operations()
        for method in sorted(each.methods)
    ]
    assert not found, "described and not in the table"
    return beside


@pytest.mark.asvs("15.3.1")
def test_the_description_is_openapi_3_1_and_leaves_nothing_out() -> None:
    document = schemathesis.openapi.from_wsgi("/api/openapi.json", application).raw_schema
    assert document["openapi"].startswith("3.1.")
    assert [error.message for error in OPENAPI_31_VALIDATOR.iter_errors(document)] == []
    assert [each.route for each, description in operations() if description is None] == []


@pytest.mark.asvs("1.2.4", "1.4.2", "2.2.2")
@pytest.mark.parametrize("part", range(4))
def test_no_value_breaks_the_api(scenario: Scenario, part: int) -> None:
    """Each operation as a member whose role holds it, on files that are there and on files that are not."""
    cast = scenario.cast
    members = [cast.officer, cast.centre_worker, cast.immigration_agent, cast.magistrate, cast.administrator]
    members.append(cast.coordinator)
    secrets = {member: token(member) for member in members}
    seen: set[int] = set()
    for address, operation in operations()[part::4]:
        secret = secrets[who_may(address, members)]
        headers = {"Authorization": f"Bearer {secret}", "If-Match": "*"}
        seen |= tried(operation, address.values(scenario), headers)
    assert seen >= {200, 404, 422}


def tried(operation: Any, there: dict[str, str], headers: dict[str, str]) -> set[int]:
    """The statuses of an operation that was sent sound and unsound values; what breaks it fails here."""
    statuses: set[int] = set()
    sound, unsound = GenerationMode.POSITIVE, GenerationMode.NEGATIVE
    values = st.one_of(
        operation.as_strategy(generation_mode=sound, path_parameters=there),
        operation.as_strategy(generation_mode=unsound, path_parameters=there),
        operation.as_strategy(generation_mode=sound),
    )

    @BOUNDED
    @given(case=values)
    def send(case: Case) -> None:
        answer = case.call(headers=headers)
        said = f"{case.method} {case.formatted_path} {case.query} {case.body!r}: {answer.text[:300]}"
        assert answer.status_code < 500, said
        if answer.status_code >= 400:
            assert answer.headers["content-type"] == ["application/problem+json"], said
        statuses.add(answer.status_code)

    send()
    return statuses
