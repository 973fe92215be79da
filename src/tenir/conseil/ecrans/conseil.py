"""The council on one page: its members and their mandates, its calls, its meetings."""

from datetime import date
from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from tenir.conseil.ecrans.commun import BOTH, PAGE, about_council, dates_of, stamp_of_appel, stamp_of_avis
from tenir.conseil.ecrans.formulaires import FinDeMandatForm, MembreForm
from tenir.conseil.enums import PresenceDuMembre
from tenir.conseil.models import (
    AppelACandidatures,
    DemandeDAvis,
    Mandat,
    MoyenDuConseil,
    PieceDuConseil,
    QuestionDuConseil,
)
from tenir.conseil.services.commun import CONSEIL, COUNCIL, RIGHT
from tenir.conseil.services.espace import FILES
from tenir.conseil.services.mandats import designate, leave, replacement_of, shown
from tenir.conseil.services.questions import ANSWER
from tenir.conseil.seuils import PLANCHER
from tenir.core import horloge
from tenir.core.composants import Item, Tampon, Ton
from tenir.core.seuils import in_force
from tenir.core.typographie import capital, date_fr, pluriel, typo
from tenir.ecran.annulation.barre import undoable
from tenir.ecran.edition import Ecran, answer, posted, read_mark
from tenir.ecran.histoire import history_of, records
from tenir.ecran.listes import CHANGES, paged
from tenir.ecran.navigation import address, context
from tenir.gouvernance.ecrans.commun import name_of, stamp_of
from tenir.gouvernance.enums import EtatDeReunion
from tenir.gouvernance.models import Convocation, Reunion, Siege
from tenir.gouvernance.regles import CONSEIL as CONSEIL_CITOYEN
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, may
from tenir.habilitations.vues import needs

NAMES = "conseil.name"
SHOWN, ATTENDED = 10, 5
"""How many opinions, and meetings held, the page shows, the latest."""
MEMBRE = Ecran(
    "Inscrire un membre", "Inscrire ce membre", "Le membre est inscrit.",
    "Pour un conseil déjà en place, ou un collège désigné autrement. Son nom n’est lu que par l’équipe et le conseil.",
)  # fmt: skip
FIN = Ecran("Mettre fin à ce mandat ?", "Mettre fin au mandat", "Le mandat a pris fin.", gabarit="conseil/fin.html")


@needs("conseil.read")
def conseil(request: HttpRequest, acces: Acces, espace: EspaceDeContrat) -> HttpResponse:
    """The council: who sits by number, or by name for those who may read it."""
    today = horloge.today(espace)
    mandats = list(Mandat.objects.of(espace).order_by("candidature__college", "candidature__numero"))
    held = [one for one in mandats if one.du <= today < one.au]
    team, named = may(acces, RIGHT, espace), may(acces, NAMES, espace, espace)
    given = context(
        acces,
        espace,
        PAGE,
        chapeau=typo(_lede(mandats, held, today)),
        colleges=_colleges(held),
        nommes=named,
        passes=len(mandats) - len(held),
        equipe=team,
        appels=_calls(acces, espace),
        reunions=_meetings(espace, today),
        tenues=_attended(espace, today) if team else [],
        questions=[_question(acces, one, today) for one in QuestionDuConseil.objects.of(espace).order_by("-numero")],
        avis=[_opinion(one) for one in DemandeDAvis.objects.of(espace).order_by("-numero")[:SHOWN]],
        pieces=list(PieceDuConseil.objects.of(espace)),
        depose=may(acces, FILES, espace, espace),
        moyens=list(MoyenDuConseil.objects.filter(espace=espace).select_related("organisme")),
        publique=_public(espace),
        annulables=undoable(acces, espace, genre=CONSEIL, code=COUNCIL),
        histoire=paged(request, records(history_of(espace, CONSEIL, COUNCIL)), CHANGES, "histoire"),
    )
    return render(request, "conseil/conseil.html", given)


def _lede(mandats: list[Mandat], held: list[Mandat], today: date) -> str:
    floor = in_force(PLANCHER, today)
    if not mandats:
        return "Aucun membre n’est inscrit ici : cela ne dit pas que le conseil n’existe pas."
    told = f"{capital(pluriel(len(held), 'membre', lettres=True))}"
    if len(held) < floor:
        return f"{told} : moins que le plancher de {floor}."
    return f"{told}. Premier mandat à finir : le {date_fr(min(one.au for one in held))}."


def _colleges(held: list[Mandat]) -> list[tuple[str, list[Mandat]]]:
    found: dict[str, list[Mandat]] = {}
    for one in held:
        found.setdefault(one.candidature.get_college_display(), []).append(one)
    return list(found.items())


