"""What a report holds before it is built: the texts of its editor and of the departments."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import F

from fanal.access.queries import visible
from fanal.access.rules import Member
from fanal.country.schema import LANGUAGES
from fanal.reports.models import Contribution, Draft, Report, Section, State
from fanal.reports.queries.reports import sections
from fanal.reports.rules import Place


@dataclass(frozen=True, slots=True)
class Text:
    """One text of a section: the editor's words, or a department's contribution."""

    place: Place
    title: str
    html: str
    language: str = ""
    row: Contribution | None = None
    draft: Draft | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """What a report holds: its outline, and what each department last saved, by section."""

    outline: Sequence[tuple[Section, Place]]
    asked: Mapping[UUID, Sequence[Contribution]]
    drafts: Mapping[UUID, Draft]

    def in_languages(self) -> dict[str, list[Text]]:
        return {language: list(self.texts(language)) for language in LANGUAGES}

    def texts(self, language: str) -> Iterator[Text]:
        """The texts in the order of the report; the editor's words in one language, contributions as they are."""
        for section, place in self.outline:
            title = section.titles.get(language) or section.titles.get("en", "")
            words = section.words.get(language) or section.words.get("en") or ""
            if words:
                yield Text(place, title, words, language)
            for row in self.asked.get(section.id, ()):
                draft = self.drafts.get(row.id)
                yield Text(place, title, draft.html if draft else "", "", row, draft)


def held_by(row: Report, by: Member) -> Held:
    rows = visible(Contribution, by).filter(report=row).exclude(state=State.WITHDRAWN)
    asked: dict[UUID, list[Contribution]] = {}
    for each in rows.select_related("unit").order_by("asked_at", "id"):
        asked.setdefault(each.section_id, []).append(each)
    drafts = visible(Draft, by).filter(contribution__report=row, number=F("contribution__number"))
    return Held(sections(row), asked, {draft.contribution_id: draft for draft in drafts})
