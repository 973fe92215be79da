"""Indicators: their list, grouped as printed, and the page of each."""

from tenir.public.indicateurs.vues import urlpatterns

__all__ = ["urlpatterns"]
