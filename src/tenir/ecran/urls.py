"""The addresses of long works: those of no room in particular."""

from django.urls import path

from tenir.ecran import travaux

urlpatterns = [
    path("travaux/<int:numero>/", travaux.travail, name="travail"),
    path("travaux/<int:numero>/annuler/", travaux.annuler, name="travail-annuler"),
    path("travaux/<int:numero>/fichier/", travaux.fichier, name="travail-fichier"),
]
