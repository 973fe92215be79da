"""What a snapshot keeps of meetings, of what was asked, of the registers: counts, days and states."""

from collections import Counter
from datetime import date
from typing import Any

from django.db.models import Count

from tenir.activite.catalogue import offered_in
from tenir.activite.models import Entree, Objet
from tenir.gouvernance.echeancier import calendar_of
from tenir.gouvernance.enums import EtatDeReunion
from tenir.gouvernance.models import Reunion
from tenir.gouvernance.regles import corpus_of
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.niveaux import Niveau
from tenir.preconisations.models import Preconisation

Donnees = dict[str, Any]


def meetings(espace: EspaceDeContrat, jour: date) -> list[Donnees]:
    """By body: how many meetings each year gone by or begun was promised, how many were held."""
    corpus = corpus_of(espace, jour, listed=False)
    reunions = [one for one in Reunion.objects.of(espace) if one.jour <= jour]
    promised = {line.regle.instance.pk: line for line in calendar_of(corpus, reunions, jour)}
    held = Counter((one.instance_id, one.jour.year) for one in reunions if one.etat == EtatDeReunion.TENUE)
    years = range(espace.debut, min(jour.year, espace.fin) + 1)
    found = []
    for body in corpus.instances:
        line = promised.get(body.pk)
        asked = {one.annee: one.attendues for one in line.annees} if line else {}
        told = [{"annee": year, "attendues": asked.get(year), "tenues": held[body.pk, year]} for year in years]
        found.append({"instance": body.nom, "source": line.regle.source if line else "", "annees": told})
    return found


def preconisations(espace: EspaceDeContrat) -> list[Donnees]:
    """Those that are published, without their words: they may name someone, and be withdrawn."""
    rows = Preconisation.objects.of(espace).public().prefetch_related("reponses").order_by("numero")
    return [
        {
            "code": one.code,
            "origine": one.origine,
            "organisme": one.organisme.nom if one.organisme else "",
            "action": one.fiche.code if one.fiche else "",
            "recue_le": one.recue_le.isoformat(),
            "promise_pour": one.promise_pour.isoformat() if one.promise_pour else "",
            "etat": one.etat,
            "repondue_le": max((answer.le.isoformat() for answer in one.reponses.all()), default=""),
        }
        for one in rows
    ]


def registers(espace: EspaceDeContrat) -> list[Donnees]:
    """By kind that partners read: how many things its register holds, how many entries count."""
    things = _by_kind(Objet.objects.of(espace).up_to(Niveau.PARTENAIRES), "nature")
    entries = _by_kind(Entree.objects.of(espace).up_to(Niveau.PARTENAIRES).counted(), "mots__code")
    kinds = [*offered_in(espace, Niveau.PARTENAIRES), *offered_in(espace, Niveau.PARTENAIRES, lasting=True)]
    return [
        {
            "nature": kind.nature,
            "nom": kind.libelle,
            "objets": things.get(kind.nature, 0),
            "entrees": entries.get(kind.nature, 0),
        }
        for kind in sorted(kinds, key=lambda one: one.nature)
        if things.get(kind.nature) or entries.get(kind.nature)
    ]


def _by_kind(rows: Any, kind: str) -> dict[str, int]:
    return dict(rows.order_by().values_list(kind).annotate(n=Count("pk", distinct=True)))
