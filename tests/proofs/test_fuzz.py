"""The API under values that nobody thought of, in a small form: a few requests to each operation, by turns per role."""

import pytest
from proofs.matrix.world import play
from schemathesis.specs.openapi.definitions import OPENAPI_31_VALIDATOR
from tests.cast import Cast
from tests.proofs.seeds import drawn_seed

from proofs import fuzz

pytestmark = pytest.mark.django_db


@pytest.mark.asvs("15.3.1")
def test_the_description_is_openapi_3_1_and_leaves_nothing_out() -> None:
    document = fuzz.described().raw_schema
    assert document["openapi"].startswith("3.1.")
    assert [error.message for error in OPENAPI_31_VALIDATOR.iter_errors(document)] == []
    assert [each.route for each, description in fuzz.operations() if description is None] == []


def test_two_shapes_of_one_name_stay_two() -> None:
    document = fuzz.described().raw_schema

    def fields(path: str) -> set[str]:
        told = document["paths"][path]["post"]["requestBody"]["content"]["application/json"]["schema"]
        return set(document["components"]["schemas"][told["$ref"].rsplit("/", 1)[1]]["properties"])

    assert "answer" in fields("/api/meetings/{reference}/reply")
    assert "document" in fields("/api/recommendations/reply")


@pytest.mark.asvs("1.2.4", "1.4.2", "2.2.2")
@pytest.mark.parametrize("part", range(4))
def test_no_value_breaks_the_api_or_shows_what_is_foreign(cast: Cast, part: int) -> None:
    seed = drawn_seed()
    world = play(cast, seed=seed, chains_wanted=2)
    statuses: set[int] = set()
    with fuzz.one_connection():
        for nth, (address, operation) in enumerate(fuzz.operations()[part::4]):
            permission = address.gate.permission
            may = [name for name, member in cast.all.items() if permission is None or member.may(permission)]
            name = may[(seed + nth) % len(may)]
            found = fuzz.fuzz(world, name, address, operation, examples=6, seed=seed)
            assert found.faults == []
            statuses |= found.statuses
    assert statuses >= {200, 404, 422}
