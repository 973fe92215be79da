"""The catalogue of schemes: what is known of each, confirmed by its funder, found by a need, told before it closes."""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from tenir.contrat.models import Dispositif, LigneDeCredits
from tenir.core import horloge
from tenir.core.marques import Perime
from tenir.ecran.annulation.annuler import undo
from tenir.ecran.models import Geste
from tenir.ecran.versions import Conflit
from tenir.fichier.mots import comparable
from tenir.financement.catalogue import announced, for_need, open_schemes
from tenir.financement.ecrans.bloc import sections
from tenir.financement.models import DemandeAuFinanceur, FicheDeDispositif
from tenir.financement.services.demandes import ask
from tenir.financement.services.dispositifs import check, describe, leave, take
from tenir.financement.services.liens import answer, token_of
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, Refus
from tenir.habilitations.roles import Role
from tenir.public.moment.faits import facts_of
from tests.financement.argent import ANNEE, action, financeurs
from tests.formulaires import send
from tests.partage import shared
from tests.personnes import acces, body, contract
from tests.vie import orientation

pytestmark = pytest.mark.deux_bases
FONDS, JARDINS = "Fonds fictif des loisirs", "Aide fictive aux jardins"


@dataclass
class Catalogue:
    """A contract whose « ccas » names two schemes, one of them twice under two spellings; its team; a partner."""

    espace: EspaceDeContrat
    equipe: Acces
    ccas: Acces

    def fiche(self, nom: str = JARDINS) -> FicheDeDispositif:
        return FicheDeDispositif.objects.of(self.espace).get(nom=nom)


def name_schemes(espace: EspaceDeContrat) -> None:
    """What « ccas » announces for two orientations."""
    for rank, (code, named) in enumerate([("O01", (FONDS, JARDINS)), ("O02", (JARDINS.upper(),))]):
        line = LigneDeCredits.objects.create(
            espace=espace, code=f"{code}-F9{rank}", ordre=990 + rank, orientation=orientation(espace, code),
            nature="spécifique", financeur="CCAS", organisation=body("ccas"), vide=False, source=str(700 + rank),
        )  # fmt: skip
        for order, nom in enumerate(named):
            usual = JARDINS if comparable(nom) == comparable(JARDINS) else nom
            Dispositif.objects.create(ligne=line, rang=order, nom=nom, nom_usuel=usual, cle=comparable(usual))
    open_schemes(espace)


@pytest.fixture(scope="module")
def _made(django_db_setup: None, django_db_blocker) -> Iterator[Catalogue]:
    def make() -> Catalogue:
        espace = contract("vallon", etat="publie")
        team, partner = acces("Basile Pivot", Role.EQUIPE, espace), acces("Cléo", Role.PARTENAIRE, espace, of="ccas")
        name_schemes(espace)
        financeurs(espace)
        return Catalogue(espace, team, partner)

    with shared(django_db_blocker, make) as made:
        yield made


@pytest.fixture
def catalogue(_made: Catalogue, db: None) -> Catalogue:
    return deepcopy(_made)


def said(catalogue: Catalogue, nom: str = JARDINS, **changes: Any) -> FicheDeDispositif:
    """What the team says of a scheme."""
    found = catalogue.fiche(nom)
    return describe(by=catalogue.equipe, fiche=found, version=found.version, changes=changes)


def asked(catalogue: Catalogue) -> DemandeAuFinanceur:
    """The yearly link of « ccas »."""
    day = horloge.today() + timedelta(days=9)
    return ask(by=catalogue.equipe, espace=catalogue.espace, annee=ANNEE, financeurs=[body("ccas")], close_le=day)[0]


def test_each_scheme_has_one_card_whatever_its_spellings_and_a_load_opens_no_other(catalogue: Catalogue) -> None:
    assert [one.nom for one in FicheDeDispositif.objects.of(catalogue.espace)] == [JARDINS, FONDS]
    assert open_schemes(catalogue.espace) == 0
    where = announced(catalogue.espace)[catalogue.fiche().cle]
    assert (list(where.orientations), list(where.graphies)) == (["O01", "O02"], [JARDINS, JARDINS.upper()])


def test_the_team_says_who_may_apply_and_two_people_lose_nothing(catalogue: Catalogue) -> None:
    made = said(catalogue, pour_qui="Associations", quand="En janvier", ou="aides.example")
    assert (made.verifie_le, made.verifie_par) == (horloge.today(catalogue.espace), None)
    with pytest.raises(Conflit):
        describe(by=catalogue.equipe, fiche=made, version=1, changes={"pour_qui": "Communes"})
    with pytest.raises(Refus):
        describe(by=catalogue.ccas, fiche=made, version=made.version, changes={"pour_qui": "Communes"})
    with pytest.raises(Perime):
        check(by=catalogue.equipe, fiche=made, lu={"pour_qui": "autre"})
    undo(by=catalogue.equipe, geste=Geste.objects.latest("pk"))
    assert catalogue.fiche().pour_qui == ""


def test_a_funder_confirms_in_one_choice_by_its_yearly_link(catalogue: Catalogue) -> None:
    said(catalogue, pour_qui="Associations")
    made = asked(catalogue)
    visitor, url = Client(), reverse("financeur", args=[token_of(made)])
    page = visitor.get(url)
    assert JARDINS in page.content.decode()
    assert send(visitor, url, page, **{f"dit_{catalogue.fiche().pk}": "exact"}).status_code == 302
    found = catalogue.fiche()
    assert (found.verifie_par, found.pour_qui) == (body("ccas"), "Associations")
    made.refresh_from_db()
    assert made.repondu_le
    assert not made.rien


