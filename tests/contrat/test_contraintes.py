"""What the database itself refuses, each with the sentence that an agent reads."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from tenir.acteurs.models import Organisation, Utilisateur
from tenir.contrat.models import (
    ActionPrevue,
    CodeRetire,
    Donnee,
    Engagement,
    Indicateur,
    OrganismeCite,
    Orientation,
    Signataire,
    VersionDuContrat,
)
from tenir.habilitations.models import EspaceDeContrat, PassageDEtat
from tenir.territoire.models import Territoire
from tests.fabriques import BREF, charger, edited

pytestmark = [pytest.mark.django_db, pytest.mark.deux_bases]
ROOMS = ("territoire", "acteurs", "habilitations", "contrat")


@pytest.fixture
def espace() -> EspaceDeContrat:
    with_indicator = edited(BREF, ("parties:\n", "indicateurs:\n  - {code: I01, libelle: Cafés}\nparties:\n"))
    return charger(with_indicator).espace


def changed(row: models.Model, **columns: Any) -> models.Model:
    for column, value in columns.items():
        setattr(row, column, value)
    return row


def copy(row: models.Model, **columns: Any) -> models.Model:
    return changed(row, pk=None, _state=models.base.ModelState(), **columns)


def repeated(row: Indicateur) -> Indicateur:
    return changed(row, repete_id=row.pk)


def of_two(row: OrganismeCite) -> OrganismeCite:
    return changed(row, orientation=Orientation.objects.get())


def beside_one_with(**numbers: str) -> models.Model:
    first, second = Organisation.objects.order_by("pk")[:2]
    changed(first, **numbers).save()
    return changed(second, **numbers)


def of_itself(column: str) -> models.Model:
    found = Organisation.objects.earliest("pk")
    ended = {"fin": date(2026, 1, 1), "devenir": "succession"} if column == "suite" else {}
    return changed(found, **{column: found}, **ended)


REFUSED: list[tuple[str, str, Callable[[EspaceDeContrat], models.Model]]] = [
    ("code", "Ce code sert déjà dans ce contrat.", lambda e: copy(ActionPrevue.objects.get())),
    ("code of a signatory", "Ce code sert déjà dans ce contrat.", lambda e: copy(Signataire.objects.get())),
    ("doubt", "Une donnée contestée dit pourquoi.", lambda e: changed(Donnee.objects.get(code="O01-D02"), doute="")),
    (
        "doubt without status",
        "Une donnée contestée dit pourquoi.",
        lambda e: changed(Donnee.objects.get(code="O01-D01"), doute="À vérifier."),
    ),
    ("no value", "Une donnée sans valeur est « manquante ».", lambda e: changed(Donnee.objects.first(), valeur=None)),
    (
        "value of a missing figure",
        "Une donnée sans valeur est « manquante ».",
        lambda e: changed(Donnee.objects.get(code="O01-D01"), statut="manquante"),
    ),
    ("level 4", "Un engagement a trois niveaux au plus.", lambda e: changed(Engagement.objects.get(), niveau=4)),
    ("level 0", "Un engagement a trois niveaux au plus.", lambda e: changed(Engagement.objects.get(), niveau=0)),
    ("repeat", "Un indicateur ne se répète pas lui-même.", lambda e: repeated(Indicateur.objects.get())),
    (
        "two holders",
        "Un organisme est cité par une orientation, une action ou une instance.",
        lambda e: of_two(OrganismeCite.objects.get(action__isnull=False)),
    ),
    (
        "no holder",
        "Un organisme est cité par une orientation, une action ou une instance.",
        lambda e: changed(OrganismeCite.objects.get(action__isnull=False), action=None),
    ),
    ("version number", "Ce numéro de version existe déjà.", lambda e: copy(VersionDuContrat.objects.get())),
    (
        "silent correction",
        "Une correction ou un avenant dit pourquoi.",
        lambda e: changed(VersionDuContrat.objects.get(), nature="correction"),
    ),
    (
        "retired twice",
        "Ce code est déjà retiré.",
        lambda e: CodeRetire(espace=e, code=CodeRetire.objects.create(espace=e, code="O09").code),
    ),
    ("backwards", "La période se termine avant de commencer.", lambda e: changed(e, fin=2020)),
    ("unknown state", "Un contrat est brouillon, signé ou publié.", lambda e: changed(e, etat="perdu")),
    (
        "unknown zone",
        "Cette heure locale n’est celle d’aucun territoire français.",
        lambda e: changed(e, fuseau="America/Montreal"),
    ),
    (
        "contact without an address",
        "Donnez le service ou la fonction, et l’adresse où lui répondre.",
        lambda e: changed(e, contact_nom="Service de la cohésion", contact_telephone="01 99 00 00 10"),
    ),
    ("same state", "Le contrat est déjà dans cet état.", lambda e: PassageDEtat(espace=e, de="signe", vers="signe")),
    (
        "same territory",
        "Ce territoire existe déjà.",
        lambda e: copy(Territoire.objects.get(nature="commune")),
    ),
    (
        "population without a source",
        "Une population s’accompagne de sa source.",
        lambda e: changed(Territoire.objects.get(nature="qpv"), origine_population=""),
    ),
    ("siret", "Un SIRET compte quatorze chiffres.", lambda e: changed(Organisation.objects.first(), siret="1234")),
    (
        "siret of another",
        "Un autre organisme porte déjà ce SIRET : retenez-le plutôt.",
        lambda e: beside_one_with(siret="73282932000074"),
    ),
    (
        "rna",
        "Un numéro RNA est la lettre W, puis neuf chiffres : « W332000001 ».",
        lambda e: changed(Organisation.objects.first(), rna="332000001"),
    ),
    (
        "rna of another",
        "Un autre organisme porte déjà ce numéro RNA : retenez-le plutôt.",
        lambda e: beside_one_with(rna="W332000001"),
    ),
    ("its own branch", "Un organisme n’est pas rattaché à lui-même.", lambda e: of_itself("parent")),
    ("its own successor", "Un organisme ne prend pas sa propre suite.", lambda e: of_itself("suite")),
    (
        "an end without a successor",
        "Une fin a son jour, et l’organisme qui prend la suite s’il y en a un.",
        lambda e: changed(Organisation.objects.first(), fin=date(2026, 1, 1), devenir="fusion"),
    ),
    (
        "same account",
        "Un compte existe déjà avec cette adresse électronique.",
        lambda e: Utilisateur(
            email=Utilisateur.objects.create(email="a@exemple.fr").email.upper(), password="!"
        ),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "make"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_the_database_refuses(espace: EspaceDeContrat, sentence: str, make: Callable[..., models.Model]) -> None:
    row = make(espace)
    with pytest.raises(ValidationError) as refused:
        row.validate_constraints()
    assert sentence in refused.value.messages
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=row._state.adding)


def test_every_sentence_of_a_constraint_is_tried_here() -> None:
    rooms = [model for room in ("territoire", "contrat") for model in apps.get_app_config(room).get_models()]
    ours = [*rooms, EspaceDeContrat, PassageDEtat, Organisation, Utilisateur]
    sentences = {str(c.violation_error_message) for model in ours for c in model._meta.constraints}
    assert sentences <= {sentence for _, sentence, _ in REFUSED}


def test_every_constraint_has_a_french_sentence() -> None:
    ours = [model for room in ROOMS for model in apps.get_app_config(room).get_models()]
    default = models.CheckConstraint.default_violation_error_message
    silent = [c.name for model in ours for c in model._meta.constraints if c.violation_error_message == default]
    assert silent == []


def test_an_item_in_use_may_not_be_deleted(espace: EspaceDeContrat) -> None:
    with pytest.raises(models.ProtectedError):
        Orientation.objects.all().delete()


def test_a_date_in_force_is_always_known(espace: EspaceDeContrat) -> None:
    version = VersionDuContrat.objects.get()
    assert version.en_vigueur_le == date(2024, 5, 2)
    with pytest.raises(IntegrityError), transaction.atomic():
        changed(version, en_vigueur_le=None).save()
