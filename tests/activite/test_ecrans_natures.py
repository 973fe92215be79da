"""The pages of kinds: a team makes one in four questions, changes it, takes it away as a file, brings others in."""

from collections.abc import Callable
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpResponse, QueryDict
from django.test import Client
from django.urls import reverse

from tenir.acteurs.models import Personne
from tenir.activite.catalogue import offered_in, read
from tenir.activite.ecrans.natures.commun import NaturesDuContrat
from tenir.activite.ecrans.natures.composition import compose
from tenir.activite.ecrans.natures.formulaire import Questions
from tenir.activite.models import Nature
from tenir.activite.services.natures import withdraw_nature, write_nature
from tenir.core import horloge
from tenir.ecran.annulation.annuler import mark_of, standing, undo
from tenir.ecran.models import Geste
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, acces_of
from tenir.natures.catalogue import shipped_files
from tenir.natures.ecriture import dump, load
from tests.activite.registre import HEURES, PARC, entree
from tests.activite.routes import BUS
from tests.formulaires import main_form
from tests.vie import action, indicateur

SHIPPED = Path(__file__).parents[2] / "contrats" / "natures"
As = Callable[[str], Client]
NEW = {
    "est": "atelier",
    "libelle": "Bus en +",
    "pluriel": "bus en +",
    "version": "0",
    "m1-libelle": "Titres de transport",
    "m1-question": "Combien de titres avez-vous remis ?",
    "m1-compte": "autre",
    "m1-mot": "titres",
    "m1-least": "0",
    "m1-most": "1 200",
    "m2-libelle": "Trajets",
    "m2-compte": "autre",
    "a1-indicateur": "I88",
    "a1-calcul": "somme",
    "a1-mesure": "#1|",
    "a2-indicateur": "I88",
    "a2-calcul": "somme",
    "a2-mesure": "presents|quartier:oui",
    "o1-action": "O88-A01",
    "enregistrer": "1",
}
"""What someone types to make « Bus en + »: a workshop, with two numbers of its own."""
MADE = """nature: bus-en
est: atelier
libelle: Bus en +
pluriel: bus en +
actions: [O88-A01]
mesures:
  - code: titres-de-transport
    libelle: Titres de transport
    question: Combien de titres avez-vous remis ?
    unite: titres
    vraisemblable: [0, 1200]
  - code: trajets
    libelle: Trajets
    unite: trajets
alimente:
  - {indicateur: I88, calcul: somme, mesure: titres-de-transport}
  - {indicateur: I88, calcul: somme, mesure: presents, modalite: 'quartier:oui'}
"""


@pytest.fixture(autouse=True)
def named(vallon: EspaceDeContrat) -> None:
    """What the kinds of these tests name."""
    action(vallon, "O88-A01")
    indicateur(vallon, "I88")


@pytest.fixture
def equipe(people: dict[str, Personne]) -> Acces:
    """Whom `as_("equipe")` is."""
    return acces_of(people["equipe"])


def at(espace: EspaceDeContrat, name: str, *more: object) -> str:
    return reverse(name, args=[espace.slug, *more])


def text(answer: HttpResponse) -> str:
    return plainly(unescape(answer.content.decode()))


def plainly(said: str) -> str:
    return " ".join(said.replace("\xa0", " ").replace("\u202f", " ").split())


def held(answer: HttpResponse) -> dict[str, Any]:
    """What a browser would send of the page as it stands, several boxes of one name too."""
    found: dict[str, Any] = {}
    for name, value in main_form(answer).form_values():
        found.setdefault(name, []).append((value or "").removeprefix("\n"))
    return {name: values[0] if len(values) == 1 else values for name, values in found.items()}


def sent(client: Client, url: str, **changes: Any) -> HttpResponse:
    """Open a page and send its form, some fields changed."""
    return client.post(url, held(client.get(url)) | changes)


def test_a_team_makes_a_kind_in_four_questions(as_: As, vallon: EspaceDeContrat) -> None:
    answer = as_("equipe").post(at(vallon, "nature-nouvelle"), NEW)
    assert answer.status_code == 302, text(answer)
    assert answer["Location"] == at(vallon, "nature", "bus-en")
    assert Nature.objects.get().texte == MADE
    assert "bus-en" in {one.nature for one in offered_in(vallon)}


