"""What the routes of walks state (`tests/routes.py`)."""

from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.roles import Role
from tenir.marches.models import Arret
from tests.marches.marches import parcourue, publiee, refaite
from tests.personnes import acces
from tests.routes import COMMUN, EQUIPE, FICHIER, PARTENAIRES, TOUS, Arguments, Route

PARCOURS = "tests/marches/test_navigateur_marches.py::test_a_walk_is_noted_on_a_phone_then_walked_again"


def arguments(espace: EspaceDeContrat) -> Arguments:
    """A walk that « ccas » leads, followed by another; one that is published."""
    by = acces("Olga Marcheuse", Role.EQUIPE, espace)
    one, shown = parcourue(by, espace, photo=True), publiee(by, espace)
    refaite(by, espace, one)
    stop = Arret.objects.of(one)[0]
    free = Arret.objects.of(shown)[1]
    given: Arguments = {f"arret-{name}": [one.numero, stop.pk] for name in ("modifier", "photographier", "photo")}
    given |= {f"arret-{name}": [shown.numero, free.pk] for name in ("retirer", "demander")}
    given |= {name: [one.numero] for name in ("marche-modifier", "marche-publier", "arret-nouveau")}
    return given | {name: [shown.numero] for name in ("marche", "marche-retirer")}


ROUTES = {
    "marches": Route(TOUS, PARCOURS, 15),
    "marches-export": Route(TOUS, FICHIER, 8),
    "marche": Route(TOUS, PARCOURS, 14),
    "marche-nouvelle": Route(PARTENAIRES, PARCOURS, 9),
    "marche-modifier": Route(PARTENAIRES, COMMUN, 9),
    "marche-publier": Route(EQUIPE, COMMUN, 9),
    "marche-retirer": Route(EQUIPE, COMMUN, 9),
    "arret-nouveau": Route(PARTENAIRES, PARCOURS, 9),
    "arret-modifier": Route(PARTENAIRES, COMMUN, 9),
    "arret-photographier": Route(PARTENAIRES, COMMUN, 9),
    "arret-retirer": Route(PARTENAIRES, COMMUN, 9),
    "arret-demander": Route(EQUIPE, COMMUN, 9),
    "arret-photo": Route(TOUS, FICHIER, 6),
}
