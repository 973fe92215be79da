"""The pages of a service: every service, one with its grids and its attendance, what is written of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from tenir.core.composants import Item, Lien
from tenir.core.listes import respond
from tenir.core.typographie import date_fr, nombre, pluriel, typo
from tenir.ecran.annulation.barre import undoable
from tenir.ecran.conflit import answer_or_arbitrate
from tenir.ecran.edition import Ecran, Sujet, answer, posted, read_mark
from tenir.ecran.formulaires import Formulaire
from tenir.ecran.histoire import history_of, records
from tenir.ecran.listes import CHANGES, paged
from tenir.ecran.navigation import address, context
from tenir.financement.montants import told
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, may
from tenir.habilitations.vues import needs
from tenir.tarifs.ecrans.commun import BOTH, TARIFS, Rangee, about, lede_of, price_range, rows_of, service_or_404
from tenir.tarifs.ecrans.formulaire_de_grille import years_offered
from tenir.tarifs.ecrans.formulaires import ServiceForm
from tenir.tarifs.ecrans.liste import SERVICES, FiltreDesServices
from tenir.tarifs.ecrans.liste import rows_of as listed
from tenir.tarifs.lecture import in_force, of_year, outcome, today_of
from tenir.tarifs.models import Frequentation, GrilleTarifaire, ServiceTarife
from tenir.tarifs.services import tarifs as services
from tenir.tarifs.services.commun import COUNT, READ, RIGHT, TARIF

NOUVEAU = Ecran(
    "Inscrire un service tarifé", "Inscrire le service", "Le service est inscrit : donnez sa grille.",
    "Un service que les habitants paient : qui le gère, pour quoi est le prix, ce qu’il coûte.",
)  # fmt: skip
MODIFIER = Ecran("Corriger le service", "Enregistrer", "Le service est corrigé.")
RETIRER = Ecran("Retirer ce service ?", "Retirer", "Le service est retiré.", "Il n’a pas de grille : rien n’est perdu.")


@dataclass(frozen=True, slots=True)
class Annee:
    """The attendance of a grid in a year, as the page of its service shows it."""

    annee: int
    grille: str
    unites: str
    usagers: str
    recettes: str
    manque: str
    url: str


@needs(READ)
def tarifs(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, format: str = "") -> HttpResponse:
    """Every service and the prices that apply, or their export."""
    rows = listed(espace)
    return respond(
        request,
        "tarifs/liste.html",
        liste=SERVICES,
        filtre=partial(FiltreDesServices, espace=espace, acces=acces),
        rows=rows,
        export_name=f"{espace.slug}-tarifs",
        format=format,
        context=context(
            acces,
            espace,
            TARIFS,
            rien=not format and not rows.exists(),
            nouveau=address("tarif-nouveau", espace) if may(acces, RIGHT, espace) else "",
            csv=address("tarifs-export", espace, "csv"),
            xlsx=address("tarifs-export", espace, "xlsx"),
        ),
    )


@needs(READ)
def tarif(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """One service: the grid in force, how much it is used, its scenarios, the prices before."""
    found = service_or_404(espace, numero)
    grids = list(GrilleTarifaire.objects.of(found))
    decided = [one for one in grids if not one.is_scenario]
    now = in_force(decided, today_of(found))
    team, counts = may(acces, RIGHT, espace), may(acces, COUNT, espace, found)
    rows = list(Frequentation.objects.of(found)) if counts else []
    told_ = records(history_of(espace, TARIF, found.code)) if team else []
    given = context(
        acces,
        espace,
        TARIFS,
        service=found,
        chapeau=lede_of(found),
        cout=_cost(found) if counts else "",
        gestes=_gestures(found, decided, team=team),
        grille=rows_of(now) if now else [],
        vigueur=_since(now),
        depuis=found.inscrit_le,
        corriger=_corrected_at(now) if now and team else [],
        autres=[_other(one) for one in decided if one is not now],
        compte=counts,
        annees=_years(found, decided, rows),
        dire=_to_say(found, decided) if counts else [],
        importer=address("frequentation-importer", espace, numero) if counts and decided else "",
        scenarios=_scenarios(found, grids, decided, rows) if team else [],
        comparer=address("scenarios-tarifaires", espace, numero) if team else "",
        equipe=team,
        annulables=undoable(acces, espace, genre=TARIF, code=found.code),
        histoire=paged(request, told_, CHANGES, "histoire"),
    )
    return render(request, "tarifs/service.html", given)


def _cost(service: ServiceTarife) -> str:
    if service.cout is None:
        return "Coût de revient : non dit."
    return typo(f"Coût de revient : {told(service.cout)} ({service.cout_source}).")


def _since(grille: GrilleTarifaire | None) -> str:
    if grille is None or grille.applicable_le is None:
        return ""
    by = f", {grille.decision} du {date_fr(grille.decidee_le)}" if grille.decidee_le else ""
    return typo(f"Applicable depuis le {date_fr(grille.applicable_le)}{by}.")


def _gestures(service: ServiceTarife, grids: Sequence[GrilleTarifaire], *, team: bool) -> list[Lien]:
    """What the team may do of a service, the first thing to do first."""
    if not team:
        return []
    names = {"scenario-tarifaire-nouveau": "Essayer d’autres prix"} if grids else {}
    names |= {"grille-tarifaire-nouvelle": "Inscrire une grille", "tarif-modifier": "Corriger le service"}
    if not grids:
        names["tarif-retirer"] = "Retirer le service"
    return [Lien(text, address(name, service.espace, service.numero)) for name, text in names.items()]


def _other(grille: GrilleTarifaire) -> tuple[str, list[Rangee], list[Lien]]:
    """A grid that applies no more, or not yet: its day, its prices, what may be done of it."""
    day = date_fr(grille.applicable_le) if grille.applicable_le else ""
    return typo(f"Applicable le {day} : {price_range(grille)}"), rows_of(grille), _corrected_at(grille)


def _corrected_at(grille: GrilleTarifaire) -> list[Lien]:
    """Where a grid is corrected, and removed."""
    names = {"grille-tarifaire-modifier": "Corriger cette grille", "grille-tarifaire-retirer": "La retirer"}
    service = grille.service
    return [Lien(text, address(name, service.espace, service.numero, grille.numero)) for name, text in names.items()]


def _years(service: ServiceTarife, grids: Sequence[GrilleTarifaire], rows: Sequence[Frequentation]) -> list[Annee]:
    """The attendance of each year and grid, the latest first."""
    found: list[Annee] = []
    for annee in sorted({one.annee for one in rows}, reverse=True):
        for grille in grids:
            said = {one.tranche_id: one for one in rows if one.annee == annee}
            if any(one.pk in said for one in grille.tranches.all()):
                found.append(_year(service, grille, annee, said))
    return found


def _year(service: ServiceTarife, grille: GrilleTarifaire, annee: int, said: dict[int, Frequentation]) -> Annee:
    tranches = list(grille.tranches.all())
    held = [(one, said[one.pk]) for one in tranches if one.pk in said]
    users = [row.usagers for _, row in held]
    known = sum(one for one in users if one is not None) if any(one is not None for one in users) else None
    missing = len(tranches) - len(held)
    return Annee(
        annee,
        date_fr(grille.applicable_le) if grille.applicable_le else "",
        nombre(sum(row.unites for _, row in held)),
        "non dits" if known is None else nombre(known),
        told(sum((one.prix * row.unites for one, row in held), start=grille.tranches.all()[0].prix * 0)),
        pluriel(missing, "tranche non dite", "tranches non dites", genre="f") if missing else "",
        address("frequentation", service.espace, service.numero, grille.numero, annee),
    )


def _to_say(service: ServiceTarife, grids: list[GrilleTarifaire]) -> list[Lien]:
    """The years whose attendance may be typed, on each grid that applied some day of it."""
    links = []
    for annee in years_offered(today_of(service)):
        applied = of_year(grids, annee)
        for one in applied:
            url = address("frequentation", service.espace, service.numero, one.numero, annee)
            day = f", grille du {date_fr(one.applicable_le)}" if len(applied) > 1 and one.applicable_le else ""
            links.append(Lien(typo(f"{annee}{day}"), url))
    return links


def _scenarios(
    service: ServiceTarife,
    grids: Sequence[GrilleTarifaire],
    decided: Sequence[GrilleTarifaire],
    rows: Sequence[Frequentation],
) -> list[Item]:
    found = []
    for one in grids:
        if one.titre:
            bilan = outcome(one, decided, rows)
            said = _moves(bilan.surcout) if bilan.dites else "rien à calculer encore"
            note = said if one.is_scenario else f"retenu, {said}"
            url = address("scenario-tarifaire", service.espace, service.numero, one.numero)
            found.append(Item("", one.titre, url, typo(note)))
    return found


def _moves(surcout: Any) -> str:
    if surcout is None:
        return "coût non calculé"
    if not surcout:
        return "ne coûte rien de plus"
    return f"coûte {told(surcout)} de plus par an" if surcout > 0 else f"rapporte {told(-surcout)} de plus par an"


@require_http_methods(BOTH)
@needs(RIGHT)
def nouveau(request: HttpRequest, acces: Acces, espace: EspaceDeContrat) -> HttpResponse:
    """Write down a service."""
    form = ServiceForm(ServiceTarife(espace=espace), posted(request))
    made: list[ServiceTarife] = []
    sujet = Sujet(espace, "", "Tous les services", address(TARIFS, espace), TARIFS, lambda _: [])

    def write() -> None:
        values = {name: form.cleaned_data[name] for name in form.written}
        made.append(services.create_service(by=acces, espace=espace, values=values))

    response = answer(request, acces, sujet, form, NOUVEAU, write)
    return redirect(address("tarif", espace, made[0].numero)) if made else response


@require_http_methods(BOTH)
@needs(RIGHT)
def modifier(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """Correct what is written of a service."""
    found = service_or_404(espace, numero)
    form = ServiceForm(found, posted(request))

    def write(changes: dict[str, Any]) -> None:
        version = form.cleaned_data["version"] or 0
        services.change_service(by=acces, service=found, version=version, changes=changes)

    return answer_or_arbitrate(request, acces, about(found), form, MODIFIER, write, chose=found)


@require_http_methods(BOTH)
@needs(RIGHT)
def retirer(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """Remove a service, once confirmed."""
    found = service_or_404(espace, numero)
    one = about(found)
    sujet = Sujet(espace, one.code, one.titre, address(TARIFS, espace), TARIFS, one.histoire)
    write = partial(services.remove_service, by=acces, service=found, lu=read_mark(request))
    form = Formulaire(posted(request))
    return answer(request, acces, sujet, form, RETIRER, write, lu=services.shown(found))
