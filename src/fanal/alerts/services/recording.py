"""Recording an alert: one act, its wall, its recipients and its trace in one transaction."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, time, tzinfo
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
from fanal.alerts.queries.submissions import submission_of, submitted
from fanal.alerts.rules import Done, Identity, Minority, PersonReport, Report
from fanal.alerts.services.tally import cell as tally_cell
from fanal.alerts.services.tally import count
from fanal.alerts.services.words import refuse
from fanal.audit import services as audit
from fanal.audit.services import Verb
from fanal.country import queries as country
from fanal.country.schema import Indicator, Law
from fanal.directory import queries as directory
from fanal.directory.rules import Place
from fanal.notify.services import tell_each


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
    return _plan(by, report, local, country.law(local.date()), {})


_Told = dict[tuple[rules.Facts, Place | None], tuple[Recipient, ...]]


def _plan(by: Member, report: Report, local: datetime, law: Law, told: _Told) -> Plan:
    """As `plan`; `told` remembers who is told of reports alike, so that they are looked up once."""
    refuse(rules.problems(report, law, local))
    place = directory.place(report.municipality, report.seen_from or law.on) if report.municipality else None
    minorities = tuple(rules.minority(person.age, law) for person in rules.protected_persons(report, law))
    facts = rules.Facts(
        detector=by.unit_kind,
        phenomenon=report.phenomenon,
        forms=report.forms,
        minorities=minorities,
        urgent=report.urgent,
        located=place is not None,
        at=local,
    )
    if (facts, place) not in told:
        told[facts, place] = _recipients(by, facts, place, law)
    return Plan(told[facts, place], minorities, place, law)


def _recipients(by: Member, facts: rules.Facts, place: Place | None, law: Law) -> tuple[Recipient, ...]:
    district, zone = (place.district, place.zone) if place else ("", "")
    routings = rules.route(facts, law)
    found = recipients(routings, district=district, zone=zone, on=law.on, language=by.language)
    return tuple(each for each in found if each.unit is None or each.unit.id != by.unit_id)


def record(*, by: Member, report: Report, at: datetime, idempotency_key: str = "") -> Alert:
    """Record an alert and tell at once whom the law of that day says.

    The same member with the same key gets the same alert, however often and however simultaneously she sends it.
    Refused with `Invalid`: an unknown code, an impossible date or age, an empty report (path in `field`).
    Sources: Aliens Act, art. 61/2 §1 (duties at detection) and the routes of the pack.
    """
    submission = submission_of(by, idempotency_key)
    found = _already(submission)
    if found is not None:
        return found
    try:
        return _record(by, [(report, submission)], at)[0]
    except IntegrityError:
        found = _already(submission)
        if found is None:
            raise
        return found


@transaction.atomic
def record_all(*, by: Member, reports: Mapping[str, Report], at: datetime) -> list[Alert]:
    """Record many alerts of one source at once, as `record` would one after the other: {idempotency key: report}.

    Those that the member already recorded under their key are left out; the new ones are returned. Refused as in
    `record`, and then nothing is recorded.
    """
    known = submitted(by, reports.keys())
    fresh = [(report, submission_of(by, key)) for key, report in reports.items() if key not in known]
    return _record(by, fresh, at)


def already(*, by: Member, idempotency_key: str) -> Alert | None:
    """The alert that this member recorded under this key."""
    return _already(submission_of(by, idempotency_key))


def _already(submission: bytes | None) -> Alert | None:
    rows = Alert.objects.filter(submission=submission)
    return rows.get() if submission and rows.exists() else None  # to look is cheaper than to fetch, and usual


@dataclass(frozen=True, slots=True)
class _Intake:
    """A report with its plan and the rows that it becomes."""

    report: Report
    plan: Plan
    alert: Alert
    persons: list[Person]
    duties: list[tuple[DutyDone, str]]


@transaction.atomic
def _record(by: Member, reports: Sequence[tuple[Report, bytes | None]], at: datetime) -> list[Alert]:
    """Record reports made by one member at one moment; the number of statements does not grow with them."""
    local, told = timezone.localtime(at), _Told()
    law = country.law(local.date())
    plans = {report: _plan(by, report, local, law, told) for report in dict.fromkeys(r for r, _ in reports)}
    with access.sent_together():
        walls = access.open_compartments(by=by, kind=access.Kind.ALERT, count=len(reports), at=at)
        # Before the rows: they take the wall as they find it, and none has to be opened again.
        openings = [
            (wall, [_opening(r, report) for r in plans[report].to_tell])
            for wall, (report, _) in zip(walls, reports, strict=True)
        ]
        access.grant_each(by=by, openings=openings, at=at)
        intakes = [
            _intake(by, report, at, submission, plans[report], wall.id)
            for wall, (report, submission) in zip(walls, reports, strict=True)
        ]
        _seal(intakes)
        _write(intakes, by)
        audit.record_alike(
            by=by, verb=Verb.COLLECT, act="alerts.record", at=at, lines=[_line(i) for i in intakes]
        )
        waiting = [(r.unit.id, each.alert.reference) for each in intakes for r in each.plan.to_tell if r.unit]
        tell_each(waiting=waiting, kind="alerts.received", at=at)
    return [each.alert for each in intakes]


def _intake(
    by: Member, report: Report, at: datetime, submission: bytes | None, planned: Plan, wall: UUID
) -> _Intake:
    alert = _alert(by, report, at, submission, planned)
    alert.compartment_id = wall
    persons = [_person(alert, number, p, planned.law) for number, p in enumerate(report.persons, 1)]
    return _Intake(report, planned, alert, persons, _duties(alert, by, report))


def _write(intakes: Sequence[_Intake], by: Member) -> None:
    Alert.objects.bulk_create(each.alert for each in intakes)
    Person.objects.bulk_create(person for each in intakes for person in each.persons)
    Sign.objects.bulk_create(sign for i in intakes for sign in _signs(i.alert, by, i.report, i.plan.law))
    SearchToken.objects.bulk_create(token for i in intakes for token in _tokens(i.persons, i.report))
    Transmission.objects.bulk_create(_transmission(i.alert, by, r) for i in intakes for r in i.plan.to_tell)
    DutyDone.objects.bulk_create(duty for each in intakes for duty, _how in each.duties)
    alike = {tally_cell(each.alert): each.alert for each in intakes}
    for cell, number in Counter(tally_cell(each.alert) for each in intakes).items():
        count(alike[cell], {"": number})


def _line(intake: _Intake) -> audit.Line:
    persons, report = intake.persons, intake.report
    return audit.Line(
        intake.alert.compartment_id,
        [intake.alert.id, *(person.id for person in persons)],
        {"persons": len(persons), "urgent": report.urgent, "told": len(intake.plan.to_tell)},
    )


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
    "phenomenon", "urgent", "detected_through", "municipality", "sector", "seen_from", "seen_to", "seen_at",
    "source_grade", "information_grade", "handling",
)  # fmt: skip


def _person(alert: Alert, number: int, person: PersonReport, law: Law) -> Person:
    return Person(
        compartment_id=alert.compartment_id,
        alert=alert,
        number=number,
        subject=person.subject,
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


def _seal(intakes: Sequence[_Intake]) -> None:
    """What was written of an alert under its key, of a person under hers."""
    values: dict[tuple[Alert | Person | DutyDone, str], tuple[UUID, object]] = {}
    for each in intakes:
        alert, report = each.alert, each.report
        values[alert, "sealed"] = (alert.id, report.narrative if report.narrative.strip() else "")
        values[alert, "platform_sealed"] = (alert.id, report.platform)
        for duty, how in each.duties:
            values[duty, "how_sealed"] = (alert.id, how)
        for known, person in zip(each.persons, report.persons, strict=True):
            values[known, "sealed"] = (known.id, written(person.identity))
            values[known, "pseudonym_sealed"] = (known.id, person.pseudonym)
    for (row, column), blob in vault.seal_new_each({k: v for k, v in values.items() if v[1]}).items():
        setattr(row, column, blob)


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
        level=routing.level,
        sent_at=alert.recorded_at,
        sent_by=by.person_id,
        due_at=routing.due_at,
        remind_at=routing.due_at,
    )


def _duties(alert: Alert, by: Member, report: Report) -> list[tuple[DutyDone, str]]:
    """Each with the words that are sealed into it."""
    zone = timezone.get_current_timezone()
    rows = {done.duty: done for done in report.done}
    return [(_duty(alert, by, done, zone), done.how) for done in rows.values()]


def _duty(alert: Alert, by: Member, done: Done, zone: tzinfo) -> DutyDone:
    return DutyDone(
        compartment_id=alert.compartment_id,
        alert=alert,
        duty=done.duty,
        done_at=min(datetime.combine(done.on, done.at or time(12), tzinfo=zone), alert.recorded_at),
        ticked_at=alert.recorded_at,
        ticked_by=by.person_id,
    )
