"""Code lists of alerts and referrals."""

from fanal.country.schema import Fact, Text, code_list

ACCESS = "Rules of access of the shared system (organisational)"
DOSSIER = (
    "Outcomes asked for by the published criticism of the 2024 figures: 1,558 signals, 152 accompaniments"
)

CODES: tuple[Fact, ...] = (
    *code_list(
        "phenomenon",
        "Penal Code art. 258–260 (before 8-4-2026: 433quinquies; Aliens Act art. 77bis, 77quater)",
        {
            "trafficking": Text(
                "Traite des êtres humains", "Mensenhandel", "Menschenhandel", "Trafficking in human beings"
            ),
            "smuggling": Text(
                "Trafic d’êtres humains", "Mensensmokkel", "Menschenschmuggel", "Smuggling of human beings"
            ),
            "smuggling_aggravated": Text(
                "Trafic avec circonstances aggravantes",
                "Mensensmokkel met verzwarende omstandigheden",
                "Menschenschmuggel mit erschwerenden Umständen",
                "Smuggling with aggravating circumstances",
            ),
            "adjacent": Text(
                "Infraction voisine", "Aanverwant misdrijf", "Verwandte Straftat", "Neighbouring offence"
            ),
        },
        flags={"trafficking": ("alert",), "smuggling": ("alert",), "smuggling_aggravated": ("alert",)},
    ),
    *code_list(
        "alert_outcome",
        DOSSIER,
        {
            "referred": Text(
                "Orientée vers un centre spécialisé",
                "Doorverwezen naar een gespecialiseerd centrum",
                "An ein spezialisiertes Zentrum verwiesen",
                "Referred to a specialised centre",
            ),
            "referred_elsewhere": Text(
                "Orientée vers un autre service",
                "Doorverwezen naar een andere dienst",
                "An einen anderen Dienst verwiesen",
                "Referred to another service",
            ),
            "not_trafficking": Text(
                "Après examen, ni traite ni trafic aggravé",
                "Na onderzoek geen mensenhandel of verzwaarde mensensmokkel",
                "Nach Prüfung weder Menschenhandel noch schwerer Menschenschmuggel",
                "On examination neither trafficking nor aggravated smuggling",
            ),
            "refused_help": Text(
                "La personne ne souhaite pas d’aide",
                "De persoon wenst geen hulp",
                "Die Person wünscht keine Hilfe",
                "The person does not want help",
            ),
            "conditions_not_met": Text(
                "Conditions de la procédure non remplies",
                "Voorwaarden van de procedure niet vervuld",
                "Voraussetzungen des Verfahrens nicht erfüllt",
                "Conditions of the procedure not met",
            ),
            "unreachable": Text(
                "La personne n’a pas pu être jointe",
                "De persoon kon niet worden bereikt",
                "Die Person konnte nicht erreicht werden",
                "The person could not be reached",
            ),
            "other_country": Text(
                "Prise en charge dans un autre pays",
                "Opgevangen in een ander land",
                "In einem anderen Land betreut",
                "Taken care of in another country",
            ),
            "merged": Text(
                "Réunie à une autre alerte",
                "Samengevoegd met een andere melding",
                "Mit einer anderen Meldung zusammengelegt",
                "Merged with another alert",
            ),
            "entered_in_error": Text(
                "Enregistrée par erreur",
                "Bij vergissing geregistreerd",
                "Irrtümlich erfasst",
                "Recorded in error",
            ),
        },
        flags={
            "referred": ("accompanied",),
            "merged": ("needs_alert",),
            "referred_elsewhere": ("needs_service",),
        },
    ),
    *code_list(
        "detection_source",
        "Organisational",
        {
            "police_check": Text("Contrôle de police", "Politiecontrole", "Polizeikontrolle", "Police check"),
            "inspection": Text(
                "Contrôle d’un service d’inspection",
                "Controle door een inspectiedienst",
                "Kontrolle durch einen Inspektionsdienst",
                "Check by an inspection service",
            ),
            "judicial_file": Text(
                "Enquête judiciaire en cours",
                "Lopend gerechtelijk onderzoek",
                "Laufende gerichtliche Ermittlung",
                "Criminal investigation under way",
            ),
            "self": Text(
                "La personne elle-même", "De persoon zelf", "Die Person selbst", "The person him- or herself"
            ),
            "other_victim": Text(
                "Une autre personne concernée",
                "Een andere betrokken persoon",
                "Eine andere betroffene Person",
                "Another person concerned",
            ),
            "citizen": Text(
                "Particulier, voisin, client",
                "Burger, buur, klant",
                "Privatperson, Nachbar, Kunde",
                "Member of the public",
            ),
            "association": Text(
                "Association, syndicat",
                "Vereniging, vakbond",
                "Verein, Gewerkschaft",
                "Association, trade union",
            ),
            "health": Text("Soins de santé", "Gezondheidszorg", "Gesundheitswesen", "Health care"),
            "youth": Text(
                "École ou aide à la jeunesse",
                "School of jeugdhulp",
                "Schule oder Jugendhilfe",
                "School or youth welfare",
            ),
            "reception": Text(
                "Accueil des demandeurs d’asile",
                "Opvang van asielzoekers",
                "Aufnahme von Asylsuchenden",
                "Reception of asylum seekers",
            ),
            "detention": Text(
                "Centre fermé ou prison",
                "Gesloten centrum of gevangenis",
                "Geschlossenes Zentrum oder Gefängnis",
                "Detention centre or prison",
            ),
            "border": Text(
                "Frontière, port, aéroport",
                "Grens, haven, luchthaven",
                "Grenze, Hafen, Flughafen",
                "Border, port, airport",
            ),
            "online": Text("En ligne", "Online", "Online", "Online"),
            "other_authority": Text(
                "Autre administration", "Andere overheidsdienst", "Andere Behörde", "Another authority"
            ),
            "abroad": Text(
                "Autorité étrangère", "Buitenlandse overheid", "Ausländische Behörde", "Foreign authority"
            ),
        },
    ),
    *code_list(
        "referral_purpose",
        "Circular of 23-12-2016 (aspects of accompaniment)",
        {
            "accompaniment": Text("Accompagnement", "Begeleiding", "Begleitung", "Accompaniment"),
            "housing": Text("Hébergement", "Huisvesting", "Unterbringung", "Housing"),
            "psychosocial": Text(
                "Aide psychosociale", "Psychosociale hulp", "Psychosoziale Hilfe", "Psychosocial help"
            ),
            "medical": Text("Aide médicale", "Medische hulp", "Medizinische Hilfe", "Medical help"),
            "administrative": Text(
                "Aide administrative et titre de séjour",
                "Administratieve hulp en verblijfstitel",
                "Administrative Hilfe und Aufenthaltstitel",
                "Administrative help and residence title",
            ),
            "legal": Text("Aide juridique", "Juridische hulp", "Rechtshilfe", "Legal help"),
            "guardianship": Text(
                "Désignation d’un tuteur",
                "Aanstelling van een voogd",
                "Bestellung eines Vormunds",
                "Appointment of a guardian",
            ),
            "return": Text(
                "Retour volontaire accompagné",
                "Begeleide vrijwillige terugkeer",
                "Begleitete freiwillige Rückkehr",
                "Assisted voluntary return",
            ),
        },
        to_verify=True,
    ),
    *code_list(
        "referral_refusal",
        "Organisational",
        {
            "full": Text("Plus de place", "Geen plaats", "Kein freier Platz", "No place left"),
            "language": Text(
                "Langue non couverte",
                "Taal niet beschikbaar",
                "Sprache nicht abgedeckt",
                "Language not covered",
            ),
            "profile": Text(
                "La personne ne relève pas du public accueilli",
                "De persoon behoort niet tot de doelgroep",
                "Die Person gehört nicht zur Zielgruppe",
                "The person is outside the group we receive",
            ),
            "unsafe_place": Text(
                "Le lieu n’est pas sûr pour la personne",
                "De plaats is niet veilig voor de persoon",
                "Der Ort ist für die Person nicht sicher",
                "The place is not safe for the person",
            ),
            "not_competent": Text(
                "Service non compétent",
                "Dienst niet bevoegd",
                "Dienst nicht zuständig",
                "Service not competent",
            ),
            "other_centre": Text(
                "Déjà accompagnée par un autre centre",
                "Al begeleid door een ander centrum",
                "Bereits von einem anderen Zentrum begleitet",
                "Already accompanied by another centre",
            ),
            "person_declined": Text(
                "La personne y renonce",
                "De persoon ziet ervan af",
                "Die Person verzichtet",
                "The person declines",
            ),
            "incomplete": Text(
                "Informations insuffisantes",
                "Onvoldoende informatie",
                "Unzureichende Angaben",
                "Not enough information",
            ),
        },
    ),
    *code_list(
        "consent_ground",
        "Regulation (EU) 2016/679 art. 6 and 9; organisational wording",
        {
            "consent": Text(
                "Consentement de la personne",
                "Toestemming van de persoon",
                "Einwilligung der Person",
                "Consent of the person",
            ),
            "minor": Text(
                "Protection d’un enfant",
                "Bescherming van een kind",
                "Schutz eines Kindes",
                "Protection of a child",
            ),
            "vital_interest": Text(
                "Intérêt vital", "Vitaal belang", "Lebenswichtiges Interesse", "Vital interest"
            ),
            "law": Text(
                "Obligation légale",
                "Wettelijke verplichting",
                "Gesetzliche Verpflichtung",
                "Legal obligation",
            ),
        },
        flags={"minor": ("reviewed",), "vital_interest": ("reviewed",), "law": ("reviewed", "needs_article")},
        to_verify=True,
    ),
    *code_list(
        "reading_purpose",
        "Law of 30-7-2018 art. 56 (the log states the reason); " + ACCESS,
        {
            "take_up": Text(
                "Prendre en charge une alerte",
                "Een melding opvolgen",
                "Eine Meldung bearbeiten",
                "Take up an alert",
            ),
            "protect": Text(
                "Protéger la personne", "De persoon beschermen", "Die Person schützen", "Protect the person"
            ),
            "accompany": Text(
                "Accompagner la personne",
                "De persoon begeleiden",
                "Die Person begleiten",
                "Accompany the person",
            ),
            "decide_residence": Text(
                "Décider du séjour",
                "Beslissen over het verblijf",
                "Über den Aufenthalt entscheiden",
                "Decide on residence",
            ),
            "guardianship": Text(
                "Tutelle d’un mineur",
                "Voogdij over een minderjarige",
                "Vormundschaft für Minderjährige",
                "Guardianship of a minor",
            ),
            "investigate": Text(
                "Enquêter et poursuivre",
                "Onderzoeken en vervolgen",
                "Ermitteln und verfolgen",
                "Investigate and prosecute",
            ),
            "inform": Text(
                "Informer la personne de ses droits",
                "De persoon over haar rechten informeren",
                "Die Person über ihre Rechte informieren",
                "Inform the person of his or her rights",
            ),
            "control": Text(
                "Contrôler ses propres dossiers",
                "De eigen dossiers controleren",
                "Die eigenen Akten prüfen",
                "Check one’s own files",
            ),
        },
        flags={"investigate": ("needs_reference",)},
    ),
)
