"""One item in session: what is written of it while one speaks, what becomes of it, who does what."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from fanal.access import queries as access
from fanal.access.gate import MemberRequest, requires
from fanal.access.rules import Permission
from fanal.bodies import queries as bodies
from fanal.errors import Invalid, NotFound, Refusal
from fanal.minutes import queries, services
from fanal.minutes.forms import ActionForm, BallotForm, NoteForm, OutcomeForm, VoteForm
from fanal.minutes.rules import attendance
from fanal.minutes.rules.merging import changed
from fanal.minutes.rules.text import plain_lines
from fanal.minutes.views.common import act, page_context, seat_units, seen, session_url
from fanal.web.acts import posted, require_form
from fanal.web.errors import into_form
from fanal.web.forms import Form


def item_url(reference: str, item_id: UUID) -> str:
    """The page of one item of a session."""
    return reverse("minutes:item", args=[reference, item_id])


def _treated(sheet: queries.Sheet, item_id: UUID) -> queries.Treated:
    found = next((each for each in sheet.items if each.line.item_id == item_id), None)
    if found is None:
        raise NotFound
    return found


def _outcome_form(
    request: MemberRequest, sheet: queries.Sheet, found: queries.Treated, data: Any
) -> OutcomeForm:
    there = attendance.there(sheet.noted, sheet.at)
    excluded = set(found.line.excluded)
    voting = [seat for seat in sheet.seats if seat.votes and seat.id in there and seat.id not in excluded]
    others = [
        (each.code, each.label(request.member.language))
        for each in bodies.everybody(sheet.eye.on)
        if each.code in sheet.eye.seats and each.code != sheet.row.body
    ]
    initial = {"text": found.ballot.row.motion if found.ballot else ""}
    return OutcomeForm(
        data,
        units=seat_units(sheet.seats, request.member.language),
        others=others,
        voting=voting,
        initial=initial,
    )


def _page(
    request: MemberRequest, sheet: queries.Sheet, found: queries.Treated, status: int = 200, **forms: Form
) -> HttpResponse:
    """The page of one item with its forms; those that were sent come back with what is wrong."""
    places = [each.line.item_id for each in sheet.items]
    here = places.index(found.line.item_id)
    note = NoteForm(initial={"words": found.text, "base": found.note.version if found.note else 0})
    context = page_context(
        sheet,
        item=found,
        line=found.line,
        quorum=queries.words.quorum(found.quorum),
        said=queries.words.outcome(found),
        votes=queries.words.votes(found, sheet.label),
        excluded=[sheet.label(each) for each in found.line.excluded],
        seats=[sheet.label(each) for each in found.line.seats],
        before=item_url(sheet.row.reference, places[here - 1]) if here else "",
        after=item_url(sheet.row.reference, places[here + 1]) if here + 1 < len(places) else "",
        text=found.text,
        version=None,
        note_form=forms.get("note", note),
        outcome_form=forms.get("outcome") or _outcome_form(request, sheet, found, None),
        action_form=forms.get("action") or ActionForm(units=seat_units(sheet.seats, request.member.language)),
        ballot_form=forms.get("ballot") or BallotForm(),
        wrong=next(iter(forms.values()), None),
    )
    return render(request, "minutes/item.html", context, status=status)


@require_safe
@requires(Permission.MEETING_READ)
def item(request: MemberRequest, reference: str, item_id: UUID) -> HttpResponse:
    """One item of a session."""
    sheet, _eye, _now = seen(request, reference)
    return _page(request, sheet, _treated(sheet, item_id))


@require_POST
@requires(Permission.MEETING_PREPARE)
def save_note(request: MemberRequest, reference: str, item_id: UUID) -> HttpResponse:
    """Save what a window has of an item: an answer for the script, or the page again for a browser without one."""
    form = NoteForm(request.POST)
    wants_data = "application/json" in request.headers.get("Accept", "")
    if not form.is_valid():
        if wants_data:
            raise Invalid("unreadable", _("This request cannot be read."))
        return _again(request, reference, item_id, note=form)
    data = form.cleaned_data
    try:
        kept = services.save_note(
            by=request.member, reference=reference, item_id=item_id, words=data["words"], base=data["base"],
            window=data["window"], at=timezone.now(),
        )  # fmt: skip
    except Refusal as refusal:
        if wants_data:
            response = JsonResponse(
                {"refused": str(refusal.message), "code": refusal.code}, status=refusal.status
            )
            response.refusal = refusal  # type: ignore[attr-defined]
            return response
        into_form(request, form, refusal)
        return _again(request, reference, item_id, note=form)
    if wants_data:
        return JsonResponse({"text": kept.text, "version": kept.version, "conflicts": kept.conflicts})
    if kept.conflicts:
        messages.warning(
            request, _("Somebody changed the same lines: both versions stand between marks. Choose.")
        )
    else:
        messages.success(request, _("Saved."))
    return redirect(item_url(reference, item_id))


def _again(request: MemberRequest, reference: str, item_id: UUID, **forms: Form) -> HttpResponse:
    sheet, _eye, _now = seen(request, reference)
    return _page(request, sheet, _treated(sheet, item_id), 422, **forms)


@require_safe
@requires(Permission.MEETING_PREPARE)
def text(request: MemberRequest, reference: str, item_id: UUID) -> HttpResponse:
    """What is written of an item by now; 204 when it is still version `?since=`."""
    eye = queries.sight(request.member, timezone.now())
    row = queries.minutes(reference, eye)
    bodies.demand_prepares(row.body, request.member, eye.on)
    note = queries.note(row, item_id, eye)
    version = note.version if note else 0
    if request.GET.get("since") == str(version):
        return HttpResponse(status=204)
    return JsonResponse({"text": note.text if note else "", "version": version})


@require_POST
@requires(Permission.MEETING_PREPARE)
def paste(request: MemberRequest) -> HttpResponse:
    """What was pasted, as plain lines; nothing is written."""
    return JsonResponse({"text": plain_lines(request.POST.get("html", ""))})


@require_safe
@requires(Permission.MEETING_PREPARE)
def history(request: MemberRequest, reference: str, item_id: UUID) -> HttpResponse:
    """Every version of what was written of an item, the latest first, with what each changed."""
    sheet, eye, _now = seen(request, reference)
    found = _treated(sheet, item_id)
    bodies.demand_prepares(sheet.row.body, request.member, eye.on)
    rows = queries.versions(sheet.row, item_id, eye)
    names = access.names_of({row.by for row in rows})
    befores = ["", *(row.text for row in rows)]
    steps = [
        (row, names.get(row.by, ""), list(changed(before, row.text)))
        for before, row in zip(befores, rows, strict=False)
    ]
    context = page_context(sheet, line=found.line, steps=steps[::-1][:200])
    return render(request, "minutes/history.html", context)


@require_form
@requires(Permission.MEETING_PREPARE)
def conclude(request: MemberRequest, reference: str, item_id: UUID) -> HttpResponse:
    """Note what becomes of an item; a decision enters the register from here."""
    sheet, _eye, _now = seen(request, reference)
    found = _treated(sheet, item_id)
    form = _outcome_form(request, sheet, found, posted(request))
    if form.is_bound and form.is_valid():
        try:
            made = services.conclude(
                by=request.member,
                reference=reference,
                item_id=item_id,
                outcome=form.value(),
                at=timezone.now(),
            )
        except Refusal as refusal:
            into_form(request, form, refusal)
        else:
            said = _("Noted. It stands in the register as %(number)s.") % {"number": made.decision}
            messages.success(request, said if made.decision else _("Noted."))
            return redirect(item_url(reference, item_id))
    return _page(request, sheet, found, 422 if form.errors else 200, outcome=form)


@require_form
@requires(Permission.MEETING_PREPARE)
def open_ballot(request: MemberRequest, reference: str, item_id: UUID) -> HttpResponse:
    """Put a motion to the vote: each seat votes from its own place."""
    sheet, _eye, _now = seen(request, reference)
    found = _treated(sheet, item_id)
    form = BallotForm(posted(request))
    if form.is_bound and form.is_valid():
        try:
            services.open_ballot(
                by=request.member, reference=reference, item_id=item_id, motion=form.cleaned_data["motion"],
                at=timezone.now(),
            )  # fmt: skip
        except Refusal as refusal:
            into_form(request, form, refusal)
        else:
            messages.success(request, _("The vote is open. Each seat finds it on its home page."))
            return redirect(item_url(reference, item_id))
    return _page(request, sheet, found, 422 if form.errors else 200, ballot=form)


@require_form
@requires(Permission.VOTE)
def cast(request: MemberRequest, reference: str, ballot_id: UUID) -> HttpResponse:
    """Vote for one's own seat."""
    sheet, _eye, _now = seen(request, reference)
    found = next((each for each in sheet.items if each.ballot and each.ballot.row.id == ballot_id), None)
    if found is None or found.ballot is None:
        raise NotFound
    mine = found.ballot.votes.get(sheet.mine.id, "")
    form = VoteForm(posted(request), initial={"choice": mine})
    return act(
        request, form,
        do=lambda: services.cast(
            by=request.member, reference=reference, ballot_id=ballot_id, choice=form.cleaned_data["choice"],
            at=timezone.now(),
        ),
        done=_("Your vote is noted. You may change it until the vote is closed."), back=session_url(reference),
        heading=_("Vote"), lead=found.ballot.row.motion, **page_context(sheet),
    )  # fmt: skip


