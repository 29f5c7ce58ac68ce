"""What is written in the register, each act on a page of its own."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from fanal.access.gate import MemberRequest, requires
from fanal.access.rules import Permission
from fanal.bodies import queries as bodies
from fanal.bodies import services as circles
from fanal.decisions import forms, queries, rules, services
from fanal.decisions.queries import Decision
from fanal.decisions.rules import State
from fanal.directory import queries as directory
from fanal.errors import NotAllowed
from fanal.web.acts import keep, posted, require_form
from fanal.web.etags import demand_match, form_version
from fanal.web.forms import Form


def _page(number: str) -> str:
    return reverse("decisions:decision", args=[number])


def _act(
    request: MemberRequest,
    form: Form,
    back: str,
    *,
    do: Callable[[], object],
    done: str,
    heading: str,
    lead: str = "",
    submit: str = "",
    **context: object,
) -> HttpResponse:
    """Show the form of an act, or do it, say so and go back."""
    return keep(
        request, form, "decisions/act.html", do=do, done=done, back=back, heading=heading, lead=lead,
        after=lambda made: _page(made.number) if isinstance(made, Decision) else back,
        submit=submit or _("Save"), **context,
    )  # fmt: skip


@require_form
@requires(Permission.MEETING_PREPARE)
def record(request: MemberRequest) -> HttpResponse:
    """Write a decision down, one of today or one of 1995."""
    member, language, now = request.member, request.LANGUAGE_CODE, timezone.now()
    on = timezone.localdate(now)
    mine = [it for it in bodies.bodies(member, on) if bodies.my_seats(member, on)[it.code].prepares]
    if not mine:
        raise NotAllowed("seat_does_not_prepare", _("Only the chair and the secretariat of a body do this."))
    every = bodies.every_seat(on)
    seats = [(body, seat) for body in mine for seat in every.get(body.code, ())]
    names = directory.labels({unit for _body, seat in seats for unit in seat.unit_ids}, language)
    kinds = dict(bodies.SeatKinds.choices)
    form = forms.RecordForm(
        posted(request),
        bodies=[(it.code, it.label(language)) for it in mine],
        owners=sorted(names.items(), key=lambda it: it[1].casefold()),
        seats=[
            (seat.id, f"{body.short(language)}: {seat.label} ({kinds[seat.kind]})") for body, seat in seats
        ],
        body=request.GET.get("body", mine[0].code),
    )

    def act() -> Decision:
        said = form.cleaned_data
        wall = None
        if said["seats"]:
            wall = circles.restrict(by=member, body_code=said["body"], seat_ids=said["seats"], at=now)
        return services.record(
            by=member, body_code=said["body"], title=said["title"], text=said["text"], taken_on=said["taken_on"],
            owner_unit_ids=said["owners"], due_on=said["due_on"], compartment_id=wall, origin=said["origin"],
            origin_url=said["origin_url"], at=now,
        )  # fmt: skip

    return _act(
        request, form, reverse("decisions:list"), do=act, done=_("The decision stands in the register."),
        heading=_("Record a decision"),
        lead=_("What a meeting decides comes with its minutes; here stands what was decided before or elsewhere."),
    )  # fmt: skip


def _prepared(request: MemberRequest, number: str) -> Decision:
    on = timezone.localdate()
    row = queries.get(number, request.member, on=on)
    bodies.demand_prepares(row.body.code, request.member, on)
    return row


@require_form
@requires(Permission.DECISION_FOLLOW)
def follow(request: MemberRequest, number: str) -> HttpResponse:
    """Say how far a decision is, with what shows it."""
    member, on = request.member, timezone.localdate()
    row = queries.get(number, member, on=on)
    services.demand_follows(row, member, on)
    state = State(row.state)
    seat = bodies.my_seat(row.body.code, member, on)
    allowed = [it for it in (state, *sorted(rules.MOVES[state])) if rules.may_move(state, it)]
    if seat is None or not seat.prepares:
        allowed = [it for it in allowed if it is not State.DROPPED]
    form = forms.FollowForm(posted(request), states=allowed, now=row.state)

    def act() -> Decision:
        demand_match(request, row.version)
        said = form.cleaned_data
        return services.follow(
            by=member, number=number, state=State(said["state"]), note=said["note"], link=said["link"],
            version=row.version, at=timezone.now(),
        )  # fmt: skip

    return _act(
        request, form, _page(row.number), do=act, done=_("Noted."), heading=_("How far is it?"), lead=row.title,
        version=form_version(row.version),
    )  # fmt: skip


@require_form
@requires(Permission.MEETING_PREPARE)
def reschedule(request: MemberRequest, number: str) -> HttpResponse:
    """Give a decision another due date."""
    row = _prepared(request, number)
    form = forms.RescheduleForm(posted(request), due_on=row.due_on)

    def act() -> Decision:
        demand_match(request, row.version)
        return services.reschedule(
            by=request.member, number=number, version=row.version, at=timezone.now(), **form.cleaned_data
        )

    return _act(
        request, form, _page(row.number), do=act, done=_("The due date is changed."),
        heading=_("Change the due date"), lead=row.title, version=form_version(row.version),
    )  # fmt: skip


@require_form
@requires(Permission.MEETING_PREPARE)
def supersede(request: MemberRequest, number: str) -> HttpResponse:
    """Say which decision stands in the place of this one."""
    row = _prepared(request, number)
    form = forms.SupersedeForm(posted(request))
    return _act(
        request, form, _page(row.number),
        do=lambda: services.supersede(
            by=request.member, number=number, at=timezone.now(), **form.cleaned_data
        ),
        done=_("Another decision stands in its place."), heading=_("Superseded by another decision"),
        lead=row.title,
    )  # fmt: skip


@require_form
@requires(Permission.MEETING_PREPARE)
def publish_extract(request: MemberRequest, number: str) -> HttpResponse:
    """Write what the public reads of a decision."""
    row = _prepared(request, number)
    there = queries.extract(row.number)
    shown = there or row
    form = forms.ExtractForm(
        posted(request),
        languages=settings.LANGUAGES,
        initial={
            "title": shown.title,
            "text": shown.text,
            "language": there.language if there else request.LANGUAGE_CODE,
        },
    )

    def act() -> Decision:
        services.publish_extract(by=request.member, number=number, at=timezone.now(), **form.cleaned_data)
        return row

    return _act(
        request, form, _page(row.number), do=act, done=_("The extract is public."),
        heading=_("Public extract"), submit=_("Publish"),
        lead=_("Only where the body decided so. It appears at once on the public page."),
    )  # fmt: skip


@require_form
@requires(Permission.MEETING_PREPARE)
def withdraw_extract(request: MemberRequest, number: str) -> HttpResponse:
    """Take a public extract back."""
    row = _prepared(request, number)
    form = forms.WhyForm(posted(request))
    return _act(
        request, form, _page(row.number),
        do=lambda: services.withdraw_extract(
            by=request.member, number=number, at=timezone.now(), **form.cleaned_data
        ),
        done=_("The extract is no longer public."), heading=_("Withdraw the public extract"), lead=row.title,
        submit=_("Withdraw"),
    )  # fmt: skip
