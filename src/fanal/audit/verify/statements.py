"""The statements of an export: signed by the key, in one chain, the same as those that a witness kept."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from fanal.audit.rules.statements import BEGINNING, MARK, Signed, Unreadable, is_signed, key_id
from fanal.audit.verify.findings import Finding
from fanal.audit.verify.reading import Export


@dataclass(frozen=True, slots=True)
class Checked:
    """The statements to hold the lines against, in one row from where the export begins; what is wrong with those of
    the export (the first of each kind); whether the row ends before the export does, and with it what can be said."""

    plan: list[Signed]
    findings: list[Finding]
    broken: bool


def check(export: Export, kept: Sequence[Signed], key: Ed25519PublicKey) -> Checked:
    """Only what the key signed counts, and what a witness kept goes before what the export says.

    Raises `Unreadable` for a witness of another key.
    """
    own = _witness(kept, key)
    wrong = not_by(_everything(export), key)
    findings = [*_signatures(wrong, key), *_chain(export), *_against(export, own)]
    numbers = {each.statement.number for each in wrong}
    plan = {each.statement.number: each for each in export.seals if each.statement.number not in numbers}
    begins = export.head.before.statement.number + 1 if export.head.before else 1
    last = max((each.statement.number for each in export.seals), default=begins - 1)
    for number, each in own.items():
        if number >= begins and (number <= last or export.head.to_the_end):
            plan[number] = each
    whole = list(_unbroken(plan, export.head.tree.size))
    ends = max((each.statement.size for each in export.seals), default=0)
    return Checked(whole, findings, broken=not whole or whole[-1].statement.size < ends)


def not_by(chain: Sequence[Signed], key: Ed25519PublicKey) -> list[Signed]:
    """Those that the key did not sign, in their order.

    A statement names the hash of the one before, so that a signature covers everything the chain holds behind it: it
    is checked where nothing that is signed names the statement. A year of statements takes seconds, not a minute.
    """
    wrong, follower = [], None
    for each in reversed(chain):
        named = follower is not None and follower.statement.previous == each.digest
        if each.statement.key == key_id(key) and (named or is_signed(each, key)):
            follower = each
        else:
            wrong.append(each)
            follower = None
    return wrong[::-1]


def _everything(export: Export) -> list[Signed]:
    return [export.head.before, *export.seals] if export.head.before else export.seals


def _unbroken(plan: dict[int, Signed], size: int) -> Iterable[Signed]:
    """The statements up to the first that does not go on where the former ended: no line can be placed after it."""
    for number in sorted(plan):
        if plan[number].statement.first != size:
            return
        yield plan[number]
        size = plan[number].statement.size


def _witness(kept: Sequence[Signed], key: Ed25519PublicKey) -> dict[int, Signed]:
    found: dict[int, Signed] = {}
    for each in kept:
        number = each.statement.number
        if each.statement.key != key_id(key):
            raise Unreadable(
                f"The witness file holds statements of key {each.statement.key}; the key given is {key_id(key)}. "
                f"It is another institution's witness."
            )
        if found.setdefault(number, each).text != each.text:
            raise Unreadable(
                f"The witness file holds two different statements {number}: the sealer was made to tell two "
                f"histories, or the file was altered."
            )
    for each in not_by([found[number] for number in sorted(found)], key)[:1]:
        raise Unreadable(
            f"Statement {each.statement.number} of the witness file is not signed by the key given."
        )
    return found


def _signatures(wrong: Sequence[Signed], key: Ed25519PublicKey) -> Iterable[Finding]:
    for each in wrong[:1]:
        said = each.statement
        where = f"Statement {said.number} (lines {said.first} to {said.last})"
        if said.key == key_id(key):
            yield Finding("signature", said.first, f"{where} is not what the key signed.")
        else:
            yield Finding(
                "other_key",
                said.first,
                f"{where} is sealed by key {said.key}; the key given is {key_id(key)}. This is the export of another "
                f"institution, or one that was sealed anew.",
            )


def _chain(export: Export) -> Iterable[Finding]:
    before, head = export.head.before, export.head
    if head.tree.size and before is None:
        yield Finding(
            "chain", 0, f"The export begins at line {head.tree.size} and does not show the statement before."
        )
        return
    if before is not None and (before.statement.size, before.statement.root) != (
        head.tree.size,
        head.tree.root().hex(),
    ):
        yield Finding(
            "chain", None, "The tree that the export begins with is not that of the statement before."
        )
        return
    if before is None and export.seals:
        first = export.seals[0].statement
        if (first.number, first.first, first.previous) != (1, 0, BEGINNING):
            yield Finding(
                "chain", 0, f"The statements begin with number {first.number} and not with the first."
            )
            return
    for one, other in pairwise(_everything(export)):
        if problem := _follows(one, other):
            yield Finding("chain", one.statement.size, problem)
            return
    for each in export.seals:
        said = each.statement
        if said.last - said.first + 1 != len(said.marks) / MARK or said.size != said.last + 1:
            yield Finding("chain", said.first, f"Statement {said.number} does not fit its own lines.")
            return


def _follows(one: Signed, other: Signed) -> str:
    former, said = one.statement, other.statement
    if said.number != former.number + 1:
        return f"After statement {former.number} comes {said.number}: statements were removed or reordered."
    if said.first != former.size:
        return f"Statement {said.number} begins at line {said.first}, not at {former.size}."
    if said.previous != one.digest:
        return f"Statement {said.number} does not follow the statement {former.number} of this export."
    if said.time < former.time:
        return f"Statement {said.number} is dated before statement {former.number}."
    return ""


def _against(export: Export, own: dict[int, Signed]) -> Iterable[Finding]:
    mine = {each.statement.number: each for each in export.seals}
    if export.head.before:
        mine[export.head.before.statement.number] = export.head.before
    for number in sorted(own):
        kept = own[number].statement
        if number in mine:
            if mine[number].text != own[number].text:
                yield Finding(
                    "forked",
                    kept.first,
                    f"Statement {number} (lines {kept.first} to {kept.last}) is not the one the witness kept: "
                    f"history was written anew.",
                )
                return
        elif number > max(mine, default=0) and export.head.to_the_end:
            yield Finding(
                "forked",
                kept.first,
                f"The witness kept statement {number} (lines {kept.first} to {kept.last}, {kept.time:%Y-%m-%d %H:%M} "
                f"UTC); this export ends before it. It was cut at its end, or made before.",
            )
            return
        elif max(mine, default=0) > number >= min(mine, default=0):
            yield Finding("forked", kept.first, f"Statement {number}, which the witness kept, is missing.")
            return
