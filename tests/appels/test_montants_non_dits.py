"""Absence is not zero: an amount of a dossier or of its report typed nought is kept and shown; else it is not said."""

from collections.abc import Iterator
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.urls import reverse
from lxml import html

from tenir.acteurs.identifiants import RNA, rna_is_right
from tenir.acteurs.models import Organisation
from tenir.appels import models as room
from tenir.appels.bilan import table_of
from tenir.appels.comptes import COMPTES, NON_DIT
from tenir.appels.document import document_of
from tenir.appels.ecrans.dossier import by_link, summary
from tenir.appels.ecrans.formulaires_de_compte_rendu import RealiseForm
from tenir.appels.ecrans.formulaires_de_dossier import BudgetForm
from tenir.appels.models import AppelAProjets, CompteRenduFinancier, DossierDeDemande
from tenir.appels.services.attendus import report_of
from tenir.appels.services.comptes_rendus import fill_report, hand_in, missing, told_balance
from tenir.appels.services.dossiers import fill
from tenir.appels.services.liens import token_of
from tenir.appels.services.suites import due_said
from tenir.appels.seuils import CONVENTION_DUE
from tenir.financement.models import SubventionAPublier
from tenir.financement.montants import MontantField
from tenir.habilitations.rights import Acces
from tests.appels.dossiers import accorde, depose, ouvert
from tests.appels.test_lecture import plain
from tests.formulaires import Lectrice
from tests.formulaires import fill as type_in
from tests.personnes import body

pytestmark = pytest.mark.deux_bases
SIDES = ("charges", "produits")
SUMS = ("charges", "produits", "emplois", "contributions")


@pytest.fixture
def granted(appel: AppelAProjets, equipe: Acces) -> DossierDeDemande:
    """A dossier to which « ccas » granted 4 000 €; nothing is said of what it became."""
    return accorde(depose(appel), equipe).dossier


def amounts(form: BudgetForm | RealiseForm) -> list[str]:
    """The fields of a form that hold an amount."""
    return [name for name, field in form.fields.items() if isinstance(field, MontantField)]


def cells(found: html.HtmlElement) -> Iterator[tuple[str, dict[str, str]]]:
    """The rows of the table of a report, each with its cells by heading."""
    for row in found.xpath("//tr[th[@scope='row']]"):
        said = {one.get("data-label"): " ".join(one.text_content().split()) for one in row.xpath("td")}
        yield " ".join(row.xpath("th")[0].text_content().split()), said


@pytest.mark.parametrize("section", SIDES)
def test_every_amount_of_a_dossier_typed_nought_is_kept_and_shown(appel: AppelAProjets, section: str) -> None:
    found = ouvert(appel)
    asked = amounts(BudgetForm(found, section))
    typed = {name: "0" for name in asked if name.startswith("c_")}
    assert len(typed) > 10
    link = reverse("dossier-section", args=[token_of(found), section])
    assert type_in(Lectrice(), link, **typed).status_code == 302
    held = BudgetForm(found, section).initial
    assert {name: held[name] for name in typed} == dict.fromkeys(typed, Decimal(0))
    found.refresh_from_db()
    assert getattr(found, section) == 0
    told = " ".join(cell for part in document_of(found).parties if part.tableau for row in part.tableau.lignes
                    for cell in row)  # fmt: skip
    assert all(COMPTES[name[2:]].split(" ", 1)[1] in told for name in typed)


def test_a_funder_is_not_asked_for_nought(appel: AppelAProjets) -> None:
    found, client = ouvert(appel), Lectrice()
    link = reverse("dossier-section", args=[token_of(found), "produits"])
    refused = type_in(client, link, **{f"f_{body('ccas').pk}": "0"})
    assert refused.status_code == 422
    assert "On ne demande pas zéro euro" in plain(refused.content)
    assert not found.parts.exists()


def test_a_dossier_that_says_no_amount_shows_none(appel: AppelAProjets) -> None:
    found = ouvert(appel)
    assert [getattr(found, name) for name in SUMS] == [None] * 4
    sums = {one.label: one.value for one in summary(found, by_link(token_of(found)), "")["sommes"]}
    assert set(sums.values()) == {NON_DIT}
    page = plain(Lectrice().get(reverse("dossier", args=[token_of(found)])).content)
    assert "0 €" not in page
    assert "0 €" not in plain(" ".join(str(part.phrases) for part in document_of(found).parties).encode())


@pytest.mark.parametrize("section", SIDES)
def test_every_amount_of_a_report_typed_nought_is_kept_and_shown(granted: DossierDeDemande, section: str) -> None:
    asked = amounts(RealiseForm(report_of(granted), section))
    link = reverse("dossier-compte-rendu-partie", args=[token_of(granted), section])
    client = Lectrice()
    assert type_in(client, link, **dict.fromkeys(asked, "0")).status_code == 302
    report = report_of(granted)
    held = RealiseForm(report, section).initial
    assert {name: held[name] for name in asked} == dict.fromkeys(asked, Decimal(0))
    assert getattr(report, section) == 0
    page = html.fromstring(client.get(reverse("dossier-compte-rendu", args=[token_of(granted)])).content)
    rows = dict(cells(page))
    shown = [said["Réalisé"] for name, said in rows.items() if name[:2] in _classes(section)]
    assert len(shown) == len(asked)
    assert set(shown) == {"0 €"}


