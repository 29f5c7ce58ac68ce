"""What is punished in Testland, why people are exploited, and the signs of it."""

from fanal.country.schema import Circumstance, Fact, Indicator, Offence, Purpose, Text

from .places import EVE, REFORM

CODE = "Testland, Code of Harbours"
REFORMED = "Testland, Reform Act of 1-7-2025"

OFFENCES = (
    Offence(
        code="H1",
        article="1",
        phenomenon="trafficking",
        label=Text("Servage", "Lijfeigenschap", "Leibeigenschaft", "Bondage"),
        opens_protection="always",
        valid_to=EVE,
        source=CODE,
    ),
    Offence(
        code="R10",
        article="10",
        phenomenon="trafficking",
        label=Text("Servage", "Lijfeigenschap", "Leibeigenschaft", "Bondage"),
        replaces=("H1",),
        opens_protection="always",
        valid_from=REFORM,
        source=REFORMED,
    ),
    Offence(
        code="H2",
        article="2",
        phenomenon="smuggling",
        label=Text("Passage", "Overvaart", "Überfahrt", "Ferrying"),
        opens_protection="by_circumstance",
        source=CODE,
    ),
    Offence(
        code="H3",
        article="3",
        phenomenon="smuggling",
        label=Text("Aide simple", "Gewone hulp", "Einfache Hilfe", "Plain help"),
        opens_protection="never",
        source=CODE,
    ),
)

CIRCUMSTANCES = (
    Circumstance(
        code="H2-child",
        article="2 §1",
        offences=("H2",),
        label=Text("Enfant", "Kind", "Kind", "Child"),
        opens_protection="unaccompanied_minor",
        source=CODE,
    ),
    Circumstance(
        code="H2-storm",
        article="2 §2",
        offences=("H2",),
        label=Text("Tempête", "Storm", "Sturm", "Storm"),
        opens_protection="yes",
        source=CODE,
    ),
    Circumstance(
        code="H2-habit",
        article="2 §3",
        offences=("H2",),
        label=Text("Habitude", "Gewoonte", "Gewohnheit", "Habit"),
        opens_protection="no",
        source=CODE,
    ),
)

PURPOSES = (
    Purpose(
        code="SEX",
        article="1 a",
        label=Text("Sexuelle", "Seksueel", "Sexuell", "Sexual"),
        htcds="SexualExploitation",
        source=CODE,
    ),
    Purpose(
        code="WORK",
        article="1 b",
        label=Text("Travail", "Arbeid", "Arbeit", "Labour"),
        htcds="ForcedLabour",
        source=CODE,
    ),
    Purpose(
        code="BEG",
        article="1 c",
        label=Text("Mendicité", "Bedelarij", "Bettelei", "Begging"),
        htcds="ForcedBegging",
        source=CODE,
    ),
    Purpose(
        code="SOLD",
        article="10 d",
        label=Text("Enfant soldat", "Kindsoldaat", "Kindersoldat", "Child soldier"),
        htcds="ForcedMilitaryByNonStateActors",
        valid_from=REFORM,
        source=REFORMED,
    ),
)

INDICATORS = (
    Indicator(
        code="papers-taken",
        group="papers",
        label=Text("Papiers retirés", "Papieren afgenomen", "Papiere abgenommen", "Papers taken away"),
        source=CODE,
    ),
    Indicator(
        code="no-pay",
        group="work",
        purposes=("WORK",),
        label=Text("Pas de salaire", "Geen loon", "Kein Lohn", "No pay"),
        source=CODE,
    ),
    Indicator(
        code="long-hours",
        group="work",
        purposes=("WORK", "BEG"),
        label=Text("Journées sans fin", "Eindeloze dagen", "Endlose Tage", "Endless days"),
        source=CODE,
    ),
    Indicator(
        code="child-alone",
        group="children",
        minors=True,
        label=Text("Enfant seul", "Kind alleen", "Kind allein", "Child alone"),
        source=CODE,
    ),
)

FACTS: tuple[Fact, ...] = (*OFFENCES, *CIRCUMSTANCES, *PURPOSES, *INDICATORS)
