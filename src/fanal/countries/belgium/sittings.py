"""How long the seats have for remarks on minutes and for an answer in writing: the sources found say nothing of it."""

from fanal.country.schema import Fact, Term, Text, code_list

_SOURCE = "Organisational default; royal decree of 16 May 2004 not found in full"


def _term(code: str, label: Text, amount: int, starts_on: str) -> Term:
    return Term(
        code=code,
        label=label,
        amount=amount,
        unit="working_day",
        starts_on=starts_on,
        kind="organisational",
        source=_SOURCE,
        to_verify=True,
    )


FACTS: tuple[Fact, ...] = (
    *code_list(
        "starting_fact",
        "Organisational",
        {
            "minutes_circulated": Text(
                "Projet de procès-verbal envoyé",
                "Ontwerp van verslag rondgestuurd",
                "Protokollentwurf versandt",
                "Draft minutes given round",
            ),
            "written_opened": Text(
                "Procédure écrite ouverte",
                "Schriftelijke procedure geopend",
                "Schriftliches Verfahren eröffnet",
                "Written procedure opened",
            ),
        },
    ),
    _term(
        "minutes_remarks",
        Text(
            "Remarques sur un projet de procès-verbal",
            "Opmerkingen op een ontwerp van verslag",
            "Bemerkungen zu einem Protokollentwurf",
            "Remarks on draft minutes",
        ),
        10,
        "minutes_circulated",
    ),
    _term(
        "written_answer",
        Text(
            "Réponse dans une procédure écrite, au plus court",
            "Antwoord in een schriftelijke procedure, op zijn kortst",
            "Antwort im schriftlichen Verfahren, mindestens",
            "Answer in a written procedure, at the shortest",
        ),
        5,
        "written_opened",
    ),
)
