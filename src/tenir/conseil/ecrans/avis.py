"""The opinions asked of the council: their list, one of them with its link, asking one, correcting it."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from tenir.conseil.ecrans.commun import AVIS as PAGE
from tenir.conseil.ecrans.commun import BOTH, about_avis, about_opinions, avis_or_404, stamp_of_avis
from tenir.conseil.ecrans.formulaires import AvisForm, CorrigerAvisForm
from tenir.conseil.ecrans.listes import AVIS, FiltreDesAvis
from tenir.conseil.models import DemandeDAvis
from tenir.conseil.regles import RAPPORT_ANNUEL
from tenir.conseil.services.avis import ask, correct_request, token_of, why_closed
from tenir.conseil.services.commun import CONSEIL, RIGHT
from tenir.conseil.services.messages import bring, send_again
from tenir.core import horloge
from tenir.core.composants import Renseignement
from tenir.core.listes import respond
from tenir.core.typographie import capital, date_fr, pluriel, typo
from tenir.ecran.annulation.barre import undoable
from tenir.ecran.conflit import answer_or_arbitrate
from tenir.ecran.edition import Ecran, answer, posted
from tenir.ecran.histoire import history_of, records
from tenir.ecran.listes import CHANGES, paged
from tenir.ecran.navigation import address, context
from tenir.gouvernance.services.reunions import contacts_of_council
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, may
from tenir.habilitations.vues import needs

DEMANDER = Ecran(
    "Demander un avis au conseil citoyen", "Demander l’avis",
    "L’avis est demandé. Son lien part aux contacts du conseil, s’il en a.",
    f"Sur le rapport annuel, la règle est celle de la loi : un mois, et le silence vaut avis favorable "
    f"({RAPPORT_ANNUEL.source}). Sur tout autre document, dites la règle : elle ne se suppose pas.",
)  # fmt: skip
CORRIGER = Ecran(
    "Corriger la demande d’avis",
    "Enregistrer",
    "La demande est corrigée.",
    "La règle, elle, reste celle du jour de la demande.",
)


@needs("conseil.read")
def liste(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, format: str = "") -> HttpResponse:
    """The opinions of a contract, or their export."""
    return respond(
        request,
        "conseil/avis_liste.html",
        liste=AVIS,
        filtre=FiltreDesAvis,
        rows=DemandeDAvis.objects.of(espace),
        export_name=f"{espace.slug}-avis",
        format=format,
        context=context(
            acces,
            espace,
            PAGE,
            chapeau="" if format else typo(_lede(espace)),
            nouvelle=address("avis-nouveau", espace) if may(acces, RIGHT, espace) else "",
            csv=address("avis-export", espace, "csv"),
            xlsx=address("avis-export", espace, "xlsx"),
        ),
    )


def _lede(espace: EspaceDeContrat) -> str:
    today = horloge.today(espace)
    count = DemandeDAvis.objects.filter(espace=espace, rendu_le=None, echeance__gte=today).count()
    return f"{capital(pluriel(count, 'avis', 'avis', lettres=True))} {'attendu' if count < 2 else 'attendus'}."


@needs("conseil.read")
def demande(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """One opinion: what is asked, by which rule, until when, what was answered; the link, for the team."""
    found = avis_or_404(espace, numero)
    team = may(acces, RIGHT, espace)
    given = context(
        acces,
        espace,
        PAGE,
        demande=found,
        tampon=stamp_of_avis(found),
        chapeau=typo(told_of(found)),
        lignes=lines_of(found),
        lien=f"{settings.ADRESSE}{reverse('avis', args=[token_of(found)])}" if team and not why_closed(found) else "",
        contacts=len(contacts_of_council(espace)) if team else 0,
        corriger=address("avis-corriger", espace, numero) if team else "",
        annulables=undoable(acces, espace, genre=CONSEIL, code=found.code),
        histoire=paged(request, records(history_of(espace, CONSEIL, found.code)), CHANGES, "histoire"),
    )
    return render(request, "conseil/avis_demande.html", given)


@needs(RIGHT)
@require_POST
def envoyer(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """Send the link to the contacts of the council again."""
    try:
        sent = send_again(by=acces, demande=avis_or_404(espace, numero))
    except ValidationError as error:
        messages.error(request, typo(error.messages[0]))
    else:
        messages.success(request, typo(f"Le lien part à {pluriel(sent, 'contact')} du conseil, une fois par jour."))
    return redirect(address("avis-demande", espace, numero))


def told_of(one: DemandeDAvis) -> str:
    """Where an opinion stands, in a sentence."""
    late = one.rendu_le is not None and one.rendu_le > one.echeance
    if one.rendu_le:
        said = f"Avis {one.get_sens_display()}, rendu le {date_fr(one.rendu_le)}"
        silence = f" ; le silence, qui {one.get_silence_display()}, avait été constaté" if late else ""
        return f"{said}{', hors délai' if late else ''}{silence}."
    if horloge.today(one.espace) > one.echeance:
        return f"Aucun avis au {date_fr(one.echeance)}, dernier jour : le silence {one.get_silence_display()}."
    return (
        f"Avis attendu jusqu’au {date_fr(one.echeance)} inclus. Passé ce jour, le silence {one.get_silence_display()}."
    )


def lines_of(one: DemandeDAvis) -> list[Renseignement]:
    """The rule and the days of an opinion."""
    unit = one.get_unite_display()
    return [
        Renseignement("Reçu par le conseil le", date_fr(one.recue_le)),
        Renseignement("Délai", typo(f"{one.delai} {unit}")),
        Renseignement("Dernier jour", date_fr(one.echeance)),
        Renseignement("Le silence", one.get_silence_display()),
        Renseignement("Ce qui le dit", typo(f"{one.get_nature_display()} : {one.source}")),
    ]


@require_http_methods(BOTH)
@needs(RIGHT)
def nouveau(request: HttpRequest, acces: Acces, espace: EspaceDeContrat) -> HttpResponse:
    """Ask an opinion."""
    form = AvisForm(espace, posted(request), recue_le=horloge.today(espace))

    def write() -> None:
        given = dict(form.cleaned_data)
        with transaction.atomic():
            bring(ask(by=acces, espace=espace, annual=given.pop("sur") == AvisForm.RAPPORT, given=given))

    return answer(request, acces, about_opinions(espace), form, DEMANDER, write)


@require_http_methods(BOTH)
@needs(RIGHT)
def corriger(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """Correct a request."""
    found = avis_or_404(espace, numero)
    form = CorrigerAvisForm(found, posted(request))

    def write(changes: dict[str, Any]) -> None:
        correct_request(by=acces, demande=found, version=form.cleaned_data["version"] or 0, changes=changes)

    return answer_or_arbitrate(request, acces, about_avis(found), form, CORRIGER, write, chose=found)
