"""Two persons of two services agree before anybody's rights change; each rule refused and seen in the rows."""

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from tests.accounts.conftest import agreed, ask, newcomer, vouch
from tests.cast import Cast, api, client, join

from fanal.access.models import Account, Membership, Token
from fanal.access.rules import Member, Role
from fanal.access.services import acting_as
from fanal.accounts import services
from fanal.accounts.models import Change, Vouch
from fanal.accounts.rules import TERM, Kind, State
from fanal.accounts.services import Wanted
from fanal.audit.models import Entry
from fanal.directory.models import Unit
from fanal.errors import NotFound, Refusal
from fanal.notify.models import Message

pytestmark = pytest.mark.django_db


def code_of(act: object) -> str:
    with pytest.raises(Refusal) as refused, transaction.atomic():
        act()  # type: ignore[operator]
    return refused.value.code


def test_an_account_is_there_after_the_second_voice_and_not_before(
    cast: Cast, colleague: Member, now: datetime
) -> None:
    change = ask(
        cast.officer, newcomer(cast.officer.unit_id), (cast.officer.unit_id, cast.outsider.unit_id), now
    )
    assert not Account.objects.filter(email="new@testland.example").exists()
    assert vouch(colleague, change, now).state == State.WAITING
    assert not Account.objects.filter(email="new@testland.example").exists()
    assert vouch(cast.outsider, change, now).state == State.DONE
    account = Account.objects.get(email="new@testland.example")
    assert not account.has_usable_password()
    membership = account.memberships.get()
    assert (membership.unit_id, membership.role) == (cast.officer.unit_id, "officer")
    with acting_as(cast.officer):
        assert Entry.objects.filter(act="accounts.ask", object_ids__contains=[change.id]).count() == 1
    with acting_as(cast.outsider):
        acts = set(Entry.objects.filter(object_ids__contains=[change.id]).values_list("act", flat=True))
    assert acts == {"accounts.vouch", "accounts.in_force"}
    told = set(Message.objects.filter(kind="accounts.asked").values_list("unit_id", flat=True))
    assert told == {cast.officer.unit_id, cast.outsider.unit_id}


def test_nobody_agrees_to_her_own_request_nor_twice_nor_for_a_service_that_spoke(
    cast: Cast, colleague: Member, now: datetime
) -> None:
    third = join("third", Role.OFFICER, "police_cell", 0, on=timezone.localdate(now))
    change = ask(
        cast.officer, newcomer(cast.officer.unit_id), (cast.officer.unit_id, cast.outsider.unit_id), now
    )
    assert code_of(lambda: vouch(cast.officer, change, now)) == "own_request"
    vouch(colleague, change, now)
    assert code_of(lambda: vouch(colleague, change, now)) == "already"
    assert code_of(lambda: vouch(third, change, now)) == "already"
    with pytest.raises(NotFound):
        vouch(cast.centre_worker, change, now)
    assert Change.objects.get().state == State.WAITING


def test_one_person_under_two_hats_is_one_voice(cast: Cast, colleague: Member, now: datetime) -> None:
    there = Membership.objects.create(
        account_id=colleague.person_id,
        unit_id=cast.outsider.unit_id,
        role="officer",
        valid_from=timezone.localdate(now),
    )
    other_hat = Member(
        colleague.person_id,
        there.id,
        cast.outsider.unit_id,
        cast.outsider.unit_code,
        "police_cell",
        Role.OFFICER,
        "en",
    )
    change = ask(
        cast.officer, newcomer(cast.officer.unit_id), (cast.officer.unit_id, cast.outsider.unit_id), now
    )
    vouch(colleague, change, now)
    assert code_of(lambda: vouch(other_hat, change, now)) == "already"


def test_nobody_agrees_to_a_request_about_herself(cast: Cast, colleague: Member, now: datetime) -> None:
    wanted = Wanted(kind=Kind.RESET, membership=colleague.membership_id)
    change = ask(cast.officer, wanted, (cast.officer.unit_id, cast.outsider.unit_id), now)
    assert code_of(lambda: vouch(colleague, change, now)) == "about_herself"


def test_the_two_services_are_two(cast: Cast, now: datetime) -> None:
    units = (cast.outsider.unit_id, cast.outsider.unit_id)
    assert code_of(lambda: ask(cast.officer, newcomer(cast.officer.unit_id), units, now)) == "two_units"


def test_a_request_waits_two_weeks_and_no_longer(cast: Cast, colleague: Member, now: datetime) -> None:
    change = ask(
        cast.officer, newcomer(cast.officer.unit_id), (cast.officer.unit_id, cast.outsider.unit_id), now
    )
    assert code_of(lambda: vouch(colleague, change, now + TERM)) == "settled"
    assert vouch(colleague, change, now + TERM - timedelta(seconds=1)).state == State.WAITING


