"""The list of préconisations, one of them: what is asked, who answers by when, what was answered, what is done."""

from functools import partial

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.html import format_html

from tenir.contrat.models import ActionPrevue
from tenir.core import horloge
from tenir.core.composants import Item, Lien
from tenir.core.listes import respond
from tenir.core.typographie import accord, capital, date_fr, pluriel, typo
from tenir.habilitations.models import EspaceDeContrat
from tenir.preconisations.ecrans.commun import answers_of, lines_of, sentence_of, stamp_of
from tenir.preconisations.ecrans.liste import FiltreDesPreconisations, public_list
from tenir.preconisations.enums import EXPECTED
from tenir.preconisations.models import Preconisation
from tenir.public.actions.avancement import stamp_of as stamp_of_action
from tenir.public.actions.avancement import with_steps
from tenir.public.espace import context, contract_or_404, crumbs

TITRE = "Les préconisations"


def preconisations(request: HttpRequest, slug: str, format: str = "") -> HttpResponse:
    """Those published, or their export."""
    espace = contract_or_404(slug)
    return respond(
        request,
        "public/preconisations.html",
        liste=LISTE,
        filtre=partial(FiltreDesPreconisations, espace=espace),
        rows=Preconisation.objects.of(espace).public(),
        export_name=f"{slug}-preconisations",
        format=format,
        context=context(
            espace,
            "gouvernance",
            fil=crumbs(espace, Lien("La gouvernance", reverse("gouvernance", args=[slug])), Lien(TITRE)),
            chapeau="" if format else lede(espace),
        ),
    )


def preconisation(request: HttpRequest, slug: str, numero: int) -> HttpResponse:
    """One that is published; any other does not exist."""
    espace = contract_or_404(slug)
    found = get_object_or_404(Preconisation.objects.of(espace).public(), numero=numero)
    up = [Lien("La gouvernance", reverse("gouvernance", args=[slug]))]
    up.append(Lien(TITRE, reverse("preconisations-publiques", args=[slug])))
    given = context(
        espace,
        "gouvernance",
        preconisation=found,
        fil=crumbs(espace, *up, Lien(found.code)),
        tampon=stamp_of(found),
        chapeau=typo(sentence_of(found)),
        lignes=lines_of(found),
        reponses=answers_of(found),
        fait=_done(espace, found),
    )
    return render(request, "public/preconisation.html", given)


def lede(espace: EspaceDeContrat) -> str:
    """« Douze préconisations publiées ; deux attendent une réponse, dont une en retard. »; one query."""
    waits = Q(etat__in=EXPECTED)
    late = waits & Q(echeance__lt=horloge.today(espace))
    rows = Preconisation.objects.filter(espace=espace).public().order_by()
    found = rows.aggregate(count=Count("pk"), waiting=Count("pk", filter=waits), late=Count("pk", filter=late))
    if not found["count"]:
        return "Aucune préconisation n’est publiée."
    told = pluriel(found["count"], "préconisation publiée", "préconisations publiées", genre="f", lettres=True)
    more = f", dont {found['late']} en retard" if found["late"] else ""
    verb = accord(found["waiting"], "attend", "attendent")
    return typo(f"{capital(told)} ; {found['waiting']} {verb} une réponse{more}.")


def _done(espace: EspaceDeContrat, found: Preconisation) -> list[Item]:
    """What is done, as anyone reads it: the action linked to it and its stamp, the decision taken when it is public."""
    done = []
    if found.fiche:
        rows = ActionPrevue.objects.of(espace).select_related("fiche", "espace").prefetch_related(with_steps())
        action = rows.filter(pk=found.fiche.action_id).first()
        if action:
            url = reverse("action", args=[espace.slug, action.code])
            done.append(Item(action.code, action.titre, url, "", stamp_of_action(action)))
    if found.decision and not found.decision.niveau:
        url = reverse("reunion-publique", args=[espace.slug, found.decision.reunion_id])
        note = f"décidée le {date_fr(found.decision.reunion.jour)}"
        done.append(Item(found.decision.code, found.decision.texte, url, typo(note)))
    return done


def _words(row: Preconisation) -> str:
    return format_html(
        '<a href="{}">{}</a>', reverse("preconisation-publique", args=[row.espace.slug, row.numero]), row.texte
    )


LISTE = public_list(_words)
"""Those that anyone reads, the latest first."""
