"""The steps of the residence procedure, and the duties at detection."""

from dataclasses import replace
from datetime import date

from fanal.country.schema import Duty, Fact, Move, Text

from .papers import ALIENS, ANNEXE_15, LAST_ORDER

CENTRE = ("centre",)
OFFICE = ("immigration_cell",)
CENTRE_OR_GUARDIAN = ("centre", "guardianship")
STAY = ("residence", "minor")
FIRST_LINE = ("police_central", "police_cell", "local_police", "inspection")
"""Who holds the duties of art. 61/2 §1: police and inspection services."""

_REFLECTION = Move(
    code="open_reflection",
    label=Text("Ouvrir la phase 1", "Fase 1 openen", "Phase 1 eröffnen", "Open phase 1"),
    from_phases=("P0",),
    to_phase="P1",
    tracks=("residence",),
    document="ANNEXE15",
    term="reflection",
    needs=("eligible", "no_residence_title", "accompanied", "contact_broken", "no_danger"),
    requested_by=CENTRE,
    decided_by=OFFICE,
    legal_basis=f"{ALIENS}, art. 61/2 §2",
    rules=("R-ELIG-1", "R-ELIG-2", "R-P1-1", "R-DOC-1"),
    valid_from=ANNEXE_15,
    source=f"{ALIENS}, art. 61/2 §2",
)


def _move(
    code: str,
    label: Text,
    way: tuple[tuple[str, ...], str],
    article: str,
    needs: tuple[str, ...],
    rules: tuple[str, ...],
    *,
    tracks: tuple[str, ...] = STAY,
    gives: tuple[str, str] = ("", ""),
    requested_by: tuple[str, ...] = CENTRE_OR_GUARDIAN,
    decided_by: tuple[str, ...] = OFFICE,
    to_verify: bool = False,
) -> Move:
    from_phases, to_phase = way
    document, term = gives
    return Move(
        code=code,
        label=label,
        from_phases=from_phases,
        to_phase=to_phase,
        tracks=tracks,
        document=document,
        term=term,
        needs=needs,
        requested_by=requested_by,
        decided_by=decided_by,
        legal_basis=article,
        rules=rules,
        source=article,
        to_verify=to_verify,
    )


