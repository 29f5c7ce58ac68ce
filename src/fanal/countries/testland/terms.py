"""How long things last in Testland, its papers and its phases."""

from fanal.country.schema import Condition, DocumentKind, Fact, Phase, Question, Term, Text, Track, same

from .offences import CODE, REFORMED
from .places import EVE, REFORM

TERMS = (
    Term(
        code="reflection",
        label=Text("Trêve", "Rust", "Ruhe", "Rest"),
        amount=30,
        unit="day",
        starts_on="document_issued",
        kind="law",
        valid_to=EVE,
        source=f"{CODE}, art. 20",
    ),
    Term(
        code="reflection",
        label=Text("Trêve", "Rust", "Ruhe", "Rest"),
        amount=40,
        unit="day",
        starts_on="document_issued",
        kind="law",
        valid_from=REFORM,
        source=REFORMED,
    ),
    Term(
        code="first_document",
        label=Text("Premier papier", "Eerste papier", "Erstes Papier", "First paper"),
        amount=2,
        unit="month",
        starts_on="document_issued",
        rolling=True,
        renewable="once",
        kind="law",
        source=f"{CODE}, art. 21",
    ),
    Term(
        code="first_document_extension",
        label=Text("Rallonge", "Verlenging", "Verlängerung", "Extension"),
        amount=1,
        unit="month",
        starts_on="document_expires",
        rolling=True,
        kind="law",
        source=f"{CODE}, art. 21",
    ),
    Term(
        code="residence",
        label=Text("Séjour", "Verblijf", "Aufenthalt", "Stay"),
        amount=4,
        unit="month",
        starts_on="document_issued",
        rolling=True,
        renewable="while",
        kind="law",
        source=f"{CODE}, art. 22",
    ),
    Term(
        code="duty_at_detection",
        label=Text("Prévenir", "Verwittigen", "Melden", "Tell"),
        amount=1,
        unit="working_day",
        starts_on="signs_noted",
        kind="law",
        source=f"{CODE}, art. 12",
    ),
    Term(
        code="acknowledge_alert",
        label=Text("Accuser réception", "Ontvangst melden", "Empfang bestätigen", "Acknowledge"),
        amount=3,
        unit="working_day",
        starts_on="alert_transmitted",
        kind="organisational",
        source="Organisational",
    ),
    Term(
        code="acknowledge_urgent_alert",
        label=Text(
            "Accuser réception, urgent",
            "Ontvangst melden, dringend",
            "Empfang bestätigen, dringend",
            "Acknowledge, urgent",
        ),
        amount=4,
        unit="hour",
        starts_on="alert_transmitted",
        kind="organisational",
        source="Organisational",
    ),
    Term(
        code="answer_questions",
        label=Text("Répondre", "Antwoorden", "Antworten", "Answer"),
        amount=5,
        unit="working_day",
        starts_on="question_asked",
        kind="organisational",
        source="Organisational",
    ),
    Term(
        code="decide_opening",
        label=Text("Ouvrir la porte", "De deur openen", "Die Tür öffnen", "Open the door"),
        amount=2,
        unit="working_day",
        starts_on="procedure_requested",
        kind="organisational",
        source="Organisational",
    ),
    Term(
        code="referral_answer",
        label=Text("Dire oui ou non", "Ja of nee zeggen", "Ja oder nein sagen", "Say yes or no"),
        amount=3,
        unit="working_day",
        starts_on="referral_proposed",
        kind="organisational",
        source="Organisational",
    ),
    *(
        Term(
            code=code,
            label=Text(
                f"{days} jours avant", f"{days} dagen vooraf", f"{days} Tage vorher", f"{days} days before"
            ),
            amount=days,
            unit="day",
            starts_on="document_expires",
            before=True,
            kind="organisational",
            source="Organisational",
        )
        for code, days in (("escalation_first", 20), ("escalation_second", 10), ("escalation_third", 3))
    ),
)

DOCUMENTS = (
    DocumentKind(
        code="SLIP",
        label=Text("Billet", "Briefje", "Zettel", "Slip"),
        short=same("S"),
        term="reflection",
        source=CODE,
    ),
    DocumentKind(
        code="LEAF",
        label=Text("Feuillet", "Blad", "Blatt", "Leaf"),
        short=same("L"),
        term="first_document",
        may_work=True,
        source=CODE,
    ),
    DocumentKind(
        code="LEAF2",
        label=Text("Feuillet prolongé", "Verlengd blad", "Verlängertes Blatt", "Extended leaf"),
        short=same("L2"),
        term="first_document_extension",
        may_work=True,
        source=CODE,
    ),
    DocumentKind(
        code="SHELL",
        label=Text("Coquille", "Schelp", "Muschel", "Shell"),
        short=same("H"),
        term="residence",
        may_work=True,
        registered=True,
        source=CODE,
    ),
    DocumentKind(
        code="ANCHOR",
        label=Text("Ancre", "Anker", "Anker", "Anchor"),
        short=same("A"),
        may_work=True,
        registered=True,
        source=CODE,
    ),
)