def _classes(section: str) -> set[str]:
    starts = "6 CI 86" if section == "charges" else "7 RP 87"
    return {name[:2] for name in COMPTES.values() if name.startswith(tuple(starts.split()))}


def test_a_report_that_says_nothing_shows_not_said_and_no_share(granted: DossierDeDemande) -> None:
    page = Lectrice().get(reverse("dossier-compte-rendu", args=[token_of(granted)]))
    rows = list(cells(html.fromstring(page.content)))
    assert rows
    assert {said["Réalisé"] for _, said in rows} == {NON_DIT}
    assert {said["Écart"] for _, said in rows} == {"–"}
    assert {said["Part"] for _, said in rows} == {"–"}
    assert told_balance(report_of(granted)).startswith("Rien n’est encore dit")


def test_one_side_said_leaves_the_other_not_said(granted: DossierDeDemande) -> None:
    fill_report(by=None, dossier=granted, section="charges", given={"comptes": {"641": Decimal(0), "601": None}})
    by_name = {one.nom: dict(one.cases) for one in table_of(report_of(granted))}
    assert plain(by_name["641 Rémunérations"]["Réalisé"].encode()) == "0 €"
    assert plain(by_name["641 Rémunérations"]["Part"].encode()) == "0 %"
    assert by_name["601 Matières et fournitures"]["Réalisé"] == NON_DIT
    assert plain(by_name["Total des charges"]["Réalisé"].encode()) == "0 €"
    assert by_name["Total des produits"]["Réalisé"] == NON_DIT
    assert told_balance(report_of(granted)) == "Qui l’a payée n’est pas encore dit."


def test_an_action_that_cost_nothing_says_nought_and_is_handed_in(granted: DossierDeDemande) -> None:
    fill_report(by=None, dossier=granted, section="fait", given={"fait": "Fait.", "pas_eu_lieu": False, "ecarts": ""})
    assert "Dites ce que l’action a coûté." in missing(report_of(granted))
    fill_report(by=None, dossier=granted, section="charges", given={"comptes": {"641": Decimal(0)}})
    paid = {"comptes": {}, "recus": {granted.parts.get().pk: Decimal(0)}}
    fill_report(by=None, dossier=granted, section="produits", given=paid)
    assert missing(report_of(granted)) == []
    assert hand_in(by=None, dossier=granted).charges == 0


@pytest.mark.parametrize(
    "broken", [{"charges": None}, {"produits": None}, {"emplois": None}, {"charges": None, "produits": None}], ids=str
)
def test_the_database_takes_nothing_for_something(granted: DossierDeDemande, broken: dict) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        DossierDeDemande.objects.filter(pk=granted.pk).update(**broken)


def test_the_database_wants_both_sums_of_a_report_that_explains_nothing(granted: DossierDeDemande) -> None:
    fill(by=None, dossier=ouvert(granted.appel), section="charges", given={"comptes": {}})
    fill_report(by=None, dossier=granted, section="fait", given={"fait": "Fait.", "pas_eu_lieu": False, "ecarts": ""})
    rows = CompteRenduFinancier.objects.filter(dossier=granted)
    for sums in ({}, {"charges": 5}, {"produits": 5}, {"charges": 5, "produits": 5, "emplois": 3}):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(etat="remis", remis_le="2026-03-02", **sums)
    rows.update(etat="remis", remis_le="2026-03-02", charges=5, produits=5, emplois=0)


def test_no_column_of_money_of_the_room_is_nought_by_default() -> None:
    kept = [
        (model.__name__, field.name)
        for model in vars(room).values()
        if isinstance(model, type) and issubclass(model, models.Model)
        for field in model._meta.concrete_fields
        if isinstance(field, models.DecimalField) and field.has_default() and field.get_default() is not None
    ]
    assert kept == []


def test_a_threshold_is_said_as_it_is_in_force(granted: DossierDeDemande, monkeypatch: pytest.MonkeyPatch) -> None:
    part = granted.parts.select_related("dossier__espace").get()
    assert "23 000 €" in plain(due_said(part).encode())
    (one,) = CONVENTION_DUE
    moved = (one, type(one)(30_000, one.depuis, "Essai."))
    monkeypatch.setattr("tenir.appels.services.suites.CONVENTION_DUE", moved)
    assert "30 000 €" in plain(due_said(part).encode())


@pytest.mark.parametrize(
    ("rna", "right"),
    [("W332000001", True), ("W2A1000001", True), ("W9R1000001", True), ("", False), ("X332000001", False),
     ("W3AB000001", False), ("W33200000", False), ("W332000001\n", False), ("w332000001", False)],
)  # fmt: skip
def test_one_shape_of_rna_for_everyone(rna: str, right: bool) -> None:
    assert rna_is_right(rna) is right
    for model in (Organisation, DossierDeDemande, SubventionAPublier):
        rules = [one.condition for one in model._meta.constraints if isinstance(one, models.CheckConstraint)]
        assert any(("rna__regex", RNA) in rule.children for rule in rules), model


def test_a_wrong_amount_is_refused_beside_its_field(appel: AppelAProjets) -> None:
    with pytest.raises(ValidationError):
        fill(by=None, dossier=ouvert(appel), section="charges", given={"comptes": {"641": Decimal("-1")}})
