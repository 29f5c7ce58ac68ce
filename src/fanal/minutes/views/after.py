"""After the session: the draft goes round, remarks, approval, addenda, and the minutes as a file."""

from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fanal.access.gate import MemberRequest, requires
from fanal.access.rules import Permission
from fanal.errors import NotFound
from fanal.minutes import queries, services
from fanal.minutes.forms import AddendumForm, ApproveForm, CirculateForm, RemarkAnswerForm, RemarkForm
from fanal.minutes.views.common import act, chosen, page_context, seen, session_url
from fanal.web.acts import posted, require_form
from fanal.web.downloads import attached


@require_form
@requires(Permission.MEETING_PREPARE)
def circulate(request: MemberRequest, reference: str) -> HttpResponse:
    """Give the draft round for remarks."""
    sheet, _eye, _now = seen(request, reference)
    form = CirculateForm(posted(request))
    form.fields["until"].help_text = _(
        "Empty: the usual time. Each seat is told; its approval stands on the next agenda."
    )
    return act(
        request, form,
        do=lambda: services.circulate(
            by=request.member, reference=reference, until=form.cleaned_data["until"], at=timezone.now()
        ),
        done=_("The draft was given round. Its approval stands on the next agenda by itself."),
        back=session_url(reference), heading=_("Give the draft round"), **page_context(sheet),
    )  # fmt: skip


@require_form
@requires(Permission.ITEM_PROPOSE)
def remark(request: MemberRequest, reference: str) -> HttpResponse:
    """Say what is wrong in minutes that were given round."""
    sheet, _eye, _now = seen(request, reference)
    form = RemarkForm(posted(request), items=chosen(sheet), initial={"item": request.GET.get("item", "")})
    return act(
        request, form,
        do=lambda: services.remark(
            by=request.member, reference=reference, text=form.cleaned_data["text"], item_id=form.item_id(),
            at=timezone.now(),
        ),
        done=_("Your remark is noted; who prepares the meeting answers it."), back=session_url(reference),
        heading=_("Remark on the minutes"), **page_context(sheet),
    )  # fmt: skip


@require_form
@requires(Permission.MEETING_PREPARE)
def answer_remark(request: MemberRequest, reference: str, remark_id: UUID) -> HttpResponse:
    """Take a remark over, or say why not."""
    sheet, _eye, _now = seen(request, reference)
    every = [*sheet.remarks, *(each for item in sheet.items for each in item.remarks)]
    found = next((each for each in every if each.id == remark_id), None)
    if found is None:
        raise NotFound
    form = RemarkAnswerForm(posted(request))
    return act(
        request, form,
        do=lambda: services.answer_remark(
            by=request.member, reference=reference, remark_id=remark_id,
            taken=form.cleaned_data["taken"] == "yes", answer=form.cleaned_data["answer"], at=timezone.now(),
        ),
        done=_("The remark is answered."), back=session_url(reference), heading=_("Answer a remark"),
        lead=f"{sheet.label(found.seat)}: {found.text}", **page_context(sheet),
    )  # fmt: skip


@require_form
@requires(Permission.MEETING_PREPARE)
def approve(request: MemberRequest, reference: str) -> HttpResponse:
    """Approve minutes at a later meeting."""
    sheet, eye, _now = seen(request, reference)
    later = queries.every(eye, body_code=sheet.row.body).filter(held_on__gt=sheet.row.held_on)
    newest = later.order_by("-held_on").first()
    form = ApproveForm(posted(request), initial={"meeting": newest.reference if newest else ""})
    return act(
        request, form,
        do=lambda: services.approve(
            by=request.member, reference=reference, meeting=form.cleaned_data["meeting"], at=timezone.now()
        ),
        done=_("The minutes are approved. They change no more."), back=session_url(reference),
        heading=_("Approve the minutes"),
        lead=_("Approved minutes change no more, for nobody. Corrections are addenda, dated and signed."),
        **page_context(sheet),
    )  # fmt: skip


@require_form
@requires(Permission.MEETING_PREPARE)
def add_addendum(request: MemberRequest, reference: str) -> HttpResponse:
    """Correct approved minutes."""
    sheet, _eye, _now = seen(request, reference)
    form = AddendumForm(posted(request), items=chosen(sheet))
    return act(
        request, form,
        do=lambda: services.add_addendum(
            by=request.member, reference=reference, text=form.cleaned_data["text"], item_id=form.item_id(),
            at=timezone.now(),
        ),
        done=_("The addendum is added, dated and signed."), back=session_url(reference),
        heading=_("Add an addendum"), lead=_("What was approved stays as it is; the addendum follows it."),
        **page_context(sheet),
    )  # fmt: skip


@require_safe
@requires(Permission.MEETING_READ)
def paper(request: MemberRequest, reference: str, format: str) -> HttpResponse:
    """The minutes as PDF, DOCX or ODT, with what the reader sees."""
    return _file(request, reference, format, None)


@require_safe
@requires(Permission.MEETING_READ)
def extract(request: MemberRequest, reference: str, item_id: UUID, format: str) -> HttpResponse:
    """One item of the minutes as a file."""
    return _file(request, reference, format, item_id)


def _file(request: MemberRequest, reference: str, format: str, item_id: UUID | None) -> HttpResponse:
    made = services.paper(
        by=request.member, reference=reference, format=format, item_id=item_id,
        language=request.GET.get("language", ""), at=timezone.now(),
    )  # fmt: skip
    return attached(made.name, made.media_type, made.content)
