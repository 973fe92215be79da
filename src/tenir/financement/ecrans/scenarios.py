"""Scenarios of a year: side by side, one as a table, what it proposes for a row, its name, its end, its adoption."""

from decimal import Decimal
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods

from tenir.contrat.models import Orientation
from tenir.core.exports import XLSX, export_response
from tenir.core.typographie import accord, capital, date_fr, pluriel, typo
from tenir.ecran.annulation.barre import undoable
from tenir.ecran.conflit import MARK, answer_or_arbitrate
from tenir.ecran.edition import Ecran, Sujet, answer, posted, read_mark
from tenir.ecran.formulaires import Formulaire, FormulaireSuivi
from tenir.ecran.histoire import history_of
from tenir.ecran.navigation import address, context
from tenir.ecran.versions import Conflit
from tenir.fiches.models import FicheAction
from tenir.financement.classeur import workbook
from tenir.financement.ecrans.commun import asked_year, this_year, years_of
from tenir.financement.ecrans.comparaison import links_of, side_by_side, standing_word, table_shown
from tenir.financement.ecrans.tableau import plain_rows
from tenir.financement.ecrans.versions import DecisionForm
from tenir.financement.enums import Registre
from tenir.financement.models import Scenario
from tenir.financement.montants import MontantField, told
from tenir.financement.scenarios import compare, is_open, row_or_none, table_of, with_amounts
from tenir.financement.services import commun
from tenir.financement.services.scenarios import Chose, adopt, open_scenario, propose, remove, rename, shown
from tenir.financement.tableau import Tableau
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, may
from tenir.habilitations.vues import needs

READ, DEFINE = "financement.read", commun.DEFINE
SCENARIOS = "financement-scenarios"
BOTH = ["GET", "HEAD", "POST"]
OUVRIR = Ecran(
    "Ouvrir un scénario", "Ouvrir", "Le scénario est ouvert.",
    "Une façon de partager l’argent d’une année. Elle ne change rien au registre tant qu’une décision ne l’adopte pas.",
)  # fmt: skip
RENOMMER = Ecran("Renommer le scénario", "Enregistrer", "Le scénario est renommé.")
PROPOSER = Ecran(
    "Proposer des montants", "Enregistrer", "Les montants sont proposés.",
    "Vide : ce qui est inscrit au registre. Ce qu’un financeur a déjà voté, versé ou refusé ne se propose plus.",
)  # fmt: skip
SUPPRIMER = Ecran("Supprimer ce scénario ?", "Supprimer", "Le scénario est supprimé.", annulable=None)
ADOPTER = Ecran(
    "Adopter ce scénario", "Adopter", "Le scénario est adopté : ses montants sont au registre, « proposés ».",
    "Chaque montant du scénario s’inscrit au registre, « proposé », avec la décision pour source. "
    "Ce qu’un financeur a déjà voté, versé ou refusé reste tel quel.",
)  # fmt: skip


class ScenarioForm(Formulaire):
    """The name of a scenario, its year, what it starts from."""

    nom = forms.CharField(label="Nom", max_length=80, help_text="« Priorité à l’emploi », « Enveloppe réduite »…")
    annee = forms.TypedChoiceField(label="Année", coerce=int)
    depuis = forms.ModelChoiceField(
        Scenario.objects.none(), label="Reprendre", required=False, empty_label="Ce qui est inscrit au registre"
    )

    def __init__(self, espace: EspaceDeContrat, data: Any = None, **initial: Any) -> None:
        super().__init__(data, initial=initial)
        self.fields["annee"].choices = [(one, str(one)) for one in years_of(espace)]  # type: ignore[attr-defined]
        self.fields["depuis"].queryset = Scenario.objects.of(espace)  # type: ignore[attr-defined]
        self.fields["depuis"].label_from_instance = lambda one: f"{one.nom}, {one.annee}"  # type: ignore[attr-defined]


class NomForm(FormulaireSuivi):
    """The name of a scenario."""

    CHAMPS = ("nom",)
    nom = forms.CharField(label="Nom", max_length=80)


