"""The registers: what enters them, who may, how the state of a thing moves, what is undone, what is refused."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from tenir.activite.catalogue import catalogue_of
from tenir.activite.ecrans.registres.totaux import sums, totals_of
from tenir.activite.enums import Confiance, Statut
from tenir.activite.etats import with_state
from tenir.activite.models import Entree, Nature, Objet
from tenir.activite.services.cumuls import differences
from tenir.activite.services.entree import Saisie, correct_entree, judge_entree, record_entree
from tenir.activite.services.examen import EXACT
from tenir.activite.services.objets import Point, Porte, change_objet, open_objet
from tenir.contrat.models import Lieu
from tenir.core import horloge
from tenir.core.models import EntreeDeTrace
from tenir.core.tenue import differences as untold
from tenir.ecran.annulation.annuler import undo
from tenir.ecran.models import Geste
from tenir.ecran.versions import Conflit
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, Refus
from tests.activite.registre import LE, kinds
from tests.activite.registres import CONVENTION, PAQTE, RUE, numbers, objet, point
from tests.personnes import body, contract
from tests.vie import fiche

pytestmark = pytest.mark.deux_bases


@pytest.fixture
def registres(vallon: EspaceDeContrat) -> EspaceDeContrat:
    kinds(vallon, PAQTE, CONVENTION, RUE)
    return vallon


def state(objet: Objet) -> str | None:
    return getattr(with_state(Objet.objects.filter(pk=objet.pk)).get(), "etat", None)


def refused(match: str, **asked: Any) -> ValidationError:
    with pytest.raises(ValidationError, match=match) as caught:
        open_objet(**asked)
    return caught.value


def told(genre: str = "objet") -> list[tuple[str, str, str]]:
    return list(EntreeDeTrace.objects.filter(genre=genre).values_list("champ", "avant", "apres"))


def test_a_thing_enters_its_register_in_its_first_state(registres: EspaceDeContrat, ccas: Acces) -> None:
    made = objet(ccas, registres, valeurs={"promis": 4}, attributs={"genre": "stage"})
    assert (made.numero, made.attributs, state(made)) == (1, {"genre": "stage"}, "promis")
    assert ("Genre", "", "stage de 3e") in told()
    assert ("état", "", "Promis") in told("entrée")
    assert not list(untold())


def test_its_state_is_the_last_that_counts(registres: EspaceDeContrat, equipe: Acces) -> None:
    made = objet(equipe, registres)
    later = point(equipe, made, "tenu", le=LE + timedelta(days=3))
    point(equipe, made, "rompu", le=LE + timedelta(days=1))
    assert state(made) == "tenu"
    judge_entree(by=equipe, entree=later, confiance=Confiance.CONTESTEE, motif="Erreur.")
    assert state(made) == "rompu"


def test_correcting_what_was_said_moves_the_state(registres: EspaceDeContrat, equipe: Acces) -> None:
    made = objet(equipe, registres)
    said = point(equipe, made, "tenu", le=LE + timedelta(days=3))
    correct_entree(by=equipe, entree=said, version=1, changes={"etat": "rompu"})
    assert state(made) == "rompu"
    assert ("état", "Tenu", "Sans suite") in told("entrée")


def test_a_number_alone_leaves_the_state(registres: EspaceDeContrat, equipe: Acces) -> None:
    made = objet(equipe, registres)
    point(equipe, made, le=LE + timedelta(days=3), utilises=2)
    assert state(made) == "promis"


def test_a_thing_is_confirmed_without_a_word(registres: EspaceDeContrat, equipe: Acces) -> None:
    made = objet(equipe, registres)
    point(equipe, made, le=LE + timedelta(days=3))
    seen = with_state(Objet.objects.filter(pk=made.pk)).get()
    assert (state(made), getattr(seen, "depuis", None), getattr(seen, "dernier", None)) == (
        "promis",
        LE,
        LE + timedelta(days=3),
    )


def test_the_only_note_that_says_the_state_keeps_saying_one(registres: EspaceDeContrat, equipe: Acces) -> None:
    made = objet(equipe, registres)
    with pytest.raises(ValidationError, match="Aucune autre note"):
        correct_entree(by=equipe, entree=made.entrees.get(), version=1, changes={"etat": ""})


def test_the_same_form_sent_twice_makes_one(registres: EspaceDeContrat, equipe: Acces) -> None:
    asked: dict[str, Any] = {
        "by": equipe,
        "espace": registres,
        "nature": "engagement",
        "values": {"libelle": "Scierie", "organisme": body("ccas")},
        "attributs": {},
        "point": Point(horloge.today(registres)),
        "porte": Porte(cle="abc"),
    }
    assert open_objet(**asked) == open_objet(**asked)
    assert (Objet.objects.count(), Entree.objects.count()) == (1, 1)


def test_a_body_holds_nothing_for_another(registres: EspaceDeContrat, ccas: Acces, equipe: Acces) -> None:
    with pytest.raises(Refus):
        objet(ccas, registres, of="caf")
    theirs = objet(equipe, registres, of="caf")
    with pytest.raises(Refus):
        change_objet(by=ccas, objet=theirs, version=1, changes={"libelle": "À nous"})
    with pytest.raises(Refus):
        change_objet(by=ccas, objet=objet(ccas, registres, "Fournil"), version=1, changes={"organisme": body("caf")})
    assert Objet.objects.count() == 2


def test_who_reads_writes_nothing(registres: EspaceDeContrat, lecture: Acces) -> None:
    with pytest.raises(Refus):
        objet(lecture, registres)


def test_a_partner_writes_nothing_in_what_the_team_alone_reads(registres: EspaceDeContrat, ccas: Acces) -> None:
    with pytest.raises(Refus):
        objet(ccas, registres, "Rue des Lilas", nature="fait")


@pytest.mark.parametrize(
    ("changed", "match"),
    [
        ({"nature": "atelier"}, "On n’inscrit rien sous cette nature"),
        ({"attributs": {"couleur": "bleu"}}, "n’a pas ce champ"),
        ({"attributs": {"montant": "beaucoup"}}, "Un nombre est attendu"),
        ({"attributs": {"montant": Decimal(-3)}}, "Un nombre est attendu"),
        ({"attributs": {"vote": "hier"}}, "Une date est attendue"),
        ({"attributs": {"parties": ["mairie"]}}, "Choisissez dans la liste"),
        ({"attributs": {"comite": "x" * 161}}, "trop long"),
        ({"values": {"libelle": ""}}, "vide"),
        ({"values": {"organisme": None}}, "Dites quel organisme"),
        ({"point": Point(LE, "perdue")}, "Cet état n’existe pas"),
        ({"point": Point(LE, "", numbers({"promis": 3}))}, "ne demande pas ce nombre"),
        ({"point": Point(date(2100, 1, 1))}, "à venir"),
    ],
)
def test_what_a_register_refuses(
    registres: EspaceDeContrat, equipe: Acces, changed: dict[str, Any], match: str
) -> None:
    asked: dict[str, Any] = {"nature": "accord", "attributs": {}, "point": Point(LE), "porte": Porte(exact=True)}
    values = {"libelle": "Bourse aux stages", "organisme": body("ccas"), **changed.pop("values", {})}
    refused(match, by=equipe, espace=registres, values=values, **{**asked, **changed})
    assert not Objet.objects.exists()
    assert not Entree.objects.exists()


def test_what_has_no_due_day_takes_none(registres: EspaceDeContrat, equipe: Acces) -> None:
    with pytest.raises(ValidationError, match="pas d’échéance"):
        objet(equipe, registres, echeance=LE)


def test_a_place_and_an_action_of_another_contract_are_refused(registres: EspaceDeContrat, equipe: Acces) -> None:
    other = contract("ailleurs")
    place = Lieu.objects.create(espace=other, code="L1", ordre=1, nom="Là-bas")
    with pytest.raises(ValidationError, match="Ce lieu est celui d’un autre contrat"):
        objet(equipe, registres, lieu=place)
    made = objet(equipe, registres)
    with pytest.raises(ValidationError, match="Cette action est celle d’un autre contrat"):
        change_objet(by=equipe, objet=made, version=1, changes={}, fiches=[fiche(other)])


def test_a_name_of_someone_or_of_another_line_is_looked_at_twice(registres: EspaceDeContrat, equipe: Acces) -> None:
    asked: dict[str, Any] = {
        "by": equipe,
        "espace": registres,
        "nature": "accord",
        "attributs": {},
        "point": Point(LE),
    }
    named = refused("semble nommer", values={"libelle": "Pour Mme Durand", "organisme": body("ccas")}, **asked)
    assert EXACT in named.error_dict
    objet(equipe, registres, "Bourse aux stages", nature="accord")
    twice = refused("figure déjà", values={"libelle": "bourse aux STAGES", "organisme": body("ccas")}, **asked)
    assert EXACT in twice.error_dict
    told_twice = {**asked, "porte": Porte(attend=True)}
    waits = open_objet(values={"libelle": "Bourse aux stages", "organisme": body("ccas")}, **told_twice)
    assert waits.entrees.get().confiance == Confiance.DECLAREE
    assert state(waits) is None


def test_a_change_is_told_and_of_two_at_once_the_second_chooses(registres: EspaceDeContrat, equipe: Acces) -> None:
    made = objet(equipe, registres, "Stages", nature="accord", attributs={"montant": Decimal(3000)})
    change_objet(
        by=equipe, objet=made, version=1, changes={"echeance": date(2027, 1, 31)}, attributs={"montant": Decimal(4000)}
    )
    assert ("Montant en euros", "3\u202f000", "4\u202f000") in told()
    assert ("échéance", "", "31\xa0janvier 2027") in told()
    with pytest.raises(Conflit):
        change_objet(by=equipe, objet=made, version=1, changes={"libelle": "Autre"})
    assert not list(untold())


def test_a_field_named_otherwise_is_told_under_its_new_name(registres: EspaceDeContrat, equipe: Acces) -> None:
    made = objet(
        equipe, registres, "Stages", nature="accord", attributs={"montant": Decimal(3000), "parties": ["etat"]}
    )
    Nature.objects.filter(code="accord").update(
        texte=CONVENTION.replace("Montant en euros", "Montant").replace("État,", "Préfecture,")
    )
    change_objet(by=equipe, objet=made, version=1, changes={"libelle": "Bourse"})
    assert ("Montant", "", "3\u202f000") in told()
    assert ("Parties", "État", "Préfecture") in told()
    assert not list(untold())


def test_what_entered_by_mistake_is_undone_whole(registres: EspaceDeContrat, equipe: Acces) -> None:
    objet(equipe, registres, valeurs={"promis": 4})
    undo(by=equipe, geste=Geste.objects.get())
    assert not Objet.objects.exists()
    assert not Entree.objects.exists()
    assert not list(differences(registres))


def test_a_note_undone_gives_the_state_before(registres: EspaceDeContrat, equipe: Acces) -> None:
    made = objet(equipe, registres)
    point(equipe, made, "tenu")
    undo(by=equipe, geste=Geste.objects.order_by("-pk")[0])
    assert state(made) == "promis"


def test_what_is_no_thing_has_no_state_and_the_reverse(registres: EspaceDeContrat, equipe: Acces) -> None:
    made = objet(equipe, registres)
    session = Entree.objects.create(
        espace=registres,
        numero=900,
        mots=made.mots,
        forme="séance",
        debut=LE,
        fin=LE,
        organisme=body("ccas"),
    )
    for wrong in ({"objet": made}, {"etat": "promis"}, {"forme": "objet"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Entree.objects.filter(pk=session.pk).update(**wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        made.entrees.update(statut=Statut.PREVUE)


def test_a_kind_of_things_takes_no_entry_without_a_thing(registres: EspaceDeContrat, equipe: Acces) -> None:
    saisie = Saisie({"debut": LE, "fin": LE, "organisme": body("ccas")})
    with pytest.raises(ValidationError, match="On n’inscrit rien sous cette nature"):
        record_entree(by=equipe, espace=registres, nature="engagement", saisie=saisie, exact=True)
    made = objet(equipe, registres, "Bourse", nature="accord")
    with pytest.raises(ValidationError, match="d’un autre registre"):
        record_entree(by=equipe, espace=registres, nature="engagement", saisie=replace(saisie, objet=made), exact=True)


def test_twelve_companies_are_right_to_the_unit_after_corrections(registres: EspaceDeContrat, equipe: Acces) -> None:
    promised = [6, 5, 4, 4, 3, 3, 3, 3, 3, 2, 2, 2]
    firms = [objet(equipe, registres, f"Entreprise {n}", valeurs={"promis": p}) for n, p in enumerate(promised)]
    for rank, firm in enumerate(firms):
        point(equipe, firm, offerts=3 if rank < 7 else 2, le=LE + timedelta(days=1))
    for firm in firms[:8]:
        point(equipe, firm, "tenu", utilises=2, le=LE + timedelta(days=2))
    wrong = point(equipe, firms[8], utilises=5, le=LE + timedelta(days=2))
    correct_entree(by=equipe, entree=wrong, version=1, changes={}, valeurs=numbers({"utilises": 1}))
    last = point(equipe, firms[0], utilises=2, le=LE + timedelta(days=3))
    correct_entree(by=equipe, entree=last, version=1, changes={"statut": Statut.ANNULEE})
    taken = point(equipe, firms[1], utilises=3, le=LE + timedelta(days=3))
    judge_entree(by=equipe, entree=taken, confiance=Confiance.CONTESTEE, motif="Compté deux fois.")
    too_many = point(equipe, firms[2], utilises=2, le=LE + timedelta(days=3))
    correct_entree(by=equipe, entree=too_many, version=1, changes={}, valeurs={})
    kind = catalogue_of(registres)["engagement"]
    totals = totals_of(Objet.objects.values("pk"))
    assert [one.replace("\xa0", " ") for one in sums(kind, totals)] == [
        "Promis : 40 places",
        "Offerts : 31 places",
        "Utilisés : 17 places",
    ]
    assert not list(differences(registres))
