"""Identifiers that nobody was given, in the form that their office gives them, with check digits that hold."""

from .chance import Chance

_COUNTRIES = ("BE", "BE", "BE", "BE", "NL", "FR", "DE", "MA", "RO")
_PREFIXES = {
    "BE": ("+32", ("47", "48", "49"), 7),
    "NL": ("+31", ("61", "62", "64"), 7),
    "FR": ("+33", ("61", "67", "75"), 7),
    "DE": ("+49", ("151", "160", "176"), 8),
    "MA": ("+212", ("66", "67", "70"), 7),
    "RO": ("+40", ("72", "74", "76"), 7),
}
_LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"
_BANKS = ("001", "063", "068", "310", "363", "377", "734", "739", "850", "979")
_MAILS = ("example.org", "example.net", "example.com", "mail.example", "post.example")


def phone(chance: Chance) -> str:
    """A mobile number of Belgium or of a country near to its cases, in international form."""
    country, starts, length = _PREFIXES[chance.pick(_COUNTRIES)]
    return f"{country}{chance.pick(starts)}{chance.below(10**length):0{length}}"


def plate(chance: Chance) -> str:
    """A plate of the Belgian series, or of a Romanian or French one."""
    pick = chance.random()
    letters = "".join(chance.choices(_LETTERS, k=3))
    if pick < 0.7:
        return f"{chance.pick('12')}-{letters}-{chance.below(1000):03}"
    if pick < 0.85:
        return f"{letters[:2]}-{chance.below(1000):03}-{''.join(chance.choices(_LETTERS, k=2))}"
    return f"{chance.pick(('B', 'CJ', 'IS', 'TM'))} {chance.between(10, 100)} {letters}"


def iban(chance: Chance) -> str:
    """A Belgian account number at a bank there is; both pairs of check digits hold (ISO 13616, the national 97)."""
    ten = int(chance.pick(_BANKS)) * 10**7 + chance.below(10**7)
    account = f"{ten:010}{ten % 97 or 97:02}"
    check = 98 - int(f"{account}111400") % 97
    return f"BE{check:02}{account}"


def document(chance: Chance) -> str:
    """The number of a passport: two letters and seven digits."""
    return f"{''.join(chance.choices(_LETTERS, k=2))}{chance.below(10**7):07}"


def national(chance: Chance, year: int, month: int, day: int, *, woman: bool, bis: bool) -> str:
    """A Belgian national number, or a bis number (month + 40: sex known), whose check digits hold."""
    serial = 1 + 2 * chance.below(499) + (1 if woman else 0)
    nine = f"{year % 100:02}{month + (40 if bis else 0):02}{day:02}{serial:03}"
    check = 97 - int(("2" if year >= 2000 else "") + nine) % 97
    return f"{nine}{check:02}"


def email(chance: Chance, given: str, family: str) -> str:
    """An address at a domain that is reserved for examples (RFC 2606)."""
    return f"{_account(chance, given, family, '.')}@{chance.pick(_MAILS)}"


def handle(chance: Chance, given: str, family: str) -> str:
    """The name of an account somewhere."""
    return _account(chance, given, family, "_")


def _account(chance: Chance, given: str, family: str, between: str) -> str:
    pick = chance.random()
    number = str(chance.below(10_000))
    if pick < 0.5:
        return f"{given}{between}{family}{number if pick < 0.3 else number[:2]}"
    if pick < 0.8:
        return f"{given[:1]}{family}{number}"
    return f"{''.join(chance.choices('abcdefghiklmnoprstuvwz', k=4))}{given}{number}"
