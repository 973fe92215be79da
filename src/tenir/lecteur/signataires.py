"""The signatories, in the order printed, with their commitments, recalls and frame documents."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from tenir.fichier.enums import Forme
from tenir.fichier.modeles import DocumentCadre, Engagement, Rappel, Signataire
from tenir.fichier.mots import comparable
from tenir.fichier.source import Plage
from tenir.lecteur.avis import Atelier, Niveau
from tenir.lecteur.entete import Partie, parties_en_tete
from tenir.lecteur.lexique import cle, lexique
from tenir.lecteur.organismes import reconnaitre
from tenir.lecteur.plan import Plan, Region
from tenir.lecteur.promesses import Promesse, Promesses, Sorte
from tenir.lecteur.repartition import Possession
from tenir.lecteur.titres import titre_court

_ANNEES = re.compile(r"20\d\d\s*-\s*20\d\d")
MAX_NIVEAUX = 3
_ENGAGE = re.compile(r"\b(?:s[’']engage(?:nt)?|promet(?:tent)?)\b")
_AUTOUR = re.compile(
    r"^(?:[Aa]rticle|ARTICLE)\s+\w+\s*[.:–—-]\s*|\s+(?:s[’']engage(?:nt)?|promet(?:tent)?)\b.*$"
    r"|^[Ll]es engagements (?:de\s+|du\s+|d[’'])"
)
_INCONNU = "« {} » n’est pas dans le fichier des organisations : ajoutez-le."


def lire_signataires(
    atelier: Atelier, plan: Plan, sections: Iterable[Region]
) -> tuple[tuple[Signataire, ...], list[Possession]]:
    """Read each part of the section of commitments as a signatory, then the parties that promise nothing alone."""
    regions = [region for region in _parts(plan) if not _is_a_sentence(region)]
    found = [(_signataire(atelier, region, f"S{rank:02d}"), region) for rank, region in enumerate(regions, 1)]
    read = [(signataire, region) for signataire, region in found if signataire]
    held = [Possession(s.code, region) for s, region in read]
    known = [signataire for signataire, _ in read]
    if len(regions) < ASSEZ:
        others = (p for p in parties_en_tete(atelier, sections) if not any(_same(atelier, p.nom, s) for s in known))
        alone = (_partie(atelier, p, f"S{rank:02d}") for rank, p in enumerate(others, len(known) + 1))
        known += [signataire for signataire in alone if signataire]
    return tuple(known), held


ASSEZ = 9  # signatories with promises: a contract that gives each of them a part names them all there


def _is_a_sentence(region: Region) -> bool:
    return len(region.titre.split()) > 16


def _same(atelier: Atelier, nom: str, signataire: Signataire) -> bool:
    """Whether a party named at the head is one already read below."""
    body = reconnaitre(nom, atelier.territoires)
    if body is not None and body.id == signataire.organisme:
        return True
    if _initials(nom) == comparable(signataire.nom) or comparable(nom) == _initials(signataire.nom):
        return True
    a, b = set(comparable(nom).split()), set(comparable(signataire.nom).split())
    return a <= b or b <= a


def _initials(nom: str) -> str:
    """« Caisse d’allocations familiales » as its acronym, « caf »."""
    words = comparable(nom).split()
    return "".join(word[0] for word in words) if len(words) > 1 else ""


def _partie(atelier: Atelier, partie: Partie, code: str) -> Signataire | None:
    body = reconnaitre(partie.nom, atelier.territoires)
    if body is None:
        atelier.juge(code, Niveau.BASSE, _INCONNU.format(partie.nom))
    return atelier.bati(
        Signataire,
        code=code,
        nom=partie.nom,
        organisme=body.id if body else cle(partie.nom).replace(" ", "-"),
        source=(partie.source,),
        texte=partie.nom,
    )


def _parts(plan: Plan) -> list[Region]:
    """The parts that say who engages, or else the numbered parts « 1. », or the first headings under the section."""
    under = [r for r in plan.sections if r.nature == "engagements" and r.niveau > 1]
    under = [r for r in under if lexique().section(r.titre, entier=True) != "engagements"]
    levels = {r.niveau for r in under}
    engaging = Counter(r.niveau for r in under if _ENGAGE.search(r.titre))
    told = [level for level, times in engaging.items() if times > 1]
    wanted = told[0] if told else 3 if 3 in levels else min(levels, default=0)
    return [r for r in under if r.niveau == wanted]


def _nom(titre: str) -> str:
    """The body that a heading names, without the number of its article nor « s’engage à »."""
    return _AUTOUR.sub("", titre).strip(" :–—-.") or titre


def _signataire(atelier: Atelier, region: Region, code: str) -> Signataire | None:
    region = replace(region, titre=_nom(region.titre))
    body = reconnaitre(region.titre, atelier.territoires)
    if body is None:
        atelier.juge(code, Niveau.BASSE, _INCONNU.format(region.titre))
    found = Promesses(atelier.texte, region.corps, region.fin).lire()
    source = (Plage(region.debut, region.corps - 1),)
    return atelier.bati(
        Signataire,
        code=code,
        nom=region.titre,
        organisme=body.id if body else cle(region.titre).replace(" ", "-"),
        source=source,
        texte=region.titre,
        engagements=_engagements(atelier, [p for p in found if p.sorte is Sorte.ENGAGEMENT], code),
        rappels=tuple(_rappel(atelier, p, f"{code}-R{n:02d}") for n, p in _numbered(found, Sorte.RAPPEL)),
        documents_cadres=tuple(_document(atelier, p, f"{code}-C{n:02d}") for n, p in _numbered(found, Sorte.DOCUMENT)),
    )


def _numbered(found: list[Promesse], sorte: Sorte) -> list[tuple[int, Promesse]]:
    return list(enumerate((p for p in found if p.sorte is sorte), 1))


def _engagements(atelier: Atelier, found: list[Promesse], code: str) -> tuple[Engagement, ...]:
    codes = {id(p): f"{code}-E{rank:02d}" for rank, p in enumerate(found, 1)}
    parents = {id(child): codes[id(p)] for p in found for child in p.enfants if p.niveau < MAX_NIVEAUX - 1}
    read = (_engagement(atelier, p, codes[id(p)], parents.get(id(p))) for p in found)
    return tuple(engagement for engagement in read if engagement)


def _engagement(atelier: Atelier, promesse: Promesse, code: str, parent: str | None) -> Engagement | None:
    if promesse.forme is Forme.PROSE:
        atelier.juge(code, Niveau.BASSE, "Promesse lue dans une phrase : en est-ce une, et où finit-elle ?")
    elif promesse.regroupement and not promesse.mots.endswith(":"):
        atelier.juge(code, Niveau.MOYENNE, "Intitulé pris pour un simple regroupement : promet-il quelque chose ?")
    return atelier.bati(
        Engagement,
        code=code,
        titre=titre_court(promesse.mots),
        forme=promesse.forme,
        regroupement=promesse.regroupement,
        parent=parent,
        source=promesse.source,
        texte=promesse.mots,
    )


def _rappel(atelier: Atelier, promesse: Promesse, code: str) -> Rappel | None:
    titre = titre_court(promesse.mots)
    return atelier.bati(Rappel, code=code, titre=titre, source=promesse.source, texte=promesse.mots)


def _document(atelier: Atelier, promesse: Promesse, code: str) -> DocumentCadre | None:
    years = _ANNEES.search(promesse.mots)
    return atelier.bati(
        DocumentCadre,
        code=code,
        titre=re.split(r"\s+avec une\b", promesse.mots)[0].strip(" ,.;"),
        periode=re.sub(r"\s", "", years.group()) if years else None,
        source=promesse.source,
        texte=promesse.mots,
    )
