"""The addresses of subscriptions."""

from django.urls import path

from tenir.abonnements.ecrans import vues
from tenir.abonnements.services.abonnements import find
from tenir.core.liens import secret_link

urlpatterns = [
    path("contrats/<slug:slug>/suivre/", vues.suivre, name="abonnement-nouveau"),
    *secret_link("suivi/", vues.suivi, name="suivi", known=find),
]
