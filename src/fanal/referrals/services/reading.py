"""Reading is an act: what was read, by whom and why, is traced with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fanal.access import vault
from fanal.access.queries import Wall, wall_of
from fanal.access.rules import Member
from fanal.audit import services as audit
from fanal.audit.services import Verb
from fanal.country import queries as country
from fanal.errors import Invalid, NotFound
from fanal.referrals import queries
from fanal.referrals.models import Consent, Matter, Referral
from fanal.referrals.queries import Content, Ground
from fanal.referrals.rules.capacity import Needs
from fanal.referrals.rules.content import About, Identity, Item, known, needs, only
from fanal.referrals.rules.moves import Act, Side, State, moves
from fanal.web import disclosure


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A referral as its page and its API show it. `erased`: its sender erased the person, and reads no copy of hers
    that the receiver still holds. `content` is None once the reader's sight ended; it never holds the identity, only
    that one was sent."""

    referral: Referral
    side: Side
    acts: tuple[Act, ...]
    article: str
    content: Content | None
    words: dict[str, str]
    wall: Wall
    erased: bool

    @property
    def has_identity(self) -> bool:
        """Whether an identity was sent."""
        return self.content is not None and any(item is Item.IDENTITY for item, sent_at in self.content.sent)


@transaction.atomic
def read(*, by: Member, reference: str, at: datetime) -> File:
    """Open a referral; what was sent is disclosed without the identity. The reading is traced. `NotFound`."""
    referral = queries.referral(reference, by)
    side = queries.side(referral, by)
    content = words = None
    erased = side is Side.SENDER and bool(vault.erased([referral.matter_id]))
    if not erased and queries.has_sight(referral, by, timezone.localdate(at)):
        content = queries.content(referral.id, by, items=set(Item) - {Item.IDENTITY})
        words = queries.replies(referral.id, by)
    _record(by, "referrals.read", at, referral, content)
    return File(
        referral=referral,
        side=side,
        acts=moves(side, State(referral.state)),
        article=queries.article(referral),
        content=content,
        words=words or {},
        wall=wall_of(referral.compartment_id, by),
        erased=erased,
    )


@transaction.atomic
def reveal_identity(
    *, by: Member, reference: str, purpose: str, file_reference: str = "", at: datetime
) -> Identity:
    """Show who the person is, for a purpose (and, where the law wants one, the number of a file), traced.

    Refused: `NotFound` for a referral that is not visible or whose reader sees no identity; `Invalid` `unknown_code`
    and `file_reference` (the purpose's flag `needs_reference`).
    """
    referral = queries.referral(reference, by)
    law = country.law(timezone.localdate(at))
    if not law.has_code("reading_purpose", purpose):
        raise Invalid("unknown_code", _("Choose a purpose from the list."), field="purpose")
    if "needs_reference" in law.code("reading_purpose", purpose).flags and not file_reference.strip():
        raise Invalid(
            "file_reference", _("This purpose needs the reference of your file."), field="file_reference"
        )
    content = queries.content(referral.id, by, items=[Item.IDENTITY])
    erased = queries.side(referral, by) is Side.SENDER and vault.erased([referral.matter_id])
    if not content.ids or erased:
        raise NotFound
    _record(
        by, "referrals.reveal_identity", at, referral, content, purpose=purpose, file=file_reference.strip()
    )
    return content.about.identity


@dataclass(frozen=True, slots=True, kw_only=True)
class Preparation:
    """A person in preparation, as her unit sees her: what it holds, its grounds, its proposals. `held` names every
    item of which something is known; `about` leaves the identity out unless it was asked for; `needs` are what decides
    which unit has room."""

    matter: Matter
    held: frozenset[Item]
    needs: Needs
    about: About
    grounds: tuple[Ground, ...]
    referrals: tuple[Referral, ...]
    wall: Wall
    erased: bool


@transaction.atomic
def read_matter(*, by: Member, reference: str, with_identity: bool = False, at: datetime) -> Preparation:
    """Open what the member's unit prepares of a person; traced, and whether with the identity. `NotFound` for any
    other unit."""
    matter = queries.matter(reference, by)
    about = queries.about(matter)
    audit.record(
        by=by,
        verb=Verb.CONSULT,
        act="referrals.read_matter",
        at=at,
        compartment_id=matter.compartment_id,
        object_ids=[matter.id],
        reference=matter.reference,
        facts={"identity": with_identity},
    )
    return Preparation(
        matter=matter,
        held=known(about),
        needs=needs(about, country.law(timezone.localdate(at))),
        about=about if with_identity else only(about, set(Item) - {Item.IDENTITY}),
        grounds=queries.grounds(by, matter_id=matter.id, on=timezone.localdate(at)),
        referrals=tuple(queries.siblings(by, matter=matter)),
        wall=wall_of(matter.compartment_id, by),
        erased=bool(vault.erased([matter.id])),
    )


@transaction.atomic
def read_grounds(*, by: Member, rows: Sequence[Consent], at: datetime) -> tuple[Ground, ...]:
    """Grounds of the member's unit with the reasons that were given for them; traced in the file of each person."""
    audit.record_alike(
        by=by,
        verb=Verb.CONSULT,
        act="referrals.read_grounds",
        at=at,
        lines=[audit.Line(row.compartment_id, [row.id], reference=row.matter.reference) for row in rows],
    )
    return queries.unsealed(rows, timezone.localdate(at))


@transaction.atomic
def export(*, by: Member, narrowed: queries.Filter, kind: str, at: datetime) -> list[Referral]:
    """The referrals of a filtered list, newest first, for a file that leaves the house; traced in each of them.

    `Invalid` (`too_many`) for more than a file holds.
    """
    rows = disclosure.whole(queries.referrals(by, narrowed).order_by("-proposed_at", "-id"))
    disclosure.record(
        by=by,
        act="referrals.export",
        at=at,
        kind=kind,
        rows=[
            disclosure.Disclosed(row.compartment_id, row.from_unit_id, row.id, row.reference) for row in rows
        ],
    )
    return rows


def _record(
    by: Member,
    act: str,
    at: datetime,
    referral: Referral,
    content: Content | None,
    *,
    purpose: str = "",
    file: str = "",
) -> None:
    audit.record(
        by=by,
        verb=Verb.CONSULT,
        act=act,
        at=at,
        compartment_id=referral.compartment_id,
        owner_unit_id=referral.from_unit_id,
        object_ids=[referral.id, *(content.ids if content else ())],
        purpose=purpose or referral.purpose,
        reference=file or referral.reference,
    )
