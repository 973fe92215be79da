"""What each form of heading is here: axis, orientation, objective or sheet, told by what stands under its headings.

A sheet is a heading with labels of its own (who carries, with whom, when); an orientation holds actions or sheets; an
axis holds several orientations. The words of a series (« pilier », « fiche ») weigh when what stands under agrees.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum

from tenir.lecteur.lexique import lexique
from tenir.lecteur.lignes import ALINEA, Texte
from tenir.lecteur.structure.arbre import Noeud
from tenir.lecteur.structure.cases import nature
from tenir.lecteur.structure.contenu import INTITULE, etiquettes, incluses
from tenir.lecteur.structure.formes import Forme, est_titre_du_document, etage_de
from tenir.lecteur.structure.rappels import Deplacees
from tenir.lecteur.structure.series import DECOUPES
from tenir.lecteur.structure.tableaux import Sorte, Tableau


class Role(StrEnum):
    """What a heading is in the project of a contract; `RIEN`: a person says that it is none of these."""

    AXE = "axe"
    ORIENTATION = "orientation"
    OBJECTIF = "objectif"
    FICHE = "fiche"
    PROJET = "projet de quartier"
    RIEN = "rien"


DE_FICHE = frozenset({"pilotes", "services associés", "calendrier", "coût", "public", "lieu", "description", "crédits"})
PORTEUSES = frozenset({"pilotes", "calendrier", "services associés"})
_AUTOUR = ("diagnostic", "evaluation", "preambule", "protocole")  # may hold the project itself, under their own words
_DES_PARTIES = (
    "engagements",
    "gouvernance",
    "diagnostic",
    "indicateurs",
    "evaluation",
    "sommaire",
    "preambule",
    "protocole",
    "signature",
)


class Signes:
    """What stands under each heading, asked once."""

    def __init__(
        self, texte: Texte, noeuds: Sequence[Noeud], tables: Mapping[int, Tableau], projets: Sequence[Noeud] = ()
    ) -> None:
        self.texte = texte
        self.noeuds = [node for node in noeuds if not node.entete.rubrique]
        self._tables = tables
        self.natures = {node: self._natures(node) for node in noeuds}
        self.sortes = {node: self._sortes(node) for node in noeuds}
        self.deplacees = Deplacees(texte, noeuds, tables, projets)
        self._sections: dict[Noeud, str | None] = {}

    def _natures(self, node: Noeud) -> frozenset[str]:
        """The rubrics under a heading itself: headings, labels, rows of a sheet."""
        found = set()
        for child in node.enfants:
            if child.entete.rubrique:
                found |= {"actions"} if child.entete.rubrique == "autre" and self._items(child) else set()
                found |= {child.entete.rubrique} | {g.entete.rubrique for g in child.descendants() if g.entete.rubrique}
        for numero in self.texte.pleines(node.corps, node.fin):
            if self.texte.lignes[numero].tableau is None:
                found |= {label.nature for label in etiquettes(self.texte, numero)}
        return frozenset(found)

    def _own_tables(self, node: Noeud) -> Iterator[Tableau]:
        """The tables right under a heading, or under its rubrics."""
        ranges = [(node.corps, node.fin), *((c.corps, c.fin) for c in node.enfants if c.entete.rubrique)]
        seen = set()
        for debut, fin in ranges:
            for numero in self.texte.pleines(debut, fin):
                cell = self.texte.lignes[numero].tableau
                if cell and cell[0] in self._tables and cell[0] not in seen:
                    seen.add(cell[0])
                    yield self._tables[cell[0]]

    def _sortes(self, node: Noeud) -> Counter[Sorte]:
        return Counter(table.sorte for table in self._own_tables(node))

    def porte(self, node: Noeud) -> bool:
        """Whether actions stand right under a heading."""
        tables = self.sortes[node]
        return (
            "actions" in self.natures[node]
            or INTITULE in self.natures[node]
            or tables[Sorte.ACTIONS] > 0
            or tables[Sorte.FICHE] > 1
            or self._lists_actions(node)
            or (tables[Sorte.FICHE] == 1 and self._titled_table(node))
            or self._groups(node) > 1
            or self._items(node)
        )

    def recoit(self, node: Noeud) -> bool:
        """Whether actions printed elsewhere recall a heading."""
        return node in self.deplacees.visees

    def _items(self, node: Noeud) -> bool:
        """Whether items under a heading itself hold their own labels: several, or the only bullet there."""
        lines = [n for n in self.texte.pleines(node.corps, node.fin) if self.texte.lignes[n].tableau is None]
        blocs = self.texte.blocs(lines[0], lines[-1]) if lines else []
        holding = [bloc for bloc in blocs if incluses(self.texte, bloc)[1]]
        return len(holding) > 1 or (len(holding) == 1 == len(blocs) and holding[0].puce != ALINEA)

    def _lists_actions(self, node: Noeud) -> bool:
        """Whether a sheet under a heading has a row of several actions: the heading is what they stand under."""
        sheets = (table for table in self._own_tables(node) if table.sorte is Sorte.FICHE)
        return any(
            nature(row[0].mots) == "actions" and len(row[-1].numeros) > 1
            for table in sheets
            for row in table.lignes
            if len(row) > 1
        )

    def _titled_table(self, node: Noeud) -> bool:
        """Whether the only sheet under a heading has a title of its own."""
        table = next(t for t in self._own_tables(node) if t.sorte is Sorte.FICHE)
        return any(nature(row[0].mots) == "intitule" for row in table.lignes[:3]) or any(
            word in table.cases[0].mots.casefold() for word in ("fiche", "action n", "action ")
        )

    def _groups(self, node: Noeud) -> int:
        """How many times the most frequent leading label comes back under a heading itself."""
        leads = Counter(
            labels[0].nature
            for numero in self.texte.pleines(node.corps, node.fin)
            if self.texte.lignes[numero].tableau is None and (labels := etiquettes(self.texte, numero))
        )
        return max((n for name, n in leads.items() if name in PORTEUSES), default=0)

    def fiche(self, node: Noeud) -> bool:
        """Whether a heading looks like that of one action."""
        if any(not child.entete.rubrique for child in node.enfants):
            return False
        natures = self.natures[node]
        if self._lists_actions(node):
            return False
        tabled = self.sortes[node][Sorte.FICHE] == 1 and not self._titled_table(node)
        said = node.entete.mot in lexique().listes["fiches"] and bool(natures or tabled)
        labelled = len(natures & DE_FICHE) >= 2 and bool(natures & PORTEUSES) and not natures & {"actions", INTITULE}
        return said or tabled or (labelled and self._groups(node) <= 1)

    def section(self, node: Noeud) -> str | None:
        """The known part of a contract that a heading names, when nothing numbers it as an axis or an orientation."""
        if node not in self._sections:
            self._sections[node] = self._section(node)
        return self._sections[node]

    def _section(self, node: Noeud) -> str | None:
        if node.entete.mot and not _sectional(node.entete.mot):
            return None
        found = lexique().section(node.entete.titre)
        if found in _AUTOUR and any(self.porte(n) or self.fiche(n) for n in (node, *node.descendants())):
            return None
        return found if found in _DES_PARTIES else None


def _sectional(mot: str) -> bool:
    return mot in DECOUPES


def roles(signes: Signes, imposes: Mapping[Forme, Role] | None = None) -> dict[Noeud, Role]:
    """The role of each heading that has one; what a person said of a form (`imposes`) goes first."""
    said = dict(imposes or {})
    moved = signes.deplacees.conteneurs
    said_elsewhere = {n for n in signes.noeuds if n in moved or any(above in moved for above in n.ancetres())}
    sheets = _sheet_forms(signes, said)
    told = {form for form, role in said.items() if role is Role.FICHE}
    found = {
        node: Role.FICHE
        for node in signes.noeuds
        if node.entete.forme in sheets
        and not _outside(signes, node)
        and (node.entete.forme in told or _among_sheets(signes, node))
    }
    bearers = [
        n
        for n in signes.noeuds
        if n not in found and not _outside(signes, n) and (signes.recoit(n) or signes.porte(n) or _holds(n, found))
    ]
    bearers = [n for n in bearers if n not in said_elsewhere]
    bearers = bearers or _by_words_alone(signes, found)
    for form, role in _following({**_of_bearers(signes, bearers), **said}, said).items():
        for node in signes.noeuds:
            if node.entete.forme == form and node not in found and (form in said or _stands(signes, node, bearers)):
                found[node] = role
    return {node: role for node, role in found.items() if role is not Role.RIEN}


def _following(forms: dict[Forme, Role], said: Mapping[Forme, Role]) -> dict[Forme, Role]:
    """Where a person said that orientations are axes, the objectives below are the orientations."""
    raised = Role.AXE in said.values() and Role.ORIENTATION not in forms.values()
    return {
        form: Role.ORIENTATION if raised and role is Role.OBJECTIF and form not in said else role
        for form, role in forms.items()
    }


def _outside(signes: Signes, node: Noeud) -> bool:
    """Whether a heading stands in a part of the contract that holds no project, or is the document's title."""
    if est_titre_du_document(node.entete) and node.parent is None:
        return True
    return any(signes.section(n) for n in (node, *node.ancetres()))


