"""The pages of the council: how many sit, the calls, one call with its draw, its list, the program that replays it."""

from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from tenir import conseil as room
from tenir.conseil.ecrans.avis import told_of
from tenir.conseil.ecrans.commun import stamp_of_avis
from tenir.conseil.enums import TON_DE_L_APPEL, EtatDAppel
from tenir.conseil.explication import explained, margins_of
from tenir.conseil.models import AppelACandidatures, DemandeDAvis, Mandat
from tenir.core import horloge
from tenir.core.composants import Item, Lien, Tampon
from tenir.core.typographie import capital, date_fr, pluriel, typo
from tenir.habilitations.models import EspaceDeContrat
from tenir.public.espace import context, contract_or_404, crumbs

REJOUER = Path(room.__file__).parent / "outils" / "rejouer.py"
"""The program that strangers run: it needs nothing of this site."""


def conseil(request: HttpRequest, slug: str) -> HttpResponse:
    """The council: how many sit, its calls and its draws."""
    espace = contract_or_404(slug)
    today = horloge.today(espace)
    seated = Mandat.objects.filter(espace=espace).on(today).count()
    calls = [one for one in _calls(espace) if one.state_on(today) != EtatDAppel.A_VENIR]
    given = context(
        espace,
        "gouvernance",
        fil=crumbs(espace, _governance(espace), Lien("Le conseil citoyen")),
        chapeau=typo(_lede(seated)),
        ouvert=next((one for one in calls if one.state_on(today) == EtatDAppel.OUVERT), None),
        appels=[_item(espace, one) for one in calls],
        avis=[_opinion(one) for one in DemandeDAvis.objects.of(espace).public().order_by("-numero")],
    )
    return render(request, "public/conseil.html", given)


def appel(request: HttpRequest, slug: str, numero: int) -> HttpResponse:
    """One call: what it says, what will be drawn and how; then the list, its digest, the draw."""
    espace = contract_or_404(slug)
    found = _appel_or_404(espace, numero)
    titre = _name(found)
    council = Lien("Le conseil citoyen", reverse("conseil-public", args=[slug]))
    given = context(
        espace,
        "gouvernance",
        fil=crumbs(espace, _governance(espace), council, Lien(titre)),
        titre=titre,
        chapeau=typo(_told(found)),
        tampon=_stamp(found),
        appel=found,
        ouvert=found.etat == EtatDAppel.OUVERT,
        tirage=explained(found),
        remplacements=_replaced(found),
        marges=margins_of(found) if found.fige_le else [],
    )
    return render(request, "public/appel.html", given)


def liste(request: HttpRequest, slug: str, numero: int) -> HttpResponse:
    """The frozen list, byte for byte: what its digest is of.

    Raises:
        Http404: nothing is frozen yet.
    """
    found = _appel_or_404(contract_or_404(slug), numero)
    if not found.fige_le:
        raise Http404
    return _file(found.liste.encode(), "text/csv; charset=utf-8", "candidats.csv")


def rejouer(request: HttpRequest, slug: str) -> HttpResponse:
    """The program that replays a draw."""
    contract_or_404(slug)
    return _file(REJOUER.read_bytes(), "text/x-python; charset=utf-8", "rejouer.py")


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _calls(espace: EspaceDeContrat) -> list[AppelACandidatures]:
    return list(AppelACandidatures.objects.of(espace).order_by("-numero"))


def _appel_or_404(espace: EspaceDeContrat, numero: int) -> AppelACandidatures:
    found = get_object_or_404(AppelACandidatures.objects.of(espace), numero=numero)
    if found.etat == EtatDAppel.A_VENIR:
        raise Http404
    return found


def _governance(espace: EspaceDeContrat) -> Lien:
    return Lien("La gouvernance", reverse("gouvernance", args=[espace.slug]))


def _lede(seated: int) -> str:
    if not seated:
        return "Le site ne connaît aucun membre en cours de mandat : cela ne dit pas que le conseil n’existe pas."
    return f"{capital(pluriel(seated, 'membre siège', 'membres siègent', lettres=True))} au conseil citoyen."


def _name(one: AppelACandidatures) -> str:
    return typo(f"Appel à candidatures n° {one.numero}")


def _stamp(one: AppelACandidatures) -> Tampon:
    etat = one.etat
    return Tampon(etat.label, TON_DE_L_APPEL[etat])


def _told(one: AppelACandidatures) -> str:
    if one.tire_le:
        return f"Le tirage au sort a été fait le {date_fr(one.tire_le)}. Voici comment le vérifier."
    if one.fige_le:
        return "La liste est figée et publiée. Les mots du tirage seront tirés devant le public."
    return f"On candidate du {date_fr(one.ouvre_le)} au {date_fr(one.ferme_le)} compris."


def _item(espace: EspaceDeContrat, one: AppelACandidatures) -> Item:
    url = reverse("appel-public", args=[espace.slug, one.numero])
    return Item("", _name(one), url, typo(_told(one)), _stamp(one))


def _replaced(appel: AppelACandidatures) -> list[str]:
    """Who took whose seat since the draw, by numbers."""
    rows = Mandat.objects.of(appel.espace).filter(candidature__appel=appel).exclude(remplace=None)
    return [
        typo(f"{date_fr(one.du)} : le n° {one.candidature.numero} remplace le n° {one.remplace.candidature.numero}.")
        for one in rows.order_by("du", "pk")
        if one.remplace
    ]


def _opinion(one: DemandeDAvis) -> Item:
    rule = f"{told_of(one)} {capital(one.get_nature_display())} : {one.source}."
    said = [Item("", one.texte)] if one.texte else []
    return Item(one.code, one.objet, "", typo(rule), stamp_of_avis(one), children=said)
