"""What the country pack knows to have been asked: the first content of the register."""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import transaction
from django.utils import timezone

from fanal.country.schema import Pack
from fanal.country.schema.asked import Asked
from fanal.recommendations import queries
from fanal.recommendations.rules import read_issued
from fanal.recommendations.services.registering import Content, enter


@dataclass(frozen=True, slots=True)
class Loaded:
    """What loading did to one kind of row."""

    kind: str
    created: int
    updated: int = 0
    closed: int = 0
    kept: int = 0
    unchanged: int = 0


@transaction.atomic
def load(pack: Pack, *, on: date) -> list[Loaded]:
    """Enter what the register does not have yet, under the pack's own external number; what is there stays as it is."""
    asked = sorted(pack.of(Asked), key=lambda each: (each.issued, each.code))
    held = queries.known({each.body for each in asked})
    new = [each for each in asked if (each.body, each.code) not in held.external]
    if new:
        at = timezone.make_aware(datetime.combine(on, time(12)))
        enter([content_of(each) for each in new], person_id=None, at=at)
    return [Loaded("recommendations", created=len(new), unchanged=len(asked) - len(new))]


def content_of(asked: Asked) -> Content:
    """A recommendation of the pack as the register keeps it. ValueError for a date that nobody can read."""
    issued = read_issued(asked.issued)
    if issued is None:
        raise ValueError(f"recommendation {asked.code!r}: {asked.issued!r} is no date")
    text = asked.words
    return Content(
        body=asked.body,
        document=asked.reference,
        paragraph=asked.paragraph,
        instrument=asked.instrument,
        issued=issued,
        words={"fr": text.fr, "nl": text.nl, "de": text.de, "en": text.en},
        force=asked.force,
        theme=asked.theme,
        external_id=asked.code,
        addressees=asked.addressees,
        link=asked.link,
        source=asked.source,
        to_verify=asked.to_verify,
    )
