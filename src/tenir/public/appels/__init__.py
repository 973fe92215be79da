"""The calls for projects that anyone reads: the list, one of them, its files, their days in a calendar."""

from django.urls import path

from tenir.public.appels.vues import agenda, appel, appels, piece

UN = "appels-a-projets/<int:numero>/"

urlpatterns = [
    path("appels-a-projets/", appels, name="appels-a-projets-publics"),
    path("appels-a-projets.ics", agenda, name="appels-a-projets-agenda"),
    path("appels-a-projets.<str:format>", appels, name="appels-a-projets-publics-export"),
    path(UN, appel, name="appel-a-projets-public"),
    path(f"{UN}pieces/<int:pk>.fichier", piece, name="appel-a-projets-piece-publique"),
]
