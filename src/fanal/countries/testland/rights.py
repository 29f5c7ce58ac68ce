"""Testland keeps files for other times, and its Watch does not answer for itself."""

from fanal.country.schema import Fact, Rights, Term, Text, code_list, same

BOOK = "Testland, Book of Memory"
_EYE = Text("L’Œil", "Het Oog", "Das Auge", "The Eye")


def _term(code: str, amount: int, starts_on: str) -> Term:
    return Term(
        code=code,
        label=same(code.replace("_", " ").capitalize()),
        amount=amount,
        unit="month",
        starts_on=starts_on,
        kind="law",
        source=f"{BOOK}, art. 1",
    )


TERMS = (
    _term("review_alert", 6, "file_opened"),
    _term("review_referral", 4, "file_opened"),
    _term("review_protection", 9, "file_opened"),
    _term("referral_sight", 2, "referral_done"),
    _term("access_answer", 1, "access_asked"),
)


def _rights(unit_kind: str, regime: str, answers: str) -> Rights:
    return Rights(
        code=unit_kind, unit_kind=unit_kind, regime=regime, answers=answers, body=_EYE, source=f"{BOOK}, art. 2",  # type: ignore[arg-type]
    )  # fmt: skip


RIGHTS = (
    _rights("police_cell", "led", "indirect"),
    _rights("parquet", "led", "direct"),
    _rights("immigration_cell", "gdpr", "direct"),
    _rights("centre", "gdpr", "direct"),
)


def _list(list_code: str, *codes: str) -> tuple[Fact, ...]:
    return code_list(list_code, BOOK, {code: same(code.replace("_", " ").capitalize()) for code in codes})


FACTS: tuple[Fact, ...] = (
    *_list("erasure_ground", "no_longer_needed", "asked"),
    *_list("hold_ground", "proceedings", "claim"),
    *_list("access_restriction", "obstruct", "others"),
    *_list("starting_fact", "file_opened", "referral_done", "access_asked"),
    *TERMS,
    *RIGHTS,
)
