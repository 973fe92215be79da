"""Fiches action and operational objectives: a heading, then labelled rows in any order."""

import re
from dataclasses import replace

from tenir.fichier.enums import Forme
from tenir.fichier.modeles import ActionPrevue, Objectif, OrganismeCite
from tenir.fichier.source import Plage
from tenir.lecteur.actions import horizon, lire_action
from tenir.lecteur.avis import Atelier, Niveau
from tenir.lecteur.lexique import cle
from tenir.lecteur.lignes import PUCE
from tenir.lecteur.listes import lire_liste
from tenir.lecteur.organismes import citer
from tenir.lecteur.plan import PlanDeFiche, Region
from tenir.lecteur.quartiers import nommes
from tenir.lecteur.rubriques import Titre
from tenir.lecteur.titres import titre_court


def est_objectif(fiche: PlanDeFiche) -> bool:
    """Whether the heading is an operational objective, with its own actions under it, and not one action."""
    return fiche.titre.genre == "objectifs_operationnels"


def region_de_titre(fiche: PlanDeFiche) -> Region:
    """The heading's lines, for what the title leaves of them (« Fiche action n° 3 : »)."""
    nature = "objectifs" if est_objectif(fiche) else "actions"
    return Region(nature, fiche.titre.titre, fiche.titre.debut, fiche.titre.debut, fiche.titre.fin)


def lire_objectif(atelier: Atelier, fiche: PlanDeFiche, code: str) -> Objectif | None:
    """An operational objective as an objective of its orientation."""
    source = _title(atelier, fiche)
    mots = atelier.texte.mots(source)
    return atelier.bati(Objectif, code=code, titre=titre_court(mots), forme=Forme.PUCE, source=source, texte=mots)


def actions_d_objectif(atelier: Atelier, fiche: PlanDeFiche, code: str, premier: int) -> list[ActionPrevue]:
    """The actions printed under an operational objective, which is their sub-theme."""
    elements = [
        element
        for region in fiche.rubriques
        if region.nature == "actions"
        for element in lire_liste(atelier.texte, region.corps, region.fin).elements
    ]
    theme = fiche.titre.titre or None
    read = (
        lire_action(atelier, element, f"{code}-A{rank:02d}", sous_theme=theme)
        for rank, element in enumerate(elements, premier)
    )
    return [action for action in read if action]


def lire_fiche(atelier: Atelier, fiche: PlanDeFiche, code: str) -> ActionPrevue | None:
    """A fiche as one action: its title, what describes it, who carries it, when."""
    source = (*_title(atelier, fiche), *_content(atelier, fiche, "description"))
    mots = atelier.texte.mots(source)
    said = next((r.dit for r in fiche.rubriques if r.nature == "calendrier" and r.dit), "")
    when = said or atelier.texte.mots(_content(atelier, fiche, "calendrier"))
    if not any(r.nature == "pilotes" for r in fiche.rubriques):
        atelier.juge(code, Niveau.MOYENNE, "Fiche sans porteur reconnu : qui la porte ?")
    return atelier.bati(
        ActionPrevue,
        code=code,
        titre=titre_court(fiche.titre.titre or mots),
        titre_imprime=fiche.titre.titre if fiche.titre.titre and cle(fiche.titre.titre) != cle(mots) else None,
        horizon=when or horizon(mots),
        quartiers=quartiers_de(atelier, fiche),
        pilotes=corps_cites(atelier, fiche, "pilotes"),
        partenaires=corps_cites(atelier, fiche, "services associés"),
        source=source,
        texte=mots,
    )


def quartiers_de(atelier: Atelier, fiche: PlanDeFiche) -> tuple[str, ...]:
    """The quarters of an action: beside its label or in its column, of the heading above, or named by its title."""
    places = [r for r in fiche.rubriques if r.nature == "lieu"]
    said = " ; ".join(f"{r.dit} {atelier.texte.mots(contenu(atelier, r))}" for r in places)
    known = atelier.texte.identite.quartiers
    told = nommes(known, said) or fiche.quartiers or _led_by(atelier, fiche)
    return told or (() if said else nommes(known, fiche.titre.titre))


