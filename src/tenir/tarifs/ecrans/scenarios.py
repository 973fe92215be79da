"""The pages of scenarios: one and what it costs, its file, its sheet for elected members, what is done of it."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from tenir.core.composants import Lien, Tampon, Ton
from tenir.core.documents import document_response
from tenir.core.exports import export_response
from tenir.core.typographie import date_fr, typo
from tenir.ecran.annulation.barre import undoable
from tenir.ecran.edition import Ecran, Sujet, answer, posted, read_mark
from tenir.ecran.formulaires import Formulaire
from tenir.ecran.histoire import history_of, records
from tenir.ecran.listes import CHANGES, paged
from tenir.ecran.navigation import address, context
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.habilitations.vues import needs
from tenir.tarifs.calcul import Bilan
from tenir.tarifs.document import document_of
from tenir.tarifs.ecrans.commun import BOTH, TARIFS, about, about_scenario, scenario_or_404, service_or_404
from tenir.tarifs.ecrans.formulaire_de_grille import ScenarioForm, of_scenario
from tenir.tarifs.ecrans.formulaires import ProposerForm, RetenirForm
from tenir.tarifs.ecrans.resultats import export_rows, figures, sentence, table_of
from tenir.tarifs.image import prices_drawn
from tenir.tarifs.lecture import counted_years, in_force, outcome, today_of
from tenir.tarifs.models import Frequentation, GrilleTarifaire, ServiceTarife
from tenir.tarifs.services import grilles as grids
from tenir.tarifs.services import scenarios as services
from tenir.tarifs.services.commun import RIGHT, SCENARIO

ROWS = "tarifs/grille.html"
HOW = "Partez de la grille en vigueur : changez des prix, des bornes, ce que l’on suppose de la fréquentation."
NOUVEAU = Ecran("Essayer d’autres prix", "Voir ce que cela donne", "Le scénario est ouvert.", HOW, ROWS)
MODIFIER = Ecran("Changer le scénario", "Voir ce que cela donne", "Le scénario est changé.", HOW, ROWS)
DOCUMENTS = ("docx", "pdf")
FICHIERS = {"pdf": "PDF", "docx": "Word", "csv": "CSV", "xlsx": "Tableur (XLSX)"}
"""What a scenario is taken away as."""
RETIRER = Ecran("Retirer ce scénario ?", "Retirer", "Le scénario est retiré.")
PROPOSER = Ecran(
    "Mettre ce scénario à l’ordre du jour", "Mettre à l’ordre du jour", "Le scénario est à l’ordre du jour.",
    "Un point s’ajoute à la fin de l’ordre du jour de la réunion ; la feuille se joint à la convocation.",
)  # fmt: skip
RETENIR = Ecran(
    "Retenir ce scénario", "Retenir", "Le scénario est retenu : il est la grille à partir de ce jour.",
    "Ses prix deviennent la grille du service à partir du jour dit, et se lisent sur le site public.",
)  # fmt: skip


@needs(RIGHT)
def scenario(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int, grille: int) -> HttpResponse:
    """One scenario: what it brings in and costs, who pays more or less, what cannot be told."""
    found = scenario_or_404(service_or_404(espace, numero), grille)
    bilan = _outcome(found)
    told = records(history_of(espace, SCENARIO, found.code))
    given = context(
        acces,
        espace,
        TARIFS,
        scenario=found,
        service=found.service,
        tampon=stamp_of(found),
        chapeau=sentence(bilan, found),
        gestes=_gestures(found),
        chiffres=figures(bilan, found),
        lignes=table_of(bilan, found.service),
        manques=bilan.manques,
        image=prices_drawn(bilan),
        depuis=found.inscrite_le,
        point=_point(found),
        fichiers=[
            Lien(text, address("scenario-tarifaire-fichier", espace, numero, grille, format))
            for format, text in FICHIERS.items()
        ],
        annulables=undoable(acces, espace, genre=SCENARIO, code=found.code),
        histoire=paged(request, told, CHANGES, "histoire"),
    )
    return render(request, "tarifs/scenario.html", given)


def _outcome(found: GrilleTarifaire) -> Bilan:
    decided = list(GrilleTarifaire.objects.of(found.service).decided())
    return outcome(found, decided, Frequentation.objects.of(found.service))


def stamp_of(grille: GrilleTarifaire) -> Tampon:
    """Whether it was retained."""
    if grille.applicable_le is None:
        return Tampon("à l’ordre du jour", Ton.ATTENTION) if grille.point_id else Tampon("à l’essai", Ton.MUET)
    return Tampon(typo(f"retenu, applicable le {date_fr(grille.applicable_le)}"), Ton.FAIT)


def _point(grille: GrilleTarifaire) -> Lien | None:
    """The meeting on whose agenda it is."""
    if grille.point is None:
        return None
    reunion = grille.point.reunion
    return Lien(str(reunion), address("reunion", reunion.espace, reunion.pk))


def _gestures(grille: GrilleTarifaire) -> list[Lien]:
    """What the team may do of a scenario now."""
    names = {"feuille": "La page pour les élus"}
    if grille.is_scenario:
        names = {"modifier": "Changer les prix", **names}
        if not grille.point_id:
            names["proposer"] = "Mettre à l’ordre du jour"
        names |= {"retenir": "Retenir", "retirer": "Retirer"}
    service = grille.service
    at = [(f"scenario-tarifaire-{one}", text) for one, text in names.items()]
    return [Lien(text, address(name, service.espace, service.numero, grille.numero)) for name, text in at]


@needs(RIGHT)
def fichier(
    request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int, grille: int, format: str
) -> HttpResponse:
    """A scenario to take away: its table as a spreadsheet, the whole as a document."""
    found = scenario_or_404(service_or_404(espace, numero), grille)
    name = f"{espace.slug}-tarifs-{found.code}"
    if format in DOCUMENTS:
        return document_response(document_of(found, _outcome(found)), name=name, format=format)
    return export_response(export_rows(_outcome(found), found), name=name, format=format)


@needs(RIGHT)
def feuille(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int, grille: int) -> HttpResponse:
    """A scenario on one A4 page, for those who will choose."""
    found = scenario_or_404(service_or_404(espace, numero), grille)
    bilan = _outcome(found)
    given = {
        "espace": espace,
        "scenario": found,
        "service": found.service,
        "chapeau": sentence(bilan, found),
        "chiffres": figures(bilan, found),
        "lignes": table_of(bilan, found.service),
        "manques": bilan.manques,
        "image": prices_drawn(bilan),
        "retour": address("scenario-tarifaire", espace, numero, grille),
        "jour": today_of(found.service),
    }
    return render(request, "tarifs/feuille.html", given)


@require_http_methods(BOTH)
@needs(RIGHT)
def nouveau(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """Open a scenario, beginning with the grid in force."""
    service = service_or_404(espace, numero)
    now = in_force(GrilleTarifaire.objects.of(service).decided(), today_of(service))
    years = counted_years(service)
    form = ScenarioForm(now.tranches.all() if now else [], years, posted(request))
    made: list[GrilleTarifaire] = []

    def write() -> None:
        made.append(services.open_scenario(by=acces, service=service, lignes=form.lignes, values=form.values()))

    response = answer(request, acces, about(service), form, NOUVEAU, write)
    return redirect(address("scenario-tarifaire", espace, numero, made[0].numero)) if made else response


@require_http_methods(BOTH)
@needs(RIGHT)
def modifier(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int, grille: int) -> HttpResponse:
    """Change a scenario."""
    found = scenario_or_404(service_or_404(espace, numero), grille)
    years = counted_years(found.service)
    form = ScenarioForm(found.tranches.all(), years, posted(request), **of_scenario(found))

    def write() -> None:
        lu = read_mark(request)
        services.rewrite_scenario(by=acces, grille=found, lignes=form.lignes, values=form.values(), lu=lu)

    return answer(request, acces, about_scenario(found), form, MODIFIER, write, lu=grids.shown(found))


@require_http_methods(BOTH)
@needs(RIGHT)
def retirer(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int, grille: int) -> HttpResponse:
    """Remove a scenario, once confirmed."""
    found = scenario_or_404(service_or_404(espace, numero), grille)
    write = partial(services.remove_scenario, by=acces, grille=found, lu=read_mark(request))
    form = Formulaire(posted(request))
    return answer(request, acces, _above(found), form, RETIRER, write, lu=grids.shown(found))


def _above(found: GrilleTarifaire) -> Sujet:
    """A scenario that leaves: one comes back to its service."""
    one, service = about_scenario(found), about(found.service)
    return Sujet(one.espace, one.code, one.titre, service.retour, one.onglet, one.histoire)


@require_http_methods(BOTH)
@needs(RIGHT)
def proposer(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int, grille: int) -> HttpResponse:
    """Put a scenario on the agenda of a meeting."""
    found = scenario_or_404(service_or_404(espace, numero), grille)
    form = ProposerForm(espace, posted(request))

    def write() -> None:
        services.put_forward(by=acces, grille=found, reunion=form.cleaned_data["reunion"], lu=read_mark(request))

    return answer(request, acces, about_scenario(found), form, PROPOSER, write, lu=grids.shown(found))


@require_http_methods(BOTH)
@needs(RIGHT)
def retenir(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int, grille: int) -> HttpResponse:
    """Retain a scenario: it is the grid from a day on."""
    found = scenario_or_404(service_or_404(espace, numero), grille)
    form = RetenirForm(found, posted(request))

    def write() -> None:
        services.retain(by=acces, grille=found, lu=read_mark(request), **form.cleaned_data)

    return answer(request, acces, about_scenario(found), form, RETENIR, write, lu=grids.shown(found))


def scenarios_of(service: ServiceTarife) -> list[GrilleTarifaire]:
    """The scenarios of a service, retained since or not, the latest first."""
    return list(GrilleTarifaire.objects.of(service).exclude(titre="").order_by("-numero"))
