"""The register in a real Chromium: a body writes what it did, corrects it, takes it back; the team judges at once."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from tenir.activite.enums import Confiance
from tenir.activite.models import Entree
from tenir.activite.services.entree import judge_entree
from tenir.contrat.models import Lieu
from tenir.habilitations.models import EspaceDeContrat, Habilitation
from tenir.habilitations.rights import Acces, acces_of
from tests.activite.registre import HEURES, LE, VEILLE, entree, kinds
from tests.fiches import test_navigateur_page as test_navigateur_fiche
from tests.fiches.test_navigateur_page import LONG
from tests.vie import fiche

vallon, open_as = test_navigateur_fiche.vallon, test_navigateur_fiche.signed_in
OpenAs = Callable[..., Page]
Check = Callable[..., None]


def bea() -> Acces:
    return acces_of(Habilitation.objects.get(personne__nom="Bea Pivot").personne)


@pytest.fixture
def lived(vallon: EspaceDeContrat) -> Entree:
    """Several entries, the first with all that one may hold, and long words."""
    kinds(vallon, VEILLE, HEURES)
    by = bea()
    place = Lieu.objects.create(espace=vallon, code="L01", ordre=1, nom=LONG)
    parts = {("presents", "sexe:f"): 7, ("presents", "age:60"): 3, ("presents", "quartier:oui"): 9}
    titre = "anticonstitutionnellement-intergouvernementalisations"
    first = entree(by, vallon, 12, valeurs=parts, lieu=place, titre=titre, note=LONG, minutes=90)
    first.fiches.set([fiche(vallon)])
    for day in range(1, 6):
        entree(by, vallon, day, le=LE + timedelta(days=day), autre_lieu="Gymnase")
    entree(by, vallon, None, nature="veille", valeurs={("faits", ""): 3})
    given = {("heures", ""): "12.5", ("venus", ""): 14, ("venus", "sexe:f"): 9, ("motifs", "choix:droits"): 2}
    entree(by, vallon, None, nature="heures", debut=LE - timedelta(days=60), fin=LE, of="caf", valeurs=given)
    judge_entree(by=by, entree=Entree.objects.get(numero=2), confiance=Confiance.CONTESTEE, motif=LONG)
    Entree.objects.filter(numero=3).update(confiance=Confiance.DECLAREE)
    return first


def at(espace: EspaceDeContrat, name: str = "activite", *more: object) -> str:
    return reverse(name, args=[espace.slug, *more])


@pytest.mark.parametrize("who", ["Bea Pivot", "Cléo Relais", "Dan Liseur"])
def test_the_pages_are_sound_and_accessible_for_each(
    open_as: OpenAs, axe: Check, live_server, lived: Entree, who: str
) -> None:
    page = open_as(who, at(lived.espace))
    axe(page, phone=360)
    for url in (
        f"{at(lived.espace)}?groupe=mois&q=gymnase",
        at(lived.espace, "entree", 8),
        at(lived.espace, "entree", 1),
    ):
        page.goto(live_server.url + url)
        axe(page, phone=360)