PHASES = (
    Phase(code="P0", label=Text("Aperçue", "Opgemerkt", "Bemerkt", "Noticed"), source=CODE),
    Phase(
        code="P1",
        label=Text("Trêve", "Rust", "Ruhe", "Rest"),
        term="reflection",
        document="SLIP",
        source=CODE,
    ),
    Phase(
        code="P2",
        label=Text("Feuillet", "Blad", "Blatt", "Leaf"),
        term="first_document",
        document="LEAF",
        source=CODE,
    ),
    Phase(
        code="P2X",
        label=Text("Feuillet prolongé", "Verlengd blad", "Verlängertes Blatt", "Extended leaf"),
        term="first_document_extension",
        document="LEAF2",
        source=CODE,
    ),
    Phase(
        code="P3",
        label=Text("Coquille", "Schelp", "Muschel", "Shell"),
        term="residence",
        document="SHELL",
        source=CODE,
    ),
    Phase(
        code="P4", label=Text("Ancre", "Anker", "Anker", "Anchor"), document="ANCHOR", final=True, source=CODE
    ),
    Phase(code="ACC", label=Text("Compagnie", "Gezelschap", "Gesellschaft", "Company"), source=CODE),
    Phase(code="END", label=Text("Terminée", "Beëindigd", "Beendet", "Ended"), final=True, source=CODE),
)

TRACKS = (
    Track(
        code="residence",
        label=Text("Hôtes", "Gasten", "Gäste", "Guests"),
        phases=("P0", "P1", "P2", "P2X", "P3", "P4", "END"),
        source=CODE,
    ),
    Track(
        code="eu",
        label=Text("Gens du pays", "Landgenoten", "Landsleute", "People of the land"),
        phases=("P0", "ACC", "END"),
        source=CODE,
    ),
    Track(
        code="minor",
        label=Text("Pupilles", "Pupillen", "Mündel", "Wards"),
        phases=("P0", "P2", "P2X", "P3", "P4", "END"),
        best_interests=True,
        source=CODE,
    ),
)

QUESTIONS = (
    Question(
        code="still_victim",
        label=Text("Encore captive ?", "Nog gevangen?", "Noch gefangen?", "Still captive?"),
        source=CODE,
    ),
    Question(
        code="proceedings_ongoing",
        label=Text("L’affaire court-elle ?", "Loopt de zaak?", "Läuft die Sache?", "Is the matter open?"),
        source=CODE,
    ),
    Question(
        code="will_to_cooperate",
        label=Text("Aide-t-elle ?", "Helpt zij?", "Hilft sie?", "Does she help?"),
        source=CODE,
    ),
    Question(
        code="link_broken",
        label=Text("Lien rompu ?", "Band verbroken?", "Band gelöst?", "Tie cut?"),
        source=CODE,
    ),
)

CONDITIONS = (
    Condition(
        code="eligible",
        label=Text(
            "Le fait ouvre la trêve",
            "Het feit geeft recht op rust",
            "Die Tat gibt Ruhe",
            "The deed opens the rest",
        ),
        proof="computed",
        source=CODE,
    ),
    Condition(
        code="accompanied",
        label=Text(
            "En compagnie d’une maison",
            "In gezelschap van een huis",
            "In Gesellschaft eines Hauses",
            "In the company of a house",
        ),
        proof="declared",
        source=CODE,
    ),
    Condition(
        code="no_residence_title",
        label=Text("Sans papier", "Zonder papier", "Ohne Papier", "Without paper"),
        proof="computed",
        source=CODE,
    ),
    Condition(
        code="statement_made",
        label=Text("A parlé", "Heeft gesproken", "Hat gesprochen", "Has spoken"),
        proof="computed",
        source=CODE,
    ),
    Condition(
        code="best_interests",
        label=Text("Bien de l’enfant", "Belang van het kind", "Wohl des Kindes", "Good of the child"),
        proof="declared",
        source=CODE,
    ),
    Condition(
        code="magistrate_confirms",
        label=Text(
            "Le magistrat confirme",
            "De magistraat bevestigt",
            "Der Magistrat bestätigt",
            "The magistrate confirms",
        ),
        proof="answered",
        questions=("proceedings_ongoing", "will_to_cooperate", "link_broken"),
        source=CODE,
    ),
    Condition(
        code="judicial_outcome",
        label=Text("Verdict", "Vonnis", "Urteil", "Verdict"),
        proof="computed",
        source=CODE,
    ),
)

FACTS: tuple[Fact, ...] = (*TERMS, *DOCUMENTS, *PHASES, *TRACKS, *QUESTIONS, *CONDITIONS)
