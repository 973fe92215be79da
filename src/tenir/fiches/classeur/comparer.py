"""The three-way comparison: what the cell held when the workbook left, what it says now, what stands in the contract.

Unchanged in the file: what stands is kept, whoever changed it. Changed in the file alone: a change. Changed on both
sides, to different values: a conflict, for someone to choose. `docs/adr/0020-tableur.md` says why.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError

from tenir.contrat.models import CodeRetire
from tenir.core import horloge
from tenir.core.tableur import comparable_cell
from tenir.core.typographie import date_fr, typo
from tenir.ecran.champs import label, told
from tenir.fiches.classeur.comparaison import Cellule, Comparaison, LigneComparee, Refus
from tenir.fiches.classeur.lire import Contenu, Feuille, Ligne
from tenir.fiches.classeur.modele import (
    CHAMPS_DES_FICHES,
    CHAMPS_DES_JALONS,
    CHAMPS_DES_NOUVELLES,
    FICHES,
    JALONS,
    NOUVELLES,
    Champ,
    contract_name,
    fiche_texts,
    jalon_texts,
    written,
)
from tenir.fiches.classeur.valeurs import Connus, Refusee, cell_text, read_cell
from tenir.fiches.models import FicheAction, Jalon, Nouvelle
from tenir.fiches.services import fiche as service_des_fiches
from tenir.fiches.services import jalons as service_des_jalons
from tenir.fiches.services import nouvelles as service_des_nouvelles
from tenir.habilitations.models import EspaceDeContrat

NEW_JALON, NEWS = "nouveau jalon", "nouvelle"
TAKEN = {
    "action": "cette colonne est là pour lire, le titre d’une action vient du contrat signé : rien n’en est repris.",
    "contrat": "cette ligne vient d’un autre contrat : elle est laissée de côté.",
}


def compare(contenu: Contenu, espace: EspaceDeContrat) -> Comparaison:
    """What each row of a workbook would change in a contract as it stands now. Nothing is written."""
    comparer = _Comparer(contenu, espace)
    lignes = [ligne for sheet in contenu.feuilles for ligne in comparer.sheet(sheet)]
    for ligne in lignes:
        try_row(ligne)
        try_choices(ligne)
    inside = {one.code for one in lignes if one.feuille == FICHES}
    absent = len(comparer.fiches.keys() - inside) if any(s.nom == FICHES for s in contenu.feuilles) else 0
    ignored = [*contenu.ignorees, *(f"colonne « {one} »" for sheet in contenu.feuilles for one in sheet.inconnues)]
    told = [typo(one) for sheet in contenu.feuilles for one in sheet.remarques]
    return Comparaison(lignes, absent, ignored, contenu.origine is None, told)


def try_row(ligne: LigneComparee) -> None:
    """Leave out the cells of a row that no fiche can hold together, with the reason that a page would give."""
    while ligne.changements:
        try:
            _try(ligne, {one.champ: one.valeur for one in ligne.changements})
            return
        except ValidationError as error:
            reasons: dict[str, list[str]] = {NON_FIELD_ERRORS: error.messages}
            if hasattr(error, "error_dict"):
                reasons = {str(name): said for name, said in error.message_dict.items()}
            bad = [one for one in ligne.changements if one.champ in reasons] or list(ligne.changements)
            whole = " ".join(reasons.get(NON_FIELD_ERRORS) or next(iter(reasons.values())))
            ligne.refuse(bad, lambda one: typo(" ".join(reasons.get(one.champ) or [whole])))  # noqa: B023 (called now)


def try_choices(ligne: LigneComparee) -> None:
    """Leave out the conflicts whose file no fiche can hold: one would choose, and be refused afterwards."""
    chosen = replace(ligne, changements=[*ligne.changements, *ligne.conflits], conflits=[], refus=[])
    try_row(chosen)
    refused = [one for one in ligne.conflits if one not in chosen.changements]
    reasons = {one.place: one for one in chosen.refus}
    ligne.refus += [reasons[one.place] for one in refused]
    ligne.conflits = [one for one in ligne.conflits if one not in refused]


def _try(ligne: LigneComparee, changes: Mapping[str, Any]) -> None:
    assert ligne.fiche is not None  # noqa: S101 (a row that changes something is of a fiche)
    if ligne.feuille == FICHES:
        service_des_fiches.tried(ligne.fiche, changes)
    elif ligne.feuille == NOUVELLES:
        service_des_nouvelles.tried(ligne.fiche, changes[NEWS]["texte"], changes[NEWS]["le"])
    elif ligne.jalon is not None:
        service_des_jalons.tried(ligne.jalon, changes)
    else:
        service_des_jalons.tried(Jalon(fiche=ligne.fiche), changes[NEW_JALON])


class _Comparer:
    """A contract as it stands, and the rows of a workbook put beside it one by one."""

    def __init__(self, contenu: Contenu, espace: EspaceDeContrat) -> None:
        self.espace, self.origine, self.nom = espace, contenu.origine, contract_name(espace)
        rows = FicheAction.objects.of(espace).select_related("action", "organisme_en_charge", "personne_en_charge")
        self.fiches = {one.action.code: one for one in rows}
        by_pk = {one.pk: one for one in self.fiches.values()}
        self.jalons = {one.pk: one for one in Jalon.objects.filter(fiche__in=by_pk).order_by("pk")}
        self.same: dict[tuple[str, str, str], Jalon] = {}
        for jalon in self.jalons.values():
            jalon.fiche = by_pk[jalon.fiche_id]
            texts = jalon_texts(jalon)
            self.same[jalon.fiche.action.code, texts["titre"], texts["prevu_le"]] = jalon
        self.connus = Connus.of(espace)
        self.remplaces = dict(CodeRetire.objects.filter(espace=espace).values_list("code", "remplace_par"))
        told = Nouvelle.objects.filter(fiche__in=by_pk).order_by().values_list("fiche", "le", "texte")
        self.nouvelles = {(of, le, comparable_cell(texte)) for of, le, texte in told}

    def sheet(self, sheet: Feuille) -> Iterator[LigneComparee]:
        seen: dict[object, int] = {}
        for row in sheet.lignes:
            found = LigneComparee(sheet.nom, row.rang, row.cellules.get("code", "").upper())
            self._row(sheet, row, found, seen)
            yield found

    def _row(self, sheet: Feuille, row: Ligne, found: LigneComparee, seen: dict[object, int]) -> None:
        try:
            found.fiche = self._fiche(row, found.code)
            _ROWS[sheet.nom](self, sheet, row, found, seen)
        except _RowRefused as refused:
            place = sheet.place(row.rang, refused.champ)
            found.changements, found.conflits = [], []
            found.refus.append(Refus(place, refused.quoi, typo(str(refused))))

    def _fiche(self, row: Ligne, code: str) -> FicheAction:
        contrat = row.cellules.get("contrat", "")
        if contrat and comparable_cell(contrat) != comparable_cell(self.nom):
            raise _RowRefused("contrat", TAKEN["contrat"])
        if not code:
            raise _RowRefused("code", "il manque le code de l’action : reprenez-le de la feuille « Fiches ».")
        if code not in self.fiches:
            other = self.remplaces.get(code)
            raise _RowRefused(
                "code",
                f"l’action {code} est devenue {other} : remplacez le code."
                if other
                else f"« {code} » n’est pas une action de ce contrat : vérifiez le code.",
            )
        return self.fiches[code]

    def of_fiche(self, sheet: Feuille, row: Ligne, found: LigneComparee, seen: dict[object, int]) -> None:
        """A row of the sheet « Fiches »."""
        _refuse_twice(found.code, row.rang, seen, "code", f"l’action {found.code}")
        fiche = self.fiches[found.code]
        held = self._held(fiche, row.cellules.get("version", ""))
        for champ in CHAMPS_DES_FICHES:
            key = f"{FICHES}|{found.code}|{champ.name}"
            self._cell(sheet, row, found, champ, key, getattr(fiche, champ.name), held, label(champ.name, FicheAction))
        self._read_only(sheet, row, found)

    def _held(self, fiche: FicheAction, version: str) -> Mapping[str, str]:
        """What the cells held when the workbook left: as kept; else as they stand, if nothing changed since."""
        if self.origine and fiche.action.code in self.origine.fiches:
            return self.origine.fiches[fiche.action.code]
        return fiche_texts(fiche) if version == str(fiche.version) else {}

    def _read_only(self, sheet: Feuille, row: Ligne, found: LigneComparee) -> None:
        title = row.cellules.get("action")
        if title and found.fiche and title != comparable_cell(found.fiche.action.titre):
            found.refus.append(Refus(sheet.place(row.rang, "action"), "action", typo(TAKEN["action"])))

    def of_jalon(self, sheet: Feuille, row: Ligne, found: LigneComparee, seen: dict[object, int]) -> None:
        """A row of the sheet « Jalons »: one that is known, or a new one."""
        found.jalon = self._jalon(row, found)
        if found.jalon is None:
            self._new_jalon(sheet, row, found, seen)
            return
        _refuse_twice(found.jalon.pk, row.rang, seen, "numero", "ce jalon")
        held = self.origine.jalons.get(str(found.jalon.pk), {}) if self.origine else {}
        for champ in CHAMPS_DES_JALONS:
            key = f"{JALONS}|{found.jalon.pk}|{champ.name}"
            what = f"jalon « {found.jalon.titre} », {champ.titre.lower()}"
            self._cell(sheet, row, found, champ, key, getattr(found.jalon, champ.name), held, what)
        self._read_only(sheet, row, found)

    def _jalon(self, row: Ligne, found: LigneComparee) -> Jalon | None:
        number = row.cellules.get("numero", "")
        if not number:
            return self._same_jalon(row, found)
        jalon = self.jalons.get(int(number)) if number.isdecimal() and len(number) < 19 else None
        if jalon is None:
            raise _RowRefused("numero", f"le jalon n° {number} n’existe pas ici : videz le numéro pour en créer un.")
        if jalon.fiche.action.code != found.code:
            raise _RowRefused("numero", f"le jalon n° {number} est de l’action {jalon.fiche.action.code} : revoyez-le.")
        return jalon

    def _same_jalon(self, row: Ligne, found: LigneComparee) -> Jalon | None:
        """The jalon of the same words and the same day, if it is already there: a row applied twice adds nothing."""
        try:
            day = read_cell(CHAMPS_DES_JALONS[1], row.cellules.get("prevu_le", ""), self.connus)
        except Refusee:
            return None
        return self.same.get((found.code, row.cellules.get("titre", ""), written(day)))

    def _new_jalon(self, sheet: Feuille, row: Ligne, found: LigneComparee, seen: dict[object, int]) -> None:
        given = self._values(row, CHAMPS_DES_JALONS)
        for name, what in (("titre", "dites ce qui est attendu."), ("prevu_le", "donnez le jour prévu.")):
            if not given[name]:
                raise _RowRefused(name, f"un nouveau jalon a un titre et une date : {what}", NEW_JALON)
        _refuse_twice((found.code, given["titre"], given["prevu_le"]), row.rang, seen, "titre", "ce jalon")
        said = f"{given['titre']}, prévu le {date_fr(given['prevu_le'])}"
        found.changements.append(self._whole(sheet, row, JALONS, "titre", NEW_JALON, said, given))

    def of_news(self, sheet: Feuille, row: Ligne, found: LigneComparee, seen: dict[object, int]) -> None:
        """A row of the sheet « Nouvelles »: news to add, unless they are already there."""
        given = self._values(row, CHAMPS_DES_NOUVELLES)
        if not given["texte"]:
            raise _RowRefused("texte", "écrivez la nouvelle.", NEWS)
        day = given["le"] or horloge.today()
        _refuse_twice((found.code, day, given["texte"]), row.rang, seen, "texte", "cette nouvelle")
        if found.fiche and (found.fiche.pk, day, given["texte"]) in self.nouvelles:
            return
        said = f"{date_fr(day)} : {given['texte']}"
        found.changements.append(self._whole(sheet, row, NOUVELLES, "texte", NEWS, said, given))

    def _values(self, row: Ligne, champs: Iterable[Champ]) -> dict[str, Any]:
        given = {}
        for champ in champs:
            try:
                given[champ.name] = read_cell(champ, row.cellules.get(champ.name, ""), self.connus)
            except Refusee as refused:
                raise _RowRefused(champ.name, str(refused), champ.titre.lower()) from refused
        return given

    def _whole(
        self, sheet: Feuille, row: Ligne, kind: str, champ: str, quoi: str, said: str, given: dict[str, Any]
    ) -> Cellule:
        return Cellule(
            f"{kind}|{row.rang}|{quoi}", sheet.place(row.rang, champ), quoi, quoi, "", typo(said), valeur=given
        )

    def _cell(
        self,
        sheet: Feuille,
        row: Ligne,
        found: LigneComparee,
        champ: Champ,
        key: str,
        current: Any,
        held: Mapping[str, str],
        what: str,
    ) -> None:
        if champ.name not in row.cellules:
            return
        text, base, place = row.cellules[champ.name], held.get(champ.name), sheet.place(row.rang, champ.name)
        try:
            if text == base:
                return
            value = read_cell(champ, text, self.connus)
        except Refusee as refused:
            found.refus.append(Refus(place, what, typo(str(refused))))
            return
        after, now = cell_text(champ, value), cell_text(champ, current)
        if after in (now, base):
            return
        before = None if base is None else _as_told(champ, base)
        cell = Cellule(key, place, what, champ.name, _told(champ, current), _told(champ, value), value, before)
        (found.changements if base == now else found.conflits).append(cell)


class _RowRefused(Exception):
    """A row that is left out whole, because of one of its cells."""

    def __init__(self, champ: str, raison: str, quoi: str = "") -> None:
        super().__init__(raison)
        self.champ, self.quoi = champ, quoi or champ


def _refuse_twice(key: object, rang: int, seen: dict[object, int], champ: str, what: str) -> None:
    if key in seen:
        raise _RowRefused(champ, f"{what} est déjà à la ligne {seen[key]} de cette feuille : gardez-en une seule.")
    seen[key] = rang


def _told(champ: Champ, value: Any) -> str:
    return told(champ.name, value, _model_of(champ)) if value or champ.name == "statut" else ""


def _model_of(champ: Champ) -> type[FicheAction] | type[Jalon] | type[Nouvelle]:
    """Whose field a cell holds: the sheets share no name but that of the action."""
    return next(model for model in (FicheAction, Jalon, Nouvelle) if hasattr(model, champ.name))


def _as_told(champ: Champ, text: str) -> str:
    """What a cell held, as it is told: a date in full, a person never by her name."""
    if champ.genre == "date":
        return date_fr(date.fromisoformat(text)) if text else ""
    return "" if champ.genre == "personne" else text


_ROWS = {FICHES: _Comparer.of_fiche, JALONS: _Comparer.of_jalon, NOUVELLES: _Comparer.of_news}
