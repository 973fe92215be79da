"""The addresses of the quality of a contract."""

from tenir.controles.ecrans import derogations, vues
from tenir.ecran.adresses import of_a_contract

urlpatterns = of_a_contract(
    ("qualite/", vues.qualite, "qualite"),
    ("qualite.<str:format>", vues.qualite, "qualite-export"),
    ("qualite/rapport.<str:format>", vues.rapport, "qualite-rapport"),
    ("qualite/<int:numero>/admettre/", derogations.admettre, "qualite-admettre"),
    ("qualite/derogations/<int:numero>/retirer/", derogations.retirer, "qualite-retirer"),
)
