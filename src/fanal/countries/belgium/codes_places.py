"""Code lists about services and places."""

from fanal.country.schema import Fact, Text, code_list

SEED = "Myria, page on the multidisciplinary approach"
GEOGRAPHY = "Judicial Code, annex (judicial districts since 1-4-2014)"

CODES: tuple[Fact, ...] = (
    *code_list(
        "institution_kind",
        "Organisational",
        {
            "justice": Text("Ordre judiciaire", "Rechterlijke orde", "Gerichtsbarkeit", "Judiciary"),
            "police": Text("Police", "Politie", "Polizei", "Police"),
            "federal": Text("Autorité fédérale", "Federale overheid", "Föderalbehörde", "Federal authority"),
            "federated": Text("Entité fédérée", "Deelstaat", "Gliedstaat", "Federated entity"),
            "independent": Text(
                "Institution indépendante",
                "Onafhankelijke instelling",
                "Unabhängige Einrichtung",
                "Independent institution",
            ),
            "association": Text("Association", "Vereniging", "Vereinigung", "Association"),
            "line": Text("Ligne d’appel", "Hulplijn", "Rufnummer", "Telephone line"),
            "foreign": Text(
                "Autorité étrangère", "Buitenlandse overheid", "Ausländische Behörde", "Foreign authority"
            ),
        },
    ),
    *code_list(
        "unit_kind",
        SEED,
        {
            "parquet": Text("Parquet", "Parket", "Staatsanwaltschaft", "Public prosecutor’s office"),
            "auditorat": Text(
                "Auditorat du travail", "Arbeidsauditoraat", "Arbeitsauditorat", "Labour prosecutor’s office"
            ),
            "general_prosecution": Text(
                "Parquet général",
                "Parket-generaal",
                "Generalstaatsanwaltschaft",
                "General prosecutor’s office",
            ),
            "general_auditorat": Text(
                "Auditorat général du travail",
                "Arbeidsauditoraat-generaal",
                "Generalarbeitsauditorat",
                "General labour prosecutor’s office",
            ),
            "federal_prosecution": Text(
                "Parquet fédéral",
                "Federaal parket",
                "Föderalstaatsanwaltschaft",
                "Federal prosecutor’s office",
            ),
            "college": Text(
                "Collège des procureurs généraux",
                "College van procureurs-generaal",
                "Kollegium der Generalprokuratoren",
                "College of general prosecutors",
            ),
            "coordination": Text(
                "Service de coordination", "Coördinatiedienst", "Koordinierungsdienst", "Coordination service"
            ),
            "rapporteur": Text(
                "Rapporteur national",
                "Nationaal rapporteur",
                "Nationaler Berichterstatter",
                "National rapporteur",
            ),
            "police_central": Text(
                "Police fédérale, service central",
                "Federale politie, centrale dienst",
                "Föderale Polizei, Zentraldienst",
                "Federal police, central service",
            ),
            "police_cell": Text(
                "Police judiciaire fédérale",
                "Federale gerechtelijke politie",
                "Föderale Kriminalpolizei",
                "Federal judicial police",
            ),
            "local_police": Text("Police locale", "Lokale politie", "Lokale Polizei", "Local police"),
            "inspection": Text(
                "Inspection sociale", "Sociale inspectie", "Sozialinspektion", "Labour and social inspection"
            ),
            "immigration_cell": Text(
                "Office des étrangers, cellule compétente",
                "Dienst Vreemdelingenzaken, bevoegde cel",
                "Ausländeramt, zuständige Zelle",
                "Immigration Office, competent cell",
            ),
            "immigration_research": Text(
                "Office des étrangers, bureau des recherches",
                "Dienst Vreemdelingenzaken, bureau Opsporingen",
                "Ausländeramt, Ermittlungsbüro",
                "Immigration Office, research bureau",
            ),
            "immigration_desk": Text(
                "Office des étrangers, personnes vulnérables",
                "Dienst Vreemdelingenzaken, kwetsbare personen",
                "Ausländeramt, schutzbedürftige Personen",
                "Immigration Office, vulnerable persons",
            ),
            "guardianship": Text(
                "Service des Tutelles", "Dienst Voogdij", "Vormundschaftsdienst", "Guardianship service"
            ),
            "foreign_affairs": Text(
                "Affaires étrangères", "Buitenlandse Zaken", "Auswärtige Angelegenheiten", "Foreign Affairs"
            ),
            "protocol": Text("Protocole", "Protocol", "Protokoll", "Protocol"),
            "centre": Text(
                "Centre d’accueil spécialisé",
                "Gespecialiseerd opvangcentrum",
                "Spezialisiertes Aufnahmezentrum",
                "Specialised reception centre",
            ),
            "shelter_minors": Text(
                "Accueil de mineurs",
                "Opvang van minderjarigen",
                "Aufnahme von Minderjährigen",
                "Shelter for minors",
            ),
            "reception": Text(
                "Accueil des demandeurs d’asile",
                "Opvang van asielzoekers",
                "Aufnahme von Asylsuchenden",
                "Reception of asylum seekers",
            ),
            "detention": Text(
                "Centre fermé", "Gesloten centrum", "Geschlossenes Zentrum", "Detention centre"
            ),
            "federated_contact": Text(
                "Point de contact d’une entité fédérée",
                "Contactpunt van een deelstaat",
                "Kontaktstelle eines Gliedstaates",
                "Contact point of a federated entity",
            ),
            "line": Text("Ligne d’appel", "Hulplijn", "Rufnummer", "Telephone line"),
            "foreign": Text(
                "Service étranger", "Buitenlandse dienst", "Ausländischer Dienst", "Foreign service"
            ),
            "administration": Text(
                "Gestion de la plateforme",
                "Beheer van het platform",
                "Verwaltung der Plattform",
                "Administration of the platform",
            ),
            "oversight": Text(
                "Protection des données",
                "Gegevensbescherming",
                "Datenschutz",
                "Data protection",
            ),
            "supervisory_authority": Text(
                "Autorité de contrôle",
                "Toezichthoudende autoriteit",
                "Aufsichtsbehörde",
                "Supervisory authority",
            ),
        },
    ),
    *code_list(
        "resort",
        GEOGRAPHY,
        {
            "antwerp": Text("Ressort d’Anvers", "Rechtsgebied Antwerpen", "Bereich Antwerpen", "Antwerp"),
            "brussels": Text("Ressort de Bruxelles", "Rechtsgebied Brussel", "Bereich Brüssel", "Brussels"),
            "ghent": Text("Ressort de Gand", "Rechtsgebied Gent", "Bereich Gent", "Ghent"),
            "liege": Text("Ressort de Liège", "Rechtsgebied Luik", "Bereich Lüttich", "Liège"),
            "mons": Text("Ressort de Mons", "Rechtsgebied Bergen", "Bereich Mons", "Mons"),
        },
        to_verify=True,
    ),
    *code_list(
        "policy_sector",
        "Action plan 2021-2025 (contact points in the federated entities by sector)",
        {
            "labour": Text(
                "Emploi et inspection",
                "Werk en inspectie",
                "Beschäftigung und Inspektion",
                "Labour and inspection",
            ),
            "housing": Text("Logement", "Wonen", "Wohnungswesen", "Housing"),
            "youth": Text("Aide à la jeunesse", "Jeugdhulp", "Jugendhilfe", "Youth welfare"),
            "welfare": Text(
                "Action sociale et santé",
                "Welzijn en gezondheid",
                "Soziales und Gesundheit",
                "Welfare and health",
            ),
            "integration": Text("Intégration", "Inburgering", "Integration", "Integration"),
        },
        to_verify=True,
    ),
)
