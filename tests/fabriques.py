"""What the tests are made of: a short contract with its whole document, and any contract that the models allow."""

import hashlib
import unicodedata
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from tenir.contrat.chargement import Bilan, Motif, NatureDeVersion, load_contract
from tenir.fichier import canonique, modeles
from tenir.fichier.document import DocumentNormalise, read_document
from tenir.fichier.modeles import ContratDeVille
from tenir.fichier.organisations import registry
from tenir.fichier.source import Plage

CONTRATS = Path(__file__).parents[1] / "contrats"
SHIPPED = sorted([*CONTRATS.glob("*.yaml"), *CONTRATS.glob("fictif/*.yaml")])
"""The contracts that ship with Tenir; beside them, `natures` holds their kinds of activity."""

DOCUMENT = """Contrat du Hameau
Fait au Hameau, par Zoé EXEMPLAIRE
Orientation 1 : soutenir les parents
\t• Ouvrir un lieu d’accueil pour les pa-
rents du socio-
économique

  o un quart des familles, soit 25 %, et 12,5 enfants
Droit commun : CAF
La CAF s’engage
- à aider les parents du bassin socio-éducatif
"""
"""Eleven lines, one blank; line 2 names a person, columns 21 to 34."""

NOM = "Zoé EXEMPLAIRE"

BREF = f"""format: tenir/contrat/1
slug: hameau-2024-2030
identite:
  titre: Contrat de ville du Hameau
  departement: Songe-et-Brume
  communes:
    - {{nom: Le Hameau, insee: '99001'}}
  quartiers:
    - code: QN99001M
      nom: Le Bas
      population: {{valeur: 1234, origine: INSEE}}
  periode: {{debut: 2024, fin: 2030}}
  signature: {{date: '2024-05-02'}}
document:
  titre: Contrat du Hameau
  sha256: {hashlib.sha256(DOCUMENT.encode()).hexdigest()}
  lignes: 11
  noms_masques: 2[21-34]
axes:
  - code: A
    titre: Vivre ensemble
    titre_imprime: Vivre ensemble
    orientations:
      - code: O01
        titre: Soutenir les parents
        titre_imprime: soutenir les parents
        source: 3
        donnees:
          - code: O01-D01
            libelle: un quart des familles
            imprime: 25 %
            valeur: 25
            unite: '%'
            source: 8[1-38]
          - code: O01-D02
            libelle: enfants
            imprime: 12,5
            valeur: 12.50
            statut: contestée
            doute: Des enfants ne se coupent pas.
            source: 8[39-53]
        actions:
          - code: O01-A01
            titre: Ouvrir un lieu d’accueil
            source: 4-6
            pilotes:
              - {{nom: La CAF, organisme: caf-songe-et-brume}}
        credits:
          - code: O01-F01
            nature: droit commun
            financeur: CAF
            organisme: caf-songe-et-brume
            source: 9
  - code: B
    titre: Se déplacer
    titre_imprime: Se déplacer
signataires:
  - code: S01
    nom: La CAF
    organisme: caf-songe-et-brume
    source: 10
    engagements:
      - code: S01-E01
        titre: Aider les parents
        orientations: [O01]
        source: 11
instances:
  - code: G01
    nom: Comité du Hameau
    presidence:
      - {{nom: Préfecture, organisme: prefecture}}
parties:
  - code: P01
    nature: titre
    titre: Titre et signature
    source: 1-2
"""
"""A canonical signed contract whose items take each line of `DOCUMENT` once."""

BROUILLON = BREF.replace("  signature: {date: '2024-05-02'}\n", "")
"""The same contract before it is signed."""


def edited(text: str, *changes: tuple[str, str]) -> str:
    """A text with some words replaced, each found once: a test that changes nothing would prove nothing."""
    for old, new in changes:
        assert text.count(old) == 1, f"{old!r} is found {text.count(old)} times"
        text = text.replace(old, new)
    return text


def bref(*changes: tuple[str, str]) -> ContratDeVille:
    """The short contract, edited."""
    return canonique.load(edited(BREF, *changes))


def document(text: str = DOCUMENT, noms_masques: tuple[Plage, ...] = ()) -> DocumentNormalise:
    """The document of the short contract, read as the site reads it."""
    return read_document(text.encode(), noms_masques)


