"""The start-up check: every route of the URL table declares its gate."""

from collections.abc import Callable, Iterator
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.urls import URLPattern, URLResolver, get_resolver


@register()
def every_route_has_a_gate(**_: Any) -> list[CheckMessage]:
    """An error for each route that names neither a permission nor the reason why it is public."""
    return [
        Error(
            f"{route} ({name}) declares no permission",
            hint="decorate it with access.gate.requires or public",
            id="access.E001",
        )
        for route, name, gated in routes()
        if not gated
    ]


def routes() -> Iterator[tuple[str, str, bool]]:
    """(route, name of the view, whether it has a gate) for every HTML view and API operation."""
    for route, view in _patterns(get_resolver(), ""):
        foreign = next((m for m in settings.FOREIGN_VIEWS if view.__module__.startswith(m)), None)
        operations = _operations(view)
        if operations:
            for name, endpoint in operations:
                yield route, name, hasattr(endpoint, "gate")
        else:
            yield (
                route,
                f"{view.__module__}.{getattr(view, '__qualname__', '?')}",
                foreign is not None or hasattr(view, "gate"),
            )


def _patterns(resolver: URLResolver, prefix: str) -> Iterator[tuple[str, Callable[..., Any]]]:
    for pattern in resolver.url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _patterns(pattern, route)
        elif isinstance(pattern, URLPattern):
            yield route, pattern.callback


def _operations(view: Callable[..., Any]) -> list[tuple[str, Callable[..., Any]]]:
    """The endpoints behind a ninja route, which hides them in a closure."""
    for cell in getattr(view, "__closure__", None) or ():
        found = getattr(cell.cell_contents, "operations", None)
        if isinstance(found, list):
            return [(f"{op.view_func.__module__}.{op.view_func.__qualname__}", op.view_func) for op in found]
    return []
