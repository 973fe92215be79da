"""The axes and their orientations: titles of the body and of the protocol, rubrics read each by its own reader."""

import re
from collections.abc import Iterable
from dataclasses import replace

from tenir.fichier.modeles import ActionPrevue, Axe, Donnee, Objectif, OrganismeCite, Orientation, ProjetDeQuartier
from tenir.fichier.mots import plain
from tenir.fichier.source import Plage
from tenir.lecteur.actions import doute_d_action, lire_action, signees
from tenir.lecteur.avis import Atelier
from tenir.lecteur.credits import FINANCEURS, lire_credits, parts_du_cout
from tenir.lecteur.donnees import lire_donnees
from tenir.lecteur.fiches import (
    actions_d_objectif,
    corps_cites,
    est_objectif,
    lire_fiche,
    lire_objectif,
    region_de_titre,
)
from tenir.lecteur.lexique import cle
from tenir.lecteur.lignes import Texte
from tenir.lecteur.listes import Element, Liste, lire_liste
from tenir.lecteur.objectifs import apres_le_dit, lire_dessous, lire_dits, lire_objectifs
from tenir.lecteur.organismes import citer
from tenir.lecteur.plan import Plan, PlanDeFiche, PlanDOrientation, Region
from tenir.lecteur.repartition import Possession
from tenir.lecteur.rubriques import Titre
from tenir.lecteur.structure.tableaux import Sorte
from tenir.lecteur.titres import titre_court

_ADRESSE = re.compile(r"https?:\S+")
CREDITS = ("crédits", "droit commun", "spécifique", FINANCEURS)


def codes_d_orientations(plan: Plan) -> dict[int, str]:
    """The code of each orientation by its heading's line: as printed when numbers run 1 to n, else by order."""
    ranks = [o.titre.rang for o in plan.orientations]
    printed = all(rank.isdigit() for rank in ranks) and len(set(ranks)) == len(ranks)
    return {
        o.titre.debut: f"O{int(o.titre.rang) if printed else rank:02d}" for rank, o in enumerate(plan.orientations, 1)
    }


def lire_axes(atelier: Atelier, plan: Plan) -> tuple[tuple[Axe, ...], list[Possession]]:
    """Read every axe with its orientations. Orientations under no axe stand under one of the reader's making."""
    codes = codes_d_orientations(plan)
    possessions: list[Possession] = []
    axes: list[Axe] = []
    for rank, titre in enumerate(_axes_used(plan)):
        under = [o for o in plan.orientations if (o.axe.debut if o.axe else 0) == (titre.debut if titre else 0)]
        read = (_orientation(atelier, plan, o, codes[o.titre.debut], possessions) for o in under)
        orientations = tuple(orientation for orientation in read if orientation)
        axe = _axe(atelier, plan, titre, chr(ord("A") + rank), orientations)
        axes += [axe] if axe else []
    return tuple(axes), possessions


def _axes_used(plan: Plan) -> list[Titre | None]:
    orphans = [None] if any(o.axe is None for o in plan.orientations) else []
    return [*orphans, *plan.axes]


def _axe(
    atelier: Atelier, plan: Plan, titre: Titre | None, code: str, orientations: tuple[Orientation, ...]
) -> Axe | None:
    if titre is None:
        return Axe(code=code, titre="Sans axe", titre_imprime="Sans axe", **_held(orientations))
    announced = _announced_axe(plan, orientations)
    printed = titre.titre.replace("(axe transversal)", "").strip(" –-")
    differs = announced is not None and cle(announced.titre) != cle(printed)
    return atelier.bati(
        Axe,
        code=code,
        titre=titre_court(printed),
        titre_imprime=printed or f"Axe {code}",
        titre_protocole=announced.titre if announced and differs else None,
        source_protocole=_lines(announced),
        transversal="transversal" in plain(titre.titre) or _said_transversal(atelier.texte, printed),
        source=_lines(titre),
        texte=printed or None,
        **_held(orientations),
    )


def _held(found: tuple[Orientation, ...]) -> dict[str, tuple[Orientation, ...]]:
    """What an axis holds, projects of quarters apart."""
    projets = tuple(o for o in found if isinstance(o, ProjetDeQuartier))
    return {"orientations": tuple(o for o in found if o not in projets), "projets": projets}


