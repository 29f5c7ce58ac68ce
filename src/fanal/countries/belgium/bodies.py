"""The bodies of the Belgian coordination, their seats, how often they meet and how they decide.

The royal decree was not read in full: where the sources are silent (quorum, majority, silence in a written procedure,
the complete list of members) the entry is an organisational default that carries `to_verify`.
"""

from datetime import date

from fanal.country.schema import Body, BodySeat, Cadence, Fact, Term, Text, VoteRule, code_list

from .coordination import MEMBERS, RD
from .places import DISTRICT_NAMES

COL = "Circular COL 01/2015 of the College of General Prosecutors (district meetings, since May 2015)"
PRACTICE = "Myria, page on the multidisciplinary approach"
BROCHURE = "Brochure on the Belgian policy and approach (Bureau: chair, secretariat, members)"
SILENT = f"{RD}: quorum and votes not found. Organisational default"
_1995, _2004 = date(1995, 1, 1), date(2004, 5, 16)
_2014, _MAP, _COL = date(2014, 9, 11), date(2014, 4, 1), date(2015, 5, 1)

CADENCES = (
    Cadence(
        code="cell",
        label=Text(
            "Deux à trois fois par an", "Twee tot drie keer per jaar", "Zwei- bis dreimal im Jahr",
            "Two or three times a year",
        ),
        at_least=2,
        per="year",
        usual=3,
        valid_from=date(2004, 1, 1),
        source=f"Senate, question 3-84 of 18-11-2004 (twice a year); {PRACTICE} (two or three times)",
    ),
    Cadence(
        code="bureau",
        label=Text("Chaque mois", "Elke maand", "Jeden Monat", "Every month"),
        at_least=1,
        per="month",
        valid_from=_2004,
        source=PRACTICE,
    ),
    Cadence(
        code="district",
        label=Text(
            "Au moins deux fois par an", "Minstens twee keer per jaar", "Mindestens zweimal im Jahr",
            "At least twice a year",
        ),
        at_least=2,
        per="year",
        valid_from=date(2015, 1, 1),
        source=COL,
    ),
)  # fmt: skip

VOTE_RULES = (
    VoteRule(
        code="majority",
        label=Text(
            "La moitié des sièges votants ; majorité simple ; la présidence départage",
            "De helft van de stemgerechtigde zetels; gewone meerderheid; de voorzitter beslist bij staking",
            "Die Hälfte der stimmberechtigten Sitze; einfache Mehrheit; der Vorsitz entscheidet bei Gleichstand",
            "Half of the voting seats; simple majority; the chair breaks a tie",
        ),
        quorum="1/2",
        majority="simple",
        tie="chair",
        silence="none",
        source=SILENT,
        to_verify=True,
    ),
    VoteRule(
        code="consensus",
        label=Text(
            "Par consensus, sans quorum", "Bij consensus, zonder quorum", "Im Konsens, ohne Quorum",
            "By consensus, without quorum",
        ),
        quorum="0",
        majority="consensus",
        tie="falls",
        silence="none",
        source=SILENT,
        to_verify=True,
    ),
)  # fmt: skip

TERMS = (
    Term(
        code="answer_urgent_meeting",
        label=Text(
            "Réponse à une demande de réunion urgente",
            "Antwoord op een verzoek om een dringende vergadering",
            "Antwort auf den Antrag auf eine dringende Sitzung",
            "Answer to a request for an urgent meeting",
        ),
        amount=5,
        unit="working_day",
        starts_on="urgent_meeting_asked",
        kind="organisational",
        source="No source gives a term. Organisational default",
        to_verify=True,
    ),
)

CODES = (
    *code_list(
        "body_kind",
        RD,
        {
            "cell": Text("Cellule", "Cel", "Zelle", "Cell"),
            "bureau": Text("Bureau", "Bureau", "Büro", "Bureau"),
            "committee": Text("Comité", "Comité", "Ausschuss", "Committee"),
            "network": Text("Réseau", "Netwerk", "Netzwerk", "Network"),
            "district": Text(
                "Réunion de coordination", "Coördinatievergadering", "Koordinierungssitzung", "Coordination meeting"
            ),
            "group": Text("Groupe de travail", "Werkgroep", "Arbeitsgruppe", "Working group"),
        },
    ),
    *code_list(
        "seat_kind",
        RD,
        {
            "chair": Text("Présidence", "Voorzitterschap", "Vorsitz", "Chair"),
            "voting": Text("Voix délibérative", "Stemgerechtigd", "Stimmberechtigt", "Voting"),
            "advisory": Text("Voix consultative", "Raadgevend", "Beratend", "Advisory"),
            "observer": Text("Observateur", "Waarnemer", "Beobachter", "Observer"),
            "secretariat": Text("Secrétariat", "Secretariaat", "Sekretariat", "Secretariat"),
        },
        to_verify=True,
    ),
    *code_list(
        "starting_fact",
        "Organisational",
        {
            "urgent_meeting_asked": Text(
                "Réunion urgente demandée", "Dringende vergadering gevraagd", "Dringende Sitzung beantragt",
                "Urgent meeting asked for",
            )
        },
    ),
)  # fmt: skip

