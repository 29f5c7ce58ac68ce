"""When an alert may end, and what its outcome needs."""

from collections.abc import Iterable
from dataclasses import dataclass

from fanal.country.schema import LANGUAGES, Code, Law, Text

from .ages import any_child
from .routing import Facts, required_for_a_child

MERGED = "merged"
REFERRED = "referred"
"""The codes of `alert_outcome` that the house knows by name; further outcomes that name a service carry the flag
`needs_service` in the pack."""


def names_alert(outcome: Code) -> bool:
    """Whether an outcome must name the other alert it was merged with."""
    return outcome.code == MERGED


def names_receiver(outcome: Code) -> bool:
    """Whether an outcome must name the service that took over, or its referral."""
    return outcome.code == REFERRED or "needs_service" in outcome.flags


@dataclass(frozen=True, slots=True)
class Receipt:
    """A kind of service to which the alert was sent, and whether it said that it has it."""

    unit_kind: str
    acknowledged: bool


@dataclass(frozen=True, slots=True)
class Obstacle:
    """A service without which the alert cannot be closed, and why, in words."""

    unit_kind: str
    sent: bool
    reason: Text


_NOT_SENT = Text(
    fr="{kind} : l’alerte ne lui a pas été transmise, et une personne est mineure ou pourrait l’être.",
    nl="{kind}: de melding werd niet doorgestuurd, en een persoon is minderjarig of zou dat kunnen zijn.",
    de="{kind}: Die Meldung wurde nicht übermittelt, und eine Person ist minderjährig oder könnte es sein.",
    en="{kind}: the alert was not sent to it, and a person is a minor or may be one.",
)
_SILENT = Text(
    fr="{kind} : la réception n’est pas encore confirmée, et une personne est mineure ou pourrait l’être.",
    nl="{kind}: ontvangst nog niet bevestigd, en een persoon is minderjarig of zou dat kunnen zijn.",
    de="{kind}: Empfang noch nicht bestätigt, und eine Person ist minderjährig oder könnte es sein.",
    en="{kind}: receipt is not confirmed yet, and a person is a minor or may be one.",
)


def may_close(facts: Facts, receipts: Iterable[Receipt], law: Law) -> tuple[Obstacle, ...]:
    """What stands in the way of closing; nothing for an alert in which every person is an adult, or there is none.

    For a minor or a person of doubtful age each service that the pack makes mandatory for that reason must have
    confirmed that it has the alert; the detecting service itself has it. In Belgium these are the Guardianship
    service, the Immigration Office and a centre (circular of 23-12-2016, after the sheet of the circular of
    23-4-2004; Aliens Act, art. 61/2 §1).
    """
    if not any_child(facts.minorities):
        return ()
    sent: dict[str, bool] = {}
    for receipt in receipts:
        sent[receipt.unit_kind] = sent.get(receipt.unit_kind, False) or receipt.acknowledged
    missing = sorted(required_for_a_child(facts, law) - {facts.detector})
    return tuple(
        Obstacle(kind, kind in sent, _said(_SILENT if kind in sent else _NOT_SENT, kind, law))
        for kind in missing
        if not sent.get(kind)
    )


def _said(template: Text, kind: str, law: Law) -> Text:
    label = law.label("unit_kind", kind)
    return Text(**{lang: template.get(lang).format(kind=label.get(lang)) for lang in LANGUAGES})
