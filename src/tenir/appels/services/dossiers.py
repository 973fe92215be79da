"""Dossiers: opened by an address or by the team, filled section by section, sent, withdrawn, taken up for another call.

Each service is called with the rights of someone of the team (`by`), or with none: by the link of whoever fills it.
"""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction

from tenir.appels.champs import SECTIONS
from tenir.appels.cles import rna, siret
from tenir.appels.enums import EtatDeDossier, Moment
from tenir.appels.manques import missing
from tenir.appels.models import AppelAProjets, DossierDeDemande, LigneDeBudget, PartDemandee, PieceDeDossier
from tenir.appels.models.dossiers import ASKS_NOTHING
from tenir.appels.services import liens
from tenir.appels.services.commun import (
    DOSSIER,
    FILL,
    Main,
    about_dossier,
    hand_of,
    locked,
    locked_dossier,
    rewrite_amounts,
    save_next,
    settle,
)
from tenir.appels.services.messages import send_link, send_receipt
from tenir.core import horloge
from tenir.core.fichiers import kept_with_its_row, read_file
from tenir.core.marques import Lu, refuse_unread
from tenir.core.requetes import still
from tenir.core.trace import Auteur, Fait, record
from tenir.core.typographie import date_fr
from tenir.ecran.champs import told_on
from tenir.financement.montants import told
from tenir.habilitations.numeros import next_number
from tenir.habilitations.rights import Acces, require
from tenir.habilitations.services import trace_of

BY_LINK = "lien du dossier"
Etat = EtatDeDossier
CLOSED = "Le dernier jour pour déposer est passé : ce dossier ne se change plus."
COPIED = ("nom", "siret", "rna", "adresse", "telephone", "intitule", "description", "servies", "public", "lieux")
"""What a renewal takes from the dossier of before: never its days, its files, its signature, nor the counts."""


def _written(by: Acces | None, dossier: DossierDeDemande, phrase: str) -> AbstractContextManager[Main]:
    return hand_of(by, about_dossier(dossier), phrase, BY_LINK)


@transaction.atomic
def open_dossier(*, by: Acces | None, appel: AppelAProjets, courriel: str = "") -> DossierDeDemande:
    """Open an empty dossier; whoever gave an address receives its link.

    Raises:
        Refus: she may not.
        ValidationError: the call is not open; without an account, no address.
    """
    found = locked(appel)
    if by:
        require(by, FILL, found.espace)
    elif not courriel:
        raise ValidationError({"courriel": "Donnez l’adresse où recevoir le lien du dossier."})
    _refuse_unopened(found, by)
    made = _new(found, courriel=courriel, par_equipe=by is not None)
    with _written(by, made, "ouvert") as g:
        g.keep(made)
        made.save()
        g.tell([Fait(DOSSIER, made.code, "dossier", "", f"ouvert pour {found.code}")])
    send_link(made)
    return made


@transaction.atomic
def fill(
    *, by: Acces | None, dossier: DossierDeDemande, section: str, given: Mapping[str, Any], lu: Lu | None = None
) -> DossierDeDemande:
    """Save one section, whole or not: what is missing is told, and only refused when it is sent.

    Raises:
        Refus: she may not.
        LienClos: by the link, when the last day is past.
        Perime: the section is no more what was read.
        ValidationError: it is sent, or something in it cannot be.
    """
    found = _open_to(by, dossier)
    refuse_unread(lu, shown(found, section))
    before, given = _told(found, section), _with_plain_numbers(given)
    with _written(by, found, f"{SECTIONS[section].titre} : mise à jour") as g:
        g.keep(found)
        for name in SECTIONS[section].champs:
            setattr(found, name, given[name])
        if section in ("charges", "produits"):
            _write_lines(g, found, section, given)
        settle(found, found.budget, found.parts)
        g.tell([Fait(DOSSIER, found.code, SECTIONS[section].titre.lower(), before, _told(found, section))])
    return found


