"""What may stand in the `facts` of a line: codes and numbers, so that no trace ever names a victim."""

import re
from collections.abc import Mapping
from uuid import UUID

_CODE = re.compile(
    r"|[a-z0-9][a-z0-9_.:/-]{0,79}"  # a code of the house or of a pack, an act, a route, a day, an identifier
    r"|[A-Z][A-Z0-9]{0,3}"  # H0, F, CSV
    r"|[A-Z](-[0-9A-Z]{4}){2}"  # a file's reference
    r"|(GET|HEAD|POST|PUT|PATCH|DELETE) [A-Za-z0-9_.:/<>-]{0,80}"
)


def demand_codes(facts: Mapping[str, object]) -> None:
    """Raise ValueError where a value is neither a code, a number, a truth value nor a list or mapping of them.

    A name has a capital, a space, an accent, an apostrophe or an @: a code has none. The message names the key and
    never the value.
    """
    for key, value in facts.items():
        if not (isinstance(key, str) and _CODE.fullmatch(key) and _is_code(value)):
            raise ValueError(f"the trace takes codes and numbers only, not what stands in {key!r}")


def _is_code(value: object) -> bool:
    if value is None or isinstance(value, bool | int | float | UUID):
        return True
    if isinstance(value, str):
        return _CODE.fullmatch(value) is not None
    if isinstance(value, Mapping):
        return all(isinstance(key, str) and _is_code(key) and _is_code(each) for key, each in value.items())
    return isinstance(value, list | tuple | set | frozenset) and all(map(_is_code, value))
