"""SY02: the évaluation at mid-term of the fictitious contract, walked as those of the row make it.

The resource centre leads it, the team of the agglomeration works with it, the commune answers, the State reads.
`docs/couverture.md` leads here.
"""

from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from tenir.acteurs.models import Organisation, Personne
from tenir.contrat.chargement import load_contract
from tenir.contrat.models import Signataire
from tenir.evaluation.instantane.forme import recall
from tenir.evaluation.models import Contribution, Evaluation, Instantane
from tenir.evaluation.services.liens import token_of
from tenir.fiches.models import FicheAction
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.roles import Role
from tests.formulaires import Lectrice, fill
from tests.partage import shared
from tests.personnes import member, person, referent
from tests.vie import OPENED

ROOT = Path(__file__).parents[2]
SLUG = "virelande-fictif-2024-2030"
People = dict[str, Personne]


def make() -> People:
    """The contract, of which two actions are told; someone of each body of the row."""
    espace = load_contract((ROOT / f"contrats/fictif/{SLUG}.yaml").read_text(), commande="tests").espace
    EspaceDeContrat.objects.filter(pk=espace.pk).update(etat="publie")
    referent(person("Paule Ressource", signs_in=False), espace, of="centre-de-ressources")
    first, second = FicheAction.objects.of(espace)[:2]
    for one, statut in ((first, "en-cours"), (second, "suspendue")):
        FicheAction.objects.filter(pk=one.pk).update(statut=statut, statut_depuis=OPENED, motif="Poste vacant.")
    return {
        "centre": member("Paule Fictive", Role.PARTENAIRE, espace, of="centre-de-ressources"),
        "agglomeration": member("Basile Fictif", Role.EQUIPE, espace),
        "etat": member("Denis Fictif", Role.COPILOTE, espace, of="prefecture"),
    }


@pytest.fixture(scope="module")
def _made(django_db_setup: None, django_db_blocker) -> Iterator[People]:
    with shared(django_db_blocker, make) as made:
        yield made


@pytest.fixture
def browsers(_made: People, db: None) -> dict[str, Client]:
    """The browser of each, signed in."""
    found: dict[str, Client] = {}
    for who, personne in deepcopy(_made).items():
        found[who] = Lectrice()
        found[who].force_login(personne.utilisateur)
    return found


def at(name: str, *args: object) -> str:
    return reverse(name, args=[SLUG, *args])


def read(client: Client, name: str, *args: object) -> str:
    answer = client.get(at(name, *args))
    assert answer.status_code == 200
    return answer.content.decode().replace("\xa0", " ").replace("\u202f", " ")


def test_sy02_a_dated_snapshot_is_compared_with_the_start_and_makes_the_file(browsers: dict[str, Client]) -> None:
    centre, team, state = (browsers[who] for who in ("centre", "agglomeration", "etat"))
    lead = Organisation.objects.get(identifiant="centre-de-ressources").pk
    assert fill(team, at("evaluation-nouvelle"), titre="Mi-parcours", conduite_par=lead).status_code == 302
    made = Evaluation.objects.get()
    assert state.get(at("evaluation", made.numero)).status_code == 404  # not shared yet

    assert fill(centre, at("evaluation-figer", made.numero)).status_code == 302
    frozen = recall(Instantane.objects.get())
    assert [one["statut"] for one in frozen["actions"][:3]] == ["en-cours", "suspendue", ""]
    code = frozen["orientations"][0]["code"]

    need = {"demandes": "Une permanence le soir.", "efficacite": "en-partie", "raisons": "Une action sur deux."}
    judged = fill(centre, at("evaluation-apprecier", made.numero, code), **need, recommandation="ajuster")
    assert judged.status_code == 302
    figure = {"libelle": "Demandeurs d’emploi", "valeur": "212", "annee": "2026", "source": "observatoire fictif"}
    assert fill(team, at("evaluation-chiffre-nouveau", made.numero, code), **figure).status_code == 302

    commune = Signataire.objects.get(espace__slug=SLUG, organisation__nom__startswith="Commune").organisation.pk
    assert fill(team, at("evaluation-solliciter", made.numero), organismes=[commune]).status_code == 302
    link = reverse("evaluation-reponse", args=[token_of(Contribution.objects.get())])
    assert fill(Lectrice(), link, change="Le marché a repris.").status_code == 302

    assert centre.get(at("evaluation-partager", made.numero)).status_code == 403
    assert fill(team, at("evaluation-partager", made.numero)).status_code == 302
    told = read(state, "evaluation-dossier", made.numero)
    for said in (
        "1 a avancé", "personne n’a rien dit", "aucune valeur", "Recommandation : ajuster.", "Une permanence le soir.",
        "observatoire fictif", "Le marché a repris.", "droit commun",
    ):  # fmt: skip
        assert said in told, said
    for format, start in (("pdf", b"%PDF"), ("docx", b"PK")):
        assert state.get(at("evaluation-fichier", made.numero, format)).content.startswith(start)
    rows = state.get(at("evaluation-comparaison-export", made.numero, "csv")).content.decode()
    assert "on ne peut pas le dire" in rows
    assert "fictif" in rows

    assert fill(team, at("evaluation-publier", made.numero)).status_code == 302
    public = read(Client(), "evaluation-publique", made.numero)
    for said in ("Ce que l’on ne peut pas dire", "indicateurs : aucune valeur", "fictif"):
        assert said in public, said
    assert "Une action sur deux." not in public