@transaction.atomic
def send(
    *, by: Acces | None, dossier: DossierDeDemande, le: date | None = None, lu: Lu | None = None
) -> DossierDeDemande:
    """Send a dossier, once nothing is missing; `le`: the day when the team received it on paper.

    Raises:
        Refus: she may not.
        LienClos: by the link, when the last day is past.
        Perime: it is no more what was read.
        ValidationError: something is missing, the day is past or to come.
    """
    found = _open_to(by, dossier)
    refuse_unread(lu, shown_whole(found))
    if lacks := [sentence for said in missing(found).values() for sentence in said]:
        raise ValidationError(lacks)
    today = horloge.today(found.espace)
    if le and (le > today or le < found.appel.ouvre_le):
        raise ValidationError({"le": "Un dossier est reçu entre l’ouverture de l’appel et aujourd’hui."})
    with _written(by, found, "déposé") as g:
        g.keep(found)
        found.etat, found.depose_le, found.depots = Etat.DEPOSE, le or today, found.depots + 1
        save_next(found)
        _ask_again(g, found)
        g.tell([Fait(DOSSIER, found.code, "état", "en cours", f"déposé le {date_fr(found.depose_le)}")])
    send_receipt(found)
    return found


def _ask_again(g: Main, found: DossierDeDemande) -> None:
    """What was said of it is of the version before: a form opened on that one writes nothing."""
    for one in found.parts.exclude(dite_au_depot=None).select_for_update():
        g.keep(one)
        one.version += 1
        one.save(update_fields=["version"])


@transaction.atomic
def withdraw(*, by: Acces | None, dossier: DossierDeDemande, lu: Lu | None = None) -> DossierDeDemande:
    """Take back a dossier that was sent, until the last day: it can be changed, and sent again.

    Raises:
        Refus: she may not.
        LienClos: by the link, when the last day is past.
        Perime: it is no more what was read.
        ValidationError: it is not sent.
    """
    found = locked_dossier(dossier)
    _allow(by, found)
    refuse_unread(lu, shown_whole(found))
    if found.etat != Etat.DEPOSE:
        raise ValidationError("Ce dossier n’est pas déposé.")
    if found.parts.exclude(suite="").exists():
        raise ValidationError("Un financeur a déjà décidé : ce dossier ne se retire plus.")
    with _written(by, found, "retiré") as g:
        g.keep(found)
        found.etat = Etat.RETIRE
        save_next(found)
        g.tell([Fait(DOSSIER, found.code, "état", "déposé", "retiré")])
    send_receipt(found)
    return found


@transaction.atomic
def renew(*, dossier: DossierDeDemande, appel: AppelAProjets) -> DossierDeDemande:
    """Open a dossier for another call from one: the body, the action and its budget, to be read again.

    Raises:
        ValidationError: the call is of another contract, or not open; this dossier was taken up for it already.
    """
    found, target = locked_dossier(dossier), locked(appel)
    _refuse_unopened(target, None)
    if target.espace_id != found.espace_id or DossierDeDemande.objects.filter(repris_de=found, appel=target).exists():
        raise ValidationError("Ce dossier a déjà été repris pour cet appel : son lien vous a été envoyé.")
    copied = {name: getattr(found, name) for name in COPIED}
    made = _new(target, courriel=found.courriel, repris_de=found, **copied)
    made.save()
    LigneDeBudget.objects.bulk_create(
        LigneDeBudget(dossier=made, compte=one.compte, montant=one.montant) for one in found.budget.all()
    )
    asked = set(target.enveloppes.values_list("financeur", flat=True))
    PartDemandee.objects.bulk_create(
        PartDemandee(dossier=made, financeur_id=one.financeur_id, montant=one.montant)
        for one in found.parts.all()
        if one.financeur_id in asked
    )
    settle(made, made.budget, made.parts)
    told_of = f"repris de {found.code} pour {target.code}"
    record(trace_of(made.espace), Auteur(commande=BY_LINK), [Fait(DOSSIER, made.code, "dossier", "", told_of)])
    send_link(made)
    return made


def bring(*, by: Acces | None, dossier: DossierDeDemande, intitule: str, fichier: Any) -> PieceDeDossier:
    """Add a file to a dossier.

    Raises:
        Refus: she may not.
        LienClos: by the link, when the last day is past.
        ValidationError: it is sent, or no file, or one that is refused.
    """
    if not fichier:
        raise ValidationError({"fichier": "Choisissez un fichier."})
    nom, content = read_file(fichier)
    made = PieceDeDossier(dossier=dossier, intitule=intitule.strip(), nom=nom)
    with kept_with_its_row(made.fichier):
        found = _open_to(by, dossier)
        made.dossier = found
        made.fichier.save(nom, ContentFile(content), save=False)
        made.full_clean()
        with _written(by, found, f"pièce « {made.intitule} » ajoutée") as g:
            g.keep(made)
            made.save()
            g.tell([Fait(DOSSIER, found.code, "pièce", "", made.intitule)])
    return made


