"""Opinions: the rule that applies, days counted through a summer, silence as its rule says; means and files."""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from tenir.conseil.enums import EtatDAvis
from tenir.conseil.models import DemandeDAvis, PieceDuConseil
from tenir.conseil.regles import last_day
from tenir.conseil.services.avis import AvisClos, correct_request, give, record_silences, token_of
from tenir.conseil.services.espace import end_means, remove_piece
from tenir.core import horloge
from tenir.core.models import EntreeDeTrace
from tenir.ecran.versions import Conflit
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, Refus
from tenir.habilitations.roles import Role
from tests.conseil.appels import RULE, avis, moyen, piece
from tests.partage import shared
from tests.personnes import acces, body, contract

pytestmark = pytest.mark.deux_bases


@dataclass
class Salle:
    """A public contract, its team, a partner, and one who speaks for the council."""

    espace: EspaceDeContrat
    equipe: Acces
    ccas: Acces
    conseil: Acces


@pytest.fixture(scope="module")
def _made(django_db_setup: None, django_db_blocker) -> Iterator[Salle]:
    def make() -> Salle:
        espace, council = contract("vallon"), body("conseil")
        council.nature = "conseil citoyen"
        council.save()
        team, partner = acces("Basile Pivot", Role.EQUIPE, espace), acces("Cléo", Role.PARTENAIRE, espace, of="ccas")
        return Salle(espace, team, partner, acces("Zoé Conseil", Role.PARTENAIRE, espace, of="conseil"))

    with shared(django_db_blocker, make) as made:
        yield made


@pytest.fixture
def salle(_made: Salle, db: None) -> Salle:
    return deepcopy(_made)


def at(found: DemandeDAvis, days: int) -> DemandeDAvis:
    """The same request, received so many days ago; its last day follows."""
    received = horloge.today() - timedelta(days=days)
    DemandeDAvis.objects.filter(pk=found.pk).update(
        recue_le=received, echeance=last_day(received, found.delai, found.unite)
    )
    return DemandeDAvis.objects.of(found.espace).get(pk=found.pk)


@pytest.mark.parametrize(
    ("received", "delay", "unit", "last"),
    [
        (date(2026, 7, 15), 1, "mois", date(2026, 8, 17)),  # 15 August is a holiday and a Saturday: the Monday after
        (date(2026, 7, 10), 1, "mois", date(2026, 8, 10)),  # nothing stops in summer
        (date(2026, 7, 31), 1, "mois", date(2026, 8, 31)),
        (date(2026, 8, 31), 1, "mois", date(2026, 9, 30)),
        (date(2027, 1, 31), 1, "mois", date(2027, 3, 1)),  # 28 February 2027 is a Sunday
        (date(2026, 7, 1), 13, "jours", date(2026, 7, 15)),  # 14 July
        (date(2026, 12, 10), 15, "jours", date(2026, 12, 28)),  # Christmas is a Friday
    ],
)
def test_the_last_day_is_counted_through_a_summer(received: date, delay: int, unit: str, last: date) -> None:
    assert last_day(received, delay, unit) == last


def test_on_the_annual_report_the_rule_is_the_law_s_on_anything_else_it_is_said(salle: Salle) -> None:
    found = avis(salle.equipe, salle.espace, delai=3, silence="defavorable")
    assert (found.delai, found.unite, found.silence, found.nature) == (1, "mois", "favorable", "loi")
    other = avis(salle.equipe, salle.espace, annual=False, objet="Le projet de quartier")
    assert (other.delai, other.silence, other.source) == (15, "sans-effet", RULE["source"])
    for wrong in ({"source": ""}, {"delai": None}, {"nature": "loi"}, {"silence": ""}):
        with pytest.raises(ValidationError):
            avis(salle.equipe, salle.espace, annual=False, **wrong)
    with pytest.raises(Refus):
        avis(salle.ccas, salle.espace)


def test_an_opinion_may_change_until_its_last_day_then_stays(salle: Salle) -> None:
    found = avis(salle.equipe, salle.espace)
    give(demande=found, sens="favorable", texte="")
    give(demande=found, sens="defavorable", texte="Trop tard dans l’année.")
    with pytest.raises(ValidationError, match="Dites pourquoi"):
        give(demande=found, sens="reserves", texte=" ")
    found.refresh_from_db()
    assert found.etat == EtatDAvis.RENDU
    DemandeDAvis.objects.filter(pk=found.pk).update(
        recue_le=horloge.today() - timedelta(days=50), echeance=horloge.today() - timedelta(days=2),
        rendu_le=horloge.today() - timedelta(days=9),
    )  # fmt: skip
    with pytest.raises(AvisClos, match="il ne change plus"):
        give(demande=found, sens="favorable", texte="")


