"""The kinds of a contract: those of Tenir, those that it makes or changes, what they may not say."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from tenir.activite.catalogue import catalogue_of, codes_of, offered_in
from tenir.activite.models import Nature
from tenir.activite.services.natures import load_natures, withdraw_nature, write_nature
from tenir.cli.main import main
from tenir.core.models import EntreeDeTrace
from tenir.ecran.annulation.annuler import undo
from tenir.ecran.models import Geste
from tenir.ecran.versions import Conflit
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, Refus
from tests.activite.registre import HEURES, PARC, entree
from tests.vie import action, indicateur

pytestmark = pytest.mark.deux_bases

CAFE = """nature: cafe-logement
est: atelier
libelle: Café-logement
"""


def test_a_contract_has_the_kinds_of_tenir(vallon: EspaceDeContrat) -> None:
    assert "atelier" in {one.nature for one in offered_in(vallon)}


def test_a_team_makes_a_kind_and_writes_under_it_at_once(vallon: EspaceDeContrat, equipe: Acces) -> None:
    write_nature(by=equipe, espace=vallon, texte=CAFE)
    made = entree(equipe, vallon, 9, nature="cafe-logement")
    assert str(made.mots) == "Café-logement"
    assert codes_of(catalogue_of(vallon), "atelier") == ["atelier", "cafe-logement"]


def test_who_does_not_run_the_contract_makes_none(vallon: EspaceDeContrat, ccas: Acces, lecture: Acces) -> None:
    for by in (ccas, lecture):
        with pytest.raises(Refus):
            write_nature(by=by, espace=vallon, texte=CAFE)
        with pytest.raises(Refus):
            withdraw_nature(by=by, espace=vallon, code="atelier", retiree=True)


@pytest.mark.parametrize(
    ("texte", "sentence"),
    [
        ("", "commence par des champs"),
        (f"{CAFE}---\n{PARC}", "Une nature à la fois"),
        (CAFE.replace("Café-logement", "Suivi d’un élève"), "Comptez plutôt"),
        (CAFE + "actions: [O99-A01]\n", "O99-A01 n’existe pas"),
        (CAFE + "alimente:\n  - {indicateur: I99, calcul: compte}\n", "I99 n’existe pas"),
        (CAFE.replace("atelier", "jamais-vue"), "n’existe pas"),
    ],
)
def test_what_a_kind_may_not_say_is_refused_with_a_sentence(
    vallon: EspaceDeContrat, equipe: Acces, texte: str, sentence: str
) -> None:
    with pytest.raises(ValidationError, match=sentence):
        write_nature(by=equipe, espace=vallon, texte=texte)
    assert not Nature.objects.exists()


def test_a_kind_names_what_its_contract_has(vallon: EspaceDeContrat, equipe: Acces) -> None:
    action(vallon)
    indicateur(vallon)
    links = "actions: [O01-A01]\nalimente:\n  - {indicateur: I01, calcul: compte}\n"
    assert write_nature(by=equipe, espace=vallon, texte=CAFE + links).version == 1


def test_two_people_on_one_kind(vallon: EspaceDeContrat, equipe: Acces) -> None:
    write_nature(by=equipe, espace=vallon, texte=CAFE)
    with pytest.raises(Conflit):
        write_nature(by=equipe, espace=vallon, texte=CAFE + "themes: [logement]\n")
    assert write_nature(by=equipe, espace=vallon, texte=CAFE + "themes: [logement]\n", version=1).version == 2


def test_the_type_of_a_measure_never_changes(vallon: EspaceDeContrat, equipe: Acces) -> None:
    write_nature(by=equipe, espace=vallon, texte=HEURES)
    with pytest.raises(ValidationError, match="son type ne change pas"):
        write_nature(by=equipe, espace=vallon, texte=HEURES.replace("unite: heures", "unite: euros"), version=1)


def test_a_measure_dropped_does_not_come_back_as_another_thing(vallon: EspaceDeContrat, equipe: Acces) -> None:
    write_nature(by=equipe, espace=vallon, texte=HEURES)
    entree(equipe, vallon, None, nature="heures", valeurs={("heures", ""): 3})
    without = HEURES.replace("  - {code: venus, libelle: Venus, unite: personnes, parts: [sexe]}\n", "")
    write_nature(by=equipe, espace=vallon, texte=without, version=1)
    with pytest.raises(ValidationError, match="en personnes sous le code « venus »"):
        write_nature(
            by=equipe,
            espace=vallon,
            texte=without + "  - {code: venus, libelle: Venus, unite: passages}\n",
            version=2,
        )


def test_a_kind_of_tenir_is_withdrawn_and_taken_back(vallon: EspaceDeContrat, equipe: Acces) -> None:
    withdraw_nature(by=equipe, espace=vallon, code="atelier", retiree=True)
    assert "atelier" not in {one.nature for one in offered_in(vallon)}
    undo(by=equipe, geste=Geste.objects.latest("pk"))
    assert "atelier" in {one.nature for one in offered_in(vallon)}
    with pytest.raises(ValidationError, match="n’existe pas"):
        withdraw_nature(by=equipe, espace=vallon, code="jamais-vue", retiree=True)


def test_a_code_serves_once_and_a_kind_is_never_empty(vallon: EspaceDeContrat, equipe: Acces) -> None:
    write_nature(by=equipe, espace=vallon, texte=CAFE)
    for given in ({"code": "cafe-logement", "texte": CAFE}, {"code": "autre", "texte": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Nature.objects.create(espace=vallon, **given)


def test_a_file_of_kinds_is_loaded_once_and_told(vallon: EspaceDeContrat, tmp_path: Path) -> None:
    assert load_natures(vallon, f"{CAFE}---\n{PARC}", commande="essai") == 2
    assert load_natures(vallon, f"{CAFE}---\n{PARC}", commande="essai") == 0
    told = EntreeDeTrace.objects.filter(genre="nature").values_list("objet", "commande")
    assert list(told) == [("cafe-logement", "essai"), ("parc", "essai")]


def test_a_file_with_a_fault_loads_nothing(vallon: EspaceDeContrat, tmp_path: Path) -> None:
    file = tmp_path / "natures.yaml"
    file.write_text(f"{CAFE}---\n{PARC}actions: [O99-A01]\n", encoding="utf-8")
    done = CliRunner().invoke(main, ["nature", "charger", str(file), "vallon"])
    assert done.exit_code != 0
    assert "O99-A01 n’existe pas" in done.output
    assert not Nature.objects.exists()
    file.write_text(CAFE, encoding="utf-8")
    assert CliRunner().invoke(main, ["nature", "charger", str(file), "vallon"]).exit_code == 0
    assert Nature.objects.count() == 1


def test_a_kind_that_a_new_version_makes_no_more_is_left_out_and_said(
    vallon: EspaceDeContrat, equipe: Acces, caplog: pytest.LogCaptureFixture
) -> None:
    write_nature(by=equipe, espace=vallon, texte=CAFE)
    Nature.objects.create(espace=vallon, code="orpheline", texte="nature: orpheline\nest: partie\nlibelle: Orpheline\n")
    offered = {one.nature for one in offered_in(vallon)}
    assert ("cafe-logement" in offered, "orpheline" in offered) == (True, False)
    assert "« orpheline » d’un contrat ne se fait plus" in caplog.text
