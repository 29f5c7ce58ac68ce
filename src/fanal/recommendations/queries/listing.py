"""The register as a list: filtered, searched, page by page; each row with its state."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from fanal.access.rules import Member
from fanal.errors import NotFound
from fanal.recommendations.models import Batch, Recommendation
from fanal.recommendations.rules import Issued, Precision, Standing, State, state_of
from fanal.recommendations.rules.importing import Held
from fanal.recommendations.rules.saying import said
from fanal.recommendations.rules.words import asked, plain


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What somebody looks for. `words`: each must be found, in any language; empty values filter nothing."""

    words: str = ""
    body: str = ""
    document: str = ""
    year: int = 0
    force: str = ""
    theme: str = ""
    position: str = ""
    state: str = ""
    repeat: bool = False
    addressee: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One recommendation as lists show it, in one language (`language`: that of its words)."""

    row: Recommendation
    words: str
    language: str
    issued: Issued
    state: State
    years: tuple[int, ...]

    @property
    def repeated(self) -> bool:
        """Whether the same was asked in more than one year."""
        return len(self.years) > 1


def recommendations(found: Filters, on: date) -> QuerySet[Recommendation]:
    """Those that fit, with their clusters; the caller orders and cuts."""
    rows = Recommendation.objects.select_related("cluster")
    for name in ("body", "document", "force", "theme"):
        if getattr(found, name):
            rows = rows.filter(**{name: getattr(found, name)})
    if found.year:
        rows = rows.filter(issued_on__year=found.year)
    if found.position:
        rows = rows.filter(position="" if found.position == "none" else found.position)
    if found.addressee:
        rows = rows.filter(Q(addressees=[]) | Q(addressees__contains=[found.addressee]))
    if found.repeat:
        rows = rows.filter(cluster__size__gt=1)
    if found.state:
        rows = rows.filter(in_state(State(found.state), on))
    for forms in asked(found.words):
        rows = rows.filter(terms__overlap=sorted(forms))
    return rows


def in_state(state: State, on: date) -> Q:
    """The condition that `rules.state_of` gives this state on that day."""
    closed, stated = ~Q(closed_by=""), ~Q(position="")
    late = Q(position="", reply_due__lt=on)
    # A comparison with no day is neither true nor false: what is never due is named.
    in_time = stated | Q(reply_due=None) | Q(reply_due__gte=on)
    linked = Q(linked=True) | Q(has_evidence=True)
    open_in_time = ~closed & in_time
    answered = stated & Q(has_evidence=True)
    return {
        State.CLOSED: closed,
        State.OVERDUE: ~closed & late,
        State.ANSWERED: open_in_time & answered,
        State.ANSWERING: open_in_time & ~answered & linked,
        State.POSITION: open_in_time & ~linked & stated,
        State.NEW: open_in_time & ~linked & ~stated,
    }[state]


def row_of(row: Recommendation, language: str, on: date) -> Row:
    """A row with its words, its state and the years in which the same was asked."""
    words, spoken = said(row.words, language)
    return Row(
        row=row,
        words=words,
        language=spoken,
        issued=Issued(row.issued_on, Precision(row.precision)),
        state=state_of(standing(row), on),
        years=tuple(row.cluster.years) if row.cluster is not None else (row.issued_on.year,),
    )


def standing(row: Recommendation) -> Standing:
    """The facts of a row from which its state follows."""
    return Standing(
        position=row.position,
        linked=row.linked,
        evidence=row.has_evidence,
        reply_due=row.reply_due,
        closed_by=row.closed_by,
    )


def years() -> list[int]:
    """The years in which anything was asked, the latest first."""
    return [found.year for found in Recommendation.objects.dates("issued_on", "year", order="DESC")]


def chosen(numbers: Iterable[str]) -> dict[str, Recommendation]:
    """{number: its row} of those that exist."""
    return {row.number: row for row in Recommendation.objects.filter(number__in=set(numbers))}


def known(bodies: Iterable[str]) -> Held:
    """Everything that the register holds of these bodies, in one statement."""
    rows = list(
        Recommendation.objects.filter(body__in=set(bodies)).values_list(
            "number", "body", "document", "paragraph", "external_id", "words"
        )
    )
    return Held(
        external={(body, external): number for number, body, _, _, external, _ in rows if external},
        paragraphs={
            (body, plain(document), plain(paragraph)): number
            for number, body, document, paragraph, _, _ in rows
            if paragraph
        },
        texts={
            (body, plain(document), plain(text)): number
            for number, body, document, _, _, words in rows
            for text in words.values()
        },
    )


def batch(batch_id: UUID, by: Member, *, lock: bool = False) -> Batch:
    """A table that the member brings in; `NotFound` for anybody else's."""
    rows = Batch.objects.select_for_update() if lock else Batch.objects.all()
    found = rows.filter(pk=batch_id, begun_by=by.person_id).first()
    if found is None:
        raise NotFound
    return found
