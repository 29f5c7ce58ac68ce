"""The smallest body that an operation's description allows, for the writes of which nothing else is said."""

from functools import cache
from typing import Any

from uuid_utils.compat import uuid4

_WORDS = {
    "uuid": str(uuid4()),
    "date": "2026-11-20",
    "date-time": "2026-11-20T10:00:00+01:00",
    "time": "10:00:00",
}


def smallest(route: str, method: str = "") -> dict[str, Any]:
    """What must stand in the body of a route of the API (of its first write, without `method`); else nothing."""
    operations = _paths().get(_plain(f"/{route}"), {})
    writes = [told for name, told in operations.items() if name != "get" and method in ("", name)]
    content = writes[0].get("requestBody", {}).get("content", {}) if writes else {}
    schema = content.get("application/json", {}).get("schema")
    made = _value(schema) if schema else {}
    return made if isinstance(made, dict) else {}


def _plain(route: str) -> str:
    """A route as the description writes it, whatever its parameters are."""
    return "".join("{}" if nth % 2 else part for nth, part in enumerate(route.replace(">", "<").split("<")))


@cache
def _described() -> dict[str, Any]:
    from fanal.web.api import api

    return dict(api.get_openapi_schema())


@cache
def _paths() -> dict[str, Any]:
    paths = _described()["paths"]
    return {_plain(path.replace("{", "<").replace("}", ">")): told for path, told in paths.items()}


def _value(schema: dict[str, Any]) -> Any:
    if "$ref" in schema:
        return _value(_described()["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]])
    for choice in ("anyOf", "oneOf", "allOf"):
        if choice in schema:
            return _value(schema[choice][0])
    if "const" in schema or "enum" in schema:
        return schema.get("const", schema.get("enum", [""])[0])
    match schema.get("type"):
        case "object":
            wanted = schema.get("required", ())
            return {name: _value(schema["properties"][name]) for name in wanted}
        case "array":
            each = schema.get("prefixItems") or [schema.get("items", {})] * schema.get("minItems", 0)
            return [_value(item) for item in each]
        case "integer" | "number":
            return schema.get("minimum", 1)
        case "boolean":
            return True
        case _:
            return _WORDS.get(schema.get("format", ""), "lamp".ljust(schema.get("minLength", 0), "s"))
