"""How long Testland thinks about its minutes and about what is put to it in writing."""

from fanal.country.schema import Fact, Term, Text, code_list, same

_FACTS = {
    "minutes_circulated": same("Minutes given round"),
    "written_opened": same("Question sent round"),
}


def _term(code: str, label: Text, amount: int, starts_on: str) -> Term:
    return Term(
        code=code,
        label=label,
        amount=amount,
        unit="day",
        starts_on=starts_on,
        kind="organisational",
        source="Organisational",
    )


FACTS: tuple[Fact, ...] = (
    *code_list("starting_fact", "Organisational", _FACTS),
    _term("minutes_remarks", Text("Relire", "Nalezen", "Nachlesen", "Read again"), 7, "minutes_circulated"),
    _term(
        "written_answer",
        Text("Répondre", "Antwoorden", "Antworten", "Answer in writing"),
        3,
        "written_opened",
    ),
)
