"""The layout of a document shown by example on the site: all alike follow, the whole is read again, or undone."""

from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tenir.atelier.enfant import read
from tenir.atelier.models import Brouillon, GesteDAtelier
from tenir.atelier.services.brouillon import annuler
from tenir.atelier.services.creation import Depose, creer, empty_contract, relire
from tenir.atelier.services.elements import corriger
from tenir.atelier.services.identite import joindre_document
from tenir.atelier.services.mise_en_page import accepter, its_document, proposer, relecture_of, relire_autrement
from tenir.core.models import Travail
from tenir.core.travaux.boucle import advance_works
from tenir.habilitations.rights import Acces
from tenir.habilitations.roles import Role
from tenir.lecteur.bornes import encode
from tenir.lecteur.lecture import read_content
from tests.formulaires import fill, text
from tests.personnes import acces

pytestmark = pytest.mark.django_db
As = Callable[[str], Client]

DOCUMENT = """CONTRAT DE VILLE FICTIF DE VALBERGE 2024-2030

Orientation 1 : Apprendre

Actions
- Ouvrir une étude

Bouquet 1 : Circuler

Graine 1 : Prêter des vélos
Cinquante vélos sont prêtés.
Qui s’y colle : Croix-Rouge

Bouquet 2 : Se nourrir

Graine 2 : Tracer une piste
Elle mène à la gare.
Qui s’y colle : CCAS
"""
SHOWN = {"Bouquet 1": "orientation", "Graine 1": "fiche"}


@pytest.fixture
def administration(db: None) -> Acces:
    return acces("Adèle Atelier", Role.ADMINISTRATION)


@pytest.fixture
def lu(administration: Acces) -> Brouillon:
    depose = Depose("valberge.txt", encode(read_content(DOCUMENT.encode())))
    return creer(by=administration, adresse="valberge", compris=relire(depose), depose=depose)


def _by(brouillon: Brouillon) -> Acces:
    return acces("Aya Équipe", Role.EQUIPE, brouillon.espace)


def _gabarit() -> dict[str, object]:
    return {
        "roles": [{"forme": "mot:bouquet", "role": "orientation"}, {"forme": "mot:graine", "role": "fiche"}],
        "etiquettes": {"Qui s’y colle": "pilotes"},
    }


def _reread(brouillon: Brouillon, by: Acces, revision: int | None = None) -> GesteDAtelier | None:
    document = its_document(brouillon)
    assert document is not None
    compris = relire(Depose(document.nom, document.lu), _gabarit())
    at = brouillon.revision if revision is None else revision
    return relire_autrement(by=by, brouillon=brouillon, compris=compris, gabarit=_gabarit(), revision=at)


def _said(brouillon: Brouillon) -> dict[str, list[str]]:
    brouillon.refresh_from_db()
    return {o.titre_imprime: [a.titre for a in o.actions] for o in brouillon.lire().orientations}


def test_what_is_shown_of_two_headings_is_read_of_all_that_look_like_them(lu: Brouillon) -> None:
    by = _by(lu)
    geste = _reread(lu, by)
    assert _said(lu) == {
        "Apprendre": ["Ouvrir une étude"],
        "Circuler": ["Prêter des vélos"],
        "Se nourrir": ["Tracer une piste"],
    }
    assert geste is not None
    assert "(au lieu de" in geste.phrase
    bodies = [p.nom for o in lu.lire().orientations for a in o.actions for p in a.pilotes]
    assert bodies == ["Croix-Rouge", "CCAS"]
    assert lu.gabarit == _gabarit()


def test_what_it_replaced_comes_back_when_it_is_undone(lu: Brouillon) -> None:
    by, before = _by(lu), _said(lu)
    geste = _reread(lu, by)
    assert geste is not None
    annuler(by=by, geste=geste)
    assert _said(lu) == before


def test_what_someone_corrected_meanwhile_is_not_lost(lu: Brouillon) -> None:
    by, at = _by(lu), lu.revision
    corriger(by=by, brouillon=lu, code="O01-A01", valeurs={"titre": "Étude du soir"})
    with pytest.raises(ValidationError, match="depuis la lecture"):
        _reread(lu, by, at)
    assert "Étude du soir" in _said(lu)["Apprendre"]


def test_the_page_shows_each_form_then_a_work_reads_again(as_: As, lu: Brouillon, people) -> None:
    client = as_("administration")
    address = reverse("atelier-mise-en-page", args=[lu.espace.slug])
    page = text(client.get(address))
    assert "Bouquet 1 : Circuler" in page
    assert "2 intertitres de cette forme" in page
    form = client.get(address).context["form"]
    said = {
        f"forme-{rank}": next((role for shown, role in SHOWN.items() if one["titres"][0].startswith(shown)), "")
        for rank, one in enumerate(form.formes)
    }
    answer = client.post(address, {**said, "etiquette": "Qui s’y colle", "rubrique": "pilotes"})
    assert answer["Location"].startswith("/travaux/")
    advance_works()
    assert Travail.objects.get().etat == Travail.Etat.FINI
    assert "Circuler" not in _said(lu)  # it is seen first
    waiting = reverse("atelier-relecture", args=[lu.espace.slug])
    assert Travail.objects.get().suite == waiting
    page = text(client.get(waiting))
    assert "orientation Circuler" in page
    assert "action prévue Tracer une piste" in page
    fill(client, waiting)
    assert "Circuler" in _said(lu)
    assert client.get(waiting)["Location"] == address