def test_a_silence_is_recorded_as_its_rule_says_and_a_late_opinion_is_kept_and_marked(salle: Salle) -> None:
    found, other = avis(salle.equipe, salle.espace), avis(salle.equipe, salle.espace, annual=False)
    found, other = at(found, 60), at(other, 3)
    for _ in range(2):
        record_silences(datetime.now(UTC))
    found.refresh_from_db()
    other.refresh_from_db()
    assert found.silence_le == found.echeance + timedelta(days=1)
    assert other.silence_le is None
    told = EntreeDeTrace.objects.filter(genre="conseil citoyen", objet=found.code, champ="silence")
    assert [one.apres for one in told] == ["vaut avis favorable"]
    give(demande=found, sens="defavorable", texte="Nous n’avions pas le document.")
    found.refresh_from_db()
    assert found.etat == EtatDAvis.TARDIF
    assert found.silence_le is not None, "what the silence was worth stays said beside it"
    with pytest.raises(AvisClos):
        give(demande=found, sens="favorable", texte="")


def test_correcting_the_day_of_receipt_moves_the_last_day_until_there_is_an_issue(salle: Salle) -> None:
    found = avis(salle.equipe, salle.espace)
    received = horloge.today() - timedelta(days=2)
    correct_request(by=salle.equipe, demande=found, version=1, changes={"recue_le": received})
    found.refresh_from_db()
    assert found.echeance == last_day(received, 1, "mois")
    with pytest.raises(Conflit):
        correct_request(by=salle.equipe, demande=found, version=1, changes={"recue_le": horloge.today()})
    give(demande=found, sens="favorable", texte="")
    found.refresh_from_db()
    with pytest.raises(ValidationError, match="déjà son issue"):
        correct_request(by=salle.equipe, demande=found, version=found.version, changes={"recue_le": horloge.today()})


def test_sy10_the_council_is_consulted_and_answers_by_its_link(salle: Salle) -> None:
    file = piece(salle.equipe, salle.espace)
    found = avis(salle.equipe, salle.espace, annual=False, piece=file)
    council, url = Client(), reverse("avis", args=[token_of(found)])
    assert council.get(reverse("avis-document", args=[token_of(found)])).content == b"Le dossier, en clair."
    page = council.get(url).content.decode()
    assert "règlement du conseil" in page
    assert council.post(url, {"sens": "favorable", "texte": "Oui, avec joie."}).status_code == 409, "no mark was sent"
    found.refresh_from_db()
    give(demande=found, sens="favorable", texte="Oui, avec joie.")
    reader = Client()
    reader.force_login(salle.ccas.personne.utilisateur)
    listed = reader.get(f"/espace/{salle.espace.slug}/conseil/avis.csv").content.decode()
    assert "Oui, avec joie." in listed
    public = Client().get(f"/contrats/{salle.espace.slug}/conseil-citoyen/").content.decode()
    assert "Oui, avec joie." in public


def test_an_opinion_for_those_of_the_contract_is_not_public(salle: Salle) -> None:
    avis(salle.equipe, salle.espace, niveau=1, objet="Un document réservé")
    assert "Un document réservé" not in Client().get(f"/contrats/{salle.espace.slug}/conseil-citoyen/").content.decode()


def test_sy11_the_members_bring_what_another_council_does(salle: Salle) -> None:
    piece(salle.conseil, salle.espace, genre="pratique", titre="La charte d’un conseil voisin")
    reader = Client()
    reader.force_login(salle.conseil.personne.utilisateur)
    page = reader.get(f"/espace/{salle.espace.slug}/conseil/").content.decode()
    assert "La charte d’un conseil voisin" in page
    assert "pratique d’un autre conseil" in page


def test_the_members_bring_their_own_files_and_another_partner_does_not(salle: Salle) -> None:
    with pytest.raises(Refus):
        piece(salle.ccas, salle.espace)
    own = piece(salle.conseil, salle.espace, genre="compte-rendu", titre="Réunion de mars")
    remove_piece(by=salle.conseil, piece=own)
    assert not PieceDuConseil.objects.exists()
    kept = piece(salle.equipe, salle.espace)
    avis(salle.equipe, salle.espace, piece=kept)
    with pytest.raises(ValidationError, match="il reste"):
        remove_piece(by=salle.equipe, piece=kept)
    with pytest.raises(ValidationError, match="pas les deux"):
        piece(salle.equipe, salle.espace, lien="https://exemple.test/")


def test_a_means_ends_once_and_stays_told(salle: Salle) -> None:
    found = moyen(salle.equipe, salle.espace)
    end_means(by=salle.equipe, moyen=found)
    with pytest.raises(ValidationError, match="déjà pris fin"):
        end_means(by=salle.equipe, moyen=found)
    client = Client()
    client.force_login(salle.conseil.personne.utilisateur)
    assert "Une salle" in client.get(f"/espace/{salle.espace.slug}/conseil/").content.decode()


def test_what_an_opinion_was_given_on_stays(salle: Salle) -> None:
    found = avis(salle.equipe, salle.espace)
    give(demande=found, sens="favorable", texte="Oui.")
    found.refresh_from_db()
    for changes in ({"objet": "Tout autre chose"}, {"piece": piece(salle.equipe, salle.espace)}):
        with pytest.raises(ValidationError, match="ne change plus"):
            correct_request(by=salle.equipe, demande=found, version=found.version, changes=changes)
    correct_request(by=salle.equipe, demande=found, version=found.version, changes={"niveau": 0})
    found.refresh_from_db()
    assert found.objet != "Tout autre chose"
