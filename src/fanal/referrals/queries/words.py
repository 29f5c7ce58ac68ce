"""Reasons and items in the reader's language."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from fanal.referrals.rules.capacity import Answer, Criterion, Reason
from fanal.referrals.rules.content import Item

ITEMS: dict[Item, Promise] = {
    Item.SUMMARY: gettext_lazy("Summary"),
    Item.PSEUDONYM: gettext_lazy("Pseudonym"),
    Item.AGE: gettext_lazy("Age"),
    Item.SEX: gettext_lazy("Sex"),
    Item.LANGUAGES: gettext_lazy("Languages"),
    Item.NEEDS: gettext_lazy("Practical needs"),
    Item.SAFE_CONTACT: gettext_lazy("Safe contact"),
    Item.SIGNS: gettext_lazy("Signs seen"),
    Item.CITIZENSHIP: gettext_lazy("Citizenship"),
    Item.DOCUMENTS: gettext_lazy("Documents to come"),
    Item.IDENTITY: gettext_lazy("Identity"),
}

ANSWERS: dict[Answer, Promise] = {
    Answer.YES: gettext_lazy("Has room"),
    Answer.UNKNOWN: gettext_lazy("To be asked"),
    Answer.NO: gettext_lazy("Cannot now"),
}


def reason(found: Reason) -> str:
    """One criterion in one sentence."""
    if found.criterion is Criterion.PLACES:
        return _places(found)
    return _SENTENCES[found.criterion, found.answer]()


def _places(found: Reason) -> str:
    had = found.had or 0
    free = ngettext("%(n)d place free", "%(n)d places free", had) % {"n": had}
    if found.answer is Answer.YES:
        return free
    return _("%(free)s, %(wanted)d needed") % {"free": free, "wanted": found.wanted or 1}


_SENTENCES = {
    (Criterion.PUBLISHED, Answer.UNKNOWN): lambda: _("has published no places: call"),
    (Criterion.CURRENT, Answer.UNKNOWN): lambda: _("its published places are out of date: call"),
    (Criterion.SEX, Answer.YES): lambda: _("receives persons of this sex"),
    (Criterion.SEX, Answer.UNKNOWN): lambda: _("the sex is not known, and this place is not for everyone"),
    (Criterion.SEX, Answer.NO): lambda: _("does not receive persons of this sex"),
    (Criterion.AGE, Answer.YES): lambda: _("receives persons of this age"),
    (Criterion.AGE, Answer.UNKNOWN): lambda: _("the age is not known well enough for this place"),
    (Criterion.AGE, Answer.NO): lambda: _("does not receive persons of this age"),
    (Criterion.CHILDREN, Answer.YES): lambda: _("no obstacle for children"),
    (Criterion.CHILDREN, Answer.UNKNOWN): lambda: _("receives no children: ask whether some come along"),
    (Criterion.CHILDREN, Answer.NO): lambda: _("does not receive children who come along"),
    (Criterion.WHEELCHAIR, Answer.YES): lambda: _("no obstacle for reduced mobility"),
    (Criterion.WHEELCHAIR, Answer.UNKNOWN): lambda: _("not accessible by wheelchair: ask whether that is needed"),
    (Criterion.WHEELCHAIR, Answer.NO): lambda: _("not accessible by wheelchair"),
    (Criterion.NIGHT, Answer.YES): lambda: _("no obstacle for the hour of arrival"),
    (Criterion.NIGHT, Answer.UNKNOWN): lambda: _("does not receive at night: ask when the person comes"),
    (Criterion.NIGHT, Answer.NO): lambda: _("does not receive at night"),
    (Criterion.LANGUAGE, Answer.YES): lambda: _("speaks a language of the person"),
    (Criterion.LANGUAGE, Answer.UNKNOWN): lambda: _("no common language known: an interpreter may be needed"),
}
