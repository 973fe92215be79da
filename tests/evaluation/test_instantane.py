"""A snapshot: frozen once, never changed, read again as it was, whole; what it costs; who reads it."""

import json
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tenir.core import horloge
from tenir.core.marques import Perime
from tenir.ecran.models import Geste
from tenir.evaluation.instantane.forme import InstantaneAltere, freeze, recall
from tenir.evaluation.instantane.prendre import take
from tenir.evaluation.models import Instantane
from tenir.evaluation.services import instantanes
from tenir.habilitations.mentions import FROZEN, left
from tenir.habilitations.models import EspaceDeContrat, Mention
from tenir.habilitations.rights import Acces
from tenir.habilitations.roles import Role
from tenir.indicateurs.services.indicateur import Mesure, record_releve
from tests.evaluation.evaluations import DEPART, evaluation, figee, instantane, partagee
from tests.personnes import acces, contract, person
from tests.vie import action, engagement, fiche, indicateur, jalon, orientation

pytestmark = pytest.mark.deux_bases


@pytest.fixture
def espace(db: None) -> EspaceDeContrat:
    return contract("vallon")


@pytest.fixture
def equipe(espace: EspaceDeContrat) -> Acces:
    return acces("Basile Équipe", Role.EQUIPE, espace)


def lived(espace: EspaceDeContrat, by: Acces) -> None:
    """A contract where something of each kind is said."""
    one = fiche(espace, statut="en-cours", pilots=("ccas",))
    jalon(one, date(2026, 1, 10), atteint_le=date(2026, 1, 9))
    jalon(one, date(2026, 1, 20), "Ouvrir")
    engagement(espace, etat="tenu")
    followed = indicateur(espace)
    mesure = Mesure(date(2026, 1, 1), date(2026, 3, 31), Decimal("12.5"), "comptage de Zoé Secrète")
    record_releve(by=by, suivi=followed, mesure=mesure)


def test_what_is_frozen_is_read_again_as_it_was(espace: EspaceDeContrat, equipe: Acces) -> None:
    lived(espace, equipe)
    data = take(espace, horloge.today(espace), DEPART)
    kept = instantane(figee(equipe, espace))
    assert recall(kept) == {**data, "mots_effaces": 0}
    again = freeze({name: value for name, value in recall(kept).items() if name != "mots_effaces"})
    assert (again.contenu, again.sha256) == (kept.contenu, kept.sha256)


def test_it_holds_what_was_kept_and_what_is_missing(espace: EspaceDeContrat, equipe: Acces) -> None:
    lived(espace, equipe)
    fiche(espace, "O01-A02")
    found = recall(instantane(figee(equipe, espace)))
    said, mute = found["actions"]
    assert (said["statut"], said["porteurs"], mute["statut"]) == ("en-cours", ["CCAS"], "")
    assert said["jalons"] == {"a_temps": 1, "apres": 0, "en_retard": 1, "a_venir": 0, "abandonnes": 0}
    (read,) = found["indicateurs"]
    assert (read["depart"], read["derniers"][0]["valeur"]) == (None, "12.5")
    assert "depart" in read["manques"]
    assert found["engagements"][0]["etat"] == "tenu"


def test_nothing_later_changes_it(espace: EspaceDeContrat, equipe: Acces) -> None:
    lived(espace, equipe)
    made = figee(equipe, espace)
    before = recall(instantane(made))
    espace.fiches.update(statut="realisee")
    action(espace, "O01-A09")
    assert recall(instantane(made)) == before


@pytest.mark.parametrize("column", ["contenu", "sha256", "schema", "jour", "numero", "fige_le"])
def test_the_database_refuses_to_change_it(espace: EspaceDeContrat, equipe: Acces, column: str) -> None:
    made = instantane(figee(equipe, espace))
    other = {"contenu": "{}", "sha256": "0" * 64, "schema": 2, "jour": date(2020, 1, 1), "numero": 9}
    value = other.get(column, horloge.now())
    with pytest.raises(IntegrityError, match="ne change plus"), transaction.atomic():
        Instantane.objects.filter(pk=made.pk).update(**{column: value})


