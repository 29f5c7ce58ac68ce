"""One invented person's way through the house, with the marks in every field that may name or point at a person."""

import io
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone
from PIL import Image
from tests.cast import Cast, api, client
from tests.house.scenario import YES

from fanal.access.rules import Member
from fanal.access.services import acting_as
from fanal.alerts import services as alerts
from fanal.alerts.models import Person
from fanal.alerts.rules import Age, Done, Identity, PersonReport, Report
from fanal.alerts.rules import Sign as Seen
from fanal.attachments import services as attachments
from fanal.protection import services as protection
from fanal.referrals import services as referrals
from fanal.referrals.rules.content import About, Practical, SafeContact, known
from fanal.referrals.rules.content import Identity as Who
from fanal.referrals.rules.grounds import Given
from fanal.retention import services as retention
from proofs.rest.marks import Marks


@dataclass(frozen=True)
class Written:
    """Where the person stands: references of the files that are erased later."""

    alert: str
    matter: str
    asked: str
    procedure: str


def write(cast: Cast, marks: Marks, at: datetime) -> Written:
    """Everything that a service takes of a person, through the services, the pages and the API."""
    alert, person = _alert(cast, marks, at)
    matter, asked, taken = _referral(cast, marks, alert, person, at)
    procedure = _protection(cast, marks, taken, at)
    _kept(cast, marks, alert, at)
    _doors(cast, replace(marks, word=f"{marks.word[:-1]}door"), alert)
    return Written(alert, matter, asked, procedure)


def _report(marks: Marks, at: datetime) -> Report:
    word, today = marks.word, timezone.localdate(at)
    identity = Identity(
        given_names=word, family_name=word, birth_date=marks.born, birth_place=word, document_number=marks.document,
        phone=f"+{marks.phone}", email=f"{word}@invalid.example", address=f"{word} 7", contact_hours=word,
    )  # fmt: skip
    woman = PersonReport(
        subject="presumed_victim", age_basis="known", sex="F", pseudonym=f"{word} blue", identity=identity,
        languages=("ti",), citizenship="ER",
    )  # fmt: skip
    return Report(
        phenomenon="trafficking", forms=("WORK",), municipality="T01", sector="I-KITCHEN", narrative=f"{word} sleeps.",
        platform=f"{word}.example", persons=(woman,), signs=(Seen(indicator="no-pay"),),
        done=(Done(duty="a", on=today, how=f"told {word}"),),
    )  # fmt: skip


def _alert(cast: Cast, marks: Marks, at: datetime) -> tuple[str, UUID]:
    by = cast.officer
    with acting_as(by):
        row = alerts.record(by=by, report=_report(marks, at), at=at, idempotency_key=marks.word)
        person = Person.objects.get(alert=row)
        step: dict[str, Any] = {"by": by, "reference": row.reference, "at": at}
        alerts.tick_duty(**step, duty="b", done_at=at, how=marks.word)
        to = cast.other_centre_worker.unit_code
        alerts.transmit_further(**step, to_unit=to, purpose="protect", ground=f"{marks.word} asks.")
        picture = io.BytesIO()
        Image.new("L", (64, 64), 90).save(picture, "JPEG", comment=marks.word.encode())
        added = attachments.add(
            by=by, kind="alert", object_id=row.id, name=f"{marks.word}.jpg", data=picture.getvalue(), at=at
        )
    attachments.convert(attachment_id=added.id, at=at)
    return row.reference, person.id


def _about(marks: Marks) -> About:
    word = marks.word
    return About(
        summary=f"{word} was found.", pseudonym=word, age=Age(basis="known", birth_date=marks.born), sex="F",
        languages=("ro",), needs=Practical(children=0, words=word),
        safe_contact=SafeContact(("phone",), f"+{marks.phone}", word), citizenship=("ER",), documents=word,
        identity=Who(word, word, marks.born, word, marks.document),
    )  # fmt: skip


def _referral(cast: Cast, marks: Marks, alert: str, person: UUID, at: datetime) -> tuple[str, str, str]:
    by, today, about = cast.officer, timezone.localdate(at), _about(marks)
    told: dict[str, Any] = {
        "to_unit_id": cast.centre_worker.unit_id,
        "at": at,
        "items": known(about),
        "by": by,
    }
    law = Given("law", today, article=f"art. 3, {marks.word}", why=f"{marks.word} is ill.", review_due=today)
    with acting_as(by):
        matter = referrals.prepare(by=by, about=about, alert=alert, person_id=person, at=at)
        yes = Given(ground="consent", given_on=today, form="oral")
        taken = referrals.propose(**told, matter=matter.reference, purpose="housing", given=yes)
        asked = referrals.propose(**told, matter=matter.reference, purpose="medical", given=law)
    with acting_as(cast.centre_worker):
        step: dict[str, Any] = {"by": cast.centre_worker, "at": at}
        referrals.accept(**step, reference=taken.reference)
        referrals.report_done(**step, reference=taken.reference, words=f"{marks.word} sleeps.")
        referrals.refuse(**step, reference=asked.reference, reason="full", words=f"No bed for {marks.word}.")
    return matter.reference, asked.reference, taken.reference


