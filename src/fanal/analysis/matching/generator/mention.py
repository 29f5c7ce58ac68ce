"""How somebody wrote a person down: one mention, with what went wrong in it."""

from functools import lru_cache
from typing import Any

from anyascii import anyascii

from . import slips
from .chance import Chance
from .corruption import BIT, SHARE, WRITTEN
from .person import Person
from .words import Name

_FATHERS = {False: ("ович", "ovich"), True: ("овна", "ovna")}
_SLIPS = {"typed": slips.typed, "scanned": slips.scanned, "heard": slips.heard}


class Writer:
    """Writes one mention after the other; `done` is what went wrong in the present one (bits of corruption.BIT)."""

    def __init__(self, chance: Chance, hubs: tuple[str, ...], hub_weights: tuple[float, ...]) -> None:
        self._chance, self._hubs, self._hub_weights = chance, hubs, hub_weights
        self.done = 0

    def write(self, person: Person) -> dict[str, Any]:
        """The cells of a mention, as the columns are called."""
        self.done = 0
        cells = self._named(person)
        cells["births"] = self._born(person)
        chance = self._chance.random
        cells["sex"] = ("F" if person.woman else "M") if chance() < 0.9 else None
        cells["birth_place"] = None if self._goes("no place") else self._chance.pick(person.place.forms)
        cells["nationality"] = person.nationality if chance() < 0.75 else None
        cells["occupation"] = person.trade if chance() < 0.3 else None
        home = None if self._goes("no home") else self._chance.pick(person.homes)
        cells["address"], cells["postcode"] = home or (None, None)
        for column, share in WRITTEN.items():
            has = getattr(person, column)
            cells[column] = (
                tuple([self._number(column, one) for one in has if chance() < share]) if has else ()
            )
        if self._hubs and self._goes("hub"):
            cells["phones"] += (self._chance.choices(self._hubs, cum_weights=self._hub_weights)[0],)
        return cells

    def _goes(self, name: str) -> bool:
        if self._chance.random() < SHARE[name]:
            self.done |= BIT[name]
            return True
        return False

    def _named(self, person: Person) -> dict[str, Any]:
        native = bool(person.given.native and person.family.native) and self._goes("native")
        given, family = self._given(person, native), self._family(person, native)
        if not native:
            given, family = self._spoilt(given, family)
        if self._goes("swapped"):
            given, family = family, given
        turned = person.culture.family_first != (not self.done & BIT["swapped"] and self._goes("turned"))
        between = "" if native and person.culture.family_first else " "
        parts = (family, given) if turned else (given, family)
        name = between.join(part for part in parts if part)
        aliases: tuple[str, ...] = ()
        if person.alias:
            if self._goes("alias only"):
                name, given, family = person.alias, person.alias, ""
            elif self._goes("alias"):
                aliases = (person.alias,)
        return {"name": name, "given": given or None, "family": family or None, "aliases": aliases}

    def _given(self, person: Person, native: bool) -> str:
        if self._goes("family only"):
            return ""
        given = self._form(person.given, person, native)
        if not native and person.short and self._goes("short"):
            given = person.short
        elif not native and self._goes("initial"):
            given = f"{given[0]}."
        if person.middle and self._goes("middle"):
            given += " " + self._form(person.middle, person, native)
        how = person.culture.patronymic
        if how and self._goes("father"):
            given += self._father(person, how, native)
        return given

    def _father(self, person: Person, how: str, native: bool) -> str:
        father = self._form(person.father, person, native)
        if how == "names":
            return f" {father}"
        if how == "bin":
            link = ("بنت" if person.woman else "بن") if native else ("bint" if person.woman else "bin")
            return f" {link} {father}" if self._chance.random() < 0.4 else f" {father}"
        end = _FATHERS[person.woman][0 if native else 1]
        return f" {father.rstrip('йьаяyiaoо')}{end}"

    def _family(self, person: Person, native: bool) -> str:
        own = person.married if person.married and self._goes("married") else person.family
        family = self._form(own, person, native)
        if person.second_family and own is person.family and not self._goes("half"):
            family += " " + self._form(person.second_family, person, native)
        return family

    def _form(self, name: Name, person: Person, native: bool) -> str:
        if native and name.native:
            return name.native
        forms = name.forms
        if len(forms) == 1:
            return forms[0]
        if self._goes("romanised"):
            return self._chance.pick(forms)
        return forms[person.usual % len(forms)]

    def _spoilt(self, given: str, family: str) -> tuple[str, str]:
        for name, slip in _SLIPS.items():
            if self._goes(name):
                if given and self._chance.random() < 0.4:
                    given = slip(given, self._chance)
                else:
                    family = slip(family, self._chance)
        if self._goes("plain"):
            given, family = _plain(given), _plain(family)
        if self._goes("capitals"):
            given, family = given.upper(), family.upper()
        return given, family

    def _born(self, person: Person) -> tuple[str, ...]:
        if self._goes("no birth"):
            return ()
        year, month, day = person.born
        if self._goes("other year"):
            year += self._chance.pick((-2, -1, 1, 2))
        if self._goes("year"):
            return (str(year),)
        if self._goes("january"):
            month = day = 1
        elif day <= 12 and self._goes("exchanged"):
            month, day = day, month
        elif self._goes("slip in date"):
            year, month, day = self._misread(year, month, day)
        style = self._chance.random()
        if style < 0.6:
            return (f"{year}-{month:02}-{day:02}",)
        return (f"{day:02}/{month:02}/{year}" if style < 0.9 else f"{day}.{month}.{year}",)

    def _misread(self, year: int, month: int, day: int) -> tuple[int, int, int]:
        pick = self._chance.below(3)
        if pick == 0:
            return year + self._chance.pick((-10, 10, -1, 1, 3, -3)), month, day
        if pick == 1:
            return year, self._chance.between(1, 13), day
        return year, month, self._chance.between(1, 29)

    def _number(self, column: str, number: str) -> str:
        if column not in ("emails", "handles") and self._goes("slip in number"):
            return slips.digit(number, self._chance)
        if column == "phones":
            return self._phone(number)
        if column == "ibans" and self._chance.random() < 0.5:
            return " ".join(number[at : at + 4] for at in range(0, len(number), 4))
        if column == "nationals" and self._chance.random() < 0.5:
            return f"{number[:2]}.{number[2:4]}.{number[4:6]}-{number[6:9]}.{number[9:]}"
        if column == "plates" and self._chance.random() < 0.5:
            return number.replace("-", "").replace(" ", "")
        return number

    def _phone(self, number: str) -> str:
        pick = self._chance.random()
        if pick < 0.4:
            return number
        if number.startswith("+32") and pick < 0.8:
            rest = number[3:]
            return f"0{rest[:3]}/{rest[3:5]}.{rest[5:7]}.{rest[7:]}" if pick < 0.6 else f"0{rest}"
        return "00" + number[1:]


@lru_cache(maxsize=100_000)
def _plain(name: str) -> str:
    return str(anyascii(name))
