"""The outline of a report: move, add, drop, rename, and the editor's own words in a section."""

from collections.abc import Mapping
from datetime import datetime
from typing import Literal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from fanal.access.rules import Member
from fanal.audit import services as audit
from fanal.audit.services import Verb
from fanal.country.schema import LANGUAGES
from fanal.documents import prose
from fanal.errors import Invalid, Refusal
from fanal.reports import queries, rules
from fanal.reports.models import Contribution, Report, Section
from fanal.reports.rules import Act, State
from fanal.reports.services.opening import moved


@transaction.atomic
def add_section(
    *, by: Member, reference: str, title: str, parent: UUID | None = None, assembles: str = "", at: datetime
) -> Section:
    """Add a section at the end of the report or of another section; its title counts for every language until changed.

    Refused: `NotFound`; a frozen report; `Invalid` `title`, `unknown_code`, `too_deep`.
    """
    row = queries.edited(reference, by, lock=True)
    if not title.strip():
        raise Invalid("title", _("Give the section a title."), field="title")
    if assembles and assembles not in rules.ASSEMBLED:
        raise Invalid("unknown_code", _("Choose from the list."), field="assembles")
    above = queries.section(parent, by) if parent else None
    if above is not None and above.report_id != row.id:
        raise Invalid("unknown_code", _("Choose from the list."), field="parent")
    if above is not None and queries.places(row)[above.id].level >= rules.DEEPEST:
        raise Invalid("too_deep", _("A report has at most four levels."), field="parent")
    last = Section.objects.filter(report=row).order_by("-position").values_list("position", flat=True).first()
    made = Section.objects.create(
        report=row,
        parent=above,
        position=(last or 0) + 1,
        titles=dict.fromkeys(LANGUAGES, title.strip()),
        assembles=assembles,
    )
    _trace(row, "reports.add_section", made, by, at)
    return made


@transaction.atomic
def change_section(
    *, by: Member, section_id: UUID, titles: Mapping[str, str], words: Mapping[str, str], at: datetime
) -> Section:
    """Give a section its title and the editor's own words in each language that is named.

    `words` is prose and is cleaned. Refused: `NotFound`; a frozen report; `Invalid` `title` (an empty one).
    """
    section = queries.section(section_id, by)
    row = queries.edited(section.report.reference, by, lock=True)
    for language, title in titles.items():
        if language in LANGUAGES and not title.strip():
            raise Invalid("title", _("Give the section a title."), field=f"title_{language}")
    section.titles = {**section.titles, **{k: v.strip() for k, v in titles.items() if k in LANGUAGES}}
    section.words = {**section.words, **{k: prose.clean(v) for k, v in words.items() if k in LANGUAGES}}
    section.save(update_fields=["titles", "words"])
    _trace(row, "reports.change_section", section, by, at)
    return section


@transaction.atomic
def move_section(*, by: Member, section_id: UUID, to: Literal["up", "down"], at: datetime) -> Section:
    """Move a section before or after its neighbour of the same level; at the end of the row nothing moves."""
    section = queries.section(section_id, by)
    row = queries.edited(section.report.reference, by, lock=True)
    beside = list(
        Section.objects.filter(report=row, parent_id=section.parent_id, dropped_at=None).order_by(
            "position", "id"
        )
    )
    here = next(n for n, each in enumerate(beside) if each.id == section.id)
    there = here + (1 if to == "down" else -1)
    if 0 <= there < len(beside):
        beside[here], beside[there] = beside[there], beside[here]
        places = sorted(each.position for each in beside)
        if len(set(places)) < len(places):
            places = list(range(places[0], places[0] + len(places)))
        for each, position in zip(beside, places, strict=True):
            each.position = position
        Section.objects.bulk_update(beside, ["position"])
        _trace(row, "reports.move_section", section, by, at)
    return section


@transaction.atomic
def drop_section(*, by: Member, section_id: UUID, at: datetime) -> None:
    """Leave a section out, with those under it; what was not yet begun is no longer asked.

    Refused: `NotFound`; a frozen report; `Refusal` `section_written` while a department wrote for it: withdraw that
    contribution first, with a reason.
    """
    section = queries.section(section_id, by)
    row = queries.edited(section.report.reference, by, lock=True)
    gone = queries.under(row, section.id)
    asked = list(
        Contribution.objects.filter(section__in=gone)
        .exclude(state=State.WITHDRAWN.value)
        .select_related("report")
    )
    if any(State(each.state) is not State.ASKED for each in asked):
        words = _("A department wrote for this section. Withdraw its contribution first, and say why.")
        raise Refusal("section_written", words)
    for each in asked:
        moved(each, Act.WITHDRAW, _("The section was left out."), by, at)
    Section.objects.filter(pk__in=gone).update(dropped_at=at)
    _trace(row, "reports.drop_section", section, by, at)


def _trace(row: Report, act: str, section: Section, by: Member, at: datetime) -> None:
    audit.record(by=by, verb=Verb.ALTER, act=act, at=at, object_ids=[section.id], reference=row.reference)
