"""A walk is written down, follows another, is published or not."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from tenir.acteurs.models import Organisation
from tenir.core.marques import Lu, refuse_unread
from tenir.core.noms import designe
from tenir.core.trace import Fait
from tenir.core.typographie import date_fr, pluriel
from tenir.ecran.annulation.gestes import geste
from tenir.gouvernance.services.commun import rewrite
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.numeros import next_number
from tenir.habilitations.rights import Acces, require
from tenir.marches.champs import MARCHE as WRITTEN
from tenir.marches.enums import EtatDArret, EtatDeMarche
from tenir.marches.models import Arret, Marche
from tenir.marches.services.commun import MARCHE, PUBLISH, RIGHT, about, locked

AGAIN = ("rang", "lieu", "categorie", "urgence", "organisme", "etat")
"""What a stop that is seen again holds of the walk before, until someone says what is there now; and, where nothing is
to be done, why."""


@transaction.atomic
def write_down(
    *,
    by: Acces,
    espace: EspaceDeContrat,
    titre: str,
    jour: date,
    conduite_par: Organisation,
    suite_de: Marche | None = None,
) -> Marche:
    """Write down a walk; one that follows another has all its stops to see again.

    Raises:
        Refus: she may not, or not for that body, or not see again the stops of that walk.
        ValidationError: it has no title, follows one of another contract, or one that comes after it.
    """
    made = Marche(espace=espace, titre=titre.strip(), jour=jour, conduite_par=conduite_par, suite_de=suite_de)
    require(by, RIGHT, espace, made)
    _refuse_backwards(made)
    if suite_de is not None:
        require(by, RIGHT, espace, suite_de)
    made.numero = next_number(Marche, espace)
    made.full_clean()
    with geste(by, about(made), "marche inscrite") as g:
        g.keep(made)
        made.save()
        found = [_again(made, one) for one in Arret.objects.of(suite_de)] if suite_de else []
        for one in found:
            one.full_clean(exclude=["marche", "repris"])
            g.keep(one)
            one.save()
        g.tell([Fait(MARCHE, made.code, "marche", "", _told(made, len(found)))])
    return made


def _again(marche: Marche, before: Arret) -> Arret:
    why = before.suite if before.etat == EtatDArret.SANS_SUITE else ""
    return Arret(marche=marche, repris=before, suite=why, **{name: getattr(before, name) for name in AGAIN})


def _told(made: Marche, stops: int) -> str:
    again = f", {pluriel(stops, 'arrêt')} à revoir" if made.suite_de else ""
    return f"{made.titre}, le {date_fr(made.jour)}, conduite par {designe(made.conduite_par)}{again}"


def _refuse_backwards(made: Marche) -> None:
    before = made.suite_de
    if before is None:
        return
    if before.espace_id != made.espace.pk:
        raise ValidationError({"suite_de": "Choisissez dans ce contrat."})
    if before.jour > made.jour:
        raise ValidationError({"jour": f"La marche d’avant est du {date_fr(before.jour)}."})
    if Arret.objects.filter(repris__marche=before).exists():
        raise ValidationError({"suite_de": "Une marche suit déjà celle-ci : partez de la dernière."})


@transaction.atomic
def rewrite_marche(*, by: Acces, marche: Marche, version: int, changes: Mapping[str, Any]) -> Marche:
    """Change its title, its day, who leads it.

    Raises:
        Refus: she may not, before or after.
        Conflit: someone changed it since that version.
        ValidationError: no title, or a day before the walk that it follows.
    """
    require(by, RIGHT, marche.espace, marche)
    found = locked(marche)
    rewrite(by, about(found), found, version, changes, WRITTEN)
    require(by, RIGHT, found.espace, found)
    if found.suite_de and found.suite_de.jour > found.jour:
        raise ValidationError({"jour": f"La marche d’avant est du {date_fr(found.suite_de.jour)}."})
    return found


@transaction.atomic
def publish(*, by: Acces, marche: Marche, photos: Collection[int] = (), lu: Lu | None = None) -> Marche:
    """Let anyone read a walk, and see the photographs chosen, by the key of their stop; of one that is read already,
    choose them again.

    Raises:
        Refus: she may not.
        Perime: it is no more what was read.
        ValidationError: it has no stop.
    """
    require(by, PUBLISH, marche.espace)
    found = locked(marche)
    refuse_unread(lu, shown(found))
    stops = list(Arret.objects.of(found).select_for_update(of=("self",)))
    if not stops:
        raise ValidationError("Cette marche n’a pas encore d’arrêt : il n’y a rien à publier.")
    chosen = [one for one in stops if one.photo and one.pk in photos]
    before = str(found.get_etat_display())
    with geste(by, about(found, PUBLISH), "publiée") as g:
        _show(g, found, EtatDeMarche.PUBLIEE)
        for one in stops:
            _show_photo(g, one, shown=one in chosen)
        said = f"publiée, {pluriel(len(stops), 'arrêt')}, {_photos(len(chosen))}"
        g.tell([Fait(MARCHE, found.code, "état", before, said)])
    return found


@transaction.atomic
def take_off(*, by: Acces, marche: Marche, lu: Lu | None = None) -> Marche:
    """Take a walk off the public site, its photographs too.

    Raises:
        Refus: she may not.
        Perime: it is no more what was read.
        ValidationError: it is not published.
    """
    require(by, PUBLISH, marche.espace)
    found = locked(marche)
    refuse_unread(lu, shown(found))
    if found.etat != EtatDeMarche.PUBLIEE:
        raise ValidationError("Cette marche n’est pas publiée.")
    with geste(by, about(found, PUBLISH), "retirée du site public") as g:
        _show(g, found, EtatDeMarche.INTERNE)
        for one in Arret.objects.of(found).filter(photo_publique=True).select_for_update(of=("self",)):
            _show_photo(g, one, shown=False)
        g.tell([Fait(MARCHE, found.code, "état", EtatDeMarche.PUBLIEE.label, "retirée du site public")])
    return found


def _photos(count: int) -> str:
    return pluriel(count, "photographie visible de tous", "photographies visibles de tous", genre="f")


def _show(g: Any, marche: Marche, etat: EtatDeMarche) -> None:
    g.keep(marche)
    marche.etat, marche.version = etat, marche.version + 1
    marche.full_clean()
    marche.save()


def _show_photo(g: Any, arret: Arret, *, shown: bool) -> None:
    if arret.photo_publique == shown:
        return
    g.keep(arret)
    arret.photo_publique, arret.version = shown, arret.version + 1
    arret.save()


def shown(marche: Marche) -> Lu:
    """What is read of a walk before it is published or taken off: every stop, and whether it has a photograph."""
    stops = {f"arrêt {rank}": _stop(one) for rank, one in enumerate(Arret.objects.of(marche), 1)}
    return {"titre": marche.titre, "jour": date_fr(marche.jour), "état": str(marche.get_etat_display()), **stops}


def _stop(one: Arret) -> str:
    said = [one.lieu, str(one.get_categorie_display()), str(one.get_urgence_display()), one.constat]
    said += [str(one.organisme or ""), str(one.get_etat_display()), one.suite, str(one.get_evolution_display())]
    return " · ".join([*said, one.signature_de_la_photo])
