"""Changing the publication state of a contract: one passage, one trace, in one transaction."""

import pytest

from tenir.core.models import EntreeDeTrace
from tenir.habilitations.models import EspaceDeContrat, PassageDEtat
from tenir.habilitations.services import PassageRefuse, publish, unpublish

pytestmark = [pytest.mark.django_db, pytest.mark.deux_bases]
Etat = EspaceDeContrat.Etat


def espace(etat: str = Etat.SIGNE) -> EspaceDeContrat:
    return EspaceDeContrat.objects.create(slug="hameau", titre="Contrat du Hameau", etat=etat, debut=2024, fin=2030)


def test_only_a_public_contract_is_public() -> None:
    espace()
    assert not EspaceDeContrat.objects.public().exists()
    publish("hameau", commande="tests")
    assert EspaceDeContrat.objects.public().get().etat == Etat.PUBLIE


def test_each_passage_says_from_where_to_where_by_what_and_why() -> None:
    espace()
    publish("hameau", commande="un")
    unpublish("hameau", motif="  Erreur.  ", commande="deux")
    assert list(PassageDEtat.objects.values_list("de", "vers", "commande", "motif")) == [
        ("publie", "signe", "deux", "Erreur."),
        ("signe", "publie", "un", ""),
    ]


def test_each_passage_leaves_its_trace() -> None:
    espace()
    publish("hameau", commande="un")
    unpublish("hameau", motif="Erreur.", commande="deux")
    assert EntreeDeTrace.objects.count() == 2


def test_publishing_what_is_public_leaves_nothing() -> None:
    espace(Etat.PUBLIE)
    publish("hameau", commande="tests")
    assert not PassageDEtat.objects.exists()
    assert not EntreeDeTrace.objects.exists()


def test_a_draft_is_not_published() -> None:
    espace(Etat.BROUILLON)
    with pytest.raises(PassageRefuse, match="est un brouillon"):
        publish("hameau", commande="tests")


@pytest.mark.parametrize("motif", ["", " ", "\n"])
def test_a_contract_is_not_withdrawn_without_a_reason(motif: str) -> None:
    espace(Etat.PUBLIE)
    with pytest.raises(PassageRefuse, match="Dites pourquoi"):
        unpublish("hameau", motif=motif, commande="tests")


@pytest.mark.parametrize("etat", [Etat.BROUILLON, Etat.SIGNE])
def test_what_is_not_public_is_not_withdrawn(etat: str) -> None:
    espace(etat)
    with pytest.raises(PassageRefuse, match="n’est pas publié"):
        unpublish("hameau", motif="Erreur.", commande="tests")


def test_an_unknown_contract_is_refused() -> None:
    for move in (lambda: publish("rien", commande="t"), lambda: unpublish("rien", motif="x", commande="t")):
        with pytest.raises(PassageRefuse, match="Aucun contrat n’a l’adresse « rien »"):
            move()


def test_a_passage_whose_trace_fails_does_not_happen(monkeypatch: pytest.MonkeyPatch) -> None:
    espace()

    def fail(*args: object, **kwargs: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("tenir.habilitations.services.record", fail)
    with pytest.raises(RuntimeError):
        publish("hameau", commande="tests")
    assert not EspaceDeContrat.objects.public().exists()
    assert not PassageDEtat.objects.exists()
