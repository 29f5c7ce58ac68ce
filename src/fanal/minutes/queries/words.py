"""Results and their reasons in words, in the reader's language."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.utils.translation import pgettext as pgettext

from fanal.bodies.rules import Quorum, SeatHeld
from fanal.bodies.rules import Reason as Voted
from fanal.minutes.models.deciding import Choice, Kind
from fanal.minutes.models.session import Seen
from fanal.minutes.queries.sessions import Treated
from fanal.minutes.rules import attendance, silence
from fanal.minutes.rules.attendance import Noted

_REASONS: Mapping[str, object] = {
    Voted.MAJORITY.value: gettext_lazy("enough votes in favour"),
    Voted.CONSENSUS.value: gettext_lazy("nobody was against"),
    Voted.AGAINST.value: gettext_lazy("somebody was against, and this body decides by consensus"),
    Voted.TOO_FEW.value: gettext_lazy("too few votes in favour"),
    Voted.CHAIR.value: gettext_lazy("as many for as against: the chair decides"),
    Voted.TIE.value: gettext_lazy("as many for as against: it falls"),
    Voted.NO_VOTES.value: gettext_lazy("nobody voted for or against"),
    silence.Reason.RUNNING.value: gettext_lazy("it still runs"),
    silence.Reason.SILENCE_AGREES.value: gettext_lazy("nobody objected, and who says nothing agrees"),
    silence.Reason.TOO_FEW_ANSWERED.value: gettext_lazy("too few seats answered"),
    silence.Reason.OBJECTION.value: gettext_lazy("a seat objects, and this body decides by consensus"),
}


def reason(code: str) -> str:
    """Why a vote or a written procedure ended as it did."""
    return str(_REASONS[code])


def tally(result: Mapping[str, Any]) -> str:
    """For 7, against 2, abstentions 1; and silent ones of a written procedure."""
    said = _("for %(yes)d, against %(no)d, abstentions %(abstain)d") % result
    quiet = _("silent %(silent)d") % result if "silent" in result else ""
    return f"{said}, {quiet}" if quiet else said


def quorum(found: Quorum) -> str:
    """Whether the quorum is reached, with its reason."""
    if not found.needed:
        return _("%(present)d of %(of)d seats with a vote are there. No quorum is asked.") % _numbers(found)
    if found.reached:
        return _(
            "Quorum reached: %(present)d of %(of)d seats with a vote are there, %(needed)d are needed."
        ) % _numbers(found)
    return _(
        "No quorum: %(present)d of %(of)d seats with a vote are there, %(needed)d are needed. Nothing can be decided."
    ) % _numbers(found)


def _numbers(found: Quorum) -> dict[str, int]:
    return {"present": found.present, "of": found.of, "needed": found.needed}


def outcome(item: Treated) -> str:
    """What became of an item, in one sentence without its text; empty before anything did."""
    found = item.outcome
    if found is None:
        return ""
    said = str(Kind(found.kind).label)
    if item.ballot is not None and found.way == "vote" and item.ballot.row.result:
        ended = pgettext("vote", "adopted") if item.ballot.row.adopted else pgettext("vote", "rejected")
        result = item.ballot.row.result
        return f"{said}: {ended} {found.get_way_display()} ({tally(result)}; {reason(result['reason'])})"
    if found.way:
        return f"{said} {found.get_way_display()}"
    if found.until is not None:
        return _("%(outcome)s until %(day)s") % {"outcome": said, "day": date_format(found.until, "d.m.Y")}
    if found.kind == "sent" and item.line.to_body:
        return f"{said}: {item.line.to_body}"
    return said


def votes(item: Treated, label: Callable[[UUID], str]) -> Sequence[tuple[str, str]]:
    """(words for the choice, the seats that made it) of a vote, in the order for, against, abstains."""
    if item.ballot is None:
        return ()
    said = item.ballot.votes
    return [
        (
            str(choice.label),
            ", ".join(sorted(label(seat) for seat, one in said.items() if one == choice.value)),
        )
        for choice in Choice
        if choice.value in said.values()
    ]


def attended(
    seats: Sequence[SeatHeld], noted: Sequence[Noted], opened: datetime, at: datetime
) -> list[tuple[SeatHeld, str, str]]:
    """(seat, what was noted of it, who was there and when) for each seat of the body, in its order."""
    last = attendance.standing(noted, at)
    # Whoever is noted at the first roll call was there from the beginning.
    stays = attendance.stays(noted, max(opened, min((fact.at for fact in noted), default=opened)))
    found = []
    for seat in seats:
        fact = last.get(seat.id)
        state = str(Seen(_first(stays.get(seat.id, ()), fact).value).label) if fact else ""
        found.append((seat, state, "; ".join(_stay(stay) for stay in stays.get(seat.id, ()))))
    return found


def _first(stays: Sequence[attendance.Stay], fact: Noted) -> attendance.State:
    """Who came and left again was there: the minutes say so, and when."""
    return stays[-1].fact.state if stays and fact.state is attendance.State.LEFT else fact.state


def _stay(stay: attendance.Stay) -> str:
    who = stay.fact.who
    if stay.fact.instead_of:
        who = _("%(who)s for %(other)s") % {"who": who, "other": stay.fact.instead_of}
    hours = [
        _("from %(hour)s") % {"hour": _hour(stay.since)} if stay.since else "",
        _("until %(hour)s") % {"hour": _hour(stay.until)} if stay.until else "",
    ]
    said = " ".join(filter(None, hours))
    return f"{who} ({said})" if who and said else who or said


def _hour(at: datetime | None) -> str:
    return "" if at is None else str(date_format(timezone.localtime(at), "H:i"))
