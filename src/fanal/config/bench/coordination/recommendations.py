"""Five thousand recommendations of thirty years, the pages of the register, and the search for what asks the same."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from time import perf_counter
from typing import Any

from django.apps import apps
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from fanal.access.rules import Member
from fanal.access.services import acting_as
from fanal.config.bench.results import Result
from fanal.country import queries as country
from fanal.recommendations import queries
from fanal.recommendations.rules.likeness import groups
from fanal.recommendations.rules.words import terms

COUNT, YEARS = 5_000, 30
LIKENESS_S = 30
_WHO = (
    ("children", "enfants", "kinderen", "Kinder"), ("victims", "victimes", "slachtoffers", "Opfer"),
    ("women", "femmes", "vrouwen", "Frauen"), ("workers", "travailleurs", "werknemers", "Arbeitnehmer"),
    ("centres", "centres", "opvangcentra", "Zentren"), ("inspectors", "inspecteurs", "inspecteurs", "Inspektoren"),
    ("police", "police", "politie", "Polizei"), ("guardians", "tuteurs", "voogden", "Vormünder"),
    ("judges", "juges", "rechters", "Richter"), ("municipalities", "communes", "gemeenten", "Gemeinden"),
)  # fmt: skip
_WHAT = (
    ("Fund", "Financer", "Financieren:", "Finanzieren:"), ("Train", "Former", "Opleiden:", "Schulen:"),
    ("Compensate", "Indemniser", "Schadeloosstelling voor", "Entschädigung für"),
    ("Collect data on", "Collecter des données sur", "Gegevens verzamelen over", "Daten erheben über"),
    ("Inform", "Informer", "Informeren:", "Informieren:"), ("Identify", "Identifier", "Identificeren:", "Erkennen:"),
    ("Coordinate work with", "Coordonner avec", "Coördineren met", "Koordinieren mit"),
    ("Evaluate the plan for", "Évaluer le plan pour", "Het plan evalueren voor", "Den Plan bewerten für"),
)  # fmt: skip
_HOW = (
    "regularly", "in every district", "within a year", "together with civil society", "in rural areas", "at the border",
    "online", "in the sector of care", "in agriculture", "with disaggregated indicators", "before 2030",
)  # fmt: skip
LANGUAGES = ("en", "fr", "nl", "de")


def _words(nth: int) -> dict[str, str]:
    """What one asks, in one language; every tenth in all four."""
    who, what, how = _WHO[nth % 10], _WHAT[nth // 10 % 8], _HOW[nth // 80 % 11]
    said = {language: f"{what[at]} {who[at]} {how} ({nth % 97})" for at, language in enumerate(LANGUAGES)}
    return said if nth % 10 == 0 else {LANGUAGES[nth % 4]: said[LANGUAGES[nth % 4]]}


def fill(*, scale: float, members: Mapping[str, Member]) -> None:
    """Recommendations over thirty years; two thirds have a position, a third evidence, a fifth stand in clusters."""
    chair, rapporteur, now = members["chair"], members.get("rapporteur"), timezone.now()
    rows = _recommendations(max(50, round(COUNT * scale)), chair, now)
    said = {"unit_id": chair.unit_id, "synthetic": True}
    with acting_as(chair):
        _model("Recommendation").objects.bulk_create(rows, batch_size=1000)
        _kept(
            "Position",
            (
                said | {"recommendation": row, "position": row.position, "reason": "Because. " * 20,
                        "stated_on": row.issued_on, "stated_by": chair.person_id, "stated_at": now}
                for row in rows
                if row.position
            ),
        )  # fmt: skip
        _kept(
            "Answer",
            (
                said | {"recommendation": row, "kind": "evidence", "words": "A circular. " * 5, "on": row.issued_on,
                        "added_by": chair.person_id, "added_at": now}
                for row in rows
                if row.has_evidence
            ),
        )  # fmt: skip
    if rapporteur is not None:
        with acting_as(rapporteur):
            _assessed(rows[::4], rapporteur, now)


def _recommendations(count: int, chair: Member, now: datetime) -> list[Any]:
    bodies, themes, positions = (_codes(name, now) for name in ("body", "theme", "position"))
    first = now.year - YEARS
    clusters = _kept(
        "Cluster",
        (
            {"years": [first, first + 9], "size": 5, "confirmed_at": now, "confirmed_by": chair.person_id}
            for _n in range(max(count // 25, 1))
        ),
    )
    rows = []
    for nth in range(count):
        words, on = _words(nth), date(first, 1, 1) + timedelta(days=nth * 365 * YEARS // count)
        rows.append(
            _model("Recommendation")(
                number=f"REC-{on.year}-{20_000 + nth}", body=bodies[nth % len(bodies)], document=f"DOC/{nth // 40}",
                paragraph=str(nth % 40), issued_on=on, precision="day", force="urges", theme=themes[nth % len(themes)],
                words=words, terms=terms(words, f"DOC/{nth // 40}"), reply_due=on + timedelta(days=700),
                position=positions[nth % len(positions)] if nth % 3 else "", has_evidence=nth % 3 == 1,
                linked=nth % 4 == 0, cluster=clusters[nth // 25 % len(clusters)] if nth % 5 == 0 else None,
                recorded_at=now, recorded_by=chair.person_id, synthetic=True,
            )
        )  # fmt: skip
    return rows


def _assessed(rows: Sequence[Any], by: Member, now: datetime) -> None:
    verdicts = _codes("verdict", now)
    _kept(
        "Assessment",
        (
            {"recommendation": row, "verdict": verdicts[4 * nth % len(verdicts)], "words": "Seen. " * 10,
             "unit_id": by.unit_id, "membership_id": by.membership_id, "assessed_at": now, "public": True,
             "synthetic": True}
            for nth, row in enumerate(rows)
        ),
    )  # fmt: skip


def _codes(name: str, now: datetime) -> list[str]:
    return [each.code for each in country.law(timezone.localdate(now)).codes(f"recommendation_{name}")]


def _model(name: str) -> Any:
    return apps.get_model("recommendations", name)


def _kept(name: str, rows: Iterable[Mapping[str, Any]]) -> list[Any]:
    return list(_model(name).objects.bulk_create((_model(name)(**row) for row in rows), batch_size=1000))


def pages() -> Sequence[tuple[str, str, str]]:
    """The register, searched, filtered and opened; its documents, clusters and public page."""
    listed = reverse("recommendations:list")
    rows = queries.recommendations(queries.Filters(repeat=True), timezone.localdate())
    row = rows.order_by("-number")[0]
    reply = {"body": row.body, "document": row.document}
    return (
        ("Recommendations", "chair", listed),
        (
            "Recommendations, searched",
            "correspondent",
            f"{listed}?{urlencode({'words': 'enfants financer'})}",
        ),
        ("Recommendations, overdue", "secretary", f"{listed}?state=overdue"),
        ("Recommendations, asked again", "representative", f"{listed}?repeat=on&state=answered"),
        ("One recommendation", "rapporteur", reverse("recommendations:recommendation", args=[row.number])),
        ("Documents that ask", "chair", reverse("recommendations:cycles")),
        ("A reply under way", "chair", f"{reverse('recommendations:reply')}?{urlencode(reply)}"),
        ("What asks the same", "chair", reverse("recommendations:proposals")),
        ("Asked more than once", "chair", reverse("recommendations:clusters")),
        ("Recommendations for the public", "", reverse("recommendations:public")),
    )


def others(*, scale: float) -> Iterator[Result]:
    """How long the search for what asks the same takes over all of them."""
    texts = queries.texts()
    started = perf_counter()
    found = groups(texts)
    note = f"{len(texts)} recommendations in four languages, {len(found)} groups"
    most = LIKENESS_S if scale >= 1 else None
    yield Result("Who asks the same", perf_counter() - started, "s", most=most, note=note)
