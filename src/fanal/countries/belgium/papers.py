"""The documents of the residence procedure. None says what it is about."""

from datetime import date

from fanal.country.schema import DocumentKind, Fact, Text

ALIENS = "Aliens Act of 15-12-1980"
ANNEXE_15 = date(2017, 5, 20)
LAST_ORDER = date(2017, 5, 19)

_AI = Text(
    "Attestation d’immatriculation",
    "Attest van immatriculatie",
    "Registrierungsbescheinigung",
    "Registration certificate",
)

DOCUMENTS = (
    DocumentKind(
        code="OQT",
        label=Text(
            "Ordre de quitter le territoire (45 jours)",
            "Bevel om het grondgebied te verlaten (45 dagen)",
            "Anweisung, das Staatsgebiet zu verlassen (45 Tage)",
            "Order to leave the territory (45 days)",
        ),
        short=Text("OQT", "BGV", "AVS", "OLT"),
        term="reflection",
        valid_to=LAST_ORDER,
        source="Practice before 20-5-2017 (emnbelgium.be)",
    ),
    DocumentKind(
        code="ANNEXE15",
        label=Text(
            "Document de séjour temporaire (annexe 15)",
            "Tijdelijk verblijfsdocument (bijlage 15)",
            "Vorläufiges Aufenthaltsdokument (Anlage 15)",
            "Temporary residence document (annex 15)",
        ),
        short=Text("Annexe 15", "Bijlage 15", "Anlage 15", "Annex 15"),
        term="reflection",
        valid_from=ANNEXE_15,
        source=f"{ALIENS}, art. 61/2 §2; temporary document since 20-5-2017 (emnbelgium.be, agii.be)",
    ),
    DocumentKind(
        code="AI",
        label=_AI,
        short=Text("AI", "AI", "RB", "RC"),
        term="first_document",
        may_work=True,
        source=f"{ALIENS}, art. 61/3 §1; Myria (may work)",
    ),
    DocumentKind(
        code="AI_EXT",
        label=Text(
            f"{_AI.fr}, prolongée", f"{_AI.nl}, verlengd", f"{_AI.de}, verlängert", f"{_AI.en}, extended"
        ),
        short=Text("AI prolongée", "AI verlengd", "RB verlängert", "RC extended"),
        term="first_document_extension",
        may_work=True,
        source=f"{ALIENS}, art. 61/3 §2",
    ),
    DocumentKind(
        code="CARD_A",
        label=Text(
            "Titre de séjour électronique (carte A)",
            "Elektronische verblijfstitel (A-kaart)",
            "Elektronischer Aufenthaltstitel (Karte A)",
            "Electronic residence title (A card)",
        ),
        short=Text("Carte A", "A-kaart", "Karte A", "A card"),
        term="residence",
        may_work=True,
        registered=True,
        source=f"{ALIENS}, art. 61/4 §1",
    ),
    DocumentKind(
        code="UNLIMITED",
        label=Text(
            "Titre de séjour à durée illimitée (carte B)",
            "Verblijfstitel van onbepaalde duur (B-kaart)",
            "Aufenthaltstitel von unbestimmter Dauer (Karte B)",
            "Residence title without limit of time (B card)",
        ),
        short=Text("Carte B", "B-kaart", "Karte B", "B card"),
        may_work=True,
        registered=True,
        source=f"{ALIENS}, art. 61/5; the B card is to be confirmed",
        to_verify=True,
    ),
)

FACTS: tuple[Fact, ...] = DOCUMENTS
