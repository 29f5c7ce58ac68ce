"""An export in memory, to be tampered with by somebody who may do anything but sign."""

import base64
import json
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any, Self

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from fanal.audit.rules.statements import BEGINNING, MARK, Signed, key_id, read_line, sign
from fanal.audit.rules.tree import LEAF, Tree


@dataclass
class Copy:
    """What stands in the file: its first line, its statements, its lines."""

    head: dict[str, Any]
    seals: list[Signed]
    rows: list[bytes]

    @classmethod
    def read(cls, path: Path) -> Self:
        first, *rest = path.read_bytes().split(b"\n")
        head = json.loads(first)
        seals = [read_line(line) for line in rest[: head["seals"]]]
        begin = head["seals"] + head["stamps"]
        return cls(head, seals, rest[begin : begin + head["rows"]])

    def other(self) -> "Copy":
        return Copy(dict(self.head), list(self.seals), list(self.rows))

    def write(self, path: Path) -> Path:
        """The file as whoever tampered would hand it in: counts and end as they should be."""
        head = self.head | {"rows": len(self.rows), "seals": len(self.seals), "stamps": 0}
        end = json.dumps({"end": head["format"], "rows": len(self.rows)})
        lines = [json.dumps(head), *(seal.line() for seal in self.seals)]
        path.write_bytes(
            "\n".join(lines).encode()
            + b"\n"
            + b"".join(row + b"\n" for row in self.rows)
            + end.encode()
            + b"\n"
        )
        return path

    def witness(self, path: Path) -> Path:
        path.write_text("".join(seal.line() + "\n" for seal in self.seals))
        return path

    def batch_of(self, position: int) -> int:
        """Which statement covers a line."""
        return next(nth for nth, seal in enumerate(self.seals) if position <= seal.statement.last)

    def recompute(
        self, key: Ed25519PrivateKey | None = None, *, own_name: bool = False, only: int | None = None
    ) -> None:
        """Roots, marks and chain as if the lines had always been so. Without a key the signatures stay what they were.

        `own_name`: the key's own name instead of that of the true one. `only`: that statement alone.
        """
        tree, previous, made = Tree(), BEGINNING, []
        for nth, seal in enumerate(self.seals):
            said = seal.statement
            leaves = [sha256(LEAF + row).digest() for row in self.rows[said.first : said.last + 1]]
            tree.extend(leaves)
            if only in (None, nth):
                said = replace(
                    said,
                    root=tree.root().hex(),
                    previous=previous,
                    marks=b"".join(leaf[:MARK] for leaf in leaves),
                )
                if key and own_name:
                    said = replace(said, key=key_id(key.public_key()))
                seal = sign(said, key) if key else Signed(said, said.text(), seal.signature)
            made.append(seal)
            previous = seal.digest
        self.seals = made


def altered(row: bytes, field: int, value: Any) -> bytes:
    """The line with another value in one field, written as the database writes it."""
    fields = json.loads(row)
    fields[field] = value
    at = row[41:].split(b",")[0].decode()  # a number of JSON would lose its zeros
    text = json.dumps(fields, ensure_ascii=False, separators=(", ", ": "))
    if field != 1:
        text = text[:41] + at + text[41:].partition(",")[1] + text[41:].partition(",")[2]
    return text.encode()


def public(key: Ed25519PrivateKey) -> str:
    return base64.b64encode(key.public_key().public_bytes_raw()).decode()
