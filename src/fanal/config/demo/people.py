"""Invented persons. Each family name is made up: it speaks of light, harbour or sea in some language."""

from collections.abc import Mapping
from datetime import date, timedelta

from fanal.alerts.rules import DOUBTFUL, ESTIMATED, KNOWN, UNKNOWN, Identity, PersonReport

from . import figures
from .world import Chance, World

_GIVEN: Mapping[str, tuple[str, str]] = {
    "balkan": (
        "Ionela Mihaela Violeta Desislava Anica Elena Roxana",
        "Mihai Florin Georgi Dragan Ionuț Plamen Sorin",
    ),
    "maghreb": ("Khadija Salma Imane Nour Zineb Hajar", "Youssef Karim Bilal Anis Tarek Hamza"),
    "vietnam": ("Thị_Lan Thị_Hoa Ngọc_Mai Thu_Hà", "Văn_Minh Quang_Huy Đức_Long Tuấn"),
    "africa": ("Blessing Joy Aïcha Mariama Grace Fatoumata", "Emmanuel Moussa Samuel Ibrahima Peter"),
    "america": ("Luciana Camila Valentina Rosângela Daniela", "João Wellington Carlos Rafael Andrés"),
    "slavic": ("Оксана Ірина Катерина Olena Agnieszka", "Андрій Сергій Paweł Dmytro Marek"),
    "asia": ("Sunita Marisol Somchai Lihua 美玲 Amina", "Rajesh Imran Wei 建国 Bikram Jun"),
    "west": ("Emma Laura Kelly Sofie Manon", "Kevin Thomas Bryan Jonas Luca"),
}
_FAMILY: Mapping[str, str] = {
    "balkan": "Luminaru Farescu Portaranu Mareanu Fenerova Svetlinski Morelani",
    "maghreb": "Benmanara Aït-Sirāj Elmarsa Boufanous المنارة Ennajma",
    "vietnam": "Đèn_Biển Hải_Quang Bến_Cảng Ánh_Trăng",
    "africa": "Lampoye Okunlight Fanalu Diawarport Seabright Luminatou",
    "america": "Farolim Del_Faro Portoluz Mareluz Candeia",
    "slavic": "Маяченко Світлопорт Latarnicki Morzewiak Gavanenko",
    "asia": "Deepwala Samudrani 灯港 Ilawmar Pelabuhan Mombatti",
    "west": "Vandelantaarn Duphare Kustlicht Lefanal Havenkamp",
}
_REGION = {
    "balkan": "RO BG RS BA AL HU SK",
    "maghreb": "MA TN DZ EG SY",
    "vietnam": "VN",
    "africa": "NG CM SL GN",
    "america": "BR PT CO VE",
    "slavic": "UA PL",
    "asia": "IN CN PK PH TH NP TR",
    "west": "BE FR",
}
_REGION_OF = {code: region for region, codes in _REGION.items() for code in codes.split()}
_PSEUDONYMS = (
    "Alba Brise Comète Dune Étoile Fjord Galet Havre Iris Jonc Kelp Lune Marée Nacre Onde Quai Rive Sable"
)
CONTACTS = ("phone", "text", "meeting", "trusted_person", "service")


def person(form: str, world: World, chance: Chance, on: date) -> PersonReport:
    """A person as somebody reports her on a day: often under a pseudonym, seldom with everything known."""
    law = world.law(on)
    citizenship = chance.of(_countries(form)) if chance.happens(0.93) else ""
    woman = chance.happens(figures.WOMEN.get(form, 0.4))
    sex = chance.of({"F" if woman else "M": 97, "X": 1, "U": 2})
    named = chance.happens(0.62)
    basis, minor, birth = _age(chance, on)
    ways = [way.code for way in law.codes("safe_contact") if way.code in CONTACTS]
    exact = named and basis == KNOWN
    return PersonReport(
        subject="presumed_victim",
        pseudonym="" if named else f"{chance.choice(_PSEUDONYMS.split())} {chance.randint(2, 99)}",
        age_basis=basis,
        minor=minor if basis == ESTIMATED else None,
        birth_year=birth.year if basis == KNOWN else None,
        estimated_age=None if basis in (KNOWN, UNKNOWN) else (on - birth).days // 365,
        sex=sex,
        citizenship=citizenship,
        languages=tuple(figures.LANGUAGES.get(citizenship, "").split()),
        unaccompanied=chance.happens(0.6) if minor else None,
        safe_contact=chance.some(ways, 2) if chance.happens(0.7) else (),
        identity=_identity(citizenship, woman, birth if exact else None, chance) if named else Identity(),
    )


def _age(chance: Chance, on: date) -> tuple[str, bool, date]:
    """How the age is known, whether she is a child, and the day of birth that nobody may know."""
    minor = chance.happens(figures.MINOR)
    years = chance.randint(11, 17) if minor else 18 + int(chance.betavariate(1.6, 4) * 45)
    birth = on - timedelta(days=years * 365.25 + chance.randint(1, 360))
    if chance.happens(figures.DOUBTFUL):
        return DOUBTFUL, minor, birth
    return chance.of({KNOWN: 62, ESTIMATED: 36, UNKNOWN: 2}), minor, birth


def _identity(citizenship: str, woman: bool, birth: date | None, chance: Chance) -> Identity:
    region = _REGION_OF.get(citizenship, "west")
    given = chance.choice(_GIVEN[region][0 if woman else 1].split())
    return Identity(
        given_names=given.replace("_", " "),
        family_name=chance.choice(_FAMILY[region].split()).replace("_", " "),
        birth_date=birth,
        # 0470 00 xx xx is no range of Belgian subscribers; a document of invented letters.
        phone=f"+32 470 00 {chance.randint(10, 99)} {chance.randint(10, 99)}" if chance.happens(0.4) else "",
        document_number=f"DEMO{chance.randint(100000, 999999)}" if chance.happens(0.3) else "",
        contact_hours=chance.choice(("", "", "18:00–20:00", "09:00–11:00")),
    )


def _countries(form: str) -> dict[str, float]:
    words = figures.COUNTRIES.get(form, figures.COUNTRIES["WORK"]).split()
    return {code: float(weight) for code, weight in zip(words[::2], words[1::2], strict=True)}
