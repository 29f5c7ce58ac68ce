"""On what ground a person's data may leave a unit for another: consent, or a lawful exception that is reviewed.

General Data Protection Regulation (EU) 2016/679: art. 4 (11) and 7 (consent is specific, recorded and may be withdrawn
at any time, as easily as it was given), art. 6 (1) c and d (obligation of the law, vital interest), art. 8 and
recital 38 (a child). A ground holds for one recipient and one purpose.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum, unique

LONGEST_REVIEW = timedelta(days=366)
"""How far away a review may lie; an organisational default, so that no exception stands for ever unseen."""
MINOR = "minor"
REVIEWED = "reviewed"
NEEDS_ARTICLE = "needs_article"


@unique
class Form(StrEnum):
    """How the person said yes."""

    ORAL = "oral"
    WRITTEN = "written"
    INTERPRETER = "interpreter"


@dataclass(frozen=True, slots=True)
class Given:
    """A ground as somebody gives it, by its code in the pack. `why` is the motivation of an exception, in words."""

    ground: str
    given_on: date
    form: str = ""
    article: str = ""
    why: str = ""
    review_due: date | None = None


@unique
class Fault(StrEnum):
    """What is wrong with a ground, each about one field."""

    IN_THE_FUTURE = "given_on"
    NO_FORM = "form"
    NO_ARTICLE = "article"
    NO_MOTIVATION = "why"
    NO_REVIEW = "review_due"
    ADULT = "ground"


def is_exception(flags: Collection[str]) -> bool:
    """Whether a ground with these flags in the pack stands in place of consent, and is therefore reviewed."""
    return REVIEWED in flags


def fault(given: Given, flags: Collection[str], *, maybe_minor: bool, on: date) -> Fault | None:
    """The first thing that is wrong with a ground on the day it is recorded; None when it is sound. `flags` are those
    of the ground in the pack.

    A consent was given in some form. An exception has a motivation and a day of review within a year; the
    protection of a child needs a person who may be one; an obligation of the law names its article.
    """
    if given.given_on > on:
        return Fault.IN_THE_FUTURE
    if not is_exception(flags):
        return None if given.form in set(Form) else Fault.NO_FORM
    if given.ground == MINOR and not maybe_minor:
        return Fault.ADULT
    if NEEDS_ARTICLE in flags and not given.article.strip():
        return Fault.NO_ARTICLE
    if not given.why.strip():
        return Fault.NO_MOTIVATION
    if given.review_due is None or not on <= given.review_due <= on + LONGEST_REVIEW:
        return Fault.NO_REVIEW
    return None


@dataclass(frozen=True, slots=True)
class Standing:
    """A recorded ground, as far as it decides whether something may be sent."""

    to_unit_id: int
    purpose: str
    revoked_at: datetime | None


def holds(ground: Standing, *, to_unit_id: int, purpose: str) -> bool:
    """Whether a ground covers a sending: same recipient, same purpose, not revoked."""
    return ground.revoked_at is None and ground.to_unit_id == to_unit_id and ground.purpose == purpose


def review_is_due(review_due: date | None, *, on: date) -> bool:
    """Whether an exception must be looked at again: from its day of review on."""
    return review_due is not None and review_due <= on
