"""The WSGI application that the web server runs."""

import logging
import os
from collections.abc import Iterable
from typing import Any

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from fanal.config import limits
from fanal.config.commands import serving

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fanal.config.settings")
_django = get_wsgi_application()
assert get_resolver().url_patterns  # every page is loaded before the first person asks for one
limits.set_limits(limits.PAGES)
serving.discreet()
serving.settle()


def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """Django; what even its own last handler could not answer is told by type and place before it rises."""
    try:
        return _django(environ, start_response)
    except Exception:
        logging.getLogger("fanal.fault").critical("no answer", exc_info=True)
        raise
