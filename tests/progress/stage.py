"""A plan under way, whose measures the correspondent's institution leads, and ways to move them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.utils import timezone
from tests.cast import Cast

from fanal.access.rules import Member
from fanal.access.services import acting_as
from fanal.bodies.models import Body
from fanal.decisions import services as decisions
from fanal.directory import queries as directory
from fanal.plans import services as plans
from fanal.plans.rules import IndicatorValues, MeasureValues
from fanal.progress import services
from fanal.progress.models import Report
from fanal.progress.rules import Period, period_at
from fanal.progress.services import Draft, Figure, Piece

CODE = "chart-7"
GUARDS, LIGHTS, ROPES, BELLS = (f"{CODE}-{n:02d}" for n in range(1, 5))
TRAINED = f"{GUARDS}.1"
"""Two measures of the correspondent's institution, one of another house that shares it, one of another house alone."""
TITLES = ("Train the guards", "Light the quays", "Count the ropes", "Ring the bells")
LEADS = (("crown", ()), ("crown", ()), ("courts", ("crown",)), ("watch", ()))
EVIDENCE = Piece("link", "https://harbour.example/guards")


def begin(cast: Cast, now: datetime) -> None:
    """The plan, adopted: it began with the year before and ends three years later."""
    today = timezone.localdate(now)
    first, last = date(today.year - 1, 1, 1), date(today.year + 2, 12, 31)
    by = cast.chair
    with acting_as(by):
        plans.start(
            by=by, code=CODE, titles={"en": "Seventh chart"}, phenomena=["trafficking"], starts_on=first,
            ends_on=last, at=now,
        )  # fmt: skip
        chapter = plans.put_heading(by=by, plan_code=CODE, number="1", titles={"en": "Seeing"}, at=now)
        for number, (title, (lead, others)) in enumerate(zip(TITLES, LEADS, strict=True), 1):
            values = MeasureValues(
                number=f"1.{number}", titles={"en": title}, lead=lead, co_leads=others, starts_on=first,
                ends_on=last,
            )  # fmt: skip
            plans.put_measure(by=by, plan_code=CODE, heading=chapter.anchor, values=values, at=now)
        plans.put_indicator(by=by, plan_code=CODE, key=GUARDS, values=indicator(first, last), at=now)
        plans.adopt(by=by, plan_code=CODE, adopted_on=first, act="Round table", at=now)


def indicator(first: date, last: date) -> IndicatorValues:
    return IndicatorValues(
        titles={"en": "Guards trained"}, unit="guards", baseline=Decimal(0), baseline_on=first,
        target=Decimal(40), target_on=last,
        benchmarks=((first + timedelta(days=180), Decimal(10)), (date(last.year - 1, 12, 31), Decimal(30))),
    )  # fmt: skip


def this(now: datetime) -> Period:
    """The period that runs."""
    return period_at(timezone.localdate(now), 4)


def before(now: datetime) -> Period:
    """The last period that ended."""
    return period_at(this(now).first - timedelta(days=1), 4)


def draft(now: datetime, **more: object) -> Draft:
    """What a lead says of the last period."""
    values: dict[str, object] = {"period": before(now).code, "stage": "under_way", "words": "Two courses."}
    return Draft(**values | more)  # type: ignore[arg-type]


def figure(value: str, on: date) -> Mapping[str, Figure]:
    return {TRAINED: Figure(Decimal(value), on)}


def send(by: Member, now: datetime, key: str = GUARDS, **more: object) -> Report:
    """A report of the last period, sent now."""
    with acting_as(by):
        return services.report(by=by, key=key, draft=draft(now, **more), at=now)


def of_house(member: Member, unit: str) -> Member:
    """The same person, in a unit of another institution."""
    return replace(member, unit_id=directory.unit_by_code(unit).pk, unit_code=unit)


def decided(cast: Cast, now: datetime) -> str:
    """The number of a decision of the body that the chair prepares."""
    body = Body.objects.filter(kind="bureau").order_by("position")[0]
    with acting_as(cast.chair):
        found = decisions.record(
            by=cast.chair, body_code=body.code, title="The quays", text="No longer.",
            taken_on=timezone.localdate(now), at=now,
        )  # fmt: skip
    return str(found.number)
