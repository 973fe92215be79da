"""The addresses of what every screen shares: the gestures that may still be undone, the named views, long works."""

from django.urls import path

from tenir.ecran import travaux
from tenir.ecran.adresses import of_both
from tenir.ecran.annulation import vues
from tenir.ecran.ecrans.vues import pages

urlpatterns = [
    *of_both(
        ("gestes/", vues.gestes, "gestes"),
        ("gestes/<int:numero>/", vues.geste, "geste"),
        ("vues/<slug:liste>/enregistrer/", pages.enregistrer, "vue-enregistrer"),
        ("vues/<int:numero>/regler/", pages.modifier, "vue-modifier"),
        ("vues/<int:numero>/actualiser/", pages.actualiser, "vue-actualiser"),
        ("vues/<int:numero>/ouverture/", pages.ouverture, "vue-ouverture"),
        ("vues/<int:numero>/supprimer/", pages.supprimer, "vue-supprimer"),
    ),
    path("travaux/<int:numero>/", travaux.travail, name="travail"),
    path("travaux/<int:numero>/annuler/", travaux.annuler, name="travail-annuler"),
    path("travaux/<int:numero>/fichier/", travaux.fichier, name="travail-fichier"),
]
