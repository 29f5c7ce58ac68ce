"""What is sent with each write: what somebody would send who knows the form and means it.

A body is the same whoever sends it, so that an answer can only differ by who asks. An operation that is not here is
sent the smallest body that its description allows, a page an empty one.
"""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from proofs.matrix.ledger import File
from proofs.matrix.procedures import YES
from proofs.matrix.shapes import smallest
from proofs.matrix.world import World

Body = Mapping[str, Any]
Make = Callable[[World, File | None], Body]
UPLOADS = ("attachments/<slug:host>/<uuid:object_id>/", "api/attachments/<host>/<uuidstr:object_id>")
ABOUT = {"summary": "An invented person.", "pseudonym": "Kestrel"}
CASE = {"track": "residence", "offence": "R10", "about": {"pseudonym": "Kestrel"}}
REPORT = {"phenomenon": "trafficking", "forms": ["WORK"], "narrative": "Six sleep behind the kitchen."}


def today(world: World, days: int = 0) -> str:
    return (timezone.localdate(world.at) + timedelta(days=days)).isoformat()


def _soon(world: World) -> str:
    return (world.at + timedelta(days=1)).isoformat()


def _unit(name: str, *, code: bool = True) -> Callable[[World], Any]:
    return lambda world: world.members[name].unit_code if code else world.members[name].unit_id


