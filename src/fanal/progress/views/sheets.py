"""Reports through a spreadsheet: the sheet that is filled in already, and its way back with a preview."""

import base64
import binascii

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from fanal.access.gate import MemberRequest, requires
from fanal.access.rules import Permission
from fanal.errors import Refusal
from fanal.progress import services
from fanal.progress.forms import SheetForm
from fanal.web.errors import into_form
from fanal.web.export import xlsx_file
from fanal.web.forms import respond

_SALT = "fanal.progress.sheet"
_KEPT = 3600
"""Seconds for which a preview may be confirmed."""


@require_safe
@requires(Permission.PROGRESS_REPORT)
def prefilled(request: MemberRequest) -> HttpResponse:
    """The member's measures as a workbook to fill in."""
    on = timezone.localdate()
    header, rows = services.sheet(by=request.member, on=on)
    return xlsx_file(f"progress-{on.isoformat()}", header, rows)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.PROGRESS_REPORT)
def import_sheet(request: MemberRequest) -> HttpResponse:
    """Read a sheet, show what it would report and every problem by row, then send what stands."""
    if "content" in request.POST:
        return _send(request)
    form = SheetForm(request.POST or None, request.FILES or None)
    found, kept = None, ""
    if request.method == "POST" and form.is_valid():
        content = form.cleaned_data["file"].read()
        try:
            found = services.preview(by=request.member, content=content, at=timezone.now())
        except Refusal as refusal:
            into_form(request, form, refusal)
        else:
            kept = signing.dumps(base64.b64encode(content).decode(), salt=_salt(request), compress=True)
    return respond(request, "progress/import.html", form, preview=found, content=kept)


def _send(request: MemberRequest) -> HttpResponse:
    try:
        text = signing.loads(request.POST["content"], salt=_salt(request), max_age=_KEPT)
        content = base64.b64decode(text)
    except (signing.BadSignature, binascii.Error):
        messages.warning(request, _("This preview is too old. Choose the file again."))
        return redirect("progress:import_sheet")
    count = services.import_sheet(by=request.member, content=content, at=timezone.now())
    done = ngettext("%(count)d report was sent.", "%(count)d reports were sent.", count)
    messages.success(request, done % {"count": count})
    return redirect("progress:mine")


def _salt(request: MemberRequest) -> str:
    """A preview is for who asked for it."""
    return f"{_SALT}:{request.member.membership_id}"