def test_what_was_shown_leaves_as_a_file_and_serves_another_document(as_: As, lu: Brouillon, people) -> None:
    client = as_("administration")
    file = reverse("atelier-gabarit", args=[lu.espace.slug])
    assert client.get(file).status_code == 404
    Brouillon.objects.filter(pk=lu.pk).update(gabarit=_gabarit())
    given = client.get(file).content
    Brouillon.objects.filter(pk=lu.pk).update(gabarit={})
    address = reverse("atelier-mise-en-page", args=[lu.espace.slug])
    client.post(address, {"gabarit": SimpleUploadedFile("valberge.yaml", given)})
    assert Travail.objects.get().argument["gabarit"] == _gabarit()


NO_GABARIT = (b"\xff\xfe", b"roles: [", b"inconnu: 1", b"a" * 200_000, b"roles: [{forme: x, role: dragon}]")


@pytest.mark.parametrize("content", NO_GABARIT)
def test_a_file_that_is_no_gabarit_is_refused_and_reads_nothing(as_: As, lu: Brouillon, content: bytes) -> None:
    address = reverse("atelier-mise-en-page", args=[lu.espace.slug])
    answer = as_("administration").post(address, {"gabarit": SimpleUploadedFile("g.yaml", content)})
    assert answer.status_code == 422
    assert not Travail.objects.exists()


def test_a_reading_of_a_text_changed_since_is_not_offered(lu: Brouillon) -> None:
    by = _by(lu)
    document = its_document(lu)
    assert document is not None
    compris = relire(Depose(document.nom, document.lu), _gabarit())
    proposer(by=by, brouillon=lu, compris=compris, gabarit=_gabarit(), revision=lu.revision)
    lu.refresh_from_db()
    waiting = relecture_of(lu)
    assert waiting is not None
    assert ("orientation", "Circuler") in waiting.viennent
    corriger(by=by, brouillon=lu, code="O01-A01", valeurs={"titre": "Étude du soir"})
    lu.refresh_from_db()
    assert relecture_of(lu) is None
    with pytest.raises(ValidationError, match="depuis la lecture"):
        accepter(by=by, brouillon=lu)


def test_a_page_sent_without_a_word_reads_nothing_again(as_: As, lu: Brouillon) -> None:
    answer = as_("administration").post(reverse("atelier-mise-en-page", args=[lu.espace.slug]), {})
    assert answer.status_code == 422
    assert "Dites au moins" in text(answer)
    assert not Travail.objects.exists()


def test_half_a_label_is_refused_in_french(as_: As, lu: Brouillon) -> None:
    client = as_("administration")
    answer = client.post(reverse("atelier-mise-en-page", args=[lu.espace.slug]), {"etiquette": "Qui s’y colle"})
    assert answer.status_code == 422
    assert "ce qu’elle annonce" in text(answer)


def test_a_text_without_a_document_has_no_layout_and_says_so(as_: As, lu: Brouillon) -> None:
    lu.documents.all().delete()
    assert its_document(lu) is None
    page = text(as_("administration").get(reverse("atelier-mise-en-page", args=[lu.espace.slug])))
    assert "Aucun document n’est à relire" in page


TABLEAU = """CONTRAT DE VILLE FICTIF DE VALBERGE 2024-2030

Programme

Bouquet|Graine|Ce que l’on plante|Qui sème|Avec l’aide de
Apprendre|Lire|Prêter des livres|CCAS|Maison de l’emploi, du lien et de la formation
Apprendre|Compter|Compter le matin|CCAS|CAF
Circuler|Rouler|Prêter des vélos|Croix-Rouge|CAF
"""
DITS = {"Bouquet": "axe", "Graine": "orientation", "Ce que l’on plante": "intitulé", "Qui sème": "pilotes"}
NOM = "Maison de l’emploi, du lien et de la formation"


@pytest.fixture
def en_tableau(administration: Acces) -> Brouillon:
    """A document of which nothing is understood, joined to an empty contract."""
    vide = creer(by=administration, adresse="valberge", compris=empty_contract("Contrat fictif", 2024, 2030))
    joindre_document(by=administration, brouillon=vide, depose=Depose("valberge.txt", read(TABLEAU.encode())))
    vide.refresh_from_db()
    return vide


def test_columns_and_names_told_on_the_page_give_a_table_its_plan(as_: As, en_tableau: Brouillon, people) -> None:
    client, brouillon = as_("administration"), en_tableau
    address = reverse("atelier-mise-en-page", args=[brouillon.espace.slug])
    form = client.get(address).context["form"]
    told = {f"colonne-{rank}": DITS.get(one["mots"], "services associés") for rank, one in enumerate(form.colonnes)}
    assert client.post(address, {**told, "organismes": f"{NOM}\r\n\r\n"})["Location"].startswith("/travaux/")
    advance_works()
    fill(client, reverse("atelier-relecture", args=[brouillon.espace.slug]))
    brouillon.refresh_from_db()
    axes = brouillon.lire().axes
    assert [(axe.titre_imprime, [o.titre_imprime for o in axe.orientations]) for axe in axes] == [
        ("Apprendre", ["Lire", "Compter"]),
        ("Circuler", ["Rouler"]),
    ]
    assert [p.nom for p in axes[0].orientations[0].actions[0].partenaires] == [NOM]
    assert brouillon.gabarit["organismes"] == [NOM]
    again = client.get(address).context["form"]
    fields = {one["mots"]: again[f"colonne-{rank}"].value() for rank, one in enumerate(again.colonnes)}
    assert fields == {**DITS, "Avec l’aide de": "services associés"}
    assert again["organismes"].value() == NOM


def test_a_name_too_long_or_nothing_at_all_is_said_to_whoever_typed_it(as_: As, en_tableau: Brouillon, people) -> None:
    client = as_("administration")
    address = reverse("atelier-mise-en-page", args=[en_tableau.espace.slug])
    assert "120 caractères au plus" in text(client.post(address, {"organismes": "x" * 121}))
    assert "Dites au moins" in text(client.post(address, {}))
