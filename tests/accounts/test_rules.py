"""The rules alone: the order of strength, who asks, who agrees, when it is in force."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from fanal.access.rules import PERMISSIONS, Permission, Role, administers
from fanal.accounts import rules
from fanal.accounts.rules import Kind, State, Voice

roles = st.sampled_from(Role)
people = st.integers(1, 4)
units = st.integers(1, 4)
two_units = st.lists(units, min_size=2, max_size=2, unique=True)
voices = st.builds(Voice, person=people, unit_id=units, strong=st.booleans())
READS = {
    Permission.ALERT_READ,
    Permission.REFERRAL_READ,
    Permission.PROTECTION_READ,
    Permission.IDENTITY_READ,
}


@given(roles, roles, roles)
def test_strength_is_an_order(a: Role, b: Role, c: Role) -> None:
    assert administers(a, a)
    assert not (administers(a, b) and administers(b, c)) or administers(a, c)
    if administers(a, b) and administers(b, a):
        assert PERMISSIONS[a] == PERMISSIONS[b]


def test_who_administers_the_platform_makes_nobody_who_reads_a_file() -> None:
    managers = [role for role in Role if Permission.ACCOUNT_MANAGE in PERMISSIONS[role]]
    readers = [role for role in Role if READS & PERMISSIONS[role]]
    assert managers
    assert len(readers) >= 7
    for manager in managers:
        assert not READS & PERMISSIONS[manager]
        for reader in readers:
            assert not administers(manager, reader), (manager, reader)
            assert rules.why_not_ask(manager, [reader], own_unit=True, unit_is_empty=True) == "too_strong"
            assert not rules.live_together([manager, reader])


def test_no_role_administers_every_role() -> None:
    for role in Role:
        assert not all(administers(role, other) for other in Role), role


@given(roles, st.lists(roles, max_size=3), st.booleans(), st.booleans())
def test_nobody_asks_for_more_than_she_holds(role: Role, wanted: list[Role], own: bool, empty: bool) -> None:
    code = rules.why_not_ask(role, wanted, own_unit=own, unit_is_empty=empty)
    handed = frozenset().union(*(PERMISSIONS[each] for each in wanted)) if wanted else frozenset()
    assert (code == "too_strong") == (not handed <= PERMISSIONS[role])
    assert (code == "other_unit") == (handed <= PERMISSIONS[role] and not own and not empty)


@given(
    st.lists(voices, max_size=6),
    people,
    st.one_of(st.none(), people),
    st.lists(units, min_size=2, max_size=2, unique=True),
)
def test_whatever_the_order_two_different_ones_have_spoken(
    tried: list[Voice], asker: int, about: int | None, named: list[int]
) -> None:
    """A request to which voices of any kind are tried, one after the other, is in force only as it should be."""
    kept: list[Voice] = []
    for voice in tried:
        if rules.in_force(kept):
            break
        if not rules.why_not_vouch(voice, kept, asked_by=asker, about=about, units=named):
            kept.append(voice)
    assert all(voice.person not in (asker, about) and voice.unit_id in named for voice in kept)
    assert len({voice.person for voice in kept}) == len({voice.unit_id for voice in kept}) == len(kept) <= 2
    if len(kept) == 2:
        assert rules.in_force(kept)
        assert any(voice.strong for voice in kept)
    else:
        assert not rules.in_force(kept)


@given(st.timedeltas(timedelta(-30), timedelta(30)), st.sampled_from(State))
def test_what_waits_expires_and_what_is_settled_does_not(off: timedelta, state: State) -> None:
    ends = datetime(2026, 3, 1, tzinfo=UTC)
    found = rules.stands(state, ends, ends + off)
    expired = state is State.WAITING and off >= timedelta(0)
    assert found is (State.EXPIRED if expired else state)


def test_services_are_opened_by_who_keeps_the_directory() -> None:
    for role in Role:
        code = rules.why_not_ask(role, (), own_unit=False, unit_is_empty=False, kind=Kind.UNIT)
        assert (code == "") == (role is Role.ADMINISTRATOR)


def test_no_door_leads_to_an_accompaniment() -> None:
    assert {door.kind for door in rules.DOORS.values()} == {"alert", "referral", "protection"}
    for role in Role:
        for letter, door in rules.DOORS.items():
            opened = rules.door(f"{letter}-0000-0000", role)
            assert (opened is not None) == (door.permission in PERMISSIONS[role])
