"""The kinds of fact by name, and the words of the house that every pack must fill."""

from .asked import Asked
from .bodies import Body, BodySeat, Cadence, VoteRule
from .facts import Code, Fact
from .figures import PublishedFigure
from .offences import Circumstance, Indicator, Offence, Purpose
from .places import ContactPoint, District, Function, Institution, Municipality, Unit, Zone
from .plans import ActionPlan
from .procedure import (
    Condition,
    DocumentKind,
    Duty,
    Ground,
    Move,
    Phase,
    Question,
    Route,
    Term,
    Threshold,
    Track,
)
from .reporting import ReportKind, ReportSection
from .rights import Rights

PLACES: dict[str, type[Fact]] = {
    "institution": Institution,
    "district": District,
    "zone": Zone,
    "unit": Unit,
    "municipality": Municipality,
    "function": Function,
    "contact_point": ContactPoint,
    "asked": Asked,
    "action_plan": ActionPlan,
    "body": Body,
    "body_seat": BodySeat,
    "figure": PublishedFigure,
}
"""Facts that have tables of their own: those of the directory, of the bodies and of the figures."""

REFERENCE: dict[str, type[Fact]] = {
    "offence": Offence,
    "circumstance": Circumstance,
    "purpose": Purpose,
    "indicator": Indicator,
    "term": Term,
    "threshold": Threshold,
    "document": DocumentKind,
    "phase": Phase,
    "track": Track,
    "question": Question,
    "condition": Condition,
    "move": Move,
    "ground": Ground,
    "duty": Duty,
    "route": Route,
    "rights": Rights,
    "cadence": Cadence,
    "vote_rule": VoteRule,
    "report_kind": ReportKind,
    "report_section": ReportSection,
}
"""Facts that become editable reference data, beside the code lists (kind `code/<list>`)."""

CODE_LISTS: dict[str, tuple[str, ...]] = {
    "access_restriction": (),
    "age_basis": ("known", "estimated", "doubtful", "unknown"),
    "alert_outcome": ("referred", "merged"),
    "body_kind": ("cell", "bureau", "committee", "network", "district", "group"),
    "consent_ground": ("consent", "minor", "vital_interest", "law"),
    "counting_unit": (
        "signal",
        "presumed_victim",
        "identified_victim",
        "new_accompaniment",
        "document_issued",
        "offence",
        "prosecutor_case",
        "suspect",
        "prosecuted",
        "convicted",
        "judgment",
        "inspection",
        "controlled_worker",
    ),
    "data_subject": (),
    "detection_source": (),
    "erasure_ground": ("asked", "no_longer_needed"),
    "figure_breakdown": (),
    "hold_ground": (),
    "handling": ("H0", "H1", "H2", "H3"),
    "indicator_group": (),
    "information_grade": (),
    "institution_kind": (),
    "judicial_event": (),
    "phenomenon": ("trafficking", "smuggling", "smuggling_aggravated"),
    "policy_sector": (),
    "recommendation_body": (),
    "recommendation_force": ("urges", "considers", "invites", "recommends", "observes", "unstated"),
    "recommendation_position": ("accepted", "partly", "noted", "rejected"),
    "recommendation_theme": ("other",),
    "recommendation_verdict": (),
    "reading_purpose": ("accompany", "decide_residence", "guardianship"),
    "referral_purpose": (),
    "referral_refusal": ("full",),
    "resort": (),
    "safe_contact": (),
    "seat_kind": ("chair", "voting", "advisory", "observer", "secretariat"),
    "sector": (),
    "sex": ("F", "M", "X", "U"),
    "sister_plan": (),
    "source_grade": (),
    "starting_fact": ("document_expires",),
    "unit_kind": ("parquet", "auditorat", "police_cell", "centre", "immigration_cell", "guardianship"),
    "unsafe_word": (),
}
"""The code lists that the code of the house asks for by name, and the codes it knows in them."""

TERMS = (
    "access_answer",
    "acknowledge_alert",
    "acknowledge_urgent_alert",
    "answer_questions",
    "answer_urgent_meeting",
    "decide_opening",
    "duty_at_detection",
    "escalation_first",
    "escalation_second",
    "escalation_third",
    "first_document",
    "first_document_extension",
    "minutes_remarks",
    "referral_answer",
    "referral_sight",
    "reflection",
    "residence",
    "review_alert",
    "review_protection",
    "review_referral",
    "written_answer",
)
"""The terms that the code of the house asks for by name."""

THRESHOLDS = (
    "watch_ceiling",
    "watch_files",
    "watch_minutes",
    "watch_refusals",
    "watch_times_usual",
    "watch_usual_days",
)
"""The thresholds that the code of the house asks for by name."""

COMPUTED_CONDITIONS = (
    "eligible",
    "no_residence_title",
    "statement_made",
    "unaccompanied_minor",
    "judicial_outcome",
)
"""The conditions that the code of the house computes from a file; the proof of any other is declared or answered.

`eligible`: the offence and its circumstances open the procedure. `no_residence_title`: the person holds none.
`statement_made`: a complaint or statement is on the file. `judicial_outcome`: a judicial event whose code carries
the flag `residence` is on the file (a conviction, a charge kept in the requisitions).
"""

ONE_PER_PLACE = ("parquet", "auditorat", "police_cell", "centre")
"""Kinds of unit of which exactly one is competent in every municipality on every day."""

ONE_PER_COUNTRY = ("immigration_cell", "guardianship")
"""Kinds of unit of which at least one is competent for the whole country."""

_NAMES = {kind: name for name, kind in (PLACES | REFERENCE).items()}


def kind_of(fact: Fact) -> str:
    """The name of a fact's kind: `term`, `unit`, …, `code/sex`."""
    return f"code/{fact.list_code}" if isinstance(fact, Code) else _NAMES[type(fact)]
