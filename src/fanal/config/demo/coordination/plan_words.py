"""Words of invented measures, in four languages. Nothing here stands in a real plan."""

from collections.abc import Mapping

Texts = Mapping[str, str]


def _texts(fr: str, nl: str, de: str, en: str) -> Texts:
    return {"fr": fr, "nl": nl, "de": de, "en": en}


CHAPTERS: tuple[Texts, ...] = (
    _texts("Prévenir", "Voorkomen", "Vorbeugen", "Prevent"),
    _texts(
        "Détecter et orienter", "Detecteren en doorverwijzen", "Erkennen und weiterleiten", "Detect and refer"
    ),
    _texts("Protéger", "Beschermen", "Schützen", "Protect"),
    _texts(
        "Enquêter et poursuivre",
        "Onderzoeken en vervolgen",
        "Ermitteln und verfolgen",
        "Investigate and prosecute",
    ),
    _texts(
        "Connaître et coordonner", "Kennen en coördineren", "Wissen und koordinieren", "Know and coordinate"
    ),
)
VERBS: tuple[Texts, ...] = (
    _texts("Former chaque année", "Elk jaar vormen:", "Jedes Jahr schulen:", "Train every year"),
    _texts("Informer", "Informeren:", "Informieren:", "Inform"),
    _texts("Mettre en réseau", "Samenbrengen:", "Vernetzen:", "Connect"),
    _texts("Équiper", "Uitrusten:", "Ausstatten:", "Equip"),
    _texts("Évaluer le travail avec", "De werking evalueren met", "Die Arbeit auswerten mit", "Evaluate the work with"),
    _texts("Ouvrir une ligne directe pour", "Een rechtstreekse lijn openen voor", "Eine direkte Leitung öffnen für",
           "Open a direct line for"),
    _texts("Écrire une feuille de route avec", "Een stappenplan schrijven met", "Einen Wegweiser schreiben mit",
           "Write a road map with"),
)  # fmt: skip
OBJECTS: tuple[Texts, ...] = (
    _texts("les équipes de contrôle du bâtiment", "de controleteams in de bouw", "Kontrollteams am Bau",
           "the control teams in construction"),
    _texts("le personnel des consulats", "het personeel van de consulaten", "Personal der Konsulate",
           "the staff of consulates"),
    _texts("les tuteurs de mineurs", "de voogden van minderjarigen", "Vormunde von Minderjährigen",
           "the guardians of minors"),
    _texts("les services d’urgence des hôpitaux", "de spoeddiensten van ziekenhuizen", "Notaufnahmen der Spitäler",
           "the emergency rooms of hospitals"),
    _texts("les centres d’accueil", "de opvangcentra", "Aufnahmezentren", "the reception centres"),
    _texts("les magistrats de référence", "de referentiemagistraten", "Referenzmagistrate",
           "the reference magistrates"),
    _texts("les polices des autoroutes", "de wegpolitie", "Autobahnpolizei", "the motorway police"),
    _texts("les inspecteurs régionaux du travail", "de regionale arbeidsinspecteurs", "regionale Arbeitsinspektoren",
           "the regional labour inspectors"),
    _texts("les interprètes jurés", "de beëdigde tolken", "vereidigte Dolmetscher", "the sworn interpreters"),
    _texts("les banques et les bureaux de transfert", "banken en transferkantoren", "Banken und Transferbüros",
           "banks and transfer offices"),
    _texts("l’aide à la jeunesse", "de jeugdhulp", "Jugendhilfe", "youth care"),
)  # fmt: skip
INDICATORS: tuple[tuple[Texts, str], ...] = (
    (_texts("Personnes formées", "Gevormde personen", "Geschulte Personen", "Persons trained"), "persons"),
    (_texts("Services atteints", "Bereikte diensten", "Erreichte Dienste", "Services reached"), "services"),
    (_texts("Part des dossiers encodés", "Aandeel ingevoerde dossiers", "Anteil erfasster Akten",
            "Share of files encoded"), "%"),
    (_texts("Réunions tenues", "Gehouden vergaderingen", "Abgehaltene Sitzungen", "Meetings held"), "meetings"),
)  # fmt: skip
