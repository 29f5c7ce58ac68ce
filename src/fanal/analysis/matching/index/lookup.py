"""The two loops of a query over one segment: how many living rows have a key, and which rows gather how much weight."""

import numpy as np
import numpy.typing as npt

from fanal.analysis.matching.compiled import compiled

Keys = npt.NDArray[np.uint64]
Numbers = npt.NDArray[np.uint32]
Flags = npt.NDArray[np.bool_]
Days = npt.NDArray[np.int32]
Counts = npt.NDArray[np.int64]
Weights = npt.NDArray[np.float64]


@compiled
def place(keys: Keys, wanted: np.uint64) -> int:
    """Where a key stands among sorted keys, or -1. Keys are hashes, evenly spread: the first guess is near."""
    low, high = 0, len(keys) - 1
    while low <= high:
        first, last = keys[low], keys[high]
        if wanted < first or wanted > last:
            return -1
        if first == last:
            return low
        span = np.float64(last - first)
        middle = low + int(np.float64(wanted - first) / span * (high - low))
        middle = min(max(middle, low), high)
        if keys[middle] == wanted:
            return middle
        if keys[middle] < wanted:
            low = middle + 1
        else:
            high = middle - 1
    return -1


@compiled
def frequencies(
    keys: Keys,
    starts: Numbers,
    rows: Numbers,
    dead: Flags,
    until: Days,
    on: int,
    wanted: Keys,
    most: int,
    places: Counts,
    counts: Counts,
) -> None:
    """Sets `places` and adds to `counts` the living rows of each wanted key, counting no further than `most` + 1."""
    for n in range(len(wanted)):
        places[n] = place(keys, wanted[n])
        if places[n] < 0:
            continue
        for at in range(starts[places[n]], starts[places[n] + 1]):
            row = rows[at]
            if not dead[row] and until[row] >= on:
                counts[n] += 1
                if counts[n] > most:
                    break


@compiled
def gather(
    starts: Numbers,
    rows: Numbers,
    dead: Flags,
    until: Days,
    on: int,
    places: Counts,
    weights: Weights,
    found: Numbers,
    gathered: Weights,
) -> int:
    """Fills `found` (sorted rows, each once) and `gathered` (the sum of their keys' weights); answers how many."""
    total = 0
    for n in range(len(places)):
        if places[n] < 0 or weights[n] <= 0:
            continue
        for at in range(starts[places[n]], starts[places[n] + 1]):
            row = rows[at]
            if not dead[row] and until[row] >= on:
                found[total] = row
                gathered[total] = weights[n]
                total += 1
    order = np.argsort(found[:total])
    rows_then = found[:total][order]
    weights_then = gathered[:total][order]
    distinct = 0
    for n in range(total):
        if distinct and found[distinct - 1] == rows_then[n]:
            gathered[distinct - 1] += weights_then[n]
        else:
            found[distinct] = rows_then[n]
            gathered[distinct] = weights_then[n]
            distinct += 1
    return distinct
