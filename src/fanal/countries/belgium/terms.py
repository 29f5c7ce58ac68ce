"""How long things last: the terms of the law, each with its article, and our organisational defaults."""

from fanal.country.schema import Fact, Term, Text, code_list

ALIENS = "Loi/Wet/Gesetz 15-12-1980"
"""The law on foreigners, cited as its readers in each language find it."""
DEFAULT = "Organisational default, not law"


def _default(code: str, label: Text, amount: int, unit: str, starts_on: str, *, before: bool = False) -> Term:
    return Term(
        code=code,
        label=label,
        amount=amount,
        unit=unit,  # type: ignore[arg-type]
        starts_on=starts_on,
        before=before,
        kind="organisational",
        source=DEFAULT,
    )


LAW = (
    Term(
        code="reflection",
        label=Text("Délai de réflexion", "Bedenktijd", "Bedenkzeit", "Reflection period"),
        amount=45,
        unit="day",
        starts_on="document_issued",
        kind="law",
        source=f"{ALIENS}, art. 61/2 §2",
    ),
    Term(
        code="first_document",
        label=Text(
            "Attestation d’immatriculation, trois mois au plus",
            "Attest van immatriculatie, hoogstens drie maanden",
            "Registrierungsbescheinigung, höchstens drei Monate",
            "Registration certificate, three months at most",
        ),
        amount=3,
        unit="month",
        starts_on="document_issued",
        renewable="once",
        kind="law",
        source=f"{ALIENS}, art. 61/3 §1",
    ),
    Term(
        code="first_document_extension",
        label=Text(
            "Une seule prolongation, trois mois au plus",
            "Eén enkele verlenging, hoogstens drie maanden",
            "Eine einzige Verlängerung, höchstens drei Monate",
            "One single extension, three months at most",
        ),
        amount=3,
        unit="month",
        starts_on="document_expires",
        kind="law",
        source=f"{ALIENS}, art. 61/3 §2",
    ),
    Term(
        code="residence",
        label=Text(
            "Titre de séjour de six mois",
            "Verblijfstitel van zes maanden",
            "Aufenthaltstitel für sechs Monate",
            "Residence title of six months",
        ),
        amount=6,
        unit="month",
        starts_on="document_issued",
        renewable="while",
        kind="law",
        source=f"{ALIENS}, art. 61/4 §1",
    ),
)

DEFAULTS = (
    _default(
        "duty_at_detection",
        Text(
            "Devoirs à la détection (« immédiatement »)",
            "Plichten bij detectie (‘onmiddellijk’)",
            "Pflichten bei der Feststellung („unverzüglich“)",
            "Duties at detection (“immediately”)",
        ),
        24,
        "hour",
        "signs_noted",
    ),
    _default(
        "acknowledge_alert",
        Text(
            "Accusé de réception d’une alerte",
            "Ontvangstmelding van een melding",
            "Empfangsbestätigung einer Meldung",
            "Acknowledgement of an alert",
        ),
        2,
        "working_day",
        "alert_transmitted",
    ),
    _default(
        "acknowledge_urgent_alert",
        Text(
            "Accusé de réception d’une alerte urgente",
            "Ontvangstmelding van een dringende melding",
            "Empfangsbestätigung einer dringenden Meldung",
            "Acknowledgement of an urgent alert",
        ),
        24,
        "hour",
        "alert_transmitted",
    ),
    _default(
        "referral_answer",
        Text(
            "Réponse à une proposition",
            "Antwoord op een voorstel",
            "Antwort auf einen Vorschlag",
            "Answer to a proposal",
        ),
        2,
        "working_day",
        "referral_proposed",
    ),
    _default(
        "decide_opening",
        Text(
            "Décision sur une première demande",
            "Beslissing over een eerste aanvraag",
            "Entscheidung über einen Erstantrag",
            "Decision on a first request",
        ),
        5,
        "working_day",
        "procedure_requested",
    ),
    _default(
        "answer_questions",
        Text(
            "Réponse du magistrat aux questions",
            "Antwoord van de magistraat op de vragen",
            "Antwort des Magistrats auf die Fragen",
            "Answer of the magistrate to the questions",
        ),
        10,
        "working_day",
        "question_asked",
    ),
    *(
        _default(
            code,
            Text(
                f"Rappel {days} jours avant l’échéance",
                f"Herinnering {days} dagen voor de vervaldag",
                f"Erinnerung {days} Tage vor Ablauf",
                f"Reminder {days} days before the end",
            ),
            days,
            "day",
            "document_expires",
            before=True,
        )
        for code, days in (("escalation_first", 30), ("escalation_second", 15), ("escalation_third", 5))
    ),
)

STARTING_FACTS = code_list(
    "starting_fact",
    "Organisational",
    {
        "signs_noted": Text(
            "Indices constatés", "Aanwijzingen vastgesteld", "Anzeichen festgestellt", "Signs noted"
        ),
        "alert_transmitted": Text(
            "Alerte transmise", "Melding doorgegeven", "Meldung übermittelt", "Alert transmitted"
        ),
        "referral_proposed": Text(
            "Proposition envoyée", "Voorstel verzonden", "Vorschlag gesendet", "Proposal sent"
        ),
        "procedure_requested": Text(
            "Demande introduite", "Aanvraag ingediend", "Antrag gestellt", "Request made"
        ),
        "document_issued": Text(
            "Document délivré", "Document afgegeven", "Dokument ausgestellt", "Document issued"
        ),
        "document_expires": Text(
            "Fin de validité du document",
            "Einde geldigheid van het document",
            "Ende der Gültigkeit des Dokuments",
            "Document expires",
        ),
        "question_asked": Text(
            "Questions posées au magistrat",
            "Vragen gesteld aan de magistraat",
            "Fragen an den Magistrat gestellt",
            "Questions put to the magistrate",
        ),
    },
)

FACTS: tuple[Fact, ...] = (*STARTING_FACTS, *LAW, *DEFAULTS)
