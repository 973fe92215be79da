"""Every address of the site."""

from django.conf import settings
from django.urls import include, path

urlpatterns = [
    path("", include("tenir.public.urls")),
    path("", include("tenir.public.sante")),
    path("", include("tenir.tableau_de_bord.urls")),
    path("compte/", include("tenir.acteurs.urls")),
]
if settings.DEMONSTRATION:
    urlpatterns.append(path("demonstration/", include("tenir.tableau_de_bord.demonstration.urls")))
handler429 = "tenir.acteurs.adaptateur.trop_d_essais"