BODIES = (
    Body(
        code="cell",
        kind="cell",
        prefix="CEL",
        keeper="criminal-policy",
        name=Text(
            "Cellule interdépartementale de coordination",
            "Interdepartementale Coördinatiecel",
            "Interministerielle Koordinierungszelle",
            "Interdepartmental Coordination Cell",
        ),
        short=Text("Cellule", "Cel", "Zelle", "Cell"),
        cadence="cell",
        vote_rule="majority",
        valid_from=_1995,
        source=f"{RD}, art. 4 to 9; created in 1995",
    ),
    Body(
        code="bureau",
        kind="bureau",
        prefix="BUR",
        keeper="myria",
        name=Text("Bureau de la Cellule", "Bureau van de Cel", "Büro der Zelle", "Bureau of the Cell"),
        short=Text("Bureau", "Bureau", "Büro", "Bureau"),
        prepares_for="cell",
        cadence="bureau",
        vote_rule="majority",
        valid_from=_2004,
        source=f"{RD}, art. 10 to 11ter",
    ),
    Body(
        code="ciatteh",
        kind="committee",
        prefix="CIA",
        keeper="criminal-policy",
        name=Text(
            "Comité de gestion du CIATTEH",
            "Beheerscomité van het IAMM",
            "Verwaltungsausschuss des CIATTEH",
            "Management committee of CIATTEH",
        ),
        short=Text("CIATTEH", "IAMM", "CIATTEH", "CIATTEH"),
        prepares_for="cell",
        vote_rule="consensus",
        valid_from=_2004,
        source=f"{RD}, art. 16 to 20",
    ),
    Body(
        code="expertise-network",
        kind="network",
        prefix="REX",
        keeper="expertise-network",
        name=Text(
            "Réseau d’expertise du Collège des procureurs généraux",
            "Expertisenetwerk van het College van procureurs-generaal",
            "Expertisenetzwerk des Kollegiums der Generalprokuratoren",
            "Expertise network of the College of General Prosecutors",
        ),
        short=Text("Réseau d’expertise", "Expertisenetwerk", "Expertisenetzwerk", "Expertise network"),
        vote_rule="consensus",
        valid_from=_2004,
        source=PRACTICE,
        to_verify=True,
    ),
)

_CENTRES = Text(
    "Les trois centres spécialisés, ensemble",
    "De drie gespecialiseerde centra, samen",
    "Die drei spezialisierten Zentren gemeinsam",
    "The three specialised centres together",
)
_JOINT_SOURCE = (
    "Royal Decree of 21-7-2014: one joint representative of the three centres, with a deliberative vote"
)


def _seat(
    body: str,
    kind: str,
    *units: str,
    since: date,
    name: Text | None = None,
    votes: bool | None = None,
    source: str = MEMBERS,
    to_verify: bool = True,
) -> BodySeat:
    return BodySeat(
        code=f"{body}-{kind}-{units[0]}",
        body=body,
        kind=kind,
        units=units,
        name=name,
        votes=votes,
        valid_from=since,
        source=source,
        to_verify=to_verify,
    )


_ENTITIES = ("flanders", "wallonia", "brussels-region", "cocom", "french-community", "german-community")

