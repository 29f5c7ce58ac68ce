"""What the endpoints of referrals take and give."""

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Path, Schema
from pydantic import AwareDatetime, Field, StringConstraints

from fanal.referrals import queries
from fanal.referrals.rules.capacity import Offer
from fanal.referrals.rules.content import About, Identity, Item
from fanal.referrals.rules.grounds import Given

Ref = Annotated[
    str, Path(pattern=r"^[A-Z]-[0-9A-Z]{4}-[0-9A-Z]{4}$", description="A reference such as R-7F3K-9QX4.")
]
Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_.-]{1,60}$")]
MaybeCode = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_.-]{0,60}$")]
Words = Annotated[str, StringConstraints(max_length=1000, pattern=r"^[^\x00]*$")]
Line = Annotated[str, StringConstraints(max_length=120, pattern=r"^[^\x00-\x1f]*$")]
State = Literal["", "proposed", "accepted", "refused", "withdrawn", "elsewhere", "done"]


class FilterQuery(Schema):
    """Empty: everything. `late`: without an answer in time."""

    box: Literal["", "in", "out"] = ""
    state: State = ""
    purpose: MaybeCode = ""
    late: bool = False
    cursor: str = ""
    size: int = Field(50, ge=1, le=200)

    def narrowed(self, at: datetime) -> queries.Filter:
        """What was asked, as the list takes it."""
        return queries.Filter(
            box=self.box, state=self.state, purpose=self.purpose, late_at=at if self.late else None
        )


class ReferralLine(Schema):
    """One referral of a list: units by code, no person. `due_at`: until when an answer is expected."""

    reference: str
    from_unit: str
    to_unit: str
    purpose: str
    state: str
    refusal: str
    ground: str
    proposed_at: datetime
    due_at: datetime
    answered_at: datetime | None
    ended_at: datetime | None
    version: int


class SentOut(Schema):
    item: Item
    sent_at: datetime


class ReferralOut(ReferralLine):
    """`about` holds what was sent without the identity; null once the reader's sight ended. `acts`: what the reader's
    side may do now."""

    ground_given_on: date
    ground_form: str
    ground_article: str
    about: About | None
    sent: list[SentOut]
    has_identity: bool
    words: dict[str, str]
    acts: list[str]
    read_by: list[str]


class RefuseIn(Schema):
    """`reason`: a code of `referral_refusal`."""

    reason: Code
    words: Words = ""


class DoneIn(Schema):
    words: Words = ""


class SendIn(Schema):
    items: list[Item]


class RevealIn(Schema):
    """`purpose`: a code of `reading_purpose`; `file_reference` where the purpose needs one."""

    purpose: Code
    file_reference: Line = ""


class IdentityOut(Schema):
    identity: Identity


class PersonIn(Schema):
    """A person to refer. With `alert` and `person_id` she is that person of that alert, and `identity_for` (a code of
    `reading_purpose`) copies the identity that the alert holds."""

    about: About
    alert: MaybeCode = ""
    person_id: UUID | None = None
    identity_for: MaybeCode = ""
    file_reference: Line = ""


class AmendIn(Schema):
    """What the unit holds from now on. The identity, which a reading leaves out, stays unless `keep_identity` is
    false."""

    about: About
    keep_identity: bool = True


class PersonLine(Schema):
    reference: str
    alert_reference: str
    changed_at: datetime
    open: int
    version: int


class GroundOut(Schema):
    """A consent or the ground in its place. `exception`: it is reviewed from `review_due` on."""

    id: UUID
    to_unit: str
    purpose: str
    ground: str
    exception: bool
    given_on: date
    form: str
    article: str
    why: str
    review_due: date | None
    reviewed_at: datetime | None
    revoked_at: datetime | None
    version: int


class PersonOut(Schema):
    """What the unit holds of the person, the identity left out but said to be there."""

    reference: str
    alert_reference: str
    about: About
    has_identity: bool
    grounds: list[GroundOut]
    referrals: list[ReferralLine]
    version: int


class GroundIn(Schema):
    """`ground`: a code of `consent_ground`. A consent says in what `form`; every other ground `why` and `review_due`,
    an obligation of the law its `article`. Without `given_on`: today."""

    ground: Code
    given_on: date | None = None
    form: Literal["", "oral", "written", "interpreter"] = ""
    article: Line = ""
    why: Words = ""
    review_due: date | None = None

    def given(self, today: date) -> Given:
        """The ground as the act takes it."""
        return Given(**self.dict() | {"given_on": self.given_on or today})


class ConsentIn(GroundIn):
    to_unit: Code
    purpose: Code

    def given(self, today: date) -> Given:
        """The ground as the act takes it."""
        return Given(**self.dict(exclude={"to_unit", "purpose"}) | {"given_on": self.given_on or today})


class ReviewIn(Schema):
    next_review: date


class ProposeIn(Schema):
    """`items`: what is sent, and nothing else. Without `ground` the one that stands for unit and purpose counts."""

    to_unit: Code
    purpose: Code
    items: list[Item]
    ground: GroundIn | None = None


class ReasonOut(Schema):
    criterion: str
    answer: str
    words: str


class OptionOut(Schema):
    """Whether a unit can take the person now, and why."""

    unit: str
    answer: str
    reasons: list[ReasonOut]
    published_at: datetime | None


class PlacesIn(Schema):
    """What the unit can take until `valid_until`. No sex: everyone; no age: any."""

    free: int
    valid_until: AwareDatetime
    sexes: list[Code] = []
    age_from: int | None = Field(None, ge=0, le=122)
    age_to: int | None = Field(None, ge=0, le=122)
    languages: list[Code] = []
    children: bool = False
    wheelchair: bool = False
    night: bool = False

    def offer(self) -> Offer:
        """The publication as the act takes it."""
        sets: dict[str, Any] = {"sexes": frozenset(self.sexes), "languages": frozenset(self.languages)}
        return Offer(**self.dict() | sets)


class PlacesOut(PlacesIn):
    published_at: datetime


class BoardLine(Schema):
    """`places` is null for a unit that published nothing."""

    unit: str
    places: PlacesOut | None
