"""Each act: it works, it is refused, doing it twice changes nothing, it leaves its trace and tells the other unit."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from tests.cast import Cast
from tests.referrals.rows import ABOUT, CONSENT, NAME, NOW, SENT, TODAY, VITAL, accepted, prepared, proposed

from fanal.access.models import Grant
from fanal.access.rules import Member
from fanal.access.services import acting_as, as_clockwork
from fanal.audit.models import Entry
from fanal.directory.models import Unit
from fanal.errors import Invalid, NotAllowed, NotFound, Refusal, Stale
from fanal.notify.models import Message
from fanal.referrals import queries, services
from fanal.referrals.models import Consent, Matter, Referral, ReferralItem
from fanal.referrals.rules.content import About, Item

pytestmark = pytest.mark.django_db


def told(reference: str) -> list[tuple[str, int]]:
    return list(Message.objects.filter(reference=reference).order_by("id").values_list("kind", "unit_id"))


def traces(by: Member, act: str) -> list[Entry]:
    with acting_as(by):
        return list(Entry.objects.filter(act=act).order_by("at", "id"))


def refused(code: str, act: Callable[[], object], kind: type[Refusal] = Refusal) -> Refusal:
    with pytest.raises(kind) as found:
        act()
    assert found.value.code == code
    return found.value


# Preparing


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
        (replace(ABOUT, identity=replace(ABOUT.identity, birth_date=TODAY + timedelta(days=2))), "birth_date"),
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


# Consent


def consent_for(cast: Cast, row: Matter, given: object = CONSENT, purpose: str = "housing") -> Consent:
    with acting_as(cast.officer):
        return services.record_consent(
            by=cast.officer, matter=row.reference, to_unit_id=cast.centre_worker.unit_id, purpose=purpose,
            given=given, at=NOW,  # type: ignore[arg-type]
        )  # fmt: skip


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
        again = services.revoke_consent(by=cast.officer, consent_id=row.consent_id, at=NOW + timedelta(days=1))
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
        found = services.review_exception(by=cast.officer, consent_id=row.consent_id, next_review=later, at=NOW)
        assert (found.review_due, found.reviewed_at) == (later, NOW)
        again = services.review_exception(by=cast.officer, consent_id=row.consent_id, next_review=later, at=NOW)
        assert again.version == found.version
        refused("review_due", lambda: services.review_exception(
            by=cast.officer, consent_id=row.consent_id, next_review=TODAY, at=NOW), Invalid)  # fmt: skip
    assert len(traces(cast.officer, "referrals.review_exception")) == 1


def test_a_consent_is_no_exception_to_review(cast: Cast) -> None:
    row = proposed(cast.officer, cast.centre_worker)
    with acting_as(cast.officer):
        refused("not_now", lambda: services.review_exception(
            by=cast.officer, consent_id=row.consent_id, next_review=TODAY + timedelta(days=9), at=NOW))  # fmt: skip


# Proposing


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
            services.reveal_identity(by=cast.centre_worker, reference=row.reference, purpose="protect", at=NOW)
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
        shown = services.reveal_identity(by=cast.centre_worker, reference=row.reference, purpose=purpose, at=NOW)
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
    assert proposed(cast.officer, cast.centre_worker, matter=row, given=None, purpose="medical").state == "proposed"


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
    refused("nothing_to_send", lambda: proposed(cast.officer, cast.centre_worker, matter=row, items=()), Invalid)
    refused("not_known", lambda: proposed(cast.officer, cast.centre_worker, matter=row, items=[Item.SIGNS]), Invalid)


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


# Answering


def test_accept_once_for_all(cast: Cast) -> None:
    row = accepted(cast)
    with acting_as(cast.centre_worker):
        again = services.accept(by=cast.centre_worker, reference=row.reference, at=NOW + timedelta(hours=1))
        assert (again.state, again.answered_at, again.version) == ("accepted", NOW, 2)
    (trace,) = traces(cast.officer, "referrals.accept")
    assert trace.owner_unit_id == cast.officer.unit_id
    assert told(row.reference)[1:] == [("referral.accepted", cast.officer.unit_id)]
    with acting_as(cast.officer):
        refused("not_now", lambda: services.withdraw(by=cast.officer, reference=row.reference, at=NOW))


def test_refuse_gives_a_reason_and_ends_the_sight(cast: Cast) -> None:
    me = cast.centre_worker
    row = proposed(cast.officer, me)
    mood = {"reference": row.reference, "reason": "mood"}
    with acting_as(me):
        refused("unknown_reason", lambda: services.refuse(by=me, at=NOW, **mood), Invalid)
        services.refuse(by=me, reference=row.reference, reason="full", words="In May again.", at=NOW)
        services.refuse(by=me, reference=row.reference, reason="other", words="No.", at=NOW)
        assert not ReferralItem.objects.exists()
        assert services.read(by=me, reference=row.reference, at=NOW).words == {}
        refused("not_now", lambda: services.accept(by=me, reference=row.reference, at=NOW))
    with acting_as(cast.officer):
        file = services.read(by=cast.officer, reference=row.reference, at=NOW)
        assert (file.referral.refusal, file.words) == ("full", {"refused": "In May again."})
    assert len(traces(cast.officer, "referrals.refuse")) == 1
    assert proposed(cast.officer, cast.centre_worker, matter=row.matter).pk != row.pk, "it may be asked again"


def test_done_after_accepted(cast: Cast) -> None:
    row, me = proposed(cast.officer, cast.centre_worker), cast.centre_worker
    with acting_as(me):
        refused("not_now", lambda: services.report_done(by=me, reference=row.reference, at=NOW))
        services.accept(by=me, reference=row.reference, at=NOW)
        services.report_done(by=me, reference=row.reference, words="Safe.", at=NOW)
        services.report_done(by=me, reference=row.reference, words="Twice.", at=NOW)
        assert services.read(by=me, reference=row.reference, at=NOW).words == {"done": "Safe."}
        assert queries.accepted_for(row.reference, me).about.pseudonym == "Lotus"
    assert len(traces(cast.officer, "referrals.report_done")) == 1


def test_each_side_keeps_to_its_acts(cast: Cast) -> None:
    row = proposed(cast.officer, cast.centre_worker)
    with acting_as(cast.officer):
        for act in (services.accept, services.report_done):
            refused("not_your_side", lambda a=act: a(by=cast.officer, reference=row.reference, at=NOW), NotAllowed)
        refused("not_your_side", lambda: services.refuse(
            by=cast.officer, reference=row.reference, reason="full", at=NOW), NotAllowed)  # fmt: skip
    with acting_as(cast.centre_worker):
        refused("not_your_side", lambda: services.withdraw(
            by=cast.centre_worker, reference=row.reference, at=NOW), NotAllowed)  # fmt: skip


def test_a_stranger_finds_nothing_to_act_on(cast: Cast) -> None:
    row = proposed(cast.officer, cast.centre_worker)
    them = cast.outsider
    acts = [
        lambda: services.read(by=them, reference=row.reference, at=NOW),
        lambda: services.accept(by=them, reference=row.reference, at=NOW),
        lambda: services.refuse(by=them, reference=row.reference, reason="full", at=NOW),
        lambda: services.withdraw(by=them, reference=row.reference, at=NOW),
        lambda: services.report_done(by=them, reference=row.reference, at=NOW),
        lambda: services.send(by=them, reference=row.reference, items=[Item.SEX], at=NOW),
        lambda: services.revoke_consent(by=them, consent_id=row.consent_id, at=NOW),
        lambda: services.reveal_identity(by=them, reference=row.reference, purpose="protect", at=NOW),
        lambda: services.read_matter(by=them, reference=row.matter.reference, at=NOW),
        lambda: proposed(them, cast.centre_worker, matter=row.matter),
    ]  # fmt: skip
    for act in acts:
        with acting_as(them), pytest.raises(NotFound):
            act()


# One acceptance


def parallel(cast: Cast) -> tuple[Referral, Referral]:
    first = proposed(cast.officer, cast.centre_worker)
    return first, proposed(cast.officer, cast.other_centre_worker, matter=first.matter)


def test_of_parallel_referrals_one_acceptance_wins(cast: Cast) -> None:
    first, second = parallel(cast)
    with acting_as(cast.centre_worker):
        services.accept(by=cast.centre_worker, reference=first.reference, at=NOW)
    with acting_as(cast.other_centre_worker):
        found = refused("taken_elsewhere", lambda: services.accept(
            by=cast.other_centre_worker, reference=second.reference, at=NOW))  # fmt: skip
    assert found.facts == {}, "nobody is told where"


def test_another_purpose_may_be_accepted_too(cast: Cast) -> None:
    first = accepted(cast)
    second = proposed(cast.officer, cast.guardianship_officer, matter=first.matter, purpose="guardianship")
    with acting_as(cast.guardianship_officer):
        services.accept(by=cast.guardianship_officer, reference=second.reference, at=NOW)


def test_the_clockwork_closes_what_was_taken_elsewhere(cast: Cast) -> None:
    first, second = parallel(cast)
    with acting_as(cast.centre_worker):
        services.accept(by=cast.centre_worker, reference=first.reference, at=NOW)
    assert services.close_taken(at=NOW) == 1
    assert services.close_taken(at=NOW) == 0
    with acting_as(cast.other_centre_worker):
        file = services.read(by=cast.other_centre_worker, reference=second.reference, at=NOW)
        assert (file.referral.state, file.content, file.acts) == ("elsewhere", None, ())
    (trace,) = traces(cast.officer, "referrals.take_elsewhere")
    assert trace.unit_id == 0
    both = {cast.officer.unit_id, cast.other_centre_worker.unit_id}
    assert {unit for kind, unit in told(second.reference) if kind == "referral.ended"} == both


def test_the_clockwork_reminds_once(cast: Cast) -> None:
    row = proposed(cast.officer, cast.centre_worker)
    assert services.remind(at=row.due_at) == 0
    assert services.remind(at=row.due_at + timedelta(seconds=1)) == 1
    assert services.remind(at=row.due_at + timedelta(days=1)) == 0
    assert [kind for kind, _ in told(row.reference)] == ["referral.proposed", "referral.late", "referral.late"]


def test_the_clockwork_sees_no_person(cast: Cast) -> None:
    proposed(cast.officer, cast.centre_worker)
    with as_clockwork():
        assert Referral.objects.count() == 1
        for table in (ReferralItem, Matter, Consent, Grant):
            assert not table.objects.exists()
