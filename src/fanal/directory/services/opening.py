"""A service that did not exist before, opened by those who keep the directory."""

from dataclasses import asdict
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from fanal.access.rules import Member
from fanal.audit import services as audit
from fanal.audit.services import Verb
from fanal.country.schema import same
from fanal.directory import queries
from fanal.directory.models import Institution, Unit
from fanal.errors import Invalid

_SOURCE = "Directory, kept by hand"


@transaction.atomic
def open_unit(
    *, by: Member, like: str, name: str, institution: str = "", institution_name: str = "", at: datetime
) -> Unit:
    """Open a service of the kind, the functions and the places of another one (`like`, its code), under a new name.

    It belongs to the institution with this code, to a new one with that name, or to that of the other service.
    Refused: `NotFound` for an unknown `like` or institution, `name_taken`.
    """
    model = queries.unit_by_code(like)
    today = timezone.localdate(at)
    code = f"{model.kind}-{slugify(name)}"[:60].strip("-")
    if not slugify(name) or Unit.objects.filter(code=code).exists():
        raise Invalid(
            "name_taken", _("There is a service with that name, or it has no letters."), field="name"
        )
    unit = Unit.objects.create(
        code=code,
        kind=model.kind,
        institution_id=_institution(model, institution, institution_name, at),
        names=asdict(same(name)),
        short_names=asdict(same(name)),
        districts=model.districts,
        zones=model.zones,
        sectors=model.sectors,
        languages=model.languages,
        roles=model.roles,
        source=_SOURCE,
        to_verify=True,
        valid_from=today,
        edited_at=at,
    )
    audit.record(by=by, verb=Verb.COLLECT, act="directory.open_unit", at=at, facts={"unit": unit.id})
    return unit


def _institution(model: Unit, code: str, name: str, at: datetime) -> str:
    if name:
        new = f"institution-{slugify(name)}"[:60].strip("-")
        if not slugify(name) or Institution.objects.filter(code=new).exists():
            raise Invalid(
                "name_taken", _("There is an institution with that name."), field="institution_name"
            )
        made = Institution.objects.create(
            code=new,
            kind=model.institution.kind,
            names=asdict(same(name)),
            short_names=asdict(same(name)),
            source=_SOURCE,
            to_verify=True,
            valid_from=timezone.localdate(at),
            edited_at=at,
        )
        return made.code
    if code and not Institution.objects.filter(code=code).exists():
        raise Invalid("unknown_institution", _("Choose an institution from the list."), field="institution")
    return code or model.institution_id
