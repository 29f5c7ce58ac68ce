"""Words and numbers that occur nowhere else, and every form in which they could lie somewhere."""

import base64
from dataclasses import dataclass
from datetime import date
from random import Random

LETTERS = "bcdfghjklmnpqrstvwxz"


@dataclass(frozen=True)
class Marks:
    """What stands in every sensitive field: a word, a telephone number, a number of a document, a day of birth."""

    word: str
    phone: str
    document: str
    born: date

    @property
    def all(self) -> tuple[str, ...]:
        """As they could be written."""
        return (self.word, self.phone, self.document, self.born.isoformat(), f"{self.born:%d.%m.%Y}")


def marks(seed: int) -> Marks:
    """The marks of a seed."""
    chance = Random(seed)
    word = "".join(chance.choice(LETTERS) for _ in range(12)).capitalize()
    digits = ["".join(str(chance.randint(1, 9)) for _ in range(11)) for _ in range(2)]
    return Marks(
        word,
        digits[0],
        digits[1],
        date(chance.randint(1921, 1939), chance.randint(3, 11), chance.randint(13, 28)),
    )


def forms(text: str) -> frozenset[bytes]:
    """UTF-8, UTF-16 of both orders, latin-1, in capitals and small letters; each of them in hexadecimal and, at each of
    the three places where a group of four may begin, in base64."""
    plain = {
        said.encode(code)
        for said in {text, text.lower(), text.upper()}
        for code in ("utf-8", "utf-16-le", "utf-16-be", "latin-1")
    }
    found = set(plain)
    for each in plain:
        found |= {each.hex().encode(), each.hex().upper().encode()}
        found |= {_inside(each, shift) for shift in range(3)}
    return frozenset(found)


def _inside(data: bytes, shift: int) -> bytes:
    """The characters of base64 that depend on these bytes alone, when `shift` bytes stand before them."""
    encoded = base64.b64encode(b"\0" * shift + data)
    first = -(-shift * 8 // 6) if shift else 0
    last = (shift + len(data)) * 8 // 6
    return encoded[first:last]
