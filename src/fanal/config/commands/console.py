"""How commands speak: one console for answers, one for complaints, bars for long work."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)


class Tell(Protocol):
    """How long work tells how far it is: `done` of `total` steps of what `label` names."""

    def __call__(self, label: str, done: int, total: int) -> None: ...


@contextmanager
def bars() -> Iterator[Tell]:
    """A bar for each label that is told about; nothing but the finished lines where nobody watches."""
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    with Progress(*columns, console=err, disable=not err.is_terminal and "CI" in os.environ) as progress:
        tasks = {}

        def tell(label: str, done: int, total: int) -> None:
            if label not in tasks:
                tasks[label] = progress.add_task(label, total=total)
            progress.update(tasks[label], completed=done, total=total)

        yield tell
