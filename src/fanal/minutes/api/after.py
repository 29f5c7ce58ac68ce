"""What comes after a session, for programs."""

from typing import Any
from uuid import UUID

from django.utils import timezone
from ninja import Router, Status

from fanal.access.gate import MemberRequest, requires
from fanal.access.rules import Permission
from fanal.minutes import services
from fanal.minutes.api import out
from fanal.minutes.api.shapes import (
    AddendumOut,
    ApproveIn,
    CirculateIn,
    File,
    MinutesOut,
    Ref,
    RemarkAnswerIn,
    RemarkIn,
    RemarkOut,
)
from fanal.web.downloads import attached

router = Router(tags=["minutes"])


@router.post("/{reference}/circulate", response=MinutesOut)
@requires(Permission.MEETING_PREPARE)
def circulate(request: MemberRequest, reference: Ref, payload: CirculateIn) -> Any:
    """Give the draft round for remarks; its approval stands on the next agenda."""
    services.circulate(by=request.member, reference=reference, until=payload.until, at=timezone.now())
    return out.minutes(request, reference)


@router.post("/{reference}/remark", response={201: RemarkOut})
@requires(Permission.ITEM_PROPOSE)
def remark(request: MemberRequest, reference: Ref, payload: RemarkIn) -> Any:
    """Say what is wrong in minutes that were given round."""
    made = services.remark(
        by=request.member, reference=reference, text=payload.text, item_id=payload.item, at=timezone.now()
    )
    return Status(201, made)


@router.post("/{reference}/remarks/{remark_id}", response=RemarkOut)
@requires(Permission.MEETING_PREPARE)
def answer_remark(request: MemberRequest, reference: Ref, remark_id: UUID, payload: RemarkAnswerIn) -> Any:
    """Take a remark over, or say why not."""
    return services.answer_remark(
        by=request.member, reference=reference, remark_id=remark_id, at=timezone.now(), **payload.dict()
    )


@router.post("/{reference}/approve", response=MinutesOut)
@requires(Permission.MEETING_PREPARE)
def approve(request: MemberRequest, reference: Ref, payload: ApproveIn) -> Any:
    """Approve minutes at a later meeting; from then on they change no more."""
    services.approve(by=request.member, reference=reference, meeting=payload.meeting, at=timezone.now())
    return out.minutes(request, reference)


@router.post("/{reference}/addendum", response={201: AddendumOut})
@requires(Permission.MEETING_PREPARE)
def add_addendum(request: MemberRequest, reference: Ref, payload: RemarkIn) -> Any:
    """Correct approved minutes by an addendum, dated and signed."""
    made = services.add_addendum(
        by=request.member, reference=reference, text=payload.text, item_id=payload.item, at=timezone.now()
    )
    return Status(201, made)


@router.get("/{reference}/paper/{format}", response={200: None})
@requires(Permission.MEETING_READ)
def paper(
    request: MemberRequest, reference: Ref, format: File, item: UUID | None = None, language: str = ""
) -> Any:
    """The minutes, or one item of them, as a file with what the reader sees."""
    made = services.paper(
        by=request.member,
        reference=reference,
        format=format,
        item_id=item,
        language=language,
        at=timezone.now(),
    )
    return attached(made.name, made.media_type, made.content)
