"""The magistrate's side: questions put to a unit, and nothing of the procedure behind them."""

from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from fanal.access.queries import visible
from fanal.access.rules import Member
from fanal.errors import NotFound
from fanal.protection.models import QuestionSet, Reply


def addressed(question_set: UUID, by: Member) -> QuestionSet:
    """A set of questions put to the member's unit; `NotFound` for any other, the asking Office included."""
    found = to_unit(by).filter(pk=question_set).first()
    if found is None:
        raise NotFound
    return found


def to_unit(by: Member) -> QuerySet[QuestionSet]:
    """Every set of questions put to the member's unit, with `answered`."""
    rows = visible(QuestionSet, by).filter(magistrate_unit_id=by.unit_id).select_related("office_unit")
    return rows.annotate(answered=Exists(visible(Reply, by).filter(question_set=OuterRef("pk"))))
