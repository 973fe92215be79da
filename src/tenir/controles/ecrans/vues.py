"""The quality of a contract: its anomalies, its dérogations, its report."""

from collections.abc import Iterator
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from tenir.controles.ecrans.liste import ANOMALIES, FiltreDesAnomalies
from tenir.controles.faits import shown
from tenir.controles.models import AnomalieRelevee, Controle, Derogation
from tenir.controles.rapport import Admise, advice, counted, report
from tenir.core import horloge
from tenir.core.composants import Chiffre, Tampon, Ton
from tenir.core.documents import document_response
from tenir.core.listes import respond
from tenir.core.typographie import accord, date_fr, nombre, typo
from tenir.ecran.navigation import address, context
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, may
from tenir.habilitations.vues import needs
from tenir.regles.anomalie import Gravite
from tenir.regles.essentiel import essentiel

IN_FORCE, ENDED, USELESS = "en vigueur", "a pris fin", "n’admet plus rien"


@needs("anomalie.read")
def qualite(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, format: str = "") -> HttpResponse:
    """The anomalies of a contract, or their export."""
    admits, last = may(acces, "derogation.update", espace), Controle.objects.filter(espace=espace).first()
    given = context(
        acces,
        espace,
        "qualite",
        chapeau=_lede(last),
        chiffres=list(_figures(espace)),
        **({} if format or request.GET else _essential(espace)),
        non_verifiees=_unread(last),
        non_lus=_missing(last),
        derogations=[(one, *_state(one)) for one in Derogation.objects.of(espace)],
        admet=admits,
        regles=reverse("regles"),
        csv=address("qualite-export", espace, "csv"),
        xlsx=address("qualite-export", espace, "xlsx"),
        pdf=address("qualite-rapport", espace, "pdf"),
        docx=address("qualite-rapport", espace, "docx"),
    )
    return respond(
        request,
        "controles/liste.html",
        liste=ANOMALIES if admits else ANOMALIES.without("geste"),
        filtre=partial(FiltreDesAnomalies, espace=espace),
        rows=AnomalieRelevee.objects.of(espace),
        export_name=f"{espace.slug}-qualite",
        format=format,
        context=given,
    )


@needs("anomalie.read")
def rapport(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, format: str) -> HttpResponse:
    """The report of every anomaly, in PDF or in Word."""
    today = horloge.today()
    rows = AnomalieRelevee.objects.of(espace)
    by_place = {(one.regle, one.code): one for one in Derogation.objects.of(espace)}
    admitted = [
        Admise(one, by.motif, by.auteur, by.fin)
        for one in rows.admitted(today)
        if (by := by_place.get((one.regle, one.code)))
    ]
    last = Controle.objects.filter(espace=espace).first()
    document = report(
        espace.titre,
        list(rows.standing(today)),
        le=today,
        fictif=espace.fictif,
        admises=admitted,
        non_verifiees=_unread(last),
        non_lus=_missing(last),
        signe=espace.etat != EspaceDeContrat.Etat.BROUILLON,
    )
    return document_response(document, name=f"{espace.slug}-qualite", format=format)


def _essential(espace: EspaceDeContrat) -> dict[str, Any]:
    """What matters, above the whole list; not when one filters it."""
    found = essentiel(list(AnomalieRelevee.objects.of(espace).standing(horloge.today())))
    signed = espace.etat != EspaceDeContrat.Etat.BROUILLON
    return {
        "essentiel": [shown(fait) for fait in found.premiers],
        "autres": [shown(fait) for fait in found.autres],
        "forme": [shown(fait) for fait in found.forme],
        "compte": typo(counted(found)),
        "conseil": typo(advice(signed)) if found.premiers else "",
    }


def _lede(last: Controle | None) -> str:
    if last is None:
        return typo("Ce contrat n’est pas encore passé par les règles : il le sera cette nuit.")
    day = horloge.day_of(last.le)
    return typo(f"Ce que les règles trouvent dans le texte en vigueur ; passées le {date_fr(day)}.")


def _unread(last: Controle | None) -> list[str]:
    """The rules that lacked the signed words, by code."""
    return last.non_verifiees.split(", ") if last and last.non_verifiees else []


def _missing(last: Controle | None) -> list[str]:
    """The sentences on what was not read, and so not verified."""
    return last.non_lus.splitlines() if last else []


def _figures(espace: EspaceDeContrat) -> Iterator[Chiffre]:
    """How many of each gravity are in force; each leads to them."""
    rows = AnomalieRelevee.objects.filter(espace=espace).standing(horloge.today())
    counts = dict(rows.order_by().values_list("gravite").annotate(Count("pk")))
    for gravite in Gravite:
        count = counts.get(gravite.value, 0)
        label = accord(count, gravite, gravite.pluriel)
        url = f"{address('qualite', espace)}?{urlencode({'gravite': gravite.value})}" if count else ""
        yield Chiffre(label, nombre(count), url=url)


def _state(derogation: Derogation) -> tuple[Tampon, str]:
    """Where it stands, and the word that goes before its last day."""
    if derogation.fin < horloge.today():
        return Tampon(ENDED, Ton.RETARD), "le"
    return Tampon(IN_FORCE, Ton.FAIT) if derogation.sert else Tampon(USELESS, Ton.ATTENTION), "jusqu’au"
