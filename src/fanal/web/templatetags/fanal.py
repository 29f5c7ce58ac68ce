"""The components of Fanal's pages. `{% load fanal %}`; each tag's docstring shows its use."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from zlib import crc32

from django import template
from django.forms import BaseForm, BoundField
from django.template.context import Context
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from fanal.web.components import Chart, Line, Phase, Tag, Tone, shares, urgency

register = template.Library()

_DAY = {"en": "j M Y"}
_DEFAULT_DAY = "d.m.Y"


def _day_format() -> str:
    return _DAY.get((get_language() or "en")[:2], _DEFAULT_DAY)


@register.filter(expects_localtime=True)
def day(value: date | datetime | None) -> str:
    """`{{ alert.seen_on|day }}` gives 24.11.2026 (24 Nov 2026 in English); nothing for None."""
    return "" if value is None else date_format(value, _day_format())


@register.filter(expects_localtime=True)
def weekday(value: date | datetime | None) -> str:
    """`{{ deadline.due|weekday }}` gives mardi 24.11.2026: for dates on which a clock ends."""
    return "" if value is None else date_format(value, "l " + _day_format())


@register.filter(expects_localtime=True)
def moment(value: datetime | None) -> str:
    """`{{ entry.at|moment }}` gives 24.11.2026 14:05, local time."""
    return "" if value is None else date_format(value, _day_format() + " H:i")


@register.simple_tag
def time_tag(value: date | datetime, words: str) -> SafeString:
    """`{% time_tag row.due row.due|weekday %}`: the words for eyes, the ISO date for machines."""
    local = timezone.localtime(value) if isinstance(value, datetime) and timezone.is_aware(value) else value
    return format_html('<time datetime="{}">{}</time>', local.isoformat(), words)


@register.simple_tag
def tag(text: str, tone: str = "") -> SafeString:
    """`{% tag "2 days late" "late" %}`: tone late, soon, ok or none."""
    return format_html('<span class="tag {}">{}</span>', Tone(tone), text)


@register.simple_tag
def clock(due: date | datetime, now: datetime) -> SafeString:
    """`{% clock row.due now %}`: the tag of a deadline; write the date beside it."""
    found = urgency(due, now)
    return tag(found.text, found.tone)


@register.simple_block_tag
def card(content: str, title: str = "", count: int | None = None, id: str = "") -> SafeString:
    """`{% card title=_("Late") count=3 id="late" %}…{% endcard %}`"""
    if not title:
        return format_html('<section class="card">{}</section>', content)
    anchor = id or f"card-{crc32(str(title).encode()):x}"
    number = "" if count is None else format_html("<b>{}</b>", count)
    return format_html(
        '<section class="card" aria-labelledby="{}"><h2 id="{}"><span>{}</span>{}</h2>{}</section>',
        anchor,
        anchor,
        title,
        number,
        content,
    )


@register.simple_block_tag
def wall(content: str, who_looked: str = "") -> SafeString:
    """`{% wall who_looked=url %}Immigration Office. The centre sees the dates.{% endwall %}`

    Whose it is, who else sees what, and where to see who looked: said under the title of every file.
    """
    link = (
        format_html(' <a href="{}">{}</a>', who_looked, _("Who looked at this file?")) if who_looked else ""
    )
    return format_html('<p class="wall">{} {}{}</p>', _("Wall:"), content, link)


@register.inclusion_tag("web/components/todo.html")
def todo(lines: Sequence[Line], empty: str = "") -> dict[str, object]:
    """`{% todo late_lines empty=_("Nothing is late.") %}` with `components.Line` rows."""
    return {"lines": lines, "empty": empty}


@register.inclusion_tag("web/components/rail.html")
def rail(phases: Sequence[Phase], label: str) -> dict[str, object]:
    """`{% rail phases label=_("Where the procedure stands") %}` with `components.Phase` rows."""
    return {"phases": phases, "label": label}


@register.simple_block_tag
def datatable(content: str, caption: str) -> SafeString:
    """`{% datatable caption=_("Documents") %}<thead>…</thead><tbody>…</tbody>{% enddatatable %}`

    A table that scrolls inside itself, reachable with the keyboard. The caption is always there for screen readers.
    """
    return format_html(
        '<div class="scroll" role="region" tabindex="0" aria-label="{}"><table><caption>{}</caption>{}</table></div>',
        caption,
        caption,
        content,
    )


@register.inclusion_tag("web/components/filters.html", takes_context=True)
def filterbar(context: Context, form: BaseForm, target: str = "") -> dict[str, object]:
    """`{% filterbar filter_form %}`: a GET form, the filters stand in the URL. `target="#results"` adds htmx."""
    return {
        "form": form,
        "target": target,
        "path": context["request"].path,
        "filtered": bool(context["request"].GET),
    }


@register.inclusion_tag("web/components/pages.html", takes_context=True)
def pages(context: Context, page: Any) -> dict[str, object]:
    """`{% pages page %}` with a `cursors.Page`: first page and next page, filters kept."""
    query = context["request"].GET.copy()
    had_cursor = bool(query.pop("cursor", None))
    first = "?" + query.urlencode()
    if page.next:
        query["cursor"] = page.next
    return {"first": first if had_cursor else "", "next": "?" + query.urlencode() if page.next else ""}


@register.simple_block_tag
def empty(content: str, title: str) -> SafeString:
    """`{% empty title=_("No alert yet") %}What appears here and how it comes.{% endempty %}`"""
    return format_html('<div class="empty"><strong>{}</strong><p>{}</p></div>', title, content)


@register.inclusion_tag("web/components/error_summary.html")
def error_summary(form: BaseForm) -> dict[str, object]:
    """`{% error_summary form %}`: what to correct, each line a link to its field. `base_form.html` has it."""
    fields = [bound for bound in form if bound.errors and not bound.is_hidden]
    hidden = [error for bound in form.hidden_fields() for error in bound.errors]
    return {"form": form, "fields": fields, "others": [*form.non_field_errors(), *hidden]}


@register.simple_tag
def field(bound: BoundField) -> SafeString:
    """`{% field form.seen_on %}`: label above, help below, error beside."""
    return bound.as_field_group()


@register.inclusion_tag("web/components/facts.html")
def facts(pairs: Iterable[tuple[object, object]] | Mapping[object, object]) -> dict[str, object]:
    """`{% facts pairs %}`: a definition list; pairs whose value is empty are said to be unknown."""
    rows = pairs.items() if isinstance(pairs, Mapping) else pairs
    return {"pairs": [(label, value) for label, value in rows]}


@register.simple_tag
def progress(value: int, maximum: int, label: str) -> SafeString:
    """`{% progress 40 100 _("Import") %}`: with its words, never colour alone."""
    words = _("%(value)s of %(maximum)s") % {"value": value, "maximum": maximum}
    return format_html(
        '<span class="progress-words">{}: {}</span><progress value="{}" max="{}" aria-label="{}">{}</progress>',
        label,
        words,
        value,
        maximum,
        label,
        words,
    )


@register.inclusion_tag("web/components/chart.html")
def chart(chart: Chart, id: str) -> dict[str, object]:
    """`{% chart funnel id="funnel" %}` with a `components.Chart`: picture, sentence, and the table beneath."""
    return {"chart": chart, "id": id, "drawn": shares(chart.bars)}


@register.inclusion_tag("web/components/lantern.html")
def lantern() -> dict[str, object]:
    """`{% lantern %}`: the mark, decorative, in the colour of the text."""
    return {}


@register.filter
def as_tag(value: Tag | None) -> str:
    """`{{ line.tag|as_tag }}`: draws a `components.Tag`, nothing for None."""
    return "" if value is None else tag(value.text, value.tone)


@register.filter
def known(value: object) -> object:
    """`{{ person.citizenship|known }}`: the value, or "not known" in words."""
    return format_html('<span class="quiet">{}</span>', _("not known")) if value in (None, "") else value
