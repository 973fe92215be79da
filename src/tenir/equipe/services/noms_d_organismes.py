"""What a body is called, and what it becomes: its spellings, a new name from a day, its end and who takes it up."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from tenir.acteurs.models import Devenir, Graphie, NomAnterieur, Organisation
from tenir.core import horloge
from tenir.core.marques import Lu, refuse_unread
from tenir.core.trace import Fait
from tenir.core.typographie import date_fr
from tenir.ecran.annulation.gestes import geste
from tenir.ecran.versions import facts_of
from tenir.equipe.organismes import directory_of
from tenir.equipe.services.organismes import GENRE, RIGHT, about, locked, refuse_known, refuse_loop, shown, write
from tenir.habilitations.models import EspaceDeContrat, OrganismeRetenu
from tenir.habilitations.rights import Acces, require


@dataclass(frozen=True, slots=True)
class Fin:
    """What becomes of a body from a day, and which one takes up what it did."""

    fin: date
    devenir: str
    suite: Organisation | None = None


@transaction.atomic
def add_spelling(*, by: Acces, espace: EspaceDeContrat, body: Organisation, texte: str) -> None:
    """Add a usual spelling: wherever a typed name is compared with a body, it is known.

    Raises:
        Refus: she may not.
        ValidationError: it has it already, or another body of the contract bears it.
    """
    require(by, RIGHT, espace)
    found = locked(body)
    row = Graphie(organisation=found, texte=texte.strip())
    row.full_clean()
    _refuse_ambiguous(espace, found, row.texte)
    with geste(by, about(found, espace), f"graphie « {row.texte} » ajoutée") as g:
        g.keep(found)
        g.keep(row)
        row.save()
        write(found)
        g.tell([Fait(GENRE, found.identifiant, "graphie", "", row.texte)])


@transaction.atomic
def remove_spelling(*, by: Acces, espace: EspaceDeContrat, graphie: Graphie, lu: Lu | None = None) -> None:
    """Remove a spelling that a team added; the trace keeps it. Removed already, nothing changes.

    Raises:
        Refus: she may not.
        Perime: the body is no more what was read.
    """
    require(by, RIGHT, espace)
    body = locked(graphie.organisation)
    row = Graphie.objects.filter(pk=graphie.pk).first()
    if row is None:
        return
    refuse_unread(lu, shown(body))
    with geste(by, about(body, espace), f"graphie « {row.texte} » retirée") as g:
        g.keep(body)
        g.keep(row)
        row.delete()
        write(body)
        g.tell([Fait(GENRE, body.identifiant, "graphie", row.texte, "")])


@transaction.atomic
def rename_body(
    *,
    by: Acces,
    espace: EspaceDeContrat,
    body: Organisation,
    nom: str,
    depuis: date,
    sigle: str = "",
    lu: Lu | None = None,
) -> None:
    """Give a body a new name from a day; the former one is dated, and still known.

    Raises:
        Refus: she may not.
        Perime: it is no more what was read.
        ValidationError: a day to come, or before its last name; a name it has, or that another bears.
    """
    require(by, RIGHT, espace)
    found = locked(body)
    refuse_unread(lu, shown(found))
    _refuse_day(espace, found, depuis)
    if nom.strip() == found.nom:
        raise ValidationError({"nom": "C’est déjà son nom."})
    refuse_known(nom, found)
    former = NomAnterieur(organisation=found, nom=found.nom, sigle=found.sigle, jusqu_au=depuis)
    former.full_clean()
    told = f"{nom.strip()}, depuis le {date_fr(depuis)}"
    with geste(by, about(found, espace), f"devient « {nom.strip()} »") as g:
        g.keep(found)
        g.keep(former)
        former.save()
        found.nom, found.sigle = nom.strip(), sigle.strip()
        write(found)
        g.tell([Fait(GENRE, found.identifiant, "nom", former.nom, told)])


@transaction.atomic
def end_body(*, by: Acces, espace: EspaceDeContrat, body: Organisation, fin: Fin, lu: Lu | None = None) -> None:
    """Say that a body is no more from a day, and which one takes it up; that one is chosen in the contract.

    Raises:
        Refus: she may not.
        Perime: it is no more what was read.
        ValidationError: a successor is missing or too many, is itself no more, or would lead back to it.
    """
    require(by, RIGHT, espace)
    found = locked(body)
    refuse_unread(lu, shown(found))
    _refuse_suite(found, fin)
    changes = {"fin": fin.fin, "devenir": fin.devenir, "suite": fin.suite}
    facts = facts_of(GENRE, found.identifiant, found, {n: v for n, v in changes.items() if v != getattr(found, n)})
    with geste(by, about(found, espace), f"n’existe plus depuis le {date_fr(fin.fin)}") as g:
        g.keep(found)
        found.fin, found.devenir, found.suite = fin.fin, fin.devenir, fin.suite
        write(found)
        if fin.suite and not OrganismeRetenu.objects.filter(espace=espace, organisation=fin.suite).exists():
            chosen = OrganismeRetenu(espace=espace, organisation=fin.suite)
            g.keep(chosen)
            chosen.save()
        g.tell(facts)


@transaction.atomic
def revive_body(*, by: Acces, espace: EspaceDeContrat, body: Organisation, lu: Lu | None = None) -> None:
    """Say that a body said to be no more still is: it was a mistake. Not ended, nothing changes.

    Raises:
        Refus: she may not.
        Perime: it is no more what was read.
    """
    require(by, RIGHT, espace)
    found = locked(body)
    refuse_unread(lu, shown(found))
    if found.fin is None:
        return
    facts = facts_of(GENRE, found.identifiant, found, {"fin": None, "devenir": "", "suite": None})
    with geste(by, about(found, espace), "existe encore") as g:
        g.keep(found)
        found.fin, found.devenir, found.suite = None, "", None
        write(found)
        g.tell([one for one in facts if one.avant])


def _refuse_ambiguous(espace: EspaceDeContrat, body: Organisation, texte: str) -> None:
    others = [one for one in directory_of(espace).bearing(texte) if one.pk != body.pk]
    if others:
        raise ValidationError({"texte": f"« {texte} » désigne déjà {others[0]} dans ce contrat."})


def _refuse_day(espace: EspaceDeContrat, body: Organisation, depuis: date) -> None:
    """A new name is given once borne, after the last one was."""
    if depuis > horloge.today(espace):
        raise ValidationError({"depuis": "Ce jour est à venir : donnez le nouveau nom quand l’organisme le porte."})
    last = body.noms_anterieurs.order_by("-jusqu_au").first()
    if last and depuis <= last.jusqu_au:
        raise ValidationError(
            {"depuis": f"Il a pris son nom actuel le {date_fr(last.jusqu_au)} : donnez un jour après."}
        )


def _refuse_suite(body: Organisation, fin: Fin) -> None:
    if fin.devenir not in Devenir.values:
        raise ValidationError({"devenir": "Dites ce qu’il devient."})
    if (fin.suite is None) != (fin.devenir == Devenir.DISSOLUTION):
        sentence = (
            "Choisissez l’organisme qui prend la suite." if fin.suite is None else "Sans suite, ne choisissez rien."
        )
        raise ValidationError({"suite": sentence})
    if fin.suite and fin.suite.ended(fin.fin):
        raise ValidationError({"suite": f"{fin.suite} n’existe plus ce jour-là."})
    refuse_loop(body, fin.suite, "suite", "Cet organisme a lui-même été repris par celui-ci.")
