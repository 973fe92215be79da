"""Where a contract begins: empty, from a contract file, from its document; where a signed text is opened again."""

from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from tenir.atelier import enfant
from tenir.atelier.models import Brouillon, DocumentDepose
from tenir.atelier.services.brouillon import GENRE, OUVERT, RIGHT
from tenir.contrat.chargement import without_drafts
from tenir.contrat.models import VersionDuContrat
from tenir.core import horloge
from tenir.core.trace import Fait, record
from tenir.core.typographie import typo
from tenir.fichier import canonique
from tenir.fichier.codage import AccentsIllisibles, PasDuTexte, decoded
from tenir.fichier.modeles import FORMAT, ContratDeVille, Identite, Periode
from tenir.fichier.validation import validate
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.numeros import hold
from tenir.habilitations.rights import Acces, require
from tenir.habilitations.services import trace_of
from tenir.lecteur.bornes import decode
from tenir.lecteur.document import DocumentLu
from tenir.territoire.fuseaux import zone_of_communes

CREATE = "contrat.create"
FAUTES = 10
"""How many faults of a contract file are told at once."""


@dataclass(frozen=True)
class Depose:
    """A document that was dropped: its name, and what the reading made of it (`enfant.read`)."""

    nom: str
    lu: dict[str, Any]

    @property
    def document(self) -> DocumentLu:
        """Its lines, with what typography says of each."""
        return decode(self.lu)


@dataclass
class Compris:
    """What was understood of a document: the contract, the doubts by code, the lines without a place and why."""

    contrat: ContratDeVille
    doutes: dict[str, Any] = field(default_factory=dict)
    raisons: dict[str, str] = field(default_factory=dict)


def relire(depose: Depose, gabarit: dict[str, Any] | None = None) -> Compris:
    """Understand a document that was dropped, by a layout when one was told. The one door by which it becomes a draft.

    Raises:
        LectureRefusee: no orientation is recognised, or the reading met its limits.
    """
    told = enfant.understand(without_ours(depose.lu), gabarit)
    contrat = without_drafts(ContratDeVille.model_validate(told["contrat"]))
    doubts = {
        code: {"niveau": niveau, "phrase": phrase, "etat": OUVERT}
        for code, (niveau, phrase) in told["avis"].items()
        if code in contrat.items
    }
    return Compris(contrat, doubts, {str(ligne): raison for ligne, raison in told["restes"]})


def without_ours(lu: dict[str, Any]) -> dict[str, Any]:
    """A document as the reader takes it."""
    return {name: value for name, value in lu.items() if name not in enfant.OURS}


def empty_contract(titre: str, debut: int, fin: int) -> Compris:
    """A contract of which only the name and the years are known.

    Raises:
        ValidationError: its years run backwards.
    """
    if fin < debut:
        raise ValidationError({"fin": "La période se termine avant de commencer."})
    identite = Identite(titre=titre, periode=Periode(debut=debut, fin=fin))
    return Compris(ContratDeVille(format=FORMAT, slug="brouillon", identite=identite))


def from_file(content: bytes) -> Compris:
    """The contract that a contract file says.

    Raises:
        ValidationError: it says none; its faults, as `tenir valider` tells them.
    """
    try:
        checked = validate(decoded(content).texte)
    except (PasDuTexte, AccentsIllisibles) as error:
        raise ValidationError({"fichier": "Ce fichier contrat n’est pas du texte UTF-8."}) from error
    if checked.contrat is None:
        raise ValidationError({"fichier": [typo(str(one)) for one in checked.fautes[:FAUTES]]})
    return Compris(checked.contrat)


