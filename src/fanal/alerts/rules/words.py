"""A soft look at free text: does it perhaps name somebody? Nothing is refused for it."""

import re

from .report import Identity

_EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@.,;]+")
_NUMBER = re.compile(r"\+?\d(?:[\s./()-]?\d){7,}")
_MOST = 5


def perhaps_names(text: str, identities: tuple[Identity, ...] = ()) -> tuple[str, ...]:
    """Up to five pieces of a text that look like a name, a number to call or an e-mail address.

    What was typed as a person's name is always found; else two words in a row that begin with a capital, inside a
    sentence. Scripts without capitals are only looked at for numbers and addresses.
    """
    typed = [
        name
        for identity in identities
        for name in (identity.family_name, identity.given_names)
        if len(name) > 2 and name.casefold() in text.casefold()
    ]
    found = [*typed, *_EMAIL.findall(text), *_NUMBER.findall(text), *_capitals(text)]
    return tuple(dict.fromkeys(found))[:_MOST]


def _capitals(text: str) -> list[str]:
    """Two or more capitalised words in a row that do not open a sentence."""
    words = re.findall(r"\S+", text)
    found: list[str] = []
    row: list[str] = []
    opens = True
    for word in [*words, "."]:
        bare = word.strip("\"'«»“”()[],;:.!?")
        if bare[:1].isupper() and not bare.isupper() and not opens:
            row.append(bare)
        else:
            found += [" ".join(row)] if len(row) > 1 else []
            row = []
        if word[-1] in ".!?:," and row:
            found += [" ".join(row)] if len(row) > 1 else []
            row = []
        opens = word[-1] in ".!?:"
    return found
