"""What is left of each region once items have taken their lines: named parts, and the left-over list with reasons.

Computed as a complement, so that no line can be lost nor counted twice.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from tenir.fichier.couverture import claims_by_line
from tenir.fichier.enums import NatureDePartie
from tenir.fichier.modeles import ContratDeVille, Partie
from tenir.fichier.source import Plage
from tenir.lecteur.avis import Atelier, nette
from tenir.lecteur.lignes import Texte
from tenir.lecteur.plan import Region

NATURES = {
    "ouverture": NatureDePartie.TITRE,
    "sommaire": NatureDePartie.AUTRE,
    "protocole": NatureDePartie.ARTICLES,
    "signature": NatureDePartie.SIGNATURE,
    "preambule": NatureDePartie.PREAMBULE,
    "diagnostic": NatureDePartie.DIAGNOSTIC,
    "evaluation": NatureDePartie.EVALUATION,
    "strategie": NatureDePartie.STRATEGIE,
    "gouvernance": NatureDePartie.GOUVERNANCE,
    "engagements": NatureDePartie.PRESENTATION,
    "orientations": NatureDePartie.TITRE,
    "indicateurs": NatureDePartie.INDICATEURS,
    "présentation": NatureDePartie.PRESENTATION,
    "données": NatureDePartie.DONNEES,
    "constat": NatureDePartie.CONSTAT,
    "enjeux": NatureDePartie.ENJEUX,
    "objectifs": NatureDePartie.OBJECTIFS,
    "actions": NatureDePartie.ACTIONS,
    "description": NatureDePartie.ACTIONS,
    "pilotes": NatureDePartie.PILOTES,
    "services associés": NatureDePartie.SERVICES,
    "crédits": NatureDePartie.CREDITS,
    "droit commun": NatureDePartie.CREDITS,
    "spécifique": NatureDePartie.CREDITS,
    "financeurs": NatureDePartie.CREDITS,
    "tableau": NatureDePartie.ACTIONS,
}
_ADRESSE = re.compile(r"^https?://\S+$")
TROP_LONGUE = "Trop longue pour être lue (plus de 5 000 caractères) : gardée entière, à couper en paragraphes."


@dataclass(frozen=True, slots=True)
class Reste:
    """A line that belongs to nothing, and why."""

    ligne: int
    raison: str


@dataclass(frozen=True, slots=True)
class Possession:
    """A region and the item it stands under: "" for the contract itself, « O07 », « S14 »."""

    proprietaire: str
    region: Region


def repartir(
    atelier: Atelier, contrat: ContratDeVille, possessions: Iterable[Possession], sommaire: frozenset[int]
) -> tuple[dict[str, list[Partie]], tuple[Reste, ...]]:
    """Name the parts that hold what items left, by owner; list the lines that nothing holds."""
    texte = atelier.texte
    free = _Libres(texte, contrat)
    restes = [Reste(n, "Ligne de sommaire : la partie qu’elle annonce est lue à sa place.") for n in sorted(sommaire)]
    restes += [Reste(n, "Adresse répétée par la mise en page.") for n in _repeated_addresses(texte, free)]
    restes += [Reste(n, raison) for n, raison in sorted(atelier.refus.items()) if free.is_free(n)]
    restes += [Reste(n, TROP_LONGUE) for n in texte.demesurees]
    for reste in restes:
        free.take(reste.ligne)
    parties: dict[str, list[Partie]] = defaultdict(list)
    for possession in sorted(possessions, key=lambda p: p.region.debut):
        for nature, titre, source in _parts(texte, free, possession.region):
            owned = parties[possession.proprietaire]
            code = f"{possession.proprietaire}-P{len(owned) + 1:02d}".removeprefix("-")
            mots = nette(texte.mots(source))
            owned.append(Partie(code=code, nature=nature, titre=nette(titre), source=source, texte=mots))
    restes += [Reste(n, "Note de bas de page.") for n in free.remaining() if texte.vide(n)]
    restes += [Reste(n, "Hors de toute partie reconnue.") for n in free.remaining() if not texte.vide(n)]
    return parties, tuple(sorted(restes, key=lambda reste: reste.ligne))


class _Libres:
    """The columns of each line that no item has taken."""

    def __init__(self, texte: Texte, contrat: ContratDeVille) -> None:
        self._texte = texte
        self._spans: dict[int, list[tuple[int, int]]] = {}
        taken = claims_by_line(contrat, texte.normalise)
        for ligne in texte.document.lignes:
            width = len(ligne.texte)
            spans = [(1, width)] if ligne.texte.strip() else []
            for claim in taken.get(ligne.numero, ()):
                spans = _without(spans, claim.plage.colonne_debut or 1, claim.plage.colonne_fin or width)
            self._spans[ligne.numero] = [s for s in spans if _says_something(ligne.texte[s[0] - 1 : s[1]])]

    def take(self, numero: int) -> list[Plage]:
        """Give the free spans of a line away."""
        spans, self._spans[numero] = self._spans.get(numero, []), []
        raw = self._texte.brut(numero)
        return [Plage(numero, numero) if s == (1, len(raw)) else _trimmed(numero, raw, s) for s in spans]

    def remaining(self) -> list[int]:
        """The lines with something left."""
        return [numero for numero, spans in self._spans.items() if spans]

    def is_free(self, numero: int) -> bool:
        """Whether a line has something left."""
        return bool(self._spans.get(numero))


def _says_something(text: str) -> bool:
    return any(c.isalnum() for c in text)


def _without(spans: list[tuple[int, int]], first: int, last: int) -> list[tuple[int, int]]:
    kept: list[tuple[int, int]] = []
    for a, b in spans:
        if b < first or a > last:
            kept.append((a, b))
            continue
        kept += [span for span in ((a, first - 1), (last + 1, b)) if span[0] <= span[1]]
    return kept


def _trimmed(numero: int, raw: str, span: tuple[int, int]) -> Plage:
    text = raw[span[0] - 1 : span[1]]
    first = span[0] + len(text) - len(text.lstrip())
    return Plage(numero, numero, first, max(first, span[1] - len(text) + len(text.rstrip())))


def _parts(
    texte: Texte, free: _Libres, region: Region
) -> Iterable[tuple[NatureDePartie, str | None, tuple[Plage, ...]]]:
    for numero in range(region.debut, region.fin + 1):
        if free.is_free(numero) and texte.folio(numero):
            yield NatureDePartie.FOLIO, texte.brut(numero).strip(), tuple(free.take(numero))
    lines = texte.pleines(region.debut, region.fin)
    plages = [plage for numero in lines for plage in free.take(numero)]
    if plages:
        yield NATURES.get(region.nature, NatureDePartie.AUTRE), region.titre or None, _joined(texte, plages)


def _joined(texte: Texte, plages: list[Plage]) -> tuple[Plage, ...]:
    """Whole lines that follow one another, blank lines between them or not, make one range."""
    joined: list[Plage] = []
    for plage in plages:
        last = joined[-1] if joined else None
        if last and _follows(texte, last, plage):
            joined[-1] = Plage(last.debut, plage.fin)
        else:
            joined.append(plage)
    return tuple(joined)


def _follows(texte: Texte, last: Plage, plage: Plage) -> bool:
    whole = last.colonne_debut is None and plage.colonne_debut is None
    return whole and not texte.pleines(last.fin + 1, plage.debut - 1)


def _repeated_addresses(texte: Texte, free: _Libres) -> list[int]:
    lines = [n for n in free.remaining() if _ADRESSE.match(texte.brut(n).strip())]
    return [n for n in lines if sum(texte.brut(n).strip() in texte.brut(m) for m in texte.lignes) > 1]
