"""The words of explanations, in the order of LANGUAGES. Plain, and without blame: two records, not two suspects."""

from fanal.analysis.matching.features import PLACE
from fanal.analysis.matching.record import Identifier, Trait

from .bands import Band

LANGUAGES = ("fr", "nl", "de", "en")
Words = tuple[str, str, str, str]

BANDS: dict[str, Words] = {
    Band.STRONG: ("Forte", "Sterk", "Stark", "Strong"),
    Band.PROBABLE: ("Probable", "Waarschijnlijk", "Wahrscheinlich", "Probable"),
    Band.WEAK: ("Faible", "Zwak", "Schwach", "Weak"),
    Band.NONE: ("Aucune", "Geen", "Keine", "None"),
}
PHRASES: dict[str, Words] = {
    "verdict": (
        "{band} : {bits} bits parlent pour une seule et même personne ou chose.",
        "{band}: {bits} bits spreken voor één en dezelfde persoon of zaak.",
        "{band}: {bits} Bits sprechen für ein und dieselbe Person oder Sache.",
        "{band}: {bits} bits speak for one and the same person or thing.",
    ),
    "against": (
        "{band} : {bits} bits parlent contre une seule et même personne ou chose.",
        "{band}: {bits} bits spreken tegen één en dezelfde persoon of zaak.",
        "{band}: {bits} Bits sprechen gegen ein und dieselbe Person oder Sache.",
        "{band}: {bits} bits speak against one and the same person or thing.",
    ),
    "prior": (
        "Deux enregistrements pris au hasard sont rarement une seule personne ({bits}).",
        "Twee willekeurige records zijn zelden dezelfde ({bits}).",
        "Zwei beliebige Einträge sind selten dieselben ({bits}).",
        "Two records taken at random are seldom one ({bits}).",
    ),
    "others": (
        "Un autre enregistrement trouvé correspond mieux, et les deux ne sont guère un seul ({bits}).",
        "Een ander gevonden record past beter, en die twee zijn nauwelijks één ({bits}).",
        "Ein anderer gefundener Eintrag passt besser, und die beiden sind kaum eins ({bits}).",
        "Another record that was found fits better, and the two are hardly one ({bits}).",
    ),
    "doubtful": (
        "Chiffres de contrôle ou forme non valables, donc faible indice : {what}.",
        "Controlecijfers of vorm kloppen niet, dus een zwakke aanwijzing: {what}.",
        "Prüfziffern oder Form stimmen nicht, daher ein schwaches Indiz: {what}.",
        "Check digits or form do not hold, so weak evidence: {what}.",
    ),
    "decides": (
        "Sans accord ou désaccord sur ceci, le résultat serait autre : {what}.",
        "Zonder dit zou het resultaat anders zijn: {what}.",
        "Ohne dies wäre das Ergebnis ein anderes: {what}.",
        "Without this the result would be another: {what}.",
    ),
    "could": (
        "Inconnu, et pourrait changer le résultat : {what}.",
        "Onbekend, en zou het resultaat kunnen veranderen: {what}.",
        "Unbekannt, könnte aber das Ergebnis ändern: {what}.",
        "Not known, and could change the result: {what}.",
    ),
    "one in": ("; 1 sur {number}", "; 1 op {number}", "; 1 von {number}", "; 1 in {number}"),
    "colon": (" :", ":", ":", ":"),
    "area": ("la même zone", "dezelfde streek", "dieselbe Gegend", "the same area"),
}
COMPARED: dict[str, Words] = {
    "name": ("nom", "naam", "Name", "name"),
    "birth": ("date de naissance", "geboortedatum", "Geburtsdatum", "date of birth"),
    PLACE: ("lieu", "plaats", "Ort", "place"),
    Trait.POSTCODE: ("code postal", "postcode", "Postleitzahl", "postcode"),
    Trait.SEX: ("sexe", "geslacht", "Geschlecht", "sex"),
    Trait.NATIONALITY: ("nationalité", "nationaliteit", "Staatsangehörigkeit", "nationality"),
    Trait.OCCUPATION: ("profession", "beroep", "Beruf", "occupation"),
    Identifier.PHONE: ("téléphone", "telefoon", "Telefon", "phone"),
    Identifier.PLATE: ("plaque", "nummerplaat", "Kennzeichen", "plate"),
    Identifier.IBAN: ("compte bancaire", "bankrekening", "Bankkonto", "bank account"),
    Identifier.DOCUMENT: ("document", "document", "Dokument", "document"),
    Identifier.NATIONAL: (
        "numéro national",
        "rijksregisternummer",
        "Nationalregisternummer",
        "national number",
    ),
    Identifier.ENTERPRISE: (
        "numéro d’entreprise",
        "ondernemingsnummer",
        "Unternehmensnummer",
        "enterprise number",
    ),
    Identifier.EMAIL: ("courriel", "e-mail", "E-Mail", "e-mail"),
    Identifier.HANDLE: ("compte en ligne", "onlineaccount", "Online-Konto", "handle"),
}
NAMES: tuple[Words, ...] = (
    ("rien de semblable", "niets gelijkaardigs", "nichts Ähnliches", "nothing alike"),
    (
        "un mot semblable parmi plusieurs",
        "een van meerdere woorden gelijkaardig",
        "eines von mehreren Wörtern ähnlich",
        "one of several words alike",
    ),
    (
        "un mot identique parmi plusieurs",
        "een van meerdere woorden gelijk",
        "eines von mehreren Wörtern gleich",
        "one of several words the same",
    ),
    (
        "le seul mot identique",
        "het enige woord gelijk",
        "das einzige Wort gleich",
        "the only word the same",
    ),
    (
        "deux mots semblables, d’autres différents",
        "twee woorden gelijkaardig, andere verschillend",
        "zwei Wörter ähnlich, andere verschieden",
        "two words alike, others differ",
    ),
    (
        "tous les mots du nom le plus court semblables",
        "alle woorden van de kortste naam gelijkaardig",
        "alle Wörter des kürzeren Namens ähnlich",
        "all words of the shorter name alike",
    ),
    (
        "tous les mots du nom le plus court identiques",
        "alle woorden van de kortste naam gelijk",
        "alle Wörter des kürzeren Namens gleich",
        "all words of the shorter name the same",
    ),
    ("tous les mots identiques", "alle woorden gelijk", "alle Wörter gleich", "all words the same"),
)
BIRTHS: tuple[Words, ...] = (
    ("différente", "verschillend", "verschieden", "different"),
    (
        "années à deux ans près",
        "jaren hoogstens twee uit elkaar",
        "Jahre höchstens zwei auseinander",
        "years at most two apart",
    ),
    (
        "même année, ou mêmes jour et mois",
        "zelfde jaar, of zelfde dag en maand",
        "gleiches Jahr, oder gleicher Tag und Monat",
        "same year, or same day and month",
    ),
    (
        "même année, le reste inconnu",
        "zelfde jaar, de rest onbekend",
        "gleiches Jahr, der Rest unbekannt",
        "same year, the rest unknown",
    ),
    (
        "à une faute près : un chiffre, ou jour et mois inversés",
        "op één fout na: een cijfer, of dag en maand omgewisseld",
        "bis auf einen Fehler: eine Ziffer, oder Tag und Monat vertauscht",
        "one slip apart: a digit, or day and month exchanged",
    ),
    (
        "la même, un 1er janvier (souvent pour « inconnu »)",
        "dezelfde, een 1 januari (vaak voor ‘onbekend’)",
        "dasselbe, ein 1. Januar (oft für „unbekannt“)",
        "the same, a 1 January (which often means unknown)",
    ),
    ("la même", "dezelfde", "dasselbe", "the same"),
)
VALUES: tuple[Words, ...] = (
    ("différent", "verschillend", "verschieden", "different"),
    (
        "identique, ce que beaucoup ont",
        "gelijk, wat velen hebben",
        "gleich, was viele haben",
        "the same, which many have",
    ),
    (
        "identique, ce que certains ont",
        "gelijk, wat sommigen hebben",
        "gleich, was manche haben",
        "the same, which some have",
    ),
    (
        "identique, ce que peu ont",
        "gelijk, wat weinigen hebben",
        "gleich, was wenige haben",
        "the same, which few have",
    ),
)
