"""Grounds and proposals: on what a person's data leave our service, and for whom."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from fanal.access.gate import MemberRequest, requires
from fanal.access.rules import Permission
from fanal.directory import queries as directory
from fanal.errors import Refusal
from fanal.referrals import queries, services
from fanal.referrals.forms import ConsentForm, ProposeForm, ReviewForm
from fanal.referrals.rules.capacity import Answer
from fanal.referrals.views.common import law_now
from fanal.web.acts import keep, posted, require_form
from fanal.web.errors import into_form
from fanal.web.forms import Form, respond


@require_form
@requires(Permission.REFERRAL_PROPOSE)
def propose(request: MemberRequest, reference: str, code: str) -> HttpResponse:
    """Propose the person to a service: what is sent, and on what ground. Says whether it can take her now."""
    now = timezone.now()
    law, language = law_now(now), request.LANGUAGE_CODE
    found = services.read_matter(by=request.member, reference=reference, at=now)
    unit = directory.unit_by_code(code)
    standing = [
        ground for ground in found.grounds if ground.row.to_unit_id == unit.id and not ground.row.revoked_at
    ]
    options = queries.options(found.needs, request.member, at=now, on=law.on)
    own = next((option for option in options if option.unit.id == unit.id), None)
    form = ProposeForm(
        posted(request), law=law, language=language, known=found.held,
        stands=[ground.row.purpose for ground in standing],
    )  # fmt: skip
    if form.is_valid():
        try:
            row = services.propose(
                by=request.member, matter=reference, to_unit_id=unit.id, purpose=form.cleaned_data["purpose"],
                items=form.items_chosen(), given=form.given(), at=now,
            )  # fmt: skip
        except Refusal as refusal:
            into_form(request, form, refusal)
        else:
            messages.success(
                request, _("Proposed. %(unit)s is told at once.") % {"unit": unit.label(language)}
            )
            return redirect("referrals:referral", row.reference)
    context = {
        "matter": found.matter,
        "unit": unit.label(language),
        "law": law,
        "standing": standing,
        "fit": own.fit if own else None,
        "answer": queries.ANSWERS[own.fit.answer] if own else "",
        "reasons": queries.because(own.fit) if own else [],
        "others": [
            (option.unit.code, option.unit.label(language))
            for option in options
            if option.unit.id != unit.id and option.fit.answer is Answer.YES
        ],
        "cancel_url": reverse("referrals:person", args=[found.matter.reference]),
    }
    return respond(request, "referrals/propose.html", form, **context)


@require_form
@requires(Permission.CONSENT_RECORD)
def record_consent(request: MemberRequest, reference: str) -> HttpResponse:
    """Record a consent, or the ground in its place, before anything is sent."""
    now = timezone.now()
    law = law_now(now)
    matter = queries.matter(reference, request.member)
    units = queries.recipients(request.member, on=law.on)
    form = ConsentForm(posted(request), law=law, language=request.LANGUAGE_CODE, units=units)
    return keep(
        request, form, "referrals/consent.html",
        do=lambda: services.record_consent(
            by=request.member, matter=reference, to_unit_id=form.to_unit_id(),
            purpose=form.cleaned_data["purpose"], given=form.demand_given(), at=now,
        ),
        done=_("Recorded."), back=reverse("referrals:person", args=[matter.reference]), matter=matter,
    )  # fmt: skip


@require_form
@requires(Permission.CONSENT_RECORD)
def revoke_consent(request: MemberRequest, consent_id: UUID) -> HttpResponse:
    """End a ground: the service it was for sees nothing more, at once."""
    consent = queries.consent(consent_id, request.member)
    unit = consent.to_unit.label(request.LANGUAGE_CODE)
    return keep(
        request, Form(posted(request)), "web/confirm.html",
        do=lambda: services.revoke_consent(by=request.member, consent_id=consent_id, at=timezone.now()),
        done=_("Ended."), back=reverse("referrals:person", args=[consent.matter.reference]),
        act=_("End this consent") if not consent.exception else _("End this ground"),
        reference=consent.matter.reference, dangerous=True,
        consequences=[
            _("%(unit)s sees nothing more of what you sent for this purpose, at once.") % {"unit": unit},
            _("Referrals that rest on it are withdrawn; those that were done stay done."),
            _("It cannot be taken back: a new consent is recorded anew."),
        ],
    )  # fmt: skip


@require_form
@requires(Permission.CONSENT_RECORD)
def review(request: MemberRequest, consent_id: UUID) -> HttpResponse:
    """Say that an exception still stands, until when; or end it."""
    consent = queries.consent(consent_id, request.member)
    form = ReviewForm(posted(request))
    return keep(
        request, form, "referrals/review.html",
        do=lambda: services.review_exception(
            by=request.member, consent_id=consent_id, next_review=form.next_review(), at=timezone.now()
        ),
        done=_("Reviewed."), back=reverse("referrals:exceptions"),
        consent=consent, law=law_now(timezone.now()), reference=consent.matter.reference,
    )  # fmt: skip
