"""What is punished, why people are exploited, and the signs of it."""

from dataclasses import dataclass
from typing import Literal

from .facts import Fact, Text, to


@dataclass(frozen=True, kw_only=True)
class Offence(Fact):
    """An offence of one version of the criminal law. `replaces` names the older offences it took over.

    `opens_protection`: always, only with certain circumstances, or never.
    """

    article: str
    phenomenon: str = to("code/phenomenon")
    label: Text
    replaces: tuple[str, ...] = to("offence", ever=True, default=())
    opens_protection: Literal["always", "by_circumstance", "never"]


@dataclass(frozen=True, kw_only=True)
class Circumstance(Fact):
    """What aggravates an offence. `opens_protection` counts where the offence says `by_circumstance`."""

    article: str
    offences: tuple[str, ...] = to("offence")
    label: Text
    replaces: tuple[str, ...] = to("circumstance", ever=True, default=())
    opens_protection: Literal["yes", "no", "unaccompanied_minor"]


@dataclass(frozen=True, kw_only=True)
class Purpose(Fact):
    """A purpose (form) of exploitation. `pending`: known to European law, not yet to the national one.

    `htcds` is the value of the Human Trafficking Case Data Standard 2.0 (vic_TypeOfExploitation).
    """

    article: str
    label: Text
    htcds: str
    pending: bool = False


@dataclass(frozen=True, kw_only=True)
class Indicator(Fact):
    """A sign that somebody may be exploited. No weight: nobody is scored. No `purposes`: any form."""

    group: str = to("code/indicator_group")
    label: Text
    purposes: tuple[str, ...] = to("purpose", default=())
    minors: bool = False
