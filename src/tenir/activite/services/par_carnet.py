"""Writing through a carnet: what its link lets one add, see, correct and take back, and nothing more.

The carnet of a person: what her body does, and the last two months of it. What is on a wall only adds, what was done
there lately, so many a day. Whatever is doubted waits for the team. `docs/adr/0044-carnet.md` says why.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from tenir.acteurs.rattachements import with_services
from tenir.activite.calendrier import Jour
from tenir.activite.catalogue import NIVEAUX, offered_in
from tenir.activite.enums import Confiance, Source
from tenir.activite.models import Carnet, Entree, EntreeQuerySet, Serie
from tenir.activite.services.entree import Saisie, correct_entree, record_entree
from tenir.activite.services.examen import EXACT
from tenir.activite.services.registre import hold
from tenir.activite.services.series import to_write_of
from tenir.activite.services.valeurs import Valeurs
from tenir.activite.seuils import shown_since, wall_a_day, wall_since
from tenir.core import horloge
from tenir.core.trace import Auteur
from tenir.core.typographie import date_fr, pluriel, typo
from tenir.ecran.annulation.annuler import mark_of, standing, undo
from tenir.ecran.annulation.gestes import ensemble
from tenir.ecran.models import Geste
from tenir.habilitations.models import EspaceDeContrat, Habilitation
from tenir.habilitations.niveaux import Niveau
from tenir.habilitations.rights import Acces
from tenir.habilitations.roles import Role
from tenir.natures.modeles import NatureEntiere


@dataclass(frozen=True, slots=True)
class AccesParCarnet(Acces):
    """Whoever holds the link of a carnet: the one right of the role, for one body of one contract."""

    mur: str = ""

    def auteur(self, espace: EspaceDeContrat | None) -> Auteur:
        """Whose the carnet is; of what is on a wall, nobody knows who wrote."""
        body = self.organisation(espace)
        told = body.nom if body else ""
        return Auteur(pour=told, commande=self.mur) if self.mur else Auteur(self.personne.pk, told)


@dataclass(frozen=True, slots=True)
class Seance:
    """One session told on the page of a month: under which kind; `prevue`: the planned entry that it confirms."""

    nature: str
    saisie: Saisie
    cle: str
    prevue: Entree | None = None


def acces_of(carnet: Carnet) -> Acces:
    """What the link of a carnet lets one do."""
    held = Habilitation(espace=carnet.espace, personne=carnet.personne, role=Role.CARNET, organisation=carnet.organisme)
    mur = typo(f"{carnet}, n° {carnet.numero}") if carnet.mural else ""
    return AccesParCarnet(carnet.personne, (held,), mur)


def kinds_of(carnet: Carnet) -> list[NatureEntiere]:
    """The kinds of a carnet: those that it names, or all of them; never one for the team alone; two queries."""
    named = set(carnet.natures)
    found = [one for one in offered_in(carnet.espace) if NIVEAUX[one.visible] <= Niveau.PARTENAIRES]
    return [one for one in found if not named or one.nature in named]


def of_its_body(carnet: Carnet) -> EntreeQuerySet:
    """What the body of a carnet did and may be read by partners; nothing of it is shown on a wall."""
    rows = Entree.objects.of(carnet.espace).up_to(Niveau.PARTENAIRES)
    if carnet.mural:
        return rows.none()
    return rows.filter(organisme__identifiant__in=with_services(carnet.organisme.identifiant))


def lately(carnet: Carnet) -> EntreeQuerySet:
    """Of these, those that it shows and lets one correct: the last two months."""
    return of_its_body(carnet).filter(fin__gte=shown_since(horloge.today(carnet.espace)))


@transaction.atomic
def note(carnet: Carnet, *, nature: str, saisie: Saisie, cle: str, exact: bool = False) -> Entree:
    """Write an entry through a carnet. `exact`: she looked twice at what is doubted, which then waits for the team.

    Raises:
        ValidationError: a kind that the carnet does not offer, a day out of what it takes, too many from one wall, or
            as for `record_entree`.
    """
    espace = carnet.espace
    _refuse_kind(carnet, nature)
    if carnet.mural:
        _refuse_wall(carnet, saisie.champs["fin"], cle)
    given = {**saisie.champs, "organisme": carnet.organisme}
    if carnet.mural:
        given |= {"lieu": carnet.lieu, "autre_lieu": ""}
    serie = saisie.serie or _serie_of(carnet, nature, saisie)
    return record_entree(
        by=acces_of(carnet),
        espace=espace,
        nature=nature,
        saisie=replace(saisie, champs=given, carnet=carnet, serie=serie),
        source=Source.CARNET,
        cle=_key(carnet, cle),
        attend=exact,
        confiance=Confiance(carnet.confiance),
    )


@transaction.atomic
def tell_month(carnet: Carnet, seances: Sequence[Seance], *, exact: bool = False) -> int:
    """Tell several sessions at once, all or none, in one gesture; how many.

    Raises:
        ValidationError: one of them is refused: its fault is under its `cle`, and `EXACT` is asked of what is doubted.
    """
    espace, by = carnet.espace, acces_of(carnet)
    hold(espace)
    faults: dict[str, list[str]] = {}
    with ensemble(by, espace, lambda count: f"{pluriel(count, 'séance', genre='f')} d’un carnet."):
        for one in seances:
            try:
                with transaction.atomic():
                    _tell(carnet, one, exact=exact)
            except ValidationError as error:
                doubted = EXACT in getattr(error, "error_dict", {})
                faults[one.cle] = error.messages[:-1] if doubted else error.messages
                faults |= {EXACT: error.messages[-1:]} if doubted else {}
        if faults:
            raise ValidationError(faults)
    return len(seances)


@transaction.atomic
def correct(
    carnet: Carnet, entree: Entree, *, version: int, changes: Mapping[str, Any], valeurs: Valeurs | None, exact: bool
) -> Entree:
    """Correct what its body did these last two months; what is doubted, or was contested, waits for the team.

    Raises:
        Conflit: someone changed it since that version.
        ValidationError: it is older, or as for `correct_entree`.
    """
    if not lately(carnet).filter(pk=entree.pk).exists():
        raise ValidationError("Cette entrée est trop ancienne pour ce carnet : demandez à l’équipe de la corriger.")
    relire = Confiance.DECLAREE in (carnet.confiance, entree.confiance) or entree.confiance == Confiance.CONTESTEE
    return correct_entree(
        by=acces_of(carnet),
        entree=entree,
        version=version,
        changes=changes,
        valeurs=valeurs,
        attend=exact,
        relire=relire,
    )


def undoable(carnet: Carnet) -> list[Geste]:
    """What may still be taken back through a carnet: the gestures of these minutes of the one whose it is, on entries
    that it shows; a few queries."""
    if carnet.mural:
        return []
    rows = Geste.objects.undoable(horloge.now()).filter(espace=carnet.espace, par=carnet.personne)
    return [one for one in rows.prefetch_related("lignes") if _is_on(carnet, one)]


def take_back(carnet: Carnet, geste: Geste) -> Geste:
    """Undo a gesture made through a carnet.

    Raises:
        ValidationError: it is none of `undoable`.
        ChangeDepuis: someone wrote over it since.
        DejaAnnule, Irrevocable: as for `annuler.undo`.
    """
    by = acces_of(carnet)
    if geste.pk not in {one.pk for one in undoable(carnet)}:
        raise ValidationError("Cela ne s’annule plus : corrigez-le plutôt.")
    return undo(by=by, geste=geste, shown=mark_of(standing(geste, by)))


def _is_on(carnet: Carnet, geste: Geste) -> bool:
    """Whether a gesture wrote nothing but entries of the body of a carnet."""
    label = Entree._meta.label
    things = {(line.chose, line.numero_de_chose) for line in geste.lignes.all()}
    numbers = {numero for of, numero in things if of == label}
    return len(numbers) == len(things) == of_its_body(carnet).filter(pk__in=numbers).count()


def _tell(carnet: Carnet, one: Seance, *, exact: bool) -> None:
    if one.prevue is None:
        note(carnet, nature=one.nature, saisie=one.saisie, cle=one.cle, exact=exact)
        return
    changes = {"statut": one.saisie.champs["statut"]}
    correct(carnet, one.prevue, version=one.prevue.version, changes=changes, valeurs=one.saisie.valeurs, exact=exact)


def _serie_of(carnet: Carnet, nature: str, saisie: Saisie) -> Serie | None:
    """The one series of which a session is the day that was awaited: telling it tells that day too."""
    day = saisie.champs["fin"]
    found = [serie for serie, days in awaited(carnet).items() if serie.nature == nature and day in {d.le for d in days}]
    return found[0] if len(found) == 1 else None


def awaited(carnet: Carnet) -> dict[Serie, list[Jour]]:
    """The days of the series of its body that nobody wrote yet, the latest first; none on a wall; four queries."""
    if carnet.mural:
        return {}
    offered = [one.nature for one in kinds_of(carnet)]
    rows = Serie.objects.of(carnet.espace).filter(niveau=Niveau.PARTENAIRES, nature__in=offered)
    mine = rows.filter(organisme__identifiant__in=with_services(carnet.organisme.identifiant))
    return to_write_of(list(mine.select_related("espace", "organisme", "lieu")), horloge.today(carnet.espace))


def _refuse_kind(carnet: Carnet, nature: str) -> None:
    if nature not in {one.nature for one in kinds_of(carnet)}:
        raise ValidationError({"nature": "Ce carnet ne sert pas à cela : choisissez dans sa liste."})


def _refuse_wall(carnet: Carnet, day: date, cle: str) -> None:
    """Let a wall take what was done lately, so many a day; what is sent again is no more."""
    hold(carnet.espace)
    today = horloge.today(carnet.espace)
    if day < (since := wall_since(today)):
        raise ValidationError({"fin": f"Cette affiche sert jusqu’au {date_fr(since)} : avant, dites-le à l’équipe."})
    start = horloge.at(today, time(), carnet.espace)
    noted = carnet.entrees.filter(inscrite_le__gte=start, inscrite_le__lt=start + timedelta(days=1))
    if noted.exclude(cle=_key(carnet, cle)).count() >= wall_a_day(today):
        raise ValidationError("Cette affiche a beaucoup servi aujourd’hui : revenez demain, ou dites-le à l’équipe.")


def _key(carnet: Carnet, cle: str) -> str:
    return f"carnet-{carnet.pk}-{cle}" if cle else ""
