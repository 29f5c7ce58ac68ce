"""The pages of an item: proposing it, reading it with its history, changing it, its papers."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from fanal.access.gate import MemberRequest, requires
from fanal.access.rules import Permission
from fanal.bodies.rules import SeatHeld
from fanal.errors import NotFound
from fanal.meetings import queries, services
from fanal.meetings.forms import AnnexForm, ItemForm, ProposeForm, WhyForm
from fanal.meetings.queries import Aim, Item, Outcome, Source
from fanal.meetings.queries import ItemState as State
from fanal.meetings.views.common import body_names, look, page_of, seats_by_id
from fanal.meetings.views.lists import item_tag
from fanal.web.acts import keep, posted, require_form
from fanal.web.etags import form_version


def _page(row: Item) -> str:
    return reverse("meetings:item", args=[row.reference])


@require_safe
@requires(Permission.MEETING_READ)
def item(request: MemberRequest, reference: str) -> HttpResponse:
    """What an item says, where it stands, its papers, and what happened to it."""
    now = timezone.now()
    eye = look(request, now)
    row = queries.item(reference, eye)
    names, seats = body_names(eye, request.LANGUAGE_CODE), seats_by_id(row.body, eye)
    past = queries.history(row, eye)
    seat = eye.seats[row.body]
    is_mine = seat.prepares or seat.id == row.seat or row.unit_id == request.member.unit_id
    context = {
        "row": row,
        "tag": item_tag(row),
        "body": names[row.body],
        "aim": str(Aim(row.aim).label),
        "source": str(Source(row.source).label),
        "proposer": seats[row.seat].label if row.seat in seats else row.unit.label(request.LANGUAGE_CODE),
        "named": [seats[each].label for each in row.seats if each in seats],
        "annexes": [
            (paper, _named(paper, row, seats)) for paper in queries.annexes([row.id], eye).get(row.id, ())
        ],
        "history": [_told(step, request.LANGUAGE_CODE, names) for step in past.steps],
        "chain": [(each, names[each.body]) for each in past.chain if each.id != row.id],
        "points": list(queries.stands(row, eye)),
        "may_change": is_mine and row.state == State.OPEN and request.member.may(Permission.ITEM_PROPOSE),
        "may_annex": row.state == State.OPEN and request.member.may(Permission.ITEM_PROPOSE),
        "is_chair": seat.kind == "chair" and request.member.may(Permission.MEETING_PREPARE),
        "now": now,
    }
    return render(request, "meetings/item.html", context)


def _named(paper: queries.Annex, row: Item, seats: dict[UUID, SeatHeld]) -> list[str]:
    """For which seats alone a paper is; empty where everybody who sees the item sees it."""
    if set(paper.seats) == set(row.seats):
        return []
    return [seats[each].label for each in paper.seats if each in seats]


@dataclass(frozen=True, slots=True)
class Told:
    """One line of a history in words."""

    at: datetime
    words: str
    why: str
    meeting: str
    unit: str


def _told(step: queries.Step, language: str, names: dict[str, str]) -> Told:
    return Told(
        at=step.at,
        words=_words(step, names),
        why=step.words,
        meeting=step.meeting.reference if step.meeting else "",
        unit=step.unit.label(language),
    )


def _words(step: queries.Step, names: dict[str, str]) -> str:
    facts = step.facts
    until = date.fromisoformat(facts["until"]).strftime("%d.%m.%Y") if "until" in facts else ""
    if step.act == "settled":
        told = str(Outcome(facts["outcome"]).label)
        where = names.get(facts.get("to", ""), "")
        return " · ".join(filter(None, (told, until, where)))
    words = {
        "proposed": pgettext("item", "proposed"),
        "amended": pgettext("item", "changed"),
        "placed": _("put on the agenda"),
        "taken_off": _("taken off the agenda, not before %(day)s") % {"day": until},
        "late_asked": _("asked to come late"),
        "admitted": _("taken as a late item by the chair"),
        "left_for_next": _("left for the next meeting by the chair"),
        "excluded": _("seats that do not vote on it noted"),
        "sent_here": _("sent here by: %(body)s") % {"body": names.get(facts.get("from", ""), "–")},
        "annexed": _("paper added"),
        "withdrawn": pgettext("outcome", "withdrawn"),
        "lapsed": pgettext("item", "no longer due"),
    }
    return words[step.act]


@require_form
@requires(Permission.ITEM_PROPOSE)
def propose(request: MemberRequest) -> HttpResponse:
    """Propose an item to a body (`?body=`), or for a meeting (`?meeting=`)."""
    now = timezone.now()
    eye = look(request, now)
    goal = queries.meeting(request.GET["meeting"], eye) if request.GET.get("meeting") else None
    body = goal.body if goal else request.GET.get("body", "")
    names = body_names(eye, request.LANGUAGE_CODE)
    if not body and len(names) == 1:
        body = next(iter(names))
    if body not in names:
        if not names or body:
            raise NotFound
        return render(request, "meetings/which.html", {"bodies": names})
    coming = queries.meetings(eye, body_code=body).filter(state__in=["draft", "convened"], begins_at__gt=now)
    meetings = {row.reference: row for row in coming.order_by("begins_at")[:24]} | (
        {goal.reference: goal} if goal else {}
    )
    form = ProposeForm(
        posted(request),
        meetings=[
            (ref, f"{ref} · {timezone.localtime(row.begins_at):%d.%m.%Y}") for ref, row in meetings.items()
        ],
        seats=seats_by_id(body, eye).values(),
        initial={"meeting": goal.reference if goal else ""},
    )
    return keep(
        request, form, "meetings/form.html",
        do=lambda: services.propose(by=request.member, body_code=body, at=now, **form.cleaned_data),
        done=_("Proposed."), back=page_of(goal) if goal else reverse("meetings:items"),
        after=_page, heading=_("Propose an item"), title=names[body], submit=_("Propose it"),
    )  # fmt: skip


@require_form
@requires(Permission.ITEM_PROPOSE)
def amend(request: MemberRequest, reference: str) -> HttpResponse:
    """Change what an item says."""
    now = timezone.now()
    row = queries.item(reference, look(request, now))
    initial = {"title": row.heading} | {name: getattr(row, name) for name in ("aim", "text", "minutes")}
    form = ItemForm(posted(request), initial=initial)
    version = int(request.POST.get("version", "0") or 0) if request.method == "POST" else None
    return keep(
        request, form, "meetings/form.html",
        do=lambda: services.amend(
            by=request.member, reference=reference, at=now, version=version, **form.cleaned_data
        ),
        done=_("Changed."), back=_page(row), heading=_("Change the item"), reference=row.reference,
        version=form_version(version if version is not None else row.version),
    )  # fmt: skip


@require_form
@requires(Permission.ITEM_PROPOSE)
def withdraw(request: MemberRequest, reference: str) -> HttpResponse:
    """Withdraw an item."""
    now = timezone.now()
    row = queries.item(reference, look(request, now))
    form = WhyForm(posted(request))
    return keep(
        request, form, "meetings/form.html",
        do=lambda: services.withdraw(by=request.member, reference=reference, at=now, **form.cleaned_data),
        done=_("Withdrawn."), back=_page(row), heading=_("Withdraw the item"), reference=row.reference,
        title=row.heading,
    )  # fmt: skip


@require_form
@requires(Permission.ITEM_PROPOSE)
def annex(request: MemberRequest, reference: str) -> HttpResponse:
    """Add a paper to an item."""
    now = timezone.now()
    eye = look(request, now)
    row = queries.item(reference, eye)
    seats = [seat for seat in seats_by_id(row.body, eye).values() if not row.seats or seat.id in row.seats]
    files = request.FILES if request.method == "POST" else None
    form = AnnexForm(posted(request), files, seats=seats, initial={"submission": uuid4()})
    return keep(
        request, form, "meetings/form.html", do=lambda: _annexed(request, form, reference, now),
        done=_("Added. The file is checked now."), back=_page(row), heading=_("Add a paper"),
        reference=row.reference, title=row.heading, draft=False,
    )  # fmt: skip


def _annexed(request: MemberRequest, form: AnnexForm, reference: str, now: datetime) -> None:
    given = form.cleaned_data
    services.annex(
        by=request.member, reference=reference, title=given["title"], name=given["file"].name or "",
        data=given["file"].read(), seats=given["seats"], submission=given["submission"], at=now,
    )  # fmt: skip


@require_safe
@requires(Permission.MEETING_READ)
def paper(request: MemberRequest, reference: str) -> HttpResponse:
    """A paper by its reference: leads to its item, where its file hangs."""
    found = queries.paper(reference, look(request, timezone.now()))
    return redirect(f"{_page(found.item)}#{found.reference}")
