"""Who asks the same: what a search proposes, what people confirmed and kept apart."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from fanal.errors import NotFound
from fanal.recommendations.models import Apart, Cluster, Proposal, Recommendation, Search
from fanal.recommendations.queries.listing import Row, row_of
from fanal.recommendations.rules.likeness import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """What the members share: a concept or a word of theirs, and its part of the likeness in percent."""

    kind: str
    word: str
    percent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalLine:
    """Recommendations that seem to ask the same, how alike they are in percent, and why."""

    id: UUID
    percent: int
    why: tuple[Shared, ...]
    members: Sequence[Row]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterLine:
    """Recommendations that ask the same, as a person confirmed, and the years in which it was asked."""

    row: Cluster
    members: Sequence[Row]


def texts() -> list[Text]:
    """Every recommendation as the search for likeness reads it."""
    rows = Recommendation.objects.order_by("issued_on", "id").values_list("pk", "words")
    return [Text(str(pk), words) for pk, words in rows.iterator(chunk_size=2000)]


def apart() -> list[tuple[str, str]]:
    """The pairs that people keep apart."""
    return [(str(one), str(other)) for one, other in Apart.objects.values_list("first", "second")]


def together() -> list[list[str]]:
    """The keys of each confirmed cluster."""
    found: dict[UUID, list[str]] = {}
    rows = Recommendation.objects.exclude(cluster=None).values_list("cluster", "pk")
    for cluster, pk in rows:
        assert cluster is not None
        found.setdefault(cluster, []).append(str(pk))
    return list(found.values())


def last_search() -> Search | None:
    """The search that was begun last."""
    return Search.objects.order_by("-begun_at", "-id").first()


def running(search_id: UUID) -> Search:
    """One search; `NotFound`."""
    found = Search.objects.filter(pk=search_id).first()
    if found is None:
        raise NotFound
    return found


def proposals() -> QuerySet[Proposal]:
    """What waits for a person's judgement; the most alike first by `-score`."""
    return Proposal.objects.all()


def proposal_lines(rows: Sequence[Proposal], language: str, on: date) -> list[ProposalLine]:
    """These proposals with their members, in two statements."""
    pairs = list(
        Proposal.recommendations.through.objects.filter(proposal__in=[row.pk for row in rows]).values_list(
            "proposal_id", "recommendation_id"
        )
    )
    members = {
        row.pk: row_of(row, language, on)
        for row in Recommendation.objects.select_related("cluster").filter(pk__in={pk for _, pk in pairs})
    }
    return [
        ProposalLine(
            id=row.pk,
            percent=round(100 * row.score),
            why=tuple(
                Shared(kind=kind, word=word, percent=round(100 * part)) for kind, word, part in row.why
            ),
            members=sorted(
                (members[pk] for proposal, pk in pairs if proposal == row.pk),
                key=lambda each: (each.row.issued_on, each.row.number),
            ),
        )
        for row in rows
    ]


def proposal(proposal_id: UUID, *, lock: bool = False) -> Proposal:
    """One proposal that nobody judged yet; `NotFound`."""
    rows = Proposal.objects.select_for_update() if lock else Proposal.objects.all()
    found = rows.filter(pk=proposal_id).first()
    if found is None:
        raise NotFound
    return found


def clusters() -> QuerySet[Cluster]:
    """The confirmed ones; the largest first by `-size`."""
    return Cluster.objects.filter(size__gt=1)


def cluster_lines(rows: Sequence[Cluster], language: str, on: date) -> list[ClusterLine]:
    """These clusters with their members, in one statement."""
    found: dict[UUID | None, list[Row]] = {}
    members = Recommendation.objects.select_related("cluster").filter(cluster__in=[row.pk for row in rows])
    for each in members.order_by("issued_on", "id"):
        found.setdefault(each.cluster_id, []).append(row_of(each, language, on))
    return [ClusterLine(row=row, members=found.get(row.pk, [])) for row in rows]
