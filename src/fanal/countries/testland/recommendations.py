"""What the neighbours of Testland ask of it, and the words in which it answers."""

from fanal.country.schema import Fact, Text, code_list, same
from fanal.country.schema.asked import Asked

BOOK = "Testland, Book of Remonstrances"

CODES: tuple[Fact, ...] = (
    *code_list(
        "recommendation_body",
        BOOK,
        {
            "owls": Text("Les Hiboux", "De Uilen", "Die Eulen", "The Owls"),
            "greta": same("GRETA"),
            "cedaw": same("CEDAW"),
            "upr": same("UPR"),
            "special": same("Special procedures"),
        },
    ),
    *code_list(
        "recommendation_force",
        BOOK,
        {
            "urges": Text("presse", "maant", "drängt", "urges"),
            "considers": Text("estime", "meent", "meint", "considers"),
            "invites": Text("invite", "vraagt", "bittet", "invites"),
            "recommends": Text("conseille", "raadt aan", "rät", "recommends"),
            "observes": Text("voit", "ziet", "sieht", "observes"),
            "unstated": Text("non dite", "niet gezegd", "ungesagt", "not stated"),
        },
    ),
    *code_list(
        "recommendation_theme",
        BOOK,
        {
            "children": Text("Petits", "Kleintjes", "Kleine", "Little ones"),
            "data": Text("Chiffres", "Cijfers", "Zahlen", "Figures"),
            "funding": Text("Bourse", "Beurs", "Beutel", "Purse"),
            "other": Text("Reste", "Rest", "Rest", "Rest"),
        },
    ),
    *code_list(
        "recommendation_position",
        BOOK,
        {
            "accepted": Text("oui", "ja", "ja", "yes"),
            "partly": Text("à moitié", "half", "halb", "by half"),
            "noted": Text("entendue", "gehoord", "gehört", "heard"),
            "rejected": Text("non", "nee", "nein", "no"),
        },
    ),
    *code_list(
        "recommendation_verdict",
        BOOK,
        {
            "done": Text("faite", "gedaan", "getan", "done"),
            "partly": Text("à moitié faite", "half gedaan", "halb getan", "half done"),
            "not_done": Text("pas faite", "niet gedaan", "nicht getan", "not done"),
            "unknown": Text("on ne sait", "men weet het niet", "man weiß es nicht", "who knows"),
        },
    ),
)

FACTS: tuple[Fact, ...] = (
    *CODES,
    Asked(
        code="owls-1",
        body="owls",
        instrument="Pact of the Nest",
        reference="OWL/1",
        paragraph="7",
        issued="2013-09-25",
        force="urges",
        theme="children",
        words=Text(
            "Veiller sur les enfants",
            "Over de kinderen waken",
            "Über die Kinder wachen",
            "Watch over children",
        ),
        source=BOOK,
    ),
    Asked(
        code="owls-2",
        body="owls",
        instrument="Pact of the Nest",
        reference="OWL/2",
        issued="2017",
        force="urges",
        theme="children",
        words=Text(
            "Veiller mieux sur les enfants",
            "Beter over de kinderen waken",
            "Besser über die Kinder wachen",
            "Watch better over children",
        ),
        source=BOOK,
    ),
)
