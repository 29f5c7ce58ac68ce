"""The database that the suite itself stands on."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction

from fanal.database import safety


@pytest.mark.django_db
def test_the_suite_talks_as_a_role_that_passes_the_safety_check() -> None:
    safety.check(connection)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("_round", [1, 2])
def test_what_a_transactional_test_commits_is_gone_before_the_next(_round: int) -> None:
    assert not ContentType.objects.filter(app_label="left_behind").exists()
    with transaction.atomic():
        ContentType.objects.create(app_label="left_behind", model="row")
    assert ContentType.objects.filter(app_label="left_behind").count() == 1


@pytest.mark.django_db
def test_what_a_plain_test_writes_is_rolled_back() -> None:
    assert not ContentType.objects.filter(app_label="left_behind").exists()
