"""What nothing was read of is told apart from what the contract does not say."""

import pytest

from tenir.fichier.coherence import incoherences
from tenir.fichier.contenus import RIEN_LU, contenus, non_lus
from tenir.fichier.enums import Contenu
from tests.fabriques import bref


def test_every_kind_has_its_sentence() -> None:
    assert set(RIEN_LU) == set(Contenu)


@pytest.mark.parametrize("kind", list(Contenu))
def test_a_kind_is_held_or_unread_until_someone_says_that_it_is_absent(kind: Contenu) -> None:
    contrat = bref()
    assert (kind in contenus(contrat)) is not (kind in non_lus(contrat))
    assert kind not in non_lus(contrat.model_copy(update={"absents": (kind,)}))


def test_what_was_emptied_is_unread() -> None:
    assert Contenu.SIGNATAIRES not in non_lus(bref())
    assert Contenu.SIGNATAIRES in non_lus(bref().model_copy(update={"signataires": ()}))


def test_what_the_file_holds_is_not_absent() -> None:
    said = bref().model_copy(update={"absents": (Contenu.ACTIONS,)})
    assert ("absents", 0) in [one.chemin for one in incoherences(said)]