def _said_transversal(texte: Texte, titre: str) -> bool:
    """Whether a sentence of the document says that this axe crosses the others (« …, étant transversal »)."""
    said = re.compile(rf"{re.escape(plain(titre))}\W+(?:\w+\W+){{0,3}}transversal")
    return bool(titre and said.search(texte.plat))


def _announced_axe(plan: Plan, orientations: tuple[Orientation, ...]) -> Titre | None:
    """The protocol's heading right above the first announced orientation of an axe."""
    places = [p.debut for o in orientations for p in o.source_protocole]
    above = [t for t in plan.annonces_d_axes if places and t.debut < min(places)]
    return above[-1] if above else None


def _lines(titre: Titre | None) -> tuple[Plage, ...]:
    return (Plage(titre.debut, titre.fin),) if titre else ()


def _orientation(
    atelier: Atelier, plan: Plan, place: PlanDOrientation, code: str, possessions: list[Possession]
) -> Orientation | None:
    rubriques = [*place.rubriques, *(r for fiche in place.fiches for r in fiche.rubriques)]
    possessions += [Possession(code, region) for region in (*rubriques, *map(region_de_titre, place.fiches))]
    announced = plan.annonces.get(place.titre.rang)
    actions = _actions(atelier, place, code)
    for action in actions:
        doute_d_action(atelier, action)
    named = any(map(str.isalnum, place.titre.titre))
    titre = place.titre.titre if named else f"Orientation {place.titre.rang}"
    return atelier.bati(
        ProjetDeQuartier if place.quartiers else Orientation,
        **({"quartiers": place.quartiers} if place.quartiers else {}),
        code=code,
        titre=titre_court(titre),
        titre_imprime=titre,
        titre_protocole=announced.titre if announced and announced.titre != titre else None,
        source_protocole=_lines(announced),
        source=_lines(place.titre),
        texte=titre,
        objectifs=_objectifs(atelier, place, code),
        donnees=_donnees(atelier, place, code),
        actions=actions,
        pilotes=(*_bodies(atelier, _of_all(place), "pilotes"), *_carriers(atelier, place)),
        services_associes=_bodies(atelier, _of_all(place), "services associés"),
        credits=lire_credits(atelier, _credits(atelier, rubriques), code),
    )


def _credits(atelier: Atelier, rubriques: Iterable[Region]) -> list[Region]:
    """The regions that say who pays: credits, and a cost that says what each funder brings of it."""
    found = []
    for region in rubriques:
        if region.nature == "coût" and parts_du_cout(atelier, region):
            found.append(replace(region, nature=FINANCEURS))
        elif region.nature in CREDITS:
            found.append(region)
    return found


def _donnees(atelier: Atelier, place: PlanDOrientation, code: str) -> tuple[Donnee, ...]:
    found: list[Donnee] = []
    for region in (r for r in place.rubriques if r.nature == "données" and not _of_money(atelier, r)):
        found += lire_donnees(atelier, region, code, len(found) + 1)
    return tuple(found)


def _of_money(atelier: Atelier, region: Region) -> bool:
    """Whether a table tells who brings how much: its figures measure nothing of the orientation."""
    cell = atelier.texte.lignes[region.corps].tableau if region.corps in atelier.texte.lignes else None
    table = atelier.tables.get(cell[0]) if cell else None
    return table is not None and table.sorte is Sorte.MAQUETTE


def _objectifs(atelier: Atelier, place: PlanDOrientation, code: str) -> tuple[Objectif, ...]:
    below = [replace(r, corps=apres_le_dit(atelier.texte, r)) for r in place.rubriques if r.nature == "objectifs"]
    liste = _liste(atelier, below, "objectifs")
    found: list[Objectif] = []
    for region in (r for r in place.rubriques if r.nature == "objectifs" and r.reste):
        found += lire_dits(atelier, region, code, len(found) + 1)
    found += lire_objectifs(atelier, liste, code, puces=_has_actions(place), premier=len(found) + 1)
    for fiche in place.fiches:
        if est_objectif(fiche):
            read = lire_objectif(atelier, fiche, f"{code}-B{len(found) + 1:02d}")
            found += [read] if read else []
        else:
            found += _of_a_sheet(atelier, fiche, code, len(found) + 1)
    return tuple(found)