def test_the_first_question_shows_what_each_kind_asks(as_: As, vallon: EspaceDeContrat) -> None:
    page = text(as_("equipe").get(at(vallon, "nature-nouvelle")))
    assert "Atelier" in page
    assert "une seule réponse obligatoire : combien de personnes sont venues" in page
    asked = text(as_("equipe").get(at(vallon, "nature-nouvelle"), {"de": "atelier"}))
    assert "Déjà demandé, comme pour « Atelier »" in asked
    assert "Combien de personnes sont venues ?" in asked


def test_what_is_no_other_kind_says_what_it_is(as_: As, vallon: EspaceDeContrat) -> None:
    page = as_("equipe").get(at(vallon, "nature-nouvelle"), {"de": "-"})
    answer = as_("equipe").post(at(vallon, "nature-nouvelle"), held(page) | {"libelle": "Fête de quartier"})
    assert answer.status_code == 302, text(answer)
    assert read(Nature.objects.get().texte).forme == "séance"


def test_the_phone_page_is_shown_before_anything_is_saved(as_: As, vallon: EspaceDeContrat) -> None:
    asked = {**NEW, "voir": "1"}
    del asked["enregistrer"]
    answer = as_("equipe").post(at(vallon, "nature-nouvelle"), asked)
    frame = answer.context["apercu"]
    assert "Combien de titres avez-vous remis" in frame
    assert frame.index("Combien de personnes sont venues") < frame.index("Combien de titres")
    assert 'sandbox="allow-same-origin"' in text(answer)
    assert "Son code sera" in text(answer)
    assert held(answer)["m1-libelle"] == "Titres de transport"
    assert not Nature.objects.exists()


def test_another_kind_may_be_chosen_without_losing_what_was_typed(as_: As, vallon: EspaceDeContrat) -> None:
    typed = {**NEW, "est": "formation", "libelle": "", "repartir": "1"}
    answer = as_("equipe").post(at(vallon, "nature-nouvelle"), typed)
    assert answer.status_code == 200
    assert "À corriger" not in text(answer)
    assert "Déjà demandé, comme pour « Formation »" in text(answer)
    assert held(answer)["m1-question"] == "Combien de titres avez-vous remis ?"


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"libelle": ""}, "id_libelle", "champ est obligatoire"),
        ({"libelle": "Suivi d’un élève"}, "id_libelle", "Comptez plutôt"),
        ({"libelle": "atelier"}, "id_libelle", "« Atelier » existe déjà"),
        ({"libelle": "+++"}, "id_libelle", "un nom fait de lettres"),
        ({"m1-mot": "élèves"}, "id_m1-mot", "désigne des gens"),
        ({"m1-libelle": ""}, "id_m1-libelle", "Dites en quelques mots"),
        ({"m1-parts": "sexe"}, "id_m1-parts", "Seuls des gens se répartissent"),
        ({"m1-least": "9", "m1-most": "3"}, "id_m1-most", "le moins attendu, puis le plus"),
        ({"m1-most": ""}, "id_m1-most", "les deux bornes"),
        ({"m1-most": "1.5"}, "id_m1-most", "virgule"),
        ({"m1-choix": "vélo\nbici : vélo", "m1-least": "", "m1-most": ""}, "id_m1-choix", "propres mots"),
        ({"m1-choix": "vélo\nbus"}, "id_m1-most", "il n’a pas de total"),
        ({"m1-compte": "personnes", "m1-mot": "", "m1-cumul": "somme"}, "id_m1-cumul", "ne s’ajoutent pas"),
        ({"a1-calcul": ""}, "id_a1-calcul", "ce qui le nourrit"),
        ({"a1-calcul": "compte"}, "id_a1-mesure", "compte les entrées"),
        ({"a2-indicateur": ""}, "id_a2-indicateur", "quel indicateur"),
        ({"m1-compte": "personnes", "m1-mot": ""}, "id_a1-calcul", "différentes ne s’ajoutent pas"),
        ({"periode": "mois"}, "id_periode", "une séance a un jour"),
    ],
)
def test_a_fault_is_told_beside_its_question_and_nothing_typed_is_lost(
    as_: As, vallon: EspaceDeContrat, changes: dict[str, str], field: str, sentence: str
) -> None:
    answer = as_("equipe").post(at(vallon, "nature-nouvelle"), NEW | changes)
    assert answer.status_code == 422
    told = {beside: said for beside, _, said in answer.context["questions"].fautes()}
    assert sentence.lower() in plainly(told[field]).lower(), told
    assert f'href="#{field}"' in text(answer)
    kept = held(answer)
    expected = {name: value for name, value in (NEW | changes).items() if name in kept}
    assert {name: kept[name] for name in expected} == expected
    assert not Nature.objects.exists()


