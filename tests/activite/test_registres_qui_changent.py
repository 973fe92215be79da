"""What becomes of the lines of a register when its kind changes: who reads them, what describes them, their state."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from tenir.acteurs.models import Personne
from tenir.activite.models import Entree, Nature, Objet
from tenir.activite.services.cumuls import differences
from tenir.activite.services.natures import load_natures, withdraw_nature, write_nature
from tenir.activite.services.objets import Point, Porte, change_objet, open_objet
from tenir.core.tenue import differences as untold
from tenir.ecran.annulation.annuler import undo
from tenir.ecran.models import Geste
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.niveaux import Niveau
from tenir.habilitations.rights import Acces, acces_of
from tests.activite.registre import LE, kinds
from tests.activite.registres import CONVENTION, PAQTE, RUE, objet, point
from tests.personnes import body

As = Callable[[str], Client]
TEAM_ONLY = PAQTE.replace("sujet: un engagement", "sujet: un engagement\nvisible: équipe")
base = pytest.mark.deux_bases


def put(by: Acces, espace: EspaceDeContrat, texte: str) -> None:
    code = texte.split("\n")[0].removeprefix("nature: ")
    write_nature(by=by, espace=espace, texte=texte, version=Nature.objects.get(code=code).version)


def levels(objet: Objet) -> tuple[int, set[int]]:
    objet.refresh_from_db()
    return objet.niveau, set(objet.entrees.values_list("niveau", flat=True))


@base
def test_lines_are_read_by_whoever_their_register_says_now(vallon: EspaceDeContrat, equipe: Acces) -> None:
    kinds(vallon, PAQTE)
    held = objet(equipe, vallon, valeurs={"promis": 4})
    put(equipe, vallon, TEAM_ONLY)
    assert levels(held) == (Niveau.EQUIPE, {Niveau.EQUIPE})
    assert point(equipe, held, "tenu", utilises=37).niveau == Niveau.EQUIPE
    put(equipe, vallon, PAQTE)
    assert levels(held) == (Niveau.PARTENAIRES, {Niveau.PARTENAIRES})
    assert (list(differences(vallon)), list(untold())) == ([], [])


@base
def test_undoing_the_change_of_a_kind_puts_its_lines_back(vallon: EspaceDeContrat, equipe: Acces) -> None:
    kinds(vallon, PAQTE)
    held = objet(equipe, vallon)
    put(equipe, vallon, TEAM_ONLY)
    undo(by=equipe, geste=Geste.objects.order_by("-pk")[0])
    assert levels(held) == (Niveau.PARTENAIRES, {Niveau.PARTENAIRES})
    assert list(differences(vallon)) == []


@pytest.mark.django_db
def test_a_partner_finds_nothing_more_of_what_became_the_team_s(
    as_: As, vallon: EspaceDeContrat, people: dict[str, Personne]
) -> None:
    kinds(vallon, PAQTE)
    team, client = acces_of(people["equipe"]), as_("partenaire")
    held = objet(team, vallon)
    page = f"/espace/vallon/objets/{held.numero}/"
    assert client.get(page).status_code == 200
    put(team, vallon, TEAM_ONLY)
    assert [client.get(f"{page}{end}").status_code for end in ("", "noter/", "modifier/")] == [404] * 3


@base
def test_a_state_goes_by_no_door(vallon: EspaceDeContrat, equipe: Acces) -> None:
    kinds(vallon, PAQTE)
    gone = PAQTE.replace("  - {code: tenu, libelle: Tenu}\n", "")
    elsewhere = "nature: engagement\nest: offre\nlibelle: Promesse\n"
    for texte in (gone, elsewhere):
        with pytest.raises(ValidationError, match="ne se retire pas"):
            put(equipe, vallon, texte)


@base
def test_a_field_comes_back_as_nothing_else_and_stops_no_line(vallon: EspaceDeContrat, equipe: Acces) -> None:
    kinds(vallon, CONVENTION)
    held = objet(equipe, vallon, nature="accord", attributs={"montant": Decimal(3000), "comite": "Copil"})
    without = CONVENTION.replace("  - {code: montant, libelle: Montant en euros, type: nombre}\n", "")
    put(equipe, vallon, without)
    change_objet(by=equipe, objet=held, version=1, changes={}, attributs={"comite": "Cotech"})
    held.refresh_from_db()
    assert held.attributs == {"montant": "3000", "comite": "Cotech"}
    with pytest.raises(ValidationError, match="Donnez un autre code au champ"):
        put(equipe, vallon, CONVENTION.replace("type: nombre", "type: date"))
    put(equipe, vallon, CONVENTION)
    assert list(untold()) == []


@pytest.mark.django_db
def test_a_withdrawn_register_takes_no_line_and_still_tells_of_its_own(
    as_: As, vallon: EspaceDeContrat, people: dict[str, Personne]
) -> None:
    kinds(vallon, PAQTE)
    team = acces_of(people["equipe"])
    held = objet(team, vallon)
    withdraw_nature(by=team, espace=vallon, code="engagement", retiree=True)
    with pytest.raises(ValidationError, match="On n’inscrit rien"):
        objet(team, vallon, "Une autre")
    point(team, held, "rompu")
    change_objet(by=team, objet=held, version=1, changes={"libelle": "Scierie fermée"})
    assert "Promesses d’entreprises" in as_("equipe").get("/espace/vallon/registres/").content.decode()


@base
def test_a_register_becomes_a_directory_line_by_line(vallon: EspaceDeContrat, equipe: Acces) -> None:
    kinds(vallon, CONVENTION)
    held = objet(equipe, vallon, nature="accord")
    put(equipe, vallon, CONVENTION.replace("prevenir: 60", "prevenir: 60\nannuaire: true"))
    assert not Objet.objects.of(vallon).opened().exists()
    change_objet(by=equipe, objet=held, version=1, changes={})
    assert list(Objet.objects.of(vallon).opened()) == [held]


@base
def test_a_blind_line_of_the_same_name_waits_and_tells_nothing(vallon: EspaceDeContrat, equipe: Acces) -> None:
    kinds(vallon, RUE)
    objet(equipe, vallon, "Place du Marché", nature="fait")
    given = {"libelle": "PLACE du marché", "organisme": body("ccas")}
    made = open_objet(
        by=equipe, espace=vallon, nature="fait", values=given, attributs={}, point=Point(LE), porte=Porte("carnet")
    )
    assert made.entrees.get().confiance == "déclarée"


@pytest.mark.django_db
def test_a_line_is_set_aside_with_why_and_found_again(
    as_: As, vallon: EspaceDeContrat, people: dict[str, Personne]
) -> None:
    kinds(vallon, PAQTE)
    client, held = as_("equipe"), objet(acces_of(people["equipe"]), vallon)
    page = f"/espace/vallon/objets/{held.numero}/ecarter/"
    lu = client.get(page).context["lu"]
    assert lu["état"] == "Promis"
    from tests.formulaires import Lectrice

    reader = Lectrice()
    reader.force_login(people["equipe"].utilisateur)
    assert reader.post(page, {"motif": "Saisie deux fois."}).status_code == 302
    assert Entree.objects.get().confiance == "contestée"
    listed = "/espace/vallon/registres/engagement/"
    assert "Scierie" not in client.get(listed).content.decode()
    assert "Scierie" in client.get(f"{listed}?etat=*ecartees").content.decode()
    assert client.get(page).status_code == 404


@base
def test_a_file_of_kinds_loaded_moves_levels_too(vallon: EspaceDeContrat, equipe: Acces) -> None:
    kinds(vallon, PAQTE)
    held = objet(equipe, vallon)
    load_natures(vallon, TEAM_ONLY, commande="tests")
    assert levels(held)[0] == Niveau.EQUIPE
