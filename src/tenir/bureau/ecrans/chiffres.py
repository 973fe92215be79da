"""The contract in figures, for a meeting: one page, printed, every figure leading to its actions."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tenir.bureau.ecrans.compte import CONSTATEES, DECLAREES, MESURES, SANS_DATE, Comptes, Contrat, Groupe, Ligne, count
from tenir.contrat.absences import absence
from tenir.core import horloge
from tenir.core.exports import Row, export_response
from tenir.core.typographie import accord, capital, date_fr, nombre, pluriel, typo
from tenir.ecran.navigation import address, context
from tenir.fiches.enums import Statut
from tenir.fiches.seuils import silence_months
from tenir.fichier.enums import Contenu
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.habilitations.vues import needs
from tenir.points.ecrans.synthese import syntheses


@dataclass(frozen=True, slots=True)
class Case:
    """A figure of the page, and the table of its actions when there are any."""

    valeur: int
    url: str


@dataclass(frozen=True, slots=True)
class Rangee:
    """A line of the page with its figures."""

    ligne: Ligne
    cases: list[Case]


@dataclass(frozen=True, slots=True)
class Tranche:
    """An axis as the page shows it: its sentence, its line and those of its orientations."""

    groupe: Groupe
    phrase: str
    axe: Rangee
    orientations: list[Rangee]


@needs("fiche.read")
def chiffres(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, format: str = "") -> HttpResponse:
    """The figures of a contract today, or their export."""
    today = horloge.today()
    found = count(espace, today)
    if format:
        return export_response(_table(espace, found), name=f"{espace.slug}-chiffres", format=format)
    table = address("fiches", espace)
    given = context(
        acces,
        espace,
        "chiffres",
        jour=f"Au {date_fr(today)}",
        chapeau=absence(espace, Contenu.ACTIONS, _sentence(found.total.comptes)),
        tranches=[_slice(groupe, table) for groupe in found.groupes],
        total=_row(found.total, table),
        declarees=DECLAREES,
        constatees=CONSTATEES,
        syntheses=syntheses(espace),
        reserves=list(_reserves(found, silence_months(today))),
        csv=address("chiffres-export", espace, "csv"),
        xlsx=address("chiffres-export", espace, "xlsx"),
    )
    return render(request, "bureau/chiffres.html", given)


def _slice(groupe: Groupe, table: str) -> Tranche:
    orientations = [_row(line, table) for line in groupe.orientations]
    return Tranche(groupe, _sentence(groupe.axe.comptes), _row(groupe.axe, table), orientations)


def _row(line: Ligne, table: str) -> Rangee:
    asked = [("actions", ""), *((mesure.nom, mesure.demande) for mesure in MESURES)]
    return Rangee(line, [Case(line.comptes[name], _url(table, line.demande, demand)) for name, demand in asked])


def _url(table: str, *asked: str) -> str:
    query = "&".join(one for one in asked if one)
    return f"{table}?{query}" if query else table


DITES = (Statut.EN_COURS, Statut.REALISEE, Statut.EN_PREPARATION, Statut.A_LANCER, Statut.SUSPENDUE, Statut.ABANDONNEE)
"""The declared statuses, in the order in which a sentence tells them."""


def _sentence(counts: Comptes) -> str:
    """An axis in words: « De ses 12 actions, 3 sont en cours et 1 est réalisée ; 2 sont en retard. »"""
    total = counts["actions"]
    if not total:
        return "Aucune action n’y est prévue."
    if counts["rien"] == total:
        return typo(f"Rien n’est encore annoncé {_of(total)} {accord(total, 'action')}.")
    declared = _listed([_are(counts[one], str(one.label)) for one in DITES if counts[one]])
    parts = [declared] if declared else ["aucune n’a de statut déclaré"]
    late = (("retard", "en retard"), ("silence", "sans nouvelles"))
    parts += [_are(counts[name], word) for name, word in late if counts[name]]
    parts += [f"rien n’est annoncé de {nombre(counts['rien'])}"] if counts["rien"] else []
    parts += [f"{_verb(counts['designer'], 'attend', 'attendent')} un porteur"] if counts["designer"] else []
    start = "De sa seule action" if total == 1 else f"De ses {nombre(total)} actions"
    return typo(f"{start}, {' ; '.join(parts)}.")


def _of(total: int) -> str:
    return "de la seule" if total == 1 else f"des {nombre(total)}"


def _are(count: int, word: str) -> str:
    return f"{_verb(count, 'est', 'sont')} {accord(count, word, _plural(word))}"


def _plural(word: str) -> str:
    return f"{word}s" if word.endswith("e") else word


def _verb(count: int, one: str, several: str) -> str:
    return f"{nombre(count)} {accord(count, one, several)}"


def _listed(parts: list[str]) -> str:
    return " et ".join(part for part in (", ".join(parts[:-1]), *parts[-1:]) if part)


def _reserves(found: Contrat, months: int) -> Iterator[str]:
    """What these figures do not say."""
    counts = found.total.comptes
    if counts["aucun"]:
        yield typo(f"Le statut de {pluriel(counts['aucun'], 'action')} n’est pas connu : personne ne l’a déclaré.")
    if counts[SANS_DATE]:
        undated = counts[SANS_DATE]
        verb = accord(undated, "n’en a aucune", "n’en ont aucune")
        yield typo(f"Un retard ne se voit que là où une date est donnée : {pluriel(undated, 'action')} {verb}.")
    if found.ouverte_le:
        yield typo(
            f"Une action est « sans nouvelles » après {pluriel(months, 'mois', lettres=True)} de silence, comptés au "
            f"plus tôt depuis l’ouverture du suivi dans Tenir, le {date_fr(found.ouverte_le)} : ce qui s’est dit avant "
            "n’y est pas."
        )
    yield "Ces chiffres disent où en sont les actions, ni ce qu’elles ont coûté, ni ce qu’elles ont changé."


def _table(espace: EspaceDeContrat, found: Contrat) -> Iterator[Row]:
    counted = (capital(mesure.titre) for mesure in MESURES)
    yield ["Contrat", "Axe", "Code", "Intitulé", "Actions", *counted, "Sans aucune date"]
    for line, axe in (*found.lignes(), (found.total, "")):
        counts = [line.comptes[name] for name in ("actions", *(mesure.nom for mesure in MESURES), SANS_DATE)]
        yield [espace.titre, axe, line.code, line.titre, *counts]
