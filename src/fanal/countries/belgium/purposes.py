"""The purposes of exploitation, before and since the new Penal Code, and those that European law already knows."""

from datetime import date

from fanal.country.schema import BEGINNING, Fact, Purpose, Text

from .offences import LAST_OLD_DAY, NEW, NEW_CODE, OLD

DIRECTIVE = date(2024, 7, 14)
EU = "Directive 2011/36/EU as amended by Directive (EU) 2024/1712"
SINCE_DIRECTIVE = frozenset({"ADOPT", "MARR", "SURR"})

_SEX = Text(
    "Prostitution ou autre exploitation sexuelle",
    "Prostitutie of andere seksuele uitbuiting",
    "Prostitution oder andere sexuelle Ausbeutung",
    "Prostitution or other sexual exploitation",
)
_BEG = Text("Mendicité", "Bedelarij", "Bettelei", "Begging")
_WORK = Text(
    "Travail ou services contraires à la dignité humaine",
    "Werk of diensten in strijd met de menselijke waardigheid",
    "Arbeit oder Dienste unter menschenunwürdigen Bedingungen",
    "Work or services contrary to human dignity",
)
_ORG = Text(
    "Prélèvement d’organes ou de matériel corporel",
    "Wegnemen van organen of lichaamsmateriaal",
    "Entnahme von Organen oder Körpermaterial",
    "Removal of organs or bodily material",
)
_CRIME_OLD = Text(
    "Crime ou délit commis contre son gré",
    "Misdaad of wanbedrijf tegen de wil gepleegd",
    "Verbrechen oder Vergehen gegen den eigenen Willen",
    "Crime or offence committed against one’s will",
)
_CRIME_NEW = Text(
    "Infraction commise contre son gré",
    "Misdrijf tegen de wil gepleegd",
    "Straftat gegen den eigenen Willen",
    "Offence committed against one’s will",
)
_ADOPT = Text("Adoption illégale", "Illegale adoptie", "Illegale Adoption", "Illegal adoption")
_MARR = Text("Mariage forcé", "Gedwongen huwelijk", "Zwangsheirat", "Forced marriage")
_SURR = Text("Gestation pour autrui", "Draagmoederschap", "Leihmutterschaft", "Surrogacy")


def _purpose(
    code: str,
    label: Text,
    htcds: str,
    article: str,
    source: str,
    *,
    since: date = BEGINNING,
    until: date | None = None,
    pending: bool = False,
) -> Purpose:
    return Purpose(
        code=code,
        label=label,
        htcds=htcds,
        article=article,
        source=source,
        valid_from=since,
        valid_to=until,
        pending=pending,
        to_verify=since == NEW_CODE,
    )


_BOTH = (
    ("SEX", "1°", _SEX, _SEX, "SexualExploitation"),
    ("BEG", "2°", _BEG, _BEG, "ForcedBegging"),
    ("WORK", "3°", _WORK, _WORK, "ForcedLabour"),
    ("ORG", "4°", _ORG, _ORG, "OrganRemoval"),
    ("CRIME", "5°", _CRIME_OLD, _CRIME_NEW, "Other"),
)

PURPOSES = (
    *(
        _purpose(
            code, old, htcds, f"art. 433quinquies §1, {n}", f"{OLD}, art. 433quinquies", until=LAST_OLD_DAY
        )
        for code, n, old, _, htcds in _BOTH
    ),
    *(
        _purpose(code, new, htcds, f"art. 258, {n}", f"{NEW}, art. 258", since=NEW_CODE)
        for code, n, _, new, htcds in _BOTH
    ),
    *(
        _purpose(
            code,
            label,
            htcds,
            "art. 2 §3",
            f"{EU}, art. 2",
            since=DIRECTIVE,
            until=LAST_OLD_DAY,
            pending=True,
        )
        for code, label, htcds in (("ADOPT", _ADOPT, "ForcedAdoption"), ("MARR", _MARR, "ForcedMarriage"))
    ),
    _purpose("ADOPT", _ADOPT, "ForcedAdoption", "art. 258, 6°", f"{NEW}, art. 258", since=NEW_CODE),
    _purpose("MARR", _MARR, "ForcedMarriage", "art. 258, 7°", f"{NEW}, art. 258", since=NEW_CODE),
    _purpose("SURR", _SURR, "Surrogacy", "art. 2 §3", f"{EU}, art. 2", since=DIRECTIVE, pending=True),
)

FACTS: tuple[Fact, ...] = PURPOSES
