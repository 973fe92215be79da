"""The entry point of the web server."""

import os

from django.core.wsgi import get_wsgi_application

from tenir.config.reglages import ReglagesRefuses, missing

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tenir.config.settings")
if faults := missing(os.environ):
    raise ReglagesRefuses(faults)
application = get_wsgi_application()
