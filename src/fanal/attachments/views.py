"""Pages of attachments: add one, follow its reading, look at it, take it out."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fanal.access.gate import MemberRequest, requires
from fanal.access.rules import Permission
from fanal.attachments import queries, services
from fanal.attachments.forms import AddForm, CopyForm, PurposeForm
from fanal.attachments.queries import State
from fanal.country import queries as country
from fanal.errors import NotFound, Refusal
from fanal.web.acts import require_form
from fanal.web.downloads import attached
from fanal.web.errors import into_form
from fanal.web.forms import respond


@require_form
@requires(Permission.ATTACHMENT_ADD)
def add(request: MemberRequest, host: str, object_id: UUID) -> HttpResponse:
    """The attachments of an object, and the form that adds one."""
    now, member = timezone.now(), request.member
    panel = services.panel(by=member, kind=host, object_id=object_id, at=now)
    posted = request.method == "POST"
    form = AddForm(
        request.POST if posted else None,
        request.FILES if posted else None,
        initial={"submission": uuid4()},
    )
    if form.is_bound and form.is_valid():
        try:
            added = services.add(
                by=member, kind=host, object_id=object_id, name=form.chosen.name, data=form.chosen.read(), at=now,
                submission=form.cleaned_data["submission"],
            )  # fmt: skip
        except Refusal as refusal:
            into_form(request, form, refusal)
        else:
            return redirect("attachments:attachment", attachment_id=added.id)
    back = _page(panel.host)
    return respond(
        request, "attachments/add.html", form, panel=panel, host=panel.host, cancel_url=back, draft=False
    )


@require_form
@requires(Permission.ATTACHMENT_ADD)
def copy(request: MemberRequest, host: str, object_id: UUID) -> HttpResponse:
    """Copy attachments of the files behind this one: what is sent is copied."""
    now, member = timezone.now(), request.member
    place = queries.host(host, object_id, member)
    if not place.may_add or not place.sources:
        raise NotFound
    form = CopyForm(request.POST if request.method == "POST" else None, lines=queries.to_copy(place, member))
    if form.is_bound and form.is_valid():
        try:
            services.copy(
                by=member,
                kind=host,
                object_id=object_id,
                attachments=form.cleaned_data["attachments"],
                at=now,
            )
        except Refusal as refusal:
            into_form(request, form, refusal)
        else:
            messages.success(request, _("Copied. The copies are checked now."))
            return redirect(_page(place))
    return respond(request, "attachments/copy.html", form, host=place, cancel_url=_page(place), draft=False)


@require_safe
@requires(Permission.ATTACHMENT_READ)
def attachment(request: MemberRequest, attachment_id: UUID) -> HttpResponse:
    """One attachment: what it is, how far its reading is, its first pages; opening it is traced."""
    sheet = services.consult(by=request.member, attachment_id=attachment_id, at=timezone.now())
    context = {
        **_shown(sheet.line),
        "host": sheet.host,
        "wall": sheet.wall,
        "back": _page(sheet.host),
        "previews": range(1, sheet.line.previews + 1),
        "removed": [services.REMOVED[code] for code in sheet.line.removed],
    }
    return render(request, "attachments/attachment.html", context)


@require_safe
@requires(Permission.ATTACHMENT_READ)
def progress(request: MemberRequest, attachment_id: UUID) -> HttpResponse:
    """How far its reading is, asked every two seconds by the page; at the end the page is loaded anew."""
    line = services.progress(by=request.member, attachment_id=attachment_id)
    response = render(request, "attachments/progress.html", _shown(line))
    if line.state != State.WAITING:
        response["HX-Refresh"] = "true"
    return response


@require_safe
@requires(Permission.ATTACHMENT_READ)
def working_copy(request: MemberRequest, attachment_id: UUID) -> HttpResponse:
    """The working copy, as a file to save."""
    found = services.download(
        by=request.member, attachment_id=attachment_id, original=False, at=timezone.now(),
        purpose=request.GET.get("purpose", ""),
    )  # fmt: skip
    return attached(found.name, found.media_type, found.content)


@require_safe
@requires(Permission.ATTACHMENT_READ)
def original(request: MemberRequest, attachment_id: UUID) -> HttpResponse:
    """The original as it came, for a purpose that is asked and traced first."""
    now = timezone.now()
    line = services.progress(by=request.member, attachment_id=attachment_id)
    law = country.law(timezone.localdate(now))
    form = PurposeForm(
        request.GET if "purpose" in request.GET else None, law=law, language=request.LANGUAGE_CODE
    )
    if form.is_bound and form.is_valid():
        try:
            found = services.download(
                by=request.member, attachment_id=attachment_id, original=True, at=now, **form.cleaned_data
            )
        except Refusal as refusal:
            into_form(request, form, refusal)
        else:
            return attached(found.name, found.media_type, found.content)
    back = reverse("attachments:attachment", args=[attachment_id])
    return respond(request, "attachments/original.html", form, line=line, cancel_url=back, draft=False)


@require_safe
@requires(Permission.ATTACHMENT_READ)
def preview(request: MemberRequest, attachment_id: UUID, page: int) -> HttpResponse:
    """The picture of a page."""
    found = services.preview(by=request.member, attachment_id=attachment_id, page=page, at=timezone.now())
    return attached(found.name, found.media_type, found.content)


def _shown(line: queries.Line) -> dict[str, object]:
    return {
        "line": line,
        "waits": line.state == State.WAITING,
        "why": services.why(line.code) if line.code else "",
    }


def _page(host: queries.Host) -> str:
    return reverse(host.page, args=[host.page_key])
