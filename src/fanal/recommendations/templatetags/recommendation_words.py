"""Words and tags of recommendations: `{% load recommendation_words %}`."""

from collections.abc import Mapping, Sequence
from typing import Any

from babel import Locale
from django import template
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from fanal.recommendations.forms import STATES
from fanal.recommendations.rules import State
from fanal.recommendations.views.common import TONES
from fanal.web.components import Tone
from fanal.web.templatetags.fanal import tag

register = template.Library()


@register.simple_tag
def state_tag(state: State) -> SafeString:
    """`{% state_tag line.state %}`: its word, with its tone."""
    return tag(str(STATES[state]), TONES.get(state, Tone.PLAIN))


@register.simple_tag
def years_asked(years: Sequence[int]) -> str:
    """`{% years_asked line.years %}`: asked in 2013, 2017, 2022."""
    return _("asked in %(years)s") % {"years": ", ".join(map(str, years))}


@register.simple_tag
def language_name(code: str) -> str:
    """`{% language_name "fr" %}`: the name of a language in the reader's own."""
    return str(Locale.parse(code).get_display_name(get_language() or "en") or code).capitalize()


@register.filter
def of(found: Mapping[Any, Any], key: object) -> Any:
    """`{{ assessed|of:line.row.id }}`: what stands under a key, or nothing."""
    return found.get(key)