@pytest.mark.parametrize("file", sorted(SHIPPED.glob("*.yaml")), ids=lambda file: file.stem)
def test_a_kind_opened_and_saved_untouched_is_the_same_file(vallon: EspaceDeContrat, file: Path) -> None:
    own = load(file.read_text(encoding="utf-8"))
    for code in {fed.indicateur for one in own for fed in one.alimente} - {"I88"}:
        indicateur(vallon, code)
    for code in sorted({code for one in own for code in one.actions} - {"O88-A01"}):
        action(vallon, code)
    for one in own:
        Nature.objects.create(espace=vallon, code=one.nature, texte=dump([one]))
    of = NaturesDuContrat(vallon)
    for code, nature in of.files.items():
        again = Questions(of, data=as_sent(Questions(of, nature=nature)), nature=nature)
        made = compose(again) if again.is_valid() else None
        assert made, (code, list(again.fautes()))
        assert dump([made]) == dump([nature])


def as_sent(questions: Questions) -> Any:
    """What a browser would send of a form that nobody touched."""
    data = QueryDict(mutable=True)
    for _, form in questions.forms():
        for bound in form:
            value = bound.value()
            if isinstance(value, list):
                data.setlist(bound.html_name, value)
            elif value not in (None, False):
                data[bound.html_name] = "on" if value is True else str(value)
    return data


def test_the_code_of_a_kind_that_was_undone_never_serves_another(
    as_: As, vallon: EspaceDeContrat, equipe: Acces
) -> None:
    as_("equipe").post(at(vallon, "nature-nouvelle"), NEW)
    undo(by=equipe, geste=Geste.objects.latest("pk"))
    answer = as_("equipe").post(at(vallon, "nature-nouvelle"), NEW)
    assert answer["Location"] == at(vallon, "nature", "bus-en-2")


def test_a_number_that_is_asked_no_more_leaves_its_code(as_: As, vallon: EspaceDeContrat, equipe: Acces) -> None:
    write_nature(by=equipe, espace=vallon, texte=HEURES)
    entree(equipe, vallon, None, nature="heures", valeurs={("heures", ""): 3})
    url, client = at(vallon, "nature-changer", "heures"), as_("equipe")
    assert sent(client, url, **{"m2-libelle": "", "m2-question": "", "enregistrer": "1"}).status_code == 302
    assert [one.code for one in read(Nature.objects.get().texte).mesures] == ["heures", "motifs"]
    again = {"m3-libelle": "Venus", "m3-compte": "passages", "enregistrer": "1"}
    assert sent(client, url, **again).status_code == 302
    assert [one.code for one in read(Nature.objects.get().texte).mesures] == ["heures", "motifs", "venus-2"]


def test_a_kind_of_tenir_that_is_changed_becomes_the_contract_s(as_: As, vallon: EspaceDeContrat) -> None:
    url = at(vallon, "nature-changer", "atelier")
    assert "C’est une nature de Tenir" in text(as_("equipe").get(url))
    done = sent(as_("equipe"), url, themes="culture", enregistrer="1")
    assert done.status_code == 302, list(done.context["questions"].fautes())
    assert read(Nature.objects.get().texte).themes == ("culture",)
    assert "de Tenir, changée ici" in text(as_("equipe").get(at(vallon, "nature", "atelier")))


