"""Thirty years of quarterly reports on every measure of the plans, written by the database itself."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from time import perf_counter

from django.db import connection
from django.utils import timezone

from fanal.access.rules import Member
from fanal.config.bench.results import Result
from fanal.plans import queries as plans
from fanal.progress import queries

_REPORTS = """
INSERT INTO progress_report (id, measure, plan, period, period_code, stage, words, blocked_by, next_step, evidence,
                             submission, unit_id, sent_by, sent_at)
SELECT gen_random_uuid(), m.key, m.plan_id, p.last, to_char(p.last, 'YYYY"-Q"Q'), 'under_way',
       'Invented report of a quarter: meetings held, material prepared, figures collected from the partners.',
       CASE WHEN p.last > now()::date - 120 AND m.n %% 11 = 0 THEN 'An invented obstacle.' ELSE '' END,
       'An invented next step.', CASE WHEN (m.n + extract(quarter FROM p.last)::int) %% 4 = 0 THEN 1 ELSE 0 END,
       '', %(unit)s, %(person)s, p.last + interval '12 days'
FROM (SELECT DISTINCT ON (m.key) m.key, v.plan_id, m.starts_on, m.ends_on, row_number() OVER (ORDER BY m.key) AS n
      FROM plans_measure m JOIN plans_version v ON v.id = m.version_id WHERE v.adopted_on IS NOT NULL
      ORDER BY m.key, v.number DESC) AS m,
     LATERAL (SELECT (day + interval '3 months' - interval '1 day')::date AS last
              FROM generate_series(date_trunc('quarter', m.starts_on::timestamp),
                                   least(m.ends_on, now()::date)::timestamp - interval '3 months',
                                   interval '3 months') AS day) AS p
WHERE NOT (m.n %% 13 = 0 AND p.last > now()::date - 300)
"""
_VALUES = """
INSERT INTO progress_value (id, report_id, indicator, value, measured_on, sent_at)
SELECT gen_random_uuid(), r.id, i.key,
       round(coalesce(i.baseline, 0) + (coalesce(i.target, 100) - coalesce(i.baseline, 0))
             * ((hashtext(i.key) & 7) + 8) / 15.0
             * (r.period - m.starts_on)::numeric / greatest(m.ends_on - m.starts_on, 1), 3),
       r.period, r.sent_at
FROM progress_report r
JOIN LATERAL (SELECT m.id, m.starts_on, m.ends_on FROM plans_measure m JOIN plans_version v ON v.id = m.version_id
              WHERE m.key = r.measure ORDER BY v.number DESC LIMIT 1) AS m ON true
JOIN plans_indicator i ON i.measure_id = m.id
"""
_EVIDENCE = """
INSERT INTO progress_evidence (id, report_id, kind, value, position)
SELECT gen_random_uuid(), id, 'note', 'Invented note ' || period_code, 0 FROM progress_report WHERE evidence > 0
"""
_REVIEWS = """
INSERT INTO progress_review (id, report_id, measure, period, agrees, reason, unit_id, made_by, at)
SELECT gen_random_uuid(), id, measure, period, n %% 9 <> 0, CASE WHEN n %% 9 = 0 THEN 'An invented doubt.' ELSE '' END,
       %(unit)s, %(person)s, sent_at + interval '20 days'
FROM (SELECT *, row_number() OVER (ORDER BY id) AS n FROM progress_report) AS r WHERE n %% 5 <> 0
"""


def fill(*, scale: float, members: Mapping[str, Member]) -> None:  # noqa: ARG001  (the plans were scaled)
    """A report a quarter on every measure there is, figures, evidence and reviews: 72,000 reports at scale 1."""
    lead, chair = (members[name] for name in ("correspondent", "chair"))
    with connection.cursor() as cursor:
        for sql, by in ((_REPORTS, lead), (_VALUES, None), (_EVIDENCE, None), (_REVIEWS, chair)):
            cursor.execute(sql, {"unit": by.unit_id, "person": by.person_id} if by else None)


def pages() -> Sequence[tuple[str, str, str]]:
    """What is looked at most: the plan with the most measures, one measure, who owes, what changed, the public."""
    on = timezone.localdate()
    plan = max(plans.in_force(on), key=lambda each: each.measures)
    key = plans.measures(plan.code, on)[0].key
    since = on - timedelta(days=92)
    return (
        ("Progress of the plans", "chair", "/progress/"),
        ("Plan at a glance", "chair", f"/progress/plans/{plan.code}/"),
        ("Measure with its curves", "chair", f"/progress/measures/{key}/"),
        ("Who owes what", "chair", f"/progress/plans/{plan.code}/owes/"),
        (
            "What changed in a quarter",
            "chair",
            f"/progress/plans/{plan.code}/changes/?since={since:%d.%m.%Y}",
        ),
        ("Reports to review", "chair", "/progress/reviews/"),
        ("My measures", "correspondent", "/progress/mine/"),
        ("Public page of a plan", "", f"/progress/public/{plan.code}/"),
    )


def others(*, scale: float) -> Iterator[Result]:  # noqa: ARG001  (as many as the plans have)
    """The states of every measure in force, as an agenda asks for them."""
    on = timezone.localdate()
    queries.in_force(on)
    started = perf_counter()
    found = queries.in_force(on)
    elapsed = (perf_counter() - started) * 1000
    yield Result("States of all measures in force", elapsed, "ms", most=200, note=f"{len(found)} measures")