def test_a_correction_is_another_snapshot_with_its_reason(espace: EspaceDeContrat, equipe: Acces) -> None:
    made = figee(equipe, espace)
    with pytest.raises(ValidationError, match="Dites pourquoi"):
        instantanes.freeze(by=equipe, evaluation=made)
    instantanes.freeze(by=equipe, evaluation=made, motif="Une action manquait.")
    assert [one.code for one in made.instantanes.order_by("numero")] == ["EV1-1", "EV1-2"]


def test_it_is_not_undone(espace: EspaceDeContrat, equipe: Acces) -> None:
    figee(equipe, espace)
    kept = Geste.objects.filter(phrase__contains="figée").get()
    assert kept.definitif == instantanes.DEFINITIF
    assert not Geste.objects.undoable(horloge.now()).filter(pk=kept.pk)


def test_what_was_read_is_what_is_frozen(espace: EspaceDeContrat, equipe: Acces) -> None:
    orientation(espace)
    made = evaluation(equipe, espace)
    lu = instantanes.shown(instantanes.now_of(made))
    action(espace, "O01-A02")
    fiche(espace, "O01-A03", statut="en-cours")
    with pytest.raises(Perime):
        instantanes.freeze(by=equipe, evaluation=made, lu=lu)


def test_a_contract_that_has_nothing_or_starts_later_is_not_frozen(espace: EspaceDeContrat, equipe: Acces) -> None:
    made = evaluation(equipe, espace)
    with pytest.raises(ValidationError, match="pas d’orientation"):
        instantanes.freeze(by=equipe, evaluation=made)
    later = evaluation(equipe, espace, depart=horloge.today(espace))
    with pytest.raises(ValidationError, match="pas encore passée"):
        instantanes.freeze(by=equipe, evaluation=later)


def test_its_cost_does_not_grow_with_the_contract_nor_with_others(espace: EspaceDeContrat, equipe: Acces) -> None:
    lived(espace, equipe)

    def cost() -> int:
        with CaptureQueriesContext(connection) as seen:
            take(espace, horloge.today(espace), DEPART)
        return len(seen)

    few = cost()
    for rank in range(2, 9):
        fiche(espace, f"O0{rank}-A01", statut="en-cours")
        engagement(espace, f"S0{rank}-E01", of=f"corps-{rank}")
        indicateur(espace, f"I0{rank}")
    other = contract("colline")
    lived(other, acces("Ève Ailleurs", Role.EQUIPE, other))
    assert cost() == few


def test_a_name_is_taken_off_its_words_and_the_rest_is_still_what_was_frozen(
    espace: EspaceDeContrat, equipe: Acces
) -> None:
    lived(espace, equipe)
    made = instantane(figee(equipe, espace))
    assert "Zoé Secrète" not in made.contenu
    place = made.mots.index("comptage de Zoé Secrète")
    made.mots[place] = "comptage de [effacé]"
    made.save(update_fields=["mots"])
    found = recall(Instantane.objects.get(pk=made.pk))
    assert (found["mots_effaces"], found["indicateurs"][0]["derniers"][0]["source"]) == (1, "comptage de [effacé]")


def test_a_mention_in_what_is_frozen_says_that_it_does_not_change(espace: EspaceDeContrat, equipe: Acces) -> None:
    made = instantane(figee(equipe, espace))
    erased = person("Ida Effacée", signs_in=False)
    Mention.objects.create(
        personne=erased, modele="evaluation.Instantane", cle=str(made.pk), champ="contenu", empreinte=made.sha256,
        passages=[[0, 3]],
    )  # fmt: skip
    assert [(one.retirable, one.comment) for one in left(erased)] == [(False, FROZEN)]


def test_a_text_that_is_no_more_the_frozen_one_is_not_shown(espace: EspaceDeContrat, equipe: Acces) -> None:
    made = instantane(figee(equipe, espace))
    made.contenu = made.contenu.replace("Orientation", "Autre")
    with pytest.raises(InstantaneAltere):
        recall(made)


def test_its_data_leave_with_their_digest(espace: EspaceDeContrat, equipe: Acces) -> None:
    made = partagee(equipe, espace)
    client = Client()
    client.force_login(acces("Dan Liseur", Role.LECTURE, espace).personne.utilisateur)
    answer = client.get(reverse("instantane-json", args=[espace.slug, made.numero, 1]))
    data = json.loads(answer.content)
    assert data["empreinte"] == instantane(made).sha256
    assert data["orientations"][0]["code"] == "O01"
