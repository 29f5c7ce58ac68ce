"""Preparing a person and the grounds to send: each act works, is refused, and done twice changes nothing."""

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.cast import Cast
from tests.referrals.rows import (
    ABOUT,
    CONSENT,
    NAME,
    NOW,
    TODAY,
    VITAL,
    accepted,
    consent_for,
    prepared,
    proposed,
    refused,
    told,
    traces,
)

from fanal.access.services import acting_as
from fanal.errors import Invalid, NotFound, Stale
from fanal.referrals import queries, services
from fanal.referrals.models import Consent, Referral, ReferralItem
from fanal.referrals.rules.content import About

pytestmark = pytest.mark.django_db


def test_prepare_keeps_everything_sealed_and_inside_the_unit(cast: Cast) -> None:
    row = prepared(cast.officer)
    assert NAME.encode() not in bytes(row.sealed)
    with acting_as(cast.officer):
        assert queries.about(queries.matter(row.reference, cast.officer)) == ABOUT
    for stranger in (cast.centre_worker, cast.outsider, cast.magistrate):
        with acting_as(stranger), pytest.raises(NotFound):
            queries.matter(row.reference, stranger)
    (trace,) = traces(cast.officer, "referrals.prepare")
    assert trace.object_ids == [row.id]
    assert NAME not in str(trace.facts)


def test_the_same_form_twice_makes_one_person(cast: Cast) -> None:
    key = prepared(cast.officer).id
    first = prepared(cast.officer, submission=key)
    assert prepared(cast.officer, submission=key).pk == first.pk
    assert prepared(cast.inspector, submission=key).pk != first.pk


def test_nothing_and_the_impossible_are_refused(cast: Cast) -> None:
    refused("nothing_known", lambda: prepared(cast.officer, About()), Invalid)
    for about, field in (
        (replace(ABOUT, sex="Q"), "sex"),
        (replace(ABOUT, languages=("français",)), "languages"),
        (replace(ABOUT, citizenship=("be",)), "citizenship"),
        (
            replace(ABOUT, identity=replace(ABOUT.identity, birth_date=TODAY + timedelta(days=2))),
            "birth_date",
        ),
    ):
        assert refused("impossible", lambda a=about: prepared(cast.officer, a), Invalid).field == field


def test_amend_asks_for_the_version_that_was_read(cast: Cast) -> None:
    row = prepared(cast.officer)
    better = replace(ABOUT, summary="Clearer.")
    with acting_as(cast.officer):
        changed = services.amend(by=cast.officer, reference=row.reference, about=better, version=1, at=NOW)
        assert changed.version == 2
        again = services.amend(by=cast.officer, reference=row.reference, about=better, version=1, at=NOW)
        assert again.version == 2, "the same values again change nothing"
        with pytest.raises(Stale):
            services.amend(by=cast.officer, reference=row.reference, about=ABOUT, version=1, at=NOW)
    assert len(traces(cast.officer, "referrals.amend")) == 1


def test_consent_is_recorded_once(cast: Cast) -> None:
    row = prepared(cast.officer)
    first = consent_for(cast, row)
    assert consent_for(cast, row).pk == first.pk
    assert len(traces(cast.officer, "referrals.record_consent")) == 1


def test_a_ground_that_is_not_sound_is_refused(cast: Cast) -> None:
    row = prepared(cast.officer)
    for given, field in (
        (replace(CONSENT, form=""), "form"),
        (replace(CONSENT, given_on=TODAY + timedelta(days=2)), "given_on"),
        (replace(VITAL, why=""), "why"),
        (replace(VITAL, review_due=None), "review_due"),
        (replace(VITAL, ground="minor"), "ground"),
    ):
        assert refused(f"ground_{field}", lambda g=given: consent_for(cast, row, g), Invalid).field == field
    refused("unknown_ground", lambda: consent_for(cast, row, replace(CONSENT, ground="because")), Invalid)
    refused("unknown_purpose", lambda: consent_for(cast, row, purpose="party"), Invalid)
    assert not Consent.objects.filter(matter=row).exists()


