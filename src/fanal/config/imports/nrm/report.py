"""The whole import and what it says at the end: what came in, what could not, and every total beside the file's."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from django.utils import timezone

from fanal.config.commands.console import Tell

from .load import Imported, load
from .rows import UNKNOWN, BadFile, read
from .totals import Checked


@dataclass(frozen=True)
class Report:
    """What became of the files. `unread`: those that are no file of the mechanism."""

    imported: tuple[Imported, ...]
    unread: tuple[str, ...]

    @property
    def equal(self) -> bool:
        """Whether every line came in and every total is the file's own."""
        whole = all(not file.bad and all(total.equal for total in file.totals) for file in self.imported)
        return whole and not self.unread

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The report as it is printed: each total of each file, those by nationality only where they differ."""
        return (*self.unread, *(line for file in self.imported for line in _lines(file)), _verdict(self))


def run(files: Sequence[Path], *, tell: Tell) -> Report:
    """Import each file; what one of them cannot give does not keep the others out."""
    at = timezone.now()
    imported, unread = [], []
    for path in files:
        try:
            sheet = read(path)
        except BadFile as problem:
            unread.append(str(problem))
            continue
        imported.append(
            load(sheet, at=at, step=_Bar(tell, path.name, sum(line.people for line in sheet.leaves)))
        )
    return Report(tuple(imported), tuple(unread))


class _Bar:
    def __init__(self, tell: Tell, label: str, total: int) -> None:
        self._tell, self._label, self._total, self._done = tell, label, total, 0
        tell(label, 0, total)

    def __call__(self, persons: int) -> None:
        self._done += persons
        self._tell(self._label, self._done, self._total)


def _lines(file: Imported) -> Iterator[str]:
    name, sheet = file.sheet.path.name, file.sheet
    speed = f", {file.new / file.seconds:,.0f} a second" if file.new else ""
    yield (
        f"{name}: {sum(line.people for line in sheet.leaves):,} persons in {len(sheet.leaves):,} of "
        f"{len(sheet.lines):,} lines. Recorded now: {file.new:,}{speed}. Recorded before: {file.known:,}."
    )
    for bad in sorted(file.bad, key=lambda bad: bad.number):
        yield f"{name}, line {bad.number}{f', {bad.column}' if bad.column else ''}: {bad.problem}. Left out."
    yield _row("line", "responder", "exploitation", "age", "gender", "file", "here", "")
    for total in file.totals:
        if total.group.nationality is None:
            yield _total(total)
    nationalities = [total for total in file.totals if total.group.nationality is not None]
    different = [total for total in nationalities if not total.equal]
    yield f"Totals by first nationality: {len(nationalities):,}; different: {len(different):,}."
    for total in different:
        yield f"{_total(total)} (nationality {total.group.nationality or 'unknown'})"


def _total(total: Checked) -> str:
    group = total.group
    types = None if group.types is None else ", ".join(sorted(group.types)) or UNKNOWN
    number = f"{total.lines[0]}" + ("…" if len(total.lines) > 1 else "")
    verdict = "equal" if total.equal else "DIFFERENT"
    cells = (group.responder or "all", types or "all", group.age or "all", group.gender or "all")
    return _row(number, *cells, f"{total.said:,}", f"{total.found:,}", verdict)


def _row(line: str, who: str, types: str, age: str, gender: str, said: str, found: str, verdict: str) -> str:
    return f"{line:>6}  {who[:44]:44}  {types[:36]:36}  {age[:24]:24}  {gender[:8]:8}  {said:>6}  {found:>6}  {verdict}"


def _verdict(report: Report) -> str:
    totals = [total for file in report.imported for total in file.totals]
    same = sum(total.equal for total in totals)
    bad = sum(len(file.bad) for file in report.imported)
    left = f"Lines left out: {bad:,}. Files not read: {len(report.unread)}."
    return f"{same:,} of {len(totals):,} totals are equal. {left}"
