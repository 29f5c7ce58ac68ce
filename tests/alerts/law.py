"""A law made by hand for the tables of rules: every fact stands in the test that reads it."""

from datetime import date

from fanal.country.schema import (
    Calendar,
    Duty,
    Indicator,
    Law,
    Purpose,
    Route,
    Term,
    Text,
    code_list,
    same,
)

CALENDAR = Calendar("BE")
SOURCE = "made for a test"


def term(code: str = "t", amount: int = 24, unit: str = "hour", **options: object) -> Term:
    return Term(
        code=code, source=SOURCE, label=same(code), amount=amount, unit=unit, starts_on="alert",  # type: ignore[arg-type]
        kind="organisational", **options,  # type: ignore[arg-type]
    )  # fmt: skip


def route(code: str, recipient: str, **options: object) -> Route:
    given: dict[str, object] = {
        "by_place": False, "ground": Text(f"motif {code}", f"grond {code}", f"Grund {code}", f"ground {code}"),
        "legal_basis": f"art. {code}", "purpose": "protect", "term": "day", "mandatory": True, "level": "read",
    }  # fmt: skip
    return Route(code=code, source=SOURCE, recipient=recipient, **(given | options))  # type: ignore[arg-type]


def purpose(code: str) -> Purpose:
    return Purpose(code=code, source=SOURCE, article="1", label=same(f"purpose {code}"), htcds="x")


KINDS = ("police_cell", "parquet", "auditorat", "centre", "immigration_cell", "guardianship")


def codes(name: str, *codes: str, **flags: tuple[str, ...]) -> tuple[object, ...]:
    return code_list(name, SOURCE, {code: same(f"{name} {code}") for code in codes}, flags=flags)


def law(*routes: Route, on: date = date(2026, 11, 24)) -> Law:
    """Six kinds of service, two forms, three terms, the age bases of the house, and these routes."""
    facts = (
        *codes("unit_kind", *KINDS),
        *codes(
            "phenomenon", "trafficking", "smuggling", "adjacent", trafficking=("alert",), smuggling=("alert",)
        ),
        *codes("age_basis", "known", "estimated", "doubtful", "unknown", unknown=("maybe_minor",)),
        *codes("data_subject", "victim", "suspect", suspect=("accused",)),
        *codes("sex", "F", "M"),
        *codes("safe_contact", "phone"),
        *codes("detection_source", "self"),
        *codes("sector", "A"),
        *codes("source_grade", "A"),
        *codes("information_grade", "1"),
        *codes("handling", "H0"),
        *(purpose(code) for code in ("work", "sex")),
        *(term(code, hours) for code, hours in (("hour", 1), ("day", 24), ("week", 168))),
        Indicator(code="debt", source=SOURCE, group="g", label=same("debt")),
        Duty(
            code="tell",
            source=SOURCE,
            label=same("tell"),
            unit_kinds=("police_cell",),
            term="day",
            legal_basis="1",
        ),
        *routes,
    )
    return Law.of_facts(facts, CALENDAR, on)  # type: ignore[arg-type]
