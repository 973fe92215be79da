"""Planned actions: their list, and the page of each."""

from tenir.public.actions.vues import urlpatterns

__all__ = ["urlpatterns"]
