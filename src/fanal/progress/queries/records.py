"""What is known of many measures at a moment, in four statements however long their history is.

Each asks an index for the latest row of each key: a plan of thirty years has eighteen thousand reports,
and a page needs a hundred and fifty of them.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import connection

from fanal.plans.rules import MeasureLine
from fanal.progress.rules import Record, Ruling, Stage, Told, Value

_LAST = """
SELECT k.key, r.period, r.sent_at, r.stage, r.blocked_by <> '', r.evidence,
    (SELECT v.agrees FROM progress_review v WHERE v.report_id = r.id AND v.at <= %(at)s
     ORDER BY v.at DESC, v.id DESC LIMIT 1)
FROM unnest(%(keys)s::text[]) AS k(key), LATERAL (
    SELECT * FROM progress_report r WHERE r.measure = k.key AND r.sent_at <= %(at)s {only}
    ORDER BY r.period DESC, r.sent_at DESC, r.id DESC LIMIT 1) AS r
"""
_VALUES = """
SELECT k.key, v.value, v.measured_on, r.period
FROM unnest(%(keys)s::text[]) AS k(key), LATERAL (
    SELECT * FROM progress_value v WHERE v.indicator = k.key AND v.sent_at <= %(at)s {only}
    ORDER BY v.measured_on DESC, v.sent_at DESC, v.id DESC LIMIT 1) AS v
JOIN progress_report r ON r.id = v.report_id
"""
_EVIDENCE = """
SELECT k.key, r.period
FROM unnest(%(keys)s::text[]) AS k(key), LATERAL (
    SELECT r.period FROM progress_report r
    WHERE r.measure = k.key AND r.evidence > 0 AND r.sent_at <= %(at)s {only}
    ORDER BY r.period DESC LIMIT 1) AS r
"""
_RULINGS = """
SELECT DISTINCT ON (g.measure) g.measure, g.dropped, g.decision, g."on" FROM progress_ruling g
WHERE g.measure = ANY (%(keys)s) AND g.at <= %(at)s ORDER BY g.measure, g.at DESC, g.id DESC
"""
_LATEST = """
SELECT k.key, r.period
FROM unnest(%(keys)s::text[]) AS k(key), LATERAL (
    SELECT r.period FROM progress_report r WHERE r.measure = k.key AND r.sent_at <= %(at)s
    ORDER BY r.period DESC LIMIT 1) AS r
"""
_REVIEWED = "AND EXISTS (SELECT FROM progress_review w WHERE w.report_id = {report} AND w.at <= %(at)s)"


def records(
    lines: Iterable[MeasureLine], at: datetime, *, reviewed_only: bool = False
) -> Mapping[str, Record]:
    """{key of the measure: what is known of it at that moment}; `reviewed_only`: from reports that were reviewed."""
    lines = list(lines)
    keys = [line.key for line in lines]
    indicators = [indicator.key for line in lines for indicator in line.indicators]
    of_report, of_value = (
        _REVIEWED.format(report=column) if reviewed_only else "" for column in ("r.id", "v.report_id")
    )
    told = {row[0]: _told(row) for row in _rows(_LAST.format(only=of_report), keys, at)}
    values = {row[0]: Value(*row[1:]) for row in _rows(_VALUES.format(only=of_value), indicators, at)}
    evidence: dict[str, date] = dict(_rows(_EVIDENCE.format(only=of_report), keys, at))
    latest: dict[str, date] = dict(_rows(_LATEST, keys, at)) if reviewed_only else {}
    rulings = {row[0]: Ruling(*row[1:]) for row in _rows(_RULINGS, keys, at)}
    return {
        line.key: Record(
            last=told.get(line.key),
            reported_to=latest.get(line.key),
            values={each.key: values[each.key] for each in line.indicators if each.key in values},
            evidence=evidence.get(line.key),
            ruling=rulings.get(line.key),
        )
        for line in lines
    }


def _rows(sql: str, keys: list[str], at: datetime) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, {"keys": keys, "at": at})
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows


def _told(row: Sequence[Any]) -> Told:
    _key, period, at, stage, blocked, evidence, agreed = row
    return Told(period=period, at=at, stage=Stage(stage), blocked=blocked, evidence=evidence, agreed=agreed)
