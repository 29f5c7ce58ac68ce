"""Testland's bodies: a Moot that decides, a Table that prepares for it, and the meeting of the harbour."""

from datetime import date

from fanal.country.schema import Body, BodySeat, Cadence, Fact, Term, Text, VoteRule, code_list, same

BOOK = "Testland, Book of Tables"
_SINCE = date(2010, 1, 1)


def _list(list_code: str, *codes: str) -> tuple[Fact, ...]:
    return code_list(list_code, BOOK, {code: same(code.replace("_", " ").capitalize()) for code in codes})


CADENCES = (
    Cadence(code="moot", label=same("Three times a year"), at_least=3, per="year", usual=4, source=BOOK),
    Cadence(code="table", label=same("Every month"), at_least=1, per="month", source=BOOK),
    Cadence(code="harbour", label=same("Twice a year"), at_least=1, per="half_year", source=BOOK),
)

VOTE_RULES = (
    VoteRule(
        code="half",
        label=same("More than half; simple majority; the chair breaks a tie"),
        quorum="1/2",
        above=True,
        majority="simple",
        tie="chair",
        silence="agrees",
        source=BOOK,
    ),
    VoteRule(
        code="together",
        label=same("Consensus"),
        quorum="0",
        majority="consensus",
        tie="falls",
        silence="none",
        source=BOOK,
    ),
)

TERMS = (
    Term(
        code="answer_urgent_meeting",
        label=same("Answer to an urgent request"),
        amount=48,
        unit="hour",
        starts_on="urgent_meeting_asked",
        kind="organisational",
        source=BOOK,
    ),
)


def _body(
    code: str,
    kind: str,
    prefix: str,
    keeper: str,
    rule: str,
    cadence: str,
    *names: str,
    prepares_for: str = "",
    district: str = "",
) -> Body:
    fr, nl, de, en = names
    return Body(
        code=code,
        kind=kind,
        prefix=prefix,
        keeper=keeper,
        vote_rule=rule,
        cadence=cadence,
        name=Text(fr, nl, de, en),
        short=Text(fr, nl, de, en),
        valid_from=_SINCE,
        source=BOOK,
        prepares_for=prepares_for,
        district=district,
    )


BODIES = (
    _body("cell", "cell", "MOO", "round-table", "half", "moot", "Assemblée", "Vergadering", "Versammlung", "Moot"),
    _body(
        "bureau", "bureau", "TAB", "round-table", "half", "table", "Table", "Tafel", "Tisch", "Table",
        prepares_for="cell",
    ),
    _body(
        "district-harbour", "district", "HAR", "parquet-quays", "together", "harbour",
        "Réunion du Port", "Havenvergadering", "Hafentreffen", "Harbour meeting",
        district="harbour",
    ),
)  # fmt: skip

_COMPOSITION: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    "cell": (
        ("chair", ("round-table",)),
        ("secretariat", ("round-table",)),
        ("voting", ("envoys",)),
        ("voting", ("watch-central",)),
        ("voting", ("strangers-office",)),
        ("voting", ("labour-office",)),
        ("voting", ("parquet-quays",)),
        ("voting", ("centre-lantern", "centre-meadow")),
        ("advisory", ("ombudsman",)),
        ("observer", ("college",)),
    ),
    "bureau": (
        ("chair", ("round-table",)),
        ("secretariat", ("round-table",)),
        ("voting", ("envoys",)),
        ("voting", ("watch-central",)),
        ("voting", ("strangers-office",)),
        ("voting", ("labour-office",)),
        ("advisory", ("ombudsman",)),
        ("observer", ("college",)),
    ),
    "district-harbour": (
        ("chair", ("parquet-quays",)),
        ("voting", ("parquet-hills",)),
        ("voting", ("auditorat-coast",)),
        ("voting", ("watch-harbour",)),
        ("voting", ("labour-office",)),
        ("advisory", ("centre-lantern",)),
    ),
}
_JOINT = Text("Les maisons", "De huizen", "Die Häuser", "The houses")

SEATS = tuple(
    BodySeat(
        code=f"{body}-{kind}-{'-'.join(units)}",
        body=body,
        kind=kind,
        units=units,
        name=_JOINT if len(units) > 1 else None,
        valid_from=_SINCE,
        source=BOOK,
    )
    for body, seats in _COMPOSITION.items()
    for kind, units in seats
)

FACTS: tuple[Fact, ...] = (
    *_list("body_kind", "cell", "bureau", "committee", "network", "district", "group"),
    *_list("seat_kind", "chair", "voting", "advisory", "observer", "secretariat"),
    *_list("starting_fact", "urgent_meeting_asked"),
    *CADENCES,
    *VOTE_RULES,
    *TERMS,
    *BODIES,
    *SEATS,
)
