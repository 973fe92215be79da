"""How the contract came to say what it says: its versions, what changed, its loads, its file on any day."""

from django.urls import path

from tenir.public.histoire.vues import chargements, fichier, histoire, version, version_export, versions

urlpatterns = [
    path("histoire/", histoire, name="histoire"),
    path("histoire/versions.<str:format>", versions, name="versions-export"),
    path("histoire/chargements.<str:format>", chargements, name="chargements-export"),
    path("histoire/contrat.yaml", fichier, name="fichier-contrat"),
    path("histoire/<int:numero>", version, name="version"),
    path("histoire/<int:numero>.yaml", fichier, name="fichier-de-version"),
    path("histoire/<int:numero>.<str:format>", version_export, name="version-export"),
]
