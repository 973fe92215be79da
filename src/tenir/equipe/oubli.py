"""Where the team changes what may name someone who was erased (`habilitations.mentions`)."""

from tenir.core.models import EntreeDeTrace
from tenir.core.piece import Answer
from tenir.ecran.navigation import address
from tenir.habilitations.models import EspaceDeContrat, Referent
from tenir.habilitations.services import slug_of


def _entry(entry: EntreeDeTrace) -> str:
    espace = EspaceDeContrat.objects.filter(slug=slug_of(entry.chaine.nom)).first()
    return address("trace-objet", espace, entry.genre, entry.objet)


def _contract(espace: EspaceDeContrat) -> str:
    return address("reglages", espace)


def _contact(referent: Referent) -> str:
    return address("contact-modifier", referent.espace, referent.pk)


WHERE: dict[str, Answer] = {
    "core.EntreeDeTrace": _entry,
    "habilitations.EspaceDeContrat": _contract,
    "habilitations.Referent": _contact,
}
