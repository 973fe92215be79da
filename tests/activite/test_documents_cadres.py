"""The frame documents that the contract prints enter the register that follows them: each once, with its end."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from tenir.acteurs.models import Personne
from tenir.activite.models import Objet
from tenir.activite.services.documents_cadres import bring_in, to_bring
from tenir.ecran.annulation.annuler import mark_of, standing, undo
from tenir.ecran.models import Geste
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, Refus, acces_of
from tests.vie import document_cadre

pytestmark = pytest.mark.deux_bases
As = Callable[[str], Client]


def test_each_document_enters_once_with_its_body_and_its_end(vallon: EspaceDeContrat, equipe: Acces) -> None:
    document_cadre(vallon, "Convention territoriale globale", periode="2023-2027")
    document_cadre(vallon, "Schéma sans date", of="ccas")
    document_cadre(vallon, "Plan " + "très " * 30 + "long", of="ccas", periode="à partir de 2025")
    assert bring_in(by=equipe, espace=vallon, nature="document-cadre") == 3
    assert list(Objet.objects.of(vallon).values_list("organisme__identifiant", "echeance").order_by("numero")) == [
        ("caf", date(2027, 12, 31)),
        ("ccas", None),
        ("ccas", date(2025, 12, 31)),
    ]
    assert max(len(one) for one in Objet.objects.values_list("libelle", flat=True)) == 80
    assert to_bring(vallon) == []
    assert bring_in(by=equipe, espace=vallon, nature="document-cadre") == 0


def test_all_of_them_are_taken_back_in_one_gesture(vallon: EspaceDeContrat, equipe: Acces) -> None:
    document_cadre(vallon, "Convention territoriale globale")
    document_cadre(vallon, "Schéma", of="ccas")
    bring_in(by=equipe, espace=vallon, nature="document-cadre")
    geste = Geste.objects.get()
    undo(by=equipe, geste=geste, shown=mark_of(standing(geste, equipe)))
    assert not Objet.objects.exists()
    assert len(to_bring(vallon)) == 2


def test_a_partner_brings_none(vallon: EspaceDeContrat, ccas: Acces) -> None:
    document_cadre(vallon, "Schéma", of="ccas")
    with pytest.raises(Refus):
        bring_in(by=ccas, espace=vallon, nature="document-cadre")


def test_the_register_offers_it_until_nothing_is_left(
    as_: As, vallon: EspaceDeContrat, people: dict[str, Personne]
) -> None:
    document_cadre(vallon, "Convention territoriale globale", periode="2023-2027")
    page, offer = "/espace/vallon/registres/document-cadre/", "Reprendre les documents que le contrat imprime"
    assert offer in as_("equipe").get(page).content.decode()
    assert offer not in as_("partenaire").get(page).content.decode()
    told = as_("equipe").get(f"{page}reprendre/").content.decode().replace("\u00a0", " ")
    assert "jusqu’au 31 décembre 2027" in told
    bring_in(by=acces_of(people["equipe"]), espace=vallon, nature="document-cadre")
    assert offer not in as_("equipe").get(page).content.decode()
    grouped = as_("equipe").get(f"{page}?groupe=orientation").content.decode()
    assert "Aucune orientation" in grouped


def test_sent_twice_it_brings_nothing_more_and_says_so(as_: As, vallon: EspaceDeContrat) -> None:
    document_cadre(vallon, "Convention territoriale globale")
    client, page = as_("equipe"), "/espace/vallon/registres/document-cadre/reprendre/"
    assert "1 document cadre mis au registre." in client.post(page, follow=True).content.decode().replace("\u00a0", " ")
    again = client.post(page, follow=True).content.decode()
    assert "Chaque document que le contrat imprime est déjà au registre." in again
    assert "mis au registre" not in again
    assert Objet.objects.count() == 1