def _sheet_forms(signes: Signes, said: Mapping[Forme, Role]) -> set[Forme]:
    votes: dict[Forme, list[bool]] = defaultdict(list)
    for node in signes.noeuds:
        beside = node.parent.enfants if node.parent else ()
        elsewhere = _sectional(node.entete.mot) and not any(map(signes.fiche, beside))  # other articles, of other parts
        if not _outside(signes, node) and not elsewhere:
            votes[node.entete.forme].append(signes.fiche(node))
    told = {form for form, role in said.items() if role is Role.FICHE}
    refused = {form for form in said if form not in told}
    return {form for form, seen in votes.items() if sum(seen) * 2 > len(seen)} - refused | told


def _among_sheets(signes: Signes, node: Noeud) -> bool:
    """Whether a heading is that of an action, or stands beside one that is."""
    beside = node.parent.enfants if node.parent else []
    return signes.fiche(node) or any(signes.fiche(other) for other in beside if other.entete.forme == node.entete.forme)


def _holds(node: Noeud, found: Mapping[Noeud, Role]) -> bool:
    return any(found.get(child) is Role.FICHE for child in node.enfants)


def _by_words_alone(signes: Signes, found: dict[Noeud, Role]) -> list[Noeud]:
    """Without any rubric: the headings of a known series right above lists or paragraphs."""
    known = {
        mot
        for name in ("axes", "orientations", "orientations_faibles", "axes_possibles")
        for mot in lexique().listes[name]
    }
    inside = [n for n in signes.noeuds if n.entete.mot in known and not _outside(signes, n) and n not in found]
    lowest = [n for n in inside if not any(child in inside for child in n.descendants())]
    return [n for n in lowest if any(signes.texte.puce(k) != ALINEA for k in signes.texte.pleines(n.corps, n.derniere))]


