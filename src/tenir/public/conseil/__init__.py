"""The council of residents as anyone reads it: calls, draws that one replays; numbers, never a name."""

from django.urls import path

from tenir.public.conseil.vues import appel, conseil, liste, rejouer

urlpatterns = [
    path("conseil-citoyen/", conseil, name="conseil-public"),
    path("conseil-citoyen/rejouer.py", rejouer, name="rejouer"),
    path("conseil-citoyen/appels/<int:numero>", appel, name="appel-public"),
    path("conseil-citoyen/appels/<int:numero>/candidats.csv", liste, name="appel-liste"),
]
