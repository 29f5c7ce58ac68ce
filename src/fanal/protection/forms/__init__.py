"""Text in, values out. Import from here."""

from .acts import (
    AskForm,
    DatesForm,
    DecideForm,
    EndForm,
    EventForm,
    HandOverForm,
    IdentityForm,
    RefuseForm,
    RequestForm,
    StatementForm,
)
from .answers import AnswerForm
from .lists import ProcedureFilter
from .opening import CaseForm, OpenForm, ReferralForm

__all__ = [
    "AnswerForm",
    "AskForm",
    "CaseForm",
    "DatesForm",
    "DecideForm",
    "EndForm",
    "EventForm",
    "HandOverForm",
    "IdentityForm",
    "OpenForm",
    "ProcedureFilter",
    "ReferralForm",
    "RefuseForm",
    "RequestForm",
    "StatementForm",
]
