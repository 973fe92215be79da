"""Signatories and what they promise: their list, the page of each, the list of promises, the page of each."""

from tenir.public.signataires import engagements, vues

urlpatterns = [*vues.urlpatterns, *engagements.urlpatterns]
