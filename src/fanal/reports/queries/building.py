"""A report as it would be built: its source in every language, what stops it, and where everything comes from."""

from collections.abc import Collection, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import Any

from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from fanal.access.rules import Member
from fanal.country import queries as country
from fanal.country.schema import LANGUAGES, Law, ReportKind
from fanal.documents import model, prose
from fanal.reports.models import Choice, Report, Section, State
from fanal.reports.queries import assembled
from fanal.reports.queries.held import Held, Text, held_by
from fanal.reports.rules import Obstacle, Place, Stop
from fanal.statistics import queries as statistics
from fanal.statistics import rules as figures
from fanal.statistics.rules import Bar, Chosen, FigureLine, Matter

_STOPS = {
    Bar.MISSING: Stop.FIGURE_MISSING,
    Bar.SUPERSEDED: Stop.FIGURE_SUPERSEDED,
    Bar.CONTRADICTED: Stop.FIGURE_CONTRADICTED,
    Bar.UNPROTECTED: Stop.FIGURE_UNPROTECTED,
}
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Assembled:
    """`source` and `provenance` as an edition keeps them; nothing is built while there are `obstacles`."""

    source: Json
    provenance: list[Json]
    obstacles: list[Obstacle]


@dataclass
class _Known:
    """The figures that the texts refer to, and how each stands in this report."""

    lines: Mapping[str, FigureLine]
    rivals: Mapping[Matter, tuple[FigureLine, ...]]
    chosen: Mapping[Matter, Chosen]
    used: dict[str, FigureLine] = field(default_factory=dict)


def choices(row: Report) -> dict[Matter, Choice]:
    """The last choice for each matter of a report."""
    rows = Choice.objects.filter(report=row).select_related("unit").order_by("at", "id")
    return {Matter(*each.matter): each for each in rows}


def codes_in(html: str) -> list[str]:
    """The codes of the figures that a text refers to, in their order."""
    return list(model.figures(prose.blocks(html)))


def key_of(section: Section) -> str:
    """What a text writes to refer to a section, however it is numbered: `<span data-ref="s…">`."""
    return f"s{section.id.hex[-8:]}"


def assemble(row: Report, by: Member, on: date) -> Assembled:
    """Everything of a report that the member edits; a number of statements that does not grow with its texts."""
    law, held = country.law(on), held_by(row, by)
    texts = held.in_languages()
    made = _assembled(row, held, by, on)
    known = _known(row, texts, made["en"], by)
    stopped = _obstacles(held, texts, made["en"], known, by)
    kind = law.get(ReportKind, row.kind)
    source: Json = {
        "reference": row.reference,
        "day": on.isoformat(),
        "titles": {language: kind.title.get(language) for language in LANGUAGES},
        "subtitles": {language: _subtitle(row, language) for language in LANGUAGES},
        "issuers": {language: row.unit.label(language) for language in LANGUAGES},
        "synthetic": row.synthetic,
        "sections": [_section(section, place, held, made) for section, place in held.outline],
        "figures": {language: _shown(known, language) for language in LANGUAGES},
        "numbers": {code: line.value for code, line in sorted(known.used.items())},
        "annex": {language: _annex(known, law, language) for language in LANGUAGES},
    }
    provenance = [*_paragraphs(texts["en"], held), *_figures(known)]
    return Assembled(source, provenance, stopped)


def obstacles(row: Report, by: Member, on: date) -> list[Obstacle]:
    """What stops a report that the member edits: of what fills sections by itself, only that which prints figures."""
    held = held_by(row, by)
    texts = held.in_languages()
    made = _assembled(row, held, by, on, only=assembled.WITH_FIGURES, languages=("en",))["en"]
    return _obstacles(held, texts, made, _known(row, texts, made, by), by)


def _known(
    row: Report, texts: Mapping[str, Sequence[Text]], made: Mapping[str, assembled.Part], by: Member
) -> _Known:
    codes = {code for each in texts.values() for text in each for code in codes_in(text.html)}
    codes |= {code for part in made.values() for code in part.codes}
    chosen = {matter: Chosen(c.code, c.version, c.reason) for matter, c in choices(row).items()}
    lines = statistics.current(codes | {each.code for each in chosen.values()}, by)
    return _Known(lines, statistics.rivals({line.matter for line in lines.values()}, by), chosen)


def _obstacles(
    held: Held,
    texts: Mapping[str, Sequence[Text]],
    made: Mapping[str, assembled.Part],
    known: _Known,
    by: Member,
) -> list[Obstacle]:
    return list(dict.fromkeys([*_open(held, by), *_stopped(held, texts, made, known, by)]))


def _shown(known: _Known, language: str) -> dict[str, str]:
    with translation.override(language):
        return {code: statistics.shown(line) for code, line in sorted(known.used.items())}


def _assembled(
    row: Report,
    held: Held,
    by: Member,
    on: date,
    *,
    only: Collection[str] = (),
    languages: Sequence[str] = LANGUAGES,
) -> dict[str, dict[str, assembled.Part]]:
    """{language: {what fills a section: its content}}, of all or of some; each capability is read once."""
    wanted = {section.assembles for section, _place in held.outline if section.assembles}
    makers = {
        name: assembled.maker(name, row, by, on) for name in sorted(wanted & set(only) if only else wanted)
    }
    found = {}
    for language in languages:
        with translation.override(language):
            found[language] = {name: make(language) for name, make in makers.items()}
    return found


