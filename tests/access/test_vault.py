"""Identities at rest: one key per subject, and tokens that find without showing."""

from uuid import uuid4

import pytest
from cryptography.exceptions import InvalidTag
from django.db import IntegrityError, transaction

from fanal.access import vault
from fanal.access.models import SubjectKey

pytestmark = pytest.mark.django_db
IDENTITY = {"family_name": "Ωμέγα", "given_names": "نور"}


def test_what_is_sealed_opens_again_and_shows_nothing() -> None:
    subject = uuid4()
    sealed = vault.seal(subject, IDENTITY)
    assert "Ωμέγα".encode() not in sealed
    assert vault.unseal({subject: sealed}) == {subject: IDENTITY}


@pytest.mark.asvs("11.3.3")
def test_another_subject_cannot_open_it() -> None:
    subject, other = uuid4(), uuid4()
    sealed = vault.seal(subject, IDENTITY)
    vault.seal(other, "x")
    with pytest.raises(InvalidTag):
        vault.unseal({other: sealed})


@pytest.mark.asvs("14.2.4")
def test_destroying_the_key_is_the_erasure() -> None:
    subject, other = uuid4(), uuid4()
    sealed = {each: vault.seal(each, IDENTITY) for each in (subject, other)}
    assert vault.erase([subject]) == 1
    assert vault.erase([subject]) == 0, "twice changes nothing"
    assert vault.unseal(sealed) == {other: IDENTITY}
    assert vault.erased(sealed) == {subject}
    assert bytes(SubjectKey.objects.get(pk=subject).wrapped) == b"", "no key is left to open with"


@pytest.mark.parametrize("had_a_key", [True, False])
def test_no_later_act_makes_a_new_key_for_who_was_erased(had_a_key: bool) -> None:
    subject = uuid4()
    if had_a_key:
        vault.seal(subject, IDENTITY)
    vault.erase([subject])
    with pytest.raises(vault.Erased):
        vault.seal(subject, IDENTITY)
    with pytest.raises(IntegrityError), transaction.atomic():
        vault.seal_new({subject: IDENTITY})


def test_several_values_of_one_subject_stand_under_one_key() -> None:
    subject = uuid4()
    sealed = vault.seal_new_each({"name": (subject, IDENTITY), "words": (subject, "x")})
    assert SubjectKey.objects.filter(pk=subject).count() == 1
    opened = vault.unseal_each({what: (subject, blob) for what, blob in sealed.items()})
    assert opened == {"name": IDENTITY, "words": "x"}


def test_many_open_with_one_query(django_assert_num_queries) -> None:
    sealed = {subject: vault.seal(subject, {"n": n}) for n, subject in enumerate([uuid4(), uuid4(), uuid4()])}
    with django_assert_num_queries(1):
        assert len(vault.unseal(sealed)) == 3


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Éric  DUPONT", "eric dupont", True),
        ("O'Neill", "o neill", True),
        ("Иван", "иван", True),
        ("ﾊﾝ", "ハン", True),
        ("Dupont", "Dupond", False),
    ],
)
def test_tokens_ignore_case_accents_and_spacing_only(one: str, other: str, same: bool) -> None:
    assert (vault.token("name", one) == vault.token("name", other)) is same


def test_tokens_of_two_purposes_cannot_be_compared() -> None:
    assert vault.token("name", "0470") != vault.token("phone", "0470")
