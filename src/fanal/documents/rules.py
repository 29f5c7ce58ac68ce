"""R-DOC-1: what may lie on a screen, in a mailbox or in a pocket never says what happened to the person."""

import re
import unicodedata

_WORDS = re.compile(
    r"\b(traites?|trafics?|trafiquants?|teh|thb|trafficking|traffickers?|smuggl\w*|mensenhandel\w*|mensensmokkel\w*"
    r"|menschenhandel\w*|menschenschmuggel\w*|schleus\w*|victimes?|victims?|slachtoffers?|opfer\w*"
    r"|prostitu\w*|exploitation|uitbuiting\w*|ausbeutung\w*)\b"
)
_HARMLESS = re.compile(r"\b(traites? (?:de|du|des|par|avec|sous|comme)|sous-traites?)\b")


def forbidden_words(text: str) -> list[str]:
    """The words of a text that must not stand on paper, in a subject or in a file name; without case and accents.

    Safety of the holder: the residence document carries no mention of trafficking (agii.be, 23 May 2017).
    """
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(char for char in decomposed if not unicodedata.combining(char))
    return [match.group(0) for match in _WORDS.finditer(_HARMLESS.sub("", plain))]