def _of_a_sheet(atelier: Atelier, fiche: PlanDeFiche, code: str, premier: int) -> list[Objectif]:
    """The objectives that a sheet gives its action, which is their sub-theme."""
    found: list[Objectif] = []
    for region in (r for r in fiche.rubriques if r.nature == "objectifs" and not r.dit):
        found += lire_dits(atelier, region, code, premier + len(found)) if region.reste else []
        below = replace(region, corps=apres_le_dit(atelier.texte, region))
        found += lire_dessous(atelier, below, code, premier + len(found))
    return [objectif.model_copy(update={"sous_theme": titre_court(fiche.titre.titre)}) for objectif in found]


def _carriers(atelier: Atelier, place: PlanDOrientation) -> tuple[OrganismeCite, ...]:
    """Who carries an operational objective, said with its title."""
    return tuple(
        body.model_copy(update={"fonction": f"pour « {fiche.titre.titre} »"})
        for fiche in filter(est_objectif, place.fiches)
        for body in corps_cites(atelier, fiche, "pilotes")
    )


def _has_actions(place: PlanDOrientation) -> bool:
    return bool(place.fiches) or any(region.nature == "actions" for region in place.rubriques)


def _liste(atelier: Atelier, rubriques: Iterable[Region], nature: str) -> Liste:
    read = [lire_liste(atelier.texte, r.corps, r.fin) for r in rubriques if r.nature == nature]
    return Liste(
        tuple(e for liste in read for e in liste.elements),
        tuple(a for liste in read for a in liste.alineas),
        tuple(i for liste in read for i in liste.intertitres),
    )


def _actions(atelier: Atelier, place: PlanDOrientation, code: str) -> tuple[ActionPrevue, ...]:
    elsewhere = None if _has_actions(place) else "objectifs"
    liste = _liste(atelier, place.rubriques, elsewhere or "actions")
    elements = liste.elements
    if not elements and not elsewhere and not place.fiches:  # no bullet is printed: each paragraph is an action
        elements = tuple(Element(bloc.debut, bloc.fin, bloc.puce) for bloc in liste.alineas)
    signed = not elsewhere and signees(atelier, elements)
    found = [
        lire_action(atelier, element, f"{code}-A{rank:02d}", elsewhere, signee=signed)
        for rank, element in enumerate(elements, 1)
    ]
    found = [_labelled(atelier, place, action) if action else None for action in found]
    for fiche in place.fiches:
        if est_objectif(fiche):
            found += actions_d_objectif(atelier, fiche, code, len(found) + 1)
        else:
            found.append(lire_fiche(atelier, fiche, f"{code}-A{len(found) + 1:02d}"))
    return tuple(action for action in found if action)


def _own_labels(place: PlanDOrientation) -> list[tuple[Region, list[Region]]]:
    """Each list of actions with the labels under it, when labels stand under each item: its list opens again after."""
    if not any(region.nature == "actions" and region.corps == region.debut for region in place.rubriques):
        return []
    found: list[tuple[Region, list[Region]]] = []
    for region in place.rubriques:
        if region.nature == "actions":
            found.append((region, []))
        elif found and region.reste:
            found[-1][1].append(region)
        elif found:
            break
    return found


def _of_all(place: PlanDOrientation) -> list[Region]:
    """The rubrics of an orientation that are no label of one of its actions."""
    own = [label for _, labels in _own_labels(place) for label in labels]
    return [region for region in place.rubriques if region not in own]


def _labelled(atelier: Atelier, place: PlanDOrientation, action: ActionPrevue) -> ActionPrevue:
    """An action with the bodies that the labels under it name."""
    for region, labels in _own_labels(place):
        if labels and action.source and region.corps <= action.source[-1].fin <= region.fin < labels[0].debut:
            said = {
                "pilotes": action.pilotes or _bodies(atelier, labels, "pilotes"),
                "partenaires": action.partenaires or _bodies(atelier, labels, "services associés"),
            }
            return action.model_copy(update=said)
    return action


def _bodies(atelier: Atelier, rubriques: Iterable[Region], nature: str) -> tuple[OrganismeCite, ...]:
    """The bodies of a rubric: a paragraph may run over lines; a finished line ends a list."""
    lines: list[str] = []
    for region in (r for r in rubriques if r.nature == nature):
        lines += [region.reste] if region.reste else []
        for numero in atelier.texte.pleines(region.corps, region.fin):
            line = _ADRESSE.sub("", atelier.texte.net(numero)).strip()
            if not line:
                continue
            if lines and (atelier.texte.suit(numero, numero - 1) or not lines[-1]):
                lines[-1] = atelier.texte.joint(lines[-1], numero)
            else:
                lines.append(f", {line}" if lines else line)
    return citer(lines, atelier.territoires)