def _led_by(atelier: Atelier, fiche: PlanDeFiche) -> tuple[str, ...]:
    """The quarter that a margin gives before the first words of a sheet (« Bourg-Vieux Planter la cour… »)."""
    first = next((r for r in fiche.rubriques if r.nature == "description"), None)
    words = atelier.texte.net(first.corps) if first else ""
    return tuple(
        q.nom
        for q in atelier.texte.identite.quartiers
        if words.startswith(f"{q.nom} ") and words[len(q.nom) + 1 :][:1].isupper()
    )


def corps_cites(atelier: Atelier, fiche: PlanDeFiche, nature: str) -> tuple[OrganismeCite, ...]:
    """The bodies of one row of a fiche."""
    lines = [r.dit for r in fiche.rubriques if r.nature == nature and r.dit]
    for region in (r for r in fiche.rubriques if r.nature == nature):
        for part in _parts(atelier, contenu(atelier, region)):
            mots = PUCE.sub("", atelier.texte.mots(part)).strip()
            lines.append(f", {mots}" if lines else mots)
    return citer(lines, atelier.territoires)


def _parts(atelier: Atelier, source: tuple[Plage, ...]) -> list[tuple[Plage, ...]]:
    """A row of bodies cut where it is printed so: cells' own paragraphs, bullets; a text file cuts lines anywhere."""
    texte = atelier.texte
    blocs = [bloc for p in source if p.colonne_debut is None for bloc in texte.blocs(p.debut, p.fin)]
    if not texte.document.en_paragraphes and not any(bloc.puce for bloc in blocs):
        return [source] if source else []
    head = [(plage,) for plage in source if plage.colonne_debut is not None]
    if blocs and texte.lignes[blocs[0].debut].tableau:
        return [*head, *((Plage(n, n),) for bloc in blocs for n in texte.pleines(bloc.debut, bloc.fin))]
    return [*head, *((bloc.plage,) for bloc in blocs)]


def _title(atelier: Atelier, fiche: PlanDeFiche) -> tuple[Plage, ...]:
    titre = _from_its_words(atelier, fiche.titre)
    raw = atelier.texte.brut(titre.debut)
    start = _where(titre.titre, raw)
    if start <= 0:
        return (Plage(titre.debut, titre.fin),)
    first = Plage(titre.debut, titre.debut, start + 1, len(raw.rstrip()))
    return (first, Plage(titre.debut + 1, titre.fin)) if titre.fin > titre.debut else (first,)


def _where(titre: str, raw: str) -> int:
    """Where a title starts on a line: by its first letters, or by its first word where a cell ends after it."""
    if not titre:
        return -1
    start = raw.find(re.split(r"\s{2,}", titre)[0][:12])
    return start if start >= 0 else raw.find(titre.split()[0])


def _from_its_words(atelier: Atelier, titre: Titre) -> Titre:
    """A heading without the lines above its title: in a table, the label stands in another cell."""
    first = titre.titre[:12]
    line = next((n for n in range(titre.debut, titre.fin + 1) if first and first in atelier.texte.brut(n)), titre.debut)
    return replace(titre, debut=line)


def _content(atelier: Atelier, fiche: PlanDeFiche, nature: str) -> tuple[Plage, ...]:
    return tuple(p for region in fiche.rubriques if region.nature == nature for p in contenu(atelier, region))


def contenu(atelier: Atelier, region: Region, *, par_ligne: bool = False) -> tuple[Plage, ...]:
    """What follows a label: the rest of its line, then the lines under it; one source a line when asked."""
    plages: list[Plage] = []
    if region.dit:
        return ()
    raw = atelier.texte.brut(region.debut)
    if region.reste and (start := raw.find(region.reste)) >= 0:
        plages.append(Plage(region.debut, region.debut, start + 1, start + len(region.reste)))
    lines = atelier.texte.pleines(region.corps, region.fin)
    if par_ligne:
        return (*plages, *(Plage(n, n) for n in lines))
    return (*plages, Plage(lines[0], lines[-1])) if lines else tuple(plages)
