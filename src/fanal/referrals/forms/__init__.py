"""Text in, values out. Import from here."""

from .acts import AlertForm, DoneForm, FilterForm, IdentityForm, RefuseForm, ReviewForm
from .person import FromAlertForm, PersonForm
from .places import PlacesForm
from .proposing import ConsentForm, ProposeForm, SendForm

__all__ = [
    "AlertForm",
    "ConsentForm",
    "DoneForm",
    "FilterForm",
    "FromAlertForm",
    "IdentityForm",
    "PersonForm",
    "PlacesForm",
    "ProposeForm",
    "RefuseForm",
    "ReviewForm",
    "SendForm",
]
