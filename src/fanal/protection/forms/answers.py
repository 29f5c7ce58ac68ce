"""The magistrate's form: one choice for each question, and a few words where they help."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fanal.country.schema import Law, Question
from fanal.protection.queries.words import ANSWERS, label
from fanal.web.forms import Form, LongText

WORDS = "words_"


class AnswerForm(Form):
    """One page, three minutes."""

    def __init__(self, data: Any = None, *, questions: list[str], law: Law, language: str) -> None:
        super().__init__(data)
        self.questions = questions
        for number, code in enumerate(questions, 1):
            self.fields[code] = forms.ChoiceField(
                label=f"{number}. {label(law, Question, code, language)}",
                widget=forms.RadioSelect,
                choices=[(answer.value, words) for answer, words in ANSWERS.items()],
                error_messages={"required": _("Answer this question; “not yet known” is an answer.")},
            )
            self.fields[WORDS + code] = LongText(
                label=_("In a few words"), required=False, rows=2, max_length=500
            )

    def answers(self) -> dict[str, str]:
        """Question code to yes, no or not_yet."""
        return {code: self.cleaned_data[code] for code in self.questions}

    def words(self) -> dict[str, str]:
        """What was added, by question."""
        return {code: self.cleaned_data[WORDS + code] for code in self.questions}