@transaction.atomic
def creer(*, by: Acces, adresse: str, compris: Compris, depose: Depose | None = None) -> Brouillon:
    """Make the space of a contract, and the draft of its text.

    Raises:
        Refus: she may not.
        ValidationError: the address is taken.
    """
    require(by, CREATE, None)
    refuse_taken(adresse)
    contrat = compris.contrat.model_copy(update={"slug": adresse})
    espace = EspaceDeContrat(
        slug=adresse,
        titre=contrat.identite.titre,
        fictif=contrat.fictif,
        debut=contrat.identite.periode.debut,
        fin=contrat.identite.periode.fin,
        fuseau=zone_of_communes([one.insee for one in contrat.identite.communes if one.insee]),
    )
    espace.full_clean()
    espace.save()
    made = _open(by, espace, contrat, compris)
    if depose is not None:
        keep_document(made, depose)
    told = [Fait("contrat", espace.slug, "création", "", espace.titre)]
    record(trace_of(espace), by.auteur(espace), told)
    return made


@transaction.atomic
def ouvrir(*, by: Acces, espace: EspaceDeContrat, objet: str, titre: str = "") -> Brouillon:
    """Open the text in force again, to correct its transcription or to prepare an avenant; the text of a contract that
    nobody signed yet, loaded by the command, opens to be signed.

    Raises:
        Refus: she may not.
        ValidationError: a text is in preparation already, or there is none in force.
    """
    require(by, RIGHT, espace)
    hold(espace)
    base = VersionDuContrat.objects.of(espace).first()
    if base is None:
        raise ValidationError("Ce contrat n’a pas encore de texte en vigueur.")
    made = Brouillon(
        espace=espace, objet=objet, base=base, titre=titre, ouvert_par=by.personne, ouvert_le=horloge.now()
    )
    if espace.etat == EspaceDeContrat.Etat.BROUILLON:
        made.objet, made.base = Brouillon.Objet.CONTRAT, None
    made.contrat = canonique.load(base.canonique).model_dump(mode="json", exclude_defaults=True)
    made.full_clean()
    made.save()
    told = [Fait(GENRE, espace.slug, made.get_objet_display(), "", titre or "ouverte")]
    record(trace_of(espace), by.auteur(espace), told)
    return made


@transaction.atomic
def keep_document(brouillon: Brouillon, depose: Depose) -> DocumentDepose:
    """Keep a document that was dropped; the same one, dropped again, is kept once."""
    document = depose.document
    return DocumentDepose.objects.get_or_create(
        brouillon=brouillon,
        sha256=document.sha256,
        defaults={
            "nom": depose.nom[-200:],
            "texte": document.texte,
            "lu": depose.lu,
            "remarques": list(document.remarques),
            "depose_le": horloge.now(),
        },
    )[0]


def refuse_taken(adresse: str) -> None:
    """Let no two contracts have one address.

    Raises:
        ValidationError: one has it.
    """
    if EspaceDeContrat.objects.filter(slug=adresse).exists():
        raise ValidationError({"adresse": "Un contrat a déjà cette adresse : choisissez-en une autre."})


def _open(by: Acces, espace: EspaceDeContrat, contrat: ContratDeVille, compris: Compris) -> Brouillon:
    return Brouillon.objects.create(
        espace=espace,
        contrat=contrat.model_dump(mode="json", exclude_defaults=True),
        doutes=compris.doutes,
        raisons=compris.raisons,
        ouvert_par=by.personne,
        ouvert_le=horloge.now(),
    )


DOCUMENT, FICHIER, VIDE = "document", "fichier", "vide"
"""From what a contract begins."""


def refuse_incomplete(depuis: str, *, adresse: str, titre: str, taille: int | None) -> None:
    """What must be known before anything is read. `taille`: how many bytes were given, none without a file.

    Raises:
        ValidationError: a taken address, no file where one is read, a file too big, no title where none is read.
    """
    refuse_taken(adresse)
    if depuis == VIDE and not titre.strip():
        raise ValidationError({"titre": "Donnez le titre du contrat."})
    if depuis != VIDE:
        refuse_file(taille)


def refuse_file(taille: int | None) -> None:
    """Let no file be read that is not there, or too big.

    Raises:
        ValidationError: it is so.
    """
    if not taille:
        raise ValidationError({"fichier": "Choisissez un fichier." if taille is None else "Ce fichier est vide."})
    if taille > enfant.LIMITES.octets:
        raise ValidationError({"fichier": typo(f"Ce fichier pèse plus de {enfant.LIMITES.octets // 1024 // 1024} Mo.")})
