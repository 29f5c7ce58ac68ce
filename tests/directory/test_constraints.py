"""What the database itself holds true, each constraint by its name."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from fanal.directory import models

pytestmark = pytest.mark.django_db
DAY, EVE = date(2026, 3, 2), date(2026, 3, 1)


def refused(constraint: str, model: type[Any], **values: Any) -> None:
    with pytest.raises(IntegrityError, match=f'"{constraint}"'), transaction.atomic():
        model.objects.create(**values)


def fact(**values: Any) -> dict[str, Any]:
    return {"code": "new", "names": {"en": "New"}, "valid_from": DAY, **values}


def unit() -> models.Unit:
    return models.Unit.objects.get(code="parquet-quays")


@pytest.mark.parametrize(
    ("model", "values"),
    [
        (models.Institution, {"kind": "k"}),
        (models.District, {"tile": [0, 0]}),
        (models.Zone, {"district_id": "plain"}),
        (models.Unit, {"kind": "k", "institution_id": "crown"}),
        (models.Function, {}),
        (models.Municipality, {"district_id": "plain", "words": ""}),
    ],
)
def test_no_row_ends_before_it_starts(model: type[Any], values: dict[str, Any]) -> None:
    refused(f"{model.__name__.lower()}_ends_after_start", model, **fact(valid_to=EVE), **values)
    assert model.objects.create(**fact(valid_to=DAY), **values)


@pytest.mark.parametrize(
    ("model", "code", "values"),
    [
        (models.Institution, "crown", {"kind": "k"}),
        (models.District, "plain", {"tile": [0, 0]}),
        (models.Zone, "quays", {"district_id": "plain"}),
        (models.Unit, "parquet-quays", {"kind": "k", "institution_id": "crown"}),
        (models.Function, "intake", {}),
    ],
)
def test_a_code_has_one_row(model: type[Any], code: str, values: dict[str, Any]) -> None:
    refused(f"{model.__name__.lower()}_code", model, **fact(code=code), **values)


def test_a_version_of_a_municipality_is_one_row() -> None:
    values = {"district_id": "plain", "words": ""}
    assert models.Municipality.objects.create(**fact(code="T01"), **values)
    refused("municipality_version", models.Municipality, **fact(code="T01"), **values)


def test_no_unit_is_the_clockwork() -> None:
    refused("unit_zero_is_the_clockwork", models.Unit, id=0, kind="k", institution_id="crown", **fact())


def test_a_contact_point_says_something_over_a_known_channel() -> None:
    good = {"unit": unit(), "channel": "phone", "value": "555"}
    refused("contactpoint_channel", models.ContactPoint, **fact(), **good | {"channel": "smoke"})
    refused("contactpoint_value", models.ContactPoint, **fact(), **good | {"value": ""})
    refused("contactpoint_ends_after_start", models.ContactPoint, **fact(valid_to=EVE), **good)
    for _ in range(2):
        assert models.ContactPoint.objects.create(**fact(code=""), **good), "rows made by people have no code"
    assert models.ContactPoint.objects.create(**fact(), **good)
    refused("contactpoint_version", models.ContactPoint, **fact(), **good)


def test_a_mandate_names_a_holder_and_somebody_else_as_substitute() -> None:
    good = {
        "unit": unit(),
        "function_id": "reference_magistrate",
        "holder": "Ada",
        "valid_from": DAY,
        "changed_at": timezone.now(),
    }
    refused("mandate_holder", models.Mandate, **good | {"holder": ""})
    refused("mandate_substitute_is_another", models.Mandate, **good | {"substitute": "Ada"})
    refused("mandate_ends_after_start", models.Mandate, **good | {"valid_to": EVE})
    assert models.Mandate.objects.create(**good)


def test_what_is_referred_to_is_not_deleted() -> None:
    with pytest.raises(ProtectedError):
        models.District.objects.get(code="plain").delete()
