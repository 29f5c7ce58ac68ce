"""What others asked of the country before anybody kept a register: the first content of the recommendations."""

from dataclasses import dataclass

from .facts import Fact, Text, to


@dataclass(frozen=True, kw_only=True)
class Asked(Fact):
    """A published recommendation in our own words, with the publication where it was read as its `source`.

    `issued`: the date as precisely as it is known: `2022`, `2022-10` or `2022-10-20`. `reference`: the document;
    `addressees`: codes of institutions, none: the country as a whole.
    """

    body: str = to("code/recommendation_body")
    instrument: str = ""
    reference: str
    paragraph: str = ""
    issued: str
    force: str = to("code/recommendation_force")
    theme: str = to("code/recommendation_theme")
    addressees: tuple[str, ...] = to("institution", ever=True, default=())
    link: str = ""
    words: Text