@pytest.mark.parametrize(("act", "who"), [("refuse", "outsider"), ("withdraw", "officer")])
def test_a_request_that_was_turned_down_or_taken_back_is_over(
    cast: Cast, colleague: Member, now: datetime, act: str, who: str
) -> None:
    change = ask(
        cast.officer, newcomer(cast.officer.unit_id), (cast.officer.unit_id, cast.outsider.unit_id), now
    )
    member = getattr(cast, who)
    with acting_as(member):
        getattr(services, act)(by=member, change_id=change.id, at=now)
    assert code_of(lambda: vouch(colleague, change, now)) == "settled"


def test_nobody_hands_out_what_she_does_not_hold(cast: Cast, now: datetime) -> None:
    units = (cast.officer.unit_id, cast.outsider.unit_id)
    refused = {
        "too_strong": [
            (cast.officer, newcomer(cast.magistrate.unit_id, Role.MAGISTRATE)),
            (cast.administrator, newcomer(cast.officer.unit_id)),
            (cast.coordinator, newcomer(cast.administrator.unit_id, Role.ADMINISTRATOR)),
        ],
        "other_unit": [(cast.centre_worker, newcomer(cast.officer.unit_id))],
    }
    for code, cases in refused.items():
        for by, wanted in cases:
            assert code_of(lambda by=by, wanted=wanted: ask(by, wanted, units, now)) == code, (
                by.role,
                wanted.role,
            )


def test_two_weak_voices_do_not_make_a_strong_account(cast: Cast, now: datetime) -> None:
    wanted = newcomer(cast.magistrate.unit_id, Role.MAGISTRATE)
    change = ask(cast.magistrate, wanted, (cast.magistrate.unit_id, cast.officer.unit_id), now)
    vouch(cast.officer, change, now)
    weak = join("clerk", Role.MAGISTRATE, "parquet", 0, on=timezone.localdate(now))
    clerk = Member(
        weak.person_id, weak.membership_id, weak.unit_id, weak.unit_code, "parquet", Role.COORDINATOR, "en"
    )
    assert code_of(lambda: vouch(clerk, change, now)) == "too_strong"
    assert vouch(weak, change, now).state == State.DONE


def test_who_administers_the_platform_reads_no_file_under_another_hat(
    cast: Cast, colleague: Member, now: datetime
) -> None:
    wanted = Wanted(
        kind=Kind.MEMBERSHIP,
        unit=cast.officer.unit_id,
        role="officer",
        email="administrator@testland.example",
    )
    units = (cast.officer.unit_id, cast.outsider.unit_id)
    assert code_of(lambda: ask(cast.officer, wanted, units, now)) == "roles_apart"
    Account.objects.filter(pk=cast.reception.person_id).update(email="r@testland.example")
    wanted = Wanted(
        kind=Kind.MEMBERSHIP, unit=cast.officer.unit_id, role="officer", email="r@testland.example"
    )
    change = ask(cast.officer, wanted, units, now)
    vouch(colleague, change, now)
    Membership.objects.filter(pk=cast.reception.membership_id).update(role="administrator")
    assert code_of(lambda: vouch(cast.outsider, change, now)) == "roles_apart"


def test_a_program_neither_asks_nor_agrees(cast: Cast, colleague: Member, now: datetime) -> None:
    units = [cast.officer.unit_id, cast.outsider.unit_id]
    change = ask(cast.officer, newcomer(units[0]), (units[0], units[1]), now)
    answer = api(colleague).post(f"/api/accounts/requests/{change.id}/vouch")
    assert (answer.status_code, answer.json()["code"]) == (403, "by_token")


def test_another_function_takes_effect_on_the_next_request(cast: Cast, now: datetime) -> None:
    """The desk of the immigration office becomes coordinator: her open window and her program read no file any more."""
    unit = Unit.objects.get(pk=cast.officer.unit_id)
    Unit.objects.filter(pk=unit.pk).update(roles=["officer", "reception"])
    asker = join("asker", Role.OFFICER, "police_cell", 0, on=timezone.localdate(now))
    second = join("second", Role.OFFICER, "police_cell", 0, on=timezone.localdate(now))
    browser, program = client(cast.officer), api(cast.officer)
    assert browser.get("/alerts/").status_code == program.get("/api/desk/waiting").status_code == 200
    wanted = Wanted(kind=Kind.ROLE, membership=cast.officer.membership_id, role="reception")
    agreed(asker, (second, cast.outsider), wanted, now)
    assert program.get("/api/desk/waiting").status_code == 401
    page = browser.get("/alerts/")
    assert page.status_code == 200
    assert page.wsgi_request.member.role is Role.RECEPTION  # type: ignore[attr-defined]
    assert (
        Token.objects.filter(membership_id=cast.officer.membership_id, revoked_at__isnull=True).count() == 0
    )
    assert Membership.objects.filter(account_id=cast.officer.person_id, ended_at__isnull=True).count() == 1


