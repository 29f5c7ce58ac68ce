"""Testland's code lists, in its own words."""

from fanal.country.schema import Code, Fact, Text, code_list, same

BOOK = "Testland, Book of Lists"


def _list(list_code: str, **entries: tuple[str, str, str, str]) -> tuple[Code, ...]:
    return code_list(list_code, BOOK, {code: Text(*words) for code, words in entries.items()})


_KINDS = (
    "parquet",
    "auditorat",
    "general_prosecution",
    "general_auditorat",
    "federal_prosecution",
    "college",
    "coordination",
    "rapporteur",
    "police_central",
    "police_cell",
    "local_police",
    "inspection",
    "immigration_cell",
    "immigration_research",
    "immigration_desk",
    "guardianship",
    "foreign_affairs",
    "protocol",
    "centre",
    "shelter_minors",
    "reception",
    "detention",
    "federated_contact",
    "line",
    "foreign",
    "administration",
    "oversight",
    "supervisory_authority",
)

CODES: tuple[Fact, ...] = (
    *code_list("unit_kind", BOOK, {kind: same(kind.replace("_", " ").capitalize()) for kind in _KINDS}),
    *_list(
        "institution_kind",
        justice=("Justice", "Justitie", "Justiz", "Justice"),
        police=("Guet", "Wacht", "Wache", "Watch"),
        federal=("Couronne", "Kroon", "Krone", "Crown"),
        federated=("Îles", "Eilanden", "Inseln", "Isles"),
        independent=("Libre", "Vrij", "Frei", "Free"),
        association=("Maison", "Huis", "Haus", "House"),
        foreign=("Au-delà", "Overzee", "Übersee", "Overseas"),
    ),
    *_list("resort", coast=("Côte", "Kust", "Küste", "Coast"), land=("Terre", "Land", "Land", "Land")),
    *_list("policy_sector", youth=("Jeunesse", "Jeugd", "Jugend", "Youth")),
    *_list(
        "phenomenon",
        trafficking=("Servage", "Lijfeigenschap", "Leibeigenschaft", "Bondage"),
        smuggling=("Passage", "Overvaart", "Überfahrt", "Ferrying"),
        smuggling_aggravated=(
            "Passage dangereux",
            "Gevaarlijke overvaart",
            "Gefährliche Überfahrt",
            "Perilous ferrying",
        ),
    ),
    *_list(
        "alert_outcome",
        referred=(
            "Confiée à une maison",
            "Aan een huis toevertrouwd",
            "Einem Haus anvertraut",
            "Entrusted to a house",
        ),
        referred_elsewhere=(
            "Confiée ailleurs",
            "Elders toevertrouwd",
            "Anderswo anvertraut",
            "Entrusted elsewhere",
        ),
        not_trafficking=("Pas de servage", "Geen lijfeigenschap", "Keine Leibeigenschaft", "No bondage"),
        refused_help=("Aide déclinée", "Hulp afgewezen", "Hilfe abgelehnt", "Help declined"),
        conditions_not_met=(
            "Conditions manquantes",
            "Voorwaarden ontbreken",
            "Bedingungen fehlen",
            "Conditions lacking",
        ),
        unreachable=("Introuvable", "Onvindbaar", "Unauffindbar", "Not found"),
        other_country=("Autre pays", "Ander land", "Anderes Land", "Other country"),
        merged=("Réunie", "Samengevoegd", "Vereinigt", "Merged"),
        entered_in_error=("Erreur", "Vergissing", "Irrtum", "Error"),
    ),
    *_list(
        "detection_source",
        police_check=("Ronde du guet", "Ronde van de wacht", "Runde der Wache", "Round of the watch"),
        inspection=("Visite", "Bezoek", "Besuch", "Visit"),
        self=("Elle-même", "Zelf", "Selbst", "Self"),
        citizen=("Passant", "Voorbijganger", "Passant", "Passer-by"),
        online=("Toile", "Web", "Netz", "Web"),
    ),
    *_list(
        "referral_purpose",
        accompaniment=("Compagnie", "Gezelschap", "Gesellschaft", "Company"),
        housing=("Toit", "Dak", "Dach", "Roof"),
        guardianship=("Pupille", "Pupil", "Mündel", "Ward"),
        medical=("Soins", "Zorg", "Pflege", "Care"),
    ),
    *_list(
        "referral_refusal",
        full=("Complet", "Vol", "Voll", "Full"),
        language=("Langue", "Taal", "Sprache", "Language"),
        not_competent=("Pas ici", "Niet hier", "Nicht hier", "Not here"),
        other_centre=("Déjà ailleurs", "Al elders", "Schon anderswo", "Already elsewhere"),
    ),
    *code_list(
        "consent_ground",
        BOOK,
        {
            "consent": Text("Accord", "Akkoord", "Zustimmung", "Agreement"),
            "minor": Text("Enfant", "Kind", "Kind", "Child"),
            "vital_interest": Text("Péril", "Gevaar", "Gefahr", "Peril"),
            "law": Text("Loi", "Wet", "Gesetz", "Law"),
        },
        flags={"minor": ("reviewed",), "vital_interest": ("reviewed",), "law": ("reviewed", "needs_article")},
    ),
    *code_list(
        "reading_purpose",
        BOOK,
        {
            "take_up": Text("Reprendre", "Opnemen", "Aufnehmen", "Take up"),
            "protect": Text("Protéger", "Beschermen", "Schützen", "Protect"),
            "accompany": Text("Tenir compagnie", "Gezelschap houden", "Begleiten", "Keep company"),
            "decide_residence": Text(
                "Décider du séjour", "Verblijf beslissen", "Bleiben entscheiden", "Decide on stay"
            ),
            "guardianship": Text("Veiller", "Waken", "Wachen", "Watch over"),
            "investigate": Text("Chercher", "Zoeken", "Suchen", "Search"),
            "control": Text("Vérifier", "Nakijken", "Prüfen", "Check"),
        },
        flags={"investigate": ("needs_reference",)},
    ),
    *_list(
        "sex",
        F=("Femme", "Vrouw", "Frau", "Woman"),
        M=("Homme", "Man", "Mann", "Man"),
        X=("Autre", "Ander", "Anders", "Other"),
        U=("Inconnu", "Onbekend", "Unbekannt", "Unknown"),
    ),
    *code_list(
        "age_basis",
        BOOK,
        {
            "known": Text("Connu", "Bekend", "Bekannt", "Known"),
            "estimated": Text("Estimé", "Geschat", "Geschätzt", "Estimated"),
            "doubtful": Text("Douteux", "Twijfelachtig", "Zweifelhaft", "Doubtful"),
            "unknown": Text("Inconnu", "Onbekend", "Unbekannt", "Unknown"),
        },
        flags={"doubtful": ("maybe_minor",), "unknown": ("maybe_minor",)},
    ),
    *_list(
        "safe_contact",
        phone=("Téléphone", "Telefoon", "Telefon", "Phone"),
        text=("Message", "Bericht", "Nachricht", "Message"),
        service=("Par la maison", "Via het huis", "Über das Haus", "Through the house"),
        none=("Aucun", "Geen", "Keiner", "None"),
    ),
    *code_list(
        "data_subject",
        BOOK,
        {
            "presumed_victim": Text(
                "Peut-être captive", "Misschien gevangen", "Vielleicht gefangen", "Maybe captive"
            ),
            "suspect": Text("Soupçonné", "Verdacht", "Verdächtig", "Suspected"),
            "witness": Text("Témoin", "Getuige", "Zeuge", "Witness"),
            "contact": Text("Contact", "Contact", "Kontakt", "Contact"),
        },
        flags={"suspect": ("accused",)},
    ),
    *code_list(
        "handling",
        BOOK,
        {
            "H0": Text("Libre", "Vrij", "Frei", "Free"),
            "H1": Text("Pas au tribunal", "Niet voor de rechter", "Nicht vor Gericht", "Not in court"),
            "H2": Text("Ne pas transmettre", "Niet doorgeven", "Nicht weitergeben", "Not onward"),
            "H3": Text("Mots propres", "Eigen woorden", "Eigene Worte", "Own words"),
        },
        flags={"H1": ("not_in_court",), "H2": ("no_onward",), "H3": ("own_words", "no_onward")},
    ),
    *_list(
        "source_grade",
        A=("Sûre", "Zeker", "Sicher", "Sure"),
        B=("Plutôt sûre", "Vrij zeker", "Ziemlich sicher", "Fairly sure"),
        C=("Peu sûre", "Weinig zeker", "Wenig sicher", "Hardly sure"),
        X=("Inconnue", "Onbekend", "Unbekannt", "Unknown"),
    ),
    *code_list(
        "information_grade",
        BOOK,
        {
            "1": Text("Certaine", "Zeker", "Sicher", "Certain"),
            "2": Text("Vue", "Gezien", "Gesehen", "Seen"),
            "3": Text("Entendue", "Gehoord", "Gehört", "Heard"),
            "4": Text("Invérifiable", "Niet na te gaan", "Nicht prüfbar", "Not verifiable"),
        },
    ),
    *code_list(
        "sector",
        BOOK,
        {
            "A": Text("Champs", "Velden", "Felder", "Fields"),
            "I": Text("Auberges", "Herbergen", "Herbergen", "Inns"),
            "I-KITCHEN": Text("Cuisines", "Keukens", "Küchen", "Kitchens"),
        },
        flags={"I-KITCHEN": ("risk", "nace:I")},
    ),
    *_list(
        "indicator_group",
        papers=("Papiers", "Papieren", "Papiere", "Papers"),
        work=("Travail", "Werk", "Arbeit", "Work"),
        children=("Enfants", "Kinderen", "Kinder", "Children"),
    ),
    *_list(
        "starting_fact",
        alert_transmitted=(
            "Alerte transmise",
            "Melding doorgegeven",
            "Meldung übermittelt",
            "Alert transmitted",
        ),
        signs_noted=("Signes notés", "Tekens genoteerd", "Zeichen notiert", "Signs noted"),
        question_asked=("Question posée", "Vraag gesteld", "Frage gestellt", "Question asked"),
        document_issued=("Papier remis", "Papier gegeven", "Papier erteilt", "Paper given"),
        document_expires=("Papier échu", "Papier vervalt", "Papier läuft ab", "Paper expires"),
        procedure_requested=("Demande faite", "Aanvraag gedaan", "Antrag gestellt", "Request made"),
        referral_proposed=("Proposition faite", "Voorstel gedaan", "Vorschlag gemacht", "Proposal made"),
    ),
    *code_list(
        "judicial_event",
        BOOK,
        {
            "verdict": Text("Verdict", "Vonnis", "Urteil", "Verdict"),
            "acquittal": Text("Relaxe", "Vrijspraak", "Freispruch", "Acquittal"),
        },
        flags={"verdict": ("residence",)},
    ),
    *_list("unsafe_word", bondage=("servage", "lijfeigenschap", "leibeigenschaft", "bondage")),
)
