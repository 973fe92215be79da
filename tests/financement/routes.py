"""What the routes of the money state (`tests/routes.py`)."""

from datetime import timedelta
from decimal import Decimal

from tenir.contrat.models import Dispositif, InstanceDeGouvernance, LigneDeCredits
from tenir.contrat.ouverture import open_life
from tenir.core import horloge
from tenir.core.tableur import pasted
from tenir.core.tableur.colonnes import read_rows
from tenir.fichier.mots import comparable
from tenir.financement.catalogue import open_schemes
from tenir.financement.models import FicheDeDispositif
from tenir.financement.services.decisions import attach
from tenir.financement.services.demandes import ask
from tenir.financement.services.dispositifs import describe
from tenir.financement.services.liens import answer, token_of
from tenir.financement.services.rapprochements import keep_comparison
from tenir.financement.services.scenarios import Chose, open_scenario, propose
from tenir.financement.services.tableau import budget_of, envelope_of, freeze, say_budget, say_envelope
from tenir.financement.subventions import COLONNES, REQUIRED, Lecture, sift
from tenir.gouvernance.models import Decision, InstanceSuivie
from tenir.gouvernance.ouverture import SORTE as BODIES
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.habilitations.roles import Role
from tests.financement.argent import ANNEE, action, financeurs, imprimees, line, published, then
from tests.gouvernance.reunions import decision, reunion
from tests.personnes import acces, body
from tests.routes import COMMUN, EQUIPE, FICHIER, LIEN, PARTENAIRES, RENVOI, TOUS, Arguments, Route

WEEK = timedelta(days=7)
OF_A_LINE = ("financement", "financement-dire", "financement-decider", "financement-publier")


def arguments(espace: EspaceDeContrat) -> Arguments:
    """The lines that the contract prints; one of « ccas », which its partner writes too, asked then voted."""
    by = acces("Olga Comptable", Role.EQUIPE, espace)
    imprimees(espace)
    financeurs(espace)
    found = then(by, line(by, espace, etat="demande"), "vote", "3500")
    line(by, espace, of="mairie", montant="1200")
    taken = decided(by, espace)
    published(by, found)
    version = freeze(by=by, espace=espace, annee=None, decision=taken)
    given: Arguments = {"financements-a-remplir": ["csv"], "financement-subventions-export": ["csv"]}
    given |= {name: [found.code] for name in OF_A_LINE}
    given |= read_before(by, espace)
    defined(by, espace)
    given |= {"financement-budget": [ANNEE, "O01-A01"], "financement-enveloppe": [ANNEE, body("ccas").pk]}
    given |= {"financement-version": [version.numero], "decision-argent": [taken.numero]}
    attach(by=by, ligne=found, decision=taken)
    given |= {"financement-detacher": [found.code, taken.numero]}
    decision(by, taken.reunion)  # the latest, to which nothing is attached
    asked = ask(by=by, espace=espace, annee=ANNEE, financeurs=[body("ccas")], close_le=horloge.today() + WEEK)[0]
    answer(demande=asked, said={found.pk: {"etat": "vote", "montant": Decimal(3000)}})
    said, token = found.reponses.get().pk, token_of(asked)
    given |= {name: [said] for name in ("financement-inscrire", "financement-ecarter")}
    given |= corrected(by, espace)
    numero = weighed(by, espace)
    given |= {f"financement-scenario{one}": [numero] for one in ("", "-renommer", "-supprimer", "-adopter")}
    given |= {"financement-scenario-export": [numero, "xlsx"], "financement-scenario-rangee": [numero, "O01-A01"]}
    return given | {"financement-arreter": [asked.pk], "financeur": [token], "financeur-abime": [f"{token}&data=x"]}


def corrected(by: Acces, espace: EspaceDeContrat) -> Arguments:
    """A scheme of which the team said something, and which « mairie » corrects."""
    line = LigneDeCredits.objects.filter(espace=espace, organisation=body("mairie"))[0]
    nom = "Aide fictive aux jardins"
    Dispositif.objects.create(ligne=line, rang=9, nom=nom, nom_usuel=nom, cle=comparable(nom))
    open_schemes(espace)
    fiche = FicheDeDispositif.objects.of(espace).get(nom=nom)
    describe(by=by, fiche=fiche, version=1, changes={"pour_qui": "Associations", "quand": "En janvier"})
    asked = ask(by=by, espace=espace, annee=ANNEE, financeurs=[body("mairie")], close_le=horloge.today() + WEEK)[0]
    answer(demande=asked, said={}, dispositifs={fiche.pk: {"dit": "corrige", "pour_qui": "Bailleurs"}})
    found = [fiche.reponses.get().pk]
    given: Arguments = {f"financement-dispositif{one}": [fiche.pk] for one in ("", "-decrire", "-verifier")}
    return given | {f"financement-correction-{one}": found for one in ("inscrire", "ecarter")}


def read_before(by: Acces, espace: EspaceDeContrat) -> Arguments:
    """A file of subsidies that was put beside the ledger: a line to open, one that is there, one of another policy."""
    rows = "\n".join(
        ("nomAttribuant,dateConvention,nomBeneficiaire,idBeneficiaire,objet,montant",
         "CCAS,2026-03-12,Association fictive,73282932000074,Contrat de ville O01,700",
         "CCAS,2026-03-12,Association fictive,73282932000074,Fête du village,300")
    )  # fmt: skip
    grille = read_rows([pasted(rows)], COLONNES, REQUIRED)
    made = keep_comparison(by=by, espace=espace, nom="scdl.csv", tri=sift(grille.rangs, Lecture(espace)))
    return {f"financement-rapprochement{one}": [made.numero] for one in ("", "-reprendre")}


