"""What a country pack must satisfy as a whole. Each check yields readable lines."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, timedelta
from itertools import pairwise

from .facts import LANGUAGES, Code, Fact, Text
from .kinds import CODE_LISTS, COMPUTED_CONDITIONS, ONE_PER_COUNTRY, ONE_PER_PLACE, TERMS, THRESHOLDS, kind_of
from .places import Municipality, Unit, Zone, competent
from .procedure import Condition, DocumentKind, Move, Phase, Term, Threshold, Track

DAY = timedelta(days=1)
Versions = dict[tuple[str, str], list[Fact]]


def problems(facts: Sequence[Fact]) -> list[str]:
    """Every problem of these facts, one line each."""
    versions: Versions = defaultdict(list)
    for fact in facts:
        versions[kind_of(fact), fact.code].append(fact)
    checks = (
        _themselves(facts),
        _versions(versions),
        _references(facts, versions),
        _vocabulary(versions),
        _zones(facts),
        _competence(facts),
        _procedure(facts),
        _unsafe_words(facts),
    )
    return [line for check in checks for line in check]


def _name(fact: Fact) -> str:
    return f"{kind_of(fact)} {fact.code!r}"


def _texts(value: object) -> Iterator[Text]:
    if isinstance(value, Text):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _texts(item)
    elif is_dataclass(value):
        for each in fields(value):
            yield from _texts(getattr(value, each.name))


def _themselves(facts: Iterable[Fact]) -> Iterator[str]:
    for fact in facts:
        if not fact.code.strip():
            yield f"{kind_of(fact)}: an entry has no code"
        if not fact.source.strip():
            yield f"{_name(fact)}: no source"
        if fact.valid_to is not None and fact.valid_to < fact.valid_from:
            yield f"{_name(fact)}: ends on {fact.valid_to}, before it begins on {fact.valid_from}"
        for text in _texts(fact):
            for language in text.missing():
                yield f"{_name(fact)}: no words in {language!r} for {text.en or text.fr!r}"
        if isinstance(fact, Term | Threshold) and fact.amount <= 0:
            yield f"{_name(fact)}: {'a length' if isinstance(fact, Term) else 'an amount'} of {fact.amount}"


def _versions(versions: Versions) -> Iterator[str]:
    for same_code in versions.values():
        ordered = sorted(same_code, key=lambda fact: fact.valid_from)
        for earlier, later in pairwise(ordered):
            if earlier.valid_to is None or earlier.valid_to >= later.valid_from:
                yield f"{_name(later)}: two versions in force on {later.valid_from}"


def _covered(fact: Fact, versions: Iterable[Fact]) -> bool:
    """Whether some version is in force on each day on which the fact is."""
    day = fact.valid_from
    for version in sorted(versions, key=lambda found: found.valid_from):
        if version.in_force(day):
            if version.valid_to is None:
                return True
            day = version.valid_to + DAY
    return fact.valid_to is not None and day > fact.valid_to


def _references(facts: Iterable[Fact], versions: Versions) -> Iterator[str]:
    for fact in facts:
        for each in fields(fact):
            target = each.metadata.get("to")
            if target is None:
                continue
            value = getattr(fact, each.name)
            for code in (value,) if isinstance(value, str) else value:
                found = versions.get((target, code), [])
                if not code and each.default == "":
                    continue
                if not found:
                    yield f"{_name(fact)}: {each.name} names {target} {code!r}, which does not exist"
                elif not each.metadata["ever"] and not _covered(fact, found):
                    yield f"{_name(fact)}: {each.name} names {target} {code!r}, which is not in force as long"


def _vocabulary(versions: Versions) -> Iterator[str]:
    lists = {kind.removeprefix("code/") for kind, _ in versions if kind.startswith("code/")}
    for name, known in CODE_LISTS.items():
        if name not in lists:
            yield f"code list {name!r} is missing"
        for code in known if name in lists else ():
            if (f"code/{name}", code) not in versions:
                yield f"code list {name!r} lacks {code!r}"
    for name in TERMS:
        if ("term", name) not in versions:
            yield f"term {name!r} is missing"
    for name in THRESHOLDS:
        if ("threshold", name) not in versions:
            yield f"threshold {name!r} is missing"


def _zones(facts: Sequence[Fact]) -> Iterator[str]:
    district_of = {fact.code: fact.district for fact in facts if isinstance(fact, Zone)}
    divided = set(district_of.values())
    for fact in facts:
        if isinstance(fact, Municipality):
            if fact.zone and district_of.get(fact.zone, fact.district) != fact.district:
                yield f"{_name(fact)}: zone {fact.zone!r} is not in district {fact.district!r}"
            if not fact.zone and fact.district in divided:
                yield f"{_name(fact)}: district {fact.district!r} is divided, a zone is needed"
        if isinstance(fact, Unit) and fact.zones:
            named = {district_of[zone] for zone in fact.zones if zone in district_of}
            for district in sorted(named - set(fact.districts)):
                yield f"{_name(fact)}: a zone of {district!r} without that district"
            for district in sorted((divided & set(fact.districts)) - named):
                yield f"{_name(fact)}: names zones, but none of {district!r}"


def _turning_days(facts: Iterable[Fact]) -> list[date]:
    """Every day on which something changes: what holds on these holds on all."""
    starts = {fact.valid_from for fact in facts}
    ends = {fact.valid_to + DAY for fact in facts if fact.valid_to is not None}
    return sorted(starts | ends)


def _competence(facts: Sequence[Fact]) -> Iterator[str]:
    units = [fact for fact in facts if isinstance(fact, Unit)]
    municipalities = [fact for fact in facts if isinstance(fact, Municipality)]
    for day in _turning_days([*units, *municipalities]):
        today = [unit for unit in units if unit.in_force(day)]
        places = {(found.district, found.zone) for found in municipalities if found.in_force(day)}
        for kind in ONE_PER_PLACE:
            for district, zone in sorted(places):
                count = sum(u.kind == kind and competent(u.districts, u.zones, district, zone) for u in today)
                if count != 1:
                    yield f"{count} units of kind {kind!r} for {zone or district!r} on {day}, not one"
        for kind in ONE_PER_COUNTRY:
            if today and not any(unit.kind == kind and not unit.districts for unit in today):
                yield f"no unit of kind {kind!r} for the whole country on {day}"


def _procedure(facts: Sequence[Fact]) -> Iterator[str]:
    tracks = {fact.code: fact for fact in facts if isinstance(fact, Track)}
    final = {fact.code for fact in facts if isinstance(fact, Phase) and fact.final}
    endless = {fact.code for fact in facts if isinstance(fact, DocumentKind) and not fact.term}
    for condition in (fact for fact in facts if isinstance(fact, Condition)):
        if condition.proof == "computed" and condition.code not in COMPUTED_CONDITIONS:
            yield f"{_name(condition)}: nothing computes it"
    for move in (fact for fact in facts if isinstance(fact, Move)):
        for phase in sorted(final & set(move.from_phases)):
            yield f"{_name(move)}: leaves {phase!r}, which is final"
        if move.document and not move.term and move.document in endless and move.to_phase not in final:
            yield f"{_name(move)}: gives {move.document!r} without a term in a phase that must end"
        for track in (tracks[code] for code in move.tracks if code in tracks):
            if move.to_phase not in track.phases:
                yield f"{_name(move)}: leads to {move.to_phase!r}, which track {track.code!r} does not have"
            if not set(move.from_phases) & set(track.phases):
                yield f"{_name(move)}: starts nowhere on track {track.code!r}"


def _unsafe_words(facts: Sequence[Fact]) -> Iterator[str]:
    """Documents and short names of units stand on papers a stranger may see: they must not tell (R-DOC-1)."""
    labels = [fact.label for fact in facts if isinstance(fact, Code) and fact.list_code == "unsafe_word"]
    words = {getattr(label, language).lower() for label in labels for language in LANGUAGES} - {""}
    for fact in facts:
        shown: tuple[Text, ...] = ()
        if isinstance(fact, DocumentKind):
            shown = (fact.label, fact.short)
        elif isinstance(fact, Unit):
            shown = (fact.short,)
        said = " ".join(getattr(text, language) for text in shown for language in LANGUAGES).lower()
        for word in sorted(word for word in words if re.search(rf"\b{re.escape(word)}\b", said)):
            yield f"{_name(fact)}: its name on paper says {word!r}"
