"""The words of this capability: what codes, clocks and refusals say to a person."""

from collections.abc import Callable, Mapping
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from fanal.country.schema import Fact, Law, Term, Text, UnknownCode
from fanal.protection.models import StatementKind
from fanal.protection.rules.conditions import State
from fanal.protection.rules.deadlines import Clock
from fanal.protection.rules.eligibility import Why
from fanal.protection.rules.endings import Lack
from fanal.protection.rules.facts import Answer, Kind
from fanal.protection.rules.moves import Bar

Words = str | Promise
Book = Callable[[date], Law]

FACTS: Mapping[Kind, Words] = {
    Kind.OPENED: gettext_lazy("File opened"),
    Kind.REQUESTED: gettext_lazy("Asked for"),
    Kind.STATEMENT: gettext_lazy("Complaint or statement"),
    Kind.ASKED: gettext_lazy("Questions put to the magistrate"),
    Kind.DECIDED: gettext_lazy("Decided"),
    Kind.REFUSED: gettext_lazy("Refused"),
    Kind.EVENT: gettext_lazy("Judicial event"),
    Kind.HANDED_OVER: gettext_lazy("Handed over to another centre"),
    Kind.ENDED: gettext_lazy("Ended"),
}
STATEMENTS: Mapping[str, Words] = {
    StatementKind.COMPLAINT.value: gettext_lazy("Complaint"),
    StatementKind.STATEMENT.value: gettext_lazy("Statement"),
}
ANSWERS: Mapping[Answer, Words] = {
    Answer.YES: gettext_lazy("Yes"),
    Answer.NO: gettext_lazy("No"),
    Answer.NOT_YET: gettext_lazy("Not yet known"),
}
CLOCKS: Mapping[Clock, Words] = {
    Clock.OPENING: gettext_lazy("Decide on the opening"),
    Clock.DOCUMENT_END: gettext_lazy("Decide what follows"),
    Clock.STATEMENT: gettext_lazy("Complaint or statement"),
    Clock.REQUEST: gettext_lazy("Ask for what follows"),
    Clock.ASK: gettext_lazy("Put the questions to the magistrate"),
    Clock.ANSWER: gettext_lazy("Answer the questions"),
}
STATES: Mapping[State, Words] = {
    State.MET: gettext_lazy("fulfilled"),
    State.NOT_SO: gettext_lazy("not fulfilled"),
    State.TOO_LATE: gettext_lazy("came too late"),
    State.TO_DECLARE: gettext_lazy("to be declared by the person who decides"),
    State.NOT_ASKED: gettext_lazy("the magistrate was not asked since the last decision"),
    State.NOT_ANSWERED: gettext_lazy("the magistrate has not answered yet"),
    State.ANSWERED_OTHERWISE: gettext_lazy("the magistrate did not confirm"),
}
BARS: Mapping[Bar, Words] = {
    Bar.USED: gettext_lazy("This was already done once, and the law allows it once."),
    Bar.ENDED: gettext_lazy("The procedure has ended."),
}
LACKS: Mapping[Lack, Words] = {
    Lack.NOT_IN_THIS_PHASE: gettext_lazy("This ground does not exist in this phase."),
    Lack.NOT_ALL_SO: gettext_lazy("This ground only holds when each of its facts is so."),
    Lack.WITHOUT_MAGISTRATE: gettext_lazy(
        "This ground is established together with the judicial authorities."
    ),
    Lack.WITHOUT_MOTIVATION: gettext_lazy("Say why, in your own words: the end is motivated."),
}
WHYS: Mapping[Why, Words] = {
    Why.OFFENCE: gettext_lazy("This offence opens the procedure."),
    Why.CIRCUMSTANCE: gettext_lazy("One of its circumstances opens the procedure."),
    Why.ONLY_UNACCOMPANIED_MINOR: gettext_lazy("This circumstance only counts for an unaccompanied minor."),
    Why.NO_CIRCUMSTANCE: gettext_lazy("This offence only opens the procedure with certain circumstances."),
    Why.NEVER: gettext_lazy("This offence does not open the procedure."),
}


def label(law: Law, kind: type[Fact], code: str, language: str) -> str:
    """The words of a fact of the law; the code itself when the law of that day no longer has it."""
    try:
        text: Text = law.get(kind, code).label  # type: ignore[attr-defined]
    except UnknownCode:
        return code
    return text.get(language)


def code_label(law: Law, list_code: str, code: str, language: str) -> str:
    """The words of a code of a list; the code itself when the law of that day no longer has it."""
    return law.label(list_code, code).get(language) if law.has_code(list_code, code) else code


def article(basis: str) -> str:
    """A legal basis as it stands in a sentence: from its first article on; a bare number is an article."""
    if basis[:1].isdigit():
        return _("art. %(number)s") % {"number": basis}
    return basis[basis.index("art. ") :] if "art. " in basis else basis


def length(term: Term) -> str:
    """How long a term is: "45 days", "3 months"."""
    words = {
        "hour": ngettext("%(n)d hour", "%(n)d hours", term.amount),
        "day": ngettext("%(n)d day", "%(n)d days", term.amount),
        "working_day": ngettext("%(n)d working day", "%(n)d working days", term.amount),
        "month": ngettext("%(n)d month", "%(n)d months", term.amount),
    }
    return words[term.unit] % {"n": term.amount}


def reason(clock: Clock, about: str, basis: str) -> str:
    """Why a clock runs, in one sentence with its article. `about` is in words already."""
    sentences = {
        Clock.OPENING: _("A request to open a procedure waits for a decision."),
        Clock.DOCUMENT_END: _("%(about)s ends on that day (%(article)s)."),
        Clock.STATEMENT: _(
            "To go on, a complaint or statement is needed before %(about)s ends (%(article)s)."
        ),
        Clock.REQUEST: _("The centre asks for what follows before %(about)s ends (%(article)s)."),
        Clock.ASK: _("The magistrate must be asked before %(about)s ends (%(article)s)."),
        Clock.ANSWER: _("Questions wait for an answer of the magistrate."),
    }
    return sentences[clock] % {"about": about, "article": article(basis)}
