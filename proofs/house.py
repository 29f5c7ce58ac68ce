"""A house of its own for a proof: cluster, tables, the invented country; removed afterwards."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from fanal.config.bench.house import throwaway


@contextmanager
def house() -> Iterator[Path]:
    """The folder (FANAL_VAR) of a migrated house with testland loaded; Django is set up in it as the runtime role.

    One process can hold one house only, because Django's settings load once: each part runs in a process of its own.
    """
    os.environ["FANAL_COUNTRY"] = "testland"
    os.environ["FANAL_LIMITS"] = "off"  # a proof asks faster than people
    with throwaway() as folder:
        yield folder
