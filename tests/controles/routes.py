"""What the routes of controls state (`tests/routes.py`)."""

from tenir.controles.models import AnomalieRelevee, Derogation
from tenir.habilitations.models import EspaceDeContrat
from tests.routes import COPILOTES, EQUIPE, FICHIER, Arguments, Route

ADMETTRE = "tests/controles/test_navigateur_qualite.py::test_the_team_admits_an_anomaly_and_withdraws_it"


def arguments(espace: EspaceDeContrat) -> Arguments:
    """An anomaly, and the dérogation that admits one."""
    last = AnomalieRelevee.objects.filter(espace=espace).count()
    found = AnomalieRelevee.objects.create(espace=espace, rang=last, regle="GOV001", gravite="à corriger", phrase="x.")
    kept = Derogation.objects.create(espace=espace, regle="GOV001", motif="x", auteur="y", fin="2099-01-01")
    return {"qualite-rapport": ["docx"], "qualite-admettre": [found.pk], "qualite-retirer": [kept.pk]}


ROUTES = {
    "qualite": Route(COPILOTES, ADMETTRE, 12),
    "qualite-export": Route(COPILOTES, FICHIER, 10),
    "qualite-rapport": Route(COPILOTES, FICHIER, 8),
    "qualite-admettre": Route(EQUIPE, ADMETTRE, 6),
    "qualite-retirer": Route(EQUIPE, ADMETTRE, 5),
}
