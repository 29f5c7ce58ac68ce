"""Phases, tracks, conditions and the four questions of the residence procedure."""

from dataclasses import replace
from datetime import date

from fanal.country.schema import Condition, Fact, Phase, Question, Text, Track, code_list

from .papers import ALIENS, ANNEXE_15, LAST_ORDER

CONDITIONS_PAGE = "Myria, page on the status of victims; pag-asa.be, procedure"

_REFLECTION = Phase(
    code="P1",
    label=Text("Phase 1 : réflexion", "Fase 1: bedenktijd", "Phase 1: Bedenkzeit", "Phase 1: reflection"),
    term="reflection",
    document="ANNEXE15",
    valid_from=ANNEXE_15,
    source=f"{ALIENS}, art. 61/2 §2",
)

PHASES = (
    Phase(
        code="P0",
        label=Text("Personne repérée", "Persoon opgemerkt", "Person bemerkt", "Person noticed"),
        source=f"{ALIENS}, art. 61/2 §1",
    ),
    replace(_REFLECTION, document="OQT", valid_from=date(1900, 1, 1), valid_to=LAST_ORDER),
    _REFLECTION,
    Phase(
        code="P2",
        label=Text(
            "Phase 2 : attestation d’immatriculation",
            "Fase 2: attest van immatriculatie",
            "Phase 2: Registrierungsbescheinigung",
            "Phase 2: registration certificate",
        ),
        term="first_document",
        document="AI",
        source=f"{ALIENS}, art. 61/3 §1",
    ),
    Phase(
        code="P2X",
        label=Text(
            "Phase 2 : attestation prolongée",
            "Fase 2: attest verlengd",
            "Phase 2: Bescheinigung verlängert",
            "Phase 2: certificate extended",
        ),
        term="first_document_extension",
        document="AI_EXT",
        source=f"{ALIENS}, art. 61/3 §2",
    ),
    Phase(
        code="P3",
        label=Text(
            "Phase 3 : séjour de six mois",
            "Fase 3: verblijf van zes maanden",
            "Phase 3: Aufenthalt für sechs Monate",
            "Phase 3: residence of six months",
        ),
        term="residence",
        document="CARD_A",
        source=f"{ALIENS}, art. 61/4 §1",
    ),
    Phase(
        code="P4",
        label=Text("Séjour illimité", "Onbeperkt verblijf", "Unbefristeter Aufenthalt", "Unlimited stay"),
        document="UNLIMITED",
        final=True,
        source=f"{ALIENS}, art. 61/5",
    ),
    Phase(
        code="ACC",
        label=Text(
            "Accompagnement sans document de séjour",
            "Begeleiding zonder verblijfsdocument",
            "Begleitung ohne Aufenthaltsdokument",
            "Accompaniment without residence document",
        ),
        source="The centres give the same help to Belgian and European victims; GRETA(2013)14",
        to_verify=True,
    ),
    Phase(
        code="END",
        label=Text("Procédure terminée", "Procedure beëindigd", "Verfahren beendet", "Procedure ended"),
        final=True,
        source=f"{ALIENS}, art. 61/2 §3, 61/3 §3, 61/4 §2",
    ),
)

TRACKS = (
    Track(
        code="residence",
        label=Text(
            "Procédure de séjour", "Verblijfsprocedure", "Aufenthaltsverfahren", "Residence procedure"
        ),
        phases=("P0", "P1", "P2", "P2X", "P3", "P4", "END"),
        source=f"{ALIENS}, art. 61/2 to 61/5",
    ),
    Track(
        code="eu",
        label=Text(
            "Belge ou citoyen européen : sans document de séjour",
            "Belg of EU-burger: zonder verblijfsdocument",
            "Belgier oder Unionsbürger: ohne Aufenthaltsdokument",
            "Belgian or EU citizen: no residence document",
        ),
        phases=("P0", "ACC", "END"),
        source="Circular of 23-12-2016 (Belgian victims); GRETA(2013)14",
        to_verify=True,
    ),
    Track(
        code="minor",
        label=Text(
            "Mineur étranger non accompagné",
            "Niet-begeleide minderjarige vreemdeling",
            "Unbegleiteter minderjähriger Ausländer",
            "Unaccompanied foreign minor",
        ),
        phases=("P0", "P2", "P2X", "P3", "P4", "END"),
        best_interests=True,
        source=f"{ALIENS}, art. 61/2 §2, second paragraph",
    ),
)

