"""Each wall alone, on every table; and what the database refuses whatever the code forgets."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from tests.cast import Cast
from tests.referrals.rows import NOW, VITAL, accepted, proposed
from tests.walls import second_wall_open

from fanal.access import services as access
from fanal.access.models import Grant
from fanal.access.queries import visible
from fanal.access.services import Level, Opening, acting_as, as_clockwork
from fanal.errors import NotFound
from fanal.referrals import queries, services
from fanal.referrals.models import Capacity, Consent, Matter, Referral, ReferralItem, Reply, State

pytestmark = pytest.mark.django_db

SENDERS_ONLY = (Matter, Consent)
SHARED = (Referral, ReferralItem, Reply)


# The second wall alone: a query that forgets to filter


def test_row_level_security_alone(cast: Cast) -> None:
    proposed(cast.officer, cast.centre_worker)
    for stranger in (
        cast.outsider,
        cast.other_centre_worker,
        cast.coordinator,
        cast.administrator,
        cast.magistrate,
    ):
        with acting_as(stranger):
            assert [table for table in (*SENDERS_ONLY, *SHARED) if table.objects.exists()] == []
    with acting_as(cast.centre_worker):
        assert [table for table in SENDERS_ONLY if table.objects.exists()] == []
        assert [table for table in SHARED if not table.objects.exists()] == []
    with acting_as(cast.officer):
        assert [table for table in (*SENDERS_ONLY, *SHARED) if not table.objects.exists()] == []


# The first wall alone: row-level security lets everything through


def test_queries_alone(cast: Cast) -> None:
    row = proposed(cast.officer, cast.centre_worker)
    them = cast.outsider
    with second_wall_open():
        assert Referral.objects.exists(), "the second wall is open in this test"
        assert not any(visible(table, them).exists() for table in (*SENDERS_ONLY, *SHARED))
        assert not queries.referrals(them).exists()
        assert not queries.matters(them).exists()
        assert not queries.exceptions(them).exists()
        assert queries.content(row.id, them).sent == ()
        assert queries.replies(row.id, them) == {}
        assert queries.waiting(them, NOW) == ()
        assert queries.standing(row.matter_id, row.to_unit_id, row.purpose, them) is None
        closed: list[Callable[[], object]] = [
            lambda: queries.referral(row.reference, them),
            lambda: queries.matter(row.matter.reference, them),
            lambda: queries.consent(row.consent_id, them),
            lambda: queries.accepted_for(row.reference, them),
        ]
        for read in closed:
            with pytest.raises(NotFound):
                read()


def test_the_receiver_reads_no_preparation_when_row_level_security_is_off(cast: Cast) -> None:
    row = proposed(cast.officer, cast.centre_worker)
    with second_wall_open():
        assert not queries.matters(cast.centre_worker).exists()
        with pytest.raises(NotFound):
            queries.consent(row.consent_id, cast.centre_worker)


# What the receiver may not write


def test_the_receiver_writes_nothing_but_its_answer(cast: Cast) -> None:
    row = proposed(cast.officer, cast.centre_worker)
    more = ReferralItem(compartment_id=row.compartment_id, referral_id=row.id, item="sex", sent_by=uuid4())
    more.sealed, more.sent_at = b"", NOW
    denied: list[Callable[[], object]] = [
        lambda: ReferralItem.objects.update(item="identity"),
        lambda: more.save(force_insert=True),
        lambda: Grant.objects.update(level="contribute"),
    ]
    with acting_as(cast.centre_worker):
        for write in denied:
            with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
                write()
        assert Reply.objects.update(sealed=b"x") == 1


@pytest.mark.parametrize("state", [State.WITHDRAWN, State.ELSEWHERE, State.DONE])
def test_the_receiver_makes_no_move_of_another_side(cast: Cast, state: State) -> None:
    row = proposed(cast.officer, cast.centre_worker)
    with acting_as(cast.centre_worker), pytest.raises(IntegrityError, match="not a move of this side"):
        Referral.objects.filter(pk=row.pk).update(state=state, ended_at=NOW)


def test_the_sender_does_not_accept_in_the_receivers_place(cast: Cast) -> None:
    row = proposed(cast.officer, cast.centre_worker)
    with acting_as(cast.officer), pytest.raises(IntegrityError, match="not a move of this side"):
        Referral.objects.filter(pk=row.pk).update(state=State.ACCEPTED)


def test_nothing_leaves_a_final_state(cast: Cast) -> None:
    row = proposed(cast.officer, cast.centre_worker)
    with acting_as(cast.officer):
        services.withdraw(by=cast.officer, reference=row.reference, at=NOW)
    with acting_as(cast.centre_worker), pytest.raises(IntegrityError, match="not a move"):
        Referral.objects.filter(pk=row.pk).update(state=State.ACCEPTED, ended_at=None)


@pytest.mark.parametrize("column", ["to_unit_id", "from_unit_id", "purpose", "person", "reference"])
def test_a_referral_keeps_its_person_units_and_purpose(cast: Cast, column: str) -> None:
    row = proposed(cast.officer, cast.centre_worker)
    other = {"purpose": "medical", "person": uuid4(), "reference": "R-0000-0000"}.get(
        column, cast.magistrate.unit_id
    )
    with acting_as(cast.officer), pytest.raises(IntegrityError, match="keeps its person"):
        Referral.objects.filter(pk=row.pk).update(**{column: other})


# The ground rules


def copy_of(row: Referral, **changed: object) -> Referral:
    fields = {f.attname: getattr(row, f.attname) for f in Referral._meta.concrete_fields if f.name != "id"}
    return Referral(**fields | {"reference": "R-0000-0000"} | changed)  # type: ignore[arg-type]


def test_a_referral_without_a_ground_for_that_unit_and_purpose_is_refused(cast: Cast) -> None:
    row = proposed(cast.officer, cast.centre_worker)
    with acting_as(cast.officer):
        for changed in ({"purpose": "medical"}, {"to_unit_id": cast.other_centre_worker.unit_id}):
            with pytest.raises(IntegrityError, match="needs a ground"), transaction.atomic():
                copy_of(row, **changed).save(force_insert=True)


def test_a_revoked_ground_carries_no_referral_and_no_grant(cast: Cast) -> None:
    row = accepted(cast)
    with acting_as(cast.officer):
        services.revoke_consent(by=cast.officer, consent_id=row.consent_id, at=NOW)
        with pytest.raises(IntegrityError, match="needs a ground"), transaction.atomic():
            copy_of(row, state=State.PROPOSED).save(force_insert=True)
        again = [Opening(row.to_unit_id, Level.READ, "housing", "law")]
        with pytest.raises(IntegrityError, match="ground was revoked"), transaction.atomic():
            access.grant(by=cast.officer, compartment=row.compartment, openings=again, at=NOW)
        with pytest.raises(IntegrityError, match="ground was revoked"), transaction.atomic():
            Grant.objects.filter(compartment=row.compartment).update(revoked_at=None)
        with pytest.raises(IntegrityError, match="stays revoked"), transaction.atomic():
            Consent.objects.filter(pk=row.consent_id).update(revoked_at=None)


def test_revoking_takes_the_sight_even_when_the_service_forgets_the_grants(cast: Cast) -> None:
    row = accepted(cast)
    with acting_as(cast.officer):
        Consent.objects.filter(pk=row.consent_id).update(revoked_at=NOW)
    with acting_as(cast.centre_worker):
        assert [table for table in SHARED if table.objects.exists()] == []


def test_the_sight_ends_with_the_task_even_when_the_service_forgets_the_grants(cast: Cast) -> None:
    row = proposed(cast.officer, cast.centre_worker)
    with acting_as(cast.centre_worker):
        Referral.objects.filter(pk=row.pk).update(state=State.REFUSED, refusal="full", ended_at=NOW)
        assert Referral.objects.exists()
        assert not ReferralItem.objects.exists()
        assert not Reply.objects.exists()


# Constraints, each by its name


def broken(name: str, change: Callable[[], object]) -> None:
    with pytest.raises(IntegrityError) as found, transaction.atomic():
        change()
    assert found.value.__cause__ is not None
    assert found.value.__cause__.diag.constraint_name == name  # type: ignore[attr-defined]


def test_constraints_of_a_referral(cast: Cast) -> None:
    row = proposed(cast.officer, cast.centre_worker)
    only = Referral.objects.filter(pk=row.pk)
    with acting_as(cast.officer):
        broken("referral_open_once", lambda: copy_of(row).save(force_insert=True))
        broken("referral_ends_with_its_task", lambda: only.update(ended_at=NOW))
        broken("referral_ends_with_its_task", lambda: only.update(state=State.WITHDRAWN))
        broken("referral_refused_for_a_reason", lambda: only.update(refusal="full"))
        broken("referral_item_known", lambda: ReferralItem.objects.update(item="shoe_size"))
    with acting_as(cast.centre_worker):
        broken("referral_refused_for_a_reason", lambda: only.update(state=State.REFUSED, ended_at=NOW))
    with connection.cursor() as cursor:
        cursor.execute("SELECT conname FROM pg_constraint WHERE conrelid = 'referrals_referral'::regclass")
        names = {name for (name,) in cursor.fetchall()}
    assert {"referral_to_another", "referral_state"} <= names


def test_one_acceptance_for_a_person_and_a_purpose(cast: Cast) -> None:
    first = proposed(cast.officer, cast.centre_worker)
    second = proposed(cast.officer, cast.other_centre_worker, matter=first.matter)
    with acting_as(cast.centre_worker):
        Referral.objects.filter(pk=first.pk).update(state=State.ACCEPTED)
    with acting_as(cast.other_centre_worker):
        broken(
            "referral_accepted_once",
            lambda: Referral.objects.filter(pk=second.pk).update(state=State.ACCEPTED),
        )


def test_constraints_of_a_consent(cast: Cast) -> None:
    row = proposed(cast.officer, cast.centre_worker, given=VITAL)
    with acting_as(cast.officer):
        consents = Consent.objects.filter(pk=row.consent_id)
        broken("consent_or_reviewed_exception", lambda: consents.update(review_due=None))
        broken("consent_or_reviewed_exception", lambda: consents.update(exception=False))
        broken(
            "consent_or_reviewed_exception",
            lambda: consents.update(exception=False, review_due=None, form="nod"),
        )
        again = Consent.objects.get(pk=row.consent_id)
        again.pk = uuid4()
        broken("consent_once", lambda: again.save(force_insert=True))


def test_constraints_of_a_matter(cast: Cast) -> None:
    row = proposed(cast.officer, cast.centre_worker).matter
    with acting_as(cast.officer):
        broken("matter_names_its_alert", lambda: Matter.objects.update(alert=uuid4()))
        row.pk, row.reference = uuid4(), "M-0000-0000"
        broken("matter_once", lambda: row.save(force_insert=True))
        row.person, row.submission = uuid4(), uuid4()
        row.compartment = access.open_compartment(by=cast.officer, kind=access.Kind.REFERRAL, at=NOW)
        row.save(force_insert=True)
        row.pk, row.reference, row.person = uuid4(), "M-0000-0001", uuid4()
        broken("matter_submitted_once", lambda: row.save(force_insert=True))


def test_constraints_of_a_capacity(cast: Cast) -> None:
    sound = {
        "unit_id": cast.centre_worker.unit_id, "free": 1, "children": True, "wheelchair": True, "night": True,
        "valid_until": NOW + timedelta(days=1), "published_at": NOW, "published_by": uuid4(),
    }  # fmt: skip
    Capacity.objects.create(**sound)
    broken(
        "capacity_ages_in_order", lambda: Capacity.objects.create(**sound | {"age_from": 18, "age_to": 17})
    )
    broken("capacity_valid_for_a_while", lambda: Capacity.objects.create(**sound | {"valid_until": NOW}))


def test_the_clockwork_only_closes(cast: Cast) -> None:
    row = proposed(cast.officer, cast.centre_worker)
    with as_clockwork(), pytest.raises(IntegrityError, match="not a move"), transaction.atomic():
        Referral.objects.filter(pk=row.pk).update(state=State.ACCEPTED)
