"""« Montrer la mise en page »: what each form of heading is, by example; what would change is seen, then accepted."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from tenir.atelier import enfant
from tenir.atelier.ecrans.commun import ONGLET, SansChamp, answer_gesture, bench_or_404, frame, subject
from tenir.atelier.ecrans.gabarit import MiseEnPageForm
from tenir.atelier.ecrans.texte import or_its_text
from tenir.atelier.ecrans.travail import ask_to_reread
from tenir.atelier.models import GesteDAtelier
from tenir.atelier.services import mise_en_page as services
from tenir.atelier.services.brouillon import RIGHT
from tenir.atelier.services.creation import without_ours
from tenir.atelier.services.mise_en_page import its_document
from tenir.core.typographie import nombre, typo
from tenir.ecran import travaux
from tenir.ecran.edition import Ecran, page, posted, read_mark
from tenir.ecran.navigation import address
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.habilitations.vues import needs
from tenir.lecteur.document import LectureRefusee
from tenir.lecteur.gabarit import Gabarit

ECRAN = Ecran(
    "Montrer la mise en page",
    "Relire le document",
    "La lecture est demandée.",
    "Dites ce que sont les intertitres, les étiquettes et les colonnes que Tenir a mal compris : tout ce qui leur "
    "ressemble suit, et le document est relu en entier. Ce qui changerait vous est montré avant que rien ne change.",
    gabarit="atelier/mise_en_page.html",
)
ACCEPTER = Ecran(
    "Ce que donnerait cette lecture",
    "Accepter cette lecture",
    "Rien n’a changé.",
    "Ce qui avait été corrigé dans ce texte serait remplacé ; le geste s’annule.",
    gabarit="atelier/relecture.html",
)
MONTRES = 60
"""How many items that come, or go, are named."""
SIGNED = "Aucun document n’est à relire : ce texte est déjà signé, ou rien n’y est joint."
NOTHING = "Tenir n’a vu ni intertitre, ni étiquette, ni tableau dans ce document : placez ses lignes une à une."


@require_http_methods(["GET", "HEAD", "POST"])
@needs(RIGHT)
@or_its_text
def mise_en_page(request: HttpRequest, acces: Acces, espace: EspaceDeContrat) -> HttpResponse:
    """Say what the headings of the document are; a work reads it again."""
    etabli = bench_or_404(espace)
    document = its_document(etabli.brouillon)
    gabarit = etabli.brouillon.gabarit
    try:
        vue = enfant.show(without_ours(document.lu), gabarit) if document else {}
    except LectureRefusee:
        vue = {}
    if not any(vue.values()):
        given = frame(acces, etabli, chapeau=NOTHING if document else SIGNED)
        return render(request, "atelier/sans_mise_en_page.html", given)
    form = MiseEnPageForm(vue, gabarit, posted(request), request.FILES or None)
    if form.is_valid():
        return redirect(travaux.page_of(ask_to_reread(acces, etabli.brouillon, form.asked())))
    status = 422 if form.errors else 200
    more = {
        "fichier": address("atelier-gabarit", espace) if gabarit else "",
        "attend": address("atelier-relecture", espace) if services.relecture_of(etabli.brouillon) else "",
    }
    return page(request, acces, subject(etabli), ECRAN.gabarit, status=status, form=form, ecran=ECRAN, **more)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(RIGHT)
@or_its_text
def relecture(request: HttpRequest, acces: Acces, espace: EspaceDeContrat) -> HttpResponse:
    """What a layout that was told would change, before it is accepted."""
    etabli = bench_or_404(espace)
    waiting = services.relecture_of(etabli.brouillon)
    if waiting is None:
        messages.info(request, typo(services.GONE))
        return redirect(address("atelier-mise-en-page", espace))

    def write() -> GesteDAtelier | None:
        return services.accepter(by=acces, brouillon=etabli.brouillon, lu=read_mark(request))

    return answer_gesture(
        request,
        acces,
        subject(etabli, retour=address("atelier-mise-en-page", espace)),
        SansChamp(posted(request)),
        ACCEPTER,
        write,
        lu=services.shown(etabli),
        dit=typo(services.what_changes(waiting.avant, waiting.apres)),
        listes=[_listed("Ce qui viendrait", waiting.viennent), _listed("Ce qui partirait", waiting.partent)],
        vers=lambda _: address(ONGLET, espace),
    )


@needs(RIGHT)
@or_its_text
def fichier(request: HttpRequest, acces: Acces, espace: EspaceDeContrat) -> HttpResponse:
    """The gabarit of a draft, to serve the next contract of the same hand."""
    held = bench_or_404(espace).brouillon.gabarit
    if not held:
        raise Http404
    response = HttpResponse(Gabarit.model_validate(held).ecrire(), content_type="application/yaml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{espace.slug}-gabarit.yaml"'
    return response


def _listed(titre: str, items: list[tuple[str, str]]) -> dict[str, Any]:
    """Some items of the same kinds, by kind and name, as many as a page shows."""
    return {
        "titre": f"{titre} ({nombre(len(items))})",
        "items": items[:MONTRES],
        "reste": max(0, len(items) - MONTRES),
    }
