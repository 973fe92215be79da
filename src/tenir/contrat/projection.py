"""From a contract file to the typed tables, and nothing else writes them.

Each kind of item is one `Table`: its model and the columns made from the file's object. Rows are upserted by their
code; a row whose code the version no longer holds is marked withdrawn, never deleted. Rows without a code of their own
(bodies cited, schemes, ordering rules, links) are made anew.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import models

from tenir.acteurs.models import Organisation
from tenir.contrat.models import (
    ActionPrevue,
    Article,
    Axe,
    CodeRetire,
    Dispositif,
    DocumentCadre,
    Donnee,
    ElementSigne,
    Engagement,
    Enseignement,
    Indicateur,
    InstanceDeGouvernance,
    Lieu,
    LigneDeCredits,
    Objectif,
    OrganismeCite,
    Orientation,
    Partie,
    Rappel,
    RegleDOrdre,
    Signataire,
)
from tenir.fichier import modeles as f
from tenir.fichier.codes import owner
from tenir.fichier.document import DocumentNormalise
from tenir.fichier.mots import comparable
from tenir.fichier.objet import Item
from tenir.fichier.source import write_source
from tenir.habilitations.models import EspaceDeContrat

COMMON_COLUMNS = ("ordre", "source", "mots", "note", "retire")


@dataclass
class Projection:
    """One projection under way: the rows made so far, by code."""

    espace: EspaceDeContrat
    contrat: f.ContratDeVille
    document: DocumentNormalise | None
    organisations: dict[str, Organisation]
    ranks: dict[str, int] = field(init=False)
    rows: dict[str, ElementSigne] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.ranks = {code: rank for rank, code in enumerate(self.contrat.items)}

    def row(self, code: str | None) -> Any:
        """The row of a code already projected, None for no code."""
        return self.rows[code] if code else None

    def owner_row(self, item: Item) -> Any:
        """The row of the item that a code is written under."""
        return self.row(owner(item.code))

    def organisation(self, identifiant: str | None) -> Organisation | None:
        """The organisation of an id of the organisations file."""
        return self.organisations[identifiant] if identifiant else None

    def words(self, item: Item) -> str:
        """The signed words of an item, names masked; empty while nothing is attached."""
        if self.document is None:
            return item.texte or ""
        return self.document.mots(item.source) if item.source else ""


Columns = Callable[[Projection, Any], dict[str, Any]]


@dataclass(frozen=True)
class Table:
    """One kind of item and its columns."""

    kind: type[Item]
    model: type[ElementSigne]
    columns: Columns


def _text(item: Item, *names: str) -> dict[str, Any]:
    return {name: getattr(item, name) or "" for name in names}


def _titles(item: f.Axe | f.Orientation) -> dict[str, Any]:
    written = write_source(item.source_protocole)
    return _text(item, "titre", "titre_imprime", "titre_protocole") | {"source_protocole": str(written or "")}


def _axe(at: Projection, item: f.Axe) -> dict[str, Any]:
    return _titles(item) | {"transversal": item.transversal}


def _orientation(at: Projection, item: f.Orientation) -> dict[str, Any]:
    axe = next(axe for axe in at.contrat.axes if any(item is one for one in axe.ensembles))
    quartiers = ", ".join(item.quartiers) if isinstance(item, f.ProjetDeQuartier) else ""
    return _titles(item) | {"axe": at.row(axe.code), "quartiers": quartiers}


def _partie(at: Projection, item: f.Partie) -> dict[str, Any]:
    holder = at.owner_row(item)
    return _text(item, "titre") | {
        "nature": item.nature.value,
        "orientation": holder if isinstance(holder, Orientation) else None,
        "signataire": holder if isinstance(holder, Signataire) else None,
    }


def _donnee(at: Projection, item: f.Donnee) -> dict[str, Any]:
    return _text(item, "libelle", "imprime", "unite", "periode", "perimetre", "origine", "doute") | {
        "orientation": at.owner_row(item),
        "valeur": item.valeur,
        "valeur_max": item.valeur_max,
        "statut": item.statut.value,
    }


def _objectif(at: Projection, item: f.Objectif) -> dict[str, Any]:
    return _text(item, "titre", "sous_theme") | {"orientation": at.owner_row(item), "forme": item.forme.value}


def _action(at: Projection, item: f.ActionPrevue) -> dict[str, Any]:
    said = {"orientation": at.owner_row(item), "quartiers": ", ".join(item.quartiers)}
    return _text(item, "titre", "sous_theme", "horizon", "imprimee_sous") | said


def _sous_action(at: Projection, item: f.SousAction) -> dict[str, Any]:
    parent = at.owner_row(item)
    return _text(item, "titre") | {"orientation": parent.orientation, "parent": parent}


def _credits(at: Projection, item: f.LigneDeCredits) -> dict[str, Any]:
    return _text(item, "financeur", "rattachee_a") | {
        "orientation": at.owner_row(item),
        "nature": item.nature.value,
        "organisation": at.organisation(item.organisme),
        "vide": item.vide,
    }


def _signataire(at: Projection, item: f.Signataire) -> dict[str, Any]:
    return {"nom": item.nom, "organisation": at.organisation(item.organisme)}


def _engagement(at: Projection, item: f.Engagement) -> dict[str, Any]:
    return {
        "titre": item.titre,
        "signataire": at.owner_row(item),
        "forme": item.forme.value,
        "regroupement": item.regroupement,
        "niveau": _level(at, item),
    }


def _level(at: Projection, item: f.Engagement) -> int:
    parent = at.contrat.items.get(item.parent) if item.parent else None
    return 1 + _level(at, parent) if isinstance(parent, f.Engagement) else 1


def _rappel(at: Projection, item: f.Rappel) -> dict[str, Any]:
    return {"titre": item.titre, "signataire": at.owner_row(item)}


def _document_cadre(at: Projection, item: f.DocumentCadre) -> dict[str, Any]:
    return _text(item, "titre", "periode") | {"signataire": at.owner_row(item)}


def _instance(at: Projection, item: f.InstanceDeGouvernance) -> dict[str, Any]:
    return _text(item, "nom", "frequence") | {"roles": list(item.roles), "reunions_par_an": item.reunions_par_an}


def _indicateur(at: Projection, item: f.Indicateur) -> dict[str, Any]:
    return _text(item, "libelle", "groupe", "sous_groupe", "depart", "cible")


def _lieu(at: Projection, item: f.Lieu) -> dict[str, Any]:
    return _text(item, "nom", "nature", "repere")


def _titre(at: Projection, item: f.Article) -> dict[str, Any]:
    return {"titre": item.titre}


def _enseignement(at: Projection, item: f.Enseignement) -> dict[str, Any]:
    return {"titre": item.titre, "sens": item.sens}


TABLES = (
    Table(f.Axe, Axe, _axe),
    Table(f.Orientation, Orientation, _orientation),
    Table(f.Signataire, Signataire, _signataire),
    Table(f.InstanceDeGouvernance, InstanceDeGouvernance, _instance),
    Table(f.Partie, Partie, _partie),
    Table(f.Donnee, Donnee, _donnee),
    Table(f.Objectif, Objectif, _objectif),
    Table(f.ActionPrevue, ActionPrevue, _action),
    Table(f.SousAction, ActionPrevue, _sous_action),
    Table(f.LigneDeCredits, LigneDeCredits, _credits),
    Table(f.Engagement, Engagement, _engagement),
    Table(f.Rappel, Rappel, _rappel),
    Table(f.DocumentCadre, DocumentCadre, _document_cadre),
    Table(f.Indicateur, Indicateur, _indicateur),
    Table(f.Lieu, Lieu, _lieu),
    Table(f.Article, Article, _titre),
    Table(f.Enseignement, Enseignement, _enseignement),
)
"""Every kind of item, holders before what they hold."""


def project(
    espace: EspaceDeContrat,
    contrat: f.ContratDeVille,
    document: DocumentNormalise | None,
    organisations: dict[str, Organisation],
) -> None:
    """Bring the typed tables of one contract to what its version says. Call inside a transaction."""
    at = Projection(espace, contrat, document, organisations)
    for table in TABLES:
        _upsert(at, table)
    _withdraw(at)
    _link_items(at)
    _rebuild_organismes(at)
    _rebuild_dispositifs(at)
    _rebuild_rules(at)
    _rebuild_retired(at)


def _upsert(at: Projection, table: Table) -> None:
    items = _items(at, table.kind)
    if not items:
        return
    rows = [table.model(**_common(at, item), **table.columns(at, item)) for item in items]
    columns = [*COMMON_COLUMNS, *table.columns(at, items[0])]
    table.model._default_manager.bulk_create(
        rows, update_conflicts=True, unique_fields=["espace", "code"], update_fields=columns
    )
    at.rows.update({row.code: row for row in rows})


def _common(at: Projection, item: Item) -> dict[str, Any]:
    return {
        "espace": at.espace,
        "code": item.code,
        "ordre": at.ranks[item.code],
        "source": str(write_source(item.source) or ""),
        "mots": at.words(item),
        "note": item.note or "",
        "retire": False,
    }


def _withdraw(at: Projection) -> None:
    for model in dict.fromkeys(table.model for table in TABLES):
        kept = [row.pk for row in at.rows.values() if type(row) is model]
        model._default_manager.filter(espace=at.espace, retire=False).exclude(pk__in=kept).update(retire=True)


def _link_items(at: Projection) -> None:
    """Set what points at an item of the same kind, once all of them exist."""
    _link(at, Donnee, "partie_de", _items(at, f.Donnee))
    _link(at, Engagement, "parent", _items(at, f.Engagement))
    _link(at, Indicateur, "repete", _items(at, f.Indicateur))
    _link_orientations(at, Engagement, _items(at, f.Engagement))
    _link_orientations(at, Indicateur, _items(at, f.Indicateur))


def _items(at: Projection, kind: type[Item]) -> list[Any]:
    return [item for item in at.contrat.items.values() if isinstance(item, kind)]


def _link(at: Projection, model: type[ElementSigne], column: str, items: Iterable[Any]) -> None:
    in_force = model._default_manager.filter(espace=at.espace, retire=False)
    in_force.exclude(**{column: None}).update(**{column: None})
    pointing = [item for item in items if getattr(item, column)]
    for item in pointing:
        setattr(at.rows[item.code], column, at.row(getattr(item, column)))
    model._default_manager.bulk_update([at.rows[item.code] for item in pointing], [column], batch_size=200)


def _link_orientations(at: Projection, model: type[Engagement] | type[Indicateur], items: Iterable[Any]) -> None:
    through: type[models.Model] = model.orientations.through
    column = f"{model._meta.model_name}_id"
    through._default_manager.filter(orientation__espace=at.espace).delete()
    through._default_manager.bulk_create(
        through(**{column: at.rows[item.code].pk, "orientation_id": at.rows[code].pk})
        for item in items
        for code in item.orientations
    )


def _rebuild_organismes(at: Projection) -> None:
    OrganismeCite.objects.filter(espace=at.espace).delete()
    OrganismeCite.objects.bulk_create([*_of_orientations(at), *_of_actions(at), *_of_instances(at)])


def _cited(at: Projection, role: str, cited: Iterable[f.OrganismeCite], **holder: Any) -> list[OrganismeCite]:
    return [
        OrganismeCite(
            espace=at.espace,
            role=role,
            rang=rang,
            nom=one.nom,
            fonction=one.fonction or "",
            organisation=at.organisation(one.organisme),
            **holder,
        )
        for rang, one in enumerate(cited)
    ]


def _of_orientations(at: Projection) -> Iterable[OrganismeCite]:
    role = OrganismeCite.Role
    for item in at.contrat.orientations:
        row = at.rows[item.code]
        yield from _cited(at, role.PILOTE, item.pilotes, orientation=row)
        yield from _cited(at, role.SERVICE, item.services_associes, orientation=row)


def _of_actions(at: Projection) -> Iterable[OrganismeCite]:
    role = OrganismeCite.Role
    for item in _items(at, f.ActionPrevue):
        row = at.rows[item.code]
        yield from _cited(at, role.PILOTE, item.pilotes, action=row)
        yield from _cited(at, role.PARTENAIRE, item.partenaires, action=row)


def _of_instances(at: Projection) -> Iterable[OrganismeCite]:
    role = OrganismeCite.Role
    for item in at.contrat.instances:
        row = at.rows[item.code]
        yield from _cited(at, role.PRESIDENCE, item.presidence, instance=row)
        yield from _cited(at, role.MEMBRE, item.composition, instance=row)


def _rebuild_dispositifs(at: Projection) -> None:
    Dispositif.objects.filter(ligne__espace=at.espace).delete()
    Dispositif.objects.bulk_create(
        Dispositif(
            ligne=at.row(line.code),
            rang=rang,
            nom=scheme.nom,
            nom_usuel=scheme.nom_usuel or scheme.nom,
            cle=comparable(scheme.nom_usuel or scheme.nom),
            sous_theme=scheme.sous_theme or "",
        )
        for line in _items(at, f.LigneDeCredits)
        for rang, scheme in enumerate(line.dispositifs)
    )


def _rebuild_rules(at: Projection) -> None:
    RegleDOrdre.objects.filter(instance__espace=at.espace).delete()
    RegleDOrdre.objects.bulk_create(
        RegleDOrdre(
            instance=at.row(item.code),
            avant=at.row(rule.avant),
            rang=rang,
            titre=rule.titre,
            source=str(write_source(rule.source) or ""),
        )
        for item in at.contrat.instances
        for rang, rule in enumerate(item.regles)
    )


def _rebuild_retired(at: Projection) -> None:
    CodeRetire.objects.filter(espace=at.espace).delete()
    CodeRetire.objects.bulk_create(
        CodeRetire(
            espace=at.espace,
            code=retired.code,
            remplace_par=retired.remplace_par or "",
            motif=retired.motif or "",
        )
        for retired in at.contrat.codes_retires
    )
