"""The rail of a procedure: phases past, present and to come, each with its length and its dates."""

from django.utils.translation import gettext as _

from fanal.country.schema import Law
from fanal.country.schema import Phase as LawPhase
from fanal.protection.queries import words
from fanal.protection.rules.facts import Status, Step
from fanal.protection.services import Sheet
from fanal.web.components import Phase, Stand
from fanal.web.templatetags.fanal import day, weekday


def rail(sheet: Sheet, language: str) -> list[Phase]:
    """The phases of the track in order; those that were passed over say so, the end only once it came."""
    law, at = sheet.law, sheet.status
    entered = {step.phase: step for step in at.steps}
    order = [phase for phase in law.phases(sheet.row.track) if phase.code in entered or not _ending(phase)]
    if at.ended:
        order = [phase for phase in order if phase.code in entered]
    now = next(index for index, phase in enumerate(order) if phase.code == at.phase)
    return [
        _stretch(phase, entered.get(phase.code), index - now, sheet, law, language)
        for index, phase in enumerate(order)
    ]


def _ending(phase: LawPhase) -> bool:
    return phase.final and not phase.document


def _stretch(
    phase: LawPhase, step: Step | None, distance: int, sheet: Sheet, law: Law, language: str
) -> Phase:
    title = phase.label.get(language)
    length = words.length(law.term(phase.term)) if phase.term else ""
    if step is None and distance < 0:
        return Phase(title, _("passed over"), Stand.PAST)
    if step is None:
        return Phase(title, length, Stand.NEXT)
    stand = Stand.NOW if distance == 0 else Stand.PAST
    detail = _detail(step, length, sheet.status, now=stand is Stand.NOW)
    return Phase(title, detail, stand, 2 if stand is Stand.NOW else 1)


def _detail(step: Step, length: str, at: Status, *, now: bool) -> str:
    since = day(step.since)
    if now and at.ended:
        return since
    if now:
        until = at.paper.until if at.paper and at.paper.number >= step.number else None
        held = _("since %(day)s") % {"day": since}
        if until:
            held = _("until %(day)s") % {"day": weekday(until)}
        return f"{held} · {length}" if length else held
    return f"{since} – {day(step.until)}" if step.until and step.until != step.since else since
