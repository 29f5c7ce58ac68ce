"""How a test takes one wall away, to see whether the other one holds alone."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from fanal.access.context import set_units
from fanal.directory.models import Unit


@contextmanager
def second_wall_open() -> Iterator[None]:
    """Row-level security lets every row through: the context carries every unit. Only `queries` filter now."""
    with transaction.atomic():
        set_units([0, *Unit.objects.values_list("id", flat=True)])
        yield
