"""The invented people of one block: what each is called, when and where born, and what may identify them."""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from anyascii import anyascii
from nicknames import NickNamer

from . import identifiers
from .chance import Chance
from .words import Culture, Name, Names

TWIN, SAME_NAME, SIBLING, MARRIED, MIDDLE = 0.01, 0.01, 0.04, 0.25, 0.3
_YEARS = (1940, 2012)
_TRADES = (
    *("builder", "cleaner", "cook", "driver", "waiter", "farmer", "nurse", "student", "trader", "mechanic"),
    *("painter", "carpenter", "tailor", "baker", "butcher", "hairdresser", "guard", "porter", "sailor"),
    *("fisherman", "teacher", "clerk", "musician", "unemployed"),
)
_STREETS = (
    *(
        "Kerkstraat",
        "Molenweg",
        "Stationsstraat",
        "Schoolstraat",
        "Dorpsplein",
        "Beekweg",
        "Nieuwstraat",
        "Lindelaan",
    ),
    *("Rue Haute", "Rue du Moulin", "Rue de la Gare", "Place Verte", "Avenue des Tilleuls", "Rue Neuve"),
    *("Kapelstraat", "Chaussée Romaine", "Bahnhofstraße", "Kirchgasse"),
)
_SOUNDS = tuple(one + other for one in "bdgjklmnrstz" for other in "aeio")
_NICKNAMES = NickNamer()


@dataclass(frozen=True, slots=True)
class Person:
    """Who somebody is, before anybody wrote it down. `usual`: which Latin form of each name the papers have."""

    entity: int
    culture: Culture
    woman: bool
    given: Name
    middle: Name | None
    family: Name
    second_family: Name | None
    father: Name
    married: Name | None
    short: str
    alias: str
    usual: int
    born: tuple[int, int, int]
    place: Name
    nationality: str
    trade: str
    homes: tuple[tuple[str, str], ...]  # street and number, postcode
    phones: tuple[str, ...]
    plates: tuple[str, ...]
    ibans: tuple[str, ...]
    documents: tuple[str, ...]
    nationals: tuple[str, ...]
    emails: tuple[str, ...]
    handles: tuple[str, ...]


def invent(entity: int, cultures: Sequence[Culture], weights: Sequence[float], chance: Chance) -> Person:
    """Somebody without relatives. `weights` add up, one for each culture."""
    culture = cultures[bisect_left(weights, chance.random() * weights[-1])]
    woman = chance.random() < 0.45
    given = drawn(culture.female if woman else culture.male, chance)
    family = _of_sex(drawn(culture.family, chance), culture, woman=woman)
    born = (
        _YEARS[0] + int((_YEARS[1] - _YEARS[0]) * chance.triangular(0, 1, 0.62)),
        chance.between(1, 13),
        chance.between(1, 29),
    )
    nationality = chance.pick(culture.nationalities)
    others = drawn(culture.family, chance) if culture.two_families else None
    married = (
        _of_sex(drawn(culture.family, chance), culture, woman=True)
        if woman and chance.random() < MARRIED
        else None
    )
    return Person(
        entity,
        culture,
        woman,
        given,
        _middle(culture, woman, given, chance),
        family,
        others,
        drawn(culture.male, chance),
        married,
        _short(given, chance),
        _alias(chance) if chance.random() < 0.05 else "",
        chance.pick((0, 0, 0, 1, 2)),
        born,
        chance.pick(culture.places),
        nationality,
        chance.pick(_TRADES),
        tuple(_home(chance) for _ in range(1 + (chance.random() < 0.25))),
        _some(identifiers.phone, (0.75, 0.25, 0.08), chance),
        _some(identifiers.plate, (0.25, 0.05), chance),
        _some(identifiers.iban, (0.25, 0.03), chance),
        _some(identifiers.document, (0.5, 0.12), chance),
        _nationals(born, nationality, woman, chance),
        *_accounts(given, family, chance),
    )