def weighed(by: Acces, espace: EspaceDeContrat) -> int:
    """A scenario that proposes an amount, beside another."""
    found, caf = action(espace), body("caf").pk
    made = open_scenario(by=by, espace=espace, annee=ANNEE, nom="Priorité à l’emploi")
    row = Chose(found.action.orientation, found)
    propose(by=by, scenario=made, chose=row, version=0, lus={}, montants={caf: Decimal(2500)})
    open_scenario(by=by, espace=espace, annee=ANNEE, nom="Enveloppe entière", depuis=made)
    return made.numero


def decided(by: Acces, espace: EspaceDeContrat) -> Decision:
    """A decision of a comité of its own: other rooms make theirs in the same contract."""
    signed = InstanceDeGouvernance.objects.create(espace=espace, code="G95", ordre=905, nom="Comité des financeurs")
    open_life(espace, BODIES)
    return decision(by, reunion(by, InstanceSuivie.objects.of(espace).get(instance=signed), days=3))


def defined(by: Acces, espace: EspaceDeContrat) -> None:
    """A budget and an envelope that someone said already."""
    found = action(espace)
    budget = budget_of(espace, ANNEE, found.action.orientation, found, "")
    say_budget(by=by, budget=budget, version=0, changes={"montant": Decimal(6000)})
    envelope = envelope_of(espace, ANNEE, body("ccas"))
    say_envelope(by=by, enveloppe=envelope, version=0, changes={"montant": Decimal(8000)})


ROUTES = {
    "financements": Route(TOUS, COMMUN, 14),
    "financements-export": Route(TOUS, FICHIER, 8),
    "financements-importer": Route(PARTENAIRES, COMMUN, 9),
    "financements-comparer": Route(EQUIPE, COMMUN, 6),
    "financements-a-remplir": Route(PARTENAIRES, FICHIER, 8),
    "financement-rapprochement": Route(EQUIPE, COMMUN, 13),
    "financement-rapprochement-reprendre": Route(EQUIPE, COMMUN, 16),
    "financement-publier": Route(PARTENAIRES, COMMUN, 9),
    "financement-subventions": Route(TOUS, COMMUN, 8, aussi=("?annee=toutes",)),
    "financement-subventions-export": Route(TOUS, FICHIER, 6, aussi=("?annee=toutes",)),
    "financement-nouveau": Route(PARTENAIRES, COMMUN, 9),
    "financement": Route(TOUS, COMMUN, 13),
    "financement-dire": Route(PARTENAIRES, COMMUN, 6),
    "financement-decider": Route(EQUIPE, COMMUN, 9),
    "financement-detacher": Route(EQUIPE, COMMUN, 9),
    "decision-argent": Route(EQUIPE, COMMUN, 9),
    "financement-tableau": Route(TOUS, COMMUN, 14, aussi=("?registre=droit-commun", "?annee=toutes")),
    "financement-tableau-export": Route(TOUS, FICHIER, 12, aussi=("?annee=toutes",)),
    "financement-budget": Route(EQUIPE, COMMUN, 8),
    "financement-enveloppe": Route(EQUIPE, COMMUN, 8),
    "financement-scenarios": Route(TOUS, COMMUN, 16, aussi=("?annee=2025",)),
    "financement-scenario": Route(TOUS, COMMUN, 16),
    "financement-scenario-export": Route(TOUS, FICHIER, 15),
    "financement-scenario-nouveau": Route(EQUIPE, COMMUN, 8),
    "financement-scenario-rangee": Route(EQUIPE, COMMUN, 17),
    "financement-scenario-renommer": Route(EQUIPE, COMMUN, 8),
    "financement-scenario-supprimer": Route(EQUIPE, COMMUN, 8),
    "financement-scenario-adopter": Route(EQUIPE, COMMUN, 9),
    "financement-dispositifs": Route(TOUS, COMMUN, 14, aussi=("?etat=vide",)),
    "financement-dispositifs-export": Route(TOUS, FICHIER, 10),
    "financement-dispositif": Route(TOUS, COMMUN, 14),
    "financement-dispositif-decrire": Route(EQUIPE, COMMUN, 8),
    "financement-dispositif-verifier": Route(EQUIPE, COMMUN, 8),
    "financement-correction-inscrire": Route(EQUIPE, COMMUN, 8),
    "financement-correction-ecarter": Route(EQUIPE, COMMUN, 8),
    "financement-images": Route(TOUS, COMMUN, 16),
    "financement-figer": Route(EQUIPE, COMMUN, 16),
    "financement-demandes": Route(EQUIPE, COMMUN, 8),
    "financement-interroger": Route(EQUIPE, COMMUN, 7),
    "financement-arreter": Route(EQUIPE, COMMUN, 6),
    "financement-inscrire": Route(EQUIPE, COMMUN, 6),
    "financement-ecarter": Route(EQUIPE, COMMUN, 6),
    "financeur": Route(LIEN, COMMUN, 8),
    "financeur-abime": Route(LIEN, RENVOI, 1),
    "financement-version": Route(TOUS, COMMUN, 16),
}