QUESTIONS = (
    Question(
        code="still_victim",
        label=Text(
            "La personne peut-elle toujours être considérée comme victime ?",
            "Kan de persoon nog steeds als slachtoffer worden beschouwd?",
            "Kann die Person weiterhin als Opfer betrachtet werden?",
            "May the person still be considered a victim?",
        ),
        source=f"{ALIENS}, art. 61/3 §2",
    ),
    Question(
        code="proceedings_ongoing",
        label=Text(
            "L’enquête ou la procédure judiciaire est-elle toujours en cours ?",
            "Loopt het onderzoek of de gerechtelijke procedure nog?",
            "Läuft die Ermittlung oder das Gerichtsverfahren noch?",
            "Is the enquiry or the judicial procedure still under way?",
        ),
        source=f"{ALIENS}, art. 61/3 §2, 61/4 §1",
    ),
    Question(
        code="will_to_cooperate",
        label=Text(
            "La personne manifeste-t-elle une volonté claire de coopération ?",
            "Geeft de persoon blijk van een duidelijke wil tot samenwerking?",
            "Zeigt die Person einen klaren Willen zur Zusammenarbeit?",
            "Does the person show a clear will to cooperate?",
        ),
        source=f"{ALIENS}, art. 61/3 §2, 61/4 §1",
    ),
    Question(
        code="link_broken",
        label=Text(
            "La personne a-t-elle rompu tout lien avec les auteurs présumés ?",
            "Heeft de persoon alle banden met de vermoedelijke daders verbroken?",
            "Hat die Person alle Verbindungen zu den mutmaßlichen Tätern abgebrochen?",
            "Has the person broken every link with the presumed perpetrators?",
        ),
        source=f"{ALIENS}, art. 61/3 §2, 61/4 §1",
    ),
)