def relative(person: Person, entity: int, kind: float, chance: Chance) -> Person | None:
    """A twin, a son or father of the same name, or a sibling, who shares what relatives share; None: nobody.

    `kind`: a number from 0 to 1 that decides which.
    """
    if kind > TWIN + SAME_NAME + SIBLING:
        return None
    other = invent(entity, (person.culture,), (1.0,), chance)
    born, woman, given, father = person.born, person.woman, person.given, person.father
    if kind <= TWIN:
        given = drawn(person.culture.female if woman else person.culture.male, chance)
    elif kind <= TWIN + SAME_NAME and not woman:
        born, father = (born[0] - chance.between(19, 36), *other.born[1:]), other.father
    else:
        born, woman, given = (born[0] + chance.between(1, 9), *other.born[1:]), other.woman, other.given
    family = person.family if woman == person.woman else _of_sex(person.family, person.culture, woman=woman)
    phones = (*other.phones, *person.phones[:1]) if chance.random() < 0.3 else other.phones
    emails, handles = _accounts(given, family, chance)
    return replace(
        other, woman=woman, given=given, family=family, second_family=person.second_family, father=father, born=born,
        married=other.married if woman else None, short=_short(given, chance), place=person.place,
        nationality=person.nationality, homes=person.homes, phones=phones, emails=emails, handles=handles,
        nationals=_nationals(born, person.nationality, woman, chance), usual=person.usual,
    )  # fmt: skip


def drawn(names: Names, chance: Chance) -> Name:
    """A name, the common ones more often."""
    return names.every[bisect_left(names.weights, chance.random() * names.weights[-1])]


def _of_sex(family: Name, culture: Culture, *, woman: bool) -> Name:
    """Family names in Cyrillic that end otherwise for a woman."""
    if not woman or culture.patronymic != "suffix":
        return family
    for end, native, latin in (
        ("ский", "ская", "skaya"),
        ("ов", "ова", ""),
        ("ев", "ева", ""),
        ("ин", "ина", ""),
    ):
        if family.native.endswith(end):
            forms = (_stem(form) + latin if latin else form + "a" for form in family.forms)
            return Name(tuple(forms), family.native.removesuffix(end) + native)
    return family


def _stem(form: str) -> str:
    at = form.rfind("sk")
    return form[:at] if at > 0 else form


def _middle(culture: Culture, woman: bool, given: Name, chance: Chance) -> Name | None:
    if culture.middle:
        return Name((chance.pick(culture.middle),))
    other = drawn(culture.female if woman else culture.male, chance)
    return other if chance.random() < MIDDLE and other is not given else None


def _short(given: Name, chance: Chance) -> str:
    known = sorted(_NICKNAMES.nicknames_of(given.forms[0].lower()))
    return chance.pick(known).capitalize() if known else ""


def _alias(chance: Chance) -> str:
    return "".join(chance.choices(_SOUNDS, k=chance.pick((2, 2, 3)))).capitalize()


def _home(chance: Chance) -> tuple[str, str]:
    code = 1000 + int(chance.expovariate(1 / 250)) % 900 * 10
    return f"{chance.pick(_STREETS)} {chance.between(1, 250)}", str(code)


def _some(make: Callable[[Chance], str], shares: tuple[float, ...], chance: Chance) -> tuple[str, ...]:
    return tuple(make(chance) for share in shares if chance.random() < share)


def _nationals(born: tuple[int, int, int], nationality: str, woman: bool, chance: Chance) -> tuple[str, ...]:
    """A national number for Belgians, a bis number for some others."""
    belgian = nationality == "BE"
    if chance.random() > (0.8 if belgian else 0.2):
        return ()
    return (identifiers.national(chance, *born, woman=woman, bis=not belgian),)


def _accounts(given: Name, family: Name, chance: Chance) -> tuple[tuple[str, ...], tuple[str, ...]]:
    plain = _account(given), _account(family)
    return (
        _some(lambda c: identifiers.email(c, *plain), (0.35, 0.08), chance),
        _some(lambda c: identifiers.handle(c, *plain), (0.35, 0.15), chance),
    )


def _account(name: Name) -> str:
    return "".join(sign for sign in anyascii(name.forms[0]).lower() if sign.isalpha())
