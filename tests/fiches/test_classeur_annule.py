"""A workbook that was applied, then undone: its receipt says so for good, by whom, when, and save what."""

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tenir.core import horloge
from tenir.ecran.annulation.annuler import mark_of, standing, undo
from tenir.ecran.annulation.menage import clean
from tenir.ecran.models import Geste
from tenir.fiches.models import FicheAction, ImportDeFiches
from tenir.fiches.services import imports
from tenir.fiches.services.fiche import update_fiche
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tests.fiches.classeurs import exported, write
from tests.vie import fiche

CODES = ("O01-A01", "O01-A02")


def applied(by: Acces, espace: EspaceDeContrat) -> ImportDeFiches:
    """A workbook that changes two fiches, applied."""
    for code in CODES:
        fiche(espace, code)
    book = write(exported(by, espace), "Fiches", CODES[0], {"Prochaine étape": "Signer"})
    book = write(book, "Fiches", CODES[1], {"Prochaine étape": "Ouvrir"})
    depose = imports.deposit(by=by, espace=espace, nom="retour.xlsx", fichier=book)
    shown = imports.preview(ImportDeFiches.objects.get(pk=depose.pk)).empreinte()
    return imports.apply_import(by=by, depose=depose, empreinte=shown, choix={})


def undone(by: Acces) -> None:
    geste = Geste.objects.filter(lot=True).latest("pk")
    undo(by=by, geste=geste, shown=mark_of(standing(geste, by)))


def said(by: Acces, depose: ImportDeFiches) -> tuple[str, str]:
    """What the receipt says, and the list of workbooks."""
    client = Client()
    client.force_login(by.personne.utilisateur)
    pages = (
        reverse("fiches-import", args=[depose.espace.slug, depose.pk]),
        reverse("fiches-imports", args=[depose.espace.slug]) + "?etat=annule",
    )
    receipt, rows = (client.get(url).content.decode().replace("\xa0", " ") for url in pages)
    return receipt, rows


def test_the_receipt_of_a_workbook_says_that_it_was_undone(vallon: EspaceDeContrat, equipe: Acces) -> None:
    depose = applied(equipe, vallon)
    receipt, rows = said(equipe, depose)
    assert "Annulé par" not in receipt
    assert "retour.xlsx" not in rows
    undone(equipe)
    Geste.objects.update(expire_le=timezone.now())
    clean(horloge.now())
    assert not Geste.objects.exists()
    receipt, rows = said(equipe, depose)
    assert f"Annulé par {equipe.personne.nom} le" in receipt
    assert "sauf" not in receipt
    assert "retour.xlsx" in rows
    assert "annulé le" in rows


def test_it_says_what_was_left_because_it_had_changed_since(vallon: EspaceDeContrat, equipe: Acces) -> None:
    depose = applied(equipe, vallon)
    kept = FicheAction.objects.get(action__code=CODES[1])
    update_fiche(by=equipe, fiche=kept, version=kept.version, changes={"public_vise": "jeunes"})
    undone(equipe)
    assert "sauf une fiche changée depuis." in said(equipe, depose)[0]
