"""Putting contracts through the rules, admitting an anomaly, ending a dérogation."""

import hashlib
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from django.db import transaction

import tenir.regles
from tenir.contrat.models import DocumentSigne, VersionDuContrat
from tenir.controles.models import AnomalieRelevee, Controle, Derogation
from tenir.core import horloge
from tenir.core.marques import Lu, refuse_unread
from tenir.core.trace import Auteur, Fait, record
from tenir.core.typographie import date_fr, pluriel
from tenir.fichier.source import Plage
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, require
from tenir.habilitations.services import trace_of
from tenir.regles.anomalie import Anomalie

if TYPE_CHECKING:
    from tenir.fichier.modeles import ContratDeVille

GENRE = "dérogation"
BATCH = 500
LOADING = "chargement"
FIN = "admise jusqu’au"


class DerogationRefusee(Exception):
    """The anomaly may not be admitted so; the message is the French sentence to show."""


@transaction.atomic
def control(espace: EspaceDeContrat, contrat: "ContratDeVille") -> None:
    """Put a contract through the rules, in place of what they found before; its file may bring dérogations."""
    from tenir.regles.controle import controler  # with the models of the file: most commands need neither
    from tenir.regles.lieux import where

    signed = DocumentSigne.objects.filter(espace=espace).first()
    found = controler(contrat.texte_signe, signed.normalise() if signed else None, le=horloge.today(espace))
    AnomalieRelevee.objects.filter(espace=espace).delete()
    AnomalieRelevee.objects.bulk_create(
        [_row(espace, rank, one, where(contrat, one)) for rank, one in enumerate(found.anomalies)], batch_size=BATCH
    )
    told = {
        "le": horloge.now(),
        "empreinte": empreinte(),
        "non_verifiees": ", ".join(rule.code for rule in found.non_verifiees),
        "non_lus": "\n".join(found.non_verifie),
    }
    Controle.objects.update_or_create(espace=espace, defaults=told)
    _bring(espace, contrat)


def control_again(now: datetime) -> str:
    """Put through the rules the contracts that older rules went through; return what was done."""
    from tenir.fichier import canonique

    done = 0
    for espace in EspaceDeContrat.objects.exclude(controle__empreinte=empreinte()):
        if version := VersionDuContrat.objects.of(espace).first():
            with horloge.zone(espace):
                control(espace, canonique.load(version.canonique))
            done += 1
    return f"{pluriel(done, 'contrat contrôlé', 'contrats contrôlés')} de nouveau."


@transaction.atomic
def admit(
    *, by: Acces, anomalie: AnomalieRelevee, motif: str, auteur: str, fin: date, lu: Lu | None = None
) -> Derogation:
    """Admit an anomaly until a day. One that has ended is taken up again.

    Raises:
        Refus: she may not.
        Perime: the dérogation that stands is no more what was read.
        DerogationRefusee: the day has passed.
        ValidationError: no reason, no author.
    """
    espace = anomalie.espace
    require(by, "derogation.update", espace)
    if fin < horloge.today(espace):
        raise DerogationRefusee("Cette date est passée : l’anomalie ne serait admise aucun jour.")
    known = Derogation.objects.select_for_update().filter(espace=espace, regle=anomalie.regle, code=anomalie.code)
    standing = known.first()
    refuse_unread(lu, shown(standing), {FIN: date_fr(fin), "auteur": auteur.strip(), "motif": motif.strip()})
    found = standing or Derogation(espace=espace, regle=anomalie.regle, code=anomalie.code)
    found.motif, found.auteur, found.fin = motif.strip(), auteur.strip(), fin
    found.full_clean()
    found.save()
    record(trace_of(espace), by.auteur(espace), [_fact(found, apres=_told(found))], motif=found.motif)
    return found


@transaction.atomic
def end(*, by: Acces, derogation: Derogation, lu: Lu | None = None) -> None:
    """Withdraw a dérogation: the anomaly, if there still is one, is in force again.

    Raises:
        Refus: she may not.
        Perime: it is no more what was read.
    """
    require(by, "derogation.update", derogation.espace)
    found = Derogation.objects.select_for_update(of=("self",)).filter(pk=derogation.pk).first()
    if found is None:
        return
    refuse_unread(lu, shown(found))
    found.delete()
    record(trace_of(derogation.espace), by.auteur(derogation.espace), [_fact(found, avant=_told(found))])


def shown(derogation: Derogation | None) -> Lu:
    """What a page shows of the dérogation to an anomaly; nothing when there is none."""
    if derogation is None:
        return {}
    return {FIN: date_fr(derogation.fin), "auteur": derogation.auteur, "motif": derogation.motif}


@cache
def empreinte() -> str:
    """The digest of the rules that run: another one, and every contract has to go through them again."""
    folder = Path(next(iter(tenir.regles.__path__)))
    content = b"".join(path.read_bytes() for path in sorted(folder.rglob("*.py")))
    return hashlib.sha256(content).hexdigest()


def _row(espace: EspaceDeContrat, rank: int, one: Anomalie, ou: str) -> AnomalieRelevee:
    return AnomalieRelevee(
        espace=espace,
        rang=rank,
        regle=one.regle,
        gravite=one.gravite.value,
        code=one.code,
        phrase=one.phrase,
        remede=one.remede,
        lignes=one.lignes,
        plages=_written(one.plages),
        ou=ou,
    )


def _written(plages: tuple[Plage, ...]) -> str:
    """The lines of an anomaly as the page of the document takes them, without columns."""
    runs = [f"{p.debut}" if p.debut == p.fin else f"{p.debut}-{p.fin}" for p in plages]
    return ",".join(dict.fromkeys(runs))


def _bring(espace: EspaceDeContrat, contrat: "ContratDeVille") -> None:
    """Take the dérogations of a file; those decided here for the same anomaly stay, for the site has the last word."""
    facts = []
    for one in contrat.derogations:
        values = {"motif": one.motif, "auteur": one.auteur, "fin": one.fin}
        found, made = Derogation.objects.get_or_create(
            espace=espace, regle=one.regle, code=one.element or "", defaults=values
        )
        if made:
            facts.append(_fact(found, apres=_told(found)))
    record(trace_of(espace), Auteur(commande=LOADING), facts)


def _fact(derogation: Derogation, *, avant: str = "", apres: str = "") -> Fait:
    return Fait(GENRE, derogation.code or derogation.espace.slug, derogation.regle, avant, apres)


def _told(derogation: Derogation) -> str:
    return f"admise jusqu’au {date_fr(derogation.fin)} par {derogation.auteur} : {derogation.motif}"
