"""What `tenir valider` says: the line, the path, the fault and the remedy, in French."""

import re

import pytest

from tenir.fichier.fautes import Faute
from tenir.fichier.validation import validate
from tests.fabriques import BREF, document, edited


def faults(*changes: tuple[str, str]) -> tuple[Faute, ...]:
    return validate(edited(BREF, *changes)).fautes


def line_of(text: str, words: str) -> int:
    return text[: text.index(words)].count("\n") + 1


def test_a_valid_file_has_no_fault_and_gives_its_contract() -> None:
    validation = validate(BREF, document())
    assert validation.fautes == ()
    assert validation.contrat is not None


FAULTY = [
    # (what is replaced, by what, words at the faulty line once replaced, path, said, remedy)
    ("slug: hameau-2024-2030", "slog: x", "slog: x", "slog", "le champ « slog » n’existe pas", "« slug »"),
    ("slug: hameau-2024-2030", "slug: Hameau", "slug: Hameau", "slug", "« Hameau » n’a pas la forme", "Forme attendue"),
    ("slug: hameau-2024-2030", f"slug: {'a' * 101}", "slug: a", "slug", "trop long", "100 caractères"),
    (
        "  titre: Contrat de ville du Hameau\n",
        "",
        "identite:",
        "identite › titre",
        "le champ « titre » manque",
        "Ajoutez",
    ),
    ("titre: Contrat de ville du Hameau", "titre: yes", "titre: yes", "titre", "« yes » n’est pas un texte", "Écrivez"),
    ("titre: Contrat de ville du Hameau", "titre: ''", "titre: ''", "titre", "au moins un caractère", "Écrivez"),
    ("titre: Contrat de ville du Hameau", "titre: [a]", "titre: [a]", "titre", "n’est pas un texte", "Écrivez"),
    ("titre: Contrat de ville du Hameau", 'titre: "a\\tb"', 'titre: "a', "titre", "tient sur une ligne", ""),
    ("debut: 2024", "debut: abc", "debut: abc", "debut", "« abc » n’est pas un nombre entier", "Écrivez"),
    ("debut: 2024", "debut: 2024.5", "debut: 2024.5", "debut", "n’est pas un nombre entier", "Écrivez"),
    ("debut: 2024", "debut: 1789", "debut: 1789", "debut", "« 1789 » sort des bornes", "au moins 1990"),
    ("debut: 2024", "debut: 2031", "debut: 2031", "periode", "se termine avant de commencer", ""),
    ("date: '2024-05-02'", "date: mai", "date: mai", "date", "« mai » n’est pas une date", "2024-03-26"),
    ("date: '2024-05-02'", "date: 2024", "date: 2024", "date", "n’est pas une date", "2024-03-26"),
    ("insee: '99001'", "insee: '9900'", "insee: '9900'", "communes › 1 › insee", "n’a pas la forme", "Forme attendue"),
    ("valeur: 1234", "valeur: -1", "valeur: -1", "population › valeur", "« -1 » sort des bornes", "au moins 0"),
    ("  lignes: 11", "  lignes: onze", "lignes: onze", "document › lignes", "n’est pas un nombre entier", "Écrivez"),
    (
        "noms_masques: 2[21-34]",
        "noms_masques: 2[34-21]",
        "noms_masques",
        "noms_masques",
        "la dernière colonne vient",
        "",
    ),
    ("noms_masques: 2[21-34]", "noms_masques: deux", "noms_masques", "noms_masques", "pas une plage de lignes", ""),
    ("source: 4-6", "source: [4, 6]", "source: [4, 6]", "actions › 1 › source", "numéros de lignes", ""),
    (
        "code: O01-A01",
        "code: A1",
        "code: A1",
        "actions › 1 › code",
        "« A1 » n’a pas la forme attendue",
        "Forme attendue",
    ),
    (
        "valeur: 12.50",
        "valeur: beaucoup",
        "valeur: beaucoup",
        "donnees › 2 › valeur",
        "n’est pas un nombre",
        "un point",
    ),
    ("valeur: 12.50", "valeur: 12,50", "valeur: 12,50", "donnees › 2 › valeur", "n’est pas un nombre", "un point"),
    ("valeur: 12.50", "valeur: 1.23456", "valeur: 1.23456", "valeur", "a trop de chiffres", "quatre après la virgule"),
    ("valeur: 12.50", "valeur: 123456789012", "valeur: 1234567", "valeur", "a trop de chiffres", "Quinze au plus"),
    ("valeur: 12.50", "valeur: .nan", "valeur: .nan", "valeur", "n’est pas un nombre", "un point"),
    ("            statut: contestée\n", "", "O01-D02", "donnees › 2", "Une donnée contestée dit pourquoi", ""),
    ("statut: contestée", "statut: louche", "statut: louche", "statut", "« louche » n’est pas un choix", "observée"),
    ("valeur: 12.50", "valeur_max: 3", "O01-D02", "donnees › 2", "sans valeur est « manquante »", ""),
    ("valeur: 12.50", "valeur: 3\n            valeur_max: 2", "O01-D02", "donnees › 2", "`valeur_max` dépasse", ""),
    (
        "nature: droit commun",
        "nature: autre",
        "nature: autre",
        "credits › 1 › nature",
        "pas un choix",
        "droit commun ou spécifique",
    ),
    (
        "orientations: [O01]",
        "orientations: O01",
        "orientations: O01",
        "orientations",
        "n’est pas une liste",
        "un tiret",
    ),
    (
        "      - {nom: Préfecture, organisme: prefecture}",
        "      - Préfecture",
        "- Préfecture",
        "presidence › 1",
        "un groupe de champs",
        "",
    ),
    (
        "titre: Se déplacer",
        "titre: Se déplacer\n    transversal: peut-être",
        "transversal",
        "transversal",
        "« true » ou « false »",
        "",
    ),
    (
        "format: tenir/contrat/1",
        "format: tenir/contrat/2",
        "format:",
        "format",
        "n’est pas un choix possible",
        "tenir/contrat/1",
    ),
    ("slug: hameau-2024-2030", "2024: x\nslug: h", "2024: x", "2024", "le champ « 2024 » n’existe pas", "note"),
]


