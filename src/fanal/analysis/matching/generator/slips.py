"""How a word goes wrong: at the keyboard, in a scanner, by the ear."""

from .chance import Chance

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "azertyuiop", "qsdfghjklm", "wxcvbn")
_BESIDE = {
    sign: "".join(
        sorted(
            {row[at - 1] for row in _ROWS if (at := row.find(sign)) > 0}
            | {row[at + 1] for row in _ROWS if 0 <= (at := row.find(sign)) < len(row) - 1}
        )
    )
    for sign in "abcdefghijklmnopqrstuvwxyz"
}
_SEEN = (
    ("rn", "m"),
    ("m", "rn"),
    ("cl", "d"),
    ("li", "h"),
    ("l", "i"),
    ("i", "l"),
    ("e", "c"),
    ("c", "e"),
    ("u", "v"),
    ("h", "b"),
    ("O", "0"),
    ("l", "1"),
    ("vv", "w"),
)
_HEARD = (
    ("ph", "f"),
    ("f", "ph"),
    ("ck", "k"),
    ("k", "c"),
    ("c", "k"),
    ("ss", "s"),
    ("s", "ss"),
    ("ou", "u"),
    ("u", "ou"),
    ("oe", "u"),
    ("y", "i"),
    ("i", "y"),
    ("ie", "i"),
    ("ij", "ei"),
    ("ei", "ij"),
    ("ll", "l"),
    ("nn", "n"),
    ("tt", "t"),
    ("d", "t"),
    ("b", "p"),
    ("v", "f"),
    ("w", "v"),
    ("z", "s"),
    ("sch", "sh"),
    ("sh", "ch"),
    ("ch", "sh"),
    ("j", "dj"),
    ("au", "o"),
    ("eau", "o"),
    ("h", ""),
    ("th", "t"),
    ("kh", "k"),
    ("q", "k"),
    ("a", "e"),
    ("e", "a"),
)
_FIGURES = {
    "0": "8",
    "8": "0",
    "1": "7",
    "7": "1",
    "5": "6",
    "6": "5",
    "3": "8",
    "2": "7",
    "4": "9",
    "9": "4",
}


def typed(word: str, chance: Chance) -> str:
    """One slip at the keyboard: a key beside, a sign doubled, left out, or exchanged with the next."""
    if len(word) < 3:
        return word
    at = chance.between(1, len(word))
    pick = chance.below(4)
    if pick == 0:
        return word[:at] + chance.pick(_BESIDE.get(word[at].lower()) or word[at]) + word[at + 1 :]
    if pick == 1:
        return word[:at] + word[at] + word[at:]
    if pick == 2:
        return word[:at] + word[at + 1 :]
    return word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :]


def scanned(word: str, chance: Chance) -> str:
    """One sign taken for another that looks like it."""
    return _replaced(word, _SEEN, chance)


def heard(word: str, chance: Chance) -> str:
    """Spelled as it may sound to somebody who does not know the name."""
    return _replaced(word, _HEARD, chance)


def digit(number: str, chance: Chance) -> str:
    """One figure misread, left out, or exchanged with the next."""
    places = [at for at, sign in enumerate(number) if sign.isdigit()][2:]
    if not places:
        return number
    at = chance.pick(places)
    pick = chance.below(3)
    if pick == 0 or at + 1 >= len(number):
        return number[:at] + _FIGURES[number[at]] + number[at + 1 :]
    if pick == 1:
        return number[:at] + number[at + 1 :]
    return number[:at] + number[at + 1] + number[at] + number[at + 2 :]


def _replaced(word: str, pairs: tuple[tuple[str, str], ...], chance: Chance) -> str:
    start = chance.below(len(pairs))
    for n in range(len(pairs)):
        one, other = pairs[(start + n) % len(pairs)]
        if (at := word.find(one, 1)) > 0:
            return word[:at] + other + word[at + len(one) :]
    return typed(word, chance)
