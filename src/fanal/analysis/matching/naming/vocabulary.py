"""The lists of words that other files of this folder tell apart."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def table(name: str) -> dict[str, Any]:
    """A TOML file of this folder."""
    return tomllib.loads(files(__package__).joinpath(f"{name}.toml").read_text())


def listed(part: str, key: str) -> frozenset[str]:
    """The words of a list of `words.toml`."""
    return frozenset(table("words")[part][key].split())
