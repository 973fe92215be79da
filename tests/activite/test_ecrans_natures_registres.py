"""The pages of kinds whose things last: a team makes a register, a child of one, changes its states, loses nothing."""

from collections.abc import Callable
from html import unescape

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tenir.activite.catalogue import read
from tenir.activite.ecrans.natures.commun import NaturesDuContrat
from tenir.activite.models import Nature
from tenir.habilitations.models import EspaceDeContrat
from tenir.natures.catalogue import shipped_files
from tests.formulaires import fill, held, text

As = Callable[[str], Client]
REGISTRE = {
    "est": "-",
    "forme": "objet",
    "libelle": "Prêt de salle",
    "pluriel": "prêts de salle",
    "sujet": "un prêt",
    "nom": "Quelle salle ?",
    "etats": "Demandé\r\nAccordé\r\nRendu (fini)",
    "echeance": "Fin du prêt",
    "prevenir": "0",
    "version": "0",
    "enregistrer": "1",
}
"""What someone types to make a register from nothing."""
PRET = """nature: pret-de-salle
libelle: Prêt de salle
pluriel: prêts de salle
forme: objet
sujet: un prêt
nom: Quelle salle ?
echeance: Fin du prêt
prevenir: 0
etats:
  - code: demande
    libelle: Demandé
  - code: accorde
    libelle: Accordé
  - code: rendu
    libelle: Rendu
    clos: true
"""


def at(espace: EspaceDeContrat, name: str, *more: object) -> str:
    return reverse(name, args=[espace.slug, *more])


def faults(answer: HttpResponse) -> list[tuple[str, str]]:
    """What is to be mended: beside which field, and the sentence with plain spaces."""
    return [(beside, " ".join(said.split())) for beside, _, said in answer.context["questions"].fautes()]


def test_a_register_is_made_from_nothing_with_its_states(as_: As, vallon: EspaceDeContrat) -> None:
    answer = as_("equipe").post(at(vallon, "nature-nouvelle"), REGISTRE)
    assert answer.status_code == 302, faults(answer)
    assert Nature.objects.get().texte == PRET


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"etats": ""}, "id_etats", "au moins un état"),
        ({"nom": ""}, "id_nom", "ce qui la nomme"),
        ({"etats": "a : Pris\na : Rendu"}, "id_etats", "« a » est écrit deux fois"),
        ({"etats": "Pris\npris-bis : Pris"}, "id_etats", "deux se disent « Pris »"),
        ({"echeance": ""}, "id_prevenir", "Dites ce qui arrive à l’échéance"),
        ({"prevenir": "900"}, "id_prevenir", "730"),
        ({"sujet": "une séance"}, "id_sujet", "Un registre ne parle pas de séances"),
        ({"sujet": "un élève"}, "id_sujet", "désignerait une personne"),
        ({"forme": "séance"}, "id_etats", "seul un objet a « etats »"),
        ({"est": "convention", "etats": "signee : Signée"}, "id_etats", "« negocier » a pu servir"),
    ],
)
def test_a_fault_of_a_register_is_told_beside_its_question(
    as_: As, vallon: EspaceDeContrat, changes: dict[str, str], field: str, sentence: str
) -> None:
    answer = as_("equipe").post(at(vallon, "nature-nouvelle"), REGISTRE | changes)
    assert answer.status_code == 422
    told = faults(answer)
    assert any(sentence.lower() in said.lower() for beside, said in told if beside == field), told
    kept = held(answer)
    assert kept["etats"].splitlines() == (REGISTRE | changes)["etats"].splitlines()
    assert not Nature.objects.exists()


def test_a_child_of_a_register_takes_all_of_it(as_: As, vallon: EspaceDeContrat) -> None:
    client, url = as_("equipe"), at(vallon, "nature-nouvelle")
    page = client.get(url, {"de": "bien-signale"})
    assert "Repris de « Bien signalé » tant que vous n’écrivez rien" in text(page)
    assert "Sans suite (fini)" in text(page)
    assert client.post(url, held(page) | {"libelle": "Îlot signalé", "enregistrer": "1"}).status_code == 302
    assert Nature.objects.get().texte == "nature: ilot-signale\nest: bien-signale\nlibelle: Îlot signalé\n"
    one = NaturesDuContrat(vallon).whole["ilot-signale"]
    above = NaturesDuContrat(vallon).whole["bien-signale"]
    assert (one.etats, one.champs, one.nom, one.garde) == (above.etats, above.champs, above.nom, above.garde)