class PropositionForm(FormulaireSuivi):
    """What a scenario proposes for a row: one amount for each funder who has settled nothing there."""

    def __init__(self, scenario: Scenario, chose: Chose, table: Tableau, data: Any = None) -> None:
        self.scenario, self.chose = scenario, chose
        self.reread()
        super().__init__(scenario, data)
        row = row_or_none(table, _code(chose), chose.projet)
        for one in table.financeurs:
            case = row.cases.get(one.cle) if row else None
            if one.numero is not None and is_open(case):
                name = f"montant_{one.numero}"
                self.fields[name] = MontantField(
                    one.nom, help_text=typo(standing_word(case, one)), show_hidden_initial=True,
                    initial=self.kept.get(one.numero),
                )  # fmt: skip
        self.CHAMPS = tuple(name for name in self.fields if name != "version")  # type: ignore[misc]

    def reread(self) -> None:
        """Take what stands now."""
        rows = self.scenario.montants.filter(**self.chose.columns())
        self.kept: dict[int, Decimal] = dict(rows.order_by("pk").values_list("financeur", "montant"))

    def held(self, chose: Any, name: str) -> Any:
        """What the scenario proposes now in a cell."""
        return self.kept.get(_funder(name)) if name.startswith("montant_") else super().held(chose, name)

    def told(self, chose: Any, name: str, value: Any) -> str:
        """An amount as a page shows it."""
        return told(value)


def _funder(name: str) -> int:
    return int(name.removeprefix("montant_"))


def _code(chose: Chose) -> str:
    return chose.fiche.action.code if chose.fiche else chose.orientation.code


def scenario_or_404(espace: EspaceDeContrat, numero: int) -> Scenario:
    """A scenario of this contract; any other does not exist."""
    return get_object_or_404(Scenario.objects.of(espace), numero=numero)


@needs(READ)
def scenarios(request: HttpRequest, acces: Acces, espace: EspaceDeContrat) -> HttpResponse:
    """What is written in a year beside each of its scenarios, total by total, then where they differ."""
    annee = asked_year(espace, request.GET.get("annee", "")) or this_year(espace)
    found = compare(espace, annee, Scenario.objects.of(espace).filter(annee=annee))
    url = address(SCENARIOS, espace)
    given = context(
        acces,
        espace,
        SCENARIOS,
        titre=f"Scénarios, {annee}",
        chapeau=typo(_lede(found.scenarios, len(found.ecarts))),
        annees=links_of(url, years_of(espace), annee),
        ouvrir=f"{address('financement-scenario-nouveau', espace)}?annee={annee}" if may(acces, DEFINE, espace) else "",
        comparaison=side_by_side(found),
        annulables=undoable(acces, espace),
    )
    return render(request, "financement/scenarios.html", given)


def _lede(scenarios: tuple[Scenario, ...], cells: int) -> str:
    if not scenarios:
        return "Un scénario partage autrement l’argent de l’année, sans rien changer au registre."
    start = f"{capital(pluriel(len(scenarios), 'scénario', lettres=True))}"
    adopted = [one for one in scenarios if one.adopte_par]
    told_ = f", « {adopted[-1].nom} » est adopté" if adopted else ", aucun n’est adopté"
    return f"{start}{told_}. {pluriel(cells, 'case', genre='f')} où ils diffèrent."


