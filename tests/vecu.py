"""A contract with all that its rooms make, planted, and its readers (`tests/visites/conftest.py` keeps one)."""

import hashlib
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path

from tenir.acteurs.models import Personne
from tenir.contrat.chargement import load_contract
from tenir.contrat.models import Dispositif
from tenir.core import horloge
from tenir.core.documents import digest
from tenir.core.trace import Auteur, Fait, record
from tenir.fiches.services.fiche import GENRE
from tenir.fiches.services.pieces import RESERVEE
from tenir.fichier import canonique
from tenir.fichier.document import read_document
from tenir.financement.models import FicheDeDispositif
from tenir.gouvernance.dossier import file_of
from tenir.gouvernance.models import AgendaPersonnel, DossierDeReunion
from tenir.gouvernance.services.agendas import token_of
from tenir.gouvernance.services.dossiers import write_down
from tenir.habilitations.models import EspaceDeContrat, Habilitation
from tenir.habilitations.niveaux import JAMAIS, Niveau
from tenir.habilitations.publications import PUBLIE
from tenir.habilitations.roles import Role
from tenir.habilitations.services import publish, trace_of
from tenir.points.models import Destinataire, PointDEtape, Question
from tenir.points.synthese import synthesis_of
from tests import routes
from tests.ecriture_des_marques import word
from tests.marques import Marque, Semis, sow
from tests.parcours import Parcours
from tests.personnes import member
from tests.routes import Arguments

PETIT = Path(__file__).parent / "public/petit.yaml"
NAME = "mq99999qm"
DOCUMENT = f"Contrat du Hameau\nFait au Hameau, par {NAME}\n"
TEXT = PETIT.read_text().replace(
    "articles:",
    f"document:\n  titre: Contrat du Hameau\n  sha256: {hashlib.sha256(DOCUMENT.encode()).hexdigest()}\n"
    f"  lignes: 2\n  noms_masques: 2[21-{20 + len(NAME)}]\narticles:",
    1,
)
"""The small contract of the public pages, and its signed document, which names someone."""


def load() -> EspaceDeContrat:
    """The contract, loaded with its document and public; its team keeps every kind of fact that it may keep."""
    signed = read_document(DOCUMENT.encode(), canonique.load(TEXT).spans_of_names)
    bilan = load_contract(TEXT, commande="tests", document=signed)
    EspaceDeContrat.objects.filter(pk=bilan.espace.pk).update(**dict.fromkeys(PUBLIE.values(), False))
    return publish(bilan.espace.slug, commande="tests")


def walkers(espace: EspaceDeContrat) -> dict[str, Personne]:
    """One person for each role of the contract; the partner acts for « ccas », which carries what the rooms make."""
    return {
        "equipe": member("Basile Pivot", Role.EQUIPE, espace),
        "partenaire": member("Cléo Relais", Role.PARTENAIRE, espace, of="ccas"),
        "lecture": member("Dan Liseur", Role.LECTURE, espace),
    }


def lived() -> Parcours:
    """The contract, all that the rooms make in it, planted; what the frozen synthesis tells is of what is planted."""
    espace = load()
    people = walkers(espace)
    arguments: Arguments = {}
    for module in routes.rooms().values():
        arguments |= routes.arguments_of(module, espace)
    semis = sow(espace, spared={someone.pk for someone in people.values()})
    semis.marques[NAME] = Marque("un nom du document signé", JAMAIS, espace)
    trace_a_reserved_piece(semis, arguments["fiche"][0])
    freeze_again(espace)
    find_schemes_again(espace)
    arguments["mon-agenda-ics"] = [give_feed_back(espace, people["lecture"])]
    held = Habilitation.objects.get(pk=arguments["habilitation-fin"][0])
    arguments["droits-d-une-personne"] = [held.personne_id]  # planting gave the role to someone new
    asked = Question.objects.get(pk=arguments["point-repondre"][1]).destinataire
    return Parcours(semis, people, arguments, asked)


def trace_a_reserved_piece(semis: Semis, code: str) -> None:
    """The trace of a pièce that the team alone reads, whose title is in the noun of the entry."""
    number, fiche = semis.number(), semis.espace.fiches.get(action__code=code)
    fact = Fait(GENRE, fiche.code, f"{RESERVEE} « {word(number)} »", "", "fichier")
    record(trace_of(semis.espace), Auteur(commande="tests"), [fact])
    semis.note(fiche, "titre d’une pièce réservée (trace)", (word(number),), Niveau.EQUIPE)


def find_schemes_again(espace: EspaceDeContrat) -> None:
    """What is known of schemes, under the keys of schemes that the planted contract names."""
    named = Dispositif.objects.filter(ligne__espace=espace, ligne__retire=False).order_by("cle")
    keys = named.values_list("cle", flat=True).distinct()
    for fiche, key in zip(FicheDeDispositif.objects.filter(espace=espace).order_by("pk"), keys, strict=False):
        FicheDeDispositif.objects.filter(pk=fiche.pk).update(cle=key)


def give_feed_back(espace: EspaceDeContrat, someone: Personne) -> str:
    """The link of a personal feed of someone who still holds a role: it is read by the rights of the day."""
    AgendaPersonnel.objects.filter(espace=espace, personne=someone).delete()
    feed = AgendaPersonnel.objects.filter(espace=espace).order_by("pk").first()
    assert feed is not None
    feed.personne, feed.revoque_le = someone, None
    feed.save()
    return token_of(feed)


def freeze_again(espace: EspaceDeContrat) -> None:
    """The synthesis of the point d’étape that is over, told again: of a fiche planted, whose answer was accepted.

    The files of meetings too: what is frozen has its digest.
    """
    point = PointDEtape.objects.filter(espace=espace, synthese_le__isnull=False).order_by("pk").first()
    assert point is not None
    expires = horloge.now() + timedelta(days=9)
    someone = member("Zoé Sollicitée", Role.LECTURE, espace)
    asked = Destinataire.objects.create(point=point, personne=someone, expire_le=expires)
    fiche = espace.fiches.order_by("pk").first()
    Question.objects.create(
        destinataire=asked, ordre=1, fiche=fiche, etat=Question.Etat.ACCEPTEE, repondu_le=horloge.now(), phrase="Vu."
    )
    document = synthesis_of(point, horloge.today())
    point.synthese, point.synthese_sha256 = asdict(document), digest(document)
    point.save()
    for dossier in DossierDeReunion.objects.filter(reunion__espace=espace, contenu__has_key="titre"):
        write_down(dossier, file_of(dossier.reunion, horloge.today()))
        dossier.save()
