"""Writes var/sbom.cdx.json: everything Fanal is made of (CycloneDX 1.6), from what is installed and locked.

The packages and their licences come from the environment, the digests from the lock; files and programs that no
package manager brings come from vendored.toml and must still have the digest that stands there. The result holds
no time and no random number: the same environment gives the same bytes.
"""

import hashlib
import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import Any

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packaging.utils import canonicalize_name

from tools import lock

OUT = lock.ROOT / "var" / "sbom.cdx.json"
VENDORED = lock.ROOT / "tools" / "vendored.toml"
Part = dict[str, Any]


def main() -> int:
    vendored = tomllib.loads(VENDORED.read_text())
    if wrong := [*changed(vendored["file"], lock.ROOT), *unlisted(vendored["file"])]:
        sys.stdout.write("".join(f"{line}\n" for line in wrong))
        return 1
    bom = build(vendored)
    text = json.dumps(bom, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
    if problem := JsonStrictValidator(SchemaVersion.V1_6).validate_str(text):
        sys.stdout.write(f"The list of parts is not CycloneDX: {problem}\n")
        return 1
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(text)
    nameless = [part["name"] for part in bom["components"] if not part.get("licenses")]
    sys.stdout.write(f"{len(bom['components'])} parts listed in {OUT.relative_to(lock.ROOT)}")
    sys.stdout.write(f"; no licence known: {', '.join(nameless)}.\n" if nameless else ".\n")
    return 0


def build(vendored: Part) -> Part:
    """The list of parts of the running environment."""
    ran = subprocess.run(  # noqa: S603 (our own interpreter)
        [
            *(sys.executable, "-m", "cyclonedx_py", "environment", sys.executable),
            *("--pyproject", "pyproject.toml", "--output-reproducible", "--no-validate"),
        ],
        cwd=lock.ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    bom: Part = json.loads(ran.stdout)
    bom["components"] = [part for part in bom["components"] if part["name"] != "fanal"]
    locked = lock.read(lock.PATH.read_text())
    held = {(entry.name, entry.version): entry for entry in locked}
    needed = in_production(locked)
    for part in bom["components"]:
        name = canonicalize_name(part["name"])
        part["scope"] = "required" if name in needed else "excluded"
        if entry := held.get((name, part["version"])):
            _refer(part, "distribution", "requirements.lock", "files accepted by the lock", entry.hashes)
        if not part.get("licenses") and name in vendored["licences"]:
            part["licenses"] = [{"license": {"name": vendored["licences"][name]}}]
        inside = [*programs(name, vendored["program"]), *libraries(name)]
        if inside:
            part["components"] = inside
        for listed in lists_of_its_own(name):
            _refer(part, "bom", listed.name, "its own list of parts", [f"sha256:{digest(listed)}"])
    bom["components"] += [_file(file) for file in vendored["file"]]
    bom["components"].sort(key=lambda part: part["bom-ref"].lower())
    return bom


def in_production(locked: list[lock.Locked]) -> set[str]:
    """The packages that Fanal itself needs, directly or not; the others only build and test it."""
    needed: set[str] = set()
    while True:
        more = {
            entry.name
            for entry in locked
            if any(who == f"{lock.BY_US})" or canonicalize_name(who) in needed for who in entry.asked_by)
        }
        if more == needed:
            return needed
        needed = more


def programs(package: str, listed: list[Part]) -> Iterator[Part]:
    """The servers compiled inside a wheel, with the version each says of itself."""
    for program in listed:
        if program["inside"] != package:
            continue
        place = Path(str(metadata.distribution(package).locate_file(program["path"])))
        said = subprocess.run(  # noqa: S603 (a program of the installation)
            [place, "--version"], capture_output=True, text=True, check=True
        ).stdout
        number = re.search(r"\d+(\.\d+)+", said)
        if number is None:
            raise ValueError(f"{place} does not say its version: {said!r}")
        yield {
            "type": "application",
            "bom-ref": program["path"],
            "name": program["name"],
            "version": number[0],
            "licenses": [{"license": {"id": program["licence"]}}],
            "cpe": f"cpe:2.3:a:postgresql:postgresql:{number[0]}:*:*:*:*:*:*:*",
            "hashes": [{"alg": "SHA-256", "content": digest(place)}],
            "properties": [{"name": "fanal:origin", "value": program["origin"]}],
        }


def libraries(package: str) -> Iterator[Part]:
    """The shared libraries that a wheel brings in its `.libs` folder."""
    for file in sorted(metadata.distribution(package).files or (), key=str):
        if file.parts[0].endswith(".libs") and ".so" in file.name:
            yield {
                "type": "library",
                "bom-ref": str(file),
                "name": file.name,
                "hashes": [{"alg": "SHA-256", "content": digest(Path(str(file.locate())))}],
            }


def lists_of_its_own(package: str) -> list[Path]:
    """The lists of parts that a wheel carries about what is compiled into it (PEP 770)."""
    files = metadata.distribution(package).files or ()
    return sorted(
        Path(str(file.locate()))
        for file in files
        if file.parent.name == "sboms" and file.parent.parent.name.endswith(".dist-info")
    )


def changed(listed: list[Part], root: Path) -> Iterator[str]:
    """Files of others that are gone or are no longer what they were."""
    for file in listed:
        place = root / file["path"]
        if not place.is_file():
            yield f"{file['path']} is listed and absent"
        elif digest(place) != file["sha256"]:
            yield f"{file['path']} is not {file['name']} {file['version']} as it was taken in"


def unlisted(listed: list[Part]) -> Iterator[str]:
    """Code or style in a folder of others that nobody listed."""
    known = {file["path"] for file in listed}
    for suffix in ("js", "css", "woff2", "woff", "ttf", "otf"):
        for place in sorted(lock.ROOT.glob(f"[st]*/**/vendor/*.{suffix}")):
            path = place.relative_to(lock.ROOT).as_posix()
            if path not in known:
                yield f"{path} stands among the files of others and is not in tools/vendored.toml"


def digest(place: Path) -> str:
    with place.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _file(file: Part) -> Part:
    return {
        "type": "library",
        "bom-ref": file["path"],
        "name": file["name"],
        "version": file["version"],
        "purl": file["purl"],
        "licenses": [{"license": {"id": file["licence"]}}],
        "hashes": [{"alg": "SHA-256", "content": file["sha256"]}],
        "scope": file.get("scope", "required"),
    }


def _refer(part: Part, kind: str, url: str, comment: str, hashes: Any) -> None:
    found = [{"alg": "SHA-256", "content": value.removeprefix("sha256:")} for value in hashes]
    part.setdefault("externalReferences", []).append(
        {"type": kind, "url": url, "comment": comment, "hashes": found}
    )


if __name__ == "__main__":
    sys.exit(main())
