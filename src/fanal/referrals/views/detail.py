"""One referral: where it stands, what was sent, and the acts of each side."""

from collections.abc import Callable, Sequence

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fanal.access.gate import MemberRequest, requires
from fanal.access.rules import Permission
from fanal.errors import NotFound, Refusal
from fanal.referrals import queries, services
from fanal.referrals.forms import DoneForm, IdentityForm, RefuseForm, SendForm
from fanal.referrals.rules.moves import Act, Side, State
from fanal.referrals.views.common import law_now
from fanal.web.acts import keep, posted, require_form
from fanal.web.components import Phase, Stand
from fanal.web.errors import into_form
from fanal.web.forms import Form, respond

_NEEDS = {
    Act.ACCEPT: Permission.REFERRAL_ANSWER,
    Act.REFUSE: Permission.REFERRAL_ANSWER,
    Act.REPORT_DONE: Permission.REFERRAL_ANSWER,
    Act.SEND: Permission.REFERRAL_PROPOSE,
    Act.WITHDRAW: Permission.REFERRAL_PROPOSE,
    Act.END_GROUND: Permission.CONSENT_RECORD,
}


@require_safe
@requires(Permission.REFERRAL_READ)
def referral(request: MemberRequest, reference: str) -> HttpResponse:
    """One referral; opening it is traced for the service that proposed it."""
    now = timezone.now()
    file = services.read(by=request.member, reference=reference, at=now)
    law, member = law_now(now), request.member
    told = queries.told(file.content.about, law, request.LANGUAGE_CODE) if file.content else ()
    sent = dict(file.content.sent) if file.content else {}
    context = {
        "file": file,
        "row": file.referral,
        "law": law,
        "now": now,
        "told": told,
        "sent": [(queries.ITEMS[item], when) for item, when in sent.items()],
        "acts": {act.value for act in file.acts if member.may(_NEEDS[act])},
        "is_mine": file.side is Side.SENDER,
        "rail": _rail(file.referral),
        "may_know_who": file.has_identity and member.may(Permission.IDENTITY_READ),
        "matter": queries.matter_of(file.referral, member) if file.side is Side.SENDER else None,
        "may_see_who_looked": file.side is Side.SENDER and member.may(Permission.TRACE_READ),
    }
    return render(request, "referrals/referral.html", context)


def _rail(row: queries.Referral) -> list[Phase]:
    """Proposed, answered, done: what is behind, where it stands, what comes."""
    state = State(row.state)
    day = "{:%d.%m.%Y}".format
    steps = [(_("Proposed"), day(timezone.localtime(row.proposed_at)))]
    if state in (State.WITHDRAWN, State.ELSEWHERE, State.REFUSED):
        ended = timezone.localtime(row.ended_at or row.proposed_at)
        steps.append((str(row.get_state_display()).capitalize(), day(ended)))
        at = 1
    else:
        answered = day(timezone.localtime(row.answered_at)) if row.answered_at else _("answer awaited")
        ended_on = day(timezone.localtime(row.ended_at)) if row.ended_at else ""
        steps += [(_("Accepted"), answered), (_("Done"), ended_on)]
        at = {State.PROPOSED: 0, State.ACCEPTED: 1, State.DONE: 2}[state]
    stands = [Stand.PAST] * at + [Stand.NOW] + [Stand.NEXT] * 2
    return [Phase(title, detail, stand) for (title, detail), stand in zip(steps, stands, strict=False)]


@require_form
@requires(Permission.REFERRAL_ANSWER)
def accept(request: MemberRequest, reference: str) -> HttpResponse:
    """Accept the person for our service."""
    row = queries.referral(reference, request.member)
    return _confirm(
        request,
        row,
        _("Accept this person"),
        [
            _("%(unit)s is told at once.") % {"unit": row.from_unit.label(request.LANGUAGE_CODE)},
            _("Other services that were asked for the same purpose can no longer accept."),
        ],
        lambda: services.accept(by=request.member, reference=reference, at=timezone.now()),
        _("Accepted."),
    )