def _open(held: Held, by: Member) -> Iterator[Obstacle]:
    for section, place in held.outline:
        for row in held.asked.get(section.id, ()):
            if row.state != State.SIGNED:
                yield Obstacle(
                    stop=Stop.UNSIGNED if row.state == State.ACCEPTED else Stop.OPEN,
                    number=place.number,
                    title=_title(section, by.language),
                    unit=row.unit.label(by.language),
                    contribution=row.id,
                )


def _title(section: Section, language: str) -> str:
    return str(section.titles.get(language[:2]) or section.titles.get("en", ""))


def _stopped(
    held: Held,
    texts: Mapping[str, Sequence[Text]],
    made: Mapping[str, assembled.Part],
    known: _Known,
    by: Member,
) -> Iterator[Obstacle]:
    titles = {place.number: _title(section, by.language) for section, place in held.outline}
    keys = {key_of(section) for section, _place in held.outline}
    for text in (text for each in texts.values() for text in each):
        pins = text.draft.pins if text.draft else {}
        for n, block in enumerate(prose.blocks(text.html), 1):
            stops = [(_settle(code, pins.get(code), known), code) for code in model.figures((block,))]
            stops += [(Stop.REFERENCE_LOST, key) for key in _lost((block,), keys)]
            for stop, detail in stops:
                if stop is not None:
                    yield Obstacle(
                        stop=stop,
                        number=text.place.number,
                        title=titles[text.place.number],
                        paragraph=n,
                        unit=text.row.unit.label(by.language) if text.row else "",
                        detail=detail,
                        contribution=text.row.id if text.row else None,
                    )
    for section, place in held.outline:
        part = made.get(section.assembles)
        for code in part.codes if part else ():
            stop = _settle(code, None, known)
            if stop:
                yield Obstacle(stop=stop, number=place.number, title=titles[place.number], detail=code)


def _settle(code: str, pinned: int | None, known: _Known) -> Stop | None:
    line, bar = figures.settle(code, pinned, known.lines, known.rivals, known.chosen)
    if bar is None and line is not None:
        known.used[code] = line
        return None
    return _STOPS[bar or Bar.MISSING]


def _lost(blocks: model.Blocks, keys: Container[str]) -> list[str]:
    """References that lead to no section of the report."""
    found: list[str] = []

    def seen(run: model.Inline) -> model.Inline:
        if isinstance(run, model.CrossRef) and run.key not in keys:
            found.append(run.key)
        return run

    model.changed(blocks, seen)
    return found


def _section(
    section: Section, place: Place, held: Held, made: Mapping[str, Mapping[str, assembled.Part]]
) -> Json:
    parts = [
        {
            "html": held.drafts[row.id].html if row.id in held.drafts else "",
            "units": {language: row.unit.label(language) for language in LANGUAGES},
        }
        for row in held.asked.get(section.id, ())
    ]
    filled = section.assembles
    return {
        "key": key_of(section),
        "number": place.number,
        "level": place.level,
        "titles": {language: _title(section, language) for language in LANGUAGES},
        "words": {
            language: section.words.get(language) or section.words.get("en", "") for language in LANGUAGES
        },
        "source": section.source,
        "parts": parts,
        "assembled": {language: made[language][filled].nodes for language in LANGUAGES} if filled else {},
    }


def _subtitle(row: Report, language: str) -> str:
    with translation.override(language):
        days = _("%(start)s to %(end)s") % {"start": _day(row.starts_on), "end": _day(row.ends_on)}
        return f"{row.subject}, {days}" if row.subject else days


def _day(on: date) -> str:
    return str(date_format(on, "j F Y"))


def _annex(known: _Known, law: Law, language: str) -> list[list[str]]:
    """What stands behind each figure: its value, what it counts, definition, source, and the reason of a choice."""
    rows = []
    with translation.override(language):
        for line in _lines_used(known):
            choice = known.chosen.get(line.matter)
            others = [
                f"{statistics.shown(each)} ({each.source})"
                for each in known.rivals.get(line.matter, ())
                if each.code != line.code
            ]
            said = [choice.reason] if choice else []
            if others:
                said.append(_("Also published: %(others)s.") % {"others": "; ".join(others)})
            rows.append([
                statistics.title(line.matter, law, language), statistics.shown(line), line.definition, line.source,
                " ".join(said) or "–",
            ])  # fmt: skip
    return rows


def _lines_used(known: _Known) -> list[FigureLine]:
    return sorted({line.code: line for line in known.used.values()}.values(), key=lambda line: line.code)


def _paragraphs(texts: Sequence[Text], held: Held) -> Iterator[Json]:
    for text in texts:
        row = text.row
        signed = timezone.localdate(row.signed_at).isoformat() if row and row.signed_at else ""
        for n, block in enumerate(prose.blocks(text.html), 1):
            yield {
                "kind": "paragraph",
                "section": text.place.number,
                "paragraph": n,
                "unit": row.unit.code if row else "",
                "text": row.number if row else 0,
                "signed_on": signed,
                "digest": sha256(repr(block).encode()).hexdigest()[:16],
            }
    for section, place in held.outline:
        if section.assembles:
            yield {"kind": "assembled", "section": place.number, "from": section.assembles}


def _figures(known: _Known) -> Iterator[Json]:
    for code, line in sorted(known.used.items()):
        choice = known.chosen.get(line.matter)
        yield {
            "kind": "figure",
            "reference": code,
            "code": line.code,
            "version": line.version,
            "value": line.value,
            "status": line.status.value,
            "definition": line.definition,
            "source": line.source,
            "extracted_on": line.extracted_on.isoformat() if line.extracted_on else "",
            "reason": choice.reason if choice else "",
        }
