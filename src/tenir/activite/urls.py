"""The addresses of the register."""

from tenir.activite.ecrans import vues
from tenir.ecran.adresses import of_a_contract

urlpatterns = of_a_contract(
    ("activite/", vues.activite, "activite"),
    ("activite.<str:format>", vues.activite, "activite-export"),
    ("activite/<int:numero>/", vues.entree, "entree"),
)
