"""The few kinds of refusal. A refusal is an answer; anything else that rises is a fault."""

from collections.abc import Mapping


class Refusal(Exception):
    """An act that the law, the state of a file or the input does not allow.

    `code` is stable and machine-readable, `message` is for the person (already translated or a lazy
    translation), `field` names the input it is about when there is one, `facts` are plain values without
    personal data that help to understand it.
    """

    status = 409

    def __init__(self, code: str, message: object, *, field: str = "", **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.message = message
        self.field = field
        self.facts: Mapping[str, object] = facts


class Invalid(Refusal):
    """The input cannot be read or contradicts itself."""

    status = 422


class NotFound(Refusal):
    """Absent, or not visible to this reader: the two look the same."""

    status = 404

    def __init__(self) -> None:
        super().__init__("not_found", "")


class NotAllowed(Refusal):
    """The reader's role does not hold the permission of this act."""

    status = 403


class Stale(Refusal):
    """The row changed since it was read (If-Match does not match)."""

    status = 412


class Missing(Refusal):
    """A precondition header that this act requires is absent (If-Match)."""

    status = 428