@needs(READ)
def scenario(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """A scenario as the table that it would make."""
    (found,) = with_amounts([scenario_or_404(espace, numero)])
    writes = may(acces, DEFINE, espace) and found.adopte_par is None
    table = table_of(found)
    given = context(
        acces,
        espace,
        SCENARIOS,
        scenario=found,
        titre=typo(f"« {found.nom} », {found.annee}"),
        chapeau=typo(_standing(found, table)),
        retour=f"{address(SCENARIOS, espace)}?annee={found.annee}",
        tableau=table_shown(espace, found, table, writes=writes),
        gestes=_gestes(espace, found) if writes else [],
        decision=address("decision", espace, found.adopte_par.numero) if found.adopte_par else "",
        csv=address("financement-scenario-export", espace, numero, "csv"),
        xlsx=address("financement-scenario-export", espace, numero, "xlsx"),
        annulables=undoable(acces, espace, genre=commun.SCENARIO, code=found.code),
    )
    return render(request, "financement/scenario.html", given)


def _standing(scenario: Scenario, table: Tableau) -> str:
    count = len(scenario.montants.all())
    settled = count - sum(case.propose is not None for row in table.rangees for case in row.cases.values())
    start = f"{capital(pluriel(count, 'montant'))} {accord(count, 'proposé')}"
    if settled and not scenario.adopte_par:
        start += f", dont {settled} sur ce que les financeurs ont réglé depuis, qui ne comptent plus"
    if scenario.adopte_par and scenario.adopte_le:
        return f"{start}. Adopté le {date_fr(scenario.adopte_le)} par la décision {scenario.adopte_par.code}."
    return f"{start} ; le reste est ce qui est inscrit au registre, qui ne change pas."


def _gestes(espace: EspaceDeContrat, scenario: Scenario) -> list[tuple[str, str]]:
    names = ("adopter", "renommer", "supprimer")
    texts = ("Adopter par une décision", "Renommer", "Supprimer")
    urls = [address(f"financement-scenario-{one}", espace, scenario.numero) for one in names]
    again = f"{address('financement-scenario-nouveau', espace)}?annee={scenario.annee}&depuis={scenario.pk}"
    return [*zip(texts, urls, strict=True), ("En ouvrir un autre à partir de celui-ci", again)]


@needs(READ)
def fichier(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int, format: str) -> HttpResponse:
    """The table of a scenario as a workbook whose formulas recompute, or as a plain list."""
    (found,) = with_amounts([scenario_or_404(espace, numero)])
    name = f"{espace.slug}-scenario-{numero}-{found.annee}"
    if format != "xlsx":
        return export_response(plain_rows(espace, table_of(found)), name=name, format=format)
    content = workbook(espace, {Registre.SPECIFIQUE: table_of(found)}, f"Scénario « {found.nom} »")
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return response


@require_http_methods(BOTH)
@needs(DEFINE)
def nouveau(request: HttpRequest, acces: Acces, espace: EspaceDeContrat) -> HttpResponse:
    """Open a scenario."""
    asked = {name: request.GET[name] for name in ("annee", "depuis") if request.GET.get(name, "").isdecimal()}
    form = ScenarioForm(espace, posted(request), **{"annee": this_year(espace), **asked})
    sujet = Sujet(espace, "", "Les scénarios", address(SCENARIOS, espace), SCENARIOS, lambda _: [])
    return answer(
        request, acces, sujet, form, OUVRIR, lambda: open_scenario(by=acces, espace=espace, **form.cleaned_data)
    )


def _about(scenario: Scenario) -> Sujet:
    espace, code = scenario.espace, scenario.code
    back = address("financement-scenario", espace, scenario.numero)
    return Sujet(
        espace, "", f"« {scenario.nom} », {scenario.annee}", back, SCENARIOS,
        lambda _: history_of(espace, commun.SCENARIO, code),
    )  # fmt: skip


@require_http_methods(BOTH)
@needs(DEFINE)
def renommer(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """Give a scenario another name."""
    found = scenario_or_404(espace, numero)
    form = NomForm(found, posted(request))

    def write(changes: dict[str, Any]) -> None:
        rename(by=acces, scenario=found, version=form.cleaned_data["version"] or 0, changes=changes)

    return answer_or_arbitrate(request, acces, _about(found), form, RENOMMER, write, chose=found)


@require_http_methods(BOTH)
@needs(DEFINE)
def rangee(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int, code: str) -> HttpResponse:
    """Say what a scenario proposes for a row; where someone wrote a cell meanwhile, both amounts are shown."""
    (found,) = with_amounts([scenario_or_404(espace, numero)])
    chose = _chose(espace, code, request.GET.get("projet", "")[:150])
    form = PropositionForm(found, chose, table_of(found), posted(request))

    def write(changes: dict[str, Any]) -> None:
        if MARK in request.POST and not changes:
            return
        asked = {_funder(name): value for name, value in changes.items()}
        read = {_funder(name): form.read(name) for name in changes}
        try:
            version = form.cleaned_data["version"] or 0
            propose(by=acces, scenario=found, chose=chose, version=version, lus=read, montants=asked)
        except Conflit:
            form.reread()
            raise

    titre = chose.fiche.action.titre if chose.fiche else chose.projet or chose.orientation.titre
    about = _about(found)
    sujet = Sujet(espace, code, f"{titre}, {about.titre}", about.retour, SCENARIOS, about.histoire)
    return answer_or_arbitrate(request, acces, sujet, form, PROPOSER, write, chose=found)


def _chose(espace: EspaceDeContrat, code: str, projet: str) -> Chose:
    fiche = FicheAction.objects.of(espace).select_related("action__orientation").filter(action__code=code).first()
    if fiche:
        return Chose(fiche.action.orientation, fiche)
    return Chose(get_object_or_404(Orientation.objects.of(espace), code=code), None, projet)


@require_http_methods(BOTH)
@needs(DEFINE)
def supprimer(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """Leave a scenario."""
    found = scenario_or_404(espace, numero)
    back = f"{address(SCENARIOS, espace)}?annee={found.annee}"
    sujet = Sujet(espace, "", _about(found).titre, back, SCENARIOS, lambda _: [])
    return answer(
        request, acces, sujet, Formulaire(posted(request)), SUPPRIMER,
        lambda: remove(by=acces, scenario=found, lu=read_mark(request)), lu=shown(found),
    )  # fmt: skip


@require_http_methods(BOTH)
@needs(DEFINE)
def adopter(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """Adopt a scenario by a decision."""
    found = scenario_or_404(espace, numero)
    form = DecisionForm(espace, posted(request))

    def write() -> None:
        adopt(by=acces, scenario=found, decision=form.cleaned_data["decision"], lu=read_mark(request))

    return answer(request, acces, _about(found), form, ADOPTER, write, lu=shown(found))
