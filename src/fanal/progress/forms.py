"""Progress as people type it: text in, values out."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fanal.plans.rules import IndicatorLine
from fanal.progress import queries, rules, services
from fanal.progress.queries import Stage, Standing
from fanal.web.forms import Date, Form, LongText, Number, Text


class ReportForm(Form):
    """One page: where the work stands, in words, the figures, the evidence, what blocks, what comes next."""

    submission = forms.UUIDField(widget=forms.HiddenInput, required=False)
    period = forms.ChoiceField(label=_("Period"))
    stage = forms.ChoiceField(
        label=_("Where does the work stand?"), choices=Stage.choices, widget=forms.RadioSelect
    )
    words = LongText(
        label=_("What was done, in a few sentences"),
        rows=5,
        help_text=_("For the Bureau and the other services; without names of persons."),
    )
    measured_on = Date(label=_("Figures measured on"), required=False)
    links = LongText(
        label=_("Evidence on the web"), rows=2, required=False, help_text=_("One address on a line.")
    )
    notes = LongText(
        label=_("Evidence in a document"),
        rows=2,
        required=False,
        help_text=_("The reference of a document, such as a circular or a letter; one on a line."),
    )
    decisions = Text(
        label=_("Evidence in a decision"),
        required=False,
        help_text=_("Its number in the register of decisions; several with commas."),
    )
    blocked_by = LongText(
        label=_("Blocked by"), rows=2, required=False, help_text=_("Leave this empty when nothing blocks it.")
    )
    next_step = LongText(label=_("Next step"), rows=2, required=False)
    next_on = Date(label=_("Next step by"), required=False)

    def __init__(
        self,
        data: Any = None,
        *,
        standing: Standing,
        periods: Sequence[rules.Period],
        language: str,
        on: date,
    ) -> None:
        first = standing.owed[-1] if standing.owed else (periods[0] if periods else None)
        initial = {
            "submission": uuid4(),
            "period": first.code if first else "",
            "measured_on": min(first.last, on) if first else on,
        }
        super().__init__(data, initial=initial)
        period = self.fields["period"]
        assert isinstance(period, forms.ChoiceField)
        period.choices = [(each.code, queries.period_words(each)) for each in periods]
        self.indicators = {f"figure_{n}": each for n, each in enumerate(standing.line.indicators)}
        for name, indicator in self.indicators.items():
            last = standing.record.values.get(indicator.key)
            self.fields[name] = Number(
                label=indicator.title(language), required=False, help_text=_helps(indicator, last)
            )
        if not self.indicators:
            del self.fields["measured_on"]
        self.order_fields(["submission", "period", "stage", "words", *self.indicators, "measured_on"])

    def clean(self) -> dict[str, Any]:
        """A figure has its day."""
        cleaned = super().clean() or {}
        given = any(cleaned.get(name) is not None for name in self.indicators)
        if given and "measured_on" not in self.errors and cleaned.get("measured_on") is None:
            self.add_error("measured_on", str(_("Say on which day the figures were measured.")))
        return cleaned

    def draft(self) -> services.Draft:
        """What was typed, as the service takes it."""
        said = self.cleaned_data
        figures: Mapping[str, services.Figure] = {
            indicator.key: services.Figure(said[name], said["measured_on"])
            for name, indicator in self.indicators.items()
            if said.get(name) is not None
        }
        return services.Draft(
            period=said["period"],
            stage=said["stage"],
            words=said["words"],
            blocked_by=said["blocked_by"],
            next_step=said["next_step"],
            next_on=said["next_on"],
            figures=figures,
            evidence=services.pieces(links=said["links"], notes=said["notes"], decisions=said["decisions"]),
        )


def _helps(indicator: IndicatorLine, last: rules.Value | None) -> str:
    """What one needs to know to type the figure: its unit, its target, what was said last."""
    parts = [indicator.unit]
    if last is not None:
        parts.append(
            str(_("last: %(value)s on %(on)s"))
            % {"value": queries.number_words(last.value), "on": f"{last.measured_on:%d.%m.%Y}"}
        )
    if indicator.target is not None:
        parts.append(str(_("target: %(value)s")) % {"value": queries.number_words(indicator.target)})
    return "; ".join(parts) + "."


class ReviewForm(Form):
    """Agree, or not and why."""

    agrees = forms.ChoiceField(
        label=_("Does the Bureau agree with this report?"),
        choices=[("yes", _("Yes")), ("no", _("No, for the reason below"))],
        widget=forms.RadioSelect,
    )
    reason = LongText(
        label=_("Reason"),
        rows=4,
        required=False,
        help_text=_("It stands beside the words of the lead, which stay as they are."),
    )


class RemarkForm(Form):
    """What a co-responsible institution adds."""

    words = LongText(label=_("Remark"), rows=4)


class RuleForm(Form):
    """By which decision a measure is dropped, or taken up again."""

    decision = Text(
        label=_("Number of the decision"),
        max_length=40,
        help_text=_("As it stands in the register of decisions."),
    )


class SheetForm(Form):
    """A workbook or a CSV file."""

    file = forms.FileField(label=_("Sheet (XLSX or CSV)"))


class SinceForm(Form):
    """From which day on, such as that of the last meeting."""

    since = Date(label=_("Since the end of"), required=False)


class GlanceForm(Form):
    """What of a plan one wants to see."""

    state = forms.ChoiceField(label=pgettext_lazy("of a measure", "State"), required=False)
    lead = forms.ChoiceField(label=_("Lead institution"), required=False)

    def __init__(self, data: Any = None, *, leads: Sequence[tuple[str, str]]) -> None:
        super().__init__(data)
        for name, choices in (
            ("state", [(code.value, word) for code, word in queries.STATES.items()]),
            ("lead", list(leads)),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", _("all")), *choices]