CREDITS = (
    "            source: 9\n",
    "            source: 9\n          - {code: O01-F02, nature: droit commun, financeur: ANAH, dispositifs: [Aide]}\n",
)
"""A second funding line of `BREF`, which says something: beside it, the empty one is a blank."""


def charger(text: str = BREF, *, document: DocumentNormalise | None = None, motif: Motif | None = None) -> Bilan:
    """Load a contract."""
    return load_contract(text, commande="tests", document=document, motif=motif)


def correction(pourquoi: str = "Faute de frappe.") -> Motif:
    """The reason of a correction of transcription."""
    return Motif(NatureDeVersion.CORRECTION, pourquoi)


def avenant(le: date | None = None, pourquoi: str = "Avenant n° 1.") -> Motif:
    """The reason of an avenant, in force from a day."""
    return Motif(NatureDeVersion.AVENANT, pourquoi, le)


# ── Any contract that the models allow ────────────────────────────────────────────────────────────────────────────

HOSTILE = (
    "2024", "007", "47.40", "1_000", "12:30", "0x1F", "1e3", "oui", "yes", "no", "on", "null", "~", "true", ".inf",
    "- tiret", "# dièse", "clé: valeur", "a: b: c", "[crochet", "{accolade}", "*renvoi", "&ancre", "!tag",
    "% pour cent", "@arobase", "`accent grave", "'apostrophe'", '"guillemets"', "« français »", "l’orientation n° 7",
    "a\u00a0: b", "fin\u202f?", "?", "|", ">", "=", "<<", "-", "---", "...", "2024-03-26", "332,9 %", "e\u0301",
    "👨‍👩‍👧 famille",
    "\ufeffbom", "zéro\u200blargeur", "\uffff", "מילה", "\\n", "a\\", "O07-A03", "x" * 3000,
)  # fmt: skip
"""Texts that YAML, a database or a search might take for something else."""


def _holds_on_a_line(text: str) -> bool:
    return bool(text.strip()) and not any(unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") for c in text)


textes = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1, max_size=12),
).filter(_holds_on_a_line)
"""One line of any text."""

peut_etre = st.none() | textes
noms_de_lieu = textes.map(lambda text: text[:200]).filter(_holds_on_a_line)
textes_longs = st.lists(textes, min_size=1, max_size=3).map("\n".join) | st.just("a\n\n  b \n- c\n#d\n: e")
valeurs = st.decimals(-(10**10), 10**10, places=4) | st.sampled_from(
    [Decimal(v) for v in ("47.40", "-0.0", "0", "1E+3", "13.2", "99999999999.9999", "332.9")]
)
plages = st.builds(
    lambda debut, length, columns: Plage(debut, debut, *columns) if columns else Plage(debut, debut + length),
    st.integers(1, 80),
    st.integers(0, 15),
    st.none() | st.tuples(st.integers(1, 9), st.integers(10, 90)),
)


def _few(strategy: st.SearchStrategy[Any], most: int = 2) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(strategy, max_size=most).map(tuple)


sources = _few(plages, 3)
organismes = st.none() | st.sampled_from(sorted(registry()))
cites = _few(st.builds(modeles.OrganismeCite, nom=textes, organisme=organismes, fonction=peut_etre))
schemes = _few(st.builds(modeles.Dispositif, nom=textes, nom_usuel=peut_etre, sous_theme=peut_etre))
regles = _few(st.builds(modeles.RegleDOrdre, titre=textes, avant=st.none() | st.just("G01"), source=sources))
natures = st.sampled_from(list(modeles.NatureDePartie))
formes = st.sampled_from(list(modeles.Forme))
nombres = st.integers(0, 2)