def _protection(cast: Cast, marks: Marks, taken: str, at: datetime) -> str:
    worker, agent, word = cast.centre_worker, cast.immigration_agent, marks.word
    case = protection.Case(track="residence", offence="R10", referral=taken, statement="complaint",
                           statement_on=timezone.localdate(at))  # fmt: skip
    with acting_as(worker):
        request = protection.request_opening(by=worker, case=case, words=f"{word} asks.", at=at)
    step: dict[str, Any] = {"by": agent, "reference": request.reference, "at": at}
    with acting_as(agent):
        protection.open_requested(**step)
        protection.decide(**step, move="open_first_document", declared=["accompanied"])
        asked = protection.ask(
            **step,
            magistrate_unit_id=cast.magistrate.unit_id,
            tell_identity=True,
            judicial_reference=f"BR {word}",
        )
    with acting_as(cast.magistrate):
        words = dict.fromkeys(YES, f"About {word}.")
        protection.answer(by=cast.magistrate, question_set=asked.id, answers=YES, words=words, at=at)
    with acting_as(agent):
        protection.end(**step, ground="G3", words=f"{word} left by ship.")
    return request.reference


def _kept(cast: Cast, marks: Marks, alert: str, at: datetime) -> None:
    """A hold that is lifted again, a reason to keep, a correction, a paper for the person."""
    by, word = cast.officer, marks.word
    step: dict[str, Any] = {"by": by, "reference": alert, "at": at}
    with acting_as(by):
        hold = retention.place_hold(**step, ground="claim", number=f"7/{word}", words=word)
        retention.lift_hold(by=by, hold_id=hold.id, at=at)
        later = timezone.localdate(at).replace(month=1, day=2)
        retention.keep(**step, until=later.replace(year=later.year + 1), why=f"{word} testifies.")
        retention.correct(**step, values={"birth_place": f"{word} harbour"})
        retention.answer(**step, language="fr", words=word, restriction="obstruct", why=word)


def _doors(cast: Cast, marks: Marks, alert: str) -> None:
    """What comes in by the doors: a draft, a session, a repeated request, an error, an address somebody typed wrong."""
    program, browser, word = api(cast.officer), client(cast.officer), marks.word
    with acting_as(cast.officer):
        typed = {"who": {"1": {"family_name": [word]}}}
        alerts.start(by=cast.officer, typed=typed, step="what", at=timezone.now())
    body = {"phenomenon": "trafficking", "forms": ["WORK"], "narrative": word, "persons": [
        {"subject": "presumed_victim", "pseudonym": word, "identity": {"family_name": word}}]}  # fmt: skip
    json = {"content_type": "application/json"}
    for _twice in range(2):
        program.post("/api/alerts", body, headers={"Idempotency-Key": word}, **json)
    program.post("/api/alerts", body | {"municipality": word}, **json)
    program.post(f"/api/alerts/{alert}/identities", {"purpose": "protect", "file_reference": "BR 12"}, **json)
    browser.post("/find/", {"reference": word})
    browser.get("/find/", {"reference": word})
    browser.get(f"/alerts/{alert}/")
    browser.post(f"/alerts/{alert}/send/", {"to_unit": "nobody", "ground": word})
    browser.get(f"/referrals/{word}/")


def erase(cast: Cast, written: Written, second: dict[int, Member], at: datetime, later: datetime) -> None:
    """The person is erased by each service that holds her, two people each; copies go when their sight ended."""
    for member in cast.all.values():
        with acting_as(member):
            if alerts_reached(member, written.alert):
                alerts.acknowledge(by=member, reference=written.alert, at=at)
    with acting_as(cast.officer):
        alerts.close(by=cast.officer, reference=written.alert, outcome="not_trafficking", at=at)
    for by, reference in (
        (cast.officer, written.alert),
        (cast.officer, written.matter),
        (cast.centre_worker, written.procedure),
        (cast.immigration_agent, written.procedure),
    ):
        with acting_as(by):
            found = retention.propose_erasure(by=by, reference=reference, ground="asked", at=at)
        with acting_as(second[by.unit_id]):
            retention.confirm_erasure(by=second[by.unit_id], erasure_id=found.id, at=at)
    retention.erase_copies(at=later)


def alerts_reached(member: Member, reference: str) -> bool:
    from fanal.alerts.models import Transmission

    return Transmission.objects.filter(reference=reference, to_unit_id=member.unit_id).exists()
