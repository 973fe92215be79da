"""The public pages of surveys: what is asked, to whoever answers; what was said, once it is public."""

from tenir.public.enquetes.vues import urlpatterns

__all__ = ["urlpatterns"]