def _of_bearers(signes: Signes, bearers: Sequence[Noeud]) -> dict[Forme, Role]:
    """The roles of the forms that hold actions, and of those that hold them in turn."""
    found: dict[Forme, Role] = {}
    for form, _count in Counter(node.entete.forme for node in bearers).most_common():
        holders = [node for node in bearers if node.entete.forme == form]
        chain = _worded(form, _levels_above(signes, holders, bearers))
        for level, role in zip((form, *chain), _ranks(form, chain), strict=False):
            found.setdefault(level, role)
    return found


def _worded(form: Forme, chain: Sequence[Forme]) -> list[Forme]:
    """The levels above an orientation that says so: where one of them says axis, those between are mere groups."""
    axes = [level for level in chain if etage_de(level) == 0]
    return axes[:1] if etage_de(form) == 1 and axes else list(chain)


def _ranks(form: Forme, chain: Sequence[Forme]) -> list[Role]:
    lists = lexique().listes
    is_objective = form.detail in lists["objectifs_operationnels"] and form.sorte == "mot"
    above_is_orientation = (
        bool(chain) and chain[0].detail in lists["orientations"] and form.detail not in lists["orientations"]
    ) or [etage_de(level) for level in chain[:2]] == [1, 0]
    if chain and (
        (is_objective and (len(chain) > 1 or not _divides_the_whole(chain[0])))
        or above_is_orientation
        or len(chain) > 2
    ):
        return [Role.OBJECTIF, Role.ORIENTATION, Role.AXE]
    return [Role.ORIENTATION, Role.AXE]


def _divides_the_whole(form: Forme) -> bool:
    """Whether a word above objectives that hold actions is that of an axis: « défi », « volet », never « enjeu »."""
    lists = lexique().listes
    known = form.sorte == "mot" and form.detail not in lists["orientations_faibles"] and etage_de(form) != 1
    return form.detail in lists["axes"] or (known and form.detail in lists["axes_possibles"])


def _levels_above(signes: Signes, holders: Sequence[Noeud], bearers: Sequence[Noeud]) -> list[Forme]:
    """The forms above some headings that are true levels: numbered by a word, or several of them hold actions."""
    inside, own = set(bearers), set(holders)
    levels: list[Forme] = []
    for holder in holders:
        for above in holder.ancetres():
            form = above.entete.forme
            if form in levels or above.entete.rubrique or est_titre_du_document(above.entete):
                continue
            held = own if _sectional(form.detail) else inside  # « Titre 2 » and « Titre 3 » may hold other things
            alike = [n for n in signes.noeuds if n.entete.forme == form and any(d in held for d in n.descendants())]
            worded = form.sorte == "mot" and not _sectional(form.detail)
            if worded or (len(alike) > 1 and form != holder.entete.forme):
                levels.append(form)
    return levels


def _stands(signes: Signes, node: Noeud, bearers: Sequence[Noeud]) -> bool:
    """Whether a heading of a form with a role has it too: it holds actions, or its word numbers it among them."""
    if _outside(signes, node):
        return False
    inside = set(bearers)
    if node in inside or any(child in inside for child in node.descendants()):
        return True
    beside = [b for b in bearers if b.entete.forme == node.entete.forme and b.parent is node.parent]
    if node.parent is not None and beside and not signes.section(node):
        return True
    if _sectional(node.entete.forme.detail):
        return False  # « Titre V » may cut anything: only what stands under it says
    return node.entete.forme.sorte == "mot" and not _repeated(node, inside)


def _repeated(node: Noeud, bearers: set[Noeud]) -> bool:
    """A heading without content that one with content repeats: an announcement, a table of contents."""
    return any(b.entete.forme == node.entete.forme and b.entete.rang == node.entete.rang for b in bearers) or any(
        d.entete.forme == node.entete.forme and d.entete.rang == node.entete.rang
        for b in bearers
        for d in b.ancetres()
        if d is not node
    )
