"""The long works of the workshop: reading a document dropped on the site, to make a contract of it or to join it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.urls import reverse

from tenir.acteurs.models import Personne
from tenir.atelier import enfant
from tenir.atelier.genres_de_travaux import DOCUMENT_D_UN_BROUILLON, LECTURE_DE_DOCUMENT, RELECTURE_D_UN_BROUILLON
from tenir.atelier.models import Brouillon
from tenir.atelier.services.creation import Compris, Depose, creer, relire
from tenir.atelier.services.identite import joindre_document
from tenir.atelier.services.mise_en_page import its_document, proposer, what_changes
from tenir.core.models import Travail
from tenir.core.travaux.chantier import Fin, Suivi, TravailRefuse
from tenir.core.travaux.demande import Demande
from tenir.core.typographie import pluriel, typo
from tenir.ecran import travaux
from tenir.ecran.navigation import address
from tenir.fichier.modeles import ContratDeVille
from tenir.habilitations.rights import Acces, Refus, acces_of
from tenir.lecteur.document import PAS_UN_CONTRAT, LectureRefusee

UNDERSTANDING = "Recherche des axes, des orientations, des actions, des engagements"
AUTREMENT = "Si c’en est un, partez d’un contrat vide, joignez-lui ce document, puis montrez sa mise en page."
NAME = 120
"""How much of the name of a file the title of the work shows."""


def ask_to_read(acces: Acces, *, adresse: str, titre: str, nom: str, fichier: bytes) -> Travail:
    """Ask for a document to be read, and a contract made of it at an address.

    Raises:
        Refus: she may not create a contract.
    """
    given = {"nom": nom, "adresse": adresse, "titre": titre}
    said, back = f"Lecture du document « {nom[-NAME:]} »", reverse("contrat-nouveau")
    demande = Demande(LECTURE_DE_DOCUMENT, typo(said), back, given, depose=fichier, nom_depose="document")
    return travaux.ask(acces, None, demande)


def ask_to_join(acces: Acces, brouillon: Brouillon, *, nom: str, fichier: bytes) -> Travail:
    """Ask for a document to be read and joined to a draft.

    Raises:
        Refus: she may not write in it.
    """
    espace = brouillon.espace
    given = {"nom": nom, "brouillon": brouillon.pk}
    said, back = f"Lecture du document « {nom[-NAME:]} »", address("atelier", espace)
    demande = Demande(DOCUMENT_D_UN_BROUILLON, typo(said), back, given, depose=fichier, nom_depose="document")
    return travaux.ask(acces, espace, demande)


def ask_to_reread(acces: Acces, brouillon: Brouillon, gabarit: dict[str, Any]) -> Travail:
    """Ask for the document of a draft to be read again, by what was said of its layout.

    Raises:
        Refus: she may not write in it.
    """
    espace = brouillon.espace
    given = {"brouillon": brouillon.pk, "revision": brouillon.revision, "gabarit": gabarit}
    demande = Demande(RELECTURE_D_UN_BROUILLON, "Nouvelle lecture du document", address("atelier", espace), given)
    return travaux.ask(acces, espace, demande)


def reread(travail: Travail, suivi: Suivi) -> Fin:
    """Read the document of a draft again, and keep what is understood until someone accepts it.

    Raises:
        TravailRefuse: the draft is over or was changed meanwhile, or nothing is understood.
    """
    brouillon = Brouillon.objects.select_related("espace").filter(pk=travail.argument["brouillon"]).first()
    document = its_document(brouillon) if brouillon else None
    if brouillon is None or document is None:
        raise TravailRefuse("Ce texte n’a plus de document à relire.")
    gabarit, revision = travail.argument["gabarit"], travail.argument["revision"]
    suivi.dire(0, 1, UNDERSTANDING)
    try:
        compris = relire(Depose(document.nom, document.lu), gabarit)
    except LectureRefusee as error:
        raise TravailRefuse(typo(f"{error} Rien n’a changé.")) from error
    by, espace = acces_of(Personne.objects.get(pk=travail.acteur)), brouillon.espace

    def write() -> None:
        try:
            proposer(by=by, brouillon=brouillon, compris=compris, gabarit=gabarit, revision=revision)
        except (Refus, ValidationError) as error:
            raise TravailRefuse(typo(_sentence(error))) from error

    phrase = typo(f"{what_changes(brouillon.lire(), compris.contrat)} Rien n’est encore changé.")
    return Fin(phrase, address("atelier-relecture", espace), ecrire=write)


def read_deposited(travail: Travail, suivi: Suivi) -> Fin:
    """Read a document, understand it, then make the contract.

    Raises:
        TravailRefuse: it cannot be read, or the address was taken meanwhile.
    """
    depose = _deposited(travail, suivi)
    suivi.dire(1, 2, UNDERSTANDING)
    try:
        compris = relire(depose)
    except LectureRefusee as error:
        raise TravailRefuse(typo(f"{error} {AUTREMENT}" if str(error) == PAS_UN_CONTRAT else str(error))) from error
    by, made = acces_of(Personne.objects.get(pk=travail.acteur)), list[Brouillon]()

    def write() -> None:
        try:
            compris.contrat = _called(compris, travail.argument["titre"])
            made.append(creer(by=by, adresse=travail.argument["adresse"], compris=compris, depose=depose))
        except (Refus, ValidationError) as error:
            raise TravailRefuse(typo(_sentence(error))) from error

    doubts = pluriel(len(compris.doutes), "point")
    phrase = typo(f"Le document est lu : {doubts} à trancher, rien n’est encore signé.")
    return Fin(phrase, suite=lambda: address("atelier", made[0].espace), ecrire=write)


def join_deposited(travail: Travail, suivi: Suivi) -> Fin:
    """Read a document, then join it to its draft.

    Raises:
        TravailRefuse: it cannot be read, or the draft is over.
    """
    depose = _deposited(travail, suivi)
    brouillon = Brouillon.objects.select_related("espace").filter(pk=travail.argument["brouillon"]).first()
    if brouillon is None:
        raise TravailRefuse("Ce texte n’existe plus.")
    by, espace = acces_of(Personne.objects.get(pk=travail.acteur)), brouillon.espace
    compris = None if brouillon.lire().items else _understood(depose, suivi)

    def write() -> None:
        try:
            joindre_document(by=by, brouillon=brouillon, depose=depose, compris=compris)
        except (Refus, ValidationError) as error:
            raise TravailRefuse(typo(_sentence(error))) from error

    return Fin(
        "Le document est joint : relisez les lignes qui n’ont pas de place.", address("atelier", espace), ecrire=write
    )


def _understood(depose: Depose, suivi: Suivi) -> Compris | None:
    """What is understood of a document for an empty draft; nothing of one that is not read as a contract."""
    suivi.dire(1, 2, UNDERSTANDING)
    try:
        return relire(depose)
    except LectureRefusee:
        return None


def _deposited(travail: Travail, suivi: Suivi) -> Depose:
    suivi.dire(0, 2, "Lecture du document")
    with travail.depose.open("rb") as given:
        content = given.read()
    try:
        return Depose(travail.argument["nom"], enfant.read(content))
    except LectureRefusee as error:
        raise TravailRefuse(typo(str(error))) from error


def _called(compris: Compris, titre: str) -> ContratDeVille:
    contrat = compris.contrat
    if not titre:
        return contrat
    return contrat.model_copy(update={"identite": contrat.identite.model_copy(update={"titre": titre})})


def _sentence(error: Exception) -> str:
    return " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