# Made once: a strategy made anew for each example costs more than the example.
COLONNES: dict[type, st.SearchStrategy[dict[str, Any]]] = {
    kind: st.fixed_dictionaries(
        {"source": sources, "note": st.none() | textes_longs, "texte": st.none() | textes_longs, **columns}
    )
    for kind, columns in {
        modeles.Partie: {"nature": natures, "titre": peut_etre},
        modeles.Objectif: {"titre": textes, "forme": formes, "sous_theme": peut_etre},
        modeles.SousAction: {"titre": textes},
        modeles.ActionPrevue: {
            "titre": textes, "sous_theme": peut_etre, "horizon": peut_etre, "imprimee_sous": peut_etre,
            "quartiers": _few(textes), "pilotes": cites, "partenaires": cites,
        },
        modeles.LigneDeCredits: {
            "nature": st.sampled_from(list(modeles.NatureDeCredits)), "financeur": textes, "organisme": organismes,
            "rattachee_a": peut_etre, "dispositifs": schemes,
        },
        modeles.Orientation: {
            "titre": textes, "titre_imprime": textes, "titre_protocole": peut_etre, "source_protocole": sources,
            "pilotes": cites, "services_associes": cites,
        },
        modeles.Axe: {"titre": textes, "titre_imprime": textes, "transversal": st.booleans()},
        modeles.Donnee: {"libelle": textes, "imprime": peut_etre, "valeur": valeurs, "unite": peut_etre},
        modeles.Engagement: {"titre": textes, "forme": formes, "regroupement": st.booleans()},
        modeles.Signataire: {"nom": textes, "organisme": st.sampled_from(sorted(registry()))},
        modeles.Rappel: {"titre": textes},
        modeles.DocumentCadre: {"titre": textes, "periode": peut_etre},
        modeles.InstanceDeGouvernance: {
            "nom": textes, "presidence": cites, "composition": cites, "roles": _few(textes), "frequence": peut_etre,
            "reunions_par_an": st.none() | st.integers(1, 366), "regles": regles,
        },
        modeles.Indicateur: {"libelle": textes, "groupe": peut_etre, "depart": peut_etre, "cible": peut_etre},
        modeles.Lieu: {"nom": textes, "nature": peut_etre, "repere": peut_etre},
        modeles.Article: {"titre": textes},
        modeles.Enseignement: {"titre": textes, "sens": st.sampled_from(["acquis", "limite", "mixte"])},
    }.items()
}  # fmt: skip
"""What each kind of item draws, save its code and what it holds."""

Holds = Callable[[st.DrawFn, str], dict[str, Any]]


def _items(draw: st.DrawFn, kind: type, prefix: str, holds: Holds | None = None, digits: int = 2) -> tuple[Any, ...]:
    """Items of one kind under one holder: their codes follow each other."""
    codes = [f"{prefix}{rank:0{digits}}" for rank in range(1, draw(nombres) + 1)]
    return tuple(kind(code=code, **draw(COLONNES[kind]), **(holds(draw, code) if holds else {})) for code in codes)


statuts = st.sampled_from(list(modeles.StatutDeDonnee))


def _donnees(draw: st.DrawFn, prefix: str) -> tuple[modeles.Donnee, ...]:
    """Figures whose status, value and doubt agree; each may be a part of the first."""
    made: list[modeles.Donnee] = []
    for rank in range(1, draw(nombres) + 1):
        statut, columns = draw(statuts), draw(COLONNES[modeles.Donnee])
        columns["valeur"] = None if statut is modeles.StatutDeDonnee.MANQUANTE else columns["valeur"]
        columns["doute"] = draw(textes) if statut is modeles.StatutDeDonnee.CONTESTEE else None
        if columns["valeur"] is not None and draw(st.booleans()):
            columns["valeur_max"] = Decimal("99999999999.9999") if columns["valeur"] < 10**10 else None
        part = made[0].code if made and draw(st.booleans()) else None
        made.append(modeles.Donnee(code=f"{prefix}{rank:02}", statut=statut, partie_de=part, **columns))
    return tuple(made)


def _of_orientation(draw: st.DrawFn, code: str) -> dict[str, Any]:
    return {
        "parties": _items(draw, modeles.Partie, f"{code}-P"),
        "donnees": _donnees(draw, f"{code}-D"),
        "objectifs": _items(draw, modeles.Objectif, f"{code}-B"),
        "actions": _items(draw, modeles.ActionPrevue, f"{code}-A", _of_action),
        "credits": _items(draw, modeles.LigneDeCredits, f"{code}-F"),
    }


def _of_action(draw: st.DrawFn, code: str) -> dict[str, Any]:
    return {"sous_actions": _items(draw, modeles.SousAction, f"{code}-", digits=1)}


