"""The country of this installation, copied into its tables: the law and the code lists, the places, the bodies."""

from dataclasses import astuple, dataclass
from datetime import date

from django.db import transaction

from fanal.bodies import services as bodies
from fanal.country import loader
from fanal.country.queries import pack
from fanal.directory import services as directory
from fanal.plans import services as plans
from fanal.recommendations import services as recommendations
from fanal.statistics import services as statistics


@dataclass(frozen=True, slots=True)
class Line:
    """What loading did to one kind of row; `kept` were changed by a person and stay."""

    kind: str
    created: int
    updated: int
    closed: int
    kept: int
    unchanged: int

    @property
    def changed(self) -> bool:
        return bool(self.created or self.updated or self.closed)


@transaction.atomic
def load_country(*, on: date) -> list[Line]:
    """Copies the pack that FANAL_COUNTRY selects; twice changes nothing, nothing is deleted.

    Refused with `BadPack`, which lists every contradiction in the pack; then nothing is copied.
    """
    law = loader.load(pack(), on=on)
    places = directory.load_country(pack(), on=on)
    figures = statistics.load_country(pack(), on=on)
    return [
        Line("law and codes", law.created, law.updated, law.closed, law.kept, law.unchanged),
        *(Line(*astuple(kind)) for kind in places.kinds),
        Line("figures", figures.created, figures.updated, 0, figures.kept, figures.unchanged),
        *(Line(*astuple(kind)) for kind in bodies.load(pack(), on=on)),
        *(Line(*astuple(kind)) for kind in plans.load(pack(), on=on)),
        *(Line(*astuple(kind)) for kind in recommendations.load(pack(), on=on)),
    ]
