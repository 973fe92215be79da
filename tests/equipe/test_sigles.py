"""The acronyms of a contract: listed from its document, put right by its team, told with their words in titles."""

from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tenir.contrat.chargement import rebuild_projection
from tenir.contrat.models import DocumentSigne, Orientation
from tenir.core.marques import Perime
from tenir.core.models import EntreeDeTrace
from tenir.ecran.annulation.annuler import undo
from tenir.ecran.models import Geste
from tenir.ecran.versions import Conflit
from tenir.equipe.glossaire import words_of
from tenir.equipe.models import Sigle
from tenir.equipe.services.sigles import add_acronym, bring_back, correct_acronym, remove_acronym, shown
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, Refus
from tenir.habilitations.roles import Role
from tests.partage import shared
from tests.personnes import acces
from tests.public.conftest import HERE, load_and_publish

pytestmark = [pytest.mark.django_db, pytest.mark.deux_bases]
PETIT = HERE / "petit.yaml"
TEXTE = "Un titre\n\nLe Relais des Familles Voisines (RFV) ouvre. Le QTX suit, puis le QTX finit.\n"


@dataclass
class Scene:
    """A public contract whose document spells one acronym, and not another; someone of its team, a partner."""

    espace: EspaceDeContrat
    by: Acces
    partner: Acces

    def row(self, sigle: str) -> Sigle:
        return Sigle.objects.select_related("espace").get(espace=self.espace, sigle=sigle)


def make_scene() -> Scene:
    espace = load_and_publish(PETIT)
    DocumentSigne.objects.create(espace=espace, texte=TEXTE, sha256="0" * 64)
    rebuild_projection(espace)
    by = acces("Aya Équipe", Role.EQUIPE, espace)
    return Scene(espace, by, acces("Pia Partenaire", Role.PARTENAIRE, espace))


@pytest.fixture(scope="module")
def _made(django_db_setup: None, django_db_blocker: Any) -> Iterator[Scene]:
    with shared(django_db_blocker, make_scene) as made:
        yield made


@pytest.fixture
def scene(_made: Scene, db: None) -> Scene:
    return deepcopy(_made)


def correct(scene: Scene, sigle: str, mots: str, version: int | None = None) -> Sigle:
    row = scene.row(sigle)
    return correct_acronym(by=scene.by, row=row, version=version or row.version, changes={"mots": mots})


def test_a_load_lists_those_spelled_and_those_never_spelled(scene: Scene) -> None:
    assert (scene.row("RFV").imprime, scene.row("RFV").ligne) == ("Relais des Familles Voisines", 3)
    assert (scene.row("QTX").imprime, scene.row("QTX").ligne) == ("", 3)
    assert words_of(scene.espace)["RFV"] == "Relais des Familles Voisines"
    assert "QTX" not in words_of(scene.espace)


def test_the_words_of_the_team_prevail_and_outlive_the_next_load(scene: Scene) -> None:
    correct(scene, "RFV", "Réseau des Femmes du Val")
    correct(scene, "QTX", "Quartier Très Exemplaire")
    add_acronym(by=scene.by, espace=scene.espace, sigle="ZZB", mots="Zone de Zèle Bénévole")
    DocumentSigne.objects.update(texte="Rien.\n")
    rebuild_projection(scene.espace)
    told = words_of(scene.espace)
    assert (told["RFV"], told["ZZB"]) == ("Réseau des Femmes du Val", "Zone de Zèle Bénévole")
    assert scene.row("QTX").ligne is None


def test_what_the_document_prints_no_more_and_nobody_wrote_goes(scene: Scene) -> None:
    DocumentSigne.objects.all().delete()
    rebuild_projection(scene.espace)
    assert not Sigle.objects.filter(espace=scene.espace).exists()


def test_words_taken_back_give_those_of_the_document_again(scene: Scene) -> None:
    correct(scene, "RFV", "Réseau des Femmes du Val")
    correct(scene, "RFV", "")
    assert words_of(scene.espace)["RFV"] == "Relais des Familles Voisines"


