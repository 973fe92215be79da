"""The list of indicators, and the page of one."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from tenir.contrat.absences import told_of, unless_unread
from tenir.core import horloge
from tenir.core.emplacements import CALCUL, block_of
from tenir.core.listes import respond
from tenir.ecran.annulation.barre import undoable
from tenir.ecran.histoire import records
from tenir.ecran.listes import CHANGES, paged
from tenir.ecran.navigation import address, context
from tenir.fichier.enums import Contenu
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.organismes import bodies_of
from tenir.habilitations.rights import Acces, may, who_can
from tenir.habilitations.vues import needs
from tenir.indicateurs.ecrans import page as shown
from tenir.indicateurs.ecrans.commun import ONGLET, first_of, suivi_or_404
from tenir.indicateurs.ecrans.graphique import chart
from tenir.indicateurs.ecrans.liste import FiltreDesIndicateurs, group_of, list_lede, liste_on, rows
from tenir.indicateurs.histoire import history_of
from tenir.indicateurs.models import SuiviDIndicateur
from tenir.indicateurs.releves import readings, sentence
from tenir.indicateurs.services.indicateur import GENRE


@needs("fiche.read")
def indicateurs(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, format: str = "") -> HttpResponse:
    """The followed indicators of a contract, or their export."""
    found, today = rows(espace), horloge.today()
    return respond(
        request,
        "indicateurs/liste.html",
        liste=told_of(liste_on(today), espace, Contenu.INDICATEURS),
        filtre=partial(FiltreDesIndicateurs, mine=bodies_of(acces, espace)),
        rows=found,
        export_name=f"{espace.slug}-suivi-des-indicateurs",
        format=format,
        context=context(
            acces,
            espace,
            ONGLET,
            chapeau="" if format else unless_unread(espace, Contenu.INDICATEURS, list_lede(found, today)),
            csv=address("suivi-indicateurs-export", espace, "csv"),
            xlsx=address("suivi-indicateurs-export", espace, "xlsx"),
        ),
    )


@needs("fiche.read")
def indicateur(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, code: str) -> HttpResponse:
    """One indicator: where it stands, its readings, what is missing; one that repeats another leads to it."""
    if first := first_of(espace, code):
        return redirect(address("suivi-indicateur", espace, first))
    suivi = suivi_or_404(espace, code)
    given = context(acces, espace, ONGLET, suivi=suivi, **_told(suivi), **_lived(request, acces, suivi))
    given["annulables"] = undoable(acces, espace, genre=GENRE, code=code)
    return render(request, "indicateurs/indicateur.html", given)


def _told(suivi: SuiviDIndicateur) -> dict[str, object]:
    """What is said of the indicator, alike for every reader."""
    today = horloge.today()
    day, stamp = shown.next_reading(suivi, today)
    return {
        "surtitre": " · ".join(piece for piece in ("Indicateur suivi", group_of(suivi)) if piece),
        "chapeau": sentence(suivi, today),
        "graphique": chart(suivi),
        "manque": shown.to_define(suivi),
        "definition": shown.follow_up(suivi),
        "prochain": day,
        "prochain_tampon": stamp,
        "orientations": shown.orientations(suivi),
        "repetitions": shown.repetitions(suivi),
        "mots": shown.signed_words(suivi),
        "page_publique": shown.public_page(suivi),
        "liste": address(ONGLET, suivi.espace),
    }


def _lived(request: HttpRequest, acces: Acces, suivi: SuiviDIndicateur) -> dict[str, object]:
    """Its readings, its targets, its history, with what the reader may do."""
    espace, history = suivi.espace, history_of(suivi)
    give, judge = may(acces, "releve.create", espace, suivi), may(acces, "releve.validate", espace, suivi)
    define = may(acces, "indicateur.define", espace, suivi)
    found = suivi.releves.select_related("auteur", "pour", "correction__auteur", "correction__pour")
    every = list(found.order_by("-fin", "-debut", "-pk"))
    in_force = {one.pk for one in readings(suivi)}
    current = [one for one in every if one.pk in in_force]
    return {
        "calcul": block_of(CALCUL, acces, espace, suivi),
        "gestes": dict(shown.gestures(suivi, give=give, define=define)),
        "donne_par": "" if give else who_can("releve.create", espace),
        "releves": shown.reading_rows(suivi, current, history, give=give, judge=judge),
        "agir": give or judge,
        "corriges": shown.corrected_rows(suivi, (one for one in every if one.pk not in in_force), history),
        "cibles": shown.target_rows(suivi, horloge.today(), define=define),
        "histoire": paged(request, records(history), CHANGES, "histoire"),
        "trace": address("trace-objet", espace, "indicateur", suivi.code) if may(acces, "trace.read", espace) else "",
    }
