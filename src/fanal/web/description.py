"""The description of the API, in which two shapes of one name stay two.

Capabilities name their shapes for themselves (`MoveIn`, `LineOut`); the library puts all of them into one table, where
the later one would overwrite the earlier and describe the wrong body. Here the later one is called `MoveIn2`.
"""

from itertools import count
from typing import Any

from ninja.openapi.schema import OpenAPISchema

_PREFIX = "#/components/schemas/"


class Description(OpenAPISchema):
    """OpenAPI of the library, without shapes that overwrite each other."""

    _renamed: dict[str, str] = {}  # replaced for each model, never changed

    def _create_schema_from_model(self, *args: Any, **options: Any) -> tuple[dict[str, Any], bool]:
        self._renamed = {}
        details, required = super()._create_schema_from_model(*args, **options)
        return _pointing(details, self._renamed), required

    def add_schema_definitions(self, definitions: dict[str, Any]) -> None:
        """Keep these shapes; a name that another shape bears already gets a number."""
        names = {name: name for name in definitions}
        while True:
            told = {name: _pointing(shape, names) for name, shape in definitions.items()}
            free = {name: self._free(name, shape) for name, shape in told.items()}
            if free == names:
                break
            names = free
        self._renamed = names
        self.schemas.update({names[name]: shape for name, shape in told.items()})

    def _free(self, name: str, shape: dict[str, Any]) -> str:
        """The first of name, name2, name3 … that is this shape or nothing yet."""
        numbered = (f"{name}{nth}" if nth > 1 else name for nth in count(1))
        return next(each for each in numbered if self.schemas.get(each, shape) == shape)


def _pointing(value: Any, names: dict[str, str]) -> Any:
    """The same description, pointing to the names that the shapes have here."""
    if isinstance(value, dict):
        return {
            key: _PREFIX + names.get(kept.removeprefix(_PREFIX), kept.removeprefix(_PREFIX))
            if key == "$ref" and isinstance(kept, str)
            else _pointing(kept, names)
            for key, kept in value.items()
        }
    return [_pointing(each, names) for each in value] if isinstance(value, list) else value
