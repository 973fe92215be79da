"""The simulated life: for a fictitious contract alone, the same for a seed and a day, every situation in it."""

from datetime import date, time, timedelta
from pathlib import Path

import pytest

from tenir.activite.models import Carnet, Entree
from tenir.activite.services.cumuls import differences
from tenir.activite.services.natures import load_natures
from tenir.activite.services.par_carnet import awaited
from tenir.appels.models import (
    AppelAProjets,
    CompteRenduFinancier,
    ConventionDeSubvention,
    DossierDeDemande,
    PartDemandee,
)
from tenir.commentaires.models import Commentaire
from tenir.commentaires.services.commentaires import CITATION
from tenir.conseil.models import AppelACandidatures, Candidature, DemandeDAvis, Mandat
from tenir.contrat.chargement import load_contract
from tenir.controles.models import Derogation
from tenir.core import horloge
from tenir.core.models import Courriel
from tenir.core.taches import declared
from tenir.core.trace import breaks
from tenir.demonstration.personnes import HorsDemonstration, seed
from tenir.demonstration.vie.jouer import animate
from tenir.demonstration.vie.scenario import PROFILES, events
from tenir.engagements.models import SuiviDEngagement
from tenir.fiches.enums import Calcule, Statut
from tenir.fiches.models import FicheAction, Jalon, Nouvelle
from tenir.fiches.situation import get_situation
from tenir.gouvernance.models import Decision, EcartMotive, Proposition, RegleDeGouvernance, Reunion
from tenir.habilitations.models import EspaceDeContrat, Referent
from tenir.indicateurs.models import ReleveDIndicateur
from tenir.points.models import PointDEtape, Question
from tenir.points.services.synthese import frozen
from tenir.preconisations.enums import EtatDePreconisation
from tenir.preconisations.models import Preconisation
from tenir.preconisations.services.messages import CONSEIL, DEMANDE

ROOT = Path(__file__).parents[2]
SLUG = "virelande-fictif-2024-2030"
JOUR = date(2026, 9, 15)
CODES = [f"O01-A{rank:02}" for rank in range(1, 43)]


@pytest.fixture
def fictif(db: None, settings, tmp_path: Path) -> EspaceDeContrat:
    """The fictitious contract with its people, in a demonstration; its own disk, for the loop writes."""
    settings.DEMONSTRATION = True
    settings.VAR, settings.MEDIA_ROOT = tmp_path, tmp_path / "documents"
    settings.RELEVES = tmp_path / "releves-de-la-trace.csv"
    load_contract((ROOT / f"contrats/fictif/{SLUG}.yaml").read_text(), commande="tests")
    seed(SLUG)
    found = EspaceDeContrat.objects.get(slug=SLUG)
    load_natures(found, (ROOT / f"contrats/natures/{SLUG}.yaml").read_text(), commande="tests")
    return found


def test_the_same_seed_and_day_tell_the_same_life() -> None:
    told = events(CODES, debut=date(2024, 1, 15), jour=JOUR, graine=1)
    assert told == events(CODES, debut=date(2024, 1, 15), jour=JOUR, graine=1)
    assert told != events(CODES, debut=date(2024, 1, 15), jour=JOUR, graine=2)
    assert [event.jour for event in told] == sorted(event.jour for event in told)
    assert len({event.code for event in told}) < len(CODES)


def each_task_of_the_loop_does_its_work() -> None:
    """Two years after, so that each has something to do; none writes the trace outside a transaction of its own."""
    for tache in declared():
        assert tache.fait(horloge.at(JOUR + timedelta(days=730), time(3))), tache.nom


def a_council_is_drawn(fictif: EspaceDeContrat) -> None:
    """One call drawn, another open; a member replaced, contacts erased; opinions in time, late and awaited."""
    drawn, opened = AppelACandidatures.objects.of(fictif).order_by("numero")
    assert (drawn.state_on(JOUR), opened.state_on(JOUR)) == ("tire", "ouvert")
    assert Mandat.objects.of(fictif).on(JOUR).count() == 12
    assert Mandat.objects.of(fictif).exclude(remplace=None).count() == 1
    assert not Candidature.objects.of(fictif).filter(issue="non-retenue").reachable().exists()
    opinions = DemandeDAvis.objects.of(fictif).order_by("numero")
    assert [one.state_on(JOUR) for one in opinions] == ["rendu", "tardif", "attendu"]
    asked = Preconisation.objects.of(fictif)
    assert {one.etat for one in asked} == set(EtatDePreconisation.values)
    assert [one.moment_on(JOUR) for one in AppelAProjets.objects.of(fictif).order_by("numero")] == ["clos", "ouvert"]
    assert asked.late(JOUR).count() == asked.exclude(rouverte_le=None).count() == 1
    assert not Courriel.objects.filter(genre__in=(DEMANDE, CONSEIL), etat="a-envoyer").exists()


def people_comment(fictif: EspaceDeContrat) -> None:
    """The team asks, bodies answer by their link, one has not yet; no message of that past is left to be sent."""
    said = Commentaire.objects.filter(espace=fictif)
    assert (said.filter(repond_a=None).count(), said.exclude(repond_a=None).count()) == (5, 4)
    assert not Courriel.objects.filter(genre=CITATION, etat="a-envoyer").exists()


