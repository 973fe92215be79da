"""What comments keep of people: what they wrote, the links that tell them, the messages sent to them."""

from tenir.acteurs.models import Personne
from tenir.commentaires.models import Commentaire, PersonneCitee
from tenir.commentaires.services.commentaires import CITATION
from tenir.core import courriels, horloge
from tenir.core.models import Courriel
from tenir.core.oubli import Marques
from tenir.core.piece import Answer
from tenir.core.typographie import capital, date_fr
from tenir.ecran.navigation import address
from tenir.habilitations.connu import Tableau
from tenir.habilitations.mots import CONTRAT


def known(personne: Personne) -> list[Tableau]:
    """What she wrote, and what told her; a query each."""
    return [_written(personne), _told(personne)]


def _written(personne: Personne) -> Tableau:
    rows = Commentaire.objects.filter(auteur=personne).whole()
    return Tableau(
        "commentaires",
        "Mes commentaires",
        [capital(CONTRAT), "Le", "À propos de", "Commentaire"],
        [_row(one) for one in rows],
        "Vous n’avez rien commenté.",
        "Son nom, devant ses commentaires : leurs mots restent.",
    )


def _told(personne: Personne) -> Tableau:
    rows = Commentaire.objects.filter(personnes_citees__personne=personne).whole()
    return Tableau(
        "citations",
        "Les commentaires qui me préviennent",
        [capital(CONTRAT), "Le", "À propos de", "Commentaire"],
        [_row(one) for one in rows],
        "Aucun commentaire ne vous a été adressé.",
        "Les liens par lesquels cette personne répondait.",
    )


def _row(one: Commentaire) -> list[str]:
    words = one.texte if one.retire_le is None else f"retiré : {one.motif}"
    return [str(one.espace), date_fr(horloge.day_of(one.ecrit_le)), one.chose.code, words]


def forget(personne: Personne, marques: Marques) -> None:
    """Call off what waits for her, take her address off what left, and end her links."""
    told = PersonneCitee.objects.filter(personne=personne)
    numbers = [str(pk) for pk in told.order_by("pk").values_list("pk", flat=True)]
    sent = Courriel.objects.filter(genre=CITATION, cible__in=numbers)
    courriels.cancel(sent)
    sent.update(adresse="")
    told.delete()


def _where(row: Commentaire) -> str:
    return address("commentaire-retirer", row.espace, row.pk)


WHERE: dict[str, Answer] = {Commentaire._meta.label: _where}
