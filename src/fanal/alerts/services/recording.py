"""Recording an alert: one act, its wall, its recipients and its trace in one transaction."""

import hashlib
from dataclasses import dataclass, fields
from datetime import date, datetime, time
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from fanal.access import services as access
from fanal.access import vault
from fanal.access.rules import Member, new_reference
from fanal.alerts import rules
from fanal.alerts.models import Alert, DutyDone, Person, SearchToken, Sign, Transmission
from fanal.alerts.queries.persons import tokens
from fanal.alerts.queries.routing import Recipient, recipients
from fanal.alerts.rules import Identity, Minority, PersonReport, Report
from fanal.alerts.services.tally import count
from fanal.alerts.services.words import refuse
from fanal.audit import services as audit
from fanal.audit.services import Verb
from fanal.country import queries as country
from fanal.country.schema import Indicator, Law
from fanal.directory import queries as directory
from fanal.directory.rules import Place
from fanal.notify.services import tell


@dataclass(frozen=True, slots=True)
class Plan:
    """What recording a report would mean: who is told, and whether a person is treated as a child."""

    recipients: tuple[Recipient, ...]
    minorities: tuple[Minority, ...]
    place: Place | None
    law: Law

    @property
    def to_tell(self) -> tuple[Recipient, ...]:
        return tuple(found for found in self.recipients if found.unit is not None)


def plan(*, by: Member, report: Report, at: datetime) -> Plan:
    """Who would be told of this report and why; nothing is written.

    Refused with `Invalid` when the report cannot be right (the field's path in `field`).
    """
    local = timezone.localtime(at)
    law = country.law(local.date())
    refuse(rules.problems(report, law, local))
    place = directory.place(report.municipality, report.seen_from or law.on) if report.municipality else None
    minorities = tuple(rules.minority(person.age, law) for person in rules.protected_persons(report, law))
    routings = rules.route(
        rules.Facts(
            detector=by.unit_kind,
            phenomenon=report.phenomenon,
            forms=report.forms,
            minorities=minorities,
            urgent=report.urgent,
            located=place is not None,
            at=local,
        ),
        law,
    )
    district, zone = (place.district, place.zone) if place else ("", "")
    found = recipients(routings, district=district, zone=zone, on=law.on, language=by.language)
    others = tuple(each for each in found if each.unit is None or each.unit.id != by.unit_id)
    return Plan(others, minorities, place, law)


def record(*, by: Member, report: Report, at: datetime, idempotency_key: str = "") -> Alert:
    """Record an alert and tell at once whom the law of that day says.

    The same member with the same key gets the same alert, however often and however simultaneously she sends it.
    Refused with `Invalid`: an unknown code, an impossible date or age, an empty report (path in `field`).
    Sources: Aliens Act, art. 61/2 §1 (duties at detection) and the routes of the pack.
    """
    submission = _submission(by, idempotency_key)
    found = _already(submission)
    if found is not None:
        return found
    try:
        return _record(by, report, at, submission)
    except IntegrityError:
        found = _already(submission)
        if found is None:
            raise
        return found


def already(*, by: Member, idempotency_key: str) -> Alert | None:
    """The alert that this member recorded under this key."""
    return _already(_submission(by, idempotency_key))


def _submission(by: Member, key: str) -> bytes | None:
    return hashlib.sha256(f"{by.membership_id}|{key}".encode()).digest() if key else None


def _already(submission: bytes | None) -> Alert | None:
    return Alert.objects.filter(submission=submission).first() if submission else None


@transaction.atomic
def _record(by: Member, report: Report, at: datetime, submission: bytes | None) -> Alert:
    planned = plan(by=by, report=report, at=at)
    compartment = access.open_compartment(by=by, kind=access.Kind.ALERT, at=at)
    # Before the rows: they take the wall as they find it, and none has to be opened again.
    access.grant(
        by=by, compartment=compartment, openings=[_opening(r, report) for r in planned.to_tell], at=at
    )
    alert = _alert(by, report, at, submission, planned)
    alert.compartment = compartment
    persons = [_person(alert, number, p, planned.law) for number, p in enumerate(report.persons, 1)]
    _seal(alert, persons, report)
    alert.save(force_insert=True)
    Person.objects.bulk_create(persons)
    Sign.objects.bulk_create(_signs(alert, by, report, planned.law))
    SearchToken.objects.bulk_create(_tokens(persons, report))
    Transmission.objects.bulk_create(_transmission(alert, by, r) for r in planned.to_tell)
    DutyDone.objects.bulk_create(_duties(alert, by, report))
    count(alert, {"": 1})
    audit.record(
        by=by,
        verb=Verb.COLLECT,
        act="alerts.record",
        at=at,
        compartment_id=compartment.id,
        object_ids=[alert.id, *(person.id for person in persons)],
        facts={"persons": len(persons), "urgent": report.urgent, "told": len(planned.to_tell)},
    )
    tell(
        unit_ids=[r.unit.id for r in planned.to_tell if r.unit],
        kind="alerts.received",
        reference=alert.reference,
        at=at,
    )
    return alert


