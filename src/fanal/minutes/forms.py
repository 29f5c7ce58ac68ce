"""Acts of a session and after it: text in, values out."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as pgettext

from fanal.bodies.rules import SeatHeld
from fanal.minutes.rules import attendance
from fanal.minutes.rules.silence import Stand
from fanal.minutes.services import Concluded, Seen
from fanal.minutes.services.common import LONGEST
from fanal.web.forms import Date, Form, LongText, Moment, Text, Time

Units = Sequence[tuple[str, str]]
KINDS = (
    ("noted", _("taken note of: it is closed")),
    ("opinion", _("the body gives an opinion")),
    ("decided", _("the body decides: it enters the register")),
    ("stays", _("stays open: back on the next agenda")),
    ("deferred", _("deferred to a day")),
    ("sent", _("sent to the other body")),
)
WAYS = (("consensus", _("by consensus")), ("vote", _("by vote")))
CHOICES = (
    ("", "—"),
    ("yes", pgettext("vote", "for")),
    ("no", pgettext("vote", "against")),
    ("abstain", pgettext("vote", "abstains")),
)
STATES = (
    ("", "—"),
    ("present", pgettext("attendance", "present")),
    ("substitute", pgettext("attendance", "substitute")),
    ("excused", pgettext("attendance", "excused")),
    ("absent", pgettext("attendance", "absent")),
    ("left", pgettext("attendance", "left")),
)


def _fill(form: Form, field: str, choices: Any) -> None:
    found = form.fields[field]
    assert isinstance(found, forms.ChoiceField)
    found.choices = list(choices)


class AttendanceForm(Form):
    """One line a seat: state, who sits, instead of whom. `since`: the hour from which it is so; empty: from now on."""

    since = Time(
        label=_("Since what hour?"),
        required=False,
        help_text=_("Empty: from now on. Give an hour for somebody who came or left earlier."),
    )

    def __init__(
        self, data: Any = None, *, seats: Sequence[SeatHeld], standing: Mapping[UUID, attendance.Noted]
    ) -> None:
        super().__init__(data)
        self.seats = seats
        for seat in seats:
            there = standing.get(seat.id)
            self.fields[f"state_{seat.id}"] = forms.ChoiceField(
                label=seat.label, choices=STATES, required=False, initial=there.state.value if there else ""
            )
            self.fields[f"who_{seat.id}"] = Text(
                label=_("Who sits there"),
                max_length=120,
                required=False,
                initial=there.who if there else "",
            )
            self.fields[f"instead_{seat.id}"] = Text(
                label=_("Instead of"),
                max_length=120,
                required=False,
                initial=there.instead_of if there else "",
            )
            for name in ("state", "who", "instead"):
                bound = self.fields[f"{name}_{seat.id}"]
                bound.widget.attrs["aria-label"] = f"{bound.label}, {seat.label}"

    def rows(self) -> list[tuple[SeatHeld, Any, Any, Any]]:
        """(seat, state, who, instead of) as bound fields, for the table of the page."""
        return [
            (seat, self[f"state_{seat.id}"], self[f"who_{seat.id}"], self[f"instead_{seat.id}"])
            for seat in self.seats
        ]

    def seen(self) -> list[Seen]:
        """What was chosen, seat by seat; nothing for a seat of which nothing is said."""
        data = self.cleaned_data
        return [
            Seen(
                seat.id,
                attendance.State(data[f"state_{seat.id}"]),
                data[f"who_{seat.id}"],
                data[f"instead_{seat.id}"],
            )
            for seat in self.seats
            if data.get(f"state_{seat.id}")
        ]


class NoteForm(Form):
    """What a window has of an item. What is pasted may be long before it is cleaned."""

    words = LongText(label=_("Minutes of this item"), max_length=1_500_000, rows=12, required=False)
    base = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    window = forms.CharField(widget=forms.HiddenInput, required=False, max_length=32)


class OutcomeForm(Form):
    """What became of an item. The decision goes to the register with its owner and its due date from here."""

    kind = forms.ChoiceField(label=_("What became of it?"), choices=KINDS, widget=forms.RadioSelect)
    way = forms.ChoiceField(label=_("How?"), choices=WAYS, widget=forms.RadioSelect, required=False)
    text = LongText(
        label=_("Text of the opinion or the decision"), max_length=LONGEST, rows=4, required=False
    )
    owners = forms.MultipleChoiceField(
        label=_("Who carries it out?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    due_on = Date(label=_("Due on"), required=False)
    until = Date(label=_("Deferred to"), required=False)
    to_body = forms.ChoiceField(label=_("Sent to"), required=False)

    def __init__(
        self, data: Any = None, *, units: Units, others: Units, voting: Sequence[SeatHeld], **options: Any
    ) -> None:
        super().__init__(data, auto_id="outcome_%s", **options)  # beside other forms on one page
        owners = self.fields["owners"]
        assert isinstance(owners, forms.MultipleChoiceField)
        owners.choices = list(units)
        _fill(self, "to_body", [("", "—"), *others])
        self.voting = voting
        for seat in voting:
            self.fields[f"vote_{seat.id}"] = forms.ChoiceField(
                label=seat.label, choices=CHOICES, required=False
            )

    def votes(self) -> list[tuple[SeatHeld, Any]]:
        """(seat, bound field) of the seats that may vote on the item at this moment."""
        return [(seat, self[f"vote_{seat.id}"]) for seat in self.voting]

    def value(self) -> Concluded:
        """The outcome as the service takes it."""
        data = self.cleaned_data
        votes = {seat.id: data[f"vote_{seat.id}"] for seat in self.voting if data.get(f"vote_{seat.id}")}
        return Concluded(
            kind=data["kind"],
            way=data["way"],
            text=data["text"],
            votes=votes if data["way"] == "vote" else {},
            owners=[int(each) for each in data["owners"]],
            due_on=data["due_on"],
            until=data["until"],
            to_body=data["to_body"],
        )


class BallotForm(Form):
    """A motion put to the vote."""

    motion = LongText(label=_("What is put to the vote?"), max_length=LONGEST, rows=4)


class VoteForm(Form):
    """The vote of one seat."""

    choice = forms.ChoiceField(label=_("Your vote"), choices=CHOICES[1:], widget=forms.RadioSelect)


class ActionForm(Form):
    """Who does what until when."""

    text = LongText(label=_("What has to be done?"), max_length=2000, rows=2)
    unit = forms.ChoiceField(label=_("By whom?"))
    due_on = Date(label=_("Until"), required=False)

    def __init__(self, data: Any = None, *, units: Units) -> None:
        super().__init__(data, auto_id="action_%s")  # beside other forms on one page
        _fill(self, "unit", [("", "—"), *units])


class CirculateForm(Form):
    """Until when the seats may say what is wrong."""

    until = Date(label=_("Remarks until"), required=False)


class RemarkForm(Form):
    """What a seat says of minutes that were given round."""

    item = forms.ChoiceField(label=_("On which item?"), required=False)
    text = LongText(label=_("What should stand there?"), rows=4)

    def __init__(self, data: Any = None, *, items: Units, **options: Any) -> None:
        super().__init__(data, **options)
        _fill(self, "item", [("", _("the minutes as a whole")), *items])

    def item_id(self) -> UUID | None:
        """The item that was chosen; None: the whole."""
        chosen = self.cleaned_data.get("item")
        return UUID(chosen) if chosen else None


class RemarkAnswerForm(Form):
    """What becomes of a remark."""

    taken = forms.ChoiceField(
        label=_("What becomes of it?"),
        choices=(("yes", _("taken over: the minutes say so now")), ("no", _("not taken over"))),
        widget=forms.RadioSelect,
    )
    answer = LongText(label=_("Answer"), rows=3, required=False)


class ApproveForm(Form):
    """At which later meeting minutes are approved."""

    meeting = Text(label=_("Approved at meeting"), max_length=20, help_text=_("Its reference."))


class AddendumForm(RemarkForm):
    """A correction of approved minutes."""

    text = LongText(label=_("Text of the addendum"), max_length=10_000, rows=6)


class ProcedureForm(Form):
    """A text put to the seats in writing."""

    title = Text(label=_("Subject"), max_length=200)
    text = LongText(label=_("Text to be adopted"), max_length=20_000, rows=10)
    deadline = Moment(label=_("Answers until"))
    owners = forms.MultipleChoiceField(label=_("Who carries it out?"), widget=forms.CheckboxSelectMultiple)
    due_on = Date(label=_("Due on"), required=False)

    def __init__(self, data: Any = None, *, units: Units, deadline: datetime | None = None) -> None:
        super().__init__(data, initial={"deadline": deadline})
        owners = self.fields["owners"]
        assert isinstance(owners, forms.MultipleChoiceField)
        owners.choices = list(units)


class StandForm(Form):
    """What a seat answers in writing."""

    stand = forms.ChoiceField(
        label=_("Your answer"),
        choices=(
            (Stand.AGREES.value, pgettext("answer in writing", "agrees")),
            (Stand.OBJECTS.value, pgettext("answer in writing", "objects")),
            (Stand.ABSTAINS.value, pgettext("answer in writing", "abstains")),
        ),
        widget=forms.RadioSelect,
    )
    words = LongText(label=_("Why"), rows=3, required=False, help_text=_("An objection says why."))


class WithdrawForm(Form):
    """Why a text is withdrawn."""

    why = LongText(label=_("Why is it withdrawn?"), max_length=2000, rows=3)
