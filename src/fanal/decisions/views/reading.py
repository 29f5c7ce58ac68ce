"""One decision: what was decided, who answers for it, what was done, and for whom it is."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from fanal.access import queries as access
from fanal.access.gate import MemberRequest, requires
from fanal.access.rules import Permission
from fanal.bodies import queries as bodies
from fanal.decisions import queries, rules
from fanal.decisions.views.lists import state_tag
from fanal.directory import queries as directory


@require_safe
@requires(Permission.DECISION_READ)
def decision(request: MemberRequest, number: str) -> HttpResponse:
    """One decision with its whole history. `NotFound` when there is none, or none that the member may read."""
    member, language = request.member, request.LANGUAGE_CODE
    on = timezone.localdate()
    row = queries.get(number, member, on=on)
    steps = queries.steps(row, member, on)
    seat = bodies.my_seat(row.body.code, member, on)
    prepares = seat is not None and seat.prepares and member.may(Permission.MEETING_PREPARE)
    restricted = row.compartment_id != row.body.compartment_id
    named = bodies.circle_of(row.compartment_id, member) if restricted else ()
    state = rules.State(row.state)
    context = {
        "row": row,
        "body": row.body.label(language),
        "tag": state_tag(row, on),
        "owners": list(directory.labels(row.owners, language).values()),
        "steps": [(step, step.unit.short(language)) for step in steps],
        "names": access.names_of({step.by for step in steps}),
        "restricted": restricted,
        "seats": [it.label for it in bodies.seats(row.body.code, on) if it.id in named] if restricted else [],
        "extract": queries.extract(row.number),
        "supersedes": list(queries.visible(member, on).filter(superseded_by=row).order_by("number")),
        "prepares": prepares,
        "may_follow": (prepares or member.unit_id in row.owners)
        and state is not rules.State.SUPERSEDED
        and member.may(Permission.DECISION_FOLLOW),
        "is_open": state in rules.OPEN,
        "is_final": state is rules.State.SUPERSEDED,
    }
    return render(request, "decisions/decision.html", context)
