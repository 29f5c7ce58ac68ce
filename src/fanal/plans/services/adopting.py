"""The life of a version: started, amended, discarded, adopted."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fanal.access.rules import Member
from fanal.audit import services as audit
from fanal.audit.services import Verb
from fanal.decisions import queries as decisions
from fanal.decisions.rules import State
from fanal.documents.rules import forbidden_words
from fanal.errors import Invalid, NotFound, Refusal, Stale
from fanal.ids import new_id
from fanal.plans import queries, rules
from fanal.plans.models import Benchmark, Heading, Indicator, Measure, Plan, Version
from fanal.plans.services.words import said
from fanal.plans.services.writing import open_draft

_CODE = re.compile(r"^[a-z0-9]+(?:-[a-z0-9]+)*$")
DECIDES = "cell"
"""The kind of body that adopts plans. Royal Decree of 16 May 2004, chapter II (the Cell)."""
_STANDING = frozenset({State.OPEN, State.IN_PROGRESS, State.DONE})
R = TypeVar("R", Heading, Measure, Indicator, Benchmark)
RESERVED = frozenset({"find", "measures", "new", "public", "template"})
"""Words that stand in addresses beside the codes of plans."""


@transaction.atomic
def start(
    *,
    by: Member,
    code: str,
    titles: Mapping[str, str],
    phenomena: Sequence[str],
    starts_on: date,
    ends_on: date,
    synthetic: bool = False,
    at: datetime,
) -> Version:
    """Start a plan: its first draft, empty.

    `code` stands in addresses and file names: small letters, figures and hyphens, and no word that says what it is
    about (R-DOC-1). Refused: `Invalid` `bad_code`, `code_taken`, `no_title`, `ends_before_start`.
    """
    code = code.strip()
    if not _CODE.match(code) or len(code) > 40 or code in RESERVED or forbidden_words(code):
        raise Invalid(
            "bad_code",
            _(
                "Small letters, figures and hyphens, such as pan-2026-a, and no word that says what the plan is about."
            ),
            field="code",
        )
    if Plan.objects.filter(code=code).exists():
        raise Invalid("code_taken", _("Another plan has this code. Add a letter or a year."), field="code")
    titles = _titles(titles)
    _demand_days(starts_on, ends_on)
    plan = Plan.objects.create(
        code=code, titles=titles, phenomena=list(phenomena), synthetic=synthetic, created_at=at
    )
    draft = Version.objects.create(
        plan=plan, number=1, starts_on=starts_on, ends_on=ends_on, created_at=at, created_by=by.person_id
    )
    _trace(by, "plans.start", at, draft)
    return draft


@transaction.atomic
def amend(*, by: Member, plan_code: str, at: datetime) -> Version:
    """Open the next version of a plan as a draft: everything its last version says, to be changed.

    What is in force stays in force until the draft is adopted. Refused: `NotFound`; `Refusal` `draft_open`.
    """
    plan = Plan.objects.select_for_update().filter(code=plan_code).first()
    last = plan.versions.order_by("-number").first() if plan else None
    if plan is None or last is None:
        raise NotFound
    if last.adopted_on is None:
        raise Refusal("draft_open", _("This plan has a draft already. Finish or discard it first."))
    draft = Version.objects.create(
        plan=plan, number=last.number + 1, starts_on=last.starts_on, ends_on=last.ends_on, source=last.source,
        complete=last.complete, notes=last.notes, created_at=at, created_by=by.person_id,
    )  # fmt: skip
    _copy(last, draft)
    _trace(by, "plans.amend", at, draft)
    return draft


def _copy(last: Version, draft: Version) -> None:
    """Everything a version says, row by row, under the same anchors and keys."""
    headings = list(last.headings.order_by("position"))
    made = {row.pk: new_id() for row in headings}
    measures = list(last.measures.all())
    lines = {row.pk: new_id() for row in measures}
    indicators = list(Indicator.objects.filter(measure__in=measures))
    shown = {row.pk: new_id() for row in indicators}
    marks = list(Benchmark.objects.filter(indicator__in=indicators))
    chapters = [row for row in headings if row.parent_id is None]
    objectives = [row for row in headings if row.parent_id is not None]
    Heading.objects.bulk_create(_again(row, made[row.pk], version=draft) for row in chapters)
    Heading.objects.bulk_create(
        _again(row, made[row.pk], version=draft, parent_id=made[row.parent_id or row.pk])
        for row in objectives
    )
    Measure.objects.bulk_create(
        _again(row, lines[row.pk], version=draft, heading_id=made[row.heading_id], edition=1)
        for row in measures
    )
    Indicator.objects.bulk_create(
        _again(row, shown[row.pk], measure_id=lines[row.measure_id]) for row in indicators
    )
    Benchmark.objects.bulk_create(
        _again(row, new_id(), indicator_id=shown[row.indicator_id]) for row in marks
    )


def _again(row: R, key: UUID, **changed: object) -> R:
    """The same row once more, under another key."""
    values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    found = type(row)(**values | {"id": key})
    for name, value in changed.items():
        setattr(found, name, value)
    return found


@transaction.atomic
def discard(*, by: Member, plan_code: str, at: datetime) -> None:
    """Throw the draft of a plan away; a plan that has nothing else goes with it. What was adopted stays."""
    draft = open_draft(plan_code)
    _trace(by, "plans.discard", at, draft)
    draft.measures.all().delete()
    draft.delete()
    Plan.objects.filter(code=plan_code, versions=None).delete()


@transaction.atomic
def reframe(
    *, by: Member, plan_code: str, titles: Mapping[str, str], starts_on: date, ends_on: date,
    notes: Mapping[str, str] | None = None, edition: int | None = None, at: datetime,
) -> Version:  # fmt: skip
    """Change the title of a plan that was never adopted, and the days and the note of its draft.

    Refused: `NotFound`; `Invalid` `no_title`, `ends_before_start`; `Stale`.
    """
    draft = open_draft(plan_code)
    if edition is not None and edition != draft.edition:
        raise Stale(
            "stale", _("Somebody changed this since you opened it. Look at it again, then repeat your act.")
        )
    titles = _titles(titles)
    _demand_days(starts_on, ends_on)
    if draft.number == 1:
        draft.plan.titles = titles
        draft.plan.save(update_fields=["titles"])
    draft.starts_on, draft.ends_on = starts_on, ends_on
    draft.notes = {language: each.strip() for language, each in (notes or {}).items() if each.strip()}
    draft.edition += 1
    draft.save(update_fields=["starts_on", "ends_on", "notes", "edition"])
    _trace(by, "plans.reframe", at, draft)
    return draft


@transaction.atomic
def adopt(
    *,
    by: Member,
    plan_code: str,
    adopted_on: date,
    effective_on: date | None = None,
    decision: str = "",
    act: str = "",
    at: datetime,
) -> Version:
    """Make the draft of a plan the version in force from `effective_on` (the day of adoption, unless told otherwise).

    Adopted by a decision of the register that the member may read, of the body that decides on plans, or by an act from
    before the register, which is cited. From here on the version is never changed; the database holds it. Refused:
    `NotFound`; `Invalid` `no_decision`, `unknown_decision`, `not_of_the_cell`, `decision_not_in_force`, `in_future`,
    `before_the_last`; `Refusal` `not_ready` with the keys of the measures that are not.
    """
    draft = open_draft(plan_code)
    on, effective_on = timezone.localdate(at), effective_on or adopted_on
    decision, act = decision.strip().upper(), act.strip()
    if not decision and not act:
        raise Invalid(
            "no_decision",
            _("Give the number of the decision that adopts the plan, or cite the act."),
            field="decision",
        )
    if decision:
        _demand_decision(decision, by, on)
    if adopted_on > on:
        raise Invalid("in_future", _("This day has not come yet."), field="adopted_on")
    before = draft.plan.versions.exclude(adopted_on=None).order_by("-number").first()
    if before is not None and before.effective_on is not None and effective_on <= before.effective_on:
        raise Invalid(
            "before_the_last",
            _("The version before counts from %(day)s: this one has to follow it.")
            % {"day": f"{before.effective_on:%d.%m.%Y}"},
            field="effective_on",
        )
    _demand_ready(draft, at)
    draft.adopted_on, draft.effective_on = adopted_on, effective_on
    draft.decision, draft.act = decision, act
    draft.save(update_fields=["adopted_on", "effective_on", "decision", "act"])
    _trace(by, "plans.adopt", at, draft, decision=decision.lower())
    return draft


def _demand_decision(number: str, by: Member, on: date) -> None:
    try:
        found = decisions.get(number, by, on=on)
    except NotFound:
        raise Invalid(
            "unknown_decision",
            _("The register has no decision with this number that you may read."),
            field="decision",
        ) from None
    if found.body.kind != DECIDES:
        raise Invalid(
            "not_of_the_cell",
            _("A plan is adopted by a decision of the Cell; this one is of another body."),
            field="decision",
        )
    if found.state not in _STANDING:
        raise Invalid("decision_not_in_force", _("That decision no longer stands."), field="decision")


def _demand_ready(draft: Version, at: datetime) -> None:
    """A plan is adopted whole: every measure has what a measure needs, in the plan's days as they now are."""
    frame = queries.frame(draft, at)
    lines = queries.measures_of(draft.pk)
    wrong = {line.number: found for line in lines if (found := rules.faults(queries.values_of(line), frame))}
    if wrong:
        number, found = next(iter(wrong.items()))
        raise Refusal(
            "not_ready",
            _("Measure %(number)s is not ready: %(why)s") % {"number": number, "why": said(found[0])},
            measures=list(wrong),
        )


def _titles(titles: Mapping[str, str]) -> dict[str, str]:
    kept = {language: each.strip() for language, each in titles.items() if each.strip()}
    if not kept:
        raise Invalid("no_title", _("Give it a title in one language at least."), field="title_fr")
    return kept


def _demand_days(starts_on: date, ends_on: date) -> None:
    if ends_on < starts_on:
        raise Invalid(
            "ends_before_start",
            _("The plan ends before it starts. Correct one of the two days."),
            field="ends_on",
        )


def _trace(by: Member, act: str, at: datetime, draft: Version, **facts: object) -> None:
    audit.record(
        by=by, verb=Verb.ALTER, act=act, at=at, object_ids=[draft.pk], reference=draft.plan_id,
        facts={"version": draft.number, **facts},
    )  # fmt: skip
