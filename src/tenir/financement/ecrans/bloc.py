"""What the room brings to the desk and to the page of an action: answers to read, funders silent; who pays for it."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, Q, QuerySet

from tenir.core.composants import Item
from tenir.core.emplacements import Bloc
from tenir.core.typographie import date_fr, typo
from tenir.ecran.blocs import Annonce, Section
from tenir.ecran.navigation import address
from tenir.fiches.models import FicheAction
from tenir.financement.catalogue import announced
from tenir.financement.ecrans.commun import DEMANDES, stamp_of, told_year
from tenir.financement.ecrans.demandes import answers_of, corrections_of
from tenir.financement.enums import EtatDeReponse
from tenir.financement.models import (
    DemandeAuFinanceur,
    FicheDeDispositif,
    LigneDeFinancement,
    ReponseDeFinanceur,
    ReponseSurDispositif,
)
from tenir.financement.montants import told
from tenir.financement.services import commun
from tenir.financement.services.dispositifs import told_answer
from tenir.financement.services.lignes import told_row
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.organismes import bodies_of
from tenir.habilitations.rights import Acces, may

SOON = timedelta(days=30)
"""How long before its last day a scheme is said to close."""
CLOSING, ANSWERS, CORRECTIONS, SILENT = "closing", "answers", "corrections", "silent"


def sections(acces: Acces, espace: EspaceDeContrat, on: date) -> Iterator[Section]:
    """What closes soon, for whom it concerns; for the team: answers that nobody read, funders who did not answer.

    One query says which of them have something to tell; most mornings none has.
    """
    team = may(acces, commun.DEFINE, espace)
    rows = _rows(espace, on) if team else {CLOSING: _rows(espace, on)[CLOSING]}
    asked = {name: Exists(one.order_by()) for name, one in rows.items()}
    told = EspaceDeContrat.objects.filter(pk=espace.pk).values(**asked).first() or {}
    yield from _closing(acces, espace, list(rows[CLOSING]) if told.get(CLOSING) else [])
    if not team:
        return
    where = address(DEMANDES, espace)
    for name, (anchor, titre, annonce, item) in SECTIONS.items():
        items = [item(espace, one) for one in rows[name]] if told.get(name) else []
        yield Section(anchor, titre, items, annonce, where)


def _rows(espace: EspaceDeContrat, on: date) -> dict[str, QuerySet[Any]]:
    """What each section would show, not read yet."""
    return {
        CLOSING: FicheDeDispositif.objects.of(espace).closing(on, on + SOON),
        ANSWERS: answers_of(espace).filter(etat=EtatDeReponse.A_LIRE),
        CORRECTIONS: corrections_of(espace),
        SILENT: DemandeAuFinanceur.objects.of(espace).filter(repondu_le=None, arretee_le=None, close_le__lt=on),
    }


def _closing(acces: Acces, espace: EspaceDeContrat, closing: list[FicheDeDispositif]) -> Iterator[Section]:
    """The schemes that close within a month: every one for the team, else those of the orientations of her actions."""
    where = announced(espace) if closing else {}
    mine = _orientations_of(acces, espace) if closing and not may(acces, commun.DEFINE, espace) else None
    rows = [one for one in closing if mine is None or mine & where[one.cle].orientations.keys()]
    items = [_scheme(espace, one) for one in sorted(rows, key=lambda one: (str(one.ferme_le), one.cle))]
    told = Annonce("dispositif", "ferme bientôt", "ferment bientôt", "m")
    catalogue = address("financement-dispositifs", espace)
    yield Section("dispositifs-qui-ferment", "Dispositifs qui ferment bientôt", items, told, catalogue)


def _orientations_of(acces: Acces, espace: EspaceDeContrat) -> set[str]:
    """The codes of the orientations in which she, or a body she acts for, is in charge of an action."""
    hers = Q(personne_en_charge=acces.personne) | Q(organisme_en_charge__identifiant__in=bodies_of(acces, espace))
    rows = FicheAction.objects.of(espace).filter(hers).order_by()
    return set(rows.values_list("action__orientation__code", flat=True))


def _scheme(espace: EspaceDeContrat, one: FicheDeDispositif) -> Item:
    said = f"à demander avant le {date_fr(one.ferme_le)}" if one.ferme_le else ""
    return Item("", one.nom, address("financement-dispositif", espace, one.pk), typo(said))


def _correction(espace: EspaceDeContrat, one: ReponseSurDispositif) -> Item:
    url = address("financement-correction-inscrire", espace, one.pk)
    return Item("", one.fiche.nom, url, typo(f"{one.demande.financeur} : {told_answer(one)}"))


def _answer(espace: EspaceDeContrat, one: ReponseDeFinanceur) -> Item:
    said = typo(f"{one.demande.financeur} : {told_row(one.etat_dit, one.montant)}")
    return Item(one.ligne.code, one.ligne.objet, address("financement-inscrire", espace, one.pk), said)


def _silent(espace: EspaceDeContrat, one: DemandeAuFinanceur) -> Item:
    note = f"argent de {one.annee}, attendu avant le {date_fr(one.close_le)}"
    return Item("", str(one.financeur), address(DEMANDES, espace), typo(note))


SECTIONS: dict[str, tuple[str, str, Annonce, Callable[[EspaceDeContrat, Any], Item]]] = {
    ANSWERS: (
        "argent-a-lire", "Réponses de financeurs à lire",
        Annonce("réponse de financeur", "est à lire", "sont à lire", "f"), _answer,
    ),
    CORRECTIONS: (
        "dispositifs-a-lire", "Corrections de dispositifs à lire",
        Annonce("correction de dispositif", "est à lire", "sont à lire", "f"), _correction,
    ),
    SILENT: (
        "argent-sans-reponse", "Financeurs sans réponse",
        Annonce("financeur", "n’a pas répondu", "n’ont pas répondu", "m"), _silent,
    ),
}  # fmt: skip
"""The sections of the team, in their order: anchor, title, announcement, a line."""


def brought(acces: Acces, espace: EspaceDeContrat, fiche: FicheAction) -> Bloc | None:
    """Who brings what to an action, the latest year first; one query, nothing without a line."""
    rows = LigneDeFinancement.objects.of(espace).filter(fiche=fiche).order_by("-annee", "pk")
    lines = [_line(espace, one) for one in rows]
    return Bloc("financement/includes/apports.html", lines) if lines else None


def _line(espace: EspaceDeContrat, one: LigneDeFinancement) -> Item:
    note = f"{told_year(one.annee)} · {one.get_registre_display()} · {told(one.montant) or 'montant non dit'}"
    return Item(one.code, one.nom_du_financeur, address("financement", espace, one.code), typo(note), stamp_of(one))
