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
from tenir.activite.catalogue import offered_in
from tenir.activite.enums import Confiance, Forme, GenreDeCarnet, Source
from tenir.activite.models import Carnet, Entree, EntreeQuerySet, Objet, Serie
from tenir.activite.services.entree import RIGHT, Saisie, correct_entree, record_entree
from tenir.activite.services.examen import EXACT
from tenir.activite.services.objets import RIGHT as KEEPING
from tenir.activite.services.registre import hold
from tenir.activite.services.series import held_by, to_write_of
from tenir.activite.services.valeurs import Valeurs, given_of
from tenir.activite.seuils import shown_since, wall_a_day, wall_since
from tenir.core import horloge
from tenir.core.trace import Auteur
from tenir.core.typographie import accord, date_fr, pluriel, typo
from tenir.ecran.annulation.annuler import DejaAnnule, Irrevocable, mark_of, standing, undo
from tenir.ecran.annulation.gestes import ensemble
from tenir.ecran.models import Geste
from tenir.ecran.versions import Conflit
from tenir.habilitations.models import EspaceDeContrat, Habilitation
from tenir.habilitations.niveaux import Niveau
from tenir.habilitations.rights import Acces
from tenir.habilitations.roles import Role
from tenir.natures.modeles import NatureEntiere

NOWHERE = (None, "")
"""Where a session took place, when it is not said."""


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
    """The kinds of a carnet, never for the team alone: those that it names, or all of them; on a wall, nothing that is
    counted over a period. Two queries."""
    named, over_a_period = set(carnet.natures), {Forme.DECOMPTE.value} if carnet.mural else set()
    found = [one for one in offered_in(carnet.espace, Niveau.PARTENAIRES) if one.forme.value not in over_a_period]
    return [one for one in found if not named or one.nature in named]


def of_its_body(carnet: Carnet) -> EntreeQuerySet:
    """What the body of a carnet did and may be read by partners; nothing of it is shown on a wall."""
    rows = Entree.objects.of(carnet.espace).up_to(Niveau.PARTENAIRES)
    if carnet.mural:
        return rows.none()
    return rows.filter(organisme__identifiant__in=with_services(carnet.organisme.identifiant))


def lately(carnet: Carnet) -> EntreeQuerySet:
    """Of these, those that it shows and lets one correct: the last two months, and nothing to come."""
    today = horloge.today(carnet.espace)
    return of_its_body(carnet).filter(fin__gte=shown_since(today), fin__lte=today)


@transaction.atomic
def note(carnet: Carnet, *, nature: str, saisie: Saisie, cle: str, exact: bool = False) -> Entree:
    """Write an entry through a carnet. `exact`: she looked twice at what is doubted, which then waits for the team.

    Raises:
        ValidationError: a kind that the carnet does not offer, a day out of what it takes, too many from one wall, the
            page of what was noted already filled otherwise, or as for `record_entree`.
    """
    _refuse_kind(carnet, nature)
    hold(carnet.espace)
    told = _on_the_wall(carnet, saisie, cle) if carnet.mural else _as_awaited(carnet, nature, saisie)
    made = record_entree(
        by=acces_of(carnet),
        espace=carnet.espace,
        nature=nature,
        saisie=told,
        source=Source.CARNET,
        cle=key_of(carnet, cle),
        attend=exact or carnet.mural,  # what is on a wall tells nothing of what others wrote, not even a doubt
        confiance=Confiance(carnet.confiance),
    )
    _refuse_otherwise(made, nature, told)
    return made


@transaction.atomic
def tell_month(carnet: Carnet, seances: Sequence[Seance], *, exact: bool = False) -> int:
    """Tell several sessions at once, all or none, in one gesture; how many.

    Raises:
        ValidationError: one of them is refused: its fault is under its `cle`, and `EXACT` is asked of what is doubted.
    """
    espace, by = carnet.espace, acces_of(carnet)
    hold(espace)
    faults: dict[str, list[str]] = {}
    with ensemble(by, espace, _said_of):
        for one in seances:
            try:
                with transaction.atomic():
                    _tell(carnet, one, exact=exact)
            except Conflit:
                faults[one.cle] = ["Quelqu’un l’a dite entre-temps : revenez au carnet."]
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
        motif=typo(f"Par {carnet}, n° {carnet.numero}."),
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


def take_back(carnet: Carnet, numero: int) -> str:
    """Undo a gesture made through a carnet; return what is left of it, changed since, in words.

    Raises:
        ChangeDepuis: someone wrote over all of it since.
        DejaAnnule, Irrevocable: as for `annuler.undo`; it is none of `undoable`.
    """
    by = acces_of(carnet)
    geste = next((one for one in undoable(carnet) if one.pk == numero), None)
    if geste is None:
        undone = Geste.objects.filter(pk=numero, espace=carnet.espace, par=carnet.personne, annule_le__isnull=False)
        raise DejaAnnule if undone.exists() else Irrevocable("Cela ne s’annule plus : corrigez-le plutôt.")
    things = standing(geste, by)
    undo(by=by, geste=geste, shown=mark_of(things))
    left = sum(not one.tient for one in things)
    kept = f"{pluriel(left, 'séance', genre='f', lettres=True)} {accord(left, 'changée')} depuis"
    return f", sauf {kept}" if left else ""


