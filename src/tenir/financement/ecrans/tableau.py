"""The table of the comité des financeurs: one year or all, its workbook, budgets and envelopes."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.safestring import SafeString

from tenir.core.cellules import written
from tenir.core.composants import Lien
from tenir.core.exports import XLSX, export_response
from tenir.core.noms import de
from tenir.core.typographie import MINUS, accord, capital, pluriel, typo
from tenir.ecran.annulation.barre import undoable
from tenir.ecran.navigation import address, context
from tenir.financement.classeur import workbook
from tenir.financement.ecrans.commun import ALL, TABLEAU, asked_year, years_of
from tenir.financement.enums import EtatDeFinancement, Registre
from tenir.financement.models import VersionFigee
from tenir.financement.montants import short, told
from tenir.financement.services import commun
from tenir.financement.tableau import SEVERAL, Case, Financeur, Rangee, Tableau, build
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, Portee, may, reach
from tenir.habilitations.vues import needs

READ, DEFINE = "financement.read", commun.DEFINE
FILES = ("csv", "xlsx")
BOTH = ["GET", "HEAD", "POST"]
DRAWN = {
    EtatDeFinancement.DEMANDE: "demande",
    EtatDeFinancement.PROPOSE: "propose",
    EtatDeFinancement.VOTE: "vote",
    EtatDeFinancement.CONVENTIONNE: "conventionne",
    EtatDeFinancement.VERSE: "conventionne",
    EtatDeFinancement.REFUSE: "refuse",
    EtatDeFinancement.ANNULE: "refuse",
}
"""How each state is drawn beside its word; the others are dashed."""


def _ledger(asked: str) -> Registre:
    return Registre(asked) if asked in Registre.values else Registre.SPECIFIQUE


@needs(READ)
def tableau(request: HttpRequest, acces: Acces, espace: EspaceDeContrat) -> HttpResponse:
    """The table of a year."""
    annee, ledger = asked_year(espace, request.GET.get("annee", "")), _ledger(request.GET.get("registre", ""))
    table = build(espace, annee, ledger)
    files = {one: f"{address('financement-tableau-export', espace, one)}?{_asked(annee, ledger)}" for one in FILES}
    given = context(
        acces,
        espace,
        TABLEAU,
        tableau=table,
        titre=f"Le tableau des financeurs, {annee or 'toutes les années'}",
        chapeau=typo(lede(table)),
        annees=[_choice(espace, one, annee, ledger) for one in (*years_of(espace), None)],
        registres=[_other(espace, annee, one, ledger) for one in Registre],
        a_part=typo(_beside(table)),
        rangees=[_Shown(acces, espace, table, row) for row in table.rangees],
        pied=list(_feet(acces, espace, table)),
        total=short(table.total),
        total_budget=told_short(table.budget),
        total_manque=gap(table.manque)[0],
        enveloppes=table.annee is not None and ledger == Registre.SPECIFIQUE,
        par_orientation=[(one, told(amount)) for one, amount in table.par_orientation.items()],
        csv=files["csv"],
        xlsx=files["xlsx"],
        nouvelle=_opening(acces, espace, annee, ledger),
        figer=f"{address('financement-figer', espace)}?annee={annee or ALL}" if may(acces, DEFINE, espace) else "",
        versions=[
            Lien(
                typo(f"{one.code}, {one.annee or 'toutes les années'}"),
                address("financement-version", espace, one.numero),
            )
            for one in VersionFigee.objects.of(espace).defer("contenu")[:5]
        ],
        annulables=undoable(acces, espace),
    )
    return render(request, "financement/tableau.html", given)


def _frozen(one: VersionFigee) -> Lien:
    url = address("financement-version", one.espace, one.numero)
    return Lien(typo(f"{one.code}, {one.annee or 'toutes les années'}"), url)


@needs(READ)
def fichier(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, format: str) -> HttpResponse:
    """The same as a file: a workbook of both ledgers, whose formulas recompute; or a plain list of one."""
    annee, ledger = asked_year(espace, request.GET.get("annee", "")), _ledger(request.GET.get("registre", ""))
    name = f"{espace.slug}-tableau-des-financeurs-{annee or ALL}"
    if format != "xlsx":
        return export_response(plain_rows(espace, build(espace, annee, ledger)), name=name, format=format)
    content = workbook(espace, {one: build(espace, annee, one) for one in Registre})
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return response


def plain_rows(espace: EspaceDeContrat, table: Tableau) -> Iterator[list[object]]:
    """A table as a plain list, without formulas: no row of totals, which a column added up would count twice."""
    head = ["Contrat", "Registre", "Année", "Code", "Action ou projet", "Orientation", "Budget"]
    yield [*head, *(one.nom for one in table.financeurs), "Total", "Il manque"]
    ledger, year = Registre(table.registre).label, table.annee or "toutes"
    for row in table.rangees:
        cells = [case.montant if (case := row.cases.get(one.cle)) else None for one in table.financeurs]
        start = [espace.titre, ledger, year, row.code, row.titre, row.orientation.code, row.budget]
        yield [*start, *cells, row.total, row.manque]


def lede(table: Tableau) -> str:
    """What the table says, in a sentence or two."""
    year = f"pour {table.annee}" if table.annee else "pour tout le contrat"
    if not table.rangees:
        return f"Aucun montant n’est encore inscrit {year} dans ce registre."
    givers = sum(1 for one in table.financeurs if table.total_of(one.cle))
    if not givers:
        return f"Aucun financeur n’apporte rien {year} : ce qui est inscrit ici est refusé, annulé ou sans montant."
    bring = f"{capital(pluriel(givers, 'financeur', lettres=True))}"
    verb = accord(givers, "apporte", "apportent")
    things = pluriel(sum(1 for row in table.rangees if row.total), "action ou projet", "actions et projets")
    start = f"{bring} {verb} {told(table.total)} à {things}, {year}."
    return f"{start} Il manque {told(table.manque)} aux budgets dits." if table.manque else start


def _beside(table: Tableau) -> str:
    """What no total of the page holds, said."""
    other = Registre.DROIT_COMMUN if table.registre == Registre.SPECIFIQUE else Registre.SPECIFIQUE
    parts = (
        [f"Hors de ces totaux, à part : {told(table.a_part)} au registre « {other.label} »."] if table.a_part else []
    )
    count, amount = table.sans_annee
    if count:
        lines = pluriel(count, "ligne", genre="f")
        parts.append(
            f"{lines} sans année, pour {told(amount)}, {accord(count, 'est', 'sont')} dans « toutes les années »."
        )
    return " ".join(parts)


def _asked(annee: int | None, ledger: str) -> str:
    return urlencode({"annee": annee or ALL, "registre": ledger})


def _choice(espace: EspaceDeContrat, one: int | None, annee: int | None, ledger: str) -> Lien:
    url = f"{address(TABLEAU, espace)}?{_asked(one, ledger)}"
    return Lien(str(one or "Toutes"), url, current=one == annee)


def _other(espace: EspaceDeContrat, annee: int | None, one: Registre, ledger: str) -> Lien:
    url = f"{address(TABLEAU, espace)}?{_asked(annee, one)}"
    return Lien(capital(str(one.label)), url, current=one == ledger)


def _opening(acces: Acces, espace: EspaceDeContrat, annee: int | None, ledger: str) -> str:
    if reach(acces, commun.UPDATE, espace) == Portee.AUCUNE:
        return ""
    return f"{address('financement-nouveau', espace)}?{urlencode({'annee': annee or '', 'registre': ledger})}"


class _Shown:
    """A row as the page shows it: its cells are written here, for a table has thousands of them."""

    def __init__(self, acces: Acces, espace: EspaceDeContrat, table: Tableau, row: Rangee) -> None:
        self.code, self.titre, self.orientation = row.code, row.titre, row.orientation
        specific = table.registre == Registre.SPECIFIQUE
        defines = table.annee is not None and specific and may(acces, DEFINE, espace)
        self.budget = told_short(row.budget)
        self.budget_url = (
            f"{address('financement-budget', espace, table.annee, row.code)}?{urlencode({'projet': row.projet})}"
            if defines
            else ""
        )
        self.total = short(row.total)
        self.manque, self.depasse = gap(row.manque)
        opens = may(acces, commun.UPDATE, espace) and table.annee is not None
        self.cases = [_cell(espace, table, row, one, opens) for one in table.financeurs]


def told_short(amount: Decimal | None) -> str:
    """An amount of the table, or nothing."""
    return "" if amount is None else short(amount)


def gap(amount: Decimal | None) -> tuple[str, bool]:
    """What lacks, and whether it does; « complet » at zero, what there is beyond with its sign."""
    if amount is None:
        return "", False
    if not amount:
        return "complet", False
    return (short(amount), True) if amount > 0 else (f"{short(-amount)} de plus".replace(MINUS, ""), False)


def _cell(espace: EspaceDeContrat, table: Tableau, row: Rangee, funder: Financeur, opens: bool) -> SafeString:
    case = row.cases.get(funder.cle)
    if case is None:
        return _blank(espace, table, row, funder, opens)
    over = written('<em class="alerte">au-delà du plafond</em>') if table.depasse(row, funder) else ""
    css = " alerte" if over else ""
    return written(
        '<td role="cell" class="montant{}" data-label="{}">{}{}</td>', css, funder.nom, _inside(espace, case), over
    )


def _inside(espace: EspaceDeContrat, case: Case) -> SafeString:
    if case.etat == SEVERAL:
        said = pluriel(len(case.lignes), "ligne", genre="f")
        return written("<b>{}</b><small>{}</small>", short(case.montant), said)
    line = case.lignes[0]
    struck = case.barre
    amount = written("<s>{}</s>", short(struck)) if struck else written("<b>{}</b>", short(case.montant))
    url = address("financement", espace, line.code)
    drawn = DRAWN.get(EtatDeFinancement(line.etat), "annonce")
    word = line.get_etat_display()
    return written('<a href="{}">{}</a><small class="argent argent-{}">{}</small>', url, amount, drawn, word)


def _blank(espace: EspaceDeContrat, table: Tableau, row: Rangee, funder: Financeur, opens: bool) -> SafeString:
    if not opens or funder.numero is None:
        return written('<td role="cell" class="montant blanche"></td>')
    asked: dict[str, Any] = {
        "quoi": row.code, "projet": row.projet, "financeur": funder.numero, "annee": table.annee,
        "registre": table.registre,
    }  # fmt: skip
    url = f"{address('financement-nouveau', espace)}?{urlencode(asked)}"
    about = f"Ouvrir une ligne {de(funder.nom)} pour « {row.titre} »"
    return written('<td role="cell" class="montant blanche"><a href="{}" aria-label="{}">+</a></td>', url, about)


def _feet(acces: Acces, espace: EspaceDeContrat, table: Tableau) -> Iterator[dict[str, Any]]:
    """The foot of each column: its total, its envelope, what is left of it, where it is said."""
    defines = table.annee is not None and table.registre == Registre.SPECIFIQUE and may(acces, DEFINE, espace)
    for one in table.financeurs:
        left = table.reste_of(one)
        url = address("financement-enveloppe", espace, table.annee, one.numero) if defines and one.numero else ""
        yield {
            "financeur": one,
            "total": short(table.total_of(one.cle)),
            "enveloppe": told_short(one.enveloppe),
            "plafond": told_short(one.plafond),
            "reste": "" if left is None else short(abs(left)),
            "depassee": left is not None and left < 0,
            "url": url,
        }