CELL = (
    _seat("cell", "chair", "minister-justice", since=_1995, source=PRACTICE, to_verify=False),
    _seat(
        "cell", "secretariat", "criminal-policy", "myria", since=_2004,
        name=Text("Secrétariat", "Secretariaat", "Sekretariat", "Secretariat"),
    ),
    *(
        _seat("cell", "voting", f"minister-{code}", since=_1995)
        for code in ("interior", "foreign-affairs", "employment", "social-affairs", "finance")
    ),
    *(_seat("cell", "voting", f"minister-{code}", since=_2014) for code in ("migration", "equality")),
    _seat("cell", "voting", "college-pg", "policy-college-pg", since=_2004),
    _seat("cell", "voting", "federal-prosecution", since=_2004),
    _seat("cell", "voting", "police-central", "policy-federal-police", since=_2004),
    _seat("cell", "voting", "policy-state-security", since=_2004),
    _seat("cell", "voting", "immigration-cell", "policy-immigration-office", since=_2004),
    _seat("cell", "voting", "inspection-onss", "policy-onss", since=_2004),
    _seat("cell", "voting", "inspection-cls", "policy-employment", since=_2004),
    _seat("cell", "voting", "foreign-affairs", "policy-foreign-affairs", since=_2004),
    _seat("cell", "voting", "policy-justice", since=_2004),
    _seat("cell", "voting", "policy-interior", since=_2004),
    _seat("cell", "voting", "policy-social-security", since=_2004),
    _seat("cell", "voting", "policy-finance", since=_2004),
    _seat("cell", "voting", "myria", since=_2004),
    _seat("cell", "voting", "policy-ctif-cfi", since=_2014),
    _seat(
        "cell", "voting", "centre-pag-asa", "centre-payoke", "centre-surya", since=_2014,
        name=_CENTRES, source=_JOINT_SOURCE, to_verify=False,
    ),
    *(_seat("cell", "voting", f"policy-{entity}", since=_2014) for entity in _ENTITIES),
    _seat("cell", "advisory", "fedasil", "policy-fedasil", since=_2004),
    _seat("cell", "advisory", "guardianship", since=_2004),
)  # fmt: skip

BUREAU = (
    _seat("bureau", "chair", "criminal-policy", since=_2004, source=BROCHURE, to_verify=False),
    _seat("bureau", "secretariat", "myria", since=_2004, votes=True, source=BROCHURE),
    _seat("bureau", "voting", "police-central", "policy-federal-police", since=_2004, source=BROCHURE),
    _seat("bureau", "voting", "immigration-cell", "policy-immigration-office", since=_2004, source=BROCHURE),
    _seat("bureau", "voting", "inspection-onss", "policy-onss", since=_2004, source=BROCHURE),
    _seat("bureau", "voting", "inspection-cls", "policy-employment", since=_2004, source=BROCHURE),
    _seat("bureau", "voting", "foreign-affairs", "policy-foreign-affairs", since=_2004, source=BROCHURE),
    _seat(
        "bureau", "observer", "expertise-network", "college-pg", since=_2004, source=BROCHURE, to_verify=False
    ),
    _seat("bureau", "advisory", "policy-state-security", since=_2014),
    _seat("bureau", "advisory", "federal-prosecution", since=_2014),
)

CIATTEH = (
    _seat("ciatteh", "chair", "criminal-policy", since=_2004, source=PRACTICE, to_verify=False),
    _seat("ciatteh", "secretariat", "myria", since=_2004, votes=True),
    _seat("ciatteh", "voting", "police-central", "policy-federal-police", since=_2004),
    _seat("ciatteh", "voting", "immigration-cell", "policy-immigration-office", since=_2004),
    _seat("ciatteh", "voting", "college-pg", "expertise-network", "policy-college-pg", since=_2004),
    _seat("ciatteh", "voting", "federal-prosecution", since=_2004),
)

NETWORK = (
    _seat("expertise-network", "chair", "expertise-network", since=_2004, source=PRACTICE),
    _seat("expertise-network", "voting", "college-pg", since=_2004, source=PRACTICE),
    *(
        _seat("expertise-network", "voting", f"general-{house}-{resort}", since=_2004, source=PRACTICE)
        for house in ("prosecution", "auditorat")
        for resort in ("antwerp", "brussels", "ghent", "liege", "mons")
    ),
    _seat("expertise-network", "voting", "federal-prosecution", since=_2004, source=PRACTICE),
    _seat("expertise-network", "advisory", "criminal-policy", since=_2004, source=PRACTICE),
    _seat("expertise-network", "advisory", "myria", since=_2004, source=PRACTICE),
    _seat("expertise-network", "advisory", "police-central", since=_2004, source=PRACTICE),
)