@transaction.atomic
def take_away(*, by: Acces | None, piece: PieceDeDossier, lu: Lu | None = None) -> None:
    """Take a file off a dossier.

    Raises:
        Refus: she may not.
        LienClos: by the link, when the last day is past.
        Perime: it is no more what was read.
        ValidationError: it is sent.
    """
    found = _open_to(by, piece.dossier)
    row = still(PieceDeDossier.objects.select_for_update(of=("self",)), piece)
    refuse_unread(lu, shown_file(row))
    with _written(by, found, f"pièce « {row.intitule} » retirée") as g:
        g.keep(row)
        g.tell([Fait(DOSSIER, found.code, "pièce", row.intitule, "retirée")])
        row.delete()


def shown(dossier: DossierDeDemande, section: str) -> Lu:
    """What a page shows of a section."""
    said = {name: told_on(dossier, name, getattr(dossier, name)) for name in SECTIONS[section].champs}
    if section in ("charges", "produits"):
        said |= {one.compte: told(one.montant) for one in dossier.budget.all()}
    if section == "produits":
        said |= {f"financeur {one.financeur_id}": told(one.montant) for one in dossier.parts.all()}
    return said


def told_field(dossier: DossierDeDemande, name: str) -> str:
    """What a field of it holds, in words."""
    return told_on(dossier, name, getattr(dossier, name))


def shown_whole(dossier: DossierDeDemande) -> Lu:
    """What a page shows of a dossier about to be sent or taken back."""
    return {"dossier": dossier.code, "état": str(dossier.get_etat_display()), "version": str(dossier.version)}


def shown_file(piece: PieceDeDossier) -> Lu:
    """What a page shows of a file."""
    return {"pièce": piece.intitule, "fichier": piece.nom}


def _with_plain_numbers(given: Mapping[str, Any]) -> dict[str, Any]:
    """What is given, its SIRET and its RNA without spaces.

    Raises:
        ValidationError: a number that cannot be, beside its field.
    """
    found = dict(given)
    for name, read in (("siret", siret), ("rna", rna)):
        try:
            found |= {name: read(found[name] or "")} if name in found else {}
        except ValidationError as error:
            raise ValidationError({name: error.messages}) from error
    return found


def _new(appel: AppelAProjets, **given: Any) -> DossierDeDemande:
    number = next_number(DossierDeDemande, appel.espace)
    made = DossierDeDemande(espace=appel.espace, appel=appel, numero=number, limite=appel.ferme_le, **given)
    made.full_clean()
    return made


def _refuse_unopened(appel: AppelAProjets, by: Acces | None) -> None:
    moment = appel.moment
    if moment != Moment.OUVERT and not (by and moment == Moment.CLOS):
        raise ValidationError("Cet appel à projets n’est pas ouvert.")


def _allow(by: Acces | None, found: DossierDeDemande) -> None:
    if by:
        require(by, FILL, found.espace)
    elif sentence := liens.why_closed(found):
        raise liens.LienClos(sentence)


def _open_to(by: Acces | None, dossier: DossierDeDemande) -> DossierDeDemande:
    """A dossier, held, that one may change."""
    found = locked_dossier(dossier)
    _allow(by, found)
    if found.etat == Etat.DEPOSE:
        raise ValidationError("Ce dossier est déposé : retirez-le pour le changer.")
    return found


def _write_lines(g: Main, found: DossierDeDemande, section: str, given: Mapping[str, Any]) -> None:
    """Write the accounts of one side of the budget, and with what brings it, what is asked of each funder."""
    lines: Mapping[str, Decimal | None] = given["comptes"]
    rewrite_amounts(g, found.budget.filter(compte__in=lines), "compte", lines, partial(LigneDeBudget, dossier=found))
    if section == "produits":
        allowed = set(found.appel.enveloppes.values_list("financeur", flat=True))
        asked = {pk: one for pk, one in given["parts"].items() if pk in allowed}
        if nothing := [pk for pk, one in asked.items() if one is not None and not one]:
            raise ValidationError({f"f_{pk}": ASKS_NOTHING for pk in nothing})
        rewrite_amounts(g, found.parts.all(), "financeur_id", asked, partial(PartDemandee, dossier=found))


def _told(found: DossierDeDemande, section: str) -> str:
    """What the trace says of a section: its sums; of its words, that there are some, for they may name someone."""
    if section == "charges":
        return told(found.charges)
    if section == "produits":
        return told(found.produits)
    return "remplie" if any(getattr(found, name) for name in SECTIONS[section].champs) else ""
