"""Testland's plans: a small one in force, the one before it, and what they may be tied to."""

from datetime import date

from fanal.country.schema import ActionPlan, Fact, PlannedHeading, PlannedMeasure, Text, code_list

SOURCE = "Testland, Law of Plans, art. 1"

SISTERS = code_list(
    "sister_plan",
    SOURCE,
    {
        "hearth": Text("Plan du foyer", "Haardplan", "Plan des Herdes", "Plan of the hearth"),
        "peace": Text("Plan de la paix", "Vredesplan", "Friedensplan", "Plan of peace"),
    },
)


def _measure(
    number: str, heading: str, lead: str, *titles: str, co_leads: tuple[str, ...] = ()
) -> PlannedMeasure:
    return PlannedMeasure(
        number=number, heading=heading, title=Text(*titles), lead=lead, co_leads=co_leads, source=SOURCE
    )


OLD = ActionPlan(
    code="chart-1",
    title=Text("Première carte", "Eerste kaart", "Erste Karte", "First chart"),
    phenomena=("trafficking",),
    starts_on=date(2015, 1, 1),
    ends_on=date(2019, 12, 31),
    adopted_on=date(2015, 1, 1),
    act="Round table of Testland, 1-1-2015",
    complete=False,
    note=Text("Une partie seulement.", "Slechts een deel.", "Nur ein Teil.", "A part only."),
    headings=(PlannedHeading("1", Text("Voir", "Zien", "Sehen", "Seeing")),),
    measures=(
        _measure(
            "1.1",
            "1",
            "watch",
            "Former les gardes du port à reconnaître les signes d’exploitation",
            "De havenwachters leren de tekenen van uitbuiting te herkennen",
            "Die Hafenwachen lehren, Zeichen der Ausbeutung zu erkennen",
            "Train the harbour guards to recognise signs of exploitation",
        ),
    ),
    source=SOURCE,
)

NEW = ActionPlan(
    code="chart-2",
    title=Text("Deuxième carte", "Tweede kaart", "Zweite Karte", "Second chart"),
    phenomena=("trafficking",),
    starts_on=date(2020, 1, 1),
    ends_on=date(2039, 12, 31),
    adopted_on=date(2020, 1, 1),
    act="Round table of Testland, 1-1-2020",
    complete=True,
    headings=(
        PlannedHeading("1", Text("Voir", "Zien", "Sehen", "Seeing")),
        PlannedHeading("1.1", Text("Au port", "In de haven", "Im Hafen", "In the harbour"), "1"),
        PlannedHeading("2", Text("Aider", "Helpen", "Helfen", "Helping")),
    ),
    measures=(
        _measure(
            "1.1.1",
            "1.1",
            "watch",
            "Former chaque année les gardes du port à reconnaître les signes d’exploitation",
            "De havenwachters elk jaar leren de tekenen van uitbuiting te herkennen",
            "Die Hafenwachen jedes Jahr lehren, Zeichen der Ausbeutung zu erkennen",
            "Train the harbour guards every year to recognise signs of exploitation",
            co_leads=("courts",),
        ),
        _measure(
            "2.1",
            "2",
            "lantern",
            "Ouvrir une maison de plus",
            "Nog een huis openen",
            "Ein weiteres Haus öffnen",
            "Open one more house",
        ),
        _measure(
            "2.2",
            "2",
            "crown",
            "Interpréter dans dix langues",
            "Tolken in tien talen",
            "In zehn Sprachen dolmetschen",
            "Interpret in ten languages",
        ),
    ),
    source=SOURCE,
)

FACTS: tuple[Fact, ...] = (*SISTERS, OLD, NEW)
