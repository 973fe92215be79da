"""The addresses of the ledger, of the table, of what is asked of funders, then the link of a funder."""

from tenir.ecran.adresses import of_a_contract
from tenir.financement.ecrans import lignes

urlpatterns = [
    *of_a_contract(
        ("argent/lignes/", lignes.lignes, "financements"),
        ("argent/lignes.<str:format>", lignes.lignes, "financements-export"),
        ("argent/lignes/nouvelle/", lignes.nouvelle, "financement-nouveau"),
        ("argent/lignes/<str:code>/", lignes.ligne, "financement"),
        ("argent/lignes/<str:code>/dire/", lignes.dire, "financement-dire"),
    ),
]
