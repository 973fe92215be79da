"""What the routes of rooms state (`tests/routes.py`)."""

from tenir.ecran.models import Geste
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.roles import Role
from tenir.reservations.services.par_carnet import book_hours
from tests.activite.carnets import carnet, jeton_of
from tests.activite.registres import objet
from tests.personnes import acces
from tests.reservations.salles import asked, booked, permanence, salle
from tests.routes import COMMUN, EQUIPE, FICHIER, GESTE, LIEN, PARTENAIRES, TOUS, Arguments, Route

PARCOURS = "tests/reservations/test_navigateur_reservations.py::test_a_slot_on_a_phone_taken_given_back_and_undone"


def arguments(espace: EspaceDeContrat) -> Arguments:
    """A room with a permanence and a confidential slot, and a carnet by which one is held."""
    by = acces("Olga Salles", Role.EQUIPE, espace)
    place = objet(by, espace, "Maison des permanences", nature="lieu-ouvert")
    one = salle(by, espace, lieu_ouvert=place, autre_lieu="")
    held = booked(by, one, days=2)
    permanence(by, one, days=3)
    over = salle(by, espace, nom="Bureau sans rien")
    of = carnet(by, espace, name="Nora Salles")
    jeton = jeton_of(of)
    book_hours(of, one, asked(espace, days=4))
    names = ("salle", "salle-modifier", "salle-fermer", "salle-feuille", "salle-agenda", "reservation-nouvelle")
    given: Arguments = {name: [one.numero] for name in names}
    given["salle-fermer"] = [over.numero]
    given |= {"reservation-annuler": [held.numero], "mon-carnet-salles": [jeton]}
    given |= {f"mon-carnet-{name}": [jeton, one.numero] for name in ("salle", "reserver")}
    return given | {
        "mon-carnet-reservation-annuler": [jeton, held.numero],
        "mon-carnet-salles-defaire": [jeton, Geste.objects.latest("pk").pk],
    }


ROUTES = {
    "salles": Route(TOUS, COMMUN, 14),
    "salles-export": Route(TOUS, FICHIER, 8),
    "salles-occupation": Route(TOUS, COMMUN, 9),
    "salles-occupation-fichier": Route(TOUS, FICHIER, 8),
    "salle": Route(TOUS, COMMUN, 14),
    "salle-feuille": Route(TOUS, COMMUN, 9),
    "salle-agenda": Route(TOUS, FICHIER, 9),
    "salle-nouvelle": Route(EQUIPE, COMMUN, 12),
    "salle-modifier": Route(EQUIPE, COMMUN, 12),
    "salle-fermer": Route(EQUIPE, COMMUN, 8),
    "reservation-nouvelle": Route(PARTENAIRES, COMMUN, 10),
    "reservation-annuler": Route(PARTENAIRES, COMMUN, 8),
    "mon-carnet-salles": Route(LIEN, PARCOURS, 8),
    "mon-carnet-salle": Route(LIEN, PARCOURS, 8),
    "mon-carnet-reserver": Route(LIEN, PARCOURS, 6),
    "mon-carnet-reservation-annuler": Route(LIEN, PARCOURS, 8),
    "mon-carnet-salles-defaire": Route(LIEN, GESTE, None),
}
