"""Calls for projects: writing one, taking up that of another year, publishing it, closing it; funders and files."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction

from tenir.acteurs.models import Organisation
from tenir.appels.champs import APPEL as WRITTEN
from tenir.appels.enums import EtatDAppelAProjets, EtatDeDossier
from tenir.appels.models import AppelAProjets, DossierDeDemande, EnveloppeDAppel, NoteDeCritere, PieceDAppel
from tenir.appels.models.appels import DAYS
from tenir.appels.services.commun import APPEL, UPDATE, about_call, locked
from tenir.appels.services.messages import tell_last_day
from tenir.contrat.models import Orientation
from tenir.core import horloge
from tenir.core.fichiers import kept_with_its_row, read_file
from tenir.core.marques import Lu, refuse_unread
from tenir.core.noms import de
from tenir.core.requetes import still
from tenir.core.trace import Fait
from tenir.core.typographie import date_fr
from tenir.ecran.annulation.gestes import Ecriture, geste
from tenir.financement.montants import exact, told
from tenir.gouvernance.services.commun import in_words, rewrite
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.numeros import next_number
from tenir.habilitations.rights import Acces, require

Etat = EtatDAppelAProjets


@transaction.atomic
def write_call(*, by: Acces, espace: EspaceDeContrat, given: Mapping[str, Any]) -> AppelAProjets:
    """Write a call, that nobody but the team reads until it is published.

    Raises:
        Refus: she may not.
        ValidationError: days out of order, a year outside the contract, a grid that cannot be read, an orientation that
            the contract does not have.
    """
    require(by, UPDATE, espace)
    made = AppelAProjets(espace=espace, numero=next_number(AppelAProjets, espace), **given)
    _keep_new(by, made, "écrit")
    return made


@transaction.atomic
def take_up(*, by: Acces, appel: AppelAProjets) -> AppelAProjets:
    """Write the call of the next year from one: the same words, its days a year later, its funders without amounts.

    Raises:
        Refus: she may not.
        ValidationError: the next year is outside the contract.
    """
    require(by, UPDATE, appel.espace)
    found = locked(appel)
    given = {name: getattr(found, name) for name in WRITTEN if name not in DAYS}
    given |= {name: _a_year_later(getattr(found, name)) for name in DAYS}
    given |= {"annee": found.annee + 1, "titre": found.titre.replace(str(found.annee), str(found.annee + 1))}
    made = AppelAProjets(espace=found.espace, numero=next_number(AppelAProjets, found.espace), repris_de=found, **given)
    _keep_new(by, made, f"repris de {found.code}")
    EnveloppeDAppel.objects.bulk_create(
        EnveloppeDAppel(appel=made, financeur=one.financeur) for one in found.enveloppes.select_related("financeur")
    )
    return made


@transaction.atomic
def rewrite_call(*, by: Acces, appel: AppelAProjets, version: int, changes: Mapping[str, Any]) -> AppelAProjets:
    """Change what a call says; one that is published changes for everyone, and its history says so.

    Raises:
        Refus: she may not.
        Conflit: someone changed it since that version.
        ValidationError: as for `write_call`.
    """
    require(by, UPDATE, appel.espace)
    found = locked(appel)
    _check(found.espace, changes.get("annee"), changes.get("priorites", ""))
    _refuse_another_grid(found, changes)
    with geste(by, about_call(found), "mise à jour") as g:
        changed = rewrite(by, about_call(found), found, version, changes, WRITTEN)
        if "ferme_le" in changed:
            _move_limit(g, found)
    return found


@transaction.atomic
def publish_call(*, by: Acces, appel: AppelAProjets, lu: Lu | None = None) -> AppelAProjets:
    """Let anyone read a call.

    Raises:
        Refus: she may not.
        Perime: it is no more what was read.
        ValidationError: it is published already, its last day is past, no funder is said.
    """
    require(by, UPDATE, appel.espace)
    found = locked(appel)
    refuse_unread(lu, shown(found))
    if found.etat != Etat.BROUILLON:
        raise ValidationError("Cet appel est déjà publié.")
    if found.ferme_le < horloge.today(found.espace):
        raise ValidationError("Son dernier jour est passé : déplacez ses dates d’abord.")
    if not found.enveloppes.exists():
        raise ValidationError("Dites d’abord quels financeurs il sollicite.")
    return _move(by, found, Etat.PUBLIE, "publié")


@transaction.atomic
def close_call(*, by: Acces, appel: AppelAProjets, lu: Lu | None = None) -> AppelAProjets:
    """Close a call before its last day, or after it; it stays on the public page, among those of before.

    Raises:
        Refus: she may not.
        Perime: it is no more what was read.
        ValidationError: it is not published.
    """
    require(by, UPDATE, appel.espace)
    found = locked(appel)
    refuse_unread(lu, shown(found))
    if found.etat != Etat.PUBLIE:
        raise ValidationError("On ne clôt qu’un appel publié.")
    return _move(by, found, Etat.CLOS, "clos")


@transaction.atomic
def say_funder(
    *, by: Acces, appel: AppelAProjets, financeur: Organisation, montant: Decimal | None, lu: Lu | None = None
) -> EnveloppeDAppel:
    """Say that a call asks a funder, and how much it brings to it; said again, the amount is replaced.

    Raises:
        Refus: she may not.
        Perime: the funders are no more those that were read.
        ValidationError: an amount that cannot be.
    """
    require(by, UPDATE, appel.espace)
    found = locked(appel)
    refuse_unread(lu, shown(found))
    row = found.enveloppes.filter(financeur=financeur).first() or EnveloppeDAppel(appel=found, financeur=financeur)
    before = told(row.montant) or ("montant non dit" if row.pk else "")
    with geste(by, about_call(found), f"enveloppe {de(financeur)}") as g:
        g.keep(row)
        row.montant = None if montant is None else exact(montant)
        row.full_clean()
        row.save()
        g.tell([Fait(APPEL, found.code, f"enveloppe {de(financeur)}", before, told(row.montant) or "montant non dit")])
    return row


@transaction.atomic
def remove_funder(*, by: Acces, enveloppe: EnveloppeDAppel, lu: Lu | None = None) -> None:
    """Ask a funder no more in a call.

    Raises:
        Refus: she may not.
        Perime: the funders are no more those that were read.
        ValidationError: it is the only one of a call that is published.
    """
    found = locked(enveloppe.appel)
    require(by, UPDATE, found.espace)
    refuse_unread(lu, shown(found))
    row = still(EnveloppeDAppel.objects.select_for_update(of=("self",)).select_related("financeur"), enveloppe)
    if found.etat != Etat.BROUILLON and found.enveloppes.count() == 1:
        raise ValidationError("Un appel publié a au moins un financeur.")
    with geste(by, about_call(found), f"{row.financeur} retiré") as g:
        g.keep(row)
        g.tell([Fait(APPEL, found.code, f"enveloppe {de(row.financeur)}", told(row.montant), "retirée")])
        row.delete()


def give_document(*, by: Acces, appel: AppelAProjets, titre: str, fichier: Any) -> PieceDAppel:
    """Give a file with a call.

    Raises:
        Refus: she may not.
        ValidationError: no file, or one that is refused.
    """
    require(by, UPDATE, appel.espace)
    if not fichier:
        raise ValidationError({"fichier": "Choisissez un fichier."})
    nom, content = read_file(fichier)
    made = PieceDAppel(appel=appel, titre=titre.strip() or nom, nom=nom)
    with kept_with_its_row(made.fichier):
        made.appel = locked(appel)
        made.fichier.save(nom, ContentFile(content), save=False)
        made.full_clean()
        with geste(by, about_call(appel), f"pièce « {made.titre} » ajoutée") as g:
            g.keep(made)
            made.save()
            g.tell([Fait(APPEL, appel.code, "pièce donnée", "", made.titre)])
    return made


@transaction.atomic
def remove_document(*, by: Acces, piece: PieceDAppel, lu: Lu | None = None) -> None:
    """Take a file off a call.

    Raises:
        Refus: she may not.
        Perime: it is no more what was read.
    """
    require(by, UPDATE, piece.appel.espace)
    rows = PieceDAppel.objects.select_for_update(of=("self",)).select_related("appel__espace")
    found = still(rows, piece)
    refuse_unread(lu, shown_document(found))
    with geste(by, about_call(found.appel), f"pièce « {found.titre} » retirée") as g:
        g.keep(found)
        g.tell([Fait(APPEL, found.appel.code, "pièce donnée", found.titre, "retirée")])
        found.delete()


def shown(appel: AppelAProjets) -> Lu:
    """What a page shows of a call before something is done of it."""
    funders = ", ".join(f"{one.financeur} {told(one.montant)}".strip() for one in funders_of(appel))
    days = f"du {date_fr(appel.ouvre_le)} au {date_fr(appel.ferme_le)}"
    return {"titre": appel.titre, "état": str(appel.get_etat_display()), "jours": days, "financeurs": funders}


def shown_document(piece: PieceDAppel) -> Lu:
    """What a page shows of a file."""
    return {"pièce": piece.titre}


def funders_of(appel: AppelAProjets) -> list[EnveloppeDAppel]:
    """Those that a call asks, in the order in which they were said."""
    return list(appel.enveloppes.select_related("financeur").order_by("pk"))


def _keep_new(by: Acces, made: AppelAProjets, phrase: str) -> None:
    _check(made.espace, made.annee, made.priorites)
    made.full_clean()
    with geste(by, about_call(made), phrase) as g:
        g.keep(made)
        made.save()
        g.tell([Fait(APPEL, made.code, "appel à projets", "", in_words(made, "titre", "ouvre_le", "ferme_le"))])


def _move(by: Acces, found: AppelAProjets, etat: EtatDAppelAProjets, phrase: str) -> AppelAProjets:
    with geste(by, about_call(found), phrase) as g:
        g.keep(found)
        before, found.etat = str(found.get_etat_display()), etat
        found.version += 1
        found.full_clean()
        found.save()
        g.tell([Fait(APPEL, found.code, "état", before, str(found.get_etat_display()))])
    return found


def _move_limit(g: Ecriture, found: AppelAProjets) -> None:
    """Give its dossiers its new last day, and tell it to whoever has not sent hers.

    Raises:
        ValidationError: one of them was sent after that day.
    """
    rows = DossierDeDemande.objects.filter(appel=found)
    if rows.filter(depose_le__gt=found.ferme_le).exists():
        raise ValidationError({"ferme_le": "Un dossier a été déposé après ce jour."})
    for one in rows.select_for_update(of=("self",)).select_related("appel"):
        g.keep(one)
        one.limite = found.ferme_le
        one.save(update_fields=["limite"])
        if one.etat == EtatDeDossier.BROUILLON:
            tell_last_day(one)


def _check(espace: EspaceDeContrat, annee: int | None, priorites: str) -> None:
    if annee is not None and not espace.debut <= annee <= espace.fin:
        raise ValidationError({"annee": f"Le contrat va de {espace.debut} à {espace.fin}."})
    known = set(Orientation.objects.of(espace).filter(code__in=priorites.split()).values_list("code", flat=True))
    if unknown := sorted(set(priorites.split()) - known):
        raise ValidationError({"priorites": f"Le contrat n’a pas d’orientation {', '.join(unknown)}."})


def _refuse_another_grid(found: AppelAProjets, changes: Mapping[str, Any]) -> None:
    """Notes given by two grids do not compare.

    Raises:
        ValidationError: a dossier has its notes already.
    """
    other = changes.get("grille", found.grille) != found.grille
    if other and NoteDeCritere.objects.filter(part__dossier__appel=found).exists():
        raise ValidationError({"grille": "Des dossiers sont déjà notés par cette grille : elle ne change plus."})


def _a_year_later(day: date | None) -> date | None:
    """The same day of the next year; the last of February when it does not exist."""
    if day is None:
        return None
    last = day.month == 2 and day.day == 29
    return day.replace(year=day.year + 1, day=28 if last else day.day)
