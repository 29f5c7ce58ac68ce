"""A restricted item or paper is told to a stranger by no surface: list, search, count, agenda, feed, mail, history."""

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from tests.cast import Cast, api, client
from tests.meetings.acts import DAY, convened, lines, proposed
from tests.walls import second_wall_open

from fanal.access.services import acting_as
from fanal.bodies import queries as bodies
from fanal.errors import Invalid, NotFound
from fanal.meetings import queries, services
from fanal.meetings.models import Annex, Item, Meeting, Point, Step
from fanal.notify import services as notify

pytestmark = pytest.mark.urls("fanal.config.urls")
NOW = timezone.now()
CANARY = "Zeppelinwaffles"
PAPER = "Quietmarmalade"


@pytest.fixture
def secret(cast: Cast) -> tuple[Item, Meeting]:
    """An item of the rapporteur for the chair alone, beside an ordinary one that has a paper for few."""
    with acting_as(cast.rapporteur):
        chair = bodies.demand_seat("bureau", cast.chair, NOW.date())
    ordinary = proposed(cast.representative, "Ordinary", at=NOW)
    meeting = convened(cast.chair, at=NOW)
    item = proposed(cast.rapporteur, CANARY, text=CANARY, seats=[chair.id], meeting=meeting.reference, at=NOW)
    with acting_as(cast.rapporteur):
        services.annex(
            by=cast.rapporteur, reference=ordinary.reference, title=PAPER, name=f"{PAPER}.txt",
            data=b"for few", seats=[chair.id], at=NOW,
        )  # fmt: skip
    return item, meeting


def test_the_named_see_it_and_the_others_miss_neither_number_nor_hour(
    cast: Cast, secret: tuple[Item, Meeting]
) -> None:
    item, meeting = secret
    named = lines(cast.chair, meeting.reference, NOW)
    assert [(line.number, line.title) for line in named] == [
        ("1", "Ordinary"), (f"R·{item.reference[-4:]}", CANARY),
    ]  # fmt: skip
    others = lines(cast.representative, meeting.reference, NOW)
    assert [(line.number, line.title, line.slot) for line in others] == [("1", "Ordinary", named[0].slot)]
    assert [paper.title for paper in named[0].annexes] == [PAPER]
    assert others[0].annexes == ()


def test_each_wall_holds_alone(cast: Cast, secret: tuple[Item, Meeting]) -> None:
    item, _meeting = secret
    with acting_as(cast.representative):
        assert not Item.objects.filter(title=CANARY).exists()
        assert not Point.objects.filter(item__title=CANARY).exists()
        assert not Step.objects.filter(item_id=item.id).exists()
        assert not Annex.objects.filter(title=PAPER).exists()
    with second_wall_open():
        eye = queries.sight(cast.representative, NOW.date())
        assert Item.objects.filter(title=CANARY).exists()
        assert not queries.items(eye, text=CANARY).exists()
        assert CANARY not in {row.title for row in queries.open_items("bureau", eye)}
        with pytest.raises(NotFound):
            queries.item(item.reference, eye)


def surfaces(cast: Cast, meeting: Meeting, item: Item) -> dict[str, bytes]:
    """Every page, file and mail that somebody without the seat can ask for."""
    page, program = client(cast.representative), api(cast.representative)
    feed = page.post(reverse("meetings:subscription")).context["address"].split("/", 3)[3]
    ordinary = lines(cast.representative, meeting.reference, NOW)[0].reference
    pages = [
        reverse("meetings:meetings"), reverse("meetings:mine"), reverse("meetings:items"),
        reverse("meetings:items") + f"?text={CANARY}", reverse("meetings:calendar"),
        reverse("meetings:meeting", args=[meeting.reference]), reverse("meetings:item", args=[item.reference]),
        reverse("meetings:item", args=[ordinary]), reverse("meetings:as_calendar", args=[meeting.reference]),
        f"/{feed}", "/",
    ]  # fmt: skip
    calls = [
        "",
        "/items",
        f"/items?text={CANARY}",
        f"/items/{item.reference}",
        f"/{meeting.reference}/agenda",
    ]
    found = {address: page.get(address).content for address in pages}
    found |= {f"api{call}": program.get(f"/api/meetings{call}").content for call in calls}
    notify.deliver(at=NOW)
    return found | {"mail": "".join(each.message().as_string() for each in mail.outbox).encode()}


def test_no_surface_tells_a_stranger(cast: Cast, secret: tuple[Item, Meeting]) -> None:
    item, meeting = secret
    for name, content in surfaces(cast, meeting, item).items():
        for canary in (CANARY, PAPER, item.reference):
            told = content.replace(f"text={CANARY}".encode(), b"").replace(f'value="{CANARY}"'.encode(), b"")
            if name == "mail" and canary == item.reference:
                continue
            assert canary.encode() not in told, name


def test_mails_about_it_go_to_the_named_alone_and_say_its_reference_at_most(
    cast: Cast, secret: tuple[Item, Meeting]
) -> None:
    item, _meeting = secret
    notify.deliver(at=NOW)
    told = [each for each in mail.outbox if item.reference in each.body]
    assert {address for each in told for address in each.to} == {
        "chair@testland.example", "secretary@testland.example",
    }  # fmt: skip
    assert not any(CANARY in each.message().as_string() for each in mail.outbox)


def test_an_absent_item_and_a_hidden_one_look_the_same(cast: Cast, secret: tuple[Item, Meeting]) -> None:
    item, _meeting = secret
    browser = client(cast.representative)
    hidden = browser.get(reverse("meetings:item", args=[item.reference]))
    absent = browser.get(reverse("meetings:item", args=["I-0000-0000"]))
    assert (hidden.status_code, hidden.content) == (absent.status_code, absent.content)


def test_somebody_who_prepares_has_to_be_named(cast: Cast) -> None:
    with acting_as(cast.rapporteur):
        seat = bodies.demand_seat("bureau", cast.representative, NOW.date())
    with pytest.raises(Invalid) as refused:
        proposed(cast.rapporteur, "Nobody places it", seats=[seat.id], at=NOW)
    assert refused.value.code == "nobody_prepares"


def test_a_restricted_item_returns_and_stays_restricted(cast: Cast, secret: tuple[Item, Meeting]) -> None:
    _item, meeting = secret
    later = meeting.begins_at
    with acting_as(cast.chair):
        services.hold(by=cast.chair, reference=meeting.reference, at=later)
    following = convened(cast.chair, days=30, at=later)
    assert CANARY in {line.title for line in lines(cast.chair, following.reference, later)}
    assert CANARY not in {line.title for line in lines(cast.representative, following.reference, later)}
    assert later - NOW > DAY
