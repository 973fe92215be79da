"""Loading a contract file: the only way a signed contract enters or changes.

A draft is replaced freely. A signed contract changes in two ways only: a correction of transcription, or an avenant,
each with its reason; otherwise the differences are shown and nothing changes.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.utils import timezone

from tenir.acteurs.services import OrganismesInconnus, sync_organisations
from tenir.contrat.models import Chargement, DocumentSigne, VersionDuContrat
from tenir.contrat.projection import project
from tenir.contrat.recherche import between_spaces, rebuild_index
from tenir.core import horloge, trace
from tenir.core.piece import each
from tenir.core.typographie import accord, date_fr
from tenir.fichier import canonique
from tenir.fichier.codes import sort_key
from tenir.fichier.coherence import incoherences
from tenir.fichier.comparaison import Changement, Nature, compare, name_of
from tenir.fichier.contenus import non_lus
from tenir.fichier.document import DocumentNormalise
from tenir.fichier.modeles import ContratDeVille, LigneDeCredits, OrganismeCite, Signataire, Territoire
from tenir.fichier.objet import walk
from tenir.fichier.source import Plage
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.services import trace_of
from tenir.territoire.fuseaux import zone_of_communes
from tenir.territoire.services import sync_territoires

Etat = EspaceDeContrat.Etat
NatureDeVersion = VersionDuContrat.Nature


class ChargementRefuse(Exception):
    """The file may not be loaded; the message is the French sentence, `changements` what it would have changed."""

    def __init__(self, message: str, changements: Iterable[Changement] = ()) -> None:
        super().__init__(message)
        self.changements = tuple(changements)


@dataclass(frozen=True)
class Motif:
    """Why a signed contract changes, in which way, and from when for an avenant."""

    nature: NatureDeVersion
    texte: str
    en_vigueur_le: date | None = None


@dataclass
class Bilan:
    """What a load did, by code."""

    espace: EspaceDeContrat
    crees: list[str] = field(default_factory=list)
    modifies: list[str] = field(default_factory=list)
    retires: list[str] = field(default_factory=list)
    nouvelle_version: bool = False
    document_joint: bool = False
    changements: list[Changement] = field(default_factory=list)

    def resume(self) -> dict[str, object]:
        """The counts and codes kept with the load."""
        return {
            "crees": len(self.crees),
            "modifies": len(self.modifies),
            "retires": len(self.retires),
            "codes_modifies": self.modifies,
            "codes_retires": self.retires,
            "nouvelle_version": self.nouvelle_version,
            "document_joint": self.document_joint,
        }

    def phrase(self) -> str:
        """The summary an agent reads."""
        told = {"créé": self.crees, "modifié": self.modifies, "retiré": self.retires}
        counts = ", ".join(f"{len(codes)} {accord(len(codes), word)}" for word, codes in told.items())
        attached = " Document signé joint." if self.document_joint else ""
        return f"{self.espace} : {counts}.{attached}"


@transaction.atomic
def load_contract(
    text: str,
    *,
    commande: str,
    document: DocumentNormalise | None = None,
    motif: Motif | None = None,
    auteur: trace.Auteur | None = None,
) -> Bilan:
    """Load the text of a contract file, with its signed document when given.

    `auteur`: who asks for it on the site; a command otherwise. Idempotent: loading again what is loaded changes no
    version. One `Chargement` is kept of every load.

    Raises:
        ChargementRefuse: incoherent file, unexpected document, a signed contract without a reason, a code that
            vanishes or comes back.
        pydantic.ValidationError, NotYaml: the text is no contract file.
    """
    loaded = canonique.load(text)
    contrat = loaded.texte_signe
    _refuse_incoherent(contrat)
    espace = _espace(contrat)
    current = VersionDuContrat.objects.of(espace).first()
    signed = _document(espace, contrat, document)
    contrat = without_drafts(contrat) if signed else contrat
    bilan = _bilan(espace, current, contrat)
    attached = _attach(espace, contrat, signed)
    bilan.document_joint = document is not None and attached
    version = _version(espace, current, contrat, motif, bilan)
    if bilan.nouvelle_version or bilan.document_joint:
        _write(espace, contrat, signed)
    Chargement.objects.create(
        espace=espace,
        version=version,
        commande=commande,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        motif=_why(motif),
        resume=bilan.resume(),
    )
    who = auteur or trace.Auteur(commande=commande)
    trace.record(trace_of(espace), who, _faits(bilan, version), motif=_why(motif))
    _tell_rooms_above(espace, loaded)
    return bilan


def _tell_rooms_above(espace: EspaceDeContrat, contrat: ContratDeVille) -> None:
    for do in each("after_load"):
        do(espace, contrat)


def _why(motif: Motif | None) -> str:
    return motif.texte if motif else ""


def _faits(bilan: Bilan, version: VersionDuContrat) -> list[trace.Fait]:
    """What the trace tells of a load: the version it made, the document it attached, each field it changed."""
    slug = bilan.espace.slug
    faits = [trace.Fait("contrat", slug, "version", apres=str(version.numero))] if bilan.nouvelle_version else []
    if bilan.document_joint:
        faits.append(trace.Fait("contrat", slug, "document signé", apres="joint"))
    return faits + [
        trace.Fait(change.genre, change.code, change.champ or change.nature.value, *change.valeurs())
        for change in bilan.changements
    ]


def export_contract(slug: str, on: date | None = None) -> str:
    """The canonical file of a contract, as in force on a day (the latest version by default).

    Raises:
        ChargementRefuse: no such contract, or nothing in force on that day.
    """
    espace = EspaceDeContrat.objects.filter(slug=slug).first()
    if espace is None:
        raise ChargementRefuse(f"Aucun contrat n’a l’adresse « {slug} ».")
    versions = VersionDuContrat.objects
    version = versions.en_vigueur(espace, on) if on else versions.of(espace).first()
    if version is None:
        raise ChargementRefuse(f"{espace} n’était pas en vigueur à cette date.")
    return version.canonique


def rebuild_projection(espace: EspaceDeContrat) -> None:
    """Make the typed tables again from the latest version; rows and codes come out the same."""
    version = VersionDuContrat.objects.of(espace)[:1].get()
    kept = DocumentSigne.objects.filter(espace=espace).first()
    contrat = canonique.load(version.canonique)
    with transaction.atomic():
        _write(espace, contrat, kept.normalise() if kept else None)
        _tell_rooms_above(espace, contrat)


def without_drafts(contrat: ContratDeVille) -> ContratDeVille:
    """The contract without the `texte` of its items: the attached document holds the words."""
    if all(item.texte is None for item in contrat.items.values()):
        return contrat
    data = canonique.as_data(contrat)
    return ContratDeVille.model_validate(_strip_texte(data))


def _strip_texte(data: object) -> object:
    if isinstance(data, dict):
        return {name: _strip_texte(value) for name, value in data.items() if name != "texte"}
    return [_strip_texte(value) for value in data] if isinstance(data, list) else data


def _refuse_incoherent(contrat: ContratDeVille) -> None:
    faults = list(incoherences(contrat))
    if faults:
        shown = "\n".join(f"  {fault.message} {fault.remede}" for fault in faults[:10])
        raise ChargementRefuse(f"Ce fichier n’est pas cohérent (lancez « tenir valider ») :\n{shown}")


def _espace(contrat: ContratDeVille) -> EspaceDeContrat:
    """The space of the contract, made when it is new, and locked: two loads of one contract follow one another."""
    communes = [one.insee for one in contrat.identite.communes if one.insee]
    EspaceDeContrat.objects.get_or_create(
        slug=contrat.slug,
        defaults={
            "fuseau": zone_of_communes(communes),
            "titre": contrat.identite.titre,
            "fictif": contrat.fictif,
            "etat": Etat.SIGNE if contrat.identite.signature else Etat.BROUILLON,
            "debut": contrat.identite.periode.debut,
            "fin": contrat.identite.periode.fin,
        },
    )
    return EspaceDeContrat.objects.select_for_update().get(slug=contrat.slug)


def _document(
    espace: EspaceDeContrat, contrat: ContratDeVille, given: DocumentNormalise | None
) -> DocumentNormalise | None:
    """The document whose words show: the one given, or the one attached before when the file still expects it."""
    spans = contrat.spans_of_names
    if given is not None:
        _refuse_other_document(contrat, given)
        return DocumentNormalise(given.texte, spans)
    kept = DocumentSigne.objects.filter(espace=espace).first()
    if kept is None or contrat.document is None or kept.sha256 != contrat.document.sha256:
        return None
    return DocumentNormalise(kept.texte, spans)


def _refuse_other_document(contrat: ContratDeVille, given: DocumentNormalise) -> None:
    if contrat.document is None:
        raise ChargementRefuse(
            "Ce fichier contrat n’attend aucun document : ajoutez-lui « document », avec son empreinte SHA-256."
        )
    if contrat.document.sha256 != given.sha256:
        raise ChargementRefuse(
            f"Ce n’est pas le document attendu : le fichier contrat attend l’empreinte "
            f"{contrat.document.sha256[:12]}…, celui-ci porte {given.sha256[:12]}…. Joignez le document signé."
        )


def _attach(espace: EspaceDeContrat, contrat: ContratDeVille, document: DocumentNormalise | None) -> bool:
    """Keep the document, with the names to mask as the file says today; tell whether that changed anything.

    A document that the file no longer expects goes: its words would show with the masks of another text.
    """
    if document is None:
        DocumentSigne.objects.filter(espace=espace).delete()
        return False
    masked = _written(contrat.spans_of_names)
    if DocumentSigne.objects.filter(espace=espace, sha256=document.sha256, noms_masques=masked).exists():
        return False
    DocumentSigne.objects.update_or_create(
        espace=espace,
        defaults={
            "texte": document.texte,
            "sha256": document.sha256,
            "noms_masques": masked,
            "joint_le": timezone.now(),
        },
    )
    return True


def _written(spans: tuple[Plage, ...]) -> str:
    return ", ".join(str(plage) for plage in spans)


def _bilan(espace: EspaceDeContrat, current: VersionDuContrat | None, contrat: ContratDeVille) -> Bilan:
    if current is None:
        return Bilan(espace, crees=list(contrat.items), nouvelle_version=True)
    if current.canonique == canonique.dump(contrat):
        return Bilan(espace)
    changes = compare(canonique.load(current.canonique), contrat)
    return Bilan(
        espace,
        crees=_codes(changes, Nature.AJOUT),
        modifies=_codes(changes, Nature.MODIFICATION),
        retires=_codes(changes, Nature.RETRAIT),
        nouvelle_version=True,
        changements=changes,
    )


def _codes(changes: list[Changement], nature: Nature) -> list[str]:
    return list(dict.fromkeys(change.code for change in changes if change.nature is nature))


def _version(
    espace: EspaceDeContrat,
    current: VersionDuContrat | None,
    contrat: ContratDeVille,
    motif: Motif | None,
    bilan: Bilan,
) -> VersionDuContrat:
    """The version in force after this load: the current one, or a new one when the rules allow it."""
    if current is None:
        if contrat.identite.signature and espace.etat == Etat.BROUILLON:
            espace.etat = Etat.SIGNE
        return _new_version(espace, 1, contrat, NatureDeVersion.INITIALE, "", _starts_on(contrat))
    if not bilan.nouvelle_version:
        return current
    if espace.etat == Etat.BROUILLON:
        return _replace_draft(espace, current, contrat)
    before = canonique.load(current.canonique)
    if canonique.dump(without_drafts(before)) == canonique.dump(contrat):
        return _rewrite(current, contrat)  # the document has come: its words replace what was typed, nothing else
    _refuse_without_reason(motif, before, contrat)
    assert motif is not None  # noqa: S101 - refused above
    _refuse_vanished_codes(bilan, before, contrat)
    _refuse_reused_codes(espace, bilan, contrat)
    starts = _change_starts_on(motif, current)
    return _new_version(espace, current.numero + 1, contrat, motif.nature, motif.texte.strip(), starts)


def _change_starts_on(motif: Motif, current: VersionDuContrat) -> date:
    """A correction is in force since what it corrects; an avenant from its own day, never before what it changes.

    The site shows what binds today, so an avenant is loaded on its day or after, never ahead.
    """
    if motif.nature is NatureDeVersion.CORRECTION:
        return current.en_vigueur_le
    starts = motif.en_vigueur_le or horloge.real_today(current.espace)
    if starts > horloge.real_today(current.espace):
        raise ChargementRefuse(
            f"Cet avenant entre en vigueur le {date_fr(starts)} : chargez-le ce jour-là, le site montre ce qui vaut "
            "aujourd’hui."
        )
    if starts < current.en_vigueur_le:
        raise ChargementRefuse(
            f"Cet avenant entrerait en vigueur le {date_fr(starts)}, avant le texte qu’il modifie "
            f"({date_fr(current.en_vigueur_le)}) : vérifiez sa date (--date)."
        )
    return starts


def _refuse_without_reason(motif: Motif | None, before: ContratDeVille, after: ContratDeVille) -> None:
    if motif is None or not motif.texte.strip():
        raise ChargementRefuse(
            "Ce contrat est signé : rien n’a changé. Pour l’appliquer, dites si c’est une correction de "
            "transcription (--correction) ou un avenant (--avenant), et pourquoi (--motif).",
            compare(before, after),
        )


def _refuse_vanished_codes(bilan: Bilan, before: ContratDeVille, contrat: ContratDeVille) -> None:
    """A code that leaves is told in `codes_retires`, and stays told unless it comes back."""
    told = {retired.code for retired in contrat.codes_retires}
    known = [*bilan.retires, *(retired.code for retired in before.codes_retires)]
    silent = [code for code in known if code not in told and code not in contrat.items]
    if silent:
        raise ChargementRefuse(
            f"{', '.join(silent[:10])} : disparu du fichier sans être inscrit dans « codes_retires ». "
            "Un code signé ne s’efface pas : inscrivez-le, avec son remplaçant s’il y en a un."
        )


def _refuse_reused_codes(espace: EspaceDeContrat, bilan: Bilan, contrat: ContratDeVille) -> None:
    """A code that a signed version withdrew comes back only as the very item it last named."""
    last_names: dict[str, str] = {}
    for version in VersionDuContrat.objects.of(espace) if bilan.crees else ():
        past = canonique.load(version.canonique).items
        last_names = {code: name_of(past[code]) for code in bilan.crees if code in past} | last_names
    reused = [code for code, name in last_names.items() if name_of(contrat.items[code]) != name]
    if reused:
        codes = ", ".join(sorted(reused, key=sort_key))
        raise ChargementRefuse(f"{codes} : un code retiré ne ressert pas. Prenez le prochain code libre.")


def _replace_draft(espace: EspaceDeContrat, current: VersionDuContrat, contrat: ContratDeVille) -> VersionDuContrat:
    current.en_vigueur_le = _starts_on(contrat)
    if contrat.identite.signature:
        espace.etat = Etat.SIGNE
    return _rewrite(current, contrat)


def _rewrite(current: VersionDuContrat, contrat: ContratDeVille) -> VersionDuContrat:
    current.canonique = canonique.dump(contrat)
    current.sha256 = hashlib.sha256(current.canonique.encode()).hexdigest()
    current.save(update_fields=["canonique", "sha256", "en_vigueur_le"])
    return current


def _new_version(
    espace: EspaceDeContrat,
    numero: int,
    contrat: ContratDeVille,
    nature: NatureDeVersion,
    motif: str,
    en_vigueur_le: date,
) -> VersionDuContrat:
    text = canonique.dump(contrat)
    return VersionDuContrat.objects.create(
        espace=espace,
        numero=numero,
        nature=nature,
        motif=motif,
        canonique=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        en_vigueur_le=en_vigueur_le,
    )


def _starts_on(contrat: ContratDeVille) -> date:
    signature = contrat.identite.signature
    return signature.date if signature else date(contrat.identite.periode.debut, 1, 1)


def _write(espace: EspaceDeContrat, contrat: ContratDeVille, document: DocumentNormalise | None) -> None:
    """Bring the space, its territories, its items and its search index to what the contract says."""
    espace.titre, espace.fictif = contrat.identite.titre, contrat.fictif
    espace.debut, espace.fin = contrat.identite.periode.debut, contrat.identite.periode.fin
    espace.non_lus = [str(kind) for kind in non_lus(contrat)]
    territoires = sync_territoires(contrat.identite)
    espace.territoires.set(territoires)
    espace.mots = between_spaces([espace.titre, *(f"{t.nom} {t.code} {t.departement}" for t in territoires)])
    espace.save(update_fields=["titre", "fictif", "debut", "fin", "etat", "mots", "non_lus"])
    try:
        bodies = sync_organisations(_bodies(contrat))
    except OrganismesInconnus as error:
        raise ChargementRefuse(
            f"{error} : ce site ne connaît pas cet organisme. Ajoutez-le, puis corrigez le fichier."
        ) from error
    project(espace, contrat, document, bodies)
    rebuild_index(espace)


def _bodies(contrat: ContratDeVille) -> set[str]:
    kinds = (OrganismeCite, LigneDeCredits, Signataire, Territoire)
    return {p.objet.organisme for p in walk(contrat) if isinstance(p.objet, kinds) and p.objet.organisme}