@require_form
@requires(Permission.REFERRAL_ANSWER)
def refuse(request: MemberRequest, reference: str) -> HttpResponse:
    """Refuse, for a reason; what was sent is no longer seen."""
    now = timezone.now()
    form = RefuseForm(posted(request), law=law_now(now), language=request.LANGUAGE_CODE)
    return _act(
        request,
        reference,
        form,
        _("Refuse this person"),
        _(
            "What was sent to you is no longer seen from then on. The service that asked you may ask another one."
        ),
        lambda: services.refuse(by=request.member, reference=reference, at=now, **form.cleaned_data),
        _("Refused."),
    )


@require_form
@requires(Permission.REFERRAL_ANSWER)
def report_done(request: MemberRequest, reference: str) -> HttpResponse:
    """Report back that what was asked is done."""
    form = DoneForm(posted(request))
    return _act(
        request,
        reference,
        form,
        _("Report that it is done"),
        _("The service that referred the person knows that she arrived and is helped."),
        lambda: services.report_done(
            by=request.member, reference=reference, at=timezone.now(), **form.cleaned_data
        ),
        _("Reported."),
    )


@require_form
@requires(Permission.REFERRAL_PROPOSE)
def withdraw(request: MemberRequest, reference: str) -> HttpResponse:
    """Take a proposal back before it is answered."""
    row = queries.referral(reference, request.member)
    unit = row.to_unit.label(request.LANGUAGE_CODE)
    return _confirm(
        request,
        row,
        _("Withdraw this proposal"),
        [_("%(unit)s no longer sees what was sent, and is told so.") % {"unit": unit}],
        lambda: services.withdraw(by=request.member, reference=reference, at=timezone.now()),
        _("Withdrawn."),
    )


@require_form
@requires(Permission.REFERRAL_PROPOSE)
def send(request: MemberRequest, reference: str) -> HttpResponse:
    """Send further items to the service that was asked."""
    now = timezone.now()
    row = queries.referral(reference, request.member)
    if queries.side(row, request.member) is not Side.SENDER:
        raise NotFound
    held = services.read_matter(by=request.member, reference=row.matter.reference, at=now).held
    form = SendForm(posted(request), known=held)
    return _act(
        request,
        reference,
        form,
        _("Send more"),
        _("It rests on the same ground, for the same purpose."),
        lambda: services.send(by=request.member, reference=reference, items=form.items_chosen(), at=now),
        _("Sent."),
    )


@require_form
@requires(Permission.IDENTITY_READ)
def identity(request: MemberRequest, reference: str) -> HttpResponse:
    """Show who the person is, for a purpose that is asked and traced first."""
    now = timezone.now()
    row = queries.referral(reference, request.member)
    form = IdentityForm(posted(request), law=law_now(now), language=request.LANGUAGE_CODE)
    context = {
        "reference": row.reference,
        "heading": _("Show the identity"),
        "lead": _("Who looks, when and why is recorded, and the service that owns the file reads it."),
        "cancel_url": reverse("referrals:referral", args=[reference]),
        "draft": False,
    }
    if form.is_valid():
        try:
            shown = services.reveal_identity(
                by=request.member, reference=reference, at=now, **form.cleaned_data
            )
        except Refusal as refusal:
            into_form(request, form, refusal)
        else:
            return render(request, "referrals/identity.html", {**context, "identity": shown})
    return respond(request, "referrals/act.html", form, **context)


def _act(
    request: MemberRequest,
    reference: str,
    form: Form,
    heading: str,
    lead: str,
    act: Callable[[], object],
    done: str,
) -> HttpResponse:
    row = queries.referral(reference, request.member)
    back = reverse("referrals:referral", args=[row.reference])
    return keep(
        request, form, "referrals/act.html", do=act, done=done, back=back,
        reference=row.reference, heading=heading, lead=lead,
    )  # fmt: skip


def _confirm(
    request: MemberRequest,
    row: queries.Referral,
    heading: str,
    consequences: Sequence[str],
    act: Callable[[], object],
    done: str,
) -> HttpResponse:
    back = reverse("referrals:referral", args=[row.reference])
    return keep(
        request, Form(posted(request)), "web/confirm.html", do=act, done=done, back=back,
        act=heading, reference=row.reference, consequences=consequences,
    )  # fmt: skip