@pytest.mark.parametrize(
    ("old", "new", "words", "path", "said", "remedy"), FAULTY, ids=[f"{one[1][:30]!r}" for one in FAULTY]
)
def test_a_fault_is_told_with_its_line_its_path_and_its_remedy(
    old: str, new: str, words: str, path: str, said: str, remedy: str
) -> None:
    text = edited(BREF, (old, new))
    found = validate(text).fautes
    assert any(
        fault.ligne == line_of(text, words)
        and path in fault.chemin
        and said in fault.message
        and remedy in fault.remede
        for fault in found
    ), [str(fault) for fault in found]


ENGLISH = re.compile(r"\b(should|must|value|input|valid|error|field|expected|least|most|string|got)\b", re.IGNORECASE)


@pytest.mark.parametrize(("old", "new"), [one[:2] for one in FAULTY], ids=[f"{one[1][:30]!r}" for one in FAULTY])
def test_no_fault_speaks_english(old: str, new: str) -> None:
    shown = [str(fault).replace("tenir/contrat", "") for fault in faults((old, new))]
    assert [one for one in shown if ENGLISH.search(one)] == []


def test_every_fault_is_told_at_once_in_the_order_of_the_file() -> None:
    found = faults(("debut: 2024", "debut: abc"), ("insee: '99001'", "insee: 'x'"), ("source: 4-6", "source: x"))
    assert [fault.ligne for fault in found] == sorted(fault.ligne for fault in found)
    assert len(found) == 3


def test_a_file_that_is_no_yaml_has_one_fault() -> None:
    assert [str(fault) for fault in validate("a: b: c").fautes] == [
        "ligne 1 · fichier : Ce fichier n’est pas du YAML lisible. Reprenez cette ligne."
    ]


def test_a_fault_is_plain_data_for_json() -> None:
    assert validate("- a").fautes[0].as_dict() == {
        "ligne": 1,
        "chemin": "",
        "message": "Un fichier contrat commence par des champs, comme « format: tenir/contrat/1 ».",
        "remede": "Reprenez cette ligne.",
    }


def test_an_incoherence_carries_the_line_of_its_field() -> None:
    text = edited(BREF, ("orientations: [O01]", "orientations: [O77]"))
    assert [(fault.ligne, fault.chemin) for fault in validate(text).fautes] == [
        (line_of(text, "orientations: [O77]"), "signataires › 1 › engagements › 1 › orientations")
    ]