def _calls(acces: Acces, espace: EspaceDeContrat) -> list[Item]:
    """The calls, each leading the team to its page; only the team reads who applies."""
    team = may(acces, RIGHT, espace)
    return [
        Item(
            f"n° {one.numero}", f"Appel {dates_of(one)}", address("appel", espace, one.numero), "", stamp_of_appel(one)
        )
        if team
        else Item("", f"Appel n° {one.numero}, {dates_of(one)}", "", "", stamp_of_appel(one))
        for one in AppelACandidatures.objects.of(espace).order_by("-numero")
    ]


def _meetings(espace: EspaceDeContrat, today: date) -> list[Item]:
    """The meetings to come to which a council of residents is invited, or that are its own."""
    rows = _asked(espace, today).to_come().filter(jour__gte=today).order_by("jour", "pk")
    return [_meeting(one) for one in rows]


def _asked(espace: EspaceDeContrat, today: date) -> Any:
    invited = Convocation.objects.filter(organisation__nature=CONSEIL_CITOYEN, reunion__espace=espace)
    seats = Siege.objects.filter(organisation__nature=CONSEIL_CITOYEN, instance__espace=espace).on(today)
    its_own = Q(pk__in=invited.values("reunion")) | Q(instance__in=seats.values("instance"))
    return Reunion.objects.of(espace).filter(its_own)


def _attended(espace: EspaceDeContrat, today: date) -> list[Item]:
    """The last meetings of the council, with who of its members came; two queries."""
    rows = _asked(espace, today).filter(jour__lte=today).exclude(etat=EtatDeReunion.ANNULEE).order_by("-jour", "-pk")
    there = Count("presences_de_membres", filter=Q(presences_de_membres__presence=PresenceDuMembre.PRESENT))
    counted = rows.annotate(presents=there, notees=Count("presences_de_membres"))
    return [_came(one) for one in counted[:ATTENDED]]


def _came(one: Any) -> Item:
    note = pluriel(one.presents, "membre présent", "membres présents") if one.notees else "présences à noter"
    return Item("", name_of(one), address("conseil-presences", one.espace, one.pk), typo(note))


def _question(acces: Acces, one: QuestionDuConseil, today: date) -> dict[str, Any]:
    """A question, what it is answered, and where whoever may answers it."""
    late = one.is_late(today)
    word = "répondue" if one.repondu_le else "en retard" if late else "attendue"
    tone = Ton.FAIT if one.repondu_le else Ton.RETARD if late else Ton.ATTENTION
    may_answer = may(acces, ANSWER, one.espace, one)
    url = address("conseil-question-repondre", one.espace, one.numero) if may_answer else ""
    return {"question": one, "tampon": Tampon(word, tone), "repondre": url}


def _meeting(one: Reunion) -> Item:
    url = address("reunion", one.espace, one.pk)
    return Item("", name_of(one), url, typo("l’ordre du jour s’y lit, et se prend en Word ou en PDF"), stamp_of(one))


def _opinion(one: DemandeDAvis) -> Item:
    url = address("avis-demande", one.espace, one.numero)
    return Item(one.code, one.objet, url, typo(f"dernier jour : {date_fr(one.echeance)}"), stamp_of_avis(one))


def _public(espace: EspaceDeContrat) -> str:
    return reverse("conseil-public", args=[espace.slug]) if espace.etat == EspaceDeContrat.Etat.PUBLIE else ""


@require_http_methods(BOTH)
@needs(RIGHT)
def membre_nouveau(request: HttpRequest, acces: Acces, espace: EspaceDeContrat) -> HttpResponse:
    """Type a member whom no draw of ours chose."""
    form = MembreForm(posted(request), initial={"du": horloge.today(espace)})
    return answer(
        request,
        acces,
        about_council(espace),
        form,
        MEMBRE,
        lambda: designate(by=acces, espace=espace, given=form.cleaned_data),
    )


@require_http_methods(BOTH)
@needs(RIGHT)
def mandat_finir(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """End a mandate; the page says who takes the seat before it is done."""
    found = get_object_or_404(Mandat.objects.of(espace), pk=numero)
    form = FinDeMandatForm(posted(request))
    return answer(
        request,
        acces,
        about_council(espace),
        form,
        FIN,
        lambda: leave(by=acces, mandat=found, motif=form.cleaned_data["motif"], lu=read_mark(request)),
        lu=shown(found),
        mandat=found,
        remplacant=replacement_of(found),
    )