def test_every_situation_is_there_the_trace_is_whole_and_a_second_run_changes_nothing(
    fictif: EspaceDeContrat,
) -> None:
    animate(SLUG, jour=JOUR)
    fiches = FicheAction.objects.of(fictif).prefetch_related("jalons")
    assert len(fiches) > len(PROFILES)
    assert {fiche.statut for fiche in fiches} >= {"", *Statut.values} - {"a-lancer"}
    calcules = {get_situation(fiche, fiche.jalons.all(), JOUR).calcule for fiche in fiches}
    assert calcules == set(Calcule)
    assert any(get_situation(fiche, fiche.jalons.all(), JOUR).ecart for fiche in fiches)
    assert Jalon.objects.exclude(revise_le=None).exists()
    assert Jalon.objects.exclude(abandonne_le=None).exists()
    assert Referent.objects.filter(espace=fictif).count() > 10
    assert SuiviDEngagement.objects.exclude(etat="").exists()
    assert ReleveDIndicateur.objects.exists()
    spring, autumn = PointDEtape.objects.filter(espace=fictif).order_by("cree_le")
    assert (spring.etat, autumn.etat) == ("clos", "en cours")
    over, held = Derogation.objects.filter(espace=fictif).order_by("fin")
    assert (over.fin < JOUR < held.fin, "fictif" in held.motif) == (True, True)
    assert Reunion.objects.of(fictif).held().public().count() == 17
    parity = RegleDeGouvernance.objects.get(genre="parite")
    beside = {"ordre/G02/G01", "ordre/G06/G02", f"regle/{parity.pk}"}
    assert {one.cle for one in EcartMotive.objects.all()} == beside
    assert {one.etat for one in Proposition.objects.of(fictif)} == {"suivie", "en-attente"}
    assert {one.etat for one in Decision.objects.of(fictif)} == {"executee", "a-executer"}
    assert FicheAction.objects.of(fictif).exclude(prescripteurs=None).distinct().count() == 3
    a_council_is_drawn(fictif)
    grants_are_followed(fictif)
    people_comment(fictif)
    assert frozen(spring).avertissement.startswith("Contrat fictif")
    assert Courriel.objects.filter(genre="point-etape", etat="annule").count() == 0
    assert Question.objects.filter(destinataire__point=autumn).answered().filter(statut="realisee").count() == 1
    assert Question.objects.filter(destinataire__point=autumn, mots__isnull=False).exists()
    assert set(Entree.objects.of(fictif).values_list("statut", flat=True)) == {"tenue", "annulée", "prévue"}
    assert Entree.objects.of(fictif).filter(confiance="contestée").count() == 1
    assert not Entree.objects.of(fictif).filter(statut="tenue", fin__gt=JOUR).exists()
    assert Carnet.objects.of(fictif).count() >= 2
    assert Entree.objects.of(fictif).filter(carnet__genre="affiche").exists()
    assert not Entree.objects.counted().filter(carnet__genre="affiche").exists()
    assert any(awaited(one) for one in Carnet.objects.of(fictif))
    assert list(differences(fictif)) == []
    assert list(breaks()) == []
    assert not Nouvelle.objects.filter(le__gte=JOUR).exists()
    assert not Jalon.objects.filter(atteint_le__gte=JOUR).exists()
    before = Nouvelle.objects.count()
    assert animate(SLUG, jour=JOUR) == "la vie simulée est déjà là"
    assert Nouvelle.objects.count() == before
    each_task_of_the_loop_does_its_work()


def grants_are_followed(fictif: EspaceDeContrat) -> None:
    """A refusal and two grants, a convention signed and one to sign, a report read and one that is missing."""
    dossiers = DossierDeDemande.objects.of(fictif)
    assert dossiers.count() == 5
    assert all("fictif" in one.titre for one in dossiers)
    assert set(PartDemandee.objects.filter(dossier__in=dossiers).values_list("suite", flat=True)) == {
        "", "accorde", "refuse"
    }  # fmt: skip
    assert ConventionDeSubvention.objects.of(fictif).to_sign().count() == 1
    assert CompteRenduFinancier.objects.of(fictif).get().etat == "lu"


def test_a_real_contract_is_never_given_a_life(fictif: EspaceDeContrat) -> None:
    EspaceDeContrat.objects.update(fictif=False)
    with pytest.raises(HorsDemonstration, match="fictif"):
        animate(SLUG, jour=JOUR)
    assert not Nouvelle.objects.exists()


def test_a_server_that_is_no_demonstration_simulates_nothing(fictif: EspaceDeContrat, settings) -> None:
    settings.DEMONSTRATION = False
    with pytest.raises(HorsDemonstration):
        animate(SLUG, jour=JOUR)


def test_coutras_ships_with_an_empty_life(db: None) -> None:
    load_contract((ROOT / "contrats/coutras-2024-2030.yaml").read_text(), commande="tests")
    assert FicheAction.objects.count() == 108
    assert not FicheAction.objects.exclude(statut="", derniere_nouvelle_le=None).exists()


def test_the_clock_is_set_back_by_the_simulated_life_alone() -> None:
    users = {
        path.relative_to(ROOT / "src/tenir").as_posix()
        for path in (ROOT / "src/tenir").rglob("*.py")
        if "simulated(" in path.read_text()
    }
    assert users == {
        "core/horloge.py",
        *(f"demonstration/vie/{name}.py" for name in ("etapes", "jouer")),
    }
