"""One run: every row measured in processes of their own, told as a table and as JSON.

At scale 1 a base has a million people. A row that cannot be measured says why, and the others go on.
"""

import shutil
import tempfile
from collections.abc import Callable, Collection, Iterator
from functools import partial
from pathlib import Path
from time import perf_counter

from rich.table import Table

from fanal.analysis.matching.training import Tell

from . import results
from .limits import Failed, Stopped
from .results import Result
from .rows import ALONE, ROWS
from .sharing import Bench


def run(
    *,
    output: Path,
    data: Path,
    scale: float,
    only: Collection[str],
    tell: Tell,
    heard: Callable[[Result], object] = lambda _: None,
) -> Table:
    """Measure the rows named by `only` (where it is empty, all but those that are asked for by name alone).

    Writes JSON and calls `heard` after each result, so that a run which is broken off loses nothing; answers the table
    of all. Where `only` names some, the others stay as an earlier run at this scale has written them. `data`: the
    folder of the outside data; a row that needs it says so where it is not there. Refuses an unknown row, and a scale
    outside 0 to 1, with ValueError.
    """
    if unknown := set(only) - ROWS.keys():
        raise ValueError(f"no row is called {', '.join(sorted(unknown))}; there are {', '.join(ROWS)}")
    if not 0 < scale <= 1:
        raise ValueError(f"the scale is {scale}; it lies between 0 and 1")
    started = perf_counter()
    folder = Path(tempfile.mkdtemp(prefix="fanal-matching-"))
    chosen = [row for row in ROWS if row in only or (not only and row not in ALONE)]
    found = (
        results.before(output, scale=scale, rows=ROWS.keys() - set(only))
        if only
        else [_left_out(row) for row in sorted(ALONE)]
    )

    def write() -> None:
        found.sort(key=lambda result: list(ROWS).index(result.row))
        results.write(found, scale=scale, seconds=perf_counter() - started, output=output)

    try:
        bench = Bench(folder, data, scale, tell)
        for done, row in enumerate(chosen):
            tell("Rows", done, len(chosen))
            for result in _measured(row, bench):
                found.append(result)
                write()
                heard(result)
        tell("Rows", len(chosen), len(chosen))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return results.table(found)


def _left_out(row: str) -> Result:
    part = ROWS[row][0]
    note = f'not in this run: it takes longer than all others together; ONLY="{row}" measures it'
    return Result(row, part.what, None, most=part.most, least=part.least, note=note)


def _measured(row: str, bench: Bench) -> Iterator[Result]:
    """The results of a row; a part of it that fails or takes too long is told as such, with what was wanted."""
    for part in ROWS[row]:
        missing = partial(Result, row, part.what, None, most=part.most, least=part.least)
        try:
            yield from part.measure(row, bench)
        except Stopped as late:
            yield missing(note=str(late), stopped=late.seconds)
        except (Failed, FileNotFoundError) as why:
            yield missing(note=f"not measured: {why}")
        except Exception as fault:  # a fault of one row takes no other with it
            yield missing(note=f"not measured: {type(fault).__name__}: {fault}")
