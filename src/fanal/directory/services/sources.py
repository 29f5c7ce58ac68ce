"""Units of elsewhere in whose name files are brought in: nobody works in them here and nobody calls them."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from fanal.country.schema import same
from fanal.country.schema.facts import Text
from fanal.directory.models import Institution, Unit


@transaction.atomic
def add_sources(
    *,
    institution: tuple[str, Text],
    institution_kind: str,
    units: Iterable[tuple[str, str]],
    unit_kind: str,
    source: str,
    valid_from: date,
    valid_to: date,
    at: datetime,
) -> dict[str, Unit]:
    """The units (code, name) of a foreign institution (code, name), made if they are not there; {code: unit}.

    They are dated by what they delivered, so that nobody finds them among the services of today, and the country
    pack leaves them as they are.
    """
    code, name = institution
    dated = {"source": source, "valid_from": valid_from, "valid_to": valid_to, "edited_at": at}
    names = _words(name)
    Institution.objects.get_or_create(
        code=code, defaults=dated | {"names": names, "short_names": names, "kind": institution_kind}
    )
    return {
        unit_code: Unit.objects.get_or_create(
            code=unit_code,
            defaults=dated
            | {
                "names": _words(same(unit_name)),
                "short_names": _words(same(unit_name)),
                "institution_id": code,
                "kind": unit_kind,
            },
        )[0]
        for unit_code, unit_name in units
    }


def _words(text: Text) -> dict[str, str]:
    return {"fr": text.fr, "nl": text.nl, "de": text.de, "en": text.en}
