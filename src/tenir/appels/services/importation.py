"""Dossiers from a spreadsheet: each row kept, with what it changes, or explained; what is sent never changes by one."""

import hashlib
import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from tenir.appels.enums import EtatDeDossier
from tenir.appels.feuille import (
    APPEL,
    CODE,
    DEPOSE,
    ETAT,
    REPERE,
    Champ,
    Refusee,
    fields_of,
    held_by,
    mark_of,
    read_date,
    told_cell,
)
from tenir.appels.manques import missing
from tenir.appels.models import AppelAProjets, DossierDeDemande
from tenir.appels.services.commun import FILL
from tenir.appels.services.dossiers import fill, open_dossier, send
from tenir.contrat.models import ActionPrevue
from tenir.core.tableur import ERREURS
from tenir.core.tableur.colonnes import Grille, Rang
from tenir.core.typographie import accord, date_fr, pluriel, typo
from tenir.ecran.annulation.gestes import ensemble
from tenir.ecran.importation import ApercuPerime, tried
from tenir.fichier.mots import comparable
from tenir.financement.montants import told
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, require

OPENS, CHANGES, SAME, CONFLICT, REFUSED = "s’ouvre", "change", "rien ne change", "à choisir", "refusé"
NOTHING = "non dit"
SENT = "ce dossier est déposé : retirez-le pour le changer."


class RangRefuse(Exception):
    """A row that is left out, and all that is wrong in it: the columns, and the ends of French sentences."""

    def __init__(self, fautes: list[tuple[str, str]]) -> None:
        super().__init__("; ".join(raison for _, raison in fautes))
        self.fautes = fautes


@dataclass(frozen=True, slots=True)
class Difference:
    """What a cell changes: under which heading, what stood, what it says."""

    titre: str
    avant: str
    apres: str


@dataclass(frozen=True, slots=True)
class DossierLu:
    """A row of the table and what becomes of it; `suite`: whether it is sent, or why not yet."""

    rang: int
    titre: str
    organisme: str
    sort: str
    differences: tuple[Difference, ...] = ()
    suite: str = ""
    raisons: tuple[str, ...] = ()

    @property
    def change(self) -> bool:
        """Whether it writes something by itself."""
        return self.sort in (OPENS, CHANGES)


