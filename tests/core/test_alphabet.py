"""« É » comes after « D » and before « F », whatever the database; no list sorts words otherwise."""

import random
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import CharField, TextField

from tenir.acteurs.models import Personne
from tenir.core.alphabet import Alphabetique, alphabetical
from tenir.core.listes import Colonne
from tenir.core.listes.ordre import ORDERED_AS_WRITTEN, in_order
from tenir.fichier.mots import plain
from tests.personnes import person

pytestmark = pytest.mark.deux_bases

SORTED = ["dan", "Élie", "Eva", "Ève", "Fil", "Odile", "Œdipe", "Zoé"]
LETTERS = "àâäáãåéèêëíîïìóôöòõúùûüýÿçñœæ"


@pytest.fixture
def people(db: None) -> None:
    for name in random.sample(SORTED, len(SORTED)):
        person(name, signs_in=False)


def test_people_come_in_the_order_of_the_alphabet(people: None) -> None:
    assert [one.nom for one in Personne.objects.all()] == SORTED
    assert [one.nom for one in Personne.objects.order_by(alphabetical("-nom"))] == SORTED[::-1]


def test_a_list_sorted_by_words_is_too(people: None) -> None:
    column = Colonne("nom", "Personne", str, order_by=("nom", "pk"))
    rows = in_order(Personne.objects.all(), column, backwards=False, default=(), tie=())
    assert [one.nom for one in rows] == SORTED
    back = in_order(Personne.objects.all(), column, backwards=True, default=(), tie=())
    assert [one.nom for one in back] == SORTED[::-1]


def test_both_databases_sort_a_letter_as_python_does(db: None) -> None:
    for sign in (*LETTERS, *LETTERS.upper(), *map(chr, range(32, 127))):
        Personne.objects.create(nom=f"a{sign}b")
    found = Personne.objects.annotate(cle=Alphabetique("nom"))
    assert {one.nom: one.cle for one in found} == {one.nom: plain(one.nom) for one in found}


WORDS = "nom|titre|libelle|intitule"
SORTED_BY_A_WORD = re.compile(rf"""order_by\((?:[^()]*,\s*)?["']-?(?:(?!chaine)\w+__)?({WORDS})["']""")
MACHINES = {"ChaineDeTrace.nom", "Machine.nom", "TacheDeFond.nom"}
"""What no one reads as words."""


def test_no_query_sorts_words_by_their_bytes() -> None:
    found = [str(path) for path in Path("src/tenir").rglob("*.py") if SORTED_BY_A_WORD.search(path.read_text())]
    assert found == [], "alphabetical(…)"


def test_no_model_sorts_words_by_their_bytes() -> None:
    ours = [model for model in apps.get_models() if model.__module__.startswith("tenir.")]
    named = [(model, one.removeprefix("-")) for model in ours for one in model._meta.ordering if isinstance(one, str)]
    fields = [(model, model._meta.get_field(name)) for model, name in named if "__" not in name and name != "pk"]
    found = {
        f"{model.__name__}.{field.name}"
        for model, field in fields
        if isinstance(field, CharField | TextField) and not field.choices and field.name not in KEYS
    }
    assert found == MACHINES


KEYS = ORDERED_AS_WRITTEN | {"cle", "identifiant", "mesure", "modalite", "modele", "nature"}
