"""The planned actions: the bullets of the actions rubric, or fiches, with their horizon and the bodies they name."""

import re
from collections.abc import Sequence

from tenir.fichier.modeles import ActionPrevue, OrganismeCite, SousAction
from tenir.fichier.source import Plage
from tenir.lecteur.avis import Atelier, Niveau
from tenir.lecteur.intitules_devines import est_un_corps
from tenir.lecteur.lignes import Texte
from tenir.lecteur.listes import Element
from tenir.lecteur.organismes import citer, reconnaitre, trouver
from tenir.lecteur.quartiers import nommes
from tenir.lecteur.titres import titre_court

_AN = r"20\d\d"
_HORIZON = re.compile(
    rf"(?:horizon|d’ici|avant|dès|au|en|pour)\s+(?:la |le |l’)?(?P<quand>(?:fin de |fin |printemps |rentrée "
    rf"|automne |premier semestre |second semestre |(?:janvier|février|mars|avril|mai|juin|juillet|août|septembre"
    rf"|octobre|novembre|décembre) )?(?:de )?{_AN}(?:\s?-\s?{_AN})?)|\((?:[^()]*,\s*)?(?P<entre>{_AN}\s?-\s?{_AN})\)"
)
_PILOTE = re.compile(r"\((?:pilotes?|porteurs?|chefs? de file)\s*:\s*(?P<noms>[^()]*)\)", re.IGNORECASE)
_PORTE = re.compile(r"\b(?:animée?|portée?|proposée?|menée?|pilotée?|assurée?) par (?P<nom>[^,.;:()]*)", re.IGNORECASE)
_SIGNEE = re.compile(
    r"^(?P<titre>.{8,}?)\s*(?:\s[–—-]\s+(?P<apres>[A-ZÀ-Ý][^–—:.;()]{1,70})|\((?P<entre>[A-ZÀ-Ý][^():;]{1,70})\))\s*[.;]?$"
)
_SEULE = re.compile(r"\((?P<nom>[^()]*)\)\s*\.?$")


def lire_action(
    atelier: Atelier,
    element: Element,
    code: str,
    imprimee_sous: str | None = None,
    sous_theme: str | None = None,
    *,
    signee: bool = False,
) -> ActionPrevue | None:
    """Read one bullet as an action, with its sub-actions; `signee`: its list ends each with who carries it."""
    source, parts = _parts(atelier.texte, element)
    mots = atelier.texte.mots(source)
    signed = _SIGNEE.match(mots) if signee else None
    pilotes = citer([_signer(signed)], atelier.territoires) if signed else _pilotes(mots, atelier.territoires)
    return atelier.bati(
        ActionPrevue,
        code=code,
        titre=titre_court(signed["titre"] if signed else mots),
        titre_imprime=signed["titre"] if signed else None,
        sous_theme=element.sous_theme or sous_theme,
        horizon=horizon(mots),
        imprimee_sous=imprimee_sous,
        quartiers=nommes(atelier.texte.identite.quartiers, f"{element.sous_theme or ''} ; {mots}"),
        pilotes=pilotes,
        partenaires=_partenaires(mots, pilotes, atelier.territoires),
        source=source,
        texte=mots,
        sous_actions=tuple(_sous_action(atelier, part, f"{code}-{rank}") for rank, part in enumerate(parts, 1)),
    )


def _signer(signed: re.Match[str]) -> str:
    return signed["apres"] or signed["entre"]


def signees(atelier: Atelier, elements: Sequence[Element]) -> bool:
    """Whether the items of a list end alike with a name after a dash or in parentheses, most of them a body's."""
    said = [_SIGNEE.match(atelier.texte.mots(element.source)) for element in elements]
    names = [_signer(found) for found in said if found]
    bodies = sum(est_un_corps(name, atelier.territoires) for name in names)
    return len(names) >= ASSEZ and len(names) * 3 >= len(elements) * 2 and bodies * 2 > len(names)


ASSEZ = 3  # items of a list that end alike


def _sous_action(atelier: Atelier, source: tuple[Plage, ...], code: str) -> SousAction | None:
    mots = atelier.texte.mots(source)
    return atelier.bati(SousAction, code=code, titre=titre_court(mots), source=source, texte=mots)


def _parts(texte: Texte, element: Element) -> tuple[tuple[Plage, ...], list[tuple[Plage, ...]]]:
    """The lines of the action itself, and those of its parts: bullets under it, or lines that open alike."""
    if element.enfants:
        return element.source, [_whole(child) for child in element.enfants]
    starts = _alike(texte, element)
    if not starts:
        return element.source, []
    ends = [*(start - 1 for start in starts[1:]), element.fin]
    return (Plage(element.debut, starts[0] - 1),), [(Plage(a, b),) for a, b in zip(starts, ends, strict=True)]


def _whole(element: Element) -> tuple[Plage, ...]:
    last = element
    while last.enfants:
        last = last.enfants[-1]
    return (Plage(element.debut, last.fin),)


def _alike(texte: Texte, element: Element) -> list[int]:
    """Lines inside an item that open with the same two words and a label (« Sur le frein … : »)."""
    heads: dict[str, list[int]] = {}
    for numero in texte.pleines(element.debut + 1, element.fin):
        line = texte.net(numero)
        if line[:1].isupper() and ":" in line:
            heads.setdefault(" ".join(line.split()[:2]), []).append(numero)
    longest = max(heads.values(), key=len, default=[])
    return longest if len(longest) > 1 else []


def horizon(mots: str) -> str | None:
    """The term that an action prints: « horizon 2026 », « avant la fin de 2028 », « (2025-2028) »."""
    match = _HORIZON.search(mots)
    return re.sub(r"\s+", " ", match["quand"] or match["entre"]).removeprefix("de ").strip() if match else None


def _pilotes(mots: str, lieux: tuple[str, ...]) -> tuple[OrganismeCite, ...]:
    if match := _PILOTE.search(mots):
        return tuple(body for body in citer([match["noms"]], lieux) if not re.match(r"\d", body.nom))
    match = _SEULE.search(mots)
    if match and (body := reconnaitre(match["nom"], lieux)):
        return (OrganismeCite(nom=" ".join(match["nom"].split()), organisme=body.id),)
    named = [name for carried in _PORTE.finditer(mots) for name in trouver(carried["nom"], lieux)]
    return citer(named[:1], lieux)


def _partenaires(mots: str, pilotes: tuple[OrganismeCite, ...], lieux: tuple[str, ...]) -> tuple[OrganismeCite, ...]:
    carried = {body.organisme for body in pilotes}
    return tuple(body for body in citer([", ".join(trouver(mots, lieux))], lieux) if body.organisme not in carried)


def doute_d_action(atelier: Atelier, action: ActionPrevue) -> None:
    """Record what is doubtful in an action."""
    if action.imprimee_sous:
        atelier.juge(
            action.code, Niveau.MOYENNE, f"Action imprimée sous « {action.imprimee_sous} » : est-ce bien une action ?"
        )
    elif len((action.texte or "").split()) > 90:
        atelier.juge(action.code, Niveau.MOYENNE, "Texte long : vérifiez qu’il ne réunit pas plusieurs actions.")
