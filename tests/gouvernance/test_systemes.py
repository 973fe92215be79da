"""The systems of the contract that are bodies: whoever runs them does her whole part on the fictitious contract.

`docs/couverture.md` leads here.
"""

from collections.abc import Callable, Iterator
from copy import deepcopy
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import docx
import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tenir.acteurs.models import Organisation, Personne
from tenir.activite.models import Entree
from tenir.atelier.models import Brouillon
from tenir.atelier.services.creation import ouvrir
from tenir.contrat.chargement import load_contract
from tenir.core import horloge
from tenir.ecran.annulation.annuler import undo
from tenir.ecran.models import Geste
from tenir.fiches.models import FicheAction
from tenir.gouvernance.models import Decision, EntreeDeReunion, InstanceSuivie, Proposition, Reunion
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.roles import Role
from tests.formulaires import Lectrice, fill, held
from tests.partage import shared
from tests.personnes import acces_of, member

FICTIF = Path(__file__).parents[2] / "contrats/fictif/virelande-fictif-2024-2030.yaml"
Go = Callable[..., str]


@pytest.fixture(scope="module")
def _made(django_db_setup: None, django_db_blocker) -> Iterator[tuple[EspaceDeContrat, Personne]]:
    def make() -> tuple[EspaceDeContrat, Personne]:
        espace = load_contract(FICTIF.read_text(), commande="tests").espace
        return espace, member("Basile Fictif", Role.EQUIPE, espace)

    with shared(django_db_blocker, make) as made:
        yield made


@pytest.fixture
def espace(_made: tuple[EspaceDeContrat, Personne], db: None) -> EspaceDeContrat:
    return deepcopy(_made[0])


@pytest.fixture
def hers(_made: tuple[EspaceDeContrat, Personne], db: None) -> Client:
    """The browser of the team."""
    client = Lectrice()
    client.force_login(_made[1].utilisateur)
    return client


@pytest.fixture
def to(espace: EspaceDeContrat) -> Go:
    return lambda name, *args: reverse(name, args=[espace.slug, *args])


