"""The quarter: where it is, what the contract counts there, its places, what the contract before taught."""

from django.urls import path

from tenir.public.quartier.vues import donnees, enseignements, lieux, quartier

urlpatterns = [
    path("quartier/", quartier, name="quartier"),
    path("quartier/donnees/", donnees, name="donnees"),
    path("quartier/donnees.<str:format>", donnees, name="donnees-export"),
    path("quartier/lieux.<str:format>", lieux, name="lieux-export"),
    path("quartier/enseignements.<str:format>", enseignements, name="enseignements-export"),
]
