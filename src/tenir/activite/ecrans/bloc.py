"""What is really done for an action, by a body, in a place: the last twelve months, drawn and told."""

from dataclasses import dataclass
from urllib.parse import urlencode

from tenir.acteurs.models import Organisation
from tenir.activite.droits import niveau_of
from tenir.activite.models import Entree, EntreeQuerySet
from tenir.activite.mois import Annee, Mois, annee, of_unit, sentence
from tenir.contrat.models import Lieu
from tenir.core import horloge
from tenir.core.emplacements import Bloc
from tenir.core.graphiques import SERIES, Graphique, Spec, draw
from tenir.core.typographie import capital, month_fr, typo
from tenir.ecran.navigation import address
from tenir.fiches.models import FicheAction
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces

GABARIT = "activite/includes/douze_mois.html"
HEIGHT = 150


@dataclass(frozen=True, slots=True)
class DouzeMois:
    """Twelve months of entries as a page shows them: a sentence, a drawing, its table, the way to the entries."""

    phrase: str
    graphique: Graphique | None
    colonnes: list[str]
    lignes: list[tuple[str, str, list[str]]]
    liste: str


Chose = FicheAction | Organisation | Lieu


def done(acces: Acces, espace: EspaceDeContrat, thing: Chose) -> Bloc:
    """What is done for an action, by a body or in a place, for someone who reads the register of a contract."""
    rows, asked = _of(thing, Entree.objects.of(espace).up_to(niveau_of(acces, espace)))
    found = annee(rows, horloge.today(espace))
    liste = f"{address('activite', espace)}?{urlencode(asked)}"
    return Bloc(GABARIT, shown(found, name=f"fait-{thing.pk}", liste=liste))


def _of(thing: Chose, rows: EntreeQuerySet) -> tuple[EntreeQuerySet, dict[str, object]]:
    """The entries of a thing, and what the list is asked for to show them."""
    match thing:
        case FicheAction():
            return rows.filter(fiches=thing), {"action": thing.code}
        case Organisation():
            return rows.filter(organisme=thing), {"organisme": thing.identifiant}
        case Lieu():
            return rows.filter(lieu=thing), {"lieu": thing.code}


def shown(found: Annee, *, name: str, liste: str) -> DouzeMois:
    """Twelve months as a page shows them."""
    told = sentence(found.total)
    phrase = f"Depuis douze mois : {told}." if not found.vide else "Rien n’est inscrit depuis douze mois."
    return DouzeMois(
        phrase=typo(phrase),
        graphique=None if found.vide else chart(found, name),
        colonnes=[capital(one) for one in found.unites],
        lignes=[_line(one, found.unites) for one in found.mois if one.entrees],
        liste=liste,
    )


def _line(one: Mois, unites: list[str]) -> tuple[str, str, list[str]]:
    counted = Mois(one.mois, one.formes)
    told = [of_unit(unite, one.comptes[unite]) if unite in one.comptes else "" for unite in unites]
    return month_fr(one.mois), sentence(counted), told


def chart(found: Annee, name: str) -> Graphique:
    """The bars of twelve months; their figures are in the table beside."""
    told = ", ".join(f"{one.entrees} en {month_fr(one.mois)}" for one in found.mois if one.entrees)
    return draw(
        lambda width: _spec(found),
        name=name,
        titre="Ce qui est inscrit, mois par mois",
        description=typo(f"{told}. Les mêmes chiffres sont dans le tableau."),
    )


def _spec(found: Annee) -> Spec:
    values = [{"mois": month_fr(one.mois), "entrees": one.entrees} for one in found.mois]
    x = {
        "field": "mois",
        "type": "ordinal",
        "sort": None,
        "title": None,
        "axis": {"labelExpr": "split(datum.label, ' ')[0][0]", "labelAngle": 0, "ticks": False, "grid": False},
    }
    y = {"field": "entrees", "type": "quantitative", "title": None, "axis": {"tickCount": 3, "tickMinStep": 1}}
    return {
        "height": HEIGHT,
        "data": {"values": values},
        "encoding": {"x": x, "y": y},
        "mark": {"type": "bar", "color": SERIES[0]},
    }
