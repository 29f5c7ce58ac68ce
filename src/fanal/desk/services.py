"""Reading the trace, which is an act itself, and the round that finds unusual reading."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from fanal.access.rules import Member, new_reference
from fanal.access.services import as_clockwork
from fanal.audit import services as audit
from fanal.audit.models import Entry, Finding, Unusual
from fanal.audit.rules import watch as rules
from fanal.audit.services import watching
from fanal.country import queries as country
from fanal.country.schema import Law
from fanal.desk import queries
from fanal.notify.services import tell
from fanal.web.cursors import Page


@transaction.atomic
def read_trace(
    *, by: Member, compartment_id: UUID, at: datetime, cursor: str = ""
) -> tuple[Page[Entry], list[queries.Look]]:
    """Who looked at a file, for its owner; recorded once an hour for each reader. `NotFound` for anybody else."""
    found = queries.trace(compartment_id, by, cursor)
    audit.record_reading(by=by, act="desk.read_trace", at=at, compartment_id=compartment_id)
    return found


@transaction.atomic
def read_unusual(
    *, by: Member, at: datetime, cursor: str = ""
) -> tuple[Page[Finding], list[queries.Unusual]]:
    """What the member's unit was told of unusual reading; recorded once an hour for each reader."""
    audit.record_reading(by=by, act="desk.read_unusual", at=at)
    return queries.unusual(by, cursor)


@transaction.atomic
def read_acts(*, by: Member, since: datetime, until: datetime, at: datetime) -> list[queries.Acts]:
    """Counts of acts for those who watch; recorded once an hour for each reader."""
    audit.record_reading(by=by, act="desk.read_acts", at=at)
    return queries.acts(by, since, until, timezone.localdate(at))


def watch(*, at: datetime) -> int:
    """Find who opens many files outside her work, or tries many; answers how many units were told.

    Those told are the unit that watches over the person's house and the owners of the files. Run by the clock every
    minute; sees counts, and writes what the database copies from the trace.
    """
    on, told = timezone.localdate(at), 0
    bounds = _bounds(country.law(on))
    with as_clockwork():
        found = watching.openers(bounds=bounds, at=at)
        counts = watching.usual_counts(openers=found, bounds=bounds, at=at) if found else {}
    for opener in found:
        with as_clockwork():
            ordinarily = rules.usual(counts.get(opener.membership_id, []))
            told += _look_at(opener, ordinarily, bounds, at, on)
    return told


def _look_at(opener: watching.Opener, ordinarily: int, bounds: rules.Bounds, at: datetime, on: date) -> int:
    told = 0
    if rules.many_refusals(opener.refusals, bounds):
        told += _tell(opener, Unusual.REFUSALS, None, bounds, at, on)
    if rules.many_files(opener.files, ordinarily, bounds):
        told += _tell(opener, Unusual.FILES, ordinarily, bounds, at, on)
    return told


def _tell(
    opener: watching.Opener,
    kind: Unusual,
    ordinarily: int | None,
    bounds: rules.Bounds,
    at: datetime,
    on: date,
) -> int:
    reference = new_reference("W")
    units = watching.tell_of(
        opener=opener,
        kind=kind,
        reference=reference,
        ordinarily=ordinarily,
        watchers=queries.watchers(opener.unit_id, on),
        bounds=bounds,
        at=at,
    )
    tell(unit_ids=units, kind="audit.unusual", reference=reference, at=at)
    return len(units)


def _bounds(law: Law) -> rules.Bounds:
    return rules.Bounds(
        minutes=law.threshold("watch_minutes"),
        files=law.threshold("watch_files"),
        times_usual=law.threshold("watch_times_usual"),
        ceiling=law.threshold("watch_ceiling"),
        refusals=law.threshold("watch_refusals"),
        usual_days=law.threshold("watch_usual_days"),
    )
