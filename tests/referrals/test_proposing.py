"""Proposing, sending more, withdrawing: what was ticked travels, on a ground, once."""

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.cast import Cast
from tests.referrals.rows import (
    NAME,
    NOW,
    SENT,
    TODAY,
    accepted,
    consent_for,
    prepared,
    proposed,
    refused,
    told,
    traces,
)

from fanal.access.services import acting_as
from fanal.directory.models import Unit
from fanal.errors import Invalid, NotFound
from fanal.notify.models import Message
from fanal.referrals import queries, services
from fanal.referrals.models import ReferralItem
from fanal.referrals.rules.content import Item

pytestmark = pytest.mark.django_db


def test_propose_sends_what_was_ticked_and_nothing_else(cast: Cast) -> None:
    row = proposed(cast.officer, cast.centre_worker)
    with acting_as(cast.centre_worker):
        file = services.read(by=cast.centre_worker, reference=row.reference, at=NOW)
        assert file.content is not None
        assert {item for item, _ in file.content.sent} == set(SENT)
        assert not file.has_identity
        assert NAME not in repr(file)
        assert file.content.about.safe_contact.details == ""
        with pytest.raises(NotFound):
            services.reveal_identity(
                by=cast.centre_worker, reference=row.reference, purpose="protect", at=NOW
            )
    assert told(row.reference) == [("referral.proposed", cast.centre_worker.unit_id)]
    (trace,) = traces(cast.officer, "referrals.propose")
    assert trace.verb == "disclose"
    assert trace.facts["items"] == sorted(SENT)


def test_an_identity_that_was_ticked_is_shown_by_an_act_of_its_own(cast: Cast) -> None:
    row = proposed(cast.officer, cast.centre_worker, items=(*SENT, Item.IDENTITY))
    with acting_as(cast.centre_worker):
        file = services.read(by=cast.centre_worker, reference=row.reference, at=NOW)
        assert file.has_identity
        assert NAME not in repr(file)
        purpose = "protect"
        shown = services.reveal_identity(
            by=cast.centre_worker, reference=row.reference, purpose=purpose, at=NOW
        )
        assert shown.family_name == NAME
        refused("unknown_code", lambda: services.reveal_identity(
            by=cast.centre_worker, reference=row.reference, purpose="curiosity", at=NOW), Invalid)  # fmt: skip
    (trace,) = traces(cast.officer, "referrals.reveal_identity")
    assert (trace.unit_id, trace.purpose) == (cast.centre_worker.unit_id, "protect")


def test_without_a_ground_nothing_is_sent(cast: Cast) -> None:
    row = prepared(cast.officer)
    refused("no_ground", lambda: proposed(cast.officer, cast.centre_worker, matter=row, given=None))
    consent_for(cast, row, purpose="medical")
    refused("no_ground", lambda: proposed(cast.officer, cast.centre_worker, matter=row, given=None))
    other = cast.other_centre_worker
    refused("no_ground", lambda: proposed(cast.officer, other, matter=row, given=None, purpose="medical"))
    assert not Message.objects.exists()
    assert (
        proposed(cast.officer, cast.centre_worker, matter=row, given=None, purpose="medical").state
        == "proposed"
    )


def test_a_revoked_ground_carries_no_new_proposal(cast: Cast) -> None:
    row = prepared(cast.officer)
    consent = consent_for(cast, row)
    with acting_as(cast.officer):
        services.revoke_consent(by=cast.officer, consent_id=consent.id, at=NOW)
    refused("no_ground", lambda: proposed(cast.officer, cast.centre_worker, matter=row, given=None))


def test_the_same_proposal_is_made_once(cast: Cast) -> None:
    first = proposed(cast.officer, cast.centre_worker)
    again = proposed(cast.officer, cast.centre_worker, matter=first.matter)
    assert again.pk == first.pk
    assert len(told(first.reference)) == 1


def test_whom_a_person_cannot_be_referred_to(cast: Cast) -> None:
    row = prepared(cast.officer)
    refused("own_unit", lambda: proposed(cast.officer, cast.officer, matter=row), Invalid)
    refused("cannot_answer", lambda: proposed(cast.officer, cast.magistrate, matter=row), Invalid)
    nobody = replace(cast.magistrate, unit_id=999_999)
    refused("unknown_unit", lambda: proposed(cast.officer, nobody, matter=row), Invalid)
    Unit.objects.filter(pk=cast.centre_worker.unit_id).update(valid_to=TODAY - timedelta(days=1))
    refused("unit_closed", lambda: proposed(cast.officer, cast.centre_worker, matter=row))
    with acting_as(cast.officer):
        offered = {unit.id for unit in queries.recipients(cast.officer, on=TODAY)}
    assert cast.centre_worker.unit_id not in offered
    assert cast.other_centre_worker.unit_id in offered


def test_items_must_be_chosen_and_known(cast: Cast) -> None:
    row = prepared(cast.officer)
    refused(
        "nothing_to_send", lambda: proposed(cast.officer, cast.centre_worker, matter=row, items=()), Invalid
    )
    refused(
        "not_known",
        lambda: proposed(cast.officer, cast.centre_worker, matter=row, items=[Item.SIGNS]),
        Invalid,
    )


def test_no_proposal_once_a_service_accepted(cast: Cast) -> None:
    row = accepted(cast)
    refused("already_accepted", lambda: proposed(cast.officer, cast.other_centre_worker, matter=row.matter))
    other = proposed(cast.officer, cast.other_centre_worker, matter=row.matter, purpose="medical")
    assert other.state == "proposed", "another purpose is another question"


def test_more_is_sent_after_the_answer_and_only_what_is_new(cast: Cast) -> None:
    row = accepted(cast)
    with acting_as(cast.officer):
        services.send(by=cast.officer, reference=row.reference, items=[Item.IDENTITY, Item.SEX], at=NOW)
        services.send(by=cast.officer, reference=row.reference, items=[Item.IDENTITY, Item.SEX], at=NOW)
        assert ReferralItem.objects.filter(referral=row).count() == len(SENT) + 1
    assert [trace.facts["items"] for trace in traces(cast.officer, "referrals.send")] == [["identity"]]
    with acting_as(cast.centre_worker):
        assert queries.accepted_for(row.reference, cast.centre_worker).about.identity.family_name == NAME


def test_a_withdrawn_proposal_shows_nothing_more(cast: Cast) -> None:
    row = proposed(cast.officer, cast.centre_worker)
    with acting_as(cast.officer):
        services.withdraw(by=cast.officer, reference=row.reference, at=NOW)
        services.withdraw(by=cast.officer, reference=row.reference, at=NOW)
    with acting_as(cast.centre_worker):
        file = services.read(by=cast.centre_worker, reference=row.reference, at=NOW)
        assert (file.referral.state, file.content, file.acts) == ("withdrawn", None, ())
        assert not ReferralItem.objects.exists()
        refused("not_now", lambda: services.accept(by=cast.centre_worker, reference=row.reference, at=NOW))
    assert len(traces(cast.officer, "referrals.withdraw")) == 1