def _opening(recipient: Recipient, report: Report) -> access.Opening:
    assert recipient.unit is not None
    return access.Opening(
        recipient.unit.id,
        access.Level(recipient.routing.level),
        recipient.routing.purpose,
        recipient.routing.route,
        access.Handling(report.handling or access.Handling.H0),
    )


def _alert(by: Member, report: Report, at: datetime, submission: bytes | None, planned: Plan) -> Alert:
    copied = {name: getattr(report, name) for name in _COPIED}
    return Alert(
        **copied,
        reference=new_reference("A"),
        owner_unit_id=by.unit_id,
        owner_kind=by.unit_kind,
        recorded_at=at,
        recorded_by=by.person_id,
        submission=submission,
        forms=list(report.forms),
        district=planned.place.district if planned.place else "",
        zone=planned.place.zone if planned.place else "",
        child=rules.any_child(planned.minorities),
        person_count=len(report.persons),
    )


_COPIED = (
    "phenomenon", "urgent", "detected_through", "municipality", "sector", "platform", "seen_from", "seen_to",
    "seen_at", "source_grade", "information_grade", "handling",
)  # fmt: skip


def _person(alert: Alert, number: int, person: PersonReport, law: Law) -> Person:
    return Person(
        compartment_id=alert.compartment_id,
        alert=alert,
        number=number,
        subject=person.subject,
        pseudonym=person.pseudonym,
        age_basis=person.age_basis,
        birth_year=person.birth_year,
        estimated_age=person.estimated_age,
        minority=rules.minority(person.age, law),
        sex=person.sex,
        citizenship=person.citizenship,
        languages=list(person.languages),
        unaccompanied=person.unaccompanied,
        safe_contact=list(person.safe_contact),
    )


def _seal(alert: Alert, persons: list[Person], report: Report) -> None:
    """The free text under the alert's key, each identity under its person's."""
    values: dict[UUID, object] = {}
    if report.narrative.strip():
        values[alert.id] = report.narrative
    for row, person in zip(persons, report.persons, strict=True):
        if not person.identity.is_empty():
            values[row.id] = written(person.identity)
    sealed = vault.seal_new(values) if values else {}
    rows: list[Alert | Person] = [alert, *persons]
    for each in rows:
        each.sealed = sealed.get(each.id)


def written(identity: Identity) -> dict[str, str]:
    """An identity as JSON-able values, without what is empty."""
    values = {each.name: getattr(identity, each.name) for each in fields(identity)}
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in values.items()
        if value
    }


def _signs(alert: Alert, by: Member, report: Report, law: Law) -> list[Sign]:
    return [
        Sign(
            compartment_id=alert.compartment_id,
            alert=alert,
            indicator=sign.indicator,
            listed_from=law.get(Indicator, sign.indicator).valid_from,
            seen_on=sign.seen_on,
            source=sign.source or report.detected_through,
            noted_at=alert.recorded_at,
            noted_by=by.person_id,
        )
        for sign in report.signs
    ]


def _tokens(persons: list[Person], report: Report) -> list[SearchToken]:
    return [
        SearchToken(
            compartment_id=row.compartment_id, alert=row.alert, person=row, purpose=purpose, digest=digest
        )
        for row, person in zip(persons, report.persons, strict=True)
        for purpose, digest in tokens(person.identity).items()
    ]


def _transmission(alert: Alert, by: Member, recipient: Recipient) -> Transmission:
    assert recipient.unit is not None
    routing = recipient.routing
    return Transmission(
        compartment_id=alert.compartment_id,
        alert=alert,
        reference=alert.reference,
        from_unit_id=by.unit_id,
        to_unit_id=recipient.unit.id,
        to_kind=recipient.unit.kind,
        route=routing.route,
        ground=routing.legal_basis[:200],
        mandatory=routing.mandatory,
        sent_at=alert.recorded_at,
        sent_by=by.person_id,
        due_at=routing.due_at,
        remind_at=routing.due_at,
    )


def _duties(alert: Alert, by: Member, report: Report) -> list[DutyDone]:
    zone = timezone.get_current_timezone()
    return [
        DutyDone(
            compartment_id=alert.compartment_id,
            alert=alert,
            duty=done.duty,
            done_at=min(datetime.combine(done.on, done.at or time(12), tzinfo=zone), alert.recorded_at),
            how=done.how,
            ticked_at=alert.recorded_at,
            ticked_by=by.person_id,
        )
        for done in {done.duty: done for done in report.done}.values()
    ]
