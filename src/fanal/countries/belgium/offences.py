"""Trafficking and smuggling before and since the new Penal Code.

The new Code applies from 8 April 2026; that the date was kept, and how the Aliens Act refers to the new articles,
is to be confirmed.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from fanal.country.schema import Circumstance, Fact, Offence, Text

NEW_CODE = date(2026, 4, 8)
LAST_OLD_DAY = date(2026, 4, 7)

OLD = "Penal Code of 8-6-1867 (law of 10-8-2005, law of 29-4-2013)"
ALIENS = "Aliens Act of 15-12-1980"
NEW = "Penal Code, law of 29-2-2024, in force on 8-4-2026"

Opens = Literal["yes", "no", "unaccompanied_minor"]

TRAFFICKING = Text(
    "Traite des êtres humains", "Mensenhandel", "Menschenhandel", "Trafficking in human beings"
)
SMUGGLING = Text("Trafic d’êtres humains", "Mensensmokkel", "Menschenschmuggel", "Smuggling of human beings")

OFFENCES = (
    Offence(
        code="433quinquies",
        article="art. 433quinquies",
        phenomenon="trafficking",
        label=TRAFFICKING,
        opens_protection="always",
        valid_to=LAST_OLD_DAY,
        source=f"{OLD}, art. 433quinquies; {ALIENS}, art. 61/2",
    ),
    Offence(
        code="77bis",
        article="art. 77bis",
        phenomenon="smuggling",
        label=SMUGGLING,
        opens_protection="by_circumstance",
        valid_to=LAST_OLD_DAY,
        source=f"{ALIENS}, art. 77bis, art. 61/2",
    ),
    Offence(
        code="258",
        article="art. 258",
        phenomenon="trafficking",
        label=TRAFFICKING,
        replaces=("433quinquies",),
        opens_protection="always",
        valid_from=NEW_CODE,
        source=f"{NEW}, art. 258",
        to_verify=True,
    ),
    Offence(
        code="259",
        article="art. 259",
        phenomenon="smuggling",
        label=SMUGGLING,
        replaces=("77bis",),
        opens_protection="by_circumstance",
        valid_from=NEW_CODE,
        source=f"{NEW}, art. 259",
        to_verify=True,
    ),
    Offence(
        code="77",
        article="art. 77",
        phenomenon="adjacent",
        label=Text(
            "Aide à l’entrée ou au séjour irréguliers",
            "Hulp bij onregelmatige binnenkomst of verblijf",
            "Beihilfe zur irregulären Einreise oder zum Aufenthalt",
            "Help to irregular entry or stay",
        ),
        opens_protection="never",
        source=f"{ALIENS}, art. 77 (not where the help is mainly humanitarian)",
    ),
    Offence(
        code="433ter",
        article="art. 433ter",
        phenomenon="adjacent",
        label=Text(
            "Exploitation de la mendicité",
            "Exploitatie van bedelarij",
            "Ausbeutung der Bettelei",
            "Exploitation of begging",
        ),
        opens_protection="never",
        valid_to=LAST_OLD_DAY,
        source=f"{OLD}, art. 433ter, 433quater",
    ),
    Offence(
        code="433decies",
        article="art. 433decies",
        phenomenon="adjacent",
        label=Text("Marchands de sommeil", "Huisjesmelkerij", "Mietwucher", "Slum landlords"),
        opens_protection="never",
        valid_to=LAST_OLD_DAY,
        source=f"{OLD}, art. 433decies to 433duodecies",
    ),
)

_MINOR = Text("Victime mineure", "Minderjarig slachtoffer", "Minderjähriges Opfer", "The victim is a minor")
_MINOR_OR_VULNERABLE = Text(
    "Victime mineure ou en situation de vulnérabilité",
    "Minderjarig slachtoffer of slachtoffer in een kwetsbare toestand",
    "Minderjähriges oder schutzbedürftiges Opfer",
    "The victim is a minor or a vulnerable person",
)
_VULNERABLE = Text(
    "Abus de la situation de vulnérabilité",
    "Misbruik van de kwetsbare toestand",
    "Missbrauch der besonderen Schutzbedürftigkeit",
    "Abuse of a position of vulnerability",
)
_MEANS = Text(
    "Manœuvres frauduleuses, violence, menaces, contrainte, enlèvement, abus d’autorité, tromperie",
    "Listige kunstgrepen, geweld, bedreiging, dwang, ontvoering, misbruik van gezag, misleiding",
    "Betrug, Gewalt, Drohung, Zwang, Entführung, Missbrauch von Autorität, Täuschung",
    "Fraud, violence, threats, coercion, abduction, abuse of authority, deception",
)
_PAYMENT = Text(
    "Paiements pour obtenir le consentement d’une personne ayant autorité",
    "Betalingen om de toestemming te verkrijgen van wie gezag heeft",
    "Zahlungen für die Zustimmung einer Person mit Autorität",
    "Payments to obtain the consent of a person having authority",
)
_LIFE = Text(
    "Vie de la victime mise en danger",
    "Leven van het slachtoffer in gevaar gebracht",
    "Leben des Opfers gefährdet",
    "Life of the victim endangered",
)
_HARM = Text(
    "Maladie incurable, incapacité de plus de quatre mois, perte d’un organe, mutilation",
    "Ongeneeslijke ziekte, ongeschiktheid van meer dan vier maanden, verlies van een orgaan, verminking",
    "Unheilbare Krankheit, Unfähigkeit von mehr als vier Monaten, Verlust eines Organs, Verstümmelung",
    "Incurable illness, incapacity of more than four months, loss of an organ, mutilation",
)
_HARM_NEW = Text(
    "Atteinte à l’intégrité du troisième degré",
    "Integriteitsaantasting van de derde graad",
    "Beeinträchtigung der Unversehrtheit dritten Grades",
    "Harm of the third degree",
)
_HABIT = Text("Activité habituelle", "Gewoonte", "Gewohnheit", "Habitual activity")
_ASSOCIATION = Text(
    "Participation à une association",
    "Deelneming aan een vereniging",
    "Beteiligung an einer Vereinigung",
    "Participation in an association",
)
_HATE = Text(
    "Mobile discriminatoire",
    "Discriminerende drijfveer",
    "Diskriminierender Beweggrund",
    "Discriminatory motive",
)
_DEATH = Text(
    "Mort sans intention de la donner",
    "Dood zonder het oogmerk te doden",
    "Tod ohne Tötungsabsicht",
    "Death without intent to kill",
)
_ORGANISATION = Text(
    "Participation à une organisation criminelle",
    "Deelneming aan een criminele organisatie",
    "Beteiligung an einer kriminellen Organisation",
    "Participation in a criminal organisation",
)
_AUTHORITY = Text(
    "Autorité sur la victime ou abus de fonctions",
    "Gezag over het slachtoffer of misbruik van functie",
    "Autorität über das Opfer oder Amtsmissbrauch",
    "Authority over the victim or abuse of office",
)
_OFFICER = Text(
    "Officier ou fonctionnaire public dans l’exercice de ses fonctions",
    "Openbaar officier of ambtenaar in functie",
    "Amtsträger in Ausübung seines Amtes",
    "Public officer in function",
)


@dataclass(frozen=True)
class _Aggravating:
    """One circumstance under both codes: its place in each old article, what it opens, its place in the new one."""

    old: str
    label: Text
    opens: Opens
    new: str = ""
    new_label: Text | None = None


_OLD_ARTICLES = {"433quinquies": "433septies", "77bis": "77quater"}

_LISTED = (
    _Aggravating("1", _MINOR, "unaccompanied_minor", "260-1", _MINOR_OR_VULNERABLE),
    _Aggravating("2", _VULNERABLE, "yes", "260-2"),
    _Aggravating("3", _MEANS, "yes", "260-3"),
    _Aggravating("3bis", _PAYMENT, "yes", "260-4"),
    _Aggravating("4", _LIFE, "yes", "260-5"),
    _Aggravating("5", _HARM, "yes", "260-6", _HARM_NEW),
    _Aggravating("6", _HABIT, "no", "260-7"),
    _Aggravating("7", _ASSOCIATION, "no", "260-9"),
)


def _old_circumstances() -> tuple[Circumstance, ...]:
    listed = [
        Circumstance(
            code=f"{article}-{each.old}",
            article=f"art. {article}, {each.old}°",
            offences=(offence,),
            label=each.label,
            opens_protection=each.opens if offence == "77bis" else "yes",
            valid_to=LAST_OLD_DAY,
            source=f"{ALIENS if offence == '77bis' else OLD}, art. {article}; {ALIENS}, art. 61/2",
            to_verify=each.old == "3bis" and offence != "77bis",
        )
        for offence, article in _OLD_ARTICLES.items()
        for each in _LISTED
    ]
    others = [
        Circumstance(
            code=f"{article}-{number}",
            article=f"art. {article}, {number}°",
            offences=(offence,),
            label=label,
            opens_protection="yes" if offence == "433quinquies" else "no",
            valid_to=LAST_OLD_DAY,
            source=f"{ALIENS if offence == '77bis' else OLD}, art. {article}",
        )
        for offence, articles in {
            "433quinquies": ("433sexies", "433octies"),
            "77bis": ("77ter", "77quinquies"),
        }.items()
        for article, labels in zip(articles, ((_AUTHORITY, _OFFICER), (_DEATH, _ORGANISATION)), strict=True)
        for number, label in enumerate(labels, start=1)
    ]
    return (*listed, *others)


def _new(code: str, label: Text, opens: Opens, replaces: tuple[str, ...]) -> Circumstance:
    article, _, number = code.partition("-")
    return Circumstance(
        code=code,
        article=f"art. {article}, {number}°" if number.isdigit() else f"art. {article}",
        offences=("258", "259"),
        label=label,
        replaces=replaces,
        opens_protection=opens,
        valid_from=NEW_CODE,
        source=f"{NEW}, art. {article}; {ALIENS}, art. 61/2 (reference to art. 77quater, 1° to 5°)",
        to_verify=True,
    )


def _new_circumstances() -> tuple[Circumstance, ...]:
    taken_over = [
        _new(
            each.new,
            each.new_label or each.label,
            each.opens,
            tuple(f"{article}-{each.old}" for article in _OLD_ARTICLES.values()),
        )
        for each in _LISTED
    ]
    return (
        *taken_over,
        _new("260-8", _HATE, "no", ()),
        _new("260-death", _DEATH, "no", ("433octies-1", "77quinquies-1")),
        _new("260-organisation", _ORGANISATION, "no", ("433octies-2", "77quinquies-2")),
        _new("261-1", _AUTHORITY, "no", ("433sexies-1", "77ter-1")),
        _new("261-2", _OFFICER, "no", ("433sexies-2", "77ter-2")),
    )


FACTS: tuple[Fact, ...] = (*OFFENCES, *_old_circumstances(), *_new_circumstances())
