"""The addresses of the demonstration, which exist with `TENIR_DEMONSTRATION=1` alone."""

from django.contrib.auth.decorators import login_not_required
from django.urls import path

from tenir.demonstration import vues
from tenir.demonstration.personnes import without_real_people

urlpatterns = [
    path(address, login_not_required(without_real_people(view)), name=name)
    for address, view, name in (
        ("demonstration/", vues.choix, "demonstration"),
        ("demonstration/entrer/<int:numero>/", vues.entrer, "demonstration-entrer"),
        ("demonstration/courriels/", vues.boite, "demonstration-courriels"),
    )
]
