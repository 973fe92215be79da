"""Comments for the tests."""

from datetime import timedelta

from tenir.commentaires.models import Chose, Commentaire, PersonneCitee
from tenir.commentaires.services.commentaires import write
from tenir.core import horloge
from tenir.fiches.models import FicheAction
from tenir.habilitations.rights import Acces
from tenir.points.models import Destinataire, PointDEtape, Question
from tests.personnes import person, referent


def commentaire(by: Acces, chose: Chose, texte: str = "Qui ouvre la salle ?", *citees: int) -> Commentaire:
    """A comment, and whom it tells."""
    return write(by=by, chose=chose, texte=texte, citer=citees)


def citee(by: Acces, chose: Chose, *, of: str = "caf") -> PersonneCitee:
    """A contact without an account of a body, told by a comment."""
    ida = referent(person("Ida Citée", signs_in=False), by.habilitations[0].espace, of=of).personne
    return commentaire(by, chose, "Qui ouvre la salle ?", ida.pk).personnes_citees.get()


def asked(by: Acces, of: FicheAction) -> Question:
    """What a point d’étape asks someone of an action."""
    espace = of.espace
    later = horloge.now() + timedelta(days=9)
    point = PointDEtape.objects.create(
        espace=espace, titre="Printemps", reponse_avant=horloge.day_of(later), cree_par=by.personne
    )
    someone = person("Ugo Interrogé", signs_in=False)
    of_whom = Destinataire.objects.create(point=point, personne=someone, expire_le=later)
    return Question.objects.create(destinataire=of_whom, ordre=1, fiche=of)