@require_form
@requires(Permission.MEETING_PREPARE)
def add_action(request: MemberRequest, reference: str, item_id: UUID) -> HttpResponse:
    """Note who does what until when."""
    sheet, _eye, _now = seen(request, reference)
    found = _treated(sheet, item_id)
    form = ActionForm(posted(request), units=seat_units(sheet.seats, request.member.language))
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        try:
            services.add_action(
                by=request.member, reference=reference, item_id=item_id, text=data["text"],
                unit_id=int(data["unit"]), due_on=data["due_on"], at=timezone.now(),
            )  # fmt: skip
        except Refusal as refusal:
            into_form(request, form, refusal)
        else:
            messages.success(request, _("The action point is noted."))
            return redirect(item_url(reference, item_id))
    return _page(request, sheet, found, 422 if form.errors else 200, action=form)


@require_form
@requires(Permission.DECISION_FOLLOW)
def finish_action(request: MemberRequest, reference: str, action_id: UUID) -> HttpResponse:
    """Say that an action point is done."""
    sheet, _eye, _now = seen(request, reference)
    found = next((each for item in sheet.items for each in item.actions if each.id == action_id), None)
    if found is None:
        raise NotFound
    return act(
        request, Form(posted(request)),
        do=lambda: services.finish_action(by=request.member, action_id=action_id, at=timezone.now()),
        done=_("It is done."), back=session_url(reference), template="web/confirm.html", act=_("Say that it is done"),
        consequences=[found.text], **page_context(sheet),
    )  # fmt: skip
