"""The addresses of what every screen shares: the gestures that may still be undone, long works."""

from django.urls import path

from tenir.ecran import travaux
from tenir.ecran.adresses import of_a_contract
from tenir.ecran.annulation import vues

urlpatterns = [
    *of_a_contract(
        ("gestes/", vues.gestes, "gestes"),
        ("gestes/<int:numero>/", vues.geste, "geste"),
    ),
    path("travaux/<int:numero>/", travaux.travail, name="travail"),
    path("travaux/<int:numero>/annuler/", travaux.annuler, name="travail-annuler"),
    path("travaux/<int:numero>/fichier/", travaux.fichier, name="travail-fichier"),
]