def test_what_a_funder_corrects_is_read_by_the_team_before_anyone_reads_it(catalogue: Catalogue) -> None:
    made, found = asked(catalogue), catalogue.fiche()
    day = horloge.today() + timedelta(days=40)
    answer(demande=made, said={}, dispositifs={found.pk: {"dit": "corrige", "pour_qui": "Bailleurs", "ferme_le": day}})
    assert catalogue.fiche().pour_qui == ""
    (waiting,) = found.reponses.all()
    desk = {one.nom: len(one.lignes) for one in sections(catalogue.equipe, catalogue.espace, horloge.today())}
    assert desk["dispositifs-a-lire"] == 1
    take(by=catalogue.equipe, reponse=waiting)
    now = catalogue.fiche()
    assert (now.pour_qui, now.ferme_le, now.verifie_par) == ("Bailleurs", day, body("ccas"))
    with pytest.raises(ValidationError, match="déjà sa suite"):
        leave(by=catalogue.equipe, reponse=waiting, suite="Trop tard.")


def test_a_correction_is_set_aside_with_a_reason_and_one_that_says_nothing_is_refused(catalogue: Catalogue) -> None:
    made, found = asked(catalogue), catalogue.fiche()
    with pytest.raises(ValidationError, match="toujours exact"):
        answer(demande=made, said={}, dispositifs={found.pk: {"dit": "corrige"}})
    answer(demande=made, said={}, dispositifs={found.pk: {"dit": "disparu"}})
    waiting = found.reponses.get()
    with pytest.raises(ValidationError):
        leave(by=catalogue.equipe, reponse=waiting, suite=" ")
    leave(by=catalogue.equipe, reponse=waiting, suite="Reconduit cette année.")
    assert catalogue.fiche().disparu_le is None


def test_a_funder_says_nothing_of_the_scheme_of_another(catalogue: Catalogue) -> None:
    day = horloge.today() + timedelta(days=9)
    other = ask(by=catalogue.equipe, espace=catalogue.espace, annee=ANNEE, financeurs=[body("caf")], close_le=day)[0]
    with pytest.raises(ValidationError, match="pas le vôtre"):
        answer(demande=other, said={}, dispositifs={catalogue.fiche().pk: {"dit": "exact"}})


def test_a_need_is_read_in_the_words_of_contracts_too(catalogue: Catalogue) -> None:
    said(catalogue, FONDS, pour_quoi="La réussite éducative et les loisirs")
    rows, where = list(FicheDeDispositif.objects.of(catalogue.espace)), announced(catalogue.espace)
    assert [one.nom for one in for_need(rows, where, "jardin").fiches] == [JARDINS]
    found = for_need(rows, where, "aide aux devoirs")
    assert [one.nom for one in found.fiches] == [FONDS]
    assert found.aussi
    assert for_need(rows, where, "sous-marin").fiches == ()
    said(catalogue, FONDS, disparu_le=horloge.today())
    assert for_need(list(FicheDeDispositif.objects.of(catalogue.espace)), where, "loisirs").fiches == ()


def test_a_project_holder_finds_a_scheme_without_an_account(catalogue: Catalogue) -> None:
    said(catalogue, pour_qui="Associations du quartier", quand="En janvier", ou="aides.example")
    url = reverse("dispositifs-trouver", args=[catalogue.espace.slug])
    page = Client().get(url, {"q": "un jardin"}).content.decode()
    assert all(one in page for one in (JARDINS, "Associations du quartier", "En janvier", "aides.example", "CCAS"))
    assert "vérifié le" in page
    listed = Client().get(reverse("dispositifs", args=[catalogue.espace.slug])).content.decode()
    assert "Associations du quartier" in listed
    nothing = Client().get(url, {"q": "sous-marin"}).content.decode()
    assert "Aucun dispositif du contrat ne répond" in nothing


def test_a_last_day_warns_those_it_concerns(catalogue: Catalogue) -> None:
    espace, today = catalogue.espace, horloge.today()
    said(catalogue, ferme_le=today + timedelta(days=12))
    fiche = action(espace, "O02-A01")
    fiche.organisme_en_charge = body("ccas")
    fiche.save()

    def shown(acces_: Acces) -> int:
        return {one.nom: len(one.lignes) for one in sections(acces_, espace, today)}.get("dispositifs-qui-ferment", 0)

    stranger = acces("Ida Ailleurs", Role.PARTENAIRE, espace, of="caf")
    assert [shown(one) for one in (catalogue.equipe, catalogue.ccas, stranger)] == [1, 1, 0]
    (fact,) = [one for one in facts_of(espace, 60) if JARDINS in one.quoi]
    assert fact.orientations == {"O01", "O02"}, "who follows one of its orientations is written to"


def test_what_nobody_checked_for_a_year_is_to_be_checked_again(catalogue: Catalogue) -> None:
    made, today = said(catalogue, pour_qui="Associations"), horloge.today()
    assert [made.est_a_verifier(today + timedelta(days=days)) for days in (365, 366)] == [False, True]