OTHER = _unit("inspector")
_API: dict[str, Make] = {
    "api/progress/measures/<key>/reports": lambda _w, _: {
        "period": "2026-T1",
        "stage": "under_way",
        "words": "Two courses.",
    },
    "api/progress/measures/<key>/drop": lambda _w, _: {"decision": "TAB-1999-001"},
    "api/progress/measures/<key>/resume": lambda _w, _: {"decision": "TAB-1999-001"},
    "api/progress/reports/<report_id>/review": lambda _w, _: {"agrees": True},
    "api/progress/reports/<report_id>/remark": lambda _w, _: {"words": "Ours too."},
    "api/desk/tokens": lambda _w, _: {"label": "one more", "days": 30},
    "api/directory/units/<code>/mandates": lambda w, _: {
        "function": "intake",
        "holder": "Ada Synthetic",
        "valid_from": today(w, 1),
    },
    "api/directory/mandates/<mandate_id>/end": lambda w, _: {"last_day": today(w, 2)},
    "api/directory/units/<code>/contact-points": lambda w, _: {
        "channel": "phone",
        "label": "By day",
        "value": "555 10",
        "valid_from": today(w),
    },
    "api/directory/contact-points/<contact_id>/change": lambda w, _: {
        "value": "555 11",
        "valid_from": today(w, 1),
    },
    "api/alerts": lambda _w, _f: REPORT,
    "api/alerts/plan": lambda _w, _f: REPORT,
    "api/alerts/known": lambda w, _f: w.random.choice(w.ledger.of("alert")).parts["who"],
    "api/alerts/<reference>/duties/<code>": lambda w, _: {"done_at": w.at.isoformat(), "how": "by telephone"},
    "api/alerts/<reference>/transmissions": lambda w, _: {
        "to_unit": OTHER(w),
        "purpose": "protect",
        "ground": "art. 13",
    },
    "api/alerts/<reference>/close": lambda w, _: {"outcome": "referred", "other": "", "receiver": OTHER(w)},
    "api/alerts/<reference>/identities": lambda _w, _: {"purpose": "protect"},
    "api/referrals/places": lambda w, _: {"free": 1, "valid_until": _soon(w)},
    "api/referrals/persons": lambda _w, _f: {"about": ABOUT},
    "api/referrals/persons/<reference>": lambda _w, _f: {"about": ABOUT},
    "api/referrals/persons/<reference>/grounds": lambda w, _: {
        "to_unit": _unit("centre_worker")(w),
        "purpose": "housing",
        "ground": "consent",
        "form": "oral",
    },
    "api/referrals/persons/<reference>/proposals": lambda w, _: {
        "to_unit": _unit("guardianship_officer")(w),
        "purpose": "medical",
        "items": ["summary"],
        "ground": {"ground": "consent", "form": "oral"},
    },
    "api/referrals/grounds/<consent_id>/review": lambda w, _: {"next_review": today(w, 9)},
    "api/referrals/<reference>/refuse": lambda _w, _: {"reason": "full"},
    "api/referrals/<reference>/items": lambda _w, _: {"items": ["summary"]},
    "api/referrals/<reference>/identity": lambda _w, _: {"purpose": "protect"},
    "api/protection/<reference>/identity": lambda _w, _: {"purpose": "protect"},
    "api/protection/procedures": lambda w, _f: CASE | {"centre_unit": _unit("centre_worker")(w)},
    "api/protection/procedures/<reference>/statements": lambda w, _: {"kind": "statement", "on": today(w)},
    "api/protection/procedures/<reference>/events": lambda w, _: {"event": "acquittal", "on": today(w)},
    "api/protection/procedures/<reference>/requests": lambda _w, _: {"move": "residence"},
    "api/protection/procedures/<reference>/decisions": lambda _w, _: {
        "move": "extend_first_document",
        "declared": ["accompanied"],
    },
    "api/protection/procedures/<reference>/refusals": lambda _w, _: {
        "move": "residence",
        "words": "Not shown.",
    },
    "api/protection/procedures/<reference>/end": lambda _w, _: {"ground": "G3", "words": "Left by ship."},
    "api/protection/procedures/<reference>/questions": lambda w, _: {
        "magistrate_unit": _unit("magistrate")(w)
    },
    "api/protection/procedures/<reference>/hand-over": lambda w, _: {
        "to_unit": _unit("other_centre_worker")(w),
        "consent": True,
    },
    "api/protection/procedures/<reference>/dates": lambda w, _: {"to_unit": OTHER(w)},
    "api/protection/requests": lambda w, _f: CASE | {"centre_unit": _unit("centre_worker")(w)},
    "api/accounts/emergencies/<glass_id>/review": lambda _w, _: {"outcome": "justified"},
    "api/attachments/<host>/<uuidstr:object_id>/copies": lambda _w, f: {
        "attachments": [str(f.parts["attachment_id"])] if f else []
    },
    "api/protection/requests/<reference>/refuse": lambda _w, _: {"words": "Not shown."},
    "api/protection/questions/<question_set>/answer": lambda _w, _: {"answers": YES},
    "api/protection/questions/<question_set>/events": lambda w, _: {"event": "acquittal", "on": today(w)},
}
_RETENTION: dict[str, Make] = {
    "keep": lambda w, _f: {"until": today(w, 300), "why": "It goes on."},
    "hold": lambda _w, _f: {"ground": "proceedings", "number": "BR.1"},
    "erase": lambda _w, _f: {"ground": "request"},
    "correct": lambda _w, _f: {"family_name": "Inventedova"},
    "answer": lambda _w, _f: {"language": "nl"},
}
_API |= {f"api/retention/<reference>/{act}": make for act, make in _RETENTION.items()}
_FORMS: dict[str, Make] = {
    **{f"retention/<slug:reference>/{act}/": make for act, make in _RETENTION.items()},
    "language": lambda _w, _: {"language": "nl"},
    "attachments/<slug:host>/<uuid:object_id>/copies/": lambda _w, f: {
        "attachments": [str(f.parts["attachment_id"])] if f else []
    },
    "directory/units/<slug:code>/mandates/new/": lambda w, _: {
        "function": "intake",
        "holder": "Ada Synthetic",
        "valid_from": today(w, 1),
    },
    "directory/units/<slug:code>/contacts/new/": lambda w, _: {
        "channel": "phone",
        "label": "By day",
        "value": "555 10",
        "valid_from": today(w),
    },
    "directory/contacts/<int:contact_id>/change/": lambda w, _: {
        "value": "555 11",
        "valid_from": today(w, 1),
    },
    "directory/mandates/<int:mandate_id>/end/": lambda w, _: {"last_day": today(w, 2)},
    "referrals/persons/new/": lambda _w, _: {"alert": "A-0000-0000"},
    "emergency/": lambda _w, _: {"reference": "A-0000-0000", "reason": "danger", "words": "Nobody answers."},
    "hat": lambda w, _: {"membership": str(w.cast.officer.membership_id)},
    "me/tokens/": lambda _w, _: {"label": "one more", "days": "30"},
    "alerts/new/<uuid:draft_id>/person/<int:key>/": lambda _w, _: {
        "subject": "presumed_victim",
        "age_basis": "unknown",
        "go": "next",
    },
    "alerts/new/<uuid:draft_id>/<slug:name>/": lambda _w, _: {"narrative": "typed over", "go": "next"},
    "alerts/<slug:reference>/duties/<slug:code>/": lambda w, _: {
        "done_on": today(w, -1),
        "how": "by telephone",
    },
    "alerts/<slug:reference>/send/": lambda w, _: {
        "to_unit": OTHER(w),
        "purpose": "protect",
        "ground": "art. 13",
    },
    "alerts/<slug:reference>/close/": lambda w, _: {"outcome": "referred", "other": "", "receiver": OTHER(w)},
    "alerts/<slug:reference>/persons/": lambda _w, _: {"purpose": "protect"},
    "referrals/places/publish/": lambda w, _: {
        "free": "1",
        "valid_until_0": today(w, 1),
        "valid_until_1": "12:00",
    },
    "referrals/persons/new/alone/": lambda _w, _f: ABOUT,
    "referrals/persons/new/<slug:alert>/<uuid:person_id>/": lambda _w, _f: ABOUT,
    "referrals/persons/<slug:reference>/change/": lambda _w, _f: ABOUT,
    "referrals/persons/<slug:reference>/ground/": lambda w, _: {
        "to_unit": str(_unit("centre_worker", code=False)(w)),
        "purpose": "housing",
        "ground": "consent",
        "form": "oral",
        "given_on": today(w),
    },
    "referrals/persons/<slug:reference>/propose/<slug:code>/": lambda _w, _: {
        "purpose": "medical",
        "items": ["summary"],
        "ground": "consent",
        "form": "oral",
    },
    "referrals/grounds/<uuid:consent_id>/review/": lambda w, _: {"next_review": today(w, 9)},
    "referrals/<slug:reference>/refuse/": lambda _w, _: {"reason": "full"},
    "referrals/<slug:reference>/send/": lambda _w, _: {"items": ["summary"]},
    "referrals/<slug:reference>/identity/": lambda _w, _: {"purpose": "protect"},
    "protection/questions/<uuid:question_set>/": lambda _w, _f: YES,
    "protection/questions/<uuid:question_set>/event/": lambda w, _: {"event": "acquittal", "on": today(w)},
    "protection/new/alone/": lambda _w, _: {"track": "residence", "offence": "R10", "statement": ""},
    "protection/new/<slug:referral>/": lambda _w, _: {
        "track": "residence",
        "offence": "R10",
        "statement": "",
    },
    "protection/<slug:reference>/refuse/": lambda _w, _: {"words": "Not shown."},
    "protection/<slug:reference>/decide/<slug:move>/": lambda _w, _: {"declared": ["accompanied"]},
    "protection/<slug:reference>/refuse/<slug:move>/": lambda _w, _: {"words": "Not shown."},
    "protection/<slug:reference>/request/<slug:move>/": lambda _w, _: {"words": "She asks."},
    "protection/<slug:reference>/end/": lambda _w, _: {"ground": "G3", "words": "Left by ship."},
    "protection/<slug:reference>/ask/": lambda w, _: {
        "magistrate_unit": str(_unit("magistrate", code=False)(w))
    },
    "protection/<slug:reference>/statement/": lambda w, _: {"kind": "statement", "on": today(w)},
    "protection/<slug:reference>/event/": lambda w, _: {"event": "acquittal", "on": today(w)},
    "protection/<slug:reference>/hand-over/": lambda w, _: {
        "to_unit": str(_unit("other_centre_worker", code=False)(w)),
        "consent": "on",
    },
    "protection/<slug:reference>/dates/": lambda w, _: {"to_unit": str(_unit("inspector", code=False)(w))},
    "protection/<slug:reference>/identity/": lambda _w, _: {"purpose": "protect"},
}


def body(world: World, route: str, file: File | None) -> tuple[Any, str]:
    """(what is sent, its content type) to a route about a file."""
    if route in UPLOADS:
        return {"file": SimpleUploadedFile("said.txt", b"One more word.", "text/plain")}, "form"
    if route.startswith("api/"):
        made = _API[route](world, file) if route in _API else smallest(route)
        return dict(made), "application/json"
    return {**_FORMS.get(route, _empty)(world, file), "version": _version(file, route)}, "form"


def _empty(_world: World, _file: File | None) -> Body:
    return {}


def _version(file: File | None, route: str) -> str:
    """The version that a form carries of what it was opened on."""
    name = "consent" if "consent_id" in route else "version"
    return str(file.parts.get(name, 1)) if file is not None else "1"
