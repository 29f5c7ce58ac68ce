"""Reasons, items and what they say, in the reader's language."""

from collections.abc import Iterator

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from fanal.alerts.rules import Age, code_label, country_name, indicator_label, language_name
from fanal.country.schema import Law
from fanal.referrals.rules.capacity import Answer, Criterion, Fit, Reason
from fanal.referrals.rules.content import About, Item, Practical, SafeContact

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


def because(found: Fit) -> list[str]:
    """Why a unit can, or cannot, take the person: what stands against it, or else its places."""
    if not found.reasons:
        return [_("does not work with places: ask")]
    return [reason(each) for each in found.against or found.reasons[:1]]


def reason(found: Reason) -> str:
    """One criterion in one sentence."""
    if found.criterion is Criterion.PLACES:
        return _places(found)
    return _SENTENCES[found.criterion, found.answer]()


def _places(found: Reason) -> str:
    had = found.had or 0
    free = ngettext("%(n)d place free", "%(n)d places free", had) % {"n": had} if had else _("no place free")
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
    (Criterion.WHEELCHAIR, Answer.UNKNOWN): lambda: _(
        "not accessible by wheelchair: ask whether that is needed"
    ),
    (Criterion.WHEELCHAIR, Answer.NO): lambda: _("not accessible by wheelchair"),
    (Criterion.NIGHT, Answer.YES): lambda: _("no obstacle for the hour of arrival"),
    (Criterion.NIGHT, Answer.UNKNOWN): lambda: _("does not receive at night: ask when the person comes"),
    (Criterion.NIGHT, Answer.NO): lambda: _("does not receive at night"),
    (Criterion.LANGUAGE, Answer.YES): lambda: _("speaks a language of the person"),
    (Criterion.LANGUAGE, Answer.UNKNOWN): lambda: _("no common language known: an interpreter may be needed"),
}


def told(about: About, law: Law, language: str) -> tuple[tuple[str, str], ...]:
    """(label, words) of everything that is known but the identity; nothing that is not known."""
    return tuple((str(label), words) for label, words in _told(about, law, language) if words)


def _told(about: About, law: Law, language: str) -> Iterator[tuple[Promise, str]]:
    yield ITEMS[Item.PSEUDONYM], about.pseudonym
    yield ITEMS[Item.SUMMARY], about.summary
    yield ITEMS[Item.AGE], _age(about.age, law, language)
    yield gettext_lazy("Alone, without a responsible adult"), _maybe(about.unaccompanied)
    yield ITEMS[Item.SEX], code_label(law, "sex", about.sex, language)
    yield ITEMS[Item.LANGUAGES], ", ".join(language_name(code, language) for code in about.languages)
    yield ITEMS[Item.CITIZENSHIP], ", ".join(country_name(code, language) for code in about.citizenship)
    yield ITEMS[Item.NEEDS], "; ".join(_needs(about.needs))
    yield ITEMS[Item.SAFE_CONTACT], "; ".join(_contact(about.safe_contact, law, language))
    yield ITEMS[Item.SIGNS], "; ".join(indicator_label(law, code, language) for code in about.signs)
    yield ITEMS[Item.DOCUMENTS], about.documents


def _age(age: Age | None, law: Law, language: str) -> str:
    if age is None:
        return ""
    words = [code_label(law, "age_basis", age.basis, language)]
    if age.years is not None:
        words.append(_("about %(years)d years") % {"years": age.years})
    if age.birth_year is not None:
        words.append(_("born in %(year)d") % {"year": age.birth_year})
    if age.birth_date is not None:
        words.append(_("born on %(day)s") % {"day": date_format(age.birth_date, "d.m.Y")})
    if age.minor is not None and age.years is None and age.birth_year is None and age.birth_date is None:
        words.append(_("a minor") if age.minor else _("an adult"))
    return ", ".join(words)


def _needs(needs: Practical) -> Iterator[str]:
    if needs.children:
        yield ngettext("with %(n)d child", "with %(n)d children", needs.children) % {"n": needs.children}
    if needs.children == 0:
        yield _("without children")
    if needs.wheelchair is not None:
        yield _("needs a wheelchair access") if needs.wheelchair else _("no reduced mobility")
    if needs.night is not None:
        yield _("comes at night") if needs.night else _("does not come at night")
    if needs.words:
        yield needs.words


def _contact(contact: SafeContact, law: Law, language: str) -> Iterator[str]:
    yield from (code_label(law, "safe_contact", code, language) for code in contact.means)
    yield from filter(None, (contact.details, contact.hours))


def _maybe(value: bool | None) -> str:
    return "" if value is None else _("yes") if value else _("no")
