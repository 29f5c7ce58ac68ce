"""Compares docs/security.md with the requirements of ASVS 5.0.0 (levels 1 and 2) and with the tests that prove them.

Every requirement stands in the table once, with its level and an answer of a known kind; each test that is named
exists and carries the requirement (`@pytest.mark.asvs`); each mark is named in the table; each section exists.
"""

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REQUIREMENTS = ROOT / "tools" / "asvs-5.0.0.txt"
DOCUMENT = ROOT / "docs" / "security.md"
KINDS = ("Test:", "Document:", "Not applicable:", "Not met:")
_ROW = re.compile(r"^\| v5\.0\.0-(\d+\.\d+\.\d+) \| ([12]) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)
_TEST = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
_SECTION = re.compile(r"\]\(#([\w-]+)\)")
Place = tuple[str, str]


@dataclass(frozen=True)
class Row:
    """One line of the table: which requirement, its level, how it is answered, by which tests and sections."""

    id: str
    level: str
    answer: str

    @property
    def tests(self) -> set[Place]:
        return {(path, name) for path, name in _TEST.findall(self.answer)}

    @property
    def sections(self) -> list[str]:
        return _SECTION.findall(self.answer)


def main() -> int:
    text = DOCUMENT.read_text()
    rows = [Row(found[1], found[2], found[4].strip()) for found in _ROW.finditer(text)]
    found = [
        *against_requirements(rows, requirements()),
        *answers(rows, text),
        *against_tests(rows, marks(ROOT)),
    ]
    sys.stdout.write("".join(f"{line}\n" for line in found))
    if not found:
        unmet = sum(row.answer.startswith("Not met:") for row in rows)
        sys.stdout.write(
            f"{len(rows)} requirements are answered; {unmet} of them are not met, and say why.\n"
        )
    return bool(found)


def requirements() -> dict[str, str]:
    """Identifier to level."""
    lines = REQUIREMENTS.read_text().splitlines()
    return dict(line.split() for line in lines if not line.startswith("#"))


def against_requirements(rows: list[Row], known: dict[str, str]) -> Iterator[str]:
    ids = [row.id for row in rows]
    yield from (f"{id} is not in the table" for id in known if id not in ids)
    yield from (
        f"{id} stands in the table more than once" for id in sorted({i for i in ids if ids.count(i) > 1})
    )
    for row in rows:
        if known.get(row.id) != row.level:
            yield f"{row.id} is not a requirement of level {row.level}"


def answers(rows: list[Row], text: str) -> Iterator[str]:
    anchors = {_anchor(title) for title in re.findall(r"^#+ (.+)$", text, re.MULTILINE)}
    for row in rows:
        if not row.answer.startswith(KINDS):
            yield f"{row.id}: the answer begins with none of {', '.join(KINDS)}"
        elif row.answer.startswith("Test:") and not row.tests:
            yield f"{row.id}: no test is named"
        elif row.answer.startswith("Document:") and not row.sections:
            yield f"{row.id}: no section is named"
        elif row.answer.startswith(KINDS[2:]) and len(row.answer.split(":", 1)[1]) < 8:
            yield f"{row.id}: no reason is given"
        yield from (f"{row.id}: there is no section #{name}" for name in row.sections if name not in anchors)


def against_tests(rows: list[Row], marked: dict[Place, set[str]]) -> Iterator[str]:
    named: dict[Place, set[str]] = {}
    for row in rows:
        for place in row.tests:
            named.setdefault(place, set()).add(row.id)
    for place in sorted(named.keys() | {place for place, ids in marked.items() if ids}):
        where = "::".join(place)
        if place not in marked:
            yield f"{where} does not exist; it is named for {', '.join(sorted(named[place]))}"
            continue
        wanted, found = named.get(place, set()), marked[place]
        yield from (f"{where} does not carry {id}" for id in sorted(wanted - found))
        yield from (
            f"{where} carries {id}, and the table does not name it there" for id in sorted(found - wanted)
        )


def marks(root: Path) -> dict[Place, set[str]]:
    """Every test of the suite, and the requirements it carries."""
    return {
        (path.relative_to(root).as_posix(), node.name): set(_marks(node))
        for path in sorted((root / "tests").rglob("test_*.py"))
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }


def _marks(node: ast.FunctionDef) -> Iterator[str]:
    for mark in node.decorator_list:
        if isinstance(mark, ast.Call) and ast.unparse(mark.func) == "pytest.mark.asvs":
            yield from (ast.literal_eval(argument) for argument in mark.args)


def _anchor(title: str) -> str:
    return re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-")


if __name__ == "__main__":
    sys.exit(main())
