"""Where nothing was read, no page, list or file says that the contract holds nothing."""

import re

import pytest
from django.urls import get_resolver, reverse

from tenir.fichier.contenus import RIEN_LU
from tenir.fichier.enums import Contenu
from tenir.habilitations.models import EspaceDeContrat
from tests.public.conftest import HERE, load_and_publish

LISTES = {
    "actions": Contenu.ACTIONS,
    "en-ce-moment": Contenu.ACTIONS,
    "signataires": Contenu.SIGNATAIRES,
    "engagements": Contenu.ENGAGEMENTS,
    "credits": Contenu.CREDITS,
    "credits-tableau": Contenu.CREDITS,
    "argent-du-contrat": Contenu.CREDITS,
    "dispositifs": Contenu.CREDITS,
    "indicateurs": Contenu.INDICATEURS,
    "gouvernance": Contenu.INSTANCES,
    "donnees": Contenu.DONNEES,
}
"""The public lists, and what each is made of."""
SANS_CONTENU = {
    "appels-a-projets-publics",
    "preconisations-publiques",
    "marches-publiques",
    "tarifs-publics",
    "articles",
    "lieux",
    "enseignements",
    "annuaire",
    "en-ce-moment",
    "version",
    "versions",
    "recherche",
    "sigles",
    "document",
    "chargements",
}
"""The files of what the kinds that a reading looks for do not count."""
RIEN = re.compile(r"\b(?:Le contrat ne|Ce contrat ne|Le contrat n’|Aucun financ|Aucun signataire n’a encore)")
"""How the pages say that the contract holds nothing of a kind."""
MAIGRE = """\
axes:
  - code: A
    titre: Vivre ici
    titre_imprime: vivre ici
    orientations:
      - {code: O01, titre: Se soigner, titre_imprime: se soigner}
"""


@pytest.fixture
def maigre(db: None, tmp_path) -> EspaceDeContrat:
    """A contract of which two titles were read, and nothing else."""
    text = (HERE / "vide.yaml").read_text().replace("vide-", "maigre-")
    file = tmp_path / "maigre.yaml"
    file.write_text("\n".join(line for line in text.splitlines() if not line.startswith("absents")) + "\n" + MAIGRE)
    return load_and_publish(file)


def test_every_public_list_with_a_file_is_walked_here() -> None:
    public = {name for name in get_resolver().reverse_dict if isinstance(name, str) and name.endswith("-export")}
    lists = {name.removesuffix("-export") for name in public if _is_of_a_public_contract(name)}
    assert lists == set(LISTES) | SANS_CONTENU


def _is_of_a_public_contract(name: str) -> bool:
    return any(pattern.startswith("contrats/") for pattern, _ in get_resolver().reverse_dict.getlist(name)[0][0])


@pytest.mark.parametrize(("name", "kind"), LISTES.items())
def test_a_list_of_what_was_not_read_says_so_on_its_page_and_in_its_file(client, maigre, name, kind) -> None:
    page = client.get(reverse(name, args=[maigre.slug])).content.decode()
    assert RIEN_LU[kind] in page
    assert not RIEN.search(re.sub(r"<[^>]+>", "", page))
    file = client.get(reverse(f"{name}-export", args=[maigre.slug, "csv"])).content.decode("utf-8-sig")
    assert RIEN_LU[kind] in file


@pytest.mark.parametrize(("name", "kind"), LISTES.items())
def test_a_list_of_what_the_contract_does_not_hold_is_plainly_empty(client, vide, name, kind) -> None:
    page = client.get(reverse(name, args=[vide.slug])).content.decode()
    file = client.get(reverse(f"{name}-export", args=[vide.slug, "csv"])).content.decode("utf-8-sig")
    assert RIEN_LU[kind] not in page + file


def test_the_contract_at_a_glance_counts_nothing_that_was_not_read(page, maigre, vide) -> None:
    glance = page(maigre)
    assert glance.count("non lu</") == 4
    assert "actions non lues" in glance
    assert "0 action" not in glance
    assert "Zéro signataire" not in glance
    assert "non lu" not in page(vide)


@pytest.mark.parametrize("path", ["orientations/O01", "axes/A", "quartier/"])
def test_the_page_of_an_item_says_what_was_not_read_under_it(page, maigre, path) -> None:
    html = page(maigre, path)
    assert "non lu" in html or "n’a été lu" in html
    assert not RIEN.search(re.sub(r"<[^>]+>", "", html))
