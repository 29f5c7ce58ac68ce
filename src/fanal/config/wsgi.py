"""The WSGI application that the web server runs."""

import os

from django.core.wsgi import get_wsgi_application

from fanal.config import limits
from fanal.config.commands import serving

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fanal.config.settings")
application = get_wsgi_application()
limits.set_limits(limits.PAGES)
serving.discreet()