def test_an_exception_is_replaced_by_the_consent_and_nobody_loses_sight(cast: Cast) -> None:
    referral = proposed(cast.officer, cast.centre_worker, given=VITAL)
    consent_for(cast, referral.matter)
    with acting_as(cast.centre_worker):
        seen = queries.referral(referral.reference, cast.centre_worker)
        assert (seen.ground, seen.ground_form, seen.state) == ("consent", "oral", "proposed")
        assert queries.content(seen.id, cast.centre_worker).about.pseudonym == "Lotus"
    with acting_as(cast.officer):
        assert not queries.exceptions(cast.officer).exists()
    refused("ground_stands", lambda: consent_for(cast, referral.matter, VITAL))


def test_a_revoked_consent_takes_the_sight_at_once(cast: Cast) -> None:
    row = accepted(cast)
    with acting_as(cast.officer):
        services.revoke_consent(by=cast.officer, consent_id=row.consent_id, at=NOW)
    with acting_as(cast.centre_worker):
        with pytest.raises(NotFound):
            services.read(by=cast.centre_worker, reference=row.reference, at=NOW)
        assert not Referral.objects.exists()
        assert not ReferralItem.objects.exists()
        with pytest.raises(NotFound):
            queries.accepted_for(row.reference, cast.centre_worker)
    with acting_as(cast.officer):
        assert Referral.objects.get(pk=row.pk).state == "withdrawn"
        again = services.revoke_consent(
            by=cast.officer, consent_id=row.consent_id, at=NOW + timedelta(days=1)
        )
        assert again.revoked_at == NOW
    assert len(traces(cast.officer, "referrals.revoke_consent")) == 1
    assert len(traces(cast.officer, "access.revoke")) == 2
    assert told(row.reference)[-1] == ("referral.ended", cast.centre_worker.unit_id)


def test_what_was_done_stays_done_but_out_of_sight(cast: Cast) -> None:
    row = accepted(cast)
    with acting_as(cast.centre_worker):
        services.report_done(by=cast.centre_worker, reference=row.reference, at=NOW)
    with acting_as(cast.officer):
        services.revoke_consent(by=cast.officer, consent_id=row.consent_id, at=NOW)
        assert Referral.objects.get(pk=row.pk).state == "done"
    with acting_as(cast.centre_worker), pytest.raises(NotFound):
        queries.referral(row.reference, cast.centre_worker)


def test_the_receiver_cannot_touch_the_consent(cast: Cast) -> None:
    row = accepted(cast)
    with acting_as(cast.centre_worker), pytest.raises(NotFound):
        services.revoke_consent(by=cast.centre_worker, consent_id=row.consent_id, at=NOW)


def test_an_exception_is_reviewed(cast: Cast) -> None:
    row = proposed(cast.officer, cast.centre_worker, given=VITAL)
    later = TODAY + timedelta(days=30)
    with acting_as(cast.officer):
        found = services.review_exception(
            by=cast.officer, consent_id=row.consent_id, next_review=later, at=NOW
        )
        assert (found.review_due, found.reviewed_at) == (later, NOW)
        again = services.review_exception(
            by=cast.officer, consent_id=row.consent_id, next_review=later, at=NOW
        )
        assert again.version == found.version
        refused("review_due", lambda: services.review_exception(
            by=cast.officer, consent_id=row.consent_id, next_review=TODAY, at=NOW), Invalid)  # fmt: skip
    assert len(traces(cast.officer, "referrals.review_exception")) == 1


def test_a_consent_is_no_exception_to_review(cast: Cast) -> None:
    row = proposed(cast.officer, cast.centre_worker)
    with acting_as(cast.officer):
        refused("not_now", lambda: services.review_exception(
            by=cast.officer, consent_id=row.consent_id, next_review=TODAY + timedelta(days=9), at=NOW))  # fmt: skip
