"""Where the team changes what may name someone who was erased (`habilitations.mentions`)."""

from tenir.acteurs.models import Personne
from tenir.core import courriels
from tenir.core.models import Courriel, EntreeDeTrace
from tenir.core.oubli import Marques
from tenir.core.piece import Answer
from tenir.ecran.navigation import address
from tenir.equipe.models import Relance, Sigle
from tenir.equipe.services.relances import RELANCE
from tenir.habilitations.models import EspaceDeContrat, Referent
from tenir.habilitations.services import slug_of


def _entry(entry: EntreeDeTrace) -> str:
    espace = EspaceDeContrat.objects.filter(slug=slug_of(entry.chaine.nom)).first()
    return address("trace-objet", espace, entry.genre, entry.objet)


def _contract(espace: EspaceDeContrat) -> str:
    return address("reglages", espace)


def _contact(referent: Referent) -> str:
    return address("contact-modifier", referent.espace, referent.pk)


def _acronym(sigle: Sigle) -> str:
    return address("sigle", sigle.espace, sigle.pk)


def forget(personne: Personne, marques: Marques) -> None:
    """Call off the reminders that wait for her, and take her address off those that left."""
    numbers = [str(pk) for pk in Relance.objects.filter(personne=personne).values_list("pk", flat=True)]
    sent = Courriel.objects.filter(genre=RELANCE, cible__in=numbers)
    courriels.cancel(sent)
    sent.update(adresse="")


WHERE: dict[str, Answer] = {
    "core.EntreeDeTrace": _entry,
    "equipe.Sigle": _acronym,
    "habilitations.EspaceDeContrat": _contract,
    "habilitations.Referent": _contact,
}
