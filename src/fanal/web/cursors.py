"""Pages of a list by cursor: the next page starts after the last row one saw, however the list grew meanwhile."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.core import signing
from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _

from fanal.errors import Invalid

M = TypeVar("M", bound=Model)
R = TypeVar("R", covariant=True)
SIZE = 50
LARGEST = 200
_SALT = "fanal.cursor"


@dataclass(frozen=True, slots=True)
class Page(Generic[R]):
    """The rows of a page and the cursor of the next one, empty on the last."""

    items: Sequence[R]
    next: str


def page(rows: QuerySet[M], *, cursor: str, size: int = SIZE, order: str = "-created_at") -> Page[M]:
    """One page of `rows`, ordered by a column that is never null and then by primary key.

    `order` is the column, with `-` for the newest first; `size` is cut at 200. Refused with `Invalid`
    (`cursor_unreadable`) when the cursor is not one of ours or belongs to another order.
    """
    column, descending = order.removeprefix("-"), order.startswith("-")
    size = max(1, min(size, LARGEST))
    direction = "lt" if descending else "gt"
    ordered = rows.order_by(order, "-pk" if descending else "pk")
    if cursor:
        value, key = _read(rows.model, column, order, cursor)
        after = Q(**{f"{column}__{direction}": value}) | Q(**{column: value, f"pk__{direction}": key})
        # The first condition says nothing new; with it the index on the column finds the place at once.
        ordered = ordered.filter(Q(**{f"{column}__{direction}e": value}), after)
    found = list(ordered[: size + 1])
    more = len(found) > size
    return Page(found[:size], _write(found[size - 1], column, order) if more else "")


def _write(row: Model, column: str, order: str) -> str:
    field = row._meta.get_field(column)
    return signing.dumps([field.value_to_string(row), str(row.pk)], salt=f"{_SALT}:{order}", compress=True)  # type: ignore[union-attr]


def _read(model: type[Model], column: str, order: str, cursor: str) -> tuple[Any, Any]:
    try:
        value, key = signing.loads(cursor, salt=f"{_SALT}:{order}")
    except signing.BadSignature as forged:
        raise Invalid(
            "cursor_unreadable", _("This page of the list cannot be found. Start at the first.")
        ) from forged
    field: Any = model._meta.get_field(column)
    return field.to_python(value), model._meta.pk.to_python(key)
