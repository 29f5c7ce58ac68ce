"""How a line of the mechanism becomes an alert, and an alert a line again.

| column of the file       | here                                                                                |
|--------------------------|-------------------------------------------------------------------------------------|
| First responder          | the detecting unit: a source of its own, with no competence and nobody in it          |
| Exploitation: Sexual     | form SEX                                                                            |
| Labour                   | form WORK                                                                           |
| Domestic                 | form WORK, sector T-DOMESTIC; with Labour: form WORK, sector T (households)           |
| Criminal                 | form CRIME                                                                          |
| Organ Harvesting         | form ORG                                                                            |
| Age: adult, child        | estimated, and said to be an adult or a minor: no number of years is known            |
| not specified            | unknown, so she is treated as a child until somebody knows better                    |
| Gender                   | sex F, M, X; not specified: U                                                       |
| Nationality              | the first country that is known; further ones are kept in the words of the alert     |

Each way leads back: `group_of` gives the group that `report_of` was made from, its nationality being the code.
"""

from collections.abc import Iterator
from datetime import date

from fanal.alerts.queries.submissions import Recorded
from fanal.alerts.rules import ESTIMATED, UNKNOWN, Minority, PersonReport, Report
from fanal.country.schema import Law, Purpose

from . import rows
from .nationalities import countries
from .rows import Group
from .totals import first_country

PHENOMENON, DETECTED, SUBJECT = "trafficking", "abroad", "presumed_victim"
FORMS = {"Sexual": "SEX", "Labour": "WORK", "Criminal": "CRIME", "Organ Harvesting": "ORG"}
LABOUR, DOMESTIC = "Labour", "Domestic"
HOUSEHOLDS, HOUSEHOLDS_ONLY = "T", "T-DOMESTIC"
ADULT, CHILD, _ = rows.AGES
SEXES = dict(zip(rows.GENDERS, ("F", "M", "X", "U"), strict=True))
_MINOR = {ADULT: False, CHILD: True, rows.UNKNOWN: None}
_AGES = {Minority.ADULT: ADULT, Minority.MINOR: CHILD, Minority.DOUBTFUL: rows.UNKNOWN}
_TYPES = {form: kind for kind, form in FORMS.items()}
_GENDERS = {sex: gender for gender, sex in SEXES.items()}


def missing_codes(law: Law) -> tuple[str, ...]:
    """The codes that this import writes and the country does not have on that day, as `list: code`."""
    return tuple(f"{name}: {code}" for name, code, known in _codes(law) if not known)


def _codes(law: Law) -> Iterator[tuple[str, str, bool]]:
    for form in FORMS.values():
        yield "purpose", form, law.has(Purpose, form)
    lists = {
        "sector": (HOUSEHOLDS, HOUSEHOLDS_ONLY),
        "sex": tuple(SEXES.values()),
        "phenomenon": (PHENOMENON,),
        "detection_source": (DETECTED,),
        "data_subject": (SUBJECT,),
    }
    for name, codes in lists.items():
        for code in codes:
            yield name, code, law.has_code(name, code)


def report_of(group: Group, *, first_day: date, last_day: date) -> Report:
    """The alert about one person of a group without totals, seen between two days."""
    types, age, nationality = group.types or frozenset(), group.age or rows.UNKNOWN, group.nationality or ""
    person = PersonReport(
        subject=SUBJECT,
        age_basis=UNKNOWN if age == rows.UNKNOWN else ESTIMATED,
        minor=_MINOR[age],
        sex=SEXES[group.gender or rows.UNKNOWN],
        citizenship=first_country(nationality),
    )
    return Report(
        phenomenon=PHENOMENON,
        forms=tuple(sorted({FORMS.get(kind, FORMS[LABOUR]) for kind in types})),
        narrative=f"Nationality in the file: {nationality}." if len(countries(nationality) or ()) > 1 else "",
        detected_through=DETECTED,
        sector=_sector(types),
        seen_from=first_day,
        seen_to=last_day,
        persons=(person,),
    )


def _sector(types: frozenset[str]) -> str:
    if DOMESTIC not in types:
        return ""
    return HOUSEHOLDS if LABOUR in types else HOUSEHOLDS_ONLY


def group_of(row: Recorded, responder: str) -> Group:
    """The group that a recorded person belongs to, read from nothing but what the database holds of her."""
    types = {_TYPES[form] for form in row.forms}
    if row.sector:
        types.add(DOMESTIC)
    if row.sector == HOUSEHOLDS_ONLY:
        types.discard(LABOUR)
    return Group(
        responder, frozenset(types), _AGES[Minority(row.minority)], _GENDERS[row.sex], row.citizenship
    )