@pytest.mark.asvs("6.4.3", "6.4.4")
def test_an_account_comes_back_only_by_two_services(cast: Cast, colleague: Member, now: datetime) -> None:
    browser = client(colleague)
    with acting_as(cast.officer):
        services.close(by=cast.officer, membership_id=colleague.membership_id, at=now)
    assert browser.get("/me/tokens/").status_code == 302
    other = join("other", Role.OFFICER, "police_cell", 0, on=timezone.localdate(now))
    wanted = Wanted(kind=Kind.ENABLE, membership=colleague.membership_id)
    agreed(cast.officer, (other, cast.outsider), wanted, now)
    assert Account.objects.get(pk=colleague.person_id).is_active
    assert client(colleague).get("/me/tokens/").status_code == 200


def test_a_service_is_opened_like_another_one(cast: Cast, now: datetime) -> None:
    other = join("other_keeper", Role.ADMINISTRATOR, on=timezone.localdate(now))
    details = {
        "name": "Watch of the Lakes",
        "like": cast.officer.unit_code,
        "institution_name": "Lake Council",
    }
    wanted = Wanted(kind=Kind.UNIT, details=details)
    assert code_of(lambda: ask(cast.officer, wanted, (1, 2), now)) == "not_allowed"
    change = agreed(cast.administrator, (other, cast.outsider), wanted, now)
    unit = Unit.objects.get(pk=change.unit_id)
    assert (unit.roles, unit.institution.names["en"]) == (["officer"], "Lake Council")
    # Nobody works there yet, so another service that holds the function asks for the first account.
    change = ask(cast.outsider, newcomer(unit.id), (cast.officer.unit_id, cast.outsider.unit_id), now)
    assert change.state == State.WAITING


def test_two_at_the_database_too(cast: Cast, colleague: Member, now: datetime) -> None:
    """The constraints alone, past every rule."""
    change = ask(
        cast.officer, newcomer(cast.officer.unit_id), (cast.officer.unit_id, cast.outsider.unit_id), now
    )

    def voice(member: Member, unit: int) -> None:
        Vouch.objects.create(change=change, account_id=member.person_id, unit_id=unit, strong=True, at=now)

    def done() -> None:
        Change.objects.filter(pk=change.pk).update(state="done", settled_at=now)

    def refused(name: str, act: object) -> None:
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            act()  # type: ignore[operator]

    refused("voice does not count", lambda: voice(cast.officer, cast.officer.unit_id))
    refused("voice does not count", lambda: voice(colleague, cast.centre_worker.unit_id))
    refused("two services have not agreed", done)
    voice(colleague, cast.officer.unit_id)
    refused("two services have not agreed", done)
    refused("vouch_once_per_unit", lambda: voice(cast.magistrate, cast.officer.unit_id))
    refused("vouch_once_per_person", lambda: voice(colleague, cast.outsider.unit_id))
    voice(cast.outsider, cast.outsider.unit_id)
    done()


def test_a_service_in_which_nobody_works_is_not_asked(cast: Cast, now: datetime) -> None:
    empty = Unit.objects.exclude(pk__in=Membership.objects.values("unit_id")).filter(
        roles__contains=["officer"]
    )
    units = (cast.officer.unit_id, empty[0].id)
    assert code_of(lambda: ask(cast.officer, newcomer(cast.officer.unit_id), units, now)) == "unknown_unit"


def test_what_cannot_be(cast: Cast, now: datetime) -> None:
    units = (cast.officer.unit_id, cast.outsider.unit_id)
    for code, wanted in {
        "account_exists": newcomer(units[0], email="OUTSIDER@testland.example"),
        "no_account": Wanted(
            kind=Kind.MEMBERSHIP, unit=units[0], role="officer", email="no@testland.example"
        ),
        "role_unfit": newcomer(units[0], Role.MAGISTRATE),
    }.items():
        assert code_of(lambda wanted=wanted: ask(cast.officer, wanted, units, now)) == code
    assert (
        code_of(lambda: ask(cast.magistrate, newcomer(cast.magistrate.unit_id, Role.MAGISTRATE), units, now))
        == "nobody_strong"
    )
