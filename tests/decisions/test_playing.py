"""The invented years and the large database play on testland too, in small."""

from datetime import timedelta

from django.utils import timezone
from tests.bodies.people import AT, ON
from tests.cast import Cast, client

from fanal.access.rules import Role
from fanal.access.services import acting_as
from fanal.bodies.models import Request, Sitting
from fanal.config.bench.coordination import decisions as bench
from fanal.config.demo.coordination import bodies, decisions
from fanal.config.demo.coordination.company import Company
from fanal.decisions.models import Decision, Extract


def silent(label: str, done: int, total: int) -> None:
    assert done <= total, label


def test_the_invented_bodies_and_decisions_play(cast: Cast) -> None:
    members = {(it.unit_code, Role(it.role)): it for it in cast.all.values()}
    company = Company("seed", members, AT - timedelta(days=900), AT)
    bodies.play(company, tell=silent)
    decisions.play(company, tell=silent)
    assert Sitting.objects.count() >= 1
    assert Extract.objects.count() == 1
    with acting_as(cast.chair):
        assert {it.answered_at is None for it in Request.objects.all()} == {True, False}
        rows = Decision.objects.all()
        assert all(it.synthetic for it in rows)
        assert {it.state for it in rows} == {"open", "in_progress", "done", "superseded"}
        assert min(it.taken_on.year for it in rows) == 1995


def test_the_large_register_is_filled_and_read(cast: Cast) -> None:
    bench.fill(scale=0.02, members=cast.all)
    reader = client(cast.chair)
    for label, _who, address in bench.pages():
        assert reader.get(address).status_code == 200, label
    with acting_as(cast.chair):
        assert Decision.objects.count() == 60
        assert Decision.objects.filter(taken_on__gt=ON).count() == 0
    assert timezone.localdate() == ON