CONDITIONS = (
    Condition(
        code="eligible",
        label=Text(
            "Les faits ouvrent la procédure",
            "De feiten geven toegang tot de procedure",
            "Die Tat eröffnet das Verfahren",
            "The offence opens the procedure",
        ),
        proof="computed",
        source=f"{ALIENS}, art. 61/2 §1",
    ),
    Condition(
        code="no_residence_title",
        label=Text(
            "La personne n’a pas de titre de séjour",
            "De persoon heeft geen verblijfstitel",
            "Die Person hat keinen Aufenthaltstitel",
            "The person has no residence title",
        ),
        proof="computed",
        source=f"{ALIENS}, art. 61/2 §2",
    ),
    Condition(
        code="statement_made",
        label=Text(
            "Plainte ou déclarations faites",
            "Klacht of verklaringen afgelegd",
            "Anzeige erstattet oder Aussagen gemacht",
            "Complaint or statements made",
        ),
        proof="computed",
        source=f"{ALIENS}, art. 61/2 §2, 61/3 §1",
    ),
    Condition(
        code="unaccompanied_minor",
        label=Text(
            "Mineur non accompagné",
            "Niet-begeleide minderjarige",
            "Unbegleiteter Minderjähriger",
            "Unaccompanied minor",
        ),
        proof="computed",
        source=f"{ALIENS}, art. 61/2 §2, second paragraph",
    ),
    Condition(
        code="judicial_outcome",
        label=Text(
            "Condamnation, ou prévention retenue dans les réquisitions",
            "Veroordeling, of tenlastelegging weerhouden in de vordering",
            "Verurteilung, oder Anklage im Antrag aufrechterhalten",
            "Conviction, or charge kept in the requisitions",
        ),
        proof="computed",
        source=f"{ALIENS}, art. 61/5",
    ),
    Condition(
        code="magistrate_confirms",
        label=Text(
            "Le magistrat confirme : procédure en cours, volonté de coopérer, lien rompu",
            "De magistraat bevestigt: procedure lopend, wil tot samenwerking, banden verbroken",
            "Der Magistrat bestätigt: Verfahren läuft, Wille zur Zusammenarbeit, Verbindung abgebrochen",
            "The magistrate confirms: proceedings ongoing, will to cooperate, link broken",
        ),
        proof="answered",
        questions=("proceedings_ongoing", "will_to_cooperate", "link_broken"),
        source=f"{ALIENS}, art. 61/4 §1",
    ),
    Condition(
        code="accompanied",
        label=Text(
            "Accompagnement accepté par la personne et donné par un centre reconnu",
            "Begeleiding aanvaard door de persoon en gegeven door een erkend centrum",
            "Begleitung von der Person angenommen und von einem anerkannten Zentrum geleistet",
            "Accompaniment accepted by the person and given by a recognised centre",
        ),
        proof="declared",
        source=CONDITIONS_PAGE,
    ),
    Condition(
        code="contact_broken",
        label=Text(
            "Plus de contact avec les auteurs présumés",
            "Geen contact meer met de vermoedelijke daders",
            "Kein Kontakt mehr zu den mutmaßlichen Tätern",
            "No more contact with the presumed perpetrators",
        ),
        proof="declared",
        source=CONDITIONS_PAGE,
    ),
    Condition(
        code="no_danger",
        label=Text(
            "Pas de danger pour l’ordre public ou la sécurité nationale",
            "Geen gevaar voor de openbare orde of de nationale veiligheid",
            "Keine Gefahr für die öffentliche Ordnung oder die nationale Sicherheit",
            "No danger for public order or national security",
        ),
        proof="declared",
        source=f"{ALIENS}, art. 61/2 §3, 61/4 §1",
    ),
    Condition(
        code="identity_attempted",
        label=Text(
            "La personne a tenté de prouver son identité",
            "De persoon heeft geprobeerd haar identiteit te bewijzen",
            "Die Person hat versucht, ihre Identität nachzuweisen",
            "The person tried to prove his or her identity",
        ),
        proof="declared",
        source=f"{ALIENS}, art. 61/3 §4",
    ),
    Condition(
        code="extension_needed",
        label=Text(
            "Nécessaire à l’enquête, ou jugé opportun",
            "Nodig voor het onderzoek, of opportuun geacht",
            "Für die Ermittlung nötig oder für angebracht gehalten",
            "Needed by the enquiry, or deemed opportune",
        ),
        proof="declared",
        source=f"{ALIENS}, art. 61/3 §2",
    ),
    Condition(
        code="best_interests",
        label=Text(
            "Intérêt supérieur de l’enfant pris en compte",
            "Hoger belang van het kind in acht genomen",
            "Wohl des Kindes berücksichtigt",
            "Best interests of the child taken into account",
        ),
        proof="declared",
        source=f"{ALIENS}, art. 61/2 §2 (best interests of the child throughout the procedure)",
    ),
    Condition(
        code="minor_sheet_sent",
        label=Text(
            "Fiche « mineur » envoyée au Service des Tutelles, copie à l’Office des étrangers",
            "Fiche ‘minderjarige’ verzonden aan de Dienst Voogdij, kopie aan de Dienst Vreemdelingenzaken",
            "Bogen „Minderjährige“ an den Vormundschaftsdienst gesandt, Kopie an das Ausländeramt",
            "Sheet on the minor sent to the Guardianship Service, copy to the Immigration Office",
        ),
        proof="declared",
        source="Circular of 23-4-2004, amended on 25-7-2008 (wording of 2008)",
    ),
)

EVENTS = code_list(
    "judicial_event",
    f"{ALIENS}, art. 61/4 §2, 61/5",
    {
        "conviction": Text("Condamnation", "Veroordeling", "Verurteilung", "Conviction"),
        "requisition_keeps_charge": Text(
            "Prévention retenue dans les réquisitions",
            "Tenlastelegging weerhouden in de vordering",
            "Anklage im Antrag aufrechterhalten",
            "Charge kept in the requisitions",
        ),
        "acquittal": Text("Acquittement", "Vrijspraak", "Freispruch", "Acquittal"),
        "proceedings_ended": Text(
            "Fin des poursuites", "Einde van de vervolging", "Ende der Verfolgung", "End of the proceedings"
        ),
    },
    flags={"conviction": ("residence",), "requisition_keeps_charge": ("residence",)},
)

FACTS: tuple[Fact, ...] = (*EVENTS, *PHASES, *TRACKS, *QUESTIONS, *CONDITIONS)
