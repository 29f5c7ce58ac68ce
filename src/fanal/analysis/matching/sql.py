"""The comparisons as functions of DuckDB, and records as its tables: what Splink learns from and links in a batch."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
from duckdb.func import PythonUDFType
from duckdb.sqltypes import BLOB, TINYINT
from splink import DuckDBAPI

from .comparisons import COMPARISONS, Comparison, codes_of
from .features import LAYOUT
from .model import sql_name

TABLE = "records"


def database(comparisons: Sequence[Comparison] = COMPARISONS, *, memory: str = "4GB") -> DuckDBAPI:
    """A database in memory that knows comparisons, and neither files nor network."""
    connection = duckdb.connect(config={"enable_external_access": "false"})
    connection.execute(f"SET memory_limit = '{memory}'")
    connection.execute("SET enable_progress_bar = false")  # its lines would stand among ours
    for comparison in comparisons:
        connection.create_function(
            sql_name(comparison),
            asked(comparison),
            [BLOB, BLOB] * len(comparison.columns),
            TINYINT,
            type=PythonUDFType.ARROW,
            side_effects=False,
        )
    return DuckDBAPI(connection=connection)


def table(identifiers: Iterable[str], rows: "np.typing.NDArray[np.void]") -> pa.Table:
    """Records (LAYOUT) as a table of `unique_id` and one column of bytes for each part that comparisons read."""
    columns: dict[str, Any] = {
        "unique_id": pa.array(identifiers, pa.string()),
        "named": rows["name"]["letters"][:, 0, 0] > 0,
        "born": rows["birth"]["days"][:, 0, 0] > 0,
    }
    for part in LAYOUT.names or ():
        packed = np.ascontiguousarray(rows[part])
        width = packed.dtype.itemsize
        offsets = np.arange(len(packed) + 1, dtype=np.int32) * width
        columns[part] = pa.BinaryArray.from_buffers(
            pa.binary(), len(packed), [None, pa.py_buffer(offsets), pa.py_buffer(packed.tobytes())]
        )
    return pa.table(columns)


def asked(comparison: Comparison) -> Callable[..., pa.Array]:
    """A comparison as a function of columns of bytes (see `table`), which answers codes: of each column it reads that
    of the ones and that of the others."""

    def codes(*columns: pa.Array) -> pa.Array:
        parts = [_part(name, column) for name, column in zip(_twice(comparison), columns, strict=True)]
        these, those = (dict(zip(comparison.columns, parts[at::2], strict=True)) for at in (0, 1))
        return pa.array(codes_of(comparison, these, those))

    def one(a: pa.Array, b: pa.Array) -> pa.Array:
        return codes(a, b)

    def two(a: pa.Array, b: pa.Array, c: pa.Array, d: pa.Array) -> pa.Array:
        return codes(a, b, c, d)

    def three(a: pa.Array, b: pa.Array, c: pa.Array, d: pa.Array, e: pa.Array, f: pa.Array) -> pa.Array:
        return codes(a, b, c, d, e, f)

    return (one, two, three)[len(comparison.columns) - 1]  # DuckDB and Spark ask the signature how many


def _twice(comparison: Comparison) -> list[str]:
    return [name for name in comparison.columns for _ in range(2)]


def _part(name: str, column: Any) -> Any:
    whole = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    dtype = LAYOUT[name]
    _, offsets, data = whole.buffers()
    first = np.frombuffer(offsets, np.int32)[whole.offset] if len(whole) else 0
    return np.frombuffer(data, np.uint8, len(whole) * dtype.itemsize, offset=first).view(dtype)
