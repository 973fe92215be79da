"""The article before the name of a body."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenir.core.noms import GENRES, a, de, de_personne, designe
from tenir.fichier.organisations import registry


@pytest.mark.parametrize(
    ("nom", "said", "after_de", "after_a"),
    [
        ("Commune de Songe", "la commune de Songe", "de la commune de Songe", "à la commune de Songe"),
        ("Agence régionale de santé", "l’Agence régionale de santé", "de l’Agence régionale de santé",
         "à l’Agence régionale de santé"),
        ("CAF", "la CAF", "de la CAF", "à la CAF"),
        ("La CAF", "la CAF", "de la CAF", "à la CAF"),
        ("Conseil départemental", "le conseil départemental", "du conseil départemental", "au conseil départemental"),
        ("Bailleurs sociaux", "les bailleurs sociaux", "des bailleurs sociaux", "aux bailleurs sociaux"),
        ("État", "l’État", "de l’État", "à l’État"),
        ("Office public de l’habitat", "l’Office public de l’habitat", "de l’Office public de l’habitat",
         "à l’Office public de l’habitat"),
        ("CCAS", "le CCAS", "du CCAS", "au CCAS"),
        ("Bpifrance", "Bpifrance", "de Bpifrance", "à Bpifrance"),
        ("Alotra Fictive", "Alotra Fictive", "d’Alotra Fictive", "à Alotra Fictive"),
        ("Les Fils fictifs", "Les Fils fictifs", "des Fils fictifs", "aux Fils fictifs"),
        ("Le Rebond", "Le Rebond", "du Rebond", "au Rebond"),
        ("La Navette", "La Navette", "de La Navette", "à La Navette"),
    ],
)  # fmt: skip
def test_a_body_is_named_with_its_article(nom: str, said: str, after_de: str, after_a: str) -> None:
    assert (designe(nom), de(nom), a(nom)) == (said, after_de, after_a)


@pytest.mark.parametrize(
    ("nom", "said"),
    [("Agathe Fictive", "d’Agathe Fictive"), ("Émile", "d’Émile"), ("Le Goff Anne", "de Le Goff Anne"),
     ("Ville Jean", "de Ville Jean"), ("Basile Pivot", "de Basile Pivot")],
)  # fmt: skip
def test_a_person_elides_and_keeps_her_name(nom: str, said: str) -> None:
    assert de_personne(nom) == said


NAMES = st.sampled_from(sorted(GENRES)).flatmap(
    lambda word: st.tuples(st.sampled_from([word, word.capitalize()]), st.sampled_from(["", " de Songe", " d’Ici"]))
)


@given(NAMES)
def test_no_article_meets_a_vowel_and_none_is_said_twice(parts: tuple[str, str]) -> None:
    told = designe("".join(parts))
    assert re.match(r"(les |l’|la |le )\S", told)
    assert not re.match(r"(la|le) [aeiouéèêàâîôûœ]", told, re.IGNORECASE)
    assert not re.search(r"\b(de le|de les|à le|à les) ", f"{de(''.join(parts))} {a(''.join(parts))}")


@given(NAMES)
def test_naming_what_is_named_changes_nothing(parts: tuple[str, str]) -> None:
    once = designe("".join(parts))
    assert designe(once) == once


@given(st.text(max_size=60))
def test_any_name_is_kept(nom: str) -> None:
    words = " ".join(nom.split())
    assert designe(nom).lower().endswith(words.lower().split(" ", 1)[-1][-20:])


def test_most_bodies_of_the_organisations_file_have_an_article() -> None:
    names = [one.nom for one in registry().values()]
    assert sum(designe(name) != name for name in names) > len(names) * 0.7, [n for n in names if designe(n) == n]