def _is_on(carnet: Carnet, geste: Geste) -> bool:
    """Whether a gesture wrote, or corrected, nothing but entries that a carnet shows and that come from no wall, with
    the things that they put in a register."""
    lines = geste.lignes.all()
    things = {(line.chose, line.numero_de_chose) for line in lines}
    entries = {numero for of, numero in things if of == Entree._meta.label}
    opened = {numero for of, numero in things if of == Objet._meta.label}
    if not {line.droit for line in lines} <= {RIGHT, KEEPING} or len(entries) + len(opened) < len(things):
        return False
    mine = lately(carnet).filter(pk__in=entries).exclude(carnet__genre=GenreDeCarnet.AFFICHE)
    told = list(mine.values_list("objet", flat=True))
    return 0 < len(entries) == len(told) and opened <= set(told)


def _tell(carnet: Carnet, one: Seance, *, exact: bool) -> None:
    if one.prevue is None:
        note(carnet, nature=one.nature, saisie=one.saisie, cle="", exact=exact)  # the day of its series is told once
        return
    changes = {"statut": one.saisie.champs["statut"]}
    correct(carnet, one.prevue, version=one.prevue.version, changes=changes, valeurs=one.saisie.valeurs, exact=exact)


def _on_the_wall(carnet: Carnet, saisie: Saisie, cle: str) -> Saisie:
    """What someone passing by says, in the place and under the name of the wall.

    Raises:
        ValidationError: too long ago, or too many today.
    """
    refuse_wall(carnet, saisie.champs["fin"], cle)
    where = {"organisme": carnet.organisme, "lieu": carnet.lieu, "autre_lieu": ""}
    return replace(saisie, champs={**saisie.champs, **where}, carnet=carnet)


def _as_awaited(carnet: Carnet, nature: str, saisie: Saisie) -> Saisie:
    """What a body says it did; a session that a series awaited takes from it what is not said, its body first."""
    serie = saisie.serie or _serie_of(carnet, nature, saisie)
    if serie is None:
        return replace(saisie, champs={**saisie.champs, "organisme": carnet.organisme}, carnet=carnet)
    held = held_by(serie)
    said = {name: value for name, value in saisie.champs.items() if value or name not in held}
    return replace(saisie, champs=held | said, fiches=list(serie.fiches.all()), serie=serie, carnet=carnet)


def _serie_of(carnet: Carnet, nature: str, saisie: Saisie) -> Serie | None:
    """The one series of which a session is the day that was awaited: telling it tells that day too."""
    day, where = saisie.champs["fin"], (saisie.champs.get("lieu"), saisie.champs.get("autre_lieu") or "")
    found = [
        serie
        for serie, days in awaited(carnet).items()
        if serie.nature == nature
        and day in {one.le for one in days}
        and where in (NOWHERE, (serie.lieu, serie.autre_lieu))
    ]
    return found[0] if len(found) == 1 else None


def _refuse_otherwise(made: Entree, nature: str, told: Saisie) -> None:
    """Let a page sent again write nothing, unless it was filled otherwise meanwhile: then say so.

    Raises:
        ValidationError: it was.
    """
    days = (told.champs["debut"], told.champs["fin"])
    if (made.mots.code, (made.debut, made.fin), given_of(made)) != (nature, days, dict(told.valeurs)):
        where = "" if made.carnet and made.carnet.mural else f", n° {made.numero} : corrigez-la"
        raise ValidationError(f"Cette page a déjà servi à noter autre chose{where}. Revenez au carnet pour la suite.")


def _said_of(count: int) -> str:
    return f"{pluriel(count, 'séance', genre='f')} {accord(count, 'confirmée')} dans un carnet."


def awaited(carnet: Carnet) -> dict[Serie, list[Jour]]:
    """The days of the series of its body that nobody wrote yet, the latest first; none on a wall; four queries."""
    if carnet.mural:
        return {}
    offered = [one.nature for one in kinds_of(carnet)]
    rows = Serie.objects.of(carnet.espace).filter(niveau=Niveau.PARTENAIRES, nature__in=offered)
    mine = rows.filter(organisme__identifiant__in=with_services(carnet.organisme.identifiant))
    return to_write_of(list(mine.select_related("organisme", "lieu")), horloge.today(carnet.espace))


def _refuse_kind(carnet: Carnet, nature: str) -> None:
    if nature not in {one.nature for one in kinds_of(carnet)}:
        raise ValidationError({"nature": "Ce carnet ne sert pas à cela : choisissez dans sa liste."})


def refuse_wall(carnet: Carnet, day: date, cle: str) -> None:
    """Let a wall take what was done lately, so many a day; what is sent again is no more.

    Raises:
        ValidationError: too long ago, or too many today.
    """
    today = horloge.today(carnet.espace)
    if day < (since := wall_since(today)):
        took = f"Cette affiche prend ce qui s’est fait depuis le {date_fr(since)} : avant, dites-le à l’équipe."
        raise ValidationError({"fin": took})
    start = horloge.at(today, time(), carnet.espace)
    noted = carnet.entrees.filter(inscrite_le__gte=start, inscrite_le__lt=start + timedelta(days=1))
    if sent := key_of(carnet, cle):
        noted = noted.exclude(cle=sent)
    if noted.count() >= wall_a_day(today):
        raise ValidationError("Cette affiche a beaucoup servi aujourd’hui : revenez demain, ou dites-le à l’équipe.")


def key_of(carnet: Carnet, cle: str) -> str:
    """The key of a page of a carnet: the same page sent twice writes once."""
    return f"carnet-{carnet.pk}-{cle}" if cle else ""
