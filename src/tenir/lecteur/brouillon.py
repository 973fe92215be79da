"""From a document to the draft contract file: every reader in turn, then every line in its place."""

import re
from dataclasses import dataclass

from tenir.fichier.modeles import FORMAT, ContratDeVille, DocumentSigne, Identite, Indicateur, Partie, Periode
from tenir.fichier.mots import plain
from tenir.lecteur.avis import Atelier, Avis
from tenir.lecteur.bilan import lire_bilan
from tenir.lecteur.document import DocumentLu, LectureRefusee
from tenir.lecteur.gouvernance import lire_instances
from tenir.lecteur.indicateurs import avec_repetitions, lire_indicateurs
from tenir.lecteur.lieux import lire_lieux
from tenir.lecteur.lignes import Texte
from tenir.lecteur.noms import noms_masques
from tenir.lecteur.organismes import territoires
from tenir.lecteur.orientations import codes_d_orientations, lire_axes
from tenir.lecteur.plan import Plan, plan
from tenir.lecteur.portrait import lire_portrait
from tenir.lecteur.protocole import avec_signature, lire_articles
from tenir.lecteur.repartition import Possession, Reste, repartir
from tenir.lecteur.signataires import lire_signataires

PAS_UN_CONTRAT = "Aucune orientation n’a été reconnue dans ce document : est-ce bien un contrat de ville ?"
_PERIODE = re.compile(r"\b(20\d\d)\s?(?:[-–/]|à)\s?(20\d\d)\b")
DUREES = range(4, 11)  # years between the first and the last of a contract


@dataclass(frozen=True)
class Lecture:
    """What was understood of a document: the draft, how sure, and what belongs to nothing."""

    contrat: ContratDeVille
    avis: dict[str, Avis]
    restes: tuple[Reste, ...]
    document: DocumentLu


def lire(document: DocumentLu) -> Lecture:
    """Read a document into a draft contract file.

    Raises:
        LectureRefusee: no orientation is recognised.
    """
    texte = Texte(document, noms_masques(document))
    atelier = Atelier(texte, territoires(document.texte))
    read = plan(texte)
    axes, possessions = lire_axes(atelier, read)
    sections = avec_signature(texte, read.sections)
    if not axes:
        raise LectureRefusee(PAS_UN_CONTRAT)
    signataires, held = lire_signataires(atelier, read)
    draft = ContratDeVille(
        format=FORMAT,
        slug=f"projet-{document.sha256[:8]}",
        fictif=_fictif(texte),
        identite=_identite(texte),
        document=DocumentSigne(
            titre=_titre(texte),
            sha256=document.sha256,
            lignes=max(1, len(document.lignes)),
            noms_masques=texte.noms_masques,
        ),
        articles=lire_articles(atelier, read),
        contrat_precedent=lire_bilan(atelier, sections, _identite(texte).periode.debut),
        diagnostic=lire_portrait(atelier, sections),
        lieux=lire_lieux(atelier, sections),
        axes=axes,
        signataires=signataires,
        instances=lire_instances(atelier, [r for r in sections if r.nature == "gouvernance"]),
        indicateurs=_indicateurs(atelier, read, {o.code: o.titre_imprime for axe in axes for o in axe.orientations}),
    )
    owned = {possession.region.debut for possession in held}
    possessions += held + [Possession("", region) for region in sections if region.debut not in owned]
    parties, restes = repartir(atelier, draft, possessions, read.sommaire)
    return Lecture(_with_parts(draft, parties), atelier.avis, restes, document)


def _indicateurs(atelier: Atelier, read: Plan, titres: dict[str, str]) -> tuple[Indicateur, ...]:
    """The indicators printed inside orientations and fiches, then those of the annex, numbered in document order."""
    own = codes_d_orientations(read)
    found: list[Indicateur] = []
    for place in read.orientations:
        rubriques = [*place.rubriques, *(r for fiche in place.fiches for r in fiche.rubriques)]
        regions = [r for r in rubriques if r.nature == "indicateurs"]
        found += lire_indicateurs(atelier, regions, titres, len(found) + 1, own[place.titre.debut])
    annex = [region for region in read.sections if region.nature == "indicateurs"]
    found += lire_indicateurs(atelier, annex, titres, len(found) + 1)
    return avec_repetitions(atelier, found)


def _with_parts(draft: ContratDeVille, parties: dict[str, list[Partie]]) -> ContratDeVille:
    axes = tuple(
        axe.model_copy(
            update={
                "orientations": tuple(
                    o.model_copy(update={"parties": tuple(parties.get(o.code, ()))}) for o in axe.orientations
                )
            }
        )
        for axe in draft.axes
    )
    signataires = tuple(s.model_copy(update={"parties": tuple(parties.get(s.code, ()))}) for s in draft.signataires)
    return draft.model_copy(update={"axes": axes, "signataires": signataires, "parties": tuple(parties.get("", ()))})


def _titre(texte: Texte) -> str:
    first = next((texte.net(n) for n in texte.pleines(1, len(texte.document.lignes))), "Document sans titre")
    return re.sub(r"\s+", " ", first)[:200]


def _fictif(texte: Texte) -> bool:
    """Whether the document says of itself, at its very start, that it is invented."""
    opening = " ".join(texte.net(n) for n in texte.pleines(1, 20))
    return "fictif" in plain(opening).split() or "fictive" in plain(opening).split()


def _identite(texte: Texte) -> Identite:
    spans = [(int(a), int(b)) for a, b in _PERIODE.findall(texte.document.texte)]
    years = max((pair for pair in spans if pair[1] - pair[0] in DUREES), default=(2024, 2030))
    titre = _titre(texte)
    said = f"{titre} (fictif)" if _fictif(texte) and "fictif" not in titre.casefold() else titre
    return Identite(titre=said, periode=Periode(debut=years[0], fin=years[1]))
