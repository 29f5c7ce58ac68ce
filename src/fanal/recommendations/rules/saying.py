"""Words that are kept in several languages."""

from collections.abc import Mapping

ORDER = ("fr", "nl", "de", "en")


def said(words: Mapping[str, str], language: str) -> tuple[str, str]:
    """(the words, their language): in the reader's language; else English; else the first there is."""
    for each in (language[:2], "en", *ORDER):
        if words.get(each):
            return words[each], each
    return "", language[:2]
