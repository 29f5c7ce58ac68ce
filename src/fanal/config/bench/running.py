"""One run: a house of its own, filled, measured, told, removed."""

from collections.abc import Iterator
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from rich.table import Table

from fanal.config.commands.console import Tell

from . import house, results
from .results import Result

if TYPE_CHECKING:
    from .measures import Field

FILES = Path("../shared/data/statistics")
_MEASURES = 14


def run(*, output: Path, tell: Tell, scale: float = 1) -> Table:
    """Fill a throwaway database (200,000 alerts, 600,000 persons, 500,000 grants at scale 1) and measure it.

    Answers the table and writes the same as JSON. The installation's own database is not touched.
    """
    started = perf_counter()
    with house.throwaway() as folder:
        from .preparing import prepare  # Django is loaded in that house, not before

        field, found = prepare(folder, scale=scale, tell=tell)
        for done, result in enumerate(_measured(field), 1):
            found.append(result)
            tell("Measuring", done, max(done, _MEASURES))
        found.extend(_coordination(scale, tell))
    results.write(found, scale=scale, seconds=perf_counter() - started, output=output)
    return results.table(found)


def _measured(field: "Field") -> Iterator[Result]:
    from . import measures

    yield from measures.wall(field)
    yield from measures.statements(field)
    with house.served() as (port, server):
        yield from measures.pages(field, port, server)
        yield from measures.served_intake(field, port, server)
        yield from measures.memory(server)
    yield from measures.service_intake(field)
    yield from measures.imported(sorted(FILES.glob(measures.FILES)))


def _coordination(scale: float, tell: Tell) -> Iterator[Result]:
    from django.utils import timezone

    from fanal.config.demo import staff

    from .coordination import measuring

    yield from measuring.measured(staff.hire("bench", on=timezone.localdate()), scale=scale, tell=tell)
