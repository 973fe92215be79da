"""The plan of a document by its structure: roles of its headings, then each orientation with what stands under it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from tenir.lecteur.credits import FINANCEURS
from tenir.lecteur.gouvernance import nom_en_tete
from tenir.lecteur.intitules_devines import est_un_corps
from tenir.lecteur.lexique import cle, lexique
from tenir.lecteur.lignes import ALINEA, PERDUE, Bloc, Texte
from tenir.lecteur.organismes import reconnaitre
from tenir.lecteur.plan import SUR, Plan, PlanDeFiche, PlanDOrientation, Region
from tenir.lecteur.promesses import promet
from tenir.lecteur.promesses_en_phrases import agit
from tenir.lecteur.promet import PROMET, S_ENGAGE
from tenir.lecteur.quartiers import nommes, seulement
from tenir.lecteur.rubriques import Titre, sans_article
from tenir.lecteur.structure.annonces import LONGUEUR_D_UN_NOM, annonce, promis_par
from tenir.lecteur.structure.arbre import Noeud, arbre
from tenir.lecteur.structure.buts import Buts, lettres
from tenir.lecteur.structure.contenu import Contenu, Lecteur
from tenir.lecteur.structure.contenus_de_partie import tient_des_instances, tient_des_parties
from tenir.lecteur.structure.formes import Entetes, Forme, est_titre_du_document, titre_de
from tenir.lecteur.structure.niveaux import ParColonnes, niveaux_en_colonnes
from tenir.lecteur.structure.projets import PROJETS, projets_de_quartier, quartiers_du_projet
from tenir.lecteur.structure.rappels import rappels_de, vise
from tenir.lecteur.structure.rappels_seuls import axes_rappeles, par_rappels
from tenir.lecteur.structure.roles import Role, Signes, roles
from tenir.lecteur.structure.series import DECOUPES
from tenir.lecteur.structure.tableaux import (
    Sorte,
    Tableau,
    lignes_d_une_liste,
    region_de_suivi,
    regions_d_une_liste,
    tableaux,
)

MOITIE = 2
PLUSIEURS_NOMS = 3  # names alone above bullets, for each to be that of a signatory
ENSEMBLES = (Role.ORIENTATION, Role.PROJET)
_S_ENGAGE = re.compile(rf"^(?P<nom>[^:;.]{{2,90}}?)\s+{PROMET}\s+(?:à|de|d[’'])?\s*:$", re.IGNORECASE)
_ENGAGEMENTS = re.compile(
    r"\bengagements?\b(?! quartiers)|\bcontributions? (?:de|des) |\bs[’']oblig\w+\b"
    r"|\bobligations? (?:des?\b|récipro|mutuel)|^obligations$"
    r"|\bpromet(?:tent)?\b|\bpromesses\b|\bparoles? données?\b"
    r"|\bce que chac\w+(?: (?:signataire|partenaire|partie|institution))? (?:apporte|met|fera|donne)\b"
    r"|\b(?:contributions?|apports?) des (?:signataires|partenaires|parties)\b",
    re.IGNORECASE,
)
_VOULU = re.compile(
    r"^\s*(?:Nous|Les\s+(?:signataires|partenaires|parties))\s+(?:voulons|veulent|visons|visent|souhaitons|souhaitent)\s+"
    r"(?P<reste>(?:que\s|qu[’'])\S.*)$"
)
_PROMET_EN_TITRE = re.compile(rf"\b{PROMET}(?:\s+(?:à|de))?$", re.IGNORECASE)
_REPRESENTE = re.compile(r",\s+représentée?s?\s+par\b", re.IGNORECASE)
_PROMET = re.compile(rf"^représenté|\b{S_ENGAGE}|\bpromet|\bpromettons|\bengagements?\b", re.IGNORECASE)


def plan_par_structure(texte: Texte, imposes: Mapping[Forme, Role] | None = None) -> Plan:
    """Read the plan of a document by what its headings have in common and what stands under them.

    What a person said of forms of headings (`imposes`) goes first.
    """
    return _Plan(texte, imposes).lire()


@dataclass
class _Plan:
    texte: Texte
    imposes: Mapping[Forme, Role] | None = None
    roles: dict[Noeud, Role] = field(default_factory=dict)

    def lire(self) -> Plan:
        self.derniere = len(self.texte.document.lignes)
        self.noeuds = arbre(Entetes(self.texte, self.imposes or ()).lire(), self.derniere)
        self.tables = tableaux(self.texte)
        self.nommes = self.texte.identite.quartiers
        self.signes = Signes(self.texte, self.noeuds, self.tables, projets_de_quartier(self.noeuds, self.nommes))
        self.roles = roles(self.signes, self.imposes)
        columns = niveaux_en_colonnes(self.noeuds, self.tables, self.roles)
        self.lecteur = Lecteur(self.texte, self.tables)
        self.buts = Buts(self.texte, self.noeuds)
        self._mark_projects()
        orientations = self._placed([n for n in self.noeuds if self.roles.get(n) in ENSEMBLES])
        return Plan(
            sections=tuple(self._sections()),
            orientations=(*orientations, *map(self._funded_sheets, columns.orientations)),
            axes=(*self._axes(columns), *columns.axes, *axes_rappeles(self.noeuds, orientations)),
            sommaire=self.texte.sommaire,
            en_phrases=True,
        )

    def _axes(self, columns: ParColonnes) -> Iterator[Titre]:
        """The axes that headings say and that hold something."""
        told = {place.axe.debut for place in columns.orientations if place.axe}
        for node in self.noeuds:
            if self.roles.get(node) is Role.AXE and (self._holds(node) or node.entete.debut in told):
                yield titre_de(node.entete, "axes")

    @staticmethod
    def _funded_sheets(place: PlanDOrientation) -> PlanDOrientation:
        sheets = (replace(f, rubriques=tuple(map(_funded, f.rubriques))) for f in place.fiches)
        return replace(place, fiches=tuple(sheets))

    def _holds(self, axe: Noeud) -> bool:
        return any(self.roles.get(node) in ENSEMBLES for node in axe.descendants())

    def _mark_projects(self) -> None:
        """What stands under the name of a quarter, among the projects of quarters, is no orientation of the whole."""
        self.quartiers: dict[Noeud, tuple[str, ...]] = {}
        names = self.nommes
        for node in [n for n in self.noeuds if self.roles.get(n) is Role.ORIENTATION]:
            own = nommes(names, node.entete.titre)
            above = next((found for n in node.ancetres() if (found := quartiers_du_projet(n, names))), ())
            if above:
                self.roles[node], self.quartiers[node] = Role.PROJET, above
                continue
            said = any(PROJETS.search(n.entete.titre) for n in (node, *node.ancetres()))
            if own and (said or seulement(node.entete.titre, own)):
                self.roles[node], self.quartiers[node] = Role.PROJET, own
            elif said and not node.entete.mot and not node.entete.rang:
                self.roles[node], self.quartiers[node] = Role.PROJET, (node.entete.titre[:200],)

    def _orientation(self, node: Noeud) -> PlanDOrientation:
        above = next((n for n in node.ancetres() if self.roles.get(n) is Role.AXE), None)
        content = Contenu()
        self._gather(node, "présentation", content)
        content.rubriques = [part for r in content.rubriques for part in self._as_objectives(r, node)]
        content.fiches = [*lettres(self.texte, content.rubriques), *content.fiches]
        content.rubriques = [_funded(r) for r in content.rubriques]
        content.fiches = [replace(f, rubriques=tuple(map(_funded, f.rubriques))) for f in content.fiches]
        return PlanDOrientation(
            titre_de(node.entete, "orientations"),
            titre_de(above.entete, "axes") if above else None,
            node.derniere,
            tuple(content.rubriques),
            tuple(content.fiches),
            self.quartiers.get(node, ()),
        )

    def _placed(self, nodes: Sequence[Noeud]) -> tuple[PlanDOrientation, ...]:
        """Every orientation with its sheets, each under the one that it recalls wherever it is printed.

        The sheets of a quarter's project stay there: what they recall is a theme of the whole contract.
        """
        read = {node: self._orientation(node) for node in nodes}
        sheets: dict[Noeud, list[PlanDeFiche]] = {node: [] for node in nodes}
        goals = [n for n in self.noeuds if self.roles.get(n) is Role.ORIENTATION or self._under(n, nodes)]
        for node, place in read.items():
            stays = self.roles[node] is Role.PROJET
            for fiche in place.fiches:
                if self.buts.rappel(fiche):
                    continue
                target = None if stays else self._recalled(fiche, goals, nodes)
                sheets[target or node].append(self.buts.propres(fiche))
        for fiche in self._printed_apart():
            if target := self._recalled(fiche, goals, nodes):
                sheets[target].append(self.buts.propres(fiche))
        placed = (self._completed(replace(place, fiches=tuple(sheets[node]))) for node, place in read.items())
        return tuple(part for place in placed for part in par_rappels(self.texte, place, seule=len(nodes) == 1))

    def _completed(self, place: PlanDOrientation) -> PlanDOrientation:
        """Without a sheet nor a rubric of actions, wherever printed, bullets are the actions."""
        if place.fiches or any(r.nature == "actions" for r in place.rubriques):
            return place
        return replace(place, rubriques=tuple(map(self._as_actions, place.rubriques)))

    def _as_objectives(self, region: Region, node: Noeud) -> list[Region]:
        """Bullets under a sentence that announces objectives, the paragraphs above them left as they are."""
        blocs = self.texte.blocs(region.corps, region.fin) if region.nature == "présentation" else []
        ranks = [k for k, bloc in enumerate(blocs) if bloc.puce != ALINEA]
        if not ranks:
            return self._wanted(region, blocs)
        first, last = blocs[ranks[0]], blocs[ranks[-1]]
        above = self.texte.mots(bloc.plage for bloc in blocs[: ranks[0]])
        if not above and region.corps == node.corps:
            above = node.entete.amorce
        announced = annonce(above)
        if announced not in ("objectifs", "indicateurs"):
            return [region]
        parts = [replace(region, nature=announced, debut=first.debut, corps=first.debut, fin=last.fin)]
        if first.debut > region.corps:
            parts.insert(0, replace(region, fin=first.debut - 1))
        if last.fin < region.fin:
            parts.append(replace(region, debut=last.fin + 1, corps=last.fin + 1))
        return parts

    def _wanted(self, region: Region, blocs: Sequence[Bloc]) -> list[Region]:
        """Paragraphs that say what is wanted (« Nous voulons que … et que … »), apart from the others."""
        parts: list[Region] = []
        for bloc in blocs:
            said = _VOULU.match(self.texte.brut(bloc.debut))
            if said:
                parts.append(
                    Region("objectifs", "", bloc.debut, bloc.debut + 1, bloc.fin, reste=said["reste"].rstrip())
                )
            elif parts and parts[-1].nature == region.nature:
                parts[-1] = replace(parts[-1], fin=bloc.fin)
            else:
                parts.append(replace(region, debut=bloc.debut, corps=bloc.debut, fin=bloc.fin))
        return parts if any(part.reste for part in parts) else [region]

    def _under(self, node: Noeud, nodes: Sequence[Noeud]) -> bool:
        return self.roles.get(node) is Role.OBJECTIF and any(above in nodes for above in node.ancetres())

    def _recalled(self, fiche: PlanDeFiche, goals: Sequence[Noeud], nodes: Sequence[Noeud]) -> Noeud | None:
        """The orientation that a sheet recalls, itself or by one of its objectives."""
        found = vise(rappels_de(self.texte, fiche), goals)
        return next((n for n in (found, *found.ancetres()) if n in nodes), None) if found else None

    def _printed_apart(self) -> list[PlanDeFiche]:
        """The sheets that stand under no orientation: headings of their own, and what the parts that recall hold."""
        content = Contenu()
        for node in self.noeuds:
            if any(self.roles.get(n) in ENSEMBLES or n in self._apart for n in node.ancetres()):
                continue
            if self.roles.get(node) is Role.FICHE:
                place = next((found for n in node.ancetres() if (found := self._place(n))), ())
                content.fiches.append(replace(self._fiche(node), quartiers=place))
            elif node in self._apart and node not in self.roles:
                self._gather(node, "présentation", content)
        return [replace(f, rubriques=tuple(map(_funded, f.rubriques))) for f in content.fiches]

    @property
    def _apart(self) -> set[Noeud]:
        return {n for n in self.signes.deplacees.conteneurs if self.roles.get(n) is not Role.FICHE}

    def _as_actions(self, region: Region) -> Region:
        """Bullets right under an orientation without rubric are its actions."""
        listed = any(self.texte.puce(n) for n in self.texte.pleines(region.corps, region.fin))
        return replace(region, nature="actions") if region.nature == "présentation" and listed else region

    def _gather(self, node: Noeud, nature: str, out: Contenu, titre: str = "") -> None:
        """What stands under a heading, its own lines first, then each heading below by its role."""
        self._add(out, self.lecteur.lire(node.corps, node.fin, nature, titre), node, nature)
        for child in node.enfants:
            role = self.roles.get(child)
            if role in ENSEMBLES or self._promises_apart(child):
                continue
            known = len(out.fiches)
            if role is Role.FICHE:
                out.fiches.append(self._fiche(child))
            elif role is Role.OBJECTIF:
                self._objectif(child, out)
            else:
                self._gather(child, self._nature(child, nature), out, child.entete.titre)
            if place := self._place(child):
                out.fiches[known:] = [replace(fiche, quartiers=place) for fiche in out.fiches[known:]]

    def _promises_apart(self, node: Noeud) -> bool:
        """Whether a heading inside the project opens promises of signatories (« Paroles données pour le cap A »)."""
        numbered = node.entete.rang or node.entete.mot  # « 1.1.1. Tenir la promesse faite » is an objective
        return not numbered and node not in self.roles and self.signes.section(node) == "engagements"

    def _place(self, node: Noeud) -> tuple[str, ...]:
        """The quarters that a heading names and nothing else: what stands under it is done there."""
        own = nommes(self.nommes, node.entete.titre)
        return own if own and seulement(node.entete.titre, own) else ()

    @staticmethod
    def _add(out: Contenu, found: Contenu, node: Noeud, nature: str) -> None:
        heading = node.entete
        regions = found.rubriques
        if nature != "présentation" and regions and regions[0].nature == nature and not regions[0].reste:
            regions = [replace(regions[0], debut=heading.debut, titre=heading.titre), *regions[1:]]
        elif nature != "présentation":
            regions = [Region(nature, heading.titre, heading.debut, heading.fin + 1, heading.fin), *regions]
        out.rubriques += regions
        out.fiches += found.fiches

    def _nature(self, node: Noeud, above: str) -> str:
        title = node.entete.titre
        return (
            node.entete.rubrique
            or lexique().rubrique_probable(title)
            or (above if above != "présentation" else "autre")
        )

    def _fiche(self, node: Noeud) -> PlanDeFiche:
        content = Contenu()
        for part in (node, *node.descendants()):
            nature = "description" if part is node else self._nature(part, "description")
            nature = "description" if nature == "actions" else nature
            read = self.lecteur.lire(
                part.corps, part.fin, nature, part.entete.titre if part is not node else "", une_fiche=True
            )
            content.rubriques += read.rubriques
        return PlanDeFiche(titre_de(node.entete, "fiches"), tuple(content.rubriques))

    def _objectif(self, node: Noeud, out: Contenu) -> None:
        """An objective with its own actions: they keep its title as their theme."""
        below = Contenu()
        self._gather(node, "présentation", below)
        titre = titre_de(node.entete, "objectifs_operationnels")
        out.fiches.append(PlanDeFiche(titre, tuple(below.rubriques)))
        out.fiches += below.fiches

    def _sections(self) -> list[Region]:
        """The headings outside the project, each with its own lines; the parts of a signatory stay together."""
        found: list[Region] = []
        first = min((n.entete.debut for n in self.noeuds), default=self.derniere + 1)
        if self.texte.pleines(1, first - 1):
            found.append(Region("ouverture", "", 1, 1, first - 1))
        for node in self.noeuds:
            if node.parent is None and node not in self.roles:
                self._section(node, "", 1, found)
            elif self.roles.get(node) is Role.AXE:
                found.append(Region("orientations", node.entete.titre, node.entete.debut, node.corps, node.fin))
                for child in node.enfants:
                    if child not in self.roles:
                        self._section(child, "orientations", 2, found)
        for node in self.noeuds:
            if self._promises_apart(node) and any(self.roles.get(n) in ENSEMBLES for n in node.ancetres()):
                self._section(node, "engagements", 2, found)
        return sorted(found, key=lambda region: region.debut)

    def _section(self, node: Noeud, inherited: str, niveau: int, out: list[Region]) -> None:
        nature = self._part(node) or inherited or "autre"
        if nom := promis_par(node.entete.titre):
            out.append(Region("engagements", nom, node.entete.debut, node.corps, node.derniere, node.entete.rang, SUR))
            return
        whole = nature == "engagements" and niveau > 1 and self._part(node) != "engagements"
        out.append(
            Region(
                nature,
                node.entete.titre,
                node.entete.debut,
                node.corps,
                node.derniere if whole else node.fin,
                node.entete.rang,
                niveau,
            )
        )
        if whole and (rows := self._promising_rows(node, niveau - 1)):
            out[-1] = replace(out[-1], fin=rows[0].debut - 1, niveau=1)  # an article that a table of parties fills
            out += rows
            return
        if whole:
            named = self._named_above_lists(node, niveau - 1)
            if named and out[-1].corps <= named[0].debut:
                out[-1] = replace(out[-1], fin=named[0].debut - 1)
                out += named
            return
        out += self._promising_rows(node, niveau)
        if nature == "engagements":
            out += self._led_in(node, niveau) or self._named_above_lists(node, niveau)
        out += [
            region
            for table in self.tables.values()
            if table.sorte is Sorte.INDICATEURS and node.corps <= table.debut <= node.fin
            for region in ((region_de_suivi(table),) if table.suivi else regions_d_une_liste(table, "indicateurs"))
        ]
        for child in node.enfants:
            if child not in self.roles:
                self._section(child, nature if nature != "autre" else "", niveau + 1, out)

    def _promising_rows(self, node: Noeud, niveau: int) -> list[Region]:
        """Each row of a table of commitments under a heading, as the part of a signatory."""
        found = []
        for table in self.tables.values():
            if (
                self._without_heads(table)
                and node.corps <= table.debut <= node.fin
                and self._part(node) == "engagements"
            ):
                for name, said in table.lignes:
                    corps, fin = said.numeros[0], said.numeros[-1]
                    found.append(Region("engagements", name.mots, name.numeros[0], corps, fin, niveau=niveau + 1))
            if table.sorte is Sorte.ENGAGEMENTS and node.corps <= table.debut <= node.fin:
                heads = table.entetes or {}
                who = next((k for k, name in heads.items() if name != "engagement"), 1)
                for cell, others in lignes_d_une_liste(table, heads[who]):
                    promised = [case for case in others if heads.get(case.colonne) == "engagement"] or others
                    corps, fin = (promised[0].numeros[0], promised[-1].numeros[-1]) if promised else (0, 0)
                    if found and found[-1].debut == cell.numeros[0]:
                        found[-1] = replace(found[-1], fin=max(fin, found[-1].fin))  # a cell merged over several rows
                    elif promised:
                        found.append(Region("engagements", cell.mots, cell.numeros[0], corps, fin, niveau=niveau + 1))
        return found

    @staticmethod
    def _without_heads(table: Tableau) -> bool:
        """Whether each row of a table is a short name beside what may be its promises, under no head."""
        rows = table.lignes
        pairs = table.sorte is Sorte.AUTRE and len(rows) > 1 and all(len(row) == MOITIE for row in rows)
        return pairs and all(
            row[0].mots[:1].isupper() and len(row[0].mots.split()) <= LONGUEUR_D_UN_NOM and promet(row[1].mots)
            for row in rows
        )

    def _led_in(self, node: Noeud, niveau: int) -> list[Region]:
        """Each signatory whom a lead-in names (« L’État promet de : »), with what stands up to the next."""
        lines = self.texte.pleines(node.corps, node.fin)
        heads = [(n, found["nom"]) for n in lines if (found := _S_ENGAGE.match(self.texte.net(n)))]
        ends = [*(n - 1 for n, _nom in heads[1:]), node.fin]
        return [
            Region("engagements", nom, n, n + 1, end, niveau=niveau + 1)
            for (n, nom), end in zip(heads, ends, strict=False)
            if nom[:1].isupper() and self.texte.puce(n) == ALINEA
        ]

    def _named_above_lists(self, node: Noeud, niveau: int) -> list[Region]:
        """In a part of commitments, each name before a colon right above bullets, when several stand so."""
        lines = self.texte.pleines(node.corps, node.fin)
        heads = [n for n, below in pairwise(lines) if self._names_above(n, below)]
        bare = [n for n, below in pairwise(lines) if self._names_above(n, below, colon=False)]
        heads = heads or (bare if len(bare) >= PLUSIEURS_NOMS else [])
        ends = [*(n - 1 for n in heads[1:]), node.fin]
        return [
            Region("engagements", self.texte.net(n).rstrip(" :"), n, n + 1, end, niveau=niveau + 1)
            for n, end in zip(heads, ends, strict=False)
            if len(heads) > 1
        ]

    def _names_above(self, numero: int, below: int, *, colon: bool = True) -> bool:
        texte, line = self.texte, self.texte.net(numero)
        plain_line = texte.puce(numero) in (ALINEA, PERDUE) and texte.puce(below) not in (ALINEA, PERDUE)
        short = line.endswith(":") == colon and line[-1:] not in ".;,?" and len(line.split()) <= LONGUEUR_D_UN_NOM
        return plain_line and short and line[:1].isupper() and texte.lignes[numero].tableau is None

    def _part(self, node: Noeud) -> str:
        """The part that a heading opens: its words, or what stands under it."""
        if est_titre_du_document(node.entete):
            return "ouverture"
        if tient_des_instances(node):
            return "gouvernance"
        if tient_des_parties(node):
            return "engagements"
        numbered = node.entete.mot and node.entete.mot not in DECOUPES  # « Orientation 2 – … dans le quartier »
        said = lexique().section(node.entete.titre) if not numbered else None
        if said:
            return said
        if self.signes.sortes[node][Sorte.INSTANCES]:
            return "gouvernance"
        if cle(node.entete.titre) in lexique().listes["engagement"] or _ENGAGEMENTS.search(node.entete.titre):
            return "engagements"
        below = [child.entete.titre for child in node.enfants]
        bodies = [child for child in node.enfants if self._body(child)]
        if len(bodies) > 1 and len(bodies) * MOITIE >= len(below):
            return "engagements"
        if any(
            lexique().commence("instances", sans_article(titre.replace("’", " ")))
            for titre in (*below, *self._lead_ins(node))
        ):
            return "gouvernance"
        if self._tells_bodies(node):
            return "gouvernance"
        return "engagements" if self._tells_parties(node) else ""

    def _tells_parties(self, node: Noeud) -> bool:
        """Whether most of the paragraphs right under a heading each say what a body does (« L’État finance … »)."""
        blocs = self.texte.blocs(node.corps, node.fin) if node.corps <= node.fin else []
        told = [nom for bloc in blocs if bloc.puce == ALINEA if (nom := agit(self.texte.mots((bloc.plage,))))]
        known = [nom for nom in told if est_un_corps(nom, ()) or cle(nom) in lexique().listes["institutions"]]
        return len(told) >= PLUSIEURS_NOMS and len(told) * 3 >= len(blocs) * 2 and len(known) > 1

    def _tells_bodies(self, node: Noeud) -> bool:
        """Whether most of the paragraphs right under a heading open with a body of governance."""
        blocs = self.texte.blocs(node.corps, node.fin) if node.corps <= node.fin else []
        said = [part for bloc in blocs for part in re.split(r"(?<=[.;])\s+", self.texte.mots((bloc.plage,)))]
        for parts in ([self.texte.mots((bloc.plage,)) for bloc in blocs], said):
            told = [found for part in parts if (found := nom_en_tete(part))]
            sure = any(lexique().commence("instances_sures", nom) for nom in told)
            if sure and len(told) > 1 and len(told) * MOITIE > len(parts):
                return True
        return False

    def _body(self, node: Noeud) -> bool:
        """Whether a heading names a body that promises: a known one, or one that what stands under says so of."""
        if reconnaitre(node.entete.titre, ()) or _PROMET_EN_TITRE.search(node.entete.titre):
            return True
        if any(word in lexique().listes["collectifs"] for word in cle(node.entete.titre).split()):
            return False  # « Les signataires » is nobody
        first = self.texte.pleines(node.corps, node.fin)[:2]
        if first and _REPRESENTE.search(node.entete.titre):
            return True
        return any(_PROMET.search(self.texte.net(n)) for n in first)

    def _lead_ins(self, node: Noeud) -> list[str]:
        return [
            head[0]
            for n in self.texte.pleines(node.corps, node.fin)
            if len(head := re.split(r"\s*:\s*|\s[–—]\s", self.texte.net(n), maxsplit=1)) > 1
        ]


def _funded(region: Region) -> Region:
    """Credits are read here funder by funder: no other layout is known ahead than that of the two sorts of law."""
    return replace(region, nature=FINANCEURS) if region.nature == "crédits" else region