def test_two_people_on_one_kind_see_each_other(as_: As, vallon: EspaceDeContrat, equipe: Acces) -> None:
    write_nature(by=equipe, espace=vallon, texte=BUS)
    client, url = as_("equipe"), at(vallon, "nature-changer", "bus-en-plus")
    typed = held(client.get(url)) | {"libelle": "Bus en plus", "enregistrer": "1"}
    write_nature(by=equipe, espace=vallon, texte=BUS.replace("mobilité", "transports"), version=1)
    answer = client.post(url, typed)
    assert answer.status_code == 409
    assert "a changé cette nature" in text(answer)
    assert "transports → <b>mobilité" in text(answer)
    kept = held(answer)
    assert (kept["libelle"], kept["themes"], kept["version"]) == ("Bus en plus", "mobilité", "2")
    assert client.post(url, kept | {"themes": "transports", "enregistrer": "1"}).status_code == 302
    assert read(Nature.objects.get().texte).themes == ("transports",)


def test_the_page_of_a_kind_says_all_of_it(as_: As, vallon: EspaceDeContrat, equipe: Acces) -> None:
    write_nature(by=equipe, espace=vallon, texte=BUS)
    entree(equipe, vallon, 9, nature="bus-en-plus")
    write_nature(by=equipe, espace=vallon, texte=BUS.replace("Bus en +", "Bus de plus"), version=1)
    page = text(as_("equipe").get(at(vallon, "nature", "bus-en-plus")))
    for said in (
        "Bus de plus",
        "Combien de personnes sont venues ?",
        "Repris de « Atelier »",
        "On attend de 0 à 60",
        "s’ajoutent d’une entrée à l’autre",
        "total de « Présents »",
        "Action O88-A01",
        "« Bus en + », 1 entrée depuis le",
        "Nom : Bus en + → Bus de plus",
        "Faite : « Bus en + »",
        "du contrat, faite par",
    ):
        assert said in page, said
    assert "Bus de plus" in text(as_("equipe").get(at(vallon, "nature", "atelier")))


def test_a_kind_is_withdrawn_once_confirmed_and_taken_back(as_: As, vallon: EspaceDeContrat) -> None:
    client = as_("equipe")
    assert sent(client, at(vallon, "nature-retirer", "atelier")).status_code == 302
    assert "atelier" not in {one.nature for one in offered_in(vallon)}
    assert "Cette nature est retirée" in text(client.get(at(vallon, "nature", "atelier")))
    assert "Retirées" in text(client.get(at(vallon, "natures")))
    assert "Atelier" not in {row.libelle for row in client.get(at(vallon, "natures")).context["liste"].lignes}
    assert sent(client, at(vallon, "nature-reprendre", "atelier")).status_code == 302
    assert "atelier" in {one.nature for one in offered_in(vallon)}


def test_the_list_counts_the_entries_of_the_year_and_is_searched(
    as_: As, vallon: EspaceDeContrat, equipe: Acces
) -> None:
    write_nature(by=equipe, espace=vallon, texte=BUS)
    entree(equipe, vallon, 9, nature="bus-en-plus", le=horloge.today(vallon))
    entree(equipe, vallon, 9, nature="bus-en-plus", le=date(2025, 3, 1))
    client = as_("equipe")

    def names(**asked: str) -> list[str]:
        return [row.libelle for row in client.get(at(vallon, "natures"), asked).context["liste"].lignes]

    (row,) = client.get(at(vallon, "natures"), {"q": "titres transport"}).context["liste"].lignes
    assert (row.libelle, row.entrees, row.indicateurs) == ("Bus en +", 1, ["I88"])
    assert names(theme="mobilité") == names(origine="contrat") == ["Bus en +"]
    assert "Décompte" in names(forme="décompte")
    assert "Bus en +" not in names(retirees="oui")
    grouped = text(client.get(at(vallon, "natures"), {"groupe": "theme"}))
    assert "Mobilité" in grouped
    assert "Sans thème" in grouped
    assert "Bus en +" in client.get(at(vallon, "natures-export", "csv")).content.decode("utf-8-sig")


def test_a_file_is_shown_before_it_is_brought_in_and_undone_at_once(
    as_: As, vallon: EspaceDeContrat, equipe: Acces
) -> None:
    write_nature(by=equipe, espace=vallon, texte=BUS)
    client, url = as_("equipe"), at(vallon, "natures-importer")
    changed = BUS.replace("mobilité", "transports")
    page = client.post(url, {"texte": f"{changed}---\n{PARC}"})
    assert [line.sort for line in page.context["apercu"].lignes] == ["changée", "ajoutée"]
    assert "thèmes : mobilité → <b>transports" in text(page)
    assert Nature.objects.count() == 1
    assert client.post(url, held(page) | {"confirmer": "1"}).status_code == 302
    assert Nature.objects.count() == 2
    geste = Geste.objects.latest("pk")
    undo(by=equipe, geste=geste, shown=mark_of(standing(geste, equipe)))
    assert [one.texte for one in Nature.objects.all()] == [dump(load(BUS))]


