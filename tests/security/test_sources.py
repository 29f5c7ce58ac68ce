"""What the sources do not contain, and what they may contain in one place only."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "fanal"
PYTHON = sorted(SOURCE.rglob("*.py"))
OURS = sorted(path for path in SOURCE.rglob("static/**/*.js") if "vendor" not in path.parts)
EXPRESSIONS = {
    f"re.{name}" for name in ("compile", "search", "match", "fullmatch", "sub", "findall", "split")
}
TEMPLATES = sorted(SOURCE.rglob("templates/**/*.html"))


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def using(*modules: str) -> set[str]:
    """The files, by their path inside the package, that import one of the modules."""
    wanted = re.compile(rf"({'|'.join(map(re.escape, modules))})(\.|$)")
    return {
        path.relative_to(SOURCE).as_posix()
        for path in PYTHON
        if any(wanted.match(name) for name in imports(path))
    }


@pytest.mark.asvs("1.3.2", "1.3.5", "3.2.2", "3.5.5", "15.3.6")
def test_our_scripts_write_text_and_run_nothing() -> None:
    assert len(OURS) >= 2
    forbidden = re.compile(
        r"\b(?:inner|outer)HTML\s*\+?=(?!=)|insertAdjacentHTML|document\.write|\beval\(|new Function|"
        r"setTimeout\(\s*[\"'`]|postMessage|addEventListener\(\s*[\"']message|javascript:"
    )
    for path in OURS:
        assert forbidden.findall(path.read_text()) == [], path.name


@pytest.mark.asvs("1.1.2", "1.3.7")
def test_templates_escape_at_the_end_and_are_never_made_of_input() -> None:
    assert len(TEMPLATES) > 50
    for path in TEMPLATES:
        text = path.read_text()
        assert not re.search(r"\|\s*safe\b|autoescape\s+off|\|\s*safeseq", text), path
    for path in PYTHON:
        text = path.read_text()
        assert "mark_safe" not in text, f"{path}: format_html escapes"
        assert not re.search(r"\bTemplate\(|Engine\(|from_string\(", text), f"{path}: templates are files"


@pytest.mark.asvs("1.2.6", "1.2.7", "1.2.8", "1.3.9", "1.5.2")
def test_what_is_not_spoken_cannot_be_injected() -> None:
    """No directory service, no TeX, no memcache, no unsafe reading of objects, no expression of XPath."""
    assert using("ldap", "ldap3", "pylibmc", "pymemcache", "pickle", "marshal", "shelve", "yaml") == set()
    for path in PYTHON:
        assert not re.search(r"\.xpath\(|XPath\(|/usr/bin/(la)?tex|pdflatex", path.read_text()), path


@pytest.mark.asvs("1.5.1")
def test_xml_is_read_by_a_parser_that_resolves_nothing() -> None:
    """Who reads XML names the parser; markup of pages is read as HTML, which knows no entities of its own."""
    assert using("xml", "xmltodict", "html5lib", "bs4") == set()
    reading = {
        path: re.findall(r"\betree\.(?:fromstring|parse|XML|iterparse)\(.*", path.read_text())
        for path in PYTHON
    }
    assert {path.relative_to(SOURCE).as_posix() for path, calls in reading.items() if calls} == {
        "sandbox/office.py",
        "documents/publish/office.py",
    }
    for path, calls in reading.items():
        assert [line for line in calls if "_PARSER)" not in line] == []
        for options in re.findall(r"XMLParser\((.*?)\)", path.read_text()):
            for told in ("resolve_entities=False", "no_network=True", "load_dtd=False"):
                assert told in options, path
    assert using("lxml.html") == {"documents/prose.py", "documents/pasted.py"}


@pytest.mark.asvs("1.2.9", "1.3.10")
def test_no_expression_is_made_of_input() -> None:
    """A regular expression is a constant, or put together from constants of ours or escaped pieces."""
    for path in PYTHON:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in EXPRESSIONS and node.args:
                pattern = node.args[0]
                if isinstance(pattern, ast.Constant | ast.Name):
                    continue
                pieces = [piece.value for piece in ast.walk(pattern) if isinstance(piece, ast.FormattedValue)]
                assert all(is_ours(piece) for piece in pieces), f"{path}: {ast.unparse(pattern)}"
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr == "format"
            ):
                assert "request" not in ast.unparse(node.func.value), path


def is_ours(piece: ast.expr) -> bool:
    """A constant, one constant or another, or something escaped."""
    if isinstance(piece, ast.IfExp):
        return is_ours(piece.body) and is_ours(piece.orelse)
    text = ast.unparse(piece)
    return (
        isinstance(piece, ast.Constant) or "re.escape" in text or re.fullmatch(r"_?[A-Z_]+", text) is not None
    )


@pytest.mark.asvs("13.2.4", "13.2.5", "1.3.6", "13.1.1", "15.3.2")
def test_who_may_speak_to_the_network() -> None:
    """docs/security.md (Connections) lists each: none takes its address from a request."""
    speaking = using(
        "socket",
        "urllib.request",
        "http.client",
        "requests",
        "httpx",
        "smtplib",
        "ftplib",
        "aiohttp",
        "pyspark",
    )
    assert unlisted(speaking, "Connections") == [], (
        "say in docs/security.md whom this file speaks to, and why"
    )


@pytest.mark.asvs("11.1.2", "11.2.1", "11.3.2", "11.4.3", "11.6.1")
def test_where_cryptography_is_done() -> None:
    """docs/security.md (Keys and algorithms) lists each file; nobody does it elsewhere."""
    doing = {path for path in using("cryptography", "hmac", "pyrage") if "/migrations/" not in path}
    assert unlisted(doing, "Keys and algorithms") == [], (
        "say in docs/security.md what is computed here, and how"
    )


@pytest.mark.asvs("11.3.1", "11.4.1", "11.2.3")
def test_no_weak_algorithm_is_named() -> None:
    weak = re.compile(r"hashlib\.(md5|sha1|new)\b|\b(ECB|CBC|DES|TripleDES|ARC4|Blowfish|PKCS1v15)\b|modes\.")
    counters = SOURCE / "analysis/matching/index/sealed.py"  # blocks of counters alone: CTR in pieces
    for path in PYTHON:
        text = path.read_text()
        assert weak.findall(text.replace("ECB", "") if path == counters else text) == [], path


@pytest.mark.asvs("6.5.3", "11.5.1")
def test_what_must_not_be_guessed_comes_from_the_system() -> None:
    """The repeatable generator stands in the demonstration and the measurements, and nowhere else."""
    invented = (
        "config/demo", "config/bench", "analysis/matching/generator/", "analysis/matching/bench/",
    )  # fmt: skip
    assert {path for path in using("random") if not path.startswith(invented)} == {"ids.py"}


@pytest.mark.asvs("1.2.4")
def test_statements_take_their_values_apart() -> None:
    """A statement that is put together from pieces is put together from names of ours, and says so (`noqa: S608`)."""
    rules = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["ruff"]["lint"]
    assert "S" in rules["select"]
    spared = [paths for paths, ignored in rules["per-file-ignores"].items() if "S608" in ignored]
    assert "S608" not in rules["ignore"]
    assert [paths for paths in spared if paths.startswith("src")] == []
    for path in PYTHON:
        if "migrations" in path.parts:
            continue
        assert not re.search(r"\.(extra|RawSQL)\(", path.read_text()), path


def section(title: str) -> str:
    text = (ROOT / "docs" / "security.md").read_text()
    found = re.search(rf"^### {re.escape(title)}$(.*?)(?=^##)", text, re.MULTILINE | re.DOTALL)
    assert found, title
    return found[1]


def unlisted(found: set[str], title: str) -> list[str]:
    """Files that no path or folder of the section names, and those that it names for nothing."""
    listed = re.findall(r"`((?:\w+/)+(?:\w+\.py)?)`", section(title))
    return sorted(
        {path for path in found if not any(path == each or path.startswith(each) for each in listed)}
        | {each for each in listed if not any(path == each or path.startswith(each) for path in found)}
    )
