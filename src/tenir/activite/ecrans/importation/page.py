"""What the pages of a table that comes in show: plain values for the templates."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from tenir.activite.models import ImportDEntrees, ProfilDeTableur
from tenir.activite.tableur.examen import Examen, Ligne, Sort
from tenir.core import horloge
from tenir.core.composants import Lien
from tenir.core.typographie import accord, date_fr, pluriel, typo
from tenir.ecran.navigation import address
from tenir.habilitations.models import EspaceDeContrat

ENTETES = ("Ligne", "Ce qu’elle devient", "Ce qu’elle dit", "Pourquoi, et que faire")


@dataclass(frozen=True, slots=True)
class Compte:
    """How many rows came in, are kept, wait for the team, are explained: the last and the second make the first."""

    lues: int
    gardees: int
    a_lire: int

    @property
    def expliquees(self) -> int:
        """How many rows are not kept."""
        return self.lues - self.gardees

    def phrase(self, *, faite: bool) -> str:
        """« 300 lignes lues : 260 à inscrire, 40 expliquées. »"""
        kept = f"{self.gardees} {accord(self.gardees, 'inscrite')}" if faite else f"{self.gardees} à inscrire"
        waits = f", dont {self.a_lire} à lire par l’équipe" if self.a_lire else ""
        read = f"{pluriel(self.lues, 'ligne', genre='f')} {accord(self.lues, 'lue')}"
        return typo(f"{read} : {kept}{waits} ; {self.expliquees} {accord(self.expliquees, 'expliquée')}.")


def count_of(examen: Examen) -> Compte:
    """The count of what a table would do."""
    return Compte(len(examen.lignes), examen.gardees, examen.a_lire)


def count_done(bilan: Mapping[str, Any]) -> Compte:
    """The count of what a table did."""
    return Compte(bilan["lues"], bilan["gardees"], bilan["a_lire"])


def explained(examen: Examen) -> list[list[Any]]:
    """The rows that are not kept, as the receipt keeps them."""
    return [[one.rang, one.sort.value, one.quoi, one.raison] for one in examen.expliquees]


def waiting(examen: Examen) -> list[Ligne]:
    """The rows that will wait for the team."""
    return [one for one in examen.lignes if one.sort == Sort.A_LIRE]


def plain(examen: Examen) -> list[Ligne]:
    """The rows that count at once."""
    return [one for one in examen.lignes if one.sort == Sort.INSCRITE]


def undone(depose: ImportDEntrees) -> str:
    """Who undid it, when; nothing when nobody did."""
    if depose.annule_le is None:
        return ""
    when = f"{date_fr(horloge.day_of(depose.annule_le))} à {horloge.clock(depose.annule_le)}"
    left = f", sauf {pluriel(depose.annule_sauf, 'entrée', genre='f')}" if depose.annule_sauf else ""
    return typo(f"Annulé par {depose.annule_par} le {when}{left}. Ce qui suit n’est plus que la mémoire de ce tableur.")


def links_of(imports: Iterable[ImportDEntrees]) -> list[Lien]:
    """The last tables, each with where it stands."""
    return [Lien(str(one), address("activite-import", one.espace, one.pk), note=_state(one)) for one in imports]


def _state(depose: ImportDEntrees) -> str:
    day = date_fr(horloge.day_of(depose.applique_le or depose.depose_le))
    if depose.annule_le:
        return typo(f"inscrit le {day}, puis annulé")
    if depose.applique_le is None:
        return typo(f"déposé le {day}, en attente")
    count = depose.bilan["gardees"]
    return typo(f"inscrit le {day} : {pluriel(count, 'entrée', genre='f')}")


def profiles(espace: EspaceDeContrat, rows: Iterable[ProfilDeTableur]) -> list[dict[str, str]]:
    """The headings that are known, each with the way to forget it."""
    return [
        {
            "titres": one.titres,
            "corps": one.organisme.nom if one.organisme else "",
            "servi": date_fr(horloge.day_of(one.servi_le)),
            "oublier": address("activite-profil-oublier", espace, one.pk),
        }
        for one in rows
    ]
