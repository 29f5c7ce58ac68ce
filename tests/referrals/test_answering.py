"""Answering, and the one acceptance that wins: each side its acts, each act its trace."""

from datetime import timedelta

import pytest
from tests.cast import Cast
from tests.referrals.rows import NOW, accepted, proposed, refused, told, traces

from fanal.access.models import Grant
from fanal.access.services import acting_as, as_clockwork
from fanal.audit.models import Entry
from fanal.errors import Invalid, NotAllowed, NotFound
from fanal.referrals import queries, services
from fanal.referrals.models import Consent, Matter, Referral, ReferralItem
from fanal.referrals.rules.content import Item

pytestmark = pytest.mark.django_db


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
            refused(
                "not_your_side", lambda a=act: a(by=cast.officer, reference=row.reference, at=NOW), NotAllowed
            )
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
    with acting_as(cast.officer):
        (trace,) = Entry.objects.filter(act="referrals.escalate")
    assert (trace.unit_id, trace.object_ids, trace.reference) == (0, [row.id], row.reference)
    assert [kind for kind, _ in told(row.reference)] == [
        "referral.proposed",
        "referral.late",
        "referral.late",
    ]


def test_the_clockwork_sees_no_person(cast: Cast) -> None:
    proposed(cast.officer, cast.centre_worker)
    with as_clockwork():
        assert Referral.objects.count() == 1
        for table in (ReferralItem, Matter, Consent, Grant):
            assert not table.objects.exists()
