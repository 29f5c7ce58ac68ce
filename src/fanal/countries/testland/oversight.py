"""Who watches over the trace in Testland, and from which numbers on they are told."""

from fanal.country.schema import Fact, Text, Threshold

from .places import INSTITUTIONS
from .units import SERVICES, _unit

_WATCHED = ("watch", "courts", "crown", "lantern", "meadow", "islands")
_HOUSES = {house.code: house.name for house in INSTITUTIONS}


def _watcher(code: str) -> Fact:
    house = _HOUSES[code]
    return _unit(
        f"oversight-{code}",
        code,
        "oversight",
        Text(
            f"Veilleur, {house.fr}", f"Waker, {house.nl}", f"Wächter, {house.de}", f"Night watch, {house.en}"
        ),
        "data_protection_officer",
    )


AUTHORITY = _unit(
    "mirror",
    "ombudsman",
    "supervisory_authority",
    Text("Le Miroir", "De Spiegel", "Der Spiegel", "The Mirror"),
    "supervisory_authority",
)

THRESHOLDS = tuple(
    Threshold(code=code, label=Text(*words), amount=amount, source=SERVICES)
    for code, amount, words in (
        ("watch_minutes", 60, ("Fenêtre", "Venster", "Fenster", "Window")),
        ("watch_files", 6, ("Dossiers", "Dossiers", "Akten", "Files")),
        ("watch_times_usual", 2, ("Fois", "Keer", "Mal", "Times")),
        ("watch_ceiling", 20, ("Plafond", "Plafond", "Höchstzahl", "Ceiling")),
        ("watch_refusals", 5, ("Refus", "Weigeringen", "Ablehnungen", "Refusals")),
        ("watch_usual_days", 30, ("Jours", "Dagen", "Tage", "Days")),
    )
)

FACTS: tuple[Fact, ...] = (*(_watcher(code) for code in _WATCHED), AUTHORITY, *THRESHOLDS)
