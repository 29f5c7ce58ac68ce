"""Text in, values out. Import from here."""

from .acts import CloseForm, DutyForm, FilterForm, FunnelForm, IdentityForm, SendForm
from .base import StepForm, Typed
from .done import DoneForm
from .what import WhatForm
from .where import WhereForm
from .who import PersonForm

__all__ = [
    "CloseForm",
    "DoneForm",
    "DutyForm",
    "FilterForm",
    "FunnelForm",
    "IdentityForm",
    "PersonForm",
    "SendForm",
    "StepForm",
    "Typed",
    "WhatForm",
    "WhereForm",
]
