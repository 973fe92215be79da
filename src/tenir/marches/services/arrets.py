"""The stops of a walk: added, changed, seen again, moved, removed; their photograph; the préconisation made of one."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.db import transaction
from django.db.models import Max

from tenir.acteurs.models import Organisation
from tenir.core.fichiers import kept_with_its_row
from tenir.core.marques import Lu, refuse_unread
from tenir.core.trace import Fait
from tenir.ecran.annulation.gestes import Ecriture, geste
from tenir.ecran.champs import nouns, words_of
from tenir.ecran.versions import changed_fields, facts_of, refuse_older
from tenir.habilitations.rights import Acces, require
from tenir.marches.champs import ARRET as WRITTEN
from tenir.marches.enums import EtatDArret, Evolution
from tenir.marches.models import Arret, Marche
from tenir.marches.photos import photo_of
from tenir.marches.services.commun import MARCHE, RIGHT, about, locked, locked_stop
from tenir.preconisations.enums import Origine
from tenir.preconisations.models import Preconisation
from tenir.preconisations.services.recevoir import write_down as write_preconisation

NOM = "photographie.jpg"
"""What a photograph is called: the name it came with may say who took it, or where."""


def add_stop(*, by: Acces, marche: Marche, given: Mapping[str, Any], fichier: "File[bytes] | None" = None) -> Arret:
    """Add a stop at the end of the route.

    Raises:
        Refus: she may not.
        ValidationError: it has no place, says nothing, or its photograph cannot be read.
    """
    require(by, RIGHT, marche.espace, marche)
    content = photo_of(fichier) if fichier else None
    made = Arret(marche=marche, **given)
    with kept_with_its_row(made.photo):
        found = locked(marche)
        last: int | None = found.arrets.aggregate(last=Max("rang"))["last"]
        made.rang = (last or 0) + 1
        if content is not None:
            made.photo.save(NOM, ContentFile(content), save=False)
        made.full_clean()
        with geste(by, about(found), f"arrêt « {made.lieu} » ajouté") as g:
            g.keep(made)
            made.save()
            g.tell([Fait(MARCHE, found.code, f"arrêt « {made.lieu} »", "", _said(made))])
    return made


def _said(arret: Arret) -> str:
    return f"{arret.get_categorie_display()}, {arret.get_urgence_display()} : {arret.constat}"


@transaction.atomic
def rewrite_stop(*, by: Acces, arret: Arret, version: int, changes: Mapping[str, Any]) -> Arret:
    """Change what a stop says, what is done of it, what has become of it since the walk before.

    What is found settled is settled.

    Raises:
        Refus: she may not.
        Conflit: someone changed it since that version.
        ValidationError: a value that it cannot hold.
    """
    require(by, RIGHT, arret.marche.espace, arret.marche)
    found = locked_stop(arret)
    held = dict(changes)
    if held.get("evolution") == Evolution.REGLE:
        held["etat"] = EtatDArret.REGLE.value
    changed = changed_fields(found, held, WRITTEN)
    refuse_older(found, version, changed)
    if not changed:
        return found
    told = [
        Fait(one.genre, one.objet, f"{one.champ} à « {found.lieu} »", one.avant, one.apres)
        for one in facts_of(MARCHE, found.marche.code, found, changed)
    ]
    with geste(by, about(found.marche), f"arrêt « {found.lieu} » mis à jour ({nouns(changed, Arret)})") as g:
        g.keep(found)
        for name, value in changed.items():
            setattr(found, name, value)
        found.version += 1
        found.full_clean()
        found.save()
        if "rang" in changed:
            _reorder(g, found)
        g.tell(told)
    return found


def _reorder(g: Ecriture, moved: Arret) -> None:
    """Number the stops of a route again from one, the one that was moved at its place."""
    others = Arret.objects.of(moved.marche).exclude(pk=moved.pk).select_for_update(of=("self",))
    route = list(others)
    route.insert(moved.rang - 1, moved)
    for rank, one in enumerate(route, 1):
        if one.rang != rank:
            g.keep(one)
            one.rang = rank
            one.save()


@transaction.atomic
def remove_stop(*, by: Acces, arret: Arret, lu: Lu | None = None) -> None:
    """Remove a stop, its photograph with it, once it can no longer be put back.

    Raises:
        Refus: she may not.
        Perime: it is no more what was read.
        ValidationError: a walk after it sees it again.
    """
    require(by, RIGHT, arret.marche.espace, arret.marche)
    found = Arret.objects.select_for_update(of=("self",)).filter(pk=arret.pk).first()
    if found is None:
        return
    refuse_unread(lu, shown(found))
    if Arret.objects.filter(repris=found).exists():
        raise ValidationError("Une autre marche l’a revu : il reste.")
    with geste(by, about(found.marche), f"arrêt « {found.lieu} » retiré") as g:
        g.keep(found)
        fact = Fait(MARCHE, found.marche.code, f"arrêt « {found.lieu} »", _said(found), "retiré")
        found.delete()
        g.tell([fact])


def change_photo(*, by: Acces, arret: Arret, fichier: "File[bytes] | None", lu: Lu | None = None) -> Arret:
    """Give a stop its photograph, another one, or none. A new one is for the contract until the team shows it.

    Raises:
        Refus: she may not.
        Perime: it is no more what was read.
        ValidationError: it cannot be read as a photograph; there is none to take off.
    """
    require(by, RIGHT, arret.marche.espace, arret.marche)
    content = photo_of(fichier) if fichier else None
    found = Arret.objects.select_related("marche__espace", "marche__conduite_par").get(pk=arret.pk)
    with kept_with_its_row(found.photo):
        found = locked_stop(arret)
        refuse_unread(lu, shown(found))
        if content is None and not found.photo:
            raise ValidationError({"fichier": "Choisissez une photographie."})
        before = "une photographie" if found.photo else ""
        after = "photographie changée" if content is not None else "photographie retirée"
        with geste(by, about(found.marche), f"arrêt « {found.lieu} », {after}") as g:
            g.keep(found)
            found.photo_publique, found.version = False, found.version + 1
            if content is None:
                found.photo = ""
            else:
                found.photo.save(NOM, ContentFile(content), save=False)
            found.full_clean()
            found.save()
            g.tell([Fait(MARCHE, found.marche.code, f"photographie de « {found.lieu} »", before, after)])
    return found


@transaction.atomic
def ask(
    *,
    by: Acces,
    arret: Arret,
    texte: str,
    organisme: Organisation,
    echeance: date | None = None,
    lu: Lu | None = None,
) -> Preconisation:
    """Make a préconisation of what is seen at a stop: the body that can act is asked, and answers by a day.

    Raises:
        Refus: she may not write préconisations.
        Perime: the stop is no more what was read.
        ValidationError: one was made of it already, or it says nothing.
    """
    found = locked_stop(arret)
    refuse_unread(lu, shown(found))
    if found.preconisation_id is not None:
        raise ValidationError("Une préconisation en est déjà faite.")
    given: dict[str, Any] = {"texte": texte, "origine": Origine.MARCHE, "lieu": found.lieu}
    given |= {"organisme": organisme, "echeance": echeance}
    marche = found.marche
    with geste(by, about(marche, "preconisation.update"), f"préconisation faite de « {found.lieu} »") as g:
        made = write_preconisation(by=by, espace=marche.espace, given=given)
        g.keep(found)
        found.preconisation, found.organisme, found.version = made, organisme, found.version + 1
        found.full_clean()
        found.save()
        g.tell([Fait(MARCHE, marche.code, f"préconisation de « {found.lieu} »", "", made.code)])
    return made


def shown(arret: Arret) -> Lu:
    """What a page shows of a stop."""
    return {**words_of(arret, WRITTEN), "photographie": arret.signature_de_la_photo}
