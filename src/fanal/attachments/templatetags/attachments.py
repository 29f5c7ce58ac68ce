"""`{% load attachments %}{% attachments "alert" sheet.id %}`: the attachments of an object, on its page."""

from typing import Any
from uuid import UUID

from django import template
from django.template.context import Context
from django.utils import timezone

from fanal.access.rules import Member, Permission
from fanal.attachments import services
from fanal.errors import NotFound

register = template.Library()


@register.inclusion_tag("attachments/panel.html", takes_context=True)
def attachments(context: Context, kind: str, object_id: UUID) -> dict[str, Any]:
    """Nothing for who may not read them: her page shows the rest of the object all the same."""
    member: Member = context["request"].member
    if not member.may(Permission.ATTACHMENT_READ):
        return {"panel": None}
    try:
        panel = services.panel(by=member, kind=kind, object_id=object_id, at=timezone.now())
    except NotFound:
        return {"panel": None}
    return {"panel": panel, "host": panel.host, "now": timezone.now()}


@register.filter
def media_label(line: Any) -> str:
    """`{{ line|media_label }}`: PDF, JPEG … as people call them."""
    return str(services.MEDIA_LABELS.get(line.media, ""))
