"""Code lists about persons and about how information is handled."""

from fanal.country.schema import Fact, Text, code_list

ACCESS = "Rules of access of the shared system (organisational)"

CODES: tuple[Fact, ...] = (
    *code_list(
        "sex",
        "Directive 2011/36/EU art. 19a (sex); organisational values",
        {
            "F": Text("Femme", "Vrouw", "Weiblich", "Female"),
            "M": Text("Homme", "Man", "Männlich", "Male"),
            "X": Text("Autre", "Ander", "Divers", "Other"),
            "U": Text("Inconnu", "Onbekend", "Unbekannt", "Unknown"),
        },
        to_verify=True,
    ),
    *code_list(
        "age_basis",
        "Organisational; presumption of minority: ODIHR handbook on national referral mechanisms (2022)",
        {
            "known": Text("Âge établi", "Leeftijd vastgesteld", "Alter festgestellt", "Age established"),
            "estimated": Text("Âge estimé", "Leeftijd geschat", "Alter geschätzt", "Age estimated"),
            "doubtful": Text(
                "Âge douteux : peut-être mineur",
                "Twijfel over de leeftijd: mogelijk minderjarig",
                "Alter zweifelhaft: möglicherweise minderjährig",
                "Age in doubt: may be a minor",
            ),
            "unknown": Text("Âge inconnu", "Leeftijd onbekend", "Alter unbekannt", "Age unknown"),
        },
        flags={"doubtful": ("maybe_minor",), "unknown": ("maybe_minor",)},
        to_verify=True,
    ),
    *code_list(
        "safe_contact",
        "Organisational",
        {
            "phone": Text("Appel téléphonique", "Telefonisch", "Anruf", "Phone call"),
            "text": Text("Message écrit", "Tekstbericht", "Textnachricht", "Text message"),
            "email": Text("Courriel", "E-mail", "E-Mail", "E-mail"),
            "post": Text("Courrier postal", "Post", "Brief", "Post"),
            "meeting": Text(
                "Rencontre en lieu sûr",
                "Ontmoeting op een veilige plaats",
                "Treffen an einem sicheren Ort",
                "Meeting in a safe place",
            ),
            "trusted_person": Text(
                "Par une personne de confiance",
                "Via een vertrouwenspersoon",
                "Über eine Vertrauensperson",
                "Through a trusted person",
            ),
            "service": Text(
                "Uniquement par le service",
                "Enkel via de dienst",
                "Nur über den Dienst",
                "Only through the service",
            ),
            "none": Text("Ne pas contacter", "Niet contacteren", "Nicht kontaktieren", "Do not contact"),
        },
    ),
    *code_list(
        "data_subject",
        "Law of 30-7-2018, title 2 (categories of data subjects)",
        {
            "presumed_victim": Text(
                "Victime présumée", "Vermoedelijk slachtoffer", "Mutmaßliches Opfer", "Presumed victim"
            ),
            "victim": Text("Victime", "Slachtoffer", "Opfer", "Victim"),
            "suspect": Text("Suspect", "Verdachte", "Verdächtiger", "Suspect"),
            "convicted": Text("Condamné", "Veroordeelde", "Verurteilter", "Convicted person"),
            "witness": Text("Témoin", "Getuige", "Zeuge", "Witness"),
            "contact": Text("Contact", "Contactpersoon", "Kontaktperson", "Contact"),
        },
        flags={"suspect": ("accused",), "convicted": ("accused",)},
        to_verify=True,
    ),
    *code_list(
        "handling",
        ACCESS,
        {
            "H0": Text(
                "Libre pour la finalité", "Vrij voor het doel", "Frei für den Zweck", "Free for the purpose"
            ),
            "H1": Text(
                "Pas en justice sans l’accord du service d’origine",
                "Niet in rechte zonder toestemming van de oorspronkelijke dienst",
                "Nicht vor Gericht ohne Zustimmung des Ursprungsdienstes",
                "Not in court without the owner’s permission",
            ),
            "H2": Text(
                "Pas de transmission sans accord",
                "Geen verdere doorgifte zonder toestemming",
                "Keine Weitergabe ohne Zustimmung",
                "No onward sharing without permission",
            ),
            "H3": Text(
                "Selon les termes du service d’origine",
                "Volgens de bewoordingen van de oorspronkelijke dienst",
                "Nach den Worten des Ursprungsdienstes",
                "In the owner’s own words",
            ),
        },
        flags={"H1": ("not_in_court",), "H2": ("no_onward",), "H3": ("own_words", "no_onward")},
    ),
    *code_list(
        "source_grade",
        ACCESS,
        {
            "A": Text(
                "Source toujours fiable",
                "Bron altijd betrouwbaar",
                "Quelle stets zuverlässig",
                "Source always reliable",
            ),
            "B": Text(
                "Source le plus souvent fiable",
                "Bron meestal betrouwbaar",
                "Quelle meist zuverlässig",
                "Source mostly reliable",
            ),
            "C": Text(
                "Source le plus souvent peu fiable",
                "Bron meestal onbetrouwbaar",
                "Quelle meist unzuverlässig",
                "Source mostly unreliable",
            ),
            "X": Text(
                "Fiabilité non évaluée",
                "Betrouwbaarheid niet beoordeeld",
                "Zuverlässigkeit nicht bewertet",
                "Reliability not assessed",
            ),
        },
        to_verify=True,
    ),
    *code_list(
        "information_grade",
        ACCESS,
        {
            "1": Text("Exactitude certaine", "Juistheid zeker", "Richtigkeit sicher", "Certainly accurate"),
            "2": Text(
                "Connue de la source en personne",
                "Persoonlijk bekend bij de bron",
                "Der Quelle persönlich bekannt",
                "Known to the source in person",
            ),
            "3": Text(
                "Rapportée, corroborée par ailleurs",
                "Van horen zeggen, elders bevestigd",
                "Vom Hörensagen, anderweitig bestätigt",
                "Hearsay, corroborated elsewhere",
            ),
            "4": Text(
                "Ne peut être vérifiée", "Kan niet worden nagegaan", "Nicht überprüfbar", "Cannot be verified"
            ),
        },
        to_verify=True,
    ),
    *code_list(
        "unsafe_word",
        "Protection documents do not say what they are about (temporary document of 20-5-2017)",
        {
            "trafficking": Text("traite", "mensenhandel", "menschenhandel", "trafficking"),
            "smuggling": Text("trafic", "mensensmokkel", "menschenschmuggel", "smuggling"),
            "abbreviation": Text("teh", "mh", "mh", "thb"),
        },
    ),
)