@dataclass
class _Lecture:
    """What reading a table needs: dossiers by code and by what they are, calls, actions; the rows seen already."""

    espace: EspaceDeContrat
    by: Acces
    choisis: Collection[int]
    seen: dict[Any, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.champs = fields_of(self.espace)
        rows = list(DossierDeDemande.objects.of(self.espace).prefetch_related("budget", "parts").order_by("pk"))
        self.by_code = {one.code: one for one in rows}
        self.by_key = {_key(one.appel_id, held_by(one, self.champs)): one for one in rows}
        self.calls = {one.code: one for one in AppelAProjets.objects.of(self.espace)}
        self.actions = set(ActionPrevue.objects.of(self.espace).principales().values_list("code", flat=True))


def preview(grille: Grille, *, by: Acces, espace: EspaceDeContrat, nom: str = "") -> list[DossierLu]:
    """What an import would do, row by row; nothing is kept."""
    return tried(lambda: _written(grille, by, espace, nom, ()))


@transaction.atomic
def import_dossiers(
    grille: Grille, *, by: Acces, espace: EspaceDeContrat, empreinte: str, nom: str = "", choisis: Collection[int] = ()
) -> list[DossierLu]:
    """Write every row that can be, as it was shown; of those in conflict, the ones chosen. One gesture.

    Raises:
        Refus: she may not.
        ApercuPerime: it would not do what was shown, of which `empreinte` is the digest. Nothing is written.
    """
    if digest(preview(grille, by=by, espace=espace, nom=nom)) != empreinte:
        raise ApercuPerime
    return _written(grille, by, espace, nom, choisis)


def digest(lines: list[DossierLu]) -> str:
    """A digest of what a page shows of an import."""
    said = [
        [one.rang, one.titre, one.sort, [[d.titre, d.avant, d.apres] for d in one.differences], one.suite, one.raisons]
        for one in lines
    ]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


def _written(grille: Grille, by: Acces, espace: EspaceDeContrat, nom: str, choisis: Collection[int]) -> list[DossierLu]:
    require(by, FILL, espace)
    lecture = _Lecture(espace, by, choisis)
    of = f"Tableur « {nom} »" if nom else "Lignes collées"
    with ensemble(by, espace, lambda count: _phrase(of, count)):
        return list(_each(grille, lecture))


def _phrase(of: str, count: int) -> str:
    return typo(f"{of} : {pluriel(count, 'dossier', lettres=True)} {accord(count, 'inscrit')}.")


def _each(grille: Grille, lecture: _Lecture) -> Iterator[DossierLu]:
    for row in grille.rangs:
        try:
            with transaction.atomic():
                yield _line(row, lecture)
        except RangRefuse as refused:
            said = tuple(typo(f"{grille.place(row.rang, cle)} : {raison}") for cle, raison in refused.fautes)
            cells = row.cellules
            named = " ".join(filter(None, (cells.get(CODE, ""), cells.get("intitule", ""))))
            yield DossierLu(row.rang, named, cells.get("nom", ""), REFUSED, raisons=said)


def _line(row: Rang, lecture: _Lecture) -> DossierLu:
    cells = row.cellules
    said = _read(cells, lecture)
    found, appel = _found(cells, said, lecture)
    same: Any = found.pk if found else _key(appel.pk, said)
    if same in lecture.seen:
        raise RangRefuse([(CODE, f"ce dossier est déjà à la ligne {lecture.seen[same]} de ce tableau.")])
    lecture.seen[same] = row.rang
    held = held_by(found, lecture.champs) if found else {one.cle: one.empty() for one in lecture.champs}
    changed = [
        one for one in lecture.champs if one.cle in said and told_cell(said[one.cle]) != told_cell(held[one.cle])
    ]
    differences = tuple(Difference(one.titre, _shown(held[one.cle]), _shown(said[one.cle])) for one in changed)
    sends = _sends(cells, found)
    if found:
        return _of_standing(row, lecture, found, held, said, changed, differences, sends)
    made = _tried(lambda: open_dossier(by=lecture.by, appel=appel))
    suite = _fill(lecture, made, {**held, **said}, changed, sends)
    return DossierLu(row.rang, _named(made), made.nom, OPENS, differences, suite)


def _of_standing(
    row: Rang, lecture: _Lecture, found: DossierDeDemande, held: dict[str, Any], said: dict[str, Any],
    changed: list[Champ], differences: tuple[Difference, ...], sends: date | bool,
) -> DossierLu:  # fmt: skip
    """What becomes of a row whose dossier stands."""
    mark, titre = row.cellules.get(REPERE, ""), _named(found)
    untouched = bool(mark) and mark == mark_of({**held, **said})
    if (not changed or untouched) and not sends:
        return DossierLu(row.rang, titre, found.nom, SAME)
    if changed and found.etat == EtatDeDossier.DEPOSE:
        raise RangRefuse([(changed[0].cle, SENT)])
    sort = CONFLICT if changed and mark and mark != mark_of(held) else CHANGES
    suite = ""
    if sort == CHANGES or row.rang in lecture.choisis:
        suite = _fill(lecture, found, {**held, **said}, changed, sends)
    return DossierLu(row.rang, titre, found.nom, sort, differences, suite)


def _read(cells: Mapping[str, str], lecture: _Lecture) -> dict[str, Any]:
    """What a row says, by column; every fault of its cells at once."""
    said: dict[str, Any] = {}
    faults: list[tuple[str, str]] = []
    for one in lecture.champs:
        if one.cle not in cells:
            continue
        try:
            said[one.cle] = _cell(one, cells[one.cle])
        except Refusee as error:
            faults.append((one.cle, str(error)))
    if unknown := sorted(set(said.get("servies", "").split()) - lecture.actions):
        faults.append(("servies", f"le contrat n’a pas d’action {', '.join(unknown)}."))
    if faults:
        raise RangRefuse(faults)
    return said


def _cell(champ: Champ, text: str) -> Any:
    if ERREURS.fullmatch(text):
        raise Refusee(f"le tableur n’a pas su calculer cette cellule ({text}) : écrivez-y la valeur.")
    found = champ.lire(text)
    if champ.cle.startswith("f_") and found is not None and not found:
        raise Refusee("on ne demande pas zéro euro : laissez la case vide.")
    return found


def _found(
    cells: Mapping[str, str], said: Mapping[str, Any], lecture: _Lecture
) -> tuple[DossierDeDemande | None, AppelAProjets]:
    """The dossier that a row is about: the one it names, else the same action of the same body for its call."""
    code, call = cells.get(CODE, "").upper(), cells.get(APPEL, "")
    if code:
        found = lecture.by_code.get(code)
        if found is None:
            raise RangRefuse(
                [(CODE, f"« {code} » n’est pas un dossier de ce contrat : laissez vide pour en ouvrir un.")]
            )
        if call and _call(call, lecture) not in (None, found.appel):
            raise RangRefuse([(APPEL, f"le dossier {found.code} est pour {found.appel.code}.")])
        return found, found.appel
    appel = _call(call, lecture)
    if appel is None:
        known = ", ".join(sorted(lecture.calls)) or "aucun n’est écrit"
        raise RangRefuse([(APPEL, f"dites pour quel appel à projets, par son code : {known}.")])
    if not said.get("nom") or not said.get("intitule"):
        raise RangRefuse([("nom", "un dossier dit au moins quel organisme demande, et le titre de son action.")])
    return lecture.by_key.get(_key(appel.pk, said)), appel


def _call(said: str, lecture: _Lecture) -> AppelAProjets | None:
    """A call by its code, or by its title."""
    by_title = {comparable(one.titre): one for one in lecture.calls.values()}
    return lecture.calls.get(said.upper()) or by_title.get(comparable(said))


def _key(appel: int, held: Mapping[str, Any]) -> tuple[Any, ...]:
    """What makes two dossiers of one call the same: the body, and the action."""
    body = held.get("siret") or held.get("rna") or comparable(str(held.get("nom") or ""))
    return appel, body, comparable(str(held.get("intitule") or ""))


def _sends(cells: Mapping[str, str], found: DossierDeDemande | None) -> date | bool:
    """The day when a row says that its dossier was received, whether it says so at all."""
    if found and found.etat != EtatDeDossier.BROUILLON:
        return False
    try:
        day = read_date(cells.get(DEPOSE, ""))
    except Refusee as error:
        raise RangRefuse([(DEPOSE, str(error))]) from error
    state = comparable(cells.get(ETAT, ""))
    known = {comparable(str(one.label)): one for one in EtatDeDossier}
    if state and state not in known:
        raise RangRefuse([(ETAT, f"écrivez l’un de ces mots : {', '.join(str(one.label) for one in EtatDeDossier)}.")])
    if state and known[state] != EtatDeDossier.DEPOSE:
        return False
    return day or bool(state)


def _fill(
    lecture: _Lecture, dossier: DossierDeDemande, whole: dict[str, Any], changed: list[Champ], sends: date | bool
) -> str:
    """Write the sections that change, then send it if it says so and lacks nothing; return what is told of that."""
    for section in dict.fromkeys(one.section for one in changed):
        given = _given(lecture, section, whole)
        _tried(partial(fill, by=lecture.by, dossier=dossier, section=section, given=given))
    dossier.refresh_from_db()
    if not sends:
        return ""
    if lacks := [sentence for told_of in missing(dossier).values() for sentence in told_of]:
        return typo(f"Il reste à déposer. {' '.join(lacks)}")
    day = sends if isinstance(sends, date) else None
    sent = _tried(lambda: send(by=lecture.by, dossier=dossier, le=day), DEPOSE)
    return typo(f"Déposé le {date_fr(sent.depose_le)}.") if sent.depose_le else ""


def _given(lecture: _Lecture, section: str, whole: Mapping[str, Any]) -> dict[str, Any]:
    """What the service of a section takes."""
    mine = [one.cle for one in lecture.champs if one.section == section]
    if section not in ("charges", "produits"):
        return {name: whole[name] for name in mine}
    lines = {name[2:]: whole[name] for name in mine if name.startswith("c_")}
    return {"comptes": lines, "parts": {int(name[2:]): whole[name] for name in mine if name.startswith("f_")}}


def _tried(write: Any, where: str = "") -> Any:
    """Write, or say of which cell the row is refused."""
    try:
        return write()
    except ValidationError as error:
        faults = error.error_dict if hasattr(error, "error_dict") else {"": error.error_list}
        raise RangRefuse(
            [(where or _place(name, one.code), " ".join(one.messages)) for name, said in faults.items() for one in said]
        ) from error


def _place(name: str, code: str | None) -> str:
    return {"montant": "c_641"}.get(name, name) or code or CODE


def _named(dossier: DossierDeDemande) -> str:
    return f"{dossier.code} {dossier.titre}"


def _shown(value: Any) -> str:
    if isinstance(value, date):
        return date_fr(value)
    if isinstance(value, bool):
        return "oui" if value else "non"
    if value is None or value == "":
        return NOTHING
    return typo(told(value)) if not isinstance(value, (int, str)) else str(value)
