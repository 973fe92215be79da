"""Gestures on a draft: each corrects, places, splits… by a rule; two people at once lose nothing; each is undone."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tenir.atelier.arbre import Arbre
from tenir.atelier.cliches import cliche, contrat_of, differences
from tenir.atelier.models import Brouillon, GesteDAtelier
from tenir.atelier.services import elements, lignes
from tenir.atelier.services.brouillon import Etabli, annuler
from tenir.core.marques import Perime
from tenir.core.models import EntreeDeTrace
from tenir.core.trace import breaks
from tenir.core.typographie import typo
from tenir.fichier.modeles import ContratDeVille
from tenir.fichier.objet import Item
from tenir.fichier.source import write_source
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, Refus
from tenir.habilitations.roles import Role
from tests.atelier.brouillons import brouillon, contrat
from tests.exemples import few
from tests.fabriques import SHIPPED
from tests.personnes import acces, contract

pytestmark = [pytest.mark.django_db, pytest.mark.deux_bases]
Do = Callable[..., GesteDAtelier | None]


@pytest.fixture
def do(by: Acces, draft: Brouillon) -> Do:
    """Make a gesture, then read the draft again."""

    def made(gesture: Callable[..., Any], **given: Any) -> GesteDAtelier | None:
        found: GesteDAtelier | None = gesture(by=by, brouillon=draft, **given)
        draft.refresh_from_db()
        return found

    return made


def item(draft: Brouillon, code: str) -> Item:
    draft.refresh_from_db()
    return draft.lire().items[code]


def source(draft: Brouillon, code: str) -> Any:
    return write_source(item(draft, code).source)


def refused(made: Callable[[], object]) -> str:
    with pytest.raises(ValidationError) as caught:
        made()
    return " ".join(caught.value.messages)


# What each gesture does


def test_correcting_an_item_settles_its_doubt_and_says_what_was_there(do: Do, draft: Brouillon) -> None:
    made = do(elements.corriger, code="O01-A02", valeurs={"titre": "Bus santé"})
    assert made is not None
    assert made.phrase == typo("Correction de O01-A02 « Bus santé »")
    assert draft.doutes["O01-A02"]["etat"] == "corrigé"
    assert made.ecarts["O01-A02"][0]["valeurs"]["titre"] == "Bus de dépistage"


def test_what_the_model_refuses_is_said_in_french_beside_its_field(do: Do) -> None:
    with pytest.raises(ValidationError) as caught:
        do(elements.corriger, code="O01-A02", valeurs={"titre": ""})
    assert list(caught.value.message_dict) == ["titre"]


def test_correcting_to_the_same_words_writes_nothing(do: Do, draft: Brouillon) -> None:
    assert do(elements.corriger, code="O01-A01", valeurs={"titre": "Centre de santé"}) is None
    assert not draft.gestes.exists()


def test_an_item_takes_the_next_free_code_of_its_place_and_never_one_that_left(do: Do, draft: Brouillon) -> None:
    do(elements.ajouter, genre="action", dans="O01", valeurs={"titre": "Une autre"})
    do(elements.retirer, code="O01-A03")
    do(elements.ajouter, genre="action", dans="O01", valeurs={"titre": "Encore"})
    assert [one for one in draft.lire().items if one.startswith("O01-A")] == ["O01-A01", "O01-A02", "O01-A03"]
    do(elements.ajouter, genre="axe", dans="", valeurs={"titre": "B", "titre_imprime": "B"})
    assert "B" in draft.lire().items


def test_withdrawing_takes_what_it_holds_and_what_named_it_names_it_no_more(do: Do, draft: Brouillon) -> None:
    made = do(elements.retirer, code="O01")
    assert made is not None
    assert "O01-A01" not in draft.lire().items
    promise: Any = item(draft, "S01-E01")
    assert promise.orientations == ()
    assert "O01-A02" not in draft.doutes


def test_an_item_moved_elsewhere_takes_a_code_of_its_new_place(do: Do, draft: Brouillon) -> None:
    do(elements.deplacer, code="O01-A02", dans="O02", apres=None)
    assert [one for one in draft.lire().items if "-A" in one] == ["O01-A01", "O02-A01", "O02-A02"]
    assert draft.doutes["O02-A02"]["etat"] == "ouvert"


def test_an_item_moved_among_its_own_keeps_its_code(do: Do, draft: Brouillon) -> None:
    do(elements.deplacer, code="O01-A02", dans="O01", apres="")
    assert [one.code for one in draft.lire().orientations[0].actions] == ["O01-A02", "O01-A01"]


def test_an_item_is_not_put_where_nothing_of_its_kind_is_held(do: Do) -> None:
    assert "ne se range pas là" in refused(lambda: do(elements.deplacer, code="O01-A02", dans="S01", apres=None))


def test_an_item_is_split_inside_a_line_by_its_own_words(do: Do, draft: Brouillon) -> None:
    do(elements.scinder, code="O01-A01", debut="former douze", titre="Former des médiateurs")
    assert (source(draft, "O01-A01"), source(draft, "O01-A03")) == ("5[1-45]", "5[47-101]")
    assert item(draft, "O01-A03").model_dump()["pilotes"][0]["nom"] == "Les Blouses du Vallon"


@pytest.mark.une_base
@pytest.mark.parametrize("words", ["Ouvrir un centre", "des mots d’ailleurs", ""])
def test_an_item_is_not_split_by_words_that_begin_it_or_are_not_its_own(do: Do, words: str) -> None:
    assert refused(lambda: do(elements.scinder, code="O01-A01", debut=words, titre="Suite"))


def test_two_items_made_one_keep_the_lines_of_both(do: Do, draft: Brouillon) -> None:
    do(elements.reunir, code="O01-A01", autre="O01-A02")
    assert source(draft, "O01-A01") == "5-6"
    assert "O01-A02" not in draft.lire().items


def test_items_of_two_places_are_not_made_one(do: Do) -> None:
    assert "rangé au même endroit" in refused(lambda: do(elements.reunir, code="O01-A01", autre="O02-A01"))


def test_lines_without_a_place_become_an_item_after_the_one_printed_above(do: Do, draft: Brouillon) -> None:
    do(lignes.placer, lignes=range(7, 9), genre="action", dans="O01", nom="Comprise")
    assert (source(draft, "O01-A03"), draft.lire().orientations[0].actions[-1].code) == ("7-8", "O01-A03")


def test_lines_go_on_an_item_or_into_a_part(do: Do, draft: Brouillon) -> None:
    do(lignes.rattacher, lignes=range(7, 8), code="O01-A02")
    do(lignes.ranger, lignes=range(8, 9), dans="O01", nature="constat")
    assert (source(draft, "O01-A02"), source(draft, "O01-P02")) == ("6-7", 8)


def test_a_line_that_is_an_item_s_is_not_given_twice(do: Do) -> None:
    said = refused(lambda: do(lignes.placer, lignes=range(5, 6), genre="action", dans="O01", nom="Deux fois"))
    assert "déjà celle de O01-A01" in said


def test_a_part_gives_its_lines_back_and_leaves_when_none_is_left(do: Do, draft: Brouillon) -> None:
    do(lignes.placer, lignes=range(4, 5), genre="objectif", dans="O01", nom="Nos actions")
    assert "O01-P01" not in draft.lire().items


@pytest.mark.une_base
@pytest.mark.parametrize("numbers", [range(2), range(13, 20), range(999, 1000)])
def test_lines_that_the_document_has_not_are_refused(do: Do, numbers: range) -> None:
    assert refused(lambda: do(lignes.ranger, lignes=numbers, dans="", nature="autre"))


def test_a_name_that_the_reader_missed_is_masked_everywhere_and_one_that_is_none_is_shown(
    do: Do, draft: Brouillon
) -> None:
    def line(number: int) -> str:
        document = draft.document(draft.lire())
        assert document is not None
        return document.lignes[number - 1]

    do(lignes.masquer, numero=11, mots="Commune du Vallon")
    assert line(11) == "[nom masqué]"
    assert "Commune" not in draft.gestes.first().phrase  # type: ignore[union-attr]
    do(lignes.demasquer, numero=13)
    assert "Zoé EXEMPLAIRE" in line(13)
    assert refused(lambda: do(lignes.demasquer, numero=13))
    assert refused(lambda: do(lignes.masquer, numero=11, mots="absents"))
    assert refused(lambda: do(lignes.masquer, numero=99, mots="x"))


def test_a_doubt_is_accepted_once(do: Do, draft: Brouillon) -> None:
    do(elements.accepter, code="O01-A02")
    assert draft.doutes["O01-A02"]["etat"] == "accepté"
    assert "déjà tranché" in refused(lambda: do(elements.accepter, code="O01-A02"))


def test_a_gesture_that_would_break_what_holds_is_refused(do: Do) -> None:
    said = refused(lambda: do(elements.corriger, code="S01-E01", valeurs={"orientations": ["O09"]}))
    assert "O09 n’existe pas" in said


# Who may, who read what, what the trace says


def test_only_the_team_writes(draft: Brouillon, espace: EspaceDeContrat) -> None:
    reader = acces("Dan Liseur", Role.LECTURE, espace)
    with pytest.raises(Refus):
        elements.corriger(by=reader, brouillon=draft, code="O01-A01", valeurs={"titre": "Non"})


def test_a_gesture_on_what_was_not_read_is_refused_with_both_values(do: Do, draft: Brouillon) -> None:
    read = elements.shown(Etabli.of(draft), "O01-A01")
    do(elements.corriger, code="O01-A01", valeurs={"titre": "Écrit entre-temps"})
    with pytest.raises(Perime) as caught:
        do(elements.corriger, code="O01-A01", valeurs={"titre": "Le mien"}, lu=read)
    (gap,) = caught.value.ecarts
    assert (gap.lu, gap.actuel, gap.propose) == ("Centre de santé", "Écrit entre-temps", "Le mien")


def test_two_people_on_two_items_lose_nothing(do: Do, draft: Brouillon) -> None:
    one, other = (elements.shown(Etabli.of(draft), code) for code in ("O01-A01", "O02-A01"))
    do(elements.corriger, code="O01-A01", valeurs={"titre": "Le sien"}, lu=one)
    do(elements.corriger, code="O02-A01", valeurs={"titre": "Le mien"}, lu=other)
    assert [item(draft, code).model_dump()["titre"] for code in ("O01-A01", "O02-A01")] == ["Le sien", "Le mien"]


def test_each_gesture_leaves_its_trace(do: Do, espace: EspaceDeContrat, by: Acces) -> None:
    do(elements.corriger, code="O01-A01", valeurs={"titre": "Nouveau"})
    entry = EntreeDeTrace.objects.get(genre="texte", objet="O01-A01")
    assert (entry.champ, entry.avant, entry.apres, entry.acteur) == (
        "Titre abrégé",
        "Centre de santé",
        "Nouveau",
        by.personne.pk,
    )
    assert not list(breaks())


def test_a_text_that_is_over_is_not_written(do: Do, draft: Brouillon) -> None:
    Brouillon.objects.update(etat=Brouillon.Etat.VERSE)
    assert "ne se change plus ici" in refused(lambda: do(elements.retirer, code="O01-A01"))


# Undoing


def test_a_gesture_is_undone_long_after_if_what_it_wrote_still_stands(do: Do, draft: Brouillon, by: Acces) -> None:
    before = draft.contrat
    first = do(elements.scinder, code="O01-A01", debut="former douze", titre="Former")
    do(elements.corriger, code="O02-A01", valeurs={"titre": "Autre chose"})
    assert first is not None
    annuler(by=by, geste=first)
    draft.refresh_from_db()
    assert "O01-A03" not in draft.lire().items
    assert item(draft, "O02-A01").model_dump()["titre"] == "Autre chose"
    assert draft.contrat["axes"][0]["orientations"][0] == before["axes"][0]["orientations"][0]


def test_a_gesture_written_over_is_not_undone_and_says_both_values(do: Do, by: Acces) -> None:
    first = do(elements.corriger, code="O01-A01", valeurs={"titre": "Le premier"})
    do(elements.corriger, code="O01-A01", valeurs={"titre": "Le second"})
    assert first is not None
    said = refused(lambda: annuler(by=by, geste=first))
    assert "Le premier" in said
    assert "Le second" in said


def test_what_was_added_is_not_taken_back_from_under_what_it_holds_now(do: Do, by: Acces) -> None:
    added = do(elements.ajouter, genre="axe", dans="", valeurs={"titre": "B", "titre_imprime": "B"})
    do(elements.ajouter, genre="orientation", dans="B", valeurs={"titre": "O", "titre_imprime": "O"})
    assert added is not None
    assert "O03" in refused(lambda: annuler(by=by, geste=added))


def test_an_undo_is_undone_and_nothing_is_undone_twice(do: Do, draft: Brouillon, by: Acces) -> None:
    first = do(elements.retirer, code="O01")
    assert first is not None
    back = annuler(by=by, geste=first)
    assert "déjà annulé" in refused(lambda: annuler(by=by, geste=first))
    annuler(by=by, geste=back)
    draft.refresh_from_db()
    assert "O01" not in draft.lire().items


GESTES: list[Callable[[Acces, Brouillon], object]] = [
    lambda by, on: elements.corriger(by=by, brouillon=on, code="O01-A01", valeurs={"titre": "Autre"}),
    lambda by, on: elements.ajouter(by=by, brouillon=on, genre="action", dans="O02", valeurs={"titre": "Neuve"}),
    lambda by, on: elements.deplacer(by=by, brouillon=on, code="O01-A02", dans="O02", apres=None),
    lambda by, on: elements.deplacer(by=by, brouillon=on, code="O01-A02", dans="O01", apres=""),
    lambda by, on: elements.scinder(by=by, brouillon=on, code="O01-A01", debut="former douze", titre="Former"),
    lambda by, on: elements.reunir(by=by, brouillon=on, code="O01-A01", autre="O01-A02"),
    lambda by, on: elements.retirer(by=by, brouillon=on, code="O02"),
    lambda by, on: lignes.placer(by=by, brouillon=on, lignes=range(7, 8), genre="action", dans="O01", nom="Ligne"),
    lambda by, on: lignes.ranger(by=by, brouillon=on, lignes=range(8, 9), dans="O01", nature="autre"),
]


class TestAnyOrder(TestCase):
    """Gestures in any order, then undone from the last to the first, leave the draft as it was."""

    @few(12)
    @given(st.lists(st.sampled_from(GESTES), max_size=5))
    def test_undone_backwards_nothing_is_left(self, made: list[Callable[[Acces, Brouillon], object]]) -> None:
        espace = contract("ordre", etat="brouillon")
        by, draft = acces("Ana Ordre", Role.EQUIPE, espace), brouillon(espace)
        before = (draft.contrat, draft.doutes)
        for gesture in made:
            try:
                gesture(by, draft)
            except ValidationError:
                continue  # what it acted on is gone: it writes nothing
            draft.refresh_from_db()
        for one in list(draft.gestes.order_by("-pk")):
            annuler(by=by, geste=one)
        draft.refresh_from_db()
        assert (draft.contrat, draft.doutes) == before


# What a draft is made of


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_a_contract_taken_apart_is_made_whole_again(path: Any) -> None:
    whole = contrat(texte=path.read_text())
    assert Arbre.of(whole).contrat() == whole
    state = cliche(whole, {})
    assert contrat_of(state) == whole
    assert differences(state, cliche(Arbre.of(whole).contrat(), {})) == {}


def test_a_draft_is_read_by_the_models_of_the_contract_file(draft: Brouillon) -> None:
    assert isinstance(draft.lire(), ContratDeVille)
