"""Which centre can take whom, now, and why. It compares what is known; it never ranks persons.

Each criterion answers yes, no or unknown. One no is a no; else one unknown is an unknown: what nobody knows is asked,
not assumed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum, unique


@unique
class Answer(StrEnum):
    YES = "yes"
    UNKNOWN = "unknown"
    NO = "no"


@unique
class Criterion(StrEnum):
    PUBLISHED = "published"
    CURRENT = "current"
    PLACES = "places"
    SEX = "sex"
    AGE = "age"
    CHILDREN = "children"
    WHEELCHAIR = "wheelchair"
    NIGHT = "night"
    LANGUAGE = "language"


@dataclass(frozen=True, slots=True)
class Needs:
    """Who needs a place. Ages in years, both ends included; None, an empty sex or no language: not known."""

    age_from: int | None = None
    age_to: int | None = None
    sex: str = ""
    languages: frozenset[str] = frozenset()
    children: int | None = None
    wheelchair: bool | None = None
    night: bool | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """What a unit can take, as it published it. No sex: every one; no age: from birth or without end."""

    free: int
    valid_until: datetime
    sexes: frozenset[str] = frozenset()
    age_from: int | None = None
    age_to: int | None = None
    languages: frozenset[str] = frozenset()
    children: bool = False
    wheelchair: bool = False
    night: bool = False


@dataclass(frozen=True, slots=True)
class Reason:
    """One criterion and its answer; `wanted` and `had` are counts where they explain it."""

    criterion: Criterion
    answer: Answer
    wanted: int | None = None
    had: int | None = None


@dataclass(frozen=True, slots=True)
class Fit:
    """The answer, and what it is made of: the reasons that are not yes come first."""

    answer: Answer
    reasons: tuple[Reason, ...]

    @property
    def against(self) -> tuple[Reason, ...]:
        """The reasons that are not a yes."""
        return tuple(reason for reason in self.reasons if reason.answer is not Answer.YES)


_GRAVITY = {Answer.NO: 0, Answer.UNKNOWN: 1, Answer.YES: 2}


def fit(needs: Needs, offer: Offer | None, *, at: datetime) -> Fit:
    """Whether a unit can take this person now, with every reason.

    A unit that published nothing, or whose figures are out of date, is unknown: it is called, not left out.
    """
    if offer is None:
        return Fit(Answer.UNKNOWN, (Reason(Criterion.PUBLISHED, Answer.UNKNOWN),))
    reasons = tuple(sorted(_criteria(needs, offer, at), key=lambda reason: _GRAVITY[reason.answer]))
    return Fit(reasons[0].answer, reasons)


def _criteria(needs: Needs, offer: Offer, at: datetime) -> Iterator[Reason]:
    if offer.valid_until < at:
        yield Reason(Criterion.CURRENT, Answer.UNKNOWN)
    else:
        yield _places(needs, offer)
    yield Reason(Criterion.SEX, _sex(needs.sex, offer.sexes))
    yield Reason(Criterion.AGE, _age(needs, offer))
    yield Reason(
        Criterion.CHILDREN, _offered(None if needs.children is None else needs.children > 0, offer.children)
    )
    yield Reason(Criterion.WHEELCHAIR, _offered(needs.wheelchair, offer.wheelchair))
    yield Reason(Criterion.NIGHT, _offered(needs.night, offer.night))
    yield Reason(Criterion.LANGUAGE, _language(needs.languages, offer.languages))


def _places(needs: Needs, offer: Offer) -> Reason:
    wanted = 1 + (needs.children or 0)
    return Reason(Criterion.PLACES, Answer.YES if offer.free >= wanted else Answer.NO, wanted, offer.free)


def _sex(sex: str, sexes: frozenset[str]) -> Answer:
    if not sexes or sex in sexes:
        return Answer.YES
    return Answer.NO if sex else Answer.UNKNOWN


def _age(needs: Needs, offer: Offer) -> Answer:
    """Yes when every age the person may have is received, no when none is."""
    lowest, highest = offer.age_from or 0, offer.age_to
    low, high = needs.age_from or 0, needs.age_to
    if (high is not None and high < lowest) or (highest is not None and low > highest):
        return Answer.NO
    inside = low >= lowest and (highest is None or (high is not None and high <= highest))
    return Answer.YES if inside else Answer.UNKNOWN


def _offered(needed: bool | None, offered: bool) -> Answer:
    if offered or needed is False:
        return Answer.YES
    return Answer.NO if needed else Answer.UNKNOWN


def _language(spoken: frozenset[str], covered: frozenset[str]) -> Answer:
    """Never a no: an interpreter may bridge it, and help does not depend on a language."""
    return Answer.YES if spoken & covered else Answer.UNKNOWN
