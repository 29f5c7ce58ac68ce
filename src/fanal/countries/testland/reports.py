"""Testland's figures, the words they are counted in, and its chronicle."""

from fanal.country.schema import Fact, PublishedFigure, ReportKind, ReportSection, Text, code_list, same

BOOK = "Testland, Book of Numbers"

_UNITS = (
    "signal", "presumed_victim", "identified_victim", "new_accompaniment", "document_issued", "offence",
    "prosecutor_case", "suspect", "prosecuted", "convicted", "judgment", "inspection", "controlled_worker",
)  # fmt: skip


def _figure(
    code: str, unit: str, period: str, value: int | None, defined: str, **more: object
) -> PublishedFigure:
    return PublishedFigure(
        code=code,
        counting_unit=unit,
        phenomenon="trafficking",
        period=period,
        value=value,
        definition=same(defined),
        source=f"{BOOK}, page {len(code)}",
        **more,  # type: ignore[arg-type]
    )


FIGURES = (
    _figure("captives-2018", "identified_victim", "2018", 6, "Counted by the wardens"),
    _figure("captives-2019", "identified_victim", "2019", 7, "Counted by the wardens"),
    _figure("captives-2019-b", "identified_victim", "2019", 9, "Counted by the ferrymen"),
    _figure("lamps-2019", "signal", "2019", 40, "Lamps lit in the year"),
    _figure("lamps-2020", "signal", "2020", 0, "Lamps lit in the year", status="zero"),
    _figure("trials-2019", "judgment", "2019", None, "Trials held in the year", status="unknown"),
)

KINDS = (
    ReportKind(
        code="chronicle",
        label=Text("Chronique", "Kroniek", "Chronik", "Chronicle"),
        title=Text(
            "La chronique de Testland",
            "De kroniek van Testland",
            "Die Chronik von Testland",
            "The chronicle of Testland",
        ),
        to_whom=Text("Le Conseil", "De Raad", "Der Rat", "The Council"),
        prefix="CH",
        months=24,
        source=BOOK,
    ),
    ReportKind(
        code="leaflet",
        label=Text("Feuillet", "Blaadje", "Blatt", "Leaflet"),
        title=Text("Le feuillet", "Het blaadje", "Das Blatt", "The leaflet"),
        to_whom=Text("Tous", "Allen", "Alle", "Everybody"),
        prefix="LE",
        source=BOOK,
    ),
)

SECTIONS = (
    ReportSection(
        code="chronicle.1",
        kind="chronicle",
        title=Text("Le pays", "Het land", "Das Land", "The land"),
        words=Text(
            "<p>Le pays est petit.</p>",
            "<p>Het land is klein.</p>",
            "<p>Das Land ist klein.</p>",
            "<p>The land is small.</p>",
        ),
        source=BOOK,
    ),
    ReportSection(
        code="chronicle.2",
        kind="chronicle",
        title=Text("Les envoyés", "De gezanten", "Die Gesandten", "The envoys"),
        asked=("envoys",),
        source=BOOK,
    ),
    ReportSection(
        code="chronicle.2.1",
        kind="chronicle",
        parent="chronicle.2",
        title=Text("Les chiffres", "De cijfers", "Die Zahlen", "The numbers"),
        assembles="figures",
        source=BOOK,
    ),
    ReportSection(
        code="leaflet.1",
        kind="leaflet",
        title=Text("Bonjour", "Dag", "Guten Tag", "Good day"),
        words=Text("<p>Bonjour.</p>", "<p>Dag.</p>", "<p>Guten Tag.</p>", "<p>Good day.</p>"),
        source=BOOK,
    ),
)

CODES: tuple[Fact, ...] = (
    *code_list("counting_unit", BOOK, {unit: same(unit.replace("_", " ").capitalize()) for unit in _UNITS}),
    *code_list("figure_breakdown", BOOK, {"children": Text("Enfants", "Kinderen", "Kinder", "Children")}),
)
FACTS: tuple[Fact, ...] = (*CODES, *FIGURES, *KINDS, *SECTIONS)