MOVES = (
    replace(_REFLECTION, document="OQT", valid_from=date(1900, 1, 1), valid_to=LAST_ORDER),
    _REFLECTION,
    _move(
        "open_first_document",
        Text(
            "Ouvrir directement la phase 2",
            "Rechtstreeks fase 2 openen",
            "Phase 2 unmittelbar eröffnen",
            "Open phase 2 directly",
        ),
        (("P0",), "P2"),
        f"{ALIENS}, art. 61/2 §2 al. 3; art. 61/3 §1",
        ("eligible", "statement_made", "accompanied", "contact_broken", "no_danger"),
        ("R-ELIG-1", "R-ELIG-2", "R-P2-1"),
        tracks=("residence",),
        gives=("AI", "first_document"),
        requested_by=CENTRE,
    ),
    _move(
        "open_minor",
        Text(
            "Ouvrir la phase 2 pour un mineur non accompagné",
            "Fase 2 openen voor een niet-begeleide minderjarige",
            "Phase 2 für einen unbegleiteten Minderjährigen eröffnen",
            "Open phase 2 for an unaccompanied minor",
        ),
        (("P0",), "P2"),
        f"{ALIENS}, art. 61/2 §2 al. 2; art. 61/3 §1",
        ("eligible", "unaccompanied_minor", "minor_sheet_sent", "accompanied", "best_interests"),
        ("R-ELIG-1", "R-ELIG-2", "R-MIN-1", "R-MIN-2", "R-MIN-3", "R-P2-1"),
        tracks=("minor",),
        gives=("AI", "first_document"),
    ),
    _move(
        "first_document",
        Text("Passer à la phase 2", "Naar fase 2", "In Phase 2 übergehen", "Pass to phase 2"),
        (("P1",), "P2"),
        f"{ALIENS}, art. 61/3 §1",
        ("statement_made", "accompanied", "contact_broken", "no_danger"),
        ("R-P2-1",),
        tracks=("residence",),
        gives=("AI", "first_document"),
        requested_by=CENTRE,
    ),
    _move(
        "extend_first_document",
        Text(
            "Prolonger l’attestation, une seule fois",
            "Het attest verlengen, één enkele keer",
            "Bescheinigung verlängern, ein einziges Mal",
            "Extend the certificate, once only",
        ),
        (("P2",), "P2X"),
        f"{ALIENS}, art. 61/3 §2",
        ("extension_needed", "accompanied", "no_danger"),
        ("R-P2-1", "R-P2-2", "R-P2-3"),
        gives=("AI_EXT", "first_document_extension"),
    ),
    _move(
        "residence",
        Text("Passer à la phase 3", "Naar fase 3", "In Phase 3 übergehen", "Pass to phase 3"),
        (("P2", "P2X"), "P3"),
        f"{ALIENS}, art. 61/4 §1",
        ("magistrate_confirms", "identity_attempted", "accompanied", "no_danger"),
        ("R-P3-1",),
        gives=("CARD_A", "residence"),
    ),
    _move(
        "renew_residence",
        Text(
            "Renouveler le titre de six mois",
            "De titel van zes maanden vernieuwen",
            "Titel für sechs Monate erneuern",
            "Renew the title of six months",
        ),
        (("P3",), "P3"),
        f"{ALIENS}, art. 61/4 §1",
        ("magistrate_confirms", "accompanied", "no_danger"),
        ("R-P3-1", "R-P2-3"),
        gives=("CARD_A", "residence"),
    ),
    _move(
        "unlimited",
        Text(
            "Accorder le séjour illimité",
            "Onbeperkt verblijf toekennen",
            "Unbefristeten Aufenthalt gewähren",
            "Grant unlimited stay",
        ),
        (("P3",), "P4"),
        f"{ALIENS}, art. 61/5",
        ("judicial_outcome",),
        ("R-P4-1",),
        gives=("UNLIMITED", ""),
    ),
    _move(
        "open_accompaniment",
        Text(
            "Accompagner sans document de séjour",
            "Begeleiden zonder verblijfsdocument",
            "Ohne Aufenthaltsdokument begleiten",
            "Accompany without residence document",
        ),
        (("P0",), "ACC"),
        "Circ./omz./Rundschr. 23-12-2016",
        ("eligible", "accompanied", "contact_broken"),
        ("R-ELIG-1", "R-ELIG-2", "R-P1-1"),
        tracks=("eu",),
        requested_by=(),
        decided_by=CENTRE,
        to_verify=True,
    ),
    _move(
        "end",
        Text(
            "Mettre fin à la procédure", "De procedure beëindigen", "Verfahren beenden", "End the procedure"
        ),
        (("P0", "P1", "P2", "P2X", "P3"), "END"),
        f"{ALIENS}, art. 61/2 §3, 61/3 §3, 61/4 §2",
        (),
        ("R-MIN-2",),
        requested_by=("centre", "guardianship", "parquet", "auditorat"),
    ),
    _move(
        "end_accompaniment",
        Text(
            "Mettre fin à l’accompagnement",
            "De begeleiding beëindigen",
            "Begleitung beenden",
            "End the accompaniment",
        ),
        (("P0", "ACC"), "END"),
        "Circ./omz./Rundschr. 23-12-2016",
        (),
        (),
        tracks=("eu",),
        requested_by=(),
        decided_by=CENTRE,
        to_verify=True,
    ),
)


def _duty(code: str, label: Text, recipient: str) -> Duty:
    basis = f"{ALIENS}, art. 61/2 §1"
    return Duty(
        code=code,
        label=label,
        unit_kinds=FIRST_LINE,
        recipient=recipient,
        term="duty_at_detection",
        legal_basis=basis,
        source=basis,
    )


DUTIES = (
    _duty(
        "a",
        Text(
            "Avertir immédiatement l’Office des étrangers",
            "De Dienst Vreemdelingenzaken onmiddellijk verwittigen",
            "Das Ausländeramt unverzüglich benachrichtigen",
            "Inform the Immigration Office immediately",
        ),
        "immigration_cell",
    ),
    _duty(
        "b",
        Text(
            "Informer la personne de la possibilité d’obtenir un titre de séjour en coopérant",
            "De persoon inlichten over de mogelijkheid een verblijfstitel te krijgen door mee te werken",
            "Die Person über die Möglichkeit informieren, durch Zusammenarbeit einen Aufenthaltstitel zu erhalten",
            "Inform the person of the possibility of a residence title by cooperating",
        ),
        "",
    ),
    _duty(
        "c",
        Text(
            "Mettre la personne en contact avec un centre spécialisé reconnu",
            "De persoon in contact brengen met een erkend gespecialiseerd centrum",
            "Die Person mit einem anerkannten spezialisierten Zentrum in Kontakt bringen",
            "Put the person in contact with a recognised specialised centre",
        ),
        "centre",
    ),
)

FACTS: tuple[Fact, ...] = (*MOVES, *DUTIES)
