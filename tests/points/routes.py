"""What the routes of points d’étape state (`tests/routes.py`)."""

from datetime import timedelta

from tenir.core import horloge
from tenir.habilitations.models import EspaceDeContrat
from tenir.points.models import Destinataire, EnvoiDesEtats, EtatRemis, PointDEtape
from tenir.points.services import etats
from tenir.points.services.liens import token_of
from tests.personnes import person
from tests.routes import COMMUN, EQUIPE, FICHIER, GESTE, LIEN, RENVOI, TOUS, Arguments, Route
from tests.vie import engagement, frozen_point, point_asked

REPONSES = "tests/points/test_navigateur_points.py::test_from_opening_to_the_answers"
CAMPAGNE = "tests/points/test_navigateur_campagne.py::test_a_campaign_from_its_opening_to_its_synthesis"


OF_ONE = ("", "-modifier", "-dispenser", "-envoyer", "-clore", "-reponses", "-accepter-simples", "-synthese-figer")
BY_LINK = ("reponse", "rien-de-nouveau", "terminer", "fin", "transmettre", "pas-moi", "ne-plus")


def arguments(espace: EspaceDeContrat) -> Arguments:
    """A point d’étape with someone asked and her question, her link, and another that is over."""
    point, asked, question = point_asked(espace)
    given: Arguments = {f"point{end}": [point] for end in OF_ONE}
    given |= {page: [point, question] for page in ("point-lire", "point-reponse-fichier")}
    frozen = frozen_point(espace)
    given |= {"point-synthese": [frozen], "point-synthese-fichier": [frozen, "docx"], "point-lien": [point, asked]}
    return given | of_a_link(espace, question) | of_statements(espace)


def of_statements(espace: EspaceDeContrat) -> Arguments:
    """A statement given yesterday to someone, and the gesture that gave it."""
    now, someone = horloge.now(), person("Zoé Destinataire", signs_in=False)
    promised = engagement(espace, "S08-E01", of="etablissement").engagement
    envoi = EnvoiDesEtats.objects.create(
        espace=espace, le=horloge.today() - timedelta(days=1), cree_par=someone, cree_le=now, part_le=now
    )
    remise = EtatRemis.objects.create(
        envoi=envoi, signataire=promised.signataire, personne=someone, expire_le=now + timedelta(days=9)
    )
    nobody = engagement(espace, "S07-E01", of="muet").engagement.signataire
    expires = now + timedelta(days=9)
    EtatRemis.objects.create(envoi=envoi, signataire=nobody, raison="aucun contact", expire_le=expires)
    token = etats.token_of(remise)
    given: Arguments = {"etats-envoi": [envoi.pk], "etats-envoi-export": [envoi.pk, "csv"], "etats-arreter": [envoi.pk]}
    given |= {"etats-renvoyer": [envoi.pk, remise.pk], "etat-remis-abime": [f"{token}&x"]}
    return given | {name: [token] for name in ("etat-remis", "etat-fichier", "etat-accuser")}


def of_a_link(espace: EspaceDeContrat, question: int) -> Arguments:
    """The same for what the link of someone asked opens, once her point d’étape has left."""
    asked = Destinataire.objects.get(questions=question)
    PointDEtape.objects.filter(pk=asked.point_id).update(envoye_le=asked.cree_le)
    giver = person("Noé Donneur", signs_in=False)
    Destinataire.objects.create(point=asked.point, personne=giver, transmis_a=asked, expire_le=asked.expire_le)
    token = token_of(asked)
    given: Arguments = {f"point-{page}": [token] for page in BY_LINK}
    given |= {"point-reponse-abime": [f"{token}&data=x"]}
    return given | {page: [token, question] for page in ("point-repondre", "point-fichier")}


ROUTES = {
    "points": Route(EQUIPE, COMMUN, 7),
    "points-export": Route(EQUIPE, FICHIER, 5),
    "point-nouveau": Route(EQUIPE, REPONSES, 4),
    "point": Route(EQUIPE, REPONSES, 10),
    "point-modifier": Route(EQUIPE, COMMUN, 5),
    "point-dispenser": Route(EQUIPE, GESTE, None),
    "point-envoyer": Route(EQUIPE, GESTE, None),
    "point-clore": Route(EQUIPE, COMMUN, 6),
    "point-lien": Route(EQUIPE, COMMUN, 8),
    "point-synthese": Route(TOUS, CAMPAGNE, 5),
    "point-synthese-fichier": Route(TOUS, FICHIER, 5),
    "point-synthese-figer": Route(EQUIPE, CAMPAGNE, 11),
    "point-reponses": Route(EQUIPE, REPONSES, 7),
    "point-accepter-simples": Route(EQUIPE, GESTE, None),
    "point-lire": Route(EQUIPE, REPONSES, 10),
    "point-reponse-fichier": Route(EQUIPE, FICHIER, 6),
    "point-fin": Route(LIEN, REPONSES, 8),
    "point-reponse": Route(LIEN, REPONSES, 6),
    "point-repondre": Route(LIEN, GESTE, None),
    "point-fichier": Route(LIEN, FICHIER, 2),
    "point-rien-de-nouveau": Route(LIEN, GESTE, None),
    "point-terminer": Route(LIEN, GESTE, None),
    "point-transmettre": Route(LIEN, CAMPAGNE, 1),
    "point-ne-plus": Route(LIEN, CAMPAGNE, 1),
    "point-pas-moi": Route(LIEN, COMMUN, 2),
    "point-reponse-abime": Route(LIEN, RENVOI, 1),
    "etats": Route(EQUIPE, COMMUN, 8),
    "etats-export": Route(EQUIPE, FICHIER, 6),
    "etats-envoyer": Route(EQUIPE, COMMUN, 9),
    "etats-envoi": Route(EQUIPE, COMMUN, 11),
    "etats-envoi-export": Route(EQUIPE, FICHIER, 6),
    "etats-arreter": Route(EQUIPE, GESTE, None),
    "etats-renvoyer": Route(EQUIPE, GESTE, None),
    "etat-remis": Route(LIEN, COMMUN, 7),
    "etat-fichier": Route(LIEN, FICHIER, 7),
    "etat-accuser": Route(LIEN, GESTE, None),
    "etat-remis-abime": Route(LIEN, RENVOI, 1),
}
