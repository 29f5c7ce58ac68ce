"""Belgium: its services, its judicial map, its municipalities and its law, dated and sourced.

What no public source confirmed yet carries `to_verify` and is to be checked by people of the house of law.
"""

from fanal.country.schema import Calendar, Pack, Text

from . import (
    codes_files,
    codes_persons,
    codes_places,
    federated,
    figures,
    grounds,
    indicators,
    judiciary,
    lines,
    moves,
    municipalities,
    offences,
    oversight,
    papers,
    phases,
    places,
    progress,
    purposes,
    reports,
    rights,
    routes,
    sectors,
    services,
    terms,
)

PACK = Pack(
    code="belgium",
    name=Text("Belgique", "België", "Belgien", "Belgium"),
    calendar=Calendar(country="BE", languages=(("fr", "fr"), ("nl", "nl"), ("de", "de"), ("en", "en_US"))),
    facts=(
        *codes_places.CODES,
        *codes_files.CODES,
        *codes_persons.CODES,
        *sectors.CODES,
        *figures.CODES,
        *places.PLACES,
        *judiciary.UNITS,
        *services.UNITS,
        *federated.UNITS,
        *oversight.FACTS,
        *lines.UNITS,
        *judiciary.FUNCTIONS,
        *lines.CONTACT_POINTS,
        *municipalities.MUNICIPALITIES,
        *offences.FACTS,
        *purposes.FACTS,
        *indicators.FACTS,
        *terms.FACTS,
        *papers.FACTS,
        *phases.FACTS,
        *moves.FACTS,
        *grounds.FACTS,
        *routes.FACTS,
        *rights.FACTS,
        *figures.FIGURES,
        *reports.FACTS,
        *progress.FACTS,
    ),
)
