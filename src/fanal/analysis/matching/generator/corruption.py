"""What goes wrong between a person and a mention, how often, and why: the model of corruption, in one table.

The shares are of the mentions in which the thing could happen at all (`of`). They are set by hand from what forms,
registers and reports are known for, before anything was measured with them, and are not fitted to any file.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Corruption:
    """`share` of the mentions that are `of` something show it."""

    name: str
    share: float
    of: str
    why: str


TABLE = (
    Corruption(
        "native",
        0.12,
        "people whose name is at home in another script",
        "papers and chats of the country of origin",
    ),
    Corruption(
        "romanised",
        0.30,
        "Latin mentions of names with several Latin forms",
        "each office romanises by its own table",
    ),
    Corruption(
        "typed", 0.04, "names in Latin letters", "a key beside, a sign doubled, left out or exchanged"
    ),
    Corruption("scanned", 0.015, "names in Latin letters", "rn read as m, l as i"),
    Corruption("heard", 0.05, "names in Latin letters", "taken down by ear"),
    Corruption("plain", 0.40, "names in Latin letters", "accents do not survive many systems"),
    Corruption("capitals", 0.12, "names in Latin letters", "forms in block letters"),
    Corruption("swapped", 0.04, "mentions", "given and family name in each other's field"),
    Corruption(
        "turned",
        0.20,
        "mentions with given and family name in their fields",
        "the family name is written first",
    ),
    Corruption(
        "middle", 0.35, "people with a second given name", "it is written in a third of the mentions only"
    ),
    Corruption("half", 0.40, "people with two family names", "only the first one is written"),
    Corruption(
        "father",
        0.50,
        "people named after their father",
        "the father's name is written in half of the mentions",
    ),
    Corruption("short", 0.12, "people whose given name has short forms", "Dick for Richard"),
    Corruption(
        "initial", 0.03, "Latin mentions that have the full given name", "the given name is an initial"
    ),
    Corruption("family only", 0.02, "mentions", "a report knows the family name only"),
    Corruption("alias only", 0.10, "people with an alias", "known by it in the milieu"),
    Corruption("alias", 0.35, "people with an alias", "it stands beside the name"),
    Corruption("married", 0.35, "married women", "the husband's name instead of their own"),
    Corruption("no birth", 0.10, "mentions", "nobody asked"),
    Corruption("year", 0.06, "mentions with a birth", "only the year, or the age, is known"),
    Corruption("january", 0.04, "mentions with a whole date", "1 January for want of better"),
    Corruption("exchanged", 0.02, "whole dates whose day may be a month", "day and month exchanged"),
    Corruption("slip in date", 0.03, "the other whole dates", "one figure misread"),
    Corruption("other year", 0.015, "mentions with a birth", "another age was stated"),
    Corruption("slip in number", 0.03, "identifiers", "one figure misread, left out or exchanged"),
    Corruption(
        "hub", 0.02, "mentions", "the phone of a shelter, a lawyer or a call shop that thousands give"
    ),
    Corruption("no place", 0.40, "mentions", "not asked"),
    Corruption("no home", 0.45, "mentions", "not asked, or nowhere"),
)
SHARE = {each.name: each.share for each in TABLE}
BIT = {each.name: 1 << n for n, each in enumerate(TABLE)}
WRITTEN = {
    "phones": 0.45,
    "plates": 0.5,
    "ibans": 0.4,
    "documents": 0.45,
    "nationals": 0.45,
    "emails": 0.45,
    "handles": 0.45,
}
"""How often an identifier that somebody has is in a mention."""


def names_of(mask: int) -> tuple[str, ...]:
    """What a mention's column `corruptions` says, in words."""
    return tuple(name for name, bit in BIT.items() if mask & bit)
