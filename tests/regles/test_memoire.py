"""Nothing of a document outlives the answer about it."""

import gc
import weakref
from datetime import date

from tenir.fichier.document import DocumentNormalise
from tenir.regles import memoire
from tenir.regles.controle import controler
from tenir.regles.phrases import phrases
from tenir.regles.textes import sans_accents
from tests.regles.fautes import Faute


def test_a_document_is_let_go_once_its_contract_was_put_through_the_rules() -> None:
    faute = Faute("")
    document = DocumentNormalise(faute.document().texte)
    held = weakref.ref(document)
    controler(faute.contrat(), document, le=date(2026, 1, 1))
    del document
    gc.collect()
    assert held() is None


def test_the_caches_of_words_are_empty_after_an_answer() -> None:
    faute = Faute("")
    controler(faute.contrat(), faute.document(), le=date(2026, 1, 1))
    assert sans_accents.cache_info().currsize == 0  # type: ignore[attr-defined]


def test_what_was_read_of_a_document_is_read_once() -> None:
    document = DocumentNormalise("Une phrase. Une autre.\n")
    assert phrases(document) is phrases(document)
    assert phrases(document) is not phrases(DocumentNormalise("Une phrase. Une autre.\n"))


def test_two_contracts_of_one_document_are_not_taken_one_for_the_other() -> None:
    read: list[object] = []

    @memoire.lu_une_fois
    def names(contrat: object, document: DocumentNormalise) -> int:
        read.append(contrat)
        return len(read)

    document, first, second = DocumentNormalise("Rien.\n"), [1], [2]
    assert (names(first, document), names(second, document), names(first, document)) == (1, 2, 1)
