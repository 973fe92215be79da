"""The page that says that the document holds none of what nothing was read of."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from tenir.atelier.ecrans.commun import ONGLET, SansChamp, answer_gesture, bench_or_404, subject
from tenir.atelier.ecrans.texte import or_its_text
from tenir.atelier.models import GesteDAtelier
from tenir.atelier.services import absents as services
from tenir.atelier.services.brouillon import RIGHT, Etabli
from tenir.core.typographie import typo
from tenir.ecran.edition import Ecran, posted, read_mark
from tenir.ecran.navigation import address
from tenir.fichier.contenus import a_verifier, non_lus
from tenir.fichier.enums import Contenu
from tenir.fichier.mots import plain
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.habilitations.vues import needs

BY_ADDRESS = {plain(kind): kind for kind in Contenu}
"""Each kind, by what its address says: accents left out."""


@dataclass(frozen=True, slots=True)
class NonLu:
    """A kind that nothing was read of: the sentence, and where one says that the document holds none."""

    phrase: str
    url: str


def unread(etabli: Etabli) -> list[NonLu]:
    """What is to be settled of whole kinds, once something was read at all."""
    espace = etabli.brouillon.espace
    kinds = non_lus(etabli.contrat) if etabli.arbre.noeuds and etabli.brouillon.base_id is None else ()
    return [NonLu(typo(a_verifier(kind)), address("atelier-absent", espace, plain(kind))) for kind in kinds]


@require_http_methods(["GET", "HEAD", "POST"])
@needs(RIGHT)
@or_its_text
def absent(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, contenu: str) -> HttpResponse:
    """Say that the document holds no item of a kind."""
    etabli = bench_or_404(espace)
    kind = BY_ADDRESS.get(contenu)
    if kind is None:
        raise Http404

    def write() -> GesteDAtelier | None:
        return services.dire_absent(by=acces, brouillon=etabli.brouillon, contenu=kind, lu=read_mark(request))

    ecran = Ecran(
        f"Absents du document : {kind} ?",
        "Le document n’en contient pas",
        "Rien n’a changé.",
        "Les pages diront que le contrat n’en porte aucun. Sinon, donnez une place aux lignes qui en parlent.",
    )
    return answer_gesture(
        request,
        acces,
        subject(etabli, retour=address(ONGLET, espace)),
        SansChamp(posted(request)),
        ecran,
        write,
        lu=services.shown(etabli, kind),
        vers=lambda _: address(ONGLET, espace),
    )
