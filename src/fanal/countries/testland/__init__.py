"""Testland, an invented country: small, complete and unlike any other. Most tests live here."""

from fanal.country.schema import Calendar, Pack, Text

from . import bodies, moves, offences, oversight, plans, progress, reports, rights, routes, sittings, terms
from .codes import CODES
from .places import PLACES
from .recommendations import FACTS as RECOMMENDATIONS
from .units import SERVICES_FACTS

PACK = Pack(
    code="testland",
    name=Text("Testlande", "Testland", "Testland", "Testland"),
    calendar=Calendar(country="LU", languages=(("en", "en_US"), ("fr", "fr"), ("de", "de"))),
    facts=(
        *CODES,
        *PLACES,
        *SERVICES_FACTS,
        *oversight.FACTS,
        *bodies.FACTS,
        *RECOMMENDATIONS,
        *offences.FACTS,
        *terms.FACTS,
        *sittings.FACTS,
        *moves.FACTS,
        *rights.FACTS,
        *plans.FACTS,
        *reports.FACTS,
        *progress.FACTS,
        *routes.FACTS,
    ),
)
