"""What asks the same: found by the worker, judged by people, and what was judged stays judged."""

from collections.abc import Iterable
from datetime import datetime

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.cast import Cast, client
from tests.recommendations.conftest import Recorder, issued

from fanal.access.services import acting_as
from fanal.errors import Invalid, NotAllowed, NotFound, Refusal
from fanal.recommendations import queries, services
from fanal.recommendations.models import Proposal, Recommendation, Search


@pytest.fixture
def asked(recorded: Recorder, cast: Cast) -> list[Recommendation]:
    """Thrice the same in three languages, and something else twice."""
    said = (
        ("2013", {"en": "Fund the specialised shelters adequately"}),
        ("2017", {"fr": "Financer les centres d’accueil spécialisés"}),
        ("2022", {"nl": "De gespecialiseerde opvangcentra financieren"}),
        ("2019", {"en": "Video hearings, no confrontation"}),
        ("2020", {"de": "Keine Gegenüberstellung, Videovernehmung"}),
    )
    with acting_as(cast.chair):
        Recommendation.objects.all().delete()
    return [
        recorded(words=words, issued=issued(year), document=f"D{n}") for n, (year, words) in enumerate(said)
    ]


def search(cast: Cast, now: datetime) -> Search:
    with acting_as(cast.secretary):
        made = services.begin_search(by=cast.secretary, at=now)
    services.run_search(search_id=made.id, at=now)
    made.refresh_from_db()
    return made


def proposed() -> list[set[str]]:
    return [
        set(each.recommendations.values_list("number", flat=True))
        for each in Proposal.objects.order_by("-score")
    ]


def numbers(rows: Iterable[Recommendation]) -> set[str]:
    return {row.number for row in rows}


def test_a_search_runs_once_tells_how_far_it_is_and_proposes(
    asked: list[Recommendation], cast: Cast, now: datetime
) -> None:
    with acting_as(cast.secretary):
        first = services.begin_search(by=cast.secretary, at=now)
        assert services.begin_search(by=cast.secretary, at=now).id == first.id
    page = client(cast.officer).get(reverse("recommendations:progress", args=[first.id]))
    assert "HX-Refresh" not in page
    assert services.run_search(search_id=first.id, at=now) == 2
    assert services.run_search(search_id=first.id, at=now) == 0
    done = client(cast.officer).get(reverse("recommendations:progress", args=[first.id]))
    assert done["HX-Refresh"] == "true"
    first.refresh_from_db()
    assert (first.found, first.step, first.failed) == (2, "reasons", False)
    assert {frozenset(each) for each in proposed()} == {
        frozenset(numbers(asked[:3])), frozenset(numbers(asked[3:])),
    }  # fmt: skip
    shown = client(cast.secretary).get(reverse("recommendations:proposals")).content.decode()
    assert "fund" in shown
    assert "confront…" in shown


def test_confirmed_counts_the_years_and_a_later_search_asks_no_more(
    asked: list[Recommendation], cast: Cast, now: datetime
) -> None:
    search(cast, now)
    money = Proposal.objects.get(recommendations=asked[0])
    with acting_as(cast.secretary):
        cluster = services.confirm(
            by=cast.secretary, proposal_id=money.id, numbers=numbers(asked[:3]), at=now
        )
        assert (cluster.years, cluster.size) == ([2013, 2017, 2022], 3)
        line = queries.row_of(queries.one(asked[1].number), "fr", timezone.localdate(now))
        assert (line.years, line.repeated) == ((2013, 2017, 2022), True)
        with pytest.raises(NotFound):
            services.confirm(by=cast.secretary, proposal_id=money.id, numbers=numbers(asked[:3]), at=now)
    search(cast, now)
    assert proposed() == [numbers(asked[3:])]
    shown = client(cast.officer).get(reverse("recommendations:recommendation", args=[asked[0].number]))
    assert "asked in 2013, 2017, 2022" in shown.content.decode()
    only = client(cast.officer).get(reverse("recommendations:list") + "?repeat=on").content.decode()
    assert asked[2].number in only
    assert asked[3].number not in only


def test_who_is_left_out_is_kept_apart_and_who_is_rejected_stays_rejected(
    asked: list[Recommendation], cast: Cast, now: datetime
) -> None:
    search(cast, now)
    with acting_as(cast.secretary):
        money = Proposal.objects.get(recommendations=asked[0])
        services.confirm(by=cast.secretary, proposal_id=money.id, numbers=numbers(asked[:2]), at=now)
        video = Proposal.objects.get(recommendations=asked[3])
        services.reject(by=cast.secretary, proposal_id=video.id, at=now)
    search(cast, now)
    assert proposed() == []


def test_who_is_taken_out_leaves_and_the_rest_counts_again(
    asked: list[Recommendation], cast: Cast, now: datetime
) -> None:
    search(cast, now)
    with acting_as(cast.secretary):
        money = Proposal.objects.get(recommendations=asked[0])
        services.confirm(by=cast.secretary, proposal_id=money.id, numbers=numbers(asked[:3]), at=now)
        services.take_out(by=cast.secretary, number=asked[1].number, at=now)
        services.take_out(by=cast.secretary, number=asked[1].number, at=now)
        assert queries.row_of(queries.one(asked[0].number), "en", timezone.localdate(now)).years == (
            2013,
            2022,
        )
        assert queries.row_of(queries.one(asked[1].number), "en", timezone.localdate(now)).years == (2017,)
        services.take_out(by=cast.secretary, number=asked[0].number, at=now)
    assert not Recommendation.objects.exclude(cluster=None).exists()
    search(cast, now)
    assert not any(numbers(asked[:2]) <= each for each in proposed())


def test_what_was_kept_apart_is_not_confirmed_by_a_side_door(
    asked: list[Recommendation], cast: Cast, now: datetime
) -> None:
    made = search(cast, now)
    with acting_as(cast.secretary):
        for proposal in list(Proposal.objects.all()):
            services.reject(by=cast.secretary, proposal_id=proposal.id, at=now)
        forced = Proposal.objects.create(search=made, score=1, why=[])
        forced.recommendations.set(asked[:2])
        with pytest.raises(Refusal, match="kept_apart"):
            services.confirm(by=cast.secretary, proposal_id=forced.id, numbers=numbers(asked[:2]), at=now)
        with pytest.raises(Invalid, match="too_few"):
            services.confirm(by=cast.secretary, proposal_id=forced.id, numbers=[asked[0].number], at=now)


def test_only_who_keeps_the_register_judges(asked: list[Recommendation], cast: Cast, now: datetime) -> None:
    search(cast, now)
    proposal = Proposal.objects.first()
    assert proposal is not None
    for member in (cast.officer, cast.rapporteur, cast.correspondent):
        with acting_as(member):
            with pytest.raises(NotAllowed):
                services.reject(by=member, proposal_id=proposal.id, at=now)
            with pytest.raises(NotAllowed):
                services.begin_search(by=member, at=now)


def test_a_person_ticks_in_the_browser(asked: list[Recommendation], cast: Cast, now: datetime) -> None:
    search(cast, now)
    proposal = Proposal.objects.get(recommendations=asked[0])
    browser, address = client(cast.secretary), reverse("recommendations:confirm", args=[proposal.id])
    assert browser.get(address).content.decode().count("checked") == 3
    assert browser.post(address, {"numbers": [asked[0].number]}).status_code == 422
    assert browser.post(address, {"numbers": sorted(numbers(asked[:3]))}).status_code == 302
    assert "asked in 2013, 2017, 2022" in browser.get(reverse("recommendations:clusters")).content.decode()
