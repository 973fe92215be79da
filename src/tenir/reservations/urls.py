"""The addresses of rooms; those behind the link of a carnet are in `ecrans.carnet` (`UNDER`)."""

from tenir.ecran.adresses import of_a_contract
from tenir.reservations.ecrans import vues

urlpatterns = of_a_contract(
    ("salles/", vues.salles, "salles"),
    ("salles.<str:format>", vues.salles, "salles-export"),
    ("salles/nouvelle/", vues.nouvelle, "salle-nouvelle"),
    ("salles/occupation/", vues.occupee, "salles-occupation"),
    ("salles/occupation.<str:format>", vues.occupee, "salles-occupation-fichier"),
    ("salles/<int:numero>/", vues.salle, "salle"),
    ("salles/<int:numero>/modifier/", vues.modifier, "salle-modifier"),
    ("salles/<int:numero>/fermer/", vues.fermer, "salle-fermer"),
    ("salles/<int:numero>/feuille/", vues.feuille, "salle-feuille"),
    ("salles/<int:numero>/permanences.ics", vues.agenda, "salle-agenda"),
    ("salles/<int:numero>/reserver/", vues.reserver, "reservation-nouvelle"),
    ("salles/reservations/<int:numero>/annuler/", vues.annuler, "reservation-annuler"),
)