def _axes(draw: st.DrawFn) -> tuple[modeles.Axe, ...]:
    orientations = _items(draw, modeles.Orientation, "O", _of_orientation)
    cut = draw(st.integers(0, len(orientations)))
    held = {"A": orientations[:cut], "B": orientations[cut:]}
    return tuple(
        modeles.Axe(code=code, **_held(draw, held[code]), **draw(COLONNES[modeles.Axe]))
        for code in held
        if held[code] or draw(st.booleans())
    )


def _held(draw: st.DrawFn, items: tuple[Any, ...]) -> dict[str, tuple[Any, ...]]:
    """What an axis holds: orientations, and projects of quarters made of the last of them."""
    common = draw(st.integers(0, len(items)))
    projets = [modeles.ProjetDeQuartier(**dict(item), quartiers=(draw(textes),)) for item in items[common:]]
    return {"orientations": items[:common], "projets": tuple(projets)}


def _of_signataire(draw: st.DrawFn, code: str) -> dict[str, Any]:
    promises = _items(draw, modeles.Engagement, f"{code}-E")
    if len(promises) == 2 and draw(st.booleans()):
        promises = (promises[0], promises[1].model_copy(update={"parent": promises[0].code}))
    return {
        "parties": _items(draw, modeles.Partie, f"{code}-P"),
        "engagements": promises,
        "rappels": _items(draw, modeles.Rappel, f"{code}-R"),
        "documents_cadres": _items(draw, modeles.DocumentCadre, f"{code}-C"),
    }


def _signataires(draw: st.DrawFn, orientations: tuple[str, ...]) -> tuple[modeles.Signataire, ...]:
    """Signatories whose promises serve every orientation, or none."""
    return tuple(
        one.model_copy(
            update={
                "engagements": tuple(
                    promise.model_copy(update={"orientations": orientations if draw(st.booleans()) else ()})
                    for promise in one.engagements
                )
            }
        )
        for one in _items(draw, modeles.Signataire, "S", _of_signataire)
    )


def _instances(draw: st.DrawFn) -> tuple[modeles.InstanceDeGouvernance, ...]:
    return _items(draw, modeles.InstanceDeGouvernance, "G")


populations = st.builds(modeles.Population, valeur=st.integers(0, 100_000_000), origine=textes)
quartiers = _few(
    st.builds(modeles.Quartier, code=st.just("QN99001M"), nom=noms_de_lieu, population=st.none() | populations)
)
communes = _few(st.builds(modeles.Territoire, nom=noms_de_lieu, insee=st.sampled_from([None, "2A004", "01004"])))
identites = st.builds(
    modeles.Identite,
    titre=textes,
    departement=peut_etre,
    communes=communes,
    quartiers=quartiers,
    periode=st.builds(modeles.Periode, debut=st.just(2024), fin=st.integers(2024, 2100)),
    signature=st.none() | st.builds(modeles.Signature, date=st.dates(date(2000, 1, 1)), lieu=peut_etre),
    base_legale=_few(st.builds(modeles.BaseLegale, titre=textes, source=sources, note=st.none() | textes_longs)),
    provenances=_few(st.builds(modeles.Provenance, fait=textes, origine=textes)),
)
retires = _few(st.builds(modeles.CodeRetire, code=st.just("O99-A01"), motif=peut_etre), 1)
slugs = st.sampled_from(["a", "quelconque-2024", "z" * 100])


@st.composite
def contrats(draw: st.DrawFn) -> ContratDeVille:
    """Any coherent contract, whatever its texts, its figures and what it lacks."""
    axes = _axes(draw)
    lessons = _items(draw, modeles.Enseignement, "E")
    previous = modeles.ContratPrecedent(periode=modeles.Periode(debut=2015, fin=2023), enseignements=lessons)
    return ContratDeVille(
        format="tenir/contrat/1",
        slug=draw(slugs),
        note=draw(st.none() | textes_longs),
        identite=draw(identites),
        articles=_items(draw, modeles.Article, "ART", digits=1),
        contrat_precedent=previous if lessons else None,
        diagnostic=_donnees(draw, "T"),
        lieux=_items(draw, modeles.Lieu, "L"),
        axes=axes,
        signataires=_signataires(draw, tuple(one.code for axe in axes for one in axe.orientations)),
        instances=_instances(draw),
        indicateurs=_items(draw, modeles.Indicateur, "I"),
        parties=_items(draw, modeles.Partie, "P"),
        codes_retires=draw(retires),
    )