_DISTRICTS: dict[str, tuple[str, tuple[str, ...], tuple[str, ...], tuple[str, ...], tuple[str, ...]]] = {
    "antwerp": ("ANT", ("antwerp",), ("antwerp",), ("antwerp",), ("payoke",)),
    "limburg": ("LIM", ("limburg",), ("antwerp",), ("limburg",), ("payoke",)),
    "brussels": (
        "BXL",
        ("brussels", "halle-vilvoorde"),
        ("brussels", "halle-vilvoorde"),
        ("brussels", "halle-vilvoorde"),
        ("pag-asa", "payoke"),
    ),
    "leuven": ("LEU", ("leuven",), ("leuven",), ("leuven",), ("payoke",)),
    "walloon_brabant": ("BRW", ("walloon-brabant",), ("walloon-brabant",), ("walloon-brabant",), ("surya",)),
    "hainaut": ("HAI", ("charleroi", "mons"), ("hainaut",), ("charleroi", "mons"), ("surya",)),
    "namur": ("NAM", ("namur",), ("liege",), ("namur",), ("surya",)),
    "luxembourg": ("LUX", ("luxembourg",), ("liege",), ("luxembourg",), ("surya",)),
    "liege": ("LIE", ("liege",), ("liege",), ("liege",), ("surya",)),
    "eupen": ("EUP", ("eupen",), ("eupen",), ("eupen",), ("surya",)),
    "east_flanders": ("OVL", ("east-flanders",), ("ghent",), ("east-flanders",), ("payoke",)),
    "west_flanders": ("WVL", ("west-flanders",), ("ghent",), ("west-flanders",), ("payoke",)),
}
"""District → prefix, public prosecutors (the first keeps the papers), labour prosecutors, police, centres."""


def _slug(code: str) -> str:
    return code.replace("_", "-")


DISTRICTS = tuple(
    Body(
        code=f"district-{_slug(code)}",
        kind="district",
        prefix=prefix,
        keeper=f"parquet-{parquets[0]}",
        district=code,
        name=Text(
            f"Réunion de coordination de l’arrondissement {DISTRICT_NAMES[code].of_fr}",
            f"Coördinatievergadering van het arrondissement {DISTRICT_NAMES[code].text.nl}",
            f"Koordinierungssitzung des Bezirks {DISTRICT_NAMES[code].text.de}",
            f"Coordination meeting of the district of {DISTRICT_NAMES[code].text.en}",
        ),
        short=Text(
            f"Réunion {DISTRICT_NAMES[code].text.fr}",
            f"Vergadering {DISTRICT_NAMES[code].text.nl}",
            f"Sitzung {DISTRICT_NAMES[code].text.de}",
            f"Meeting {DISTRICT_NAMES[code].text.en}",
        ),
        cadence="district",
        vote_rule="consensus",
        valid_from=_MAP,
        source=COL,
    )
    for code, (prefix, parquets, *_rest) in _DISTRICTS.items()
)
_BY_JUDGE = Text(
    "Magistrats de référence", "Referentiemagistraten", "Referenzmagistrate", "Reference magistrates"
)


def _district_seats(code: str) -> tuple[BodySeat, ...]:
    _prefix, parquets, auditorats, police, centres = _DISTRICTS[code]
    body = f"district-{_slug(code)}"
    chair = tuple(f"parquet-{each}" for each in parquets)
    return (
        _seat(
            body, "chair", *chair, since=_MAP, name=_BY_JUDGE if len(chair) > 1 else None, source=COL,
            to_verify=len(chair) > 1,
        ),
        *(_seat(body, "voting", f"auditorat-{each}", since=_MAP, source=COL) for each in auditorats),
        *(_seat(body, "voting", f"police-{each}", since=_MAP, source=COL) for each in police),
        _seat(body, "voting", "inspection-onss", since=_MAP, source=COL),
        _seat(body, "voting", "inspection-cls", since=_MAP, source=COL),
        _seat(body, "advisory", "immigration-cell", since=_COL, source=COL),
        *(_seat(body, "advisory", f"centre-{each}", since=_COL, source=COL) for each in centres),
    )  # fmt: skip


SEATS = (
    *CELL,
    *BUREAU,
    *CIATTEH,
    *NETWORK,
    *(seat for code in _DISTRICTS for seat in _district_seats(code)),
)

FACTS: tuple[Fact, ...] = (*CODES, *CADENCES, *VOTE_RULES, *TERMS, *BODIES, *DISTRICTS, *SEATS)
