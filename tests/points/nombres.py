"""What is counted by period, asked by a point d'étape, as the tests say it."""

from datetime import UTC, date, datetime

from tenir.activite.models import Entree
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.points.models import Destinataire, PointDEtape, Question
from tenir.points.services.destinataires import plan_of
from tenir.points.services.envoi import save_point, send_point
from tenir.points.services.reponses import Reponse, answer
from tests.activite.registre import HEURES, VEILLE, entree, kinds

NOW = datetime(2026, 10, 12, 8, tzinfo=UTC)
TODAY = NOW.date()
PETITS_DEJEUNERS = """nature: dejeuners
libelle: Petits déjeuners
forme: décompte
sujet: une école
periode: mois
actions: [O01-A01]
principale: servis
mesures:
  - {code: servis, libelle: Petits déjeuners servis, unite: petits déjeuners, vraisemblable: [0, 5000]}
"""
SECRET = VEILLE.replace("séance", "décompte") + "periode: mois\n"
T2, T3 = (date(2026, 4, 1), date(2026, 6, 30)), (date(2026, 7, 1), date(2026, 9, 30))


def opened(espace: EspaceDeContrat, by: Acces, **more: object) -> PointDEtape:
    given = {"titre": "Automne 2026", "actions": False, "nombres": True, "reponse_avant": date(2026, 10, 30)}
    return save_point(by=by, espace=espace, given=given | more)


def hours(
    by: Acces, espace: EspaceDeContrat, jours: tuple[date, date] = T2, heures: object = "120.5", **given: object
) -> Entree:
    """What a body counted of its hours."""
    given = {"of": "caf", "debut": jours[0], "fin": jours[1], "valeurs": {("heures", ""): heures}, **given}
    return entree(by, espace, None, nature="heures", **given)


def wanted(point: PointDEtape, on: date = TODAY) -> list[tuple[str, str]]:
    """What is asked, and of which body."""
    plan = plan_of(point, on)
    return [(one.code, one.organisme.identifiant) for each in plan.sollicitations for one in each.nombres]


def asked_hours(espace: EspaceDeContrat, by: Acces, point: PointDEtape) -> Destinataire:
    """Someone asked for the hours of the third term, her body having given those of the second."""
    kinds(espace, HEURES)
    hours(by, espace)
    send_point(by=by, point=point)
    return Destinataire.objects.select_related("point__espace", "personne", "organisation").get()


def given(heures: object = "98", **more: str) -> dict[str, str]:
    """Numbers as an answer keeps them."""
    return {"v_heures": str(heures), **more}


def say(asked: Destinataire, **what: object) -> Question:
    return answer(destinataire=asked, question=asked.questions.get(), reponse=Reponse(**what))


def written(espace: EspaceDeContrat) -> list[Entree]:
    return list(Entree.objects.of(espace).filter(source="point").prefetch_related("valeurs"))
