"""The whole check: statements first, then every line against them, in one reading of the file."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from itertools import islice
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from fanal.audit.rules.statements import MARK, Signed, Statement
from fanal.audit.rules.tree import LEAF, Tree
from fanal.audit.verify import stamps, statements
from fanal.audit.verify.findings import GONE, Finding, name, split
from fanal.audit.verify.reading import opened, witness

TOLERANCE = timedelta(hours=1)
"""How far a line may be dated from the statements around it: a long transaction, a clock that was put right."""
AHEAD = 3
"""Batches that are read beyond the one that does not fit, to tell a removed line from an altered one."""
AT = slice(41, 58)
"""Where the time of a line stands: after `["`, 36 characters of id and `", `, as seconds with six decimals."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was checked and what was found. `findings` is empty for an export that is whole and as it was sealed.

    `first`, `last`: the positions that the file covers. `witnessed`: statements that are the same as the witness's.
    `stamped`: what each checked time stamp proves. `notes`: what was not checked.
    """

    rows: int
    first: int
    last: int
    statements: int
    until: datetime | None
    witnessed: int
    stamped: tuple[str, ...]
    notes: tuple[str, ...]
    findings: tuple[Finding, ...]

    @property
    def first_bad(self) -> int | None:
        """The first line that is wrong, else the first that a wrong statement covers."""
        places = [found.position for found in self.findings if found.of_a_line] or [
            found.position for found in self.findings
        ]
        return min((place for place in places if place is not None), default=None)


def verify(
    path: Path,
    *,
    key: Ed25519PublicKey,
    kept: Path | None = None,
    authorities: Sequence[bytes] = (),
    tolerance: timedelta = TOLERANCE,
) -> Verdict:
    """Check an export against the public key, and a witness file where there is one.

    `authorities`: certificates (PEM) of who may have put time stamps. Raises `Unreadable` for a file that is empty,
    cut off or no export, and for a witness file that is none, or another institution's.
    """
    known = witness(kept) if kept else []
    with path.open("rb", buffering=1 << 20) as file:
        export = opened(file, path.name)
        checked = statements.check(export, known, key)
        first = export.head.tree.size
        walk = _Walk(export.lines, export.head.tree, checked.plan, tolerance)
        found = walk.findings(broken=checked.broken)
    stamped, bad, notes = stamps.check(export, authorities)
    last = export.seals[-1].statement if export.seals else None
    texts = {each.text for each in known}
    if export.head.to_the_end is False:
        notes = (*notes, "The export stops before the end of the trace, as it was asked to.")
    if first:
        notes = (*notes, f"The export begins at line {first}: what comes before is not in it.")
    return Verdict(
        rows=walk.read,
        first=first,
        last=first + walk.read - 1,
        statements=len(export.seals),
        until=last.time if last else None,
        witnessed=sum(each.text in texts for each in export.seals),
        stamped=stamped,
        notes=notes,
        findings=(*checked.findings, *found, *bad),
    )


class _Walk:
    """Every line once: hashed, held against the marks and the root of its statement, and against its time."""

    def __init__(
        self, lines: Iterator[bytes], tree: Tree, plan: Sequence[Signed], tolerance: timedelta
    ) -> None:
        self.lines, self.tree, self.plan, self.tolerance = lines, tree, plan, tolerance
        self.read = 0

    def findings(self, *, broken: bool) -> list[Finding]:
        """The first line that is wrong, and the first that is dated wrongly before it.

        `broken`: the statements end before the lines do, and nobody can say where those that follow belong.
        """
        dated: list[Finding] = []
        for nth, signed in enumerate(self.plan):
            said = signed.statement
            lines = list(islice(self.lines, max(0, said.last - said.first + 1)))
            leaves = [sha256(LEAF + line).digest() for line in lines]
            if b"".join([leaf[:MARK] for leaf in leaves]) != said.marks:
                return [*dated, self._wrong(nth, said, lines, leaves)]
            self.read += len(lines)
            self.tree.extend(leaves)
            if self.tree.root().hex() != said.root:
                words = f"Lines {said.first} to {said.last} do not give the root that was signed."
                return [*dated, Finding("altered", said.first, words)]
            if not dated and (found := self._misdated(said, lines)):
                dated = [found]
        if broken:
            self.read += sum(1 for _line in self.lines)
            return dated
        return [*dated, *self._beyond()]

    def _beyond(self) -> list[Finding]:
        extra = next(self.lines, None)
        if extra is None:
            return []
        self.read += 1 + sum(1 for _line in self.lines)
        position = self.tree.size
        before = {mark for each in self.plan for mark in split(each.statement.marks)}
        mark = sha256(LEAF + extra).digest()[:MARK]
        return [name(start=position, expected=[], actual=[mark], lines=[extra], before=before)]

    def _wrong(self, nth: int, said: Statement, lines: Sequence[bytes], leaves: Sequence[bytes]) -> Finding:
        ahead = self.plan[nth : nth + 1 + AHEAD]
        expected = [mark for each in ahead for mark in split(each.statement.marks)]
        more = list(islice(self.lines, max(0, len(expected) + AHEAD - len(lines))))
        actual = [leaf[:MARK] for leaf in leaves] + [sha256(LEAF + line).digest()[:MARK] for line in more]
        earlier = self.plan[:nth]
        found = name(
            start=said.first,
            expected=expected,
            actual=actual,
            lines=[*lines, *more],
            before={mark for each in earlier for mark in split(each.statement.marks)},
        )
        self.read += len(lines) + len(more) + sum(1 for _line in self.lines)
        return found

    def _misdated(self, said: Statement, lines: Sequence[bytes]) -> Finding | None:
        """A line dated after its statement, or before the one after which nothing was left to seal."""
        earliest = (said.since - self.tolerance).timestamp() if said.since else float("-inf")
        latest = (said.time + self.tolerance).timestamp()
        times = [_time(line) for line in lines]
        if not times or (earliest <= min(times) and max(times) <= latest):
            return None
        nth = next(nth for nth, at in enumerate(times) if not earliest <= at <= latest)
        way = "before the statements" if times[nth] < earliest else "after the statement"
        position = said.first + nth
        row = lines[nth][2:38].decode("ascii", "replace")
        when = f"{datetime.fromtimestamp(times[nth], said.time.tzinfo):%Y-%m-%d %H:%M}"
        return Finding(
            "misdated",
            position,
            f"Line {row} at position {position} is dated {when}, {way} around it "
            f"({said.time:%Y-%m-%d %H:%M}): it was back-dated, or a clock was wrong.",
        )


def _time(line: bytes) -> float:
    """When the act of a line was, in seconds since 1970."""
    try:
        return float(line[AT])
    except ValueError:  # before September 2001, after 2286, or no time at all
        field = line[AT.start :].partition(b",")[0]
        return float(field) if line != GONE and field else float("-inf")
