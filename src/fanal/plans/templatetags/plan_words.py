"""Plans in the reader's language, and the sentence that says that none is in force."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django import template
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from fanal.plans import queries, rules
from fanal.plans.rules import State
from fanal.web.templatetags.fanal import day

register = template.Library()
STATES: Mapping[str, tuple[Promise, str]] = {
    State.DRAFT: (pgettext_lazy("plan", "draft"), "soon"),
    State.TO_COME: (pgettext_lazy("plan", "to come"), ""),
    State.IN_FORCE: (pgettext_lazy("plan", "in force"), "ok"),
    State.CLOSED: (pgettext_lazy("plan", "closed"), ""),
}
GROUPS: Mapping[str, Promise] = {
    State.DRAFT: _("Drafts"),
    State.TO_COME: _("To come"),
    State.IN_FORCE: _("In force"),
    State.CLOSED: _("Closed plans"),
}
FIELDS: Mapping[str, Promise] = {
    "title": _("Title"),
    "text": _("What is to be done"),
    "number": _("Number"),
    "lead": _("Lead"),
    "co_leads": _("Co-responsible"),
    "contacts": _("Contact points of the federated entities"),
    "starts_on": _("First day"),
    "ends_on": _("Last day"),
    "budget_cents": _("Budget in euros"),
    "funding": _("Source of the funds"),
    "heading": _("Chapter or objective"),
    "sdgs": _("Sustainable Development Goals"),
    "objectives": _("Objectives of the Global Compact for Migration"),
    "principles": _("Guiding principles of the Global Compact for Migration"),
    "sisters": _("Sister plans"),
    "indicators": _("Indicators"),
}


@register.inclusion_tag("plans/banner.html")
def plan_banner() -> dict[str, object]:
    """`{% plan_banner %}`: says out loud that no plan is in force today; else nothing. Two statements."""
    return {"none": not queries.in_force(timezone.localdate())}


@register.simple_tag
def plan_state(state: State) -> SafeString:
    """The state of a plan as a tag."""
    words, tone = STATES[state]
    return format_html('<span class="tag {}">{}</span>', tone, words)


@register.filter
def group_name(state: State) -> Promise:
    """The title of the plans in one state."""
    return GROUPS[state]


@register.filter
def title(found: object) -> str:
    """The title of a plan, heading, measure, indicator or goal in the reader's language."""
    return str(found.title(get_language() or "en"))  # type: ignore[attr-defined]


@register.filter
def text(found: object) -> str:
    """What is to be done, in the reader's language."""
    return str(found.text(get_language() or "en"))  # type: ignore[attr-defined]


@register.filter
def note(found: object) -> str:
    """The note of a version in the reader's language."""
    return str(found.note(get_language() or "en"))  # type: ignore[attr-defined]


@register.filter
def named(code: str, names: Mapping[str, str]) -> str:
    """The name behind a code; the code where there is none."""
    return names.get(code, code)


@register.filter
def euros(cents: int | None) -> str:
    """An amount in the reader's figures: `12.500,50 €`; "not known" for None, which is not zero."""
    if cents is None:
        return str(_("not known"))
    return f"{number_format(cents / 100, 2 if cents % 100 else 0, force_grouping=True)} €"


@register.filter
def figure(value: Decimal | None) -> str:
    """A value of an indicator in the reader's figures; a dash where there is none."""
    if value is None:
        return "–"
    places = len(rules.plain_number(value).partition(",")[2])
    return str(number_format(value, places, force_grouping=True))


@register.filter
def field_name(name: str) -> Promise | str:
    """The name of a field of a measure."""
    return FIELDS.get(name, name)


@register.filter
def at(found: Mapping[str, object], key: str) -> object:
    """What stands under a key; nothing where there is none."""
    return found.get(key, ())


@register.filter
def nth(indicator: rules.IndicatorLine) -> int:
    """Which indicator of its measure it is: the number at the end of its key."""
    return int(indicator.key.rpartition(".")[2])


@register.filter
def in_words(texts: Mapping[str, str]) -> str:
    """Texts by language in the reader's language."""
    return rules.words(texts, get_language() or "en")


@register.filter
def shown(value: object, name: str) -> str:
    """A value of a measure as a difference shows it."""
    if name == "budget_cents":
        return euros(value)  # type: ignore[arg-type]
    if isinstance(value, date):
        return day(value)
    return ", ".join(value) if isinstance(value, tuple) else str(value or "–")
