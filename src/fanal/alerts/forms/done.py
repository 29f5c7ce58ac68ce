"""Step four: what was already done."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as pgettext

from fanal.alerts.forms.base import StepForm, Typed
from fanal.alerts.rules import Done, Report
from fanal.country.schema import Duty
from fanal.web.forms import Date, Text, Time


class DoneForm(StepForm):
    """The duties at detection of the service: done or not yet, when and how. A service without duties has none."""

    def __init__(self, typed: Typed | None, *, unit_kind: str, **options: Any) -> None:
        self.unit_kind = unit_kind
        self.duties: tuple[Duty, ...] = ()
        super().__init__(typed, **options)

    def prepare(self) -> None:
        self.duties = self.law.duties(self.unit_kind)
        for duty in self.duties:
            self.fields[f"done_{duty.code}"] = forms.BooleanField(label=_("Already done"), required=False)
            self.fields[f"on_{duty.code}"] = Date(label=pgettext("alert", "On"), required=False)
            self.fields[f"at_{duty.code}"] = Time(label=pgettext("alert", "At"), required=False)
            self.fields[f"how_{duty.code}"] = Text(
                label=_("How"),
                required=False,
                help_text=_("For example: by phone, to whom in which function."),
            )

    def blocks(self) -> Iterator[tuple[Duty, list[BoundField]]]:
        """Each duty with its fields."""
        for duty in self.duties:
            yield duty, [self[f"{name}_{duty.code}"] for name in ("done", "on", "at", "how")]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        ticked = [duty.code for duty in self.duties if values.get(f"done_{duty.code}")]
        for code in ticked:
            if not values.get(f"on_{code}") and f"on_{code}" not in self.errors:
                self.add_error(f"on_{code}", str(_("Say on which day.")))
        paths = {
            f"done.{n}.{part}": f"{part}_{done.duty}"
            for n, done in enumerate(self.done())
            for part in ("on", "at", "how")
        }
        self.judge(Report(done=self.done()), paths)
        return values

    def done(self) -> tuple[Done, ...]:
        """The duties that were ticked with their day."""
        given = self.cleaned_data
        return tuple(
            Done(
                duty=duty.code,
                on=given[f"on_{duty.code}"],
                at=given.get(f"at_{duty.code}"),
                how=given.get(f"how_{duty.code}", ""),
            )
            for duty in self.duties
            if given.get(f"done_{duty.code}") and given.get(f"on_{duty.code}")
        )