def test_a_register_that_is_changed_keeps_what_no_question_asks(as_: As, vallon: EspaceDeContrat) -> None:
    shipped = {one.nature: one for one in shipped_files()}
    for code in ("lieu-ouvert", "fait-de-veille", "offre"):
        done = fill(as_("equipe"), at(vallon, "nature-changer", code), themes="ville", enregistrer="1")
        assert done.status_code == 302, faults(done)
        made = read(Nature.objects.get(code=code).texte)
        assert made == shipped[code].model_copy(update={"themes": ("ville",)})


def test_the_words_of_a_state_change_under_its_code(as_: As, vallon: EspaceDeContrat) -> None:
    client, url = as_("equipe"), at(vallon, "nature-changer", "convention")
    typed = held(client.get(url))["etats"].replace("signee : Signée", "signee : En vigueur")
    assert client.post(url, held(client.get(url)) | {"etats": typed, "enregistrer": "1"}).status_code == 302
    made = read(Nature.objects.get().texte)
    assert [(one.code, one.libelle, one.clos) for one in made.etats][2:4] == [
        *(("signee", "En vigueur", False), ("echue", "Échue", True))
    ]
    assert "En vigueur" in text(client.get(at(vallon, "nature", "convention")))


def test_what_takes_place_one_day_is_asked_nothing_of_a_register(as_: As, vallon: EspaceDeContrat) -> None:
    page = as_("equipe").get(at(vallon, "nature-nouvelle"), {"de": "atelier"})
    assert "Pour un registre" not in text(page)
    assert "Pour un registre" in text(as_("equipe").get(at(vallon, "nature-nouvelle"), {"de": "-"}))


def test_the_page_of_a_register_says_its_states_its_fields_and_its_grid(as_: As, vallon: EspaceDeContrat) -> None:
    client = as_("equipe")
    page = text(client.get(at(vallon, "nature", "offre")))
    for said in (
        "Registre, à confirmer une fois par an",
        "Ouverte (à l’entrée)",
        "Finie (plus rien n’est attendu)",
        "un ou plusieurs choix : 0 à 2 ans",
        "Âges × Passages accompagnés",
        "Quelle offre ?",
    ):
        assert said in page, said
    assert "Fin de la convention ; on prévient 120 jours avant" in text(client.get(at(vallon, "nature", "convention")))
    assert "24 mois, puis seuls restent les totaux" in text(client.get(at(vallon, "nature", "fait-de-veille")))
    assert "les habitants y trouvent" in text(client.get(at(vallon, "nature", "lieu-ouvert")))
    client.post(at(vallon, "nature-nouvelle"), {"est": "offre", "libelle": "Stage", "version": "0", "enregistrer": "1"})
    assert "Repris de « Offre de places »" in text(client.get(at(vallon, "nature", "stage")))


def test_the_list_groups_registers(as_: As, vallon: EspaceDeContrat) -> None:
    client = as_("equipe")
    page = client.get(at(vallon, "natures"), {"groupe": "forme"})
    assert "Registres" in text(page)
    rows = client.get(at(vallon, "natures"), {"forme": "objet"}).context["liste"].lignes
    assert "Convention" in {row.libelle for row in rows}
    assert {row.forme for row in rows} == {"registre"}


def test_the_phone_page_of_a_register_is_shown_before_it_is_saved(as_: As, vallon: EspaceDeContrat) -> None:
    asked = {**REGISTRE, "voir": "1"}
    del asked["enregistrer"]
    answer = as_("equipe").post(at(vallon, "nature-nouvelle"), asked)
    assert answer.status_code == 200
    for said in ("Quelle salle ?", "Accordé", "Fin du prêt"):
        assert said in " ".join(unescape(answer.context["apercu"]).split()), said
    assert not Nature.objects.exists()
