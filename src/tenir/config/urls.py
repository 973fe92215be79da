"""Every address of the site: those of each room, in the order of the rooms."""

from django.urls import include, path

from tenir.core.piece import pieces

urlpatterns = [path("", include(piece.urls)) for piece in pieces() if piece.urls]
handler400 = "tenir.core.demandes.refused"
handler429 = "tenir.acteurs.adaptateur.trop_d_essais"
handler500 = "tenir.core.panne.en_panne"