def test_a_file_with_a_fault_brings_nothing_in_and_says_where(as_: As, vallon: EspaceDeContrat) -> None:
    client, url = as_("equipe"), at(vallon, "natures-importer")
    wrong = BUS.replace("unite: titres", "unite: élèves")
    page = client.post(url, {"texte": f"{PARC}---\n{wrong}"})
    assert page.status_code == 422
    assert "ligne 15" in text(page)
    assert "désigne des gens" in text(page)
    assert "confirmer" not in page.content.decode()
    assert wrong.strip() in held(page)["texte"]
    assert not Nature.objects.exists()


@pytest.mark.parametrize("given", [{}, {"texte": "  "}, {"texte": "rien"}, {"texte": "a: [\n"}])
def test_what_is_no_file_of_kinds_is_told(as_: As, vallon: EspaceDeContrat, given: dict[str, str]) -> None:
    assert as_("equipe").post(at(vallon, "natures-importer"), given or {"texte": ""}).status_code == 422


def test_what_changed_since_it_was_shown_is_shown_again(as_: As, vallon: EspaceDeContrat, equipe: Acces) -> None:
    client, url = as_("equipe"), at(vallon, "natures-importer")
    page = client.post(url, {"texte": BUS})
    write_nature(by=equipe, espace=vallon, texte=BUS.replace("mobilité", "transports"))
    again = client.post(url, held(page) | {"confirmer": "1"})
    assert again.status_code == 409
    assert "Rien n’est enregistré" in text(again)
    assert read(Nature.objects.get().texte).themes == ("transports",)


def test_what_leaves_a_contract_enters_another_byte_for_byte(
    as_: As, vallon: EspaceDeContrat, colline: EspaceDeContrat, equipe: Acces
) -> None:
    for texte in (BUS, PARC, HEURES):
        write_nature(by=equipe, espace=vallon, texte=texte)
    whole = as_("equipe").get(at(vallon, "natures-fichier")).content.decode()
    assert whole == dump(load(f"{BUS}---\n{HEURES}---\n{PARC}"))
    assert as_("equipe").get(at(vallon, "nature-fichier", "parc")).content.decode() == dump(load(PARC))
    action(colline, "O88-A01")
    indicateur(colline, "I88")
    client, url = as_("voisin"), at(colline, "natures-importer")
    assert client.post(url, held(client.post(url, {"texte": whole})) | {"confirmer": "1"}).status_code == 302
    assert client.get(at(colline, "natures-fichier")).content.decode() == whole


def test_a_kind_of_tenir_brought_in_as_it_is_changes_nothing(as_: As, vallon: EspaceDeContrat) -> None:
    page = as_("equipe").post(at(vallon, "natures-importer"), {"texte": dump([shipped_files()[0]])})
    assert "rien à enregistrer" in text(page)


def test_a_withdrawn_kind_is_no_model_of_another(as_: As, vallon: EspaceDeContrat, equipe: Acces) -> None:
    withdraw_nature(by=equipe, espace=vallon, code="atelier", retiree=True)
    page = as_("equipe").get(at(vallon, "nature-nouvelle"))
    assert "atelier" not in {one.code for one in page.context["questions"].form.modeles}


def test_an_unknown_kind_does_not_exist(as_: As, vallon: EspaceDeContrat) -> None:
    for name in ("nature", "nature-changer", "nature-retirer", "nature-fichier"):
        assert as_("equipe").get(at(vallon, name, "jamais-vue")).status_code == 404


def test_more_kinds_cost_no_more_queries(
    as_: As, vallon: EspaceDeContrat, equipe: Acces, django_assert_max_num_queries: Any
) -> None:
    client = as_("equipe")
    client.get(at(vallon, "natures"))
    for rank in range(6):
        write_nature(by=equipe, espace=vallon, texte=PARC.replace("nature: parc", f"nature: parc-{rank}"))
    with django_assert_max_num_queries(14):
        client.get(at(vallon, "natures"))
