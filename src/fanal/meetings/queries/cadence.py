"""How often a body has to meet, and how often it did."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from fanal.bodies import queries as bodies
from fanal.bodies import rules
from fanal.bodies.rules import Period
from fanal.country import queries as country
from fanal.country.schema import Cadence
from fanal.meetings.queries.meetings import held_on
from fanal.meetings.queries.sights import Sight


@dataclass(frozen=True, slots=True)
class Kept:
    """The cadence of a body today (None: it has none) and its periods since the first meeting that is known."""

    rule: Cadence | None
    periods: Sequence[Period]
    held: Sequence[date]


def kept(body_code: str, eye: Sight) -> Kept:
    """Each calendar period from the year of the first known meeting to today, judged by the rule of its own time."""
    body = bodies.body(body_code, eye.on)
    held = held_on(body_code, eye)
    if not body.cadence:
        return Kept(None, (), held)
    book = country.book()
    since = date(min(held).year, 1, 1) if held else eye.on
    versions: list[Cadence] = []
    for year in range(since.year, eye.on.year + 1):
        for day in (date(year, 1, 1), date(year, 12, 31)):
            law = book(day)
            if law.has(Cadence, body.cadence) and (found := law.get(Cadence, body.cadence)) not in versions:
                versions.append(found)
    today = book(eye.on)
    rule = today.get(Cadence, body.cadence) if today.has(Cadence, body.cadence) else None
    return Kept(rule, rules.cadence(versions, held, since, eye.on), held)
