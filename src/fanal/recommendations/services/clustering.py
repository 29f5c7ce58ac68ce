"""Looking for recommendations that ask the same, and what people say to what was found."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from itertools import combinations
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app

from fanal.access.rules import Member
from fanal.audit import services as audit
from fanal.audit.services import Verb
from fanal.errors import Invalid, Refusal
from fanal.recommendations import queries
from fanal.recommendations.models import Apart, Cluster, Proposal, Recommendation, Search
from fanal.recommendations.queries.clusters import apart, together
from fanal.recommendations.rules import repeated
from fanal.recommendations.rules.likeness import Group, groups
from fanal.recommendations.services.registering import demand_editor

TASK = "fanal.recommendations.tasks.search"
PATIENCE = timedelta(minutes=15)
"""After this time a search that did not end is taken to have died; a house rule."""


@transaction.atomic
def begin_search(*, by: Member, at: datetime) -> Search:
    """Ask the worker to look for recommendations that ask the same. While one search runs, no second one begins.

    Refused: `NotAllowed`.
    """
    demand_editor(by)
    last = queries.last_search()
    if last is not None and last.ended_at is None and last.begun_at > at - PATIENCE:
        return last
    made = Search.objects.create(begun_at=at, begun_by=by.person_id, unit_id=by.unit_id)
    app.configure_task(TASK, queue="files", allow_unknown=True).defer(search_id=str(made.id))
    audit.record(by=by, verb=Verb.COMBINE, act="recommendations.begin_search", at=at, object_ids=[made.id])
    return made


def run_search(*, search_id: UUID, at: datetime) -> int:
    """The worker's part: find groups, and propose those that say something new. Returns how many.

    How far it is stands in the search, step by step. Done twice it is done once.
    """
    if not Search.objects.filter(pk=search_id, ended_at=None).exists():
        return 0

    def tell(step: str, done: int, total: int) -> None:
        Search.objects.filter(pk=search_id).update(step=step, done=done, total=total)

    try:
        found = groups(queries.texts(), apart=apart(), together=together(), tell=tell)
    except Exception:
        Search.objects.filter(pk=search_id).update(ended_at=at, failed=True)
        raise
    with transaction.atomic():
        kept = propose(search_id, found)
        Search.objects.filter(pk=search_id).update(ended_at=at, found=kept)
    return kept


def propose(search_id: UUID, found: Sequence[Group]) -> int:
    """Keep the groups of which not all members are in one confirmed cluster; the proposals of before go."""
    clusters = {str(pk): cluster for pk, cluster in Recommendation.objects.values_list("pk", "cluster_id")}
    new = [
        group
        for group in found
        if len({clusters.get(key) for key in group.keys}) > 1 or clusters.get(group.keys[0]) is None
    ]
    Proposal.objects.all().delete()
    rows = Proposal.objects.bulk_create(
        Proposal(
            search_id=search_id,
            score=group.score,
            why=[[each.kind, each.word, round(each.weight, 4)] for each in group.why],
        )
        for group in new
    )
    through = Proposal.recommendations.through
    through.objects.bulk_create(
        (
            through(proposal_id=row.pk, recommendation_id=UUID(key))
            for row, group in zip(rows, new, strict=True)
            for key in group.keys
        ),
        batch_size=2000,
    )
    return len(rows)


@transaction.atomic
def confirm(*, by: Member, proposal_id: UUID, numbers: Collection[str], at: datetime) -> Cluster:
    """Say that these members of a proposal ask the same; those left out are kept apart from them from now on.

    Clusters in which some of them stand already become one. Refused: `NotFound`; `NotAllowed`; `Invalid` `too_few`
    (fewer than two), `kept_apart` (two of which somebody said before that they do not ask the same).
    """
    demand_editor(by)
    proposal = queries.proposal(proposal_id, lock=True)
    members = list(proposal.recommendations.select_for_update())
    chosen = [row for row in members if row.number in numbers]
    if len(chosen) < 2:
        raise Invalid("too_few", _("Tick two at least, or say that none of them belong together."))
    merged = {row.cluster_id for row in chosen if row.cluster_id is not None}
    whole = [
        *chosen,
        *Recommendation.objects.filter(cluster__in=merged).exclude(pk__in=[r.pk for r in chosen]),
    ]
    if Apart.objects.filter(first__in=whole, second__in=whole).exists():
        raise Refusal(
            "kept_apart",
            _("Somebody said before that two of these do not ask the same. Leave one of them out."),
        )
    cluster = Cluster.objects.create(confirmed_at=at, confirmed_by=by.person_id)
    Recommendation.objects.filter(pk__in=[row.pk for row in whole]).update(cluster=cluster)
    _count(cluster)
    for old in Cluster.objects.filter(pk__in=merged):
        _count(old)
    left = [row for row in members if row not in chosen and row.cluster_id not in merged]
    _keep_apart([(one, other) for one in left for other in chosen], by, at)
    proposal.delete()
    _trace(by, "recommendations.confirm", whole, at)
    return cluster


@transaction.atomic
def reject(*, by: Member, proposal_id: UUID, at: datetime) -> None:
    """Say that no two of a proposal ask the same: no search joins them again. Those confirmed before stay together.

    Refused: `NotFound` (also the second time), `NotAllowed`.
    """
    demand_editor(by)
    proposal = queries.proposal(proposal_id, lock=True)
    members = list(proposal.recommendations.all())
    pairs = [
        (one, other)
        for one, other in combinations(members, 2)
        if one.cluster_id is None or one.cluster_id != other.cluster_id
    ]
    _keep_apart(pairs, by, at)
    proposal.delete()
    _trace(by, "recommendations.reject", members, at)


@transaction.atomic
def take_out(*, by: Member, number: str, at: datetime) -> None:
    """Say that a recommendation does not ask what the others of its cluster ask; it is kept apart from them.

    Outside any cluster nothing happens. Refused: `NotFound`, `NotAllowed`.
    """
    demand_editor(by)
    row = queries.one(number, lock=True)
    if row.cluster is None:
        return
    cluster = row.cluster
    others = list(cluster.members.exclude(pk=row.pk))
    Recommendation.objects.filter(pk=row.pk).update(cluster=None)
    _keep_apart([(row, other) for other in others], by, at)
    _count(cluster)
    _trace(by, "recommendations.take_out", [row], at)


def _count(cluster: Cluster) -> None:
    """The years of a cluster; one that is left with a single member is none any more."""
    members = list(Recommendation.objects.filter(cluster=cluster))
    if len(members) < 2:
        Recommendation.objects.filter(cluster=cluster).update(cluster=None)
        cluster.delete()
        return
    cluster.years = list(repeated(row.issued_on.year for row in members))
    cluster.size = len(members)
    cluster.save(update_fields=["years", "size"])


def _keep_apart(pairs: Sequence[tuple[Recommendation, Recommendation]], by: Member, at: datetime) -> None:
    Apart.objects.bulk_create(
        (
            Apart(first=min(pair, key=_key), second=max(pair, key=_key), judged_at=at, judged_by=by.person_id)
            for pair in pairs
        ),
        ignore_conflicts=True,
    )


def _key(row: Recommendation) -> str:
    return row.pk.hex


def _trace(by: Member, act: str, rows: Sequence[Recommendation], at: datetime) -> None:
    audit.record(
        by=by,
        verb=Verb.COMBINE,
        act=act,
        at=at,
        object_ids=[row.pk for row in rows],
        facts={"count": len(rows)},
    )
