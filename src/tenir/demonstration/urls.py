"""The addresses of the demonstration, which exist with `TENIR_DEMONSTRATION=1` alone."""

from django.contrib.auth.decorators import login_not_required
from django.urls import path

from tenir.demonstration import vues

urlpatterns = [
    path("demonstration/", login_not_required(vues.choix), name="demonstration"),
    path("demonstration/entrer/<int:numero>/", login_not_required(vues.entrer), name="demonstration-entrer"),
    path("demonstration/courriels/", login_not_required(vues.boite), name="demonstration-courriels"),
]
