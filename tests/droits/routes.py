"""What the routes of repérages state (`tests/routes.py`)."""

from tenir.droits.services.offre import set_up
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.roles import Role
from tests.droits.reperages import aide, became, counted
from tests.personnes import acces, person, referent
from tests.routes import COMMUN, EQUIPE, FICHIER, PARTENAIRES, TOUS, Arguments, Route

PARCOURS = "tests/droits/test_navigateur_reperage.py::test_a_reception_on_a_phone_points_to_rights_and_is_counted"


def arguments(espace: EspaceDeContrat) -> Arguments:
    """A local aid, and some receptions."""
    by = acces("Olga Guichet", Role.EQUIPE, espace)
    referent(person("Nina Guichet", signs_in=False), espace, of="ccas")
    found = aide(by, espace)
    one = counted(by, espace, "rsa", found.code, times=6)
    became(by, espace, "rsa")
    set_up(by=by, espace=espace, code="rsa", version=0, changes={"ecarte": True})
    set_up(by=by, espace=espace, code="rsa", version=1, changes={"ecarte": False})
    given: Arguments = {f"aide-locale-{name}": [found.numero] for name in ("modifier", "retirer")}
    return given | {"reperage-corriger": [one.pk], "reperage-droit": ["rsa"]}


ROUTES = {
    "reperage": Route(TOUS, PARCOURS, 6),
    "reperage-compter": Route(PARTENAIRES, COMMUN, 12),
    "reperage-comptes": Route(TOUS, PARCOURS, 15),
    "reperage-comptes-fichier": Route(TOUS, FICHIER, 12),
    "reperage-devenir": Route(PARTENAIRES, COMMUN, 12),
    "reperage-corriger": Route(PARTENAIRES, COMMUN, 12),
    "reperage-droits": Route(TOUS, COMMUN, 12),
    "reperage-droit": Route(EQUIPE, COMMUN, 12, commune=True),
    "aide-locale-nouvelle": Route(EQUIPE, COMMUN, 12),
    "aide-locale-modifier": Route(EQUIPE, COMMUN, 12),
    "aide-locale-retirer": Route(EQUIPE, COMMUN, 12),
}