def text(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode().replace("\xa0", " ").replace("\u202f", " ")


def seated(client: Client, to: Go, code: str) -> None:
    """The composition that the contract writes, taken as it is offered."""
    page = client.get(to("sieges-reprendre", code))
    chosen = [key for key, _ in page.context["form"].fields["sieges"].choices]
    sent = client.post(to("sieges-reprendre", code), {"sieges": chosen, "du": "2024-01-05"})
    assert sent.status_code == 302


def planned(client: Client, to: Go, code: str, days: int = 20) -> Reunion:
    body = InstanceSuivie.objects.get(instance__code=code)
    day = horloge.today() + timedelta(days=days)
    assert fill(client, to("reunion-nouvelle"), instance=body.pk, jour=day.isoformat()).status_code == 302
    return Reunion.objects.latest("pk")


def convened(client: Client, to: Go, meeting: Reunion) -> str:
    """What the page of convening warns of; then it goes ahead, with a reason for each."""
    url = to("reunion-convoquer", meeting.pk)
    page = client.get(url)
    form = page.context["form"]
    sent = {"organismes": list(form.known), **dict.fromkeys(form.cles, "Calendrier bouleversé.")}
    assert client.post(url, {**sent}).status_code == 302
    return page.content.decode().replace("\xa0", " ")


def took_place(client: Client, to: Go, meeting: Reunion, days: int) -> None:
    """Everyone came, so many days ago, and it was held."""
    Reunion.objects.filter(pk=meeting.pk).update(jour=horloge.today() - timedelta(days=days))
    seen = {f"p_{pk}": "present" for pk in meeting.convocations.values_list("pk", flat=True)}
    assert client.post(to("reunion-presences", meeting.pk), seen).status_code == 302
    form = client.get(to("reunion-tenir", meeting.pk)).context["form"]
    assert client.post(to("reunion-tenir", meeting.pk), dict.fromkeys(form.cles, "Suite.")).status_code == 302


def decided(client: Client, to: Go, meeting: Reunion, query: str = "", **given: object) -> Decision:
    url = to("reunion-decision-nouvelle", meeting.pk) + query
    assert client.post(url, {"texte": "Ouvrir le mercredi.", **given}).status_code == 302
    return Decision.objects.latest("pk")


def test_sy04_a_pilotage_without_a_technique_is_warned_with_its_lines_and_minuted(hers: Client, to: Go) -> None:
    for code in ("G01", "G02"):
        seated(hers, to, code)
    first = planned(hers, to, "G01")
    warned = convened(hers, to, first)
    assert "« Comité technique » n’a pas tenu de réunion" in warned
    assert "lignes 212, 213" in warned
    took_place(hers, to, first, days=60)
    minutes = docx.Document(BytesIO(hers.get(to("reunion-compte-rendu", first.pk, "docx")).content))
    told = "\n".join(one.text for one in minutes.paragraphs).replace("\xa0", " ")
    assert "lignes 212, 213" in told
    assert "Raison : Calendrier bouleversé." in told
    cells = [cell.text for table in minutes.tables for row in table.rows for cell in row.cells]
    assert cells.count("présent") == first.convocations.count() > 8
    technique = planned(hers, to, "G02")
    convened(hers, to, technique)
    took_place(hers, to, technique, days=10)
    assert "n’a pas tenu de réunion" not in convened(hers, to, planned(hers, to, "G01"))
    assert "tenue" in text(hers, to("instances"))


def test_sy05_a_working_group_notes_decides_and_says_who_does_what(
    hers: Client, to: Go, espace: EspaceDeContrat
) -> None:
    seated(hers, to, "G04")
    meeting = planned(hers, to, "G04")
    convened(hers, to, meeting)
    took_place(hers, to, meeting, days=40)
    fiche = FicheAction.objects.of(espace).filter(action__orientation__axe__code="A").first()
    body = Organisation.objects.get(identifiant="songe-agglo")
    due = (horloge.today() - timedelta(days=5)).isoformat()
    taken = decided(hers, to, meeting, organisme=body.pk, pour_le=due, fiche=fiche.pk)
    on_the_action = text(hers, to("fiche", fiche.code))
    assert "Ce qui en a été décidé" in on_the_action
    assert "Songe Agglo" in on_the_action
    assert "Décisions à exécuter" in text(hers, to("aujourdhui"))
    following = planned(hers, to, "G04")
    assert f"Où en est la décision {taken.code}" in text(hers, to("reunion", following.pk))
    fill(hers, to("decision-dire", taken.numero), etat="executee", suite="Ouvert depuis lundi.")
    assert "Ouvert depuis lundi." in text(hers, to("decision", taken.numero))


def test_a_decision_about_an_avenant_and_its_act_lead_to_each_other(
    hers: Client, to: Go, espace: EspaceDeContrat
) -> None:
    seated(hers, to, "G01")
    meeting = planned(hers, to, "G01")
    by = acces_of(Personne.objects.get(nom="Basile Fictif"))
    act = ouvrir(by=by, espace=espace, objet=Brouillon.Objet.AVENANT, titre="Avenant du numérique")
    taken = decided(hers, to, meeting, avenant=act.pk)
    assert "Ouvrir le mercredi." in text(hers, to("atelier-acte"))
    told = text(hers, to("decision", taken.numero))
    assert to("atelier-acte") in told
    assert "Avenant du numérique" in told
    partner = Lectrice()
    partner.force_login(member("Cléo Fictive", Role.LECTURE, espace).utilisateur)
    told = text(partner, to("decision", taken.numero))
    assert "Un avenant, en préparation" in told
    assert "Avenant du numérique" not in told


def test_sy06_a_proposal_of_a_theme_is_traced_up_to_the_decision(hers: Client, to: Go, espace: EspaceDeContrat) -> None:
    for code in ("G01", "G05"):
        seated(hers, to, code)
    meeting = planned(hers, to, "G05")
    convened(hers, to, meeting)
    took_place(hers, to, meeting, days=30)
    url = to("reunion-proposition-nouvelle", meeting.pk)
    for rank in range(20):
        hers.post(url, {"texte": f"Proposition n° {rank + 1}.", "organisme": Organisation.objects.first().pk})
    assert Proposition.objects.of(espace).waiting().count() == 20
    one = Proposition.objects.of(espace).order_by("numero")[0]
    pilotage = planned(hers, to, "G01")
    fill(hers, to("proposition-inscrire", one.numero), reunion=pilotage.pk)
    taken = decided(hers, to, pilotage, query=f"?point={pilotage.points.get().pk}")
    way = text(hers, to("proposition", one.numero))
    for words in ("proposée", "à l’ordre du jour", taken.code, "suivie d’une décision"):
        assert words in way
    assert "19 propositions" in text(hers, to("propositions") + "?etat=en-attente")


def commission(client: Client, to: Go, nom: str, source: str, compte: str) -> InstanceSuivie:
    """A body that the contract does not sign, with who sits in it and what its meetings count."""
    assert fill(client, to("instance-nouvelle"), nom_propre=nom, cree_par_quoi=source).status_code == 302
    made = InstanceSuivie.objects.get(nom_propre=nom)
    body = Organisation.objects.get(identifiant="commune-virelande")
    fill(client, to("siege-nouveau", made.code), organisation=body.pk, fonction="service éducation", qualite="membre")
    other = Organisation.objects.get(identifiant="songe-agglo")
    fill(client, to("siege-nouveau", made.code), organisation=other.pk, qualite="membre")
    fill(client, to("instance-compter", made.code), compte=compte)
    return made


def met(client: Client, to: Go, instance: InstanceSuivie, titre: str, notes: str) -> Reunion:
    """A meeting of today, with an item and what was said of it; everyone came."""
    fill(client, to("reunion-nouvelle"), instance=instance.pk, jour=horloge.today().isoformat())
    meeting = Reunion.objects.latest("pk")
    client.post(to("reunion-point-nouveau", meeting.pk), {"titre": titre})
    fill(client, to("reunion-point", meeting.pk, meeting.points.get().pk), notes=notes)
    convened(client, to, meeting)
    took_place(client, to, meeting, days=0)
    return meeting


def noted(client: Client, url: str, numbers: dict[str, object]) -> HttpResponse:
    """The form of an address as it stands, with some numbers typed over."""
    return client.post(url, held(client.get(url)) | numbers)


def test_sy17_a_commission_has_its_roster_its_agenda_and_counts_situations_by_need_step_and_outcome(
    hers: Client, to: Go
) -> None:
    made = commission(hers, to, "Commission emploi", "action O01-A01", "commission-emploi")
    assert "service éducation" in text(hers, to("instance-suivie", made.code))
    meeting = met(hers, to, made, "Situations étudiées", "Douze situations, sans nom.")
    assert "Réunions à compter" in text(hers, to("aujourdhui"))
    counted = {
        "v_examinees": "12",
        "v_resolues": "5",
        "v_besoins__choix__mobilite": "7",
        "v_etapes__choix__obstacles": "8",
        "v_issues__choix__emploi": "2",
    }
    assert noted(hers, to("reunion-compter", meeting.pk), counted).status_code == 302
    page = text(hers, to("reunion", meeting.pk))
    for words in ("situations examinées : 12", "besoins : mobilité 7", "étapes du parcours : obstacles à lever 8"):
        assert words in page
    entree = EntreeDeReunion.objects.get(reunion=meeting).entree
    assert entree.valeurs.get(mesure="organismes").valeur == 2
    assert (entree.fin, entree.confiance, entree.organisme.identifiant) == (
        meeting.jour,
        "retenue",
        "commune-virelande",
    )
    assert to("reunion", meeting.pk) in text(hers, to("entree", entree.numero))
    assert "Réunions à compter" not in text(hers, to("aujourdhui"))
    assert "Mobilité" in text(hers, to("grille", "commission-emploi"))
    minutes = docx.Document(BytesIO(hers.get(to("reunion-compte-rendu", meeting.pk, "docx")).content))
    told = "\n".join(one.text for one in minutes.paragraphs).replace("\xa0", " ")
    assert "issues : un emploi 2" in told


def test_sy17_a_meeting_is_counted_once_and_its_count_undone(hers: Client, to: Go, espace: EspaceDeContrat) -> None:
    made = commission(hers, to, "Commission emploi", "action O01-A01", "commission-emploi")
    meeting = met(hers, to, made, "Situations étudiées", "Rien de plus.")
    noted(hers, to("reunion-compter", meeting.pk), {"v_examinees": "3"})
    sent = noted(hers, to("reunion-compter", meeting.pk), {"v_examinees": "4"})
    assert "déjà comptée" in sent.content.decode()
    undo(by=acces_of(Personne.objects.get(nom="Basile Fictif")), geste=Geste.objects.latest("pk"))
    assert not EntreeDeReunion.objects.exists()
    assert not Entree.objects.of(espace).exists()


def test_sy49_the_group_has_its_minutes_its_protocol_of_alert_and_counts_who_is_trained_beside_phare(
    hers: Client, to: Go, espace: EspaceDeContrat
) -> None:
    made = commission(hers, to, "Groupe contre le harcèlement", "action O06-A01", "reunion-de-reseau")
    meeting = met(hers, to, made, "Protocole d’alerte", "Le protocole est adopté.")
    taken = decided(hers, to, meeting, texte="Adopter le protocole d’alerte.")
    minutes = docx.Document(BytesIO(hers.get(to("reunion-compte-rendu", meeting.pk, "docx")).content))
    assert "Le protocole est adopté." in [one.text for one in minutes.paragraphs]
    assert hers.get(to("reunion-compte-rendu", meeting.pk, "pdf")).content.startswith(b"%PDF")
    assert "Adopter le protocole d’alerte." in text(hers, to("decision", taken.numero))
    body = Organisation.objects.get(identifiant="commune-virelande")
    url = to("objet-nouveau", "document-cadre")
    kept = {"libelle": "Protocole d’alerte contre le harcèlement", "organisme": body.pk, "etat": "en-vigueur"}
    assert fill(hers, url, **kept).status_code == 302
    assert "Protocole d’alerte contre le harcèlement" in text(hers, to("registre", "document-cadre"))
    trained = {"v_formes": "18", "v_plan__choix__phare": "7", "v_plan__choix__a-cote": "11", "organisme": body.pk}
    assert noted(hers, to("entree-inscrire", "formation-harcelement"), trained).status_code == 302
    entree = Entree.objects.of(espace).get(mots__code="formation-harcelement")
    page = text(hers, to("entree", entree.numero))
    assert "à côté du plan PHARE" in page
    assert "11" in page
