"""The entry point of the web server."""

import gc
import os
from importlib import import_module

from django.core.wsgi import get_wsgi_application

from tenir.config.reglages import ReglagesRefuses, missing


def demonstration_closed() -> str:
    """Why the demonstration does not open on this database; nothing when none is asked, or the base is not made yet."""
    from django.conf import settings
    from django.db import DatabaseError, connection

    from tenir.demonstration.personnes import why_closed

    if not settings.DEMONSTRATION:
        return ""
    try:
        return why_closed()
    except DatabaseError:
        return ""  # its own pages look again
    finally:
        connection.close()  # each process opens its own


def settle() -> None:
    """Load every page, then set what is loaded apart from the garbage collector, which looked at it every twenty pages.

    It lasts as long as the process. Those that gunicorn forks share it, and for longer: looking at it writes on it.
    """
    from django.conf import settings

    import_module(settings.ROOT_URLCONF)
    gc.collect()
    gc.freeze()


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tenir.config.settings")
if faults := missing(os.environ):
    raise ReglagesRefuses(faults)
application = get_wsgi_application()
if fault := demonstration_closed():
    raise ReglagesRefuses([fault])
settle()
