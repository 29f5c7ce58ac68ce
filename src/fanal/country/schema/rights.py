"""The rights of the persons who stand in the files, as each kind of service answers them."""

from dataclasses import dataclass
from typing import Literal

from .facts import Fact, Text, to


@dataclass(frozen=True, kw_only=True)
class Rights(Fact):
    """Under which law a kind of service holds data, and who answers the person who asks what is held.

    `regime`: the General Data Protection Regulation, or the law-enforcement directive (EU) 2016/680. `answers`:
    the service itself (`direct`), or the supervisory authority `body` in its place (`indirect`; directive, art. 17).
    """

    unit_kind: str = to("code/unit_kind")
    regime: Literal["gdpr", "led"]
    answers: Literal["direct", "indirect"]
    body: Text
