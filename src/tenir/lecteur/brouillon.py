"""From a document to the draft contract file: every reader in turn, then every line in its place."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeVar

from tenir.fichier.contenus import a_verifier, non_lus
from tenir.fichier.enums import Forme
from tenir.fichier.modeles import FORMAT, ContratDeVille, DocumentSigne, Engagement, Indicateur, Orientation, Partie
from tenir.lecteur.avis import Atelier, Avis
from tenir.lecteur.bilan import lire_bilan
from tenir.lecteur.deux_organismes import separer
from tenir.lecteur.document import PAS_UN_CONTRAT, DocumentLu, LectureRefusee
from tenir.lecteur.gabarit import Gabarit
from tenir.lecteur.gouvernance import lire_instances
from tenir.lecteur.identite import est_fictif, titre_du_document
from tenir.lecteur.indicateurs import avec_repetitions, lire_indicateurs
from tenir.lecteur.intitules_devines import intitules_devines
from tenir.lecteur.lexique import cle
from tenir.lecteur.lieux import lire_lieux
from tenir.lecteur.lignes import Texte
from tenir.lecteur.maquettes import avec_maquettes, maquettes
from tenir.lecteur.masques import sans_noms
from tenir.lecteur.noms import noms_masques
from tenir.lecteur.organismes import territoires
from tenir.lecteur.orientations import codes_d_orientations, lire_axes
from tenir.lecteur.plan import Plan, plan
from tenir.lecteur.portrait import lire_portrait
from tenir.lecteur.protocole import avec_signature, lire_articles
from tenir.lecteur.renvois import Renvois
from tenir.lecteur.repartition import Possession, Reste, repartir
from tenir.lecteur.signataires import lire_signataires
from tenir.lecteur.soupcons import LONG_NOM, LONG_TITRE, soupconner
from tenir.lecteur.structure.etiquettes_de_tableaux import etiquettes_de_tableaux
from tenir.lecteur.structure.lecture import plan_par_structure

MIEUX = 1.05  # what the plan by structure must place more, for the plan by words to be left
MAL_LU = 3  # what one misread item costs, in items well placed


Ensemble = TypeVar("Ensemble", bound=Orientation)


@dataclass(frozen=True)
class Lecture:
    """What was understood of a document: the draft, how sure, and what belongs to nothing."""

    contrat: ContratDeVille
    avis: dict[str, Avis]
    restes: tuple[Reste, ...]
    document: DocumentLu

    @property
    def non_lus(self) -> tuple[str, ...]:
        """What must be said of whole kinds that nothing was read of, in French sentences."""
        return tuple(a_verifier(kind) for kind in non_lus(self.contrat))


def lire(document: DocumentLu, gabarit: Gabarit | None = None) -> Lecture:
    """Read a document into a draft contract file.

    Two plans are tried, by the words of headings and by what stands under them; the one that places more is kept. What
    a gabarit says of the headings settles it: the second is followed.

    Raises:
        LectureRefusee: no orientation is recognised.
    """
    told = gabarit or Gabarit()
    with told.dit():
        return _lire(document, told)


def _lire(document: DocumentLu, gabarit: Gabarit) -> Lecture:
    texte = Texte(document, noms_masques(document))
    places = territoires(document.texte)
    by_words = _read(texte, places, plan(texte))
    alone = {label: texte.trame.dit(label) or kind for label, kind in intitules_devines(texte, places).items()}
    labels = etiquettes_de_tableaux(texte) | alone | gabarit.etiquettes
    guessed = gabarit.model_copy(update={"etiquettes": labels})
    with guessed.dit():
        by_structure = _read(texte, places, plan_par_structure(texte, gabarit.imposes))
    if (gabarit.roles or gabarit.colonnes) and by_structure:
        return by_structure
    if by_words and by_structure:
        return by_structure if _qualite(by_structure) > MIEUX * _qualite(by_words) else by_words
    if lecture := by_words or by_structure:
        return lecture
    raise LectureRefusee(PAS_UN_CONTRAT)


def _read(texte: Texte, places: tuple[str, ...], read: Plan) -> Lecture | None:
    """What a plan gives, when it finds an orientation at all."""
    return _lecture(Atelier(texte, places), read) if read.orientations else None


def _qualite(lecture: Lecture) -> int:
    """How much a reading puts in its place, what looks misread counted against it."""
    contrat = lecture.contrat
    actions = [a for o in contrat.orientations for a in o.actions]
    promised = sum(_is_an_item(e) for s in contrat.signataires for e in s.engagements)
    placed = len(actions) + sum(bool(a.pilotes) for a in actions) + len(contrat.indicateurs) + promised
    placed += len(contrat.signataires) + len(contrat.instances) + sum(len(o.objectifs) for o in contrat.orientations)
    placed += sum(len(axe.projets) for axe in contrat.axes)
    empty = sum(not o.actions for o in contrat.orientations)
    return placed - MAL_LU * sum(_suspects(contrat)) - empty - len(lecture.restes)


def _is_an_item(engagement: Engagement) -> bool:
    """Whether a promise is printed as one: sentences, which the two plans cut otherwise, settle nothing."""
    return engagement.forme is Forme.PUCE and not engagement.regroupement


def _suspects(contrat: ContratDeVille) -> Iterator[bool]:
    """What a reading says that no contract prints: a title that is a paragraph, an indicator that is a figure…"""
    for titre in (*(a.titre_imprime for a in contrat.axes), *(o.titre_imprime for o in contrat.orientations)):
        yield len(titre.split()) > LONG_TITRE or ". " in titre
    for nom in (*(s.nom for s in contrat.signataires), *(i.nom for i in contrat.instances)):
        yield len(nom.split()) > LONG_NOM
    titres = {cle(o.titre_imprime) for o in contrat.orientations} - {""}
    for orientation in contrat.orientations:
        for objectif in orientation.objectifs:
            yield any(f" {titre} " in f" {cle(objectif.texte or '')} " for titre in titres)  # a recall, read as an aim
        for action in orientation.actions:
            yield any(":" in body.nom or " – " in body.nom for body in (*action.pilotes, *action.partenaires))
            yield not any(map(str.isalpha, action.titre_imprime or action.texte or ""))
    for indicateur in contrat.indicateurs:
        yield sum(word.isalpha() for word in indicateur.libelle.split()) < 2


def _lecture(atelier: Atelier, read: Plan) -> Lecture:
    texte, document = atelier.texte, atelier.texte.document
    identite = texte.identite
    apports = maquettes(atelier, read)
    axes, possessions = lire_axes(atelier, read)
    axes = avec_maquettes(atelier, axes, apports)
    sections = avec_signature(texte, read.sections)
    signataires, held = lire_signataires(atelier, read, sections)
    draft = ContratDeVille(
        format=FORMAT,
        slug=f"projet-{document.sha256[:8]}",
        fictif=est_fictif(texte),
        identite=identite,
        document=DocumentSigne(
            titre=titre_du_document(texte),
            sha256=document.sha256,
            lignes=max(1, len(document.lignes)),
            noms_masques=texte.noms_masques,
        ),
        articles=lire_articles(atelier, read),
        contrat_precedent=lire_bilan(atelier, sections, identite.periode.debut),
        diagnostic=lire_portrait(atelier, sections, min((o.titre.debut for o in read.orientations), default=0)),
        lieux=lire_lieux(atelier, sections),
        axes=axes,
        signataires=signataires,
        instances=lire_instances(
            atelier,
            [r for r in sections if r.nature == "gouvernance"],
            [r for r in sections if r.nature not in ("gouvernance", "sommaire", "engagements")],
        ),
        indicateurs=_indicateurs(atelier, read, {o.code: o.titre_imprime for axe in axes for o in axe.ensembles}),
    )
    owned = {possession.region.debut for possession in held}
    possessions += held + [Possession("", region) for region in sections if region.debut not in owned]
    soupconner(atelier, draft)
    parties, restes = repartir(atelier, draft, possessions, read.sommaire)
    return Lecture(sans_noms(separer(_with_parts(draft, parties)), texte), atelier.avis, restes, document)


def _indicateurs(atelier: Atelier, read: Plan, titres: dict[str, str]) -> tuple[Indicateur, ...]:
    """The indicators printed inside orientations and fiches, then those of the annex, numbered in document order."""
    own = codes_d_orientations(read)
    renvois = Renvois.du(read, own)
    found: list[Indicateur] = []
    for place in read.orientations:
        rubriques = [*place.rubriques, *(r for fiche in place.fiches for r in fiche.rubriques)]
        regions = [r for r in rubriques if r.nature == "indicateurs"]
        found += lire_indicateurs(atelier, regions, titres, len(found) + 1, own[place.titre.debut], renvois)
    annex = [region for region in read.sections if region.nature == "indicateurs"]
    found += lire_indicateurs(atelier, annex, titres, len(found) + 1, renvois=renvois)
    return avec_repetitions(atelier, found)


def _with_parts(draft: ContratDeVille, parties: dict[str, list[Partie]]) -> ContratDeVille:
    def held(items: tuple[Ensemble, ...]) -> tuple[Ensemble, ...]:
        return tuple(o.model_copy(update={"parties": tuple(parties.get(o.code, ()))}) for o in items)

    axes = tuple(
        axe.model_copy(update={"orientations": held(axe.orientations), "projets": held(axe.projets)})
        for axe in draft.axes
    )
    signataires = tuple(s.model_copy(update={"parties": tuple(parties.get(s.code, ()))}) for s in draft.signataires)
    return draft.model_copy(update={"axes": axes, "signataires": signataires, "parties": tuple(parties.get("", ()))})
