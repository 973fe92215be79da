"""The table of fiches as the address asks for it: the list of `core.listes`, with the columns that someone may read."""

from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from tenir.contrat.absences import told_of
from tenir.core import horloge
from tenir.core.composants import Lien
from tenir.core.listes import Groupement, Liste, Vue
from tenir.ecran.mots import UNDECLARED
from tenir.fiches.ecrans.tableau.colonnes import COLONNES, acting, of_the_contract, offered
from tenir.fiches.ecrans.tableau.filtres import MINE, Filtres
from tenir.fiches.ecrans.tableau.lignes import Ligne, lines_of
from tenir.fichier.enums import Contenu
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.organismes import bodies_of
from tenir.habilitations.rights import Acces, may

PER_PAGE = 200
"""A whole contract on one page: it is read, printed and ticked as one."""


class Tableau:
    """A view of the fiches of a contract: all of it is in its address."""

    def __init__(self, acces: Acces, espace: EspaceDeContrat, asked: QueryDict) -> None:
        self.acces, self.espace, self.asked = acces, espace, asked
        self.mine = bodies_of(acces, espace)
        self.toutes = lines_of(espace, horloge.today())
        self.filtres = Filtres(asked or None, lines=self.toutes, mine=self.mine)
        self.lot = may(acces, "fiche.bulk", espace)

    @cached_property
    def vue(self) -> Vue:
        """The list, filtered, sorted and grouped."""
        columns = offered(self.acces, self.espace, theirs=bool(self.mine)).values()
        every = fiches_with((of_the_contract(self.espace), *columns, *acting(self.acces, self.espace)))
        liste = told_of(every, self.espace, Contenu.ACTIONS)
        tick = _code if self.lot else None
        return Vue(liste, self.filtres.kept(), self.asked, filtre=self.filtres, tick=tick, prevues=self.vues())

    @property
    def lignes(self) -> list[Ligne]:
        """The lines that the filters leave, sorted."""
        return list(self.vue.lignes)

    @property
    def lisible(self) -> bool:
        """Whether every filter can be read."""
        return not self.filtres.is_bound or self.filtres.is_valid()

    def vues(self) -> list[Lien]:
        """The views that one asks for most, the columns and the grouping kept."""
        late = sum(bool(line.situation.retards) for line in self.toutes)
        silent = sum(line.situation.silence_depuis is not None for line in self.toutes)
        views = [
            (f"Toutes ({len(self.toutes)})", {}),
            (f"En retard ({late})", {"retard": "oui"}),
            (f"Sans nouvelles ({silent})", {"silence": "oui"}),
            (f"À désigner ({sum(line.a_designer for line in self.toutes)})", {"designer": "oui"}),
        ]
        if self.mine:
            carried = sum(any(body.identifiant in self.mine for body in line.porteurs) for line in self.toutes)
            views.append((f"Ce que porte mon organisme ({carried})", {"porteur": MINE}))
        return [self._view(text, given) for text, given in views]

    def _view(self, text: str, given: dict[str, str]) -> Lien:
        kept = [(name, value) for name in ("colonnes", "groupe") for value in self.asked.getlist(name)]
        now = {name: self.asked[name] for name in self.filtres.fields if self.asked.get(name)}
        return Lien(text, f"?{urlencode([*given.items(), *kept])}", current=now == given)


def fiches_with(columns: tuple[Any, ...]) -> Liste:
    """The list of fiches, with the columns that someone may read."""
    return Liste(
        "Fiches action",
        columns,
        noun="fiche",
        empty="Aucune fiche ne répond à ces filtres.",
        sort="code",
        groupings=GROUPEMENTS,
        per_page=PER_PAGE,
        choosable=True,
        whole=False,
    )


def _code(line: Ligne) -> str:
    return line.code


def _by_body(line: Ligne) -> list[tuple[Any, str]]:
    """Each body finds its own list whole. An action that two carry is in both: under « plusieurs », neither would see
    it as its own."""
    return [(0, body.nom) for body in line.porteurs] or [(1, "À désigner")]


def _status_rank(line: Ligne) -> int:
    key = COLONNES["statut"].key
    rank = key(line) if key else None
    return 99 if rank is None else int(rank)


GROUPEMENTS = (
    Groupement("axe", "Axe", lambda line: [(line.fiche.action.orientation.axe.ordre, COLONNES["axe"].value(line))]),
    Groupement(
        "orientation",
        "Orientation",
        lambda line: [(line.fiche.action.orientation.ordre, COLONNES["orientation"].value(line))],
    ),
    Groupement("porteur", "Organisme en charge", _by_body, "Une action que deux organismes portent figure sous chacun"),
    Groupement("statut", "Statut", lambda line: [(_status_rank(line), line.fiche.get_statut_display() or UNDECLARED)]),
)
"""What fiches may be grouped by."""