def test_one_set_aside_is_told_nowhere_and_comes_back(scene: Scene) -> None:
    remove_acronym(by=scene.by, row=scene.row("RFV"), lu=shown(scene.row("RFV")))
    assert "RFV" not in words_of(scene.espace)
    bring_back(by=scene.by, row=scene.row("RFV"))
    assert "RFV" in words_of(scene.espace)


def test_one_that_the_team_added_goes(scene: Scene) -> None:
    row = add_acronym(by=scene.by, espace=scene.espace, sigle="ZZB", mots="Zone de Zèle Bénévole")
    remove_acronym(by=scene.by, row=row)
    assert not Sigle.objects.filter(sigle="ZZB").exists()


GESTURES: dict[str, Callable[[Scene], Any]] = {
    "added": lambda s: add_acronym(by=s.by, espace=s.espace, sigle="ZZB", mots="Zone de Zèle Bénévole"),
    "corrected": lambda s: correct(s, "RFV", "Réseau des Femmes du Val"),
    "set aside": lambda s: remove_acronym(by=s.by, row=s.row("RFV")),
}


@pytest.mark.parametrize("name", GESTURES)
def test_each_gesture_leaves_its_trace_and_is_undone(scene: Scene, name: str) -> None:
    before, traced = words_of(scene.espace), EntreeDeTrace.objects.filter(genre="sigle").count()
    GESTURES[name](scene)
    assert words_of(scene.espace) != before
    assert EntreeDeTrace.objects.filter(genre="sigle").count() > traced
    undo(by=scene.by, geste=Geste.objects.latest("pk"))
    assert words_of(scene.espace) == before


@pytest.mark.parametrize(
    ("sigle", "mots"), [("zzb", "Mots"), ("Z B", "Mots"), ("ZZB", " "), ("RFV", "Déjà dans la liste")]
)
def test_what_is_no_acronym_has_no_words_or_is_listed_is_refused(scene: Scene, sigle: str, mots: str) -> None:
    with pytest.raises(ValidationError), transaction.atomic():
        add_acronym(by=scene.by, espace=scene.espace, sigle=sigle, mots=mots)


def test_the_second_to_write_is_told_and_so_is_who_acts_on_what_she_did_not_read(scene: Scene) -> None:
    read = shown(scene.row("RFV"))
    correct(scene, "RFV", "Réseau des Femmes du Val")
    with pytest.raises(Conflit):
        correct(scene, "RFV", "Autre chose", version=1)
    with pytest.raises(Perime):
        remove_acronym(by=scene.by, row=scene.row("RFV"), lu=read)


def test_a_partner_writes_none(scene: Scene) -> None:
    with pytest.raises(Refus):
        add_acronym(by=scene.partner, espace=scene.espace, sigle="ZZB", mots="Zone de Zèle Bénévole")


def test_a_title_tells_its_acronyms_and_the_foot_of_the_page_too(scene: Scene, client: Client) -> None:
    Orientation.objects.filter(espace=scene.espace).update(titre="Ouvrir le RFV, puis le QTX")
    code = Orientation.objects.filter(espace=scene.espace).values_list("code", flat=True)[0]
    html = client.get(reverse("orientation", args=[scene.espace.slug, code])).content.decode()
    assert '<abbr title="Relais des Familles Voisines">RFV</abbr>, puis le QTX' in html
    assert "Les sigles de cette page" in html
    assert f"<title>{code} Ouvrir le RFV" in html


def test_the_next_page_knows_nothing_of_the_glossary_of_this_one(scene: Scene, client: Client) -> None:
    client.get(reverse("contrat", args=[scene.espace.slug]))
    assert "<abbr" not in client.get(reverse("accueil")).content.decode()


def test_a_list_that_is_filtered_leads_to_no_other_filter(scene: Scene, client: Client) -> None:
    client.force_login(scene.by.personne.utilisateur)
    page = reverse("glossaire", args=[scene.espace.slug])
    assert "dont les mots manquent : les donner" in client.get(page).content.decode().replace(" :", " :")
    for asked in ({"etat": "manquent"}, {"q": "relais"}):
        assert "les donner" not in client.get(page, asked).content.decode()
