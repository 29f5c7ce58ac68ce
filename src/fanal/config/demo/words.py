"""What services write about what they saw, in the language in which they work. No name, no place."""

from collections.abc import Mapping

from .world import Chance

_SEEN: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "WORK": {
        "fr": (
            "Logée au-dessus de l’atelier, dans une pièce sans fenêtre.",
            "Journées de douze à quatorze heures, six ou sept jours sur sept, sans contrat.",
            "Salaire promis non payé depuis trois mois ; une dette de voyage est invoquée.",
            "Le passeport est gardé par l’employeur « pour le mettre en sécurité ».",
            "Réponses apprises par cœur ; un collègue traduit et parle à sa place.",
            "Pas d’équipement de protection, brûlures aux mains non soignées.",
        ),
        "nl": (
            "Slaapt boven het atelier, in een kamer zonder raam.",
            "Werkdagen van twaalf tot veertien uur, zes of zeven dagen op zeven, zonder contract.",
            "Het beloofde loon is al drie maanden niet betaald; er zou een reisschuld zijn.",
            "De werkgever houdt het paspoort bij ‘om het veilig te bewaren’.",
            "Uit het hoofd geleerde antwoorden; een collega vertaalt en antwoordt in haar plaats.",
            "Geen beschermingsmiddelen, brandwonden aan de handen zonder verzorging.",
        ),
        "de": (
            "Schläft über der Werkstatt in einem Raum ohne Fenster.",
            "Arbeitstage von zwölf bis vierzehn Stunden, ohne Vertrag.",
            "Der versprochene Lohn wurde seit drei Monaten nicht gezahlt.",
            "Der Arbeitgeber verwahrt den Reisepass.",
        ),
    },
    "SEX": {
        "fr": (
            "Annonces rédigées et gérées par un tiers, plusieurs villes par semaine.",
            "Ne dispose pas de ses revenus ; remet tout à une « amie ».",
            "Arrivée avec la promesse d’un emploi dans un salon de coiffure.",
            "Très surveillée, le téléphone sonne sans cesse pendant l’entretien.",
            "Évoque un serment et une dette de 30 000 euros.",
            "Relation récente avec un homme qui l’a éloignée de ses proches.",
        ),
        "nl": (
            "Advertenties opgesteld en beheerd door een derde, verschillende steden per week.",
            "Beschikt niet over haar inkomsten; geeft alles af aan een ‘vriendin’.",
            "Aangekomen met de belofte van werk in een kapsalon.",
            "Staat onder toezicht; de telefoon rinkelt voortdurend tijdens het gesprek.",
            "Spreekt over een eed en een schuld van 30.000 euro.",
            "Recente relatie met een man die haar van haar familie afzonderde.",
        ),
        "de": (
            "Anzeigen werden von Dritten verfasst und verwaltet, mehrere Städte in der Woche.",
            "Verfügt nicht über ihre Einnahmen.",
            "Kam mit dem Versprechen einer Stelle in einem Friseursalon.",
        ),
    },
    "": {
        "fr": (
            "Déposée chaque matin au même endroit et reprise le soir.",
            "Doit rapporter une somme fixe chaque jour ; craint d’être frappée sinon.",
            "N’a pas ses papiers et ne connaît pas son adresse.",
            "Interpellée pour des faits qu’elle dit avoir commis sous la menace.",
        ),
        "nl": (
            "Wordt elke ochtend op dezelfde plaats afgezet en ’s avonds opgehaald.",
            "Moet elke dag een vast bedrag afgeven; vreest anders geslagen te worden.",
            "Heeft geen papieren en kent het eigen adres niet.",
            "Opgepakt voor feiten die naar eigen zeggen onder dwang werden gepleegd.",
        ),
        "de": (
            "Wird jeden Morgen an derselben Stelle abgesetzt und abends abgeholt.",
            "Muss täglich einen festen Betrag abliefern.",
        ),
    },
}
REASONS: Mapping[str, tuple[str, ...]] = {
    "fr": (
        "Entretien avec interprète, besoin de calme.",
        "A demandé elle-même de l’aide.",
        "Suite au contrôle.",
    ),
    "nl": ("Gesprek met tolk, nood aan rust.", "Vroeg zelf om hulp.", "Na de controle."),
    "de": ("Gespräch mit Dolmetscherin, braucht Ruhe.", "Bat selbst um Hilfe."),
}


def seen(form: str, language: str, chance: Chance) -> str:
    """Two or three sentences about what was seen."""
    by_language = _SEEN.get(form, _SEEN[""])
    return " ".join(chance.some(by_language.get(language, by_language["fr"]), 3))


def reason(language: str, chance: Chance) -> str:
    """Why something is done, in a sentence."""
    return chance.choice(REASONS.get(language, REASONS["fr"]))
