"""The pairs of a batch by Splink on Spark: the keys, levels and model of our own join, on as many machines as one has.

PySpark is no part of Fanal (`make spark` fetches it): it is large, needs Java, and few need it.
"""

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from os import environ, sched_getaffinity
from shutil import which
from typing import Any

import numpy as np
import pyarrow as pa
from splink import Linker, SettingsCreator

from . import clustering, sql
from .comparisons import COMPARISONS
from .linking import ALONE, MOST, Candidates, Tell
from .model import Model, sql_name
from .preparing import Prepared

SETTINGS = "SPARK_CONF_DIR"  # Spark's own variable: the folder of its settings
_KIND = 31  # bits of a key that are its kind
_USEFUL = f"""
    WITH told AS (SELECT unique_id, explode(keys) AS key FROM known),
    counted AS (SELECT unique_id, key, count(*) OVER (PARTITION BY key) AS number FROM told),
    useful AS (
        SELECT unique_id, collect_list(key) AS keys FROM counted WHERE number BETWEEN 2 AND {MOST} GROUP BY unique_id
    )
    SELECT known.* EXCEPT (keys), useful.keys FROM known LEFT JOIN useful USING (unique_id)
"""  # noqa: S608 (a number of ours)
_MARKS = (
    f"aggregate(array_intersect(keys_l, keys_r), 0, (all, key) -> all | shiftleft(1, int(key & {_KIND})))"
)
_ENOUGH = f"size(array_intersect(keys_l, keys_r)) > 1 OR {_MARKS} & {ALONE} != 0"
_RULE = {"blocking_rule": "l.keys = r.keys", "sql_dialect": "spark", "arrays_to_explode": ["keys"]}
_FETCH = "`make spark` fetches it into var/spark: add that folder to PYTHONPATH."


class NoSpark(Exception):
    """Spark is not there or does not start; the text says what is missing."""


def candidates(found: Prepared, model: Model, tell: Tell) -> Candidates:
    """What `linking.candidates` answers, found and weighed by Splink's SQL on Spark.

    On this machine alone, unless SPARK_CONF_DIR says where. Refused with NoSpark where PySpark or Java is missing.
    """
    tell("Spark", 0, 4)
    with _session() as spark:
        tell("Spark", 1, 4)
        records = _registered(spark, found)
        tell("Spark", 2, 4)
        settings = SettingsCreator.from_path_or_dict(_settings(model))
        linker = Linker(records, settings, log_level=logging.ERROR)
        pairs = linker.inference.predict(threshold_match_weight=clustering.bar(len(found.rows)))
        tell("Spark", 3, 4)
        columns, table = f"unique_id_l, unique_id_r, match_weight, {_MARKS} AS marks", pairs.physical_name
        asked = f"SELECT {columns} FROM {table} WHERE {_ENOUGH}"  # noqa: S608 (texts of ours)
        said = spark.sql(asked).sort("unique_id_l", "unique_id_r").toArrow()
    tell("Spark", 4, 4)
    marks = said["marks"].to_numpy().astype(np.uint32)
    these, those, bits = (said[name].to_numpy() for name in ("unique_id_l", "unique_id_r", "match_weight"))
    return these, those, marks, bits


def _registered(spark: Any, found: Prepared) -> Any:
    """The records as a table of Splink on Spark, with the keys that say something."""
    from pyspark.sql.functions import arrow_udf
    from splink.backends.spark import SparkAPI

    for comparison in COMPARISONS:
        spark.udf.register(sql_name(comparison), arrow_udf(sql.asked(comparison), "tinyint"))
    spark.createDataFrame(_table(found)).createOrReplaceTempView("known")
    made: Any = SparkAPI  # untyped
    api = made(spark_session=spark, break_lineage_method="persist", register_udfs_automatically=False)
    return api.register(spark.sql(_USEFUL).persist())


def _table(found: Prepared) -> pa.Table:
    number = len(found.rows)
    starts = np.concatenate([[0], np.cumsum(found.counts)])
    keys = (found.keys & ~np.uint64(_KIND)) | found.kinds
    table = sql.table(map(str, range(number)), found.rows)
    told = pa.ListArray.from_arrays(pa.array(starts, pa.int32()), pa.array(keys.view(np.int64)))
    return table.set_column(0, "unique_id", pa.array(range(number), pa.int64())).append_column("keys", told)


def _settings(model: Model) -> dict[str, Any]:
    said = {name: part for name, part in model.as_json().items() if name != "fanal"}
    return said | {
        "sql_dialect": "spark",
        "blocking_rules_to_generate_predictions": [_RULE],
        "additional_columns_to_retain": ["keys"],
    }


@contextmanager
def _session() -> Iterator[Any]:
    try:
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
        from pyspark.sql.functions import arrow_udf  # noqa: F401 (what older ones do not have)
    except ImportError as missing:
        raise NoSpark(f"PySpark 4.1 or newer is not there ({missing}). {_FETCH}") from None
    if not (which("java") or environ.get("JAVA_HOME")):
        raise NoSpark(
            "Java is not there: Spark needs version 17 or a newer one. On Debian: default-jre-headless."
        )
    builder = SparkSession.builder.appName("fanal match")
    try:
        spark = builder.getOrCreate() if SETTINGS in environ else builder.config(map=_here()).getOrCreate()
    except PySparkException as fault:
        raise NoSpark(f"Spark does not start: {fault}") from fault
    try:
        yield spark
    finally:
        spark.stop()


def _here() -> dict[str, str]:
    """Settings for this machine alone: nothing that it opens can be reached from another one."""
    environ.setdefault("PYSPARK_PYTHON", sys.executable)
    environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    cores = len(sched_getaffinity(0))
    return {
        "spark.master": f"local[{cores}]",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.memory": "4g",
        "spark.sql.shuffle.partitions": str(4 * cores),
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.log.level": "FATAL",  # what it cannot compile it interprets, and shows pages of its own code
    }
