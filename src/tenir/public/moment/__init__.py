"""« En ce moment »: what began, what comes, what was done in a contract; its page, its files, its feeds."""

from tenir.public.moment.vues import urlpatterns

__all__ = ["urlpatterns"]
