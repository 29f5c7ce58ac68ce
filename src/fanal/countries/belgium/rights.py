"""How long files are kept, when they are looked at again, and who answers the persons who stand in them."""

from fanal.country.schema import Fact, Rights, Term, Text, code_list

LAW = "Loi/Wet/Gesetz 30-07-2018"
GDPR = "Regulation (EU) 2016/679"
LED = "Directive (EU) 2016/680"
NO_PERIOD = (
    f"{GDPR}, art. 5 §1 e; {LED}, art. 5: a period or a review, without a length. Organisational default"
)

_APD = Text(
    "Autorité de protection des données",
    "Gegevensbeschermingsautoriteit",
    "Datenschutzbehörde",
    "Data Protection Authority",
)
_COC = Text(
    "Organe de contrôle de l’information policière",
    "Controleorgaan op de politionele informatie",
    "Kontrollorgan für polizeiliche Informationen",
    "Supervisory Body for Police Information",
)


def _term(code: str, label: Text, amount: int, starts_on: str) -> Term:
    return Term(
        code=code,
        label=label,
        amount=amount,
        unit="month",
        starts_on=starts_on,
        kind="organisational",
        source=NO_PERIOD,
        to_verify=True,
    )


TERMS = (
    _term(
        "review_alert",
        Text("Réexamen d’une alerte", "Herziening van een melding", "Überprüfung einer Meldung", "Review of an alert"),
        12,
        "file_opened",
    ),
    _term(
        "review_referral",
        Text(
            "Réexamen d’une orientation",
            "Herziening van een doorverwijzing",
            "Überprüfung einer Weiterleitung",
            "Review of a referral",
        ),
        12,
        "file_opened",
    ),
    _term(
        "review_protection",
        Text(
            "Réexamen d’une procédure", "Herziening van een procedure", "Überprüfung eines Verfahrens",
            "Review of a procedure",
        ),
        24,
        "file_opened",
    ),
    _term(
        "referral_sight",
        Text(
            "Le service sollicité lit encore ce qui lui fut envoyé",
            "De gevraagde dienst leest nog wat hem werd toegezonden",
            "Der angefragte Dienst liest noch, was ihm gesandt wurde",
            "The service that was asked still reads what was sent",
        ),
        3,
        "referral_done",
    ),
    Term(
        code="access_answer",
        label=Text(
            "Réponse à la personne qui demande ce qui est détenu",
            "Antwoord aan wie vraagt wat wordt bijgehouden",
            "Antwort an die Person, die fragt, was gespeichert ist",
            "Answer to the person who asks what is held",
        ),
        amount=1,
        unit="month",
        starts_on="access_asked",
        kind="law",
        source=f"{GDPR}, art. 12 §3",
    ),
)  # fmt: skip


def _rights(unit_kind: str, regime: str, answers: str, body: Text, source: str) -> Rights:
    return Rights(
        code=unit_kind, unit_kind=unit_kind, regime=regime, answers=answers, body=body, source=source,  # type: ignore[arg-type]
        to_verify=True,
    )  # fmt: skip


_POLICE = ("police_central", "police_cell", "local_police")
_JUSTICE = ("parquet", "auditorat", "general_prosecution", "general_auditorat", "federal_prosecution")
_OTHERS = (
    "inspection",
    "immigration_cell",
    "immigration_desk",
    "guardianship",
    "centre",
    "shelter_minors",
    "reception",
)

RIGHTS = (
    *(_rights(kind, "led", "indirect", _COC, f"{LAW}, art. 42; {LED}, art. 17") for kind in _POLICE),
    *(_rights(kind, "led", "direct", _APD, f"{LAW}, art. 38; {LED}, art. 14") for kind in _JUSTICE),
    *(_rights(kind, "gdpr", "direct", _APD, f"{GDPR}, art. 15") for kind in _OTHERS),
)

CODES = (
    *code_list(
        "erasure_ground",
        f"{GDPR}, art. 17 §1; {LED}, art. 16 §2",
        {
            "no_longer_needed": Text(
                "Plus nécessaire", "Niet langer nodig", "Nicht mehr erforderlich", "No longer needed"
            ),
            "asked": Text(
                "La personne l’a demandé", "De persoon vroeg erom", "Die Person hat es verlangt",
                "The person asked for it",
            ),
            "unlawful": Text(
                "Détenu sans droit", "Onrechtmatig bijgehouden", "Unrechtmäßig gespeichert", "Held unlawfully"
            ),
            "obliged": Text(
                "Une loi ou un juge l’ordonne", "Een wet of rechter beveelt het",
                "Ein Gesetz oder ein Gericht ordnet es an", "A law or a court orders it",
            ),
        },
    ),
    *code_list(
        "hold_ground",
        f"{GDPR}, art. 17 §3 e and 18 §1; {LED}, art. 16 §3",
        {
            "proceedings": Text(
                "Procédure judiciaire en cours", "Lopende gerechtelijke procedure", "Laufendes Gerichtsverfahren",
                "Court proceedings under way",
            ),
            "claim": Text(
                "Constatation ou défense d’un droit", "Instelling of onderbouwing van een rechtsvordering",
                "Geltendmachung von Rechtsansprüchen", "Establishing or defending a legal claim",
            ),
            "evidence": Text(
                "Conservé comme preuve", "Bewaard als bewijs", "Als Beweis aufbewahrt", "Kept as evidence"
            ),
            "restriction": Text(
                "La personne demande qu’on le conserve", "De persoon vraagt het te bewaren",
                "Die Person verlangt die Aufbewahrung", "The person asks that it be kept",
            ),
            "inquiry": Text(
                "Enquête d’une autorité de contrôle", "Onderzoek van een toezichthouder",
                "Untersuchung einer Aufsichtsbehörde", "Inquiry of a supervisory authority",
            ),
        },
    ),
    *code_list(
        "access_restriction",
        f"{LED}, art. 15 §1; {GDPR}, art. 23 §1",
        {
            "obstruct": Text(
                "Ne pas gêner une enquête ou une procédure", "Een onderzoek of procedure niet belemmeren",
                "Ermittlungen oder Verfahren nicht behindern", "Not to obstruct an inquiry or procedure",
            ),
            "prejudice": Text(
                "Ne pas nuire à la détection ou aux poursuites", "Opsporing of vervolging niet schaden",
                "Aufdeckung oder Verfolgung nicht beeinträchtigen", "Not to prejudice detection or prosecution",
            ),
            "security": Text(
                "Protéger la sécurité publique ou nationale", "De openbare of nationale veiligheid beschermen",
                "Öffentliche oder nationale Sicherheit schützen", "To protect public or national security",
            ),
            "others": Text(
                "Protéger les droits d’autrui", "De rechten van anderen beschermen", "Rechte anderer schützen",
                "To protect the rights of others",
            ),
        },
    ),
    *code_list(
        "starting_fact",
        "Organisational",
        {
            "file_opened": Text("Dossier ouvert", "Dossier geopend", "Akte eröffnet", "File opened"),
            "referral_done": Text(
                "Orientation terminée", "Doorverwijzing afgerond", "Weiterleitung erledigt", "Referral done"
            ),
            "access_asked": Text(
                "Accès demandé", "Inzage gevraagd", "Auskunft verlangt", "Access asked for"
            ),
        },
    ),
)  # fmt: skip

FACTS: tuple[Fact, ...] = (*CODES, *TERMS, *RIGHTS)
