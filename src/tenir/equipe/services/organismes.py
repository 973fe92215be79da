"""The bodies that a team adds, chooses for its contract, corrects, and removes when nothing names them.

A body is shared by every contract of the installation. What is done to it is kept in the trace of the contract from
which it is done, and undone from there. `docs/adr/0041-organismes-vivants.md` says why.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ForeignKey, Model
from django.utils.text import slugify

from tenir.acteurs.identifiants import SIRET_FAUX, siret_is_right
from tenir.acteurs.models import Graphie, NomAnterieur, Organisation
from tenir.core.marques import Lu, refuse_unread
from tenir.core.requetes import still
from tenir.core.trace import Fait
from tenir.core.typographie import date_fr
from tenir.ecran.annulation.gestes import Chose, geste
from tenir.ecran.champs import label, nouns, words_of
from tenir.ecran.versions import changed_fields, facts_of, refuse_older
from tenir.fichier.mots import comparable
from tenir.fichier.organisations import ADDED
from tenir.fichier.organisations.modeles import NatureDOrganisation
from tenir.habilitations.models import EspaceDeContrat, OrganismeRetenu
from tenir.habilitations.rights import Acces, require

RIGHT = "organisme.update"
GENRE = "organisme"
"""The kind of these facts in the trace; their object is the identifier of the body."""
WRITTEN = ("nom", "sigle", "nature", "siret", "rna", "parent")
PARTS: tuple[type[Model], ...] = (NomAnterieur, Graphie)
"""What is a part of a body, and goes with it."""


@transaction.atomic
def add_body(*, by: Acces, espace: EspaceDeContrat, **values: Any) -> Organisation:
    """Add a body to the installation, chosen at once in this contract. `values`: those of `WRITTEN`.

    Raises:
        Refus: she may not.
        ValidationError: a name that another body bears, a number that is none or another's, no such nature.
    """
    require(by, RIGHT, espace)
    body = Organisation(identifiant=_free_identifier(values["nom"]), version=1)
    given = _settled(values)
    refuse_known(given["nom"])
    _set(body, given)
    with geste(by, about(body, espace), "organisme ajouté") as g:
        g.keep(body)
        body.save()
        chosen = OrganismeRetenu(espace=espace, organisation=body)
        g.keep(chosen)
        chosen.save()
        g.tell(facts_of(GENRE, body.identifiant, Organisation(), {n: v for n, v in given.items() if v}))
    return body


@transaction.atomic
def correct_body(
    *, by: Acces, espace: EspaceDeContrat, body: Organisation, version: int, changes: Mapping[str, Any]
) -> Organisation:
    """Correct what is known of a body. A name corrected was never its name: a new one is given by `rename_body`.

    Raises:
        Refus: she may not.
        Conflit: someone changed it since that version.
        ValidationError: as for `add_body`, or it would be a branch of one of its own.
    """
    require(by, RIGHT, espace)
    found = locked(body)
    changed = changed_fields(found, _settled(changes), WRITTEN)
    refuse_older(found, version, changed)
    if not changed:
        return found
    if "nom" in changed:
        refuse_known(changed["nom"], found)
    refuse_loop(found, changed.get("parent"), "parent", "Cet organisme lui est lui-même rattaché.")
    facts = facts_of(GENRE, found.identifiant, found, changed)
    with geste(by, about(found, espace), f"corrigé ({nouns(changed, Organisation)})") as g:
        g.keep(found)
        _set(found, changed)
        write(found)
        g.tell(facts)
    return found


@transaction.atomic
def choose_body(*, by: Acces, espace: EspaceDeContrat, body: Organisation, lu: Lu | None = None) -> None:
    """Choose for a contract a body that the installation knows: it may be named there. Chosen already, nothing changes.

    Raises:
        Refus: she may not.
        Perime: it is no more what was read.
    """
    require(by, RIGHT, espace)
    found = locked(body)
    refuse_unread(lu, shown(found))
    if OrganismeRetenu.objects.filter(espace=espace, organisation=found).exists():
        return
    with geste(by, about(found, espace), "retenu pour ce contrat") as g:
        chosen = OrganismeRetenu(espace=espace, organisation=found)
        g.keep(chosen)
        chosen.save()
        g.tell([Fait(GENRE, found.identifiant, "retenu", "", "oui")])


@transaction.atomic
def release_body(*, by: Acces, espace: EspaceDeContrat, body: Organisation, lu: Lu | None = None) -> None:
    """Choose it no more for a contract; what names it there still does. Not chosen, nothing changes.

    Raises:
        Refus: she may not.
        Perime: it is no more what was read.
    """
    require(by, RIGHT, espace)
    found = locked(body)
    refuse_unread(lu, shown(found))
    chosen = OrganismeRetenu.objects.filter(espace=espace, organisation=found).first()
    if chosen is None:
        return
    with geste(by, about(found, espace), "n’est plus retenu pour ce contrat") as g:
        g.keep(chosen)
        chosen.delete()
        g.tell([Fait(GENRE, found.identifiant, "retenu", "oui", "")])


@transaction.atomic
def delete_body(*, by: Acces, espace: EspaceDeContrat, body: Organisation, lu: Lu | None = None) -> None:
    """Remove a body that nothing names, but this contract which chose it. Named, it can only be ended.

    Raises:
        Refus: she may not.
        Perime: it is no more what was read.
        ValidationError: something names it.
    """
    require(by, RIGHT, espace)
    found = locked(body)
    refuse_unread(lu, shown(found))
    if any(naming(found, but=espace)):
        raise ValidationError("Cet organisme est nommé : il ne se supprime pas. Dites plutôt ce qu’il est devenu.")
    with geste(by, about(found, espace), "organisme supprimé") as g:
        for row in (*parts_of(found), *OrganismeRetenu.objects.filter(espace=espace, organisation=found), found):
            g.keep(row)
        told = Fait(GENRE, found.identifiant, "organisme", found.nom, "")
        for row in (*parts_of(found), *OrganismeRetenu.objects.filter(espace=espace, organisation=found), found):
            row.delete()
        g.tell([told])


def about(body: Organisation, espace: EspaceDeContrat) -> Chose:
    """A body as what is done to it from a contract is told, and undone. The right is asked of the contract."""
    return Chose(espace, GENRE, body.identifiant, body.nom, RIGHT, espace)


def locked(body: Organisation) -> Organisation:
    """The body as it stands now, held until the end of the transaction."""
    rows = Organisation.objects.select_for_update(of=("self",)).select_related("parent", "suite")
    return still(rows, body)


def write(body: Organisation) -> None:
    """Save a body that a team has changed: the organisations file changes it no more.

    Raises:
        ValidationError: what no body can hold.
    """
    body.version += 1
    body.full_clean()
    body.save()


def shown(body: Organisation) -> Lu:
    """What a page shows of a body, of its names and its spellings."""
    former = [f"{one.nom} jusqu’au {date_fr(one.jusqu_au)}" for one in body.noms_anterieurs.all()]
    return {
        **words_of(body, (*WRITTEN, "fin", "devenir", "suite")),
        "noms antérieurs": ", ".join(former),
        "graphies": ", ".join(one.texte for one in body.graphies.all()),
    }


def parts_of(body: Organisation) -> Iterator[Model]:
    """The former names and the spellings of a body."""
    for model in PARTS:
        yield from model._default_manager.filter(organisation=body).order_by("pk")


def naming(body: Organisation, but: EspaceDeContrat | None = None, of: EspaceDeContrat | None = None) -> Iterator[str]:
    """What names a body, whatever the room: « référents », « organismes cités »… found by walking the models.

    `but`: the contract whose choice of it does not count. `of`: only what hangs on that contract.
    """
    for relation in Organisation._meta.related_objects:
        model = relation.related_model
        if not isinstance(model, type) or issubclass(model, PARTS):
            continue
        rows = model._base_manager.filter(**{relation.field.name: body})
        if model is OrganismeRetenu and but:
            rows = rows.exclude(espace=but)
        if of and (path := _path_to_a_contract(model)):
            rows = rows.filter(**{path: of})
        elif of:
            continue
        if rows.exists():
            yield str(model._meta.verbose_name)


def refuse_known(nom: str, body: Organisation | None = None) -> None:
    """Let no two bodies bear one name.

    Raises:
        ValidationError: another one bears it.
    """
    others = Organisation.objects.exclude(pk=(body and body.pk) or 0).order_by("pk").values_list("nom", flat=True)
    key = comparable(nom)
    if known := next((one for one in others if comparable(one) == key), ""):
        raise ValidationError(
            {"nom": f"« {known} » est déjà connu de Tenir : retenez-le, ou distinguez-les par le nom."}
        )


def refuse_loop(body: Organisation, above: Organisation | None, way: str, sentence: str) -> None:
    """Let no body be above itself, by the way that leads from one to the next.

    Raises:
        ValidationError: it would be.
    """
    current, seen = above.pk if above else None, set[int]()
    while current is not None and current not in seen:
        if current == body.pk:
            raise ValidationError({way: sentence})
        seen.add(current)
        current = Organisation.objects.filter(pk=current).values_list(way, flat=True).first()


def _path_to_a_contract(model: type[Model], depth: int = 3) -> str:
    """How the rows of a model lead to their contract; empty when they do not."""
    links = [one for one in model._meta.concrete_fields if isinstance(one, ForeignKey)]
    for link in links:
        if link.related_model is EspaceDeContrat:
            return link.name
    for link in links if depth > 1 else ():
        target = link.related_model
        if isinstance(target, type) and target is not Organisation and (rest := _path_to_a_contract(target, depth - 1)):
            return f"{link.name}__{rest}"
    return ""


def _free_identifier(nom: str) -> str:
    """An identifier that no body has, made of a name."""
    root = f"{ADDED}{slugify(nom)[:60] or 'organisme'}"
    taken = set(Organisation.objects.filter(identifiant__startswith=root).values_list("identifiant", flat=True))
    return next(one for rank in range(len(taken) + 1) if (one := f"{root}-{rank + 1}" if rank else root) not in taken)


def _settled(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values as they are kept: numbers without their spaces, checked.

    Raises:
        ValidationError: a SIRET whose key is wrong, a nature that is none.
    """
    given = dict(values)
    for name in {"siret", "rna"} & given.keys():
        given[name] = "".join(given[name].split()).upper()
    if given.get("siret") and not siret_is_right(given["siret"]):
        raise ValidationError({"siret": SIRET_FAUX})
    if "nature" in given and given["nature"] not in {one.value for one in NatureDOrganisation}:
        raise ValidationError({"nature": f"Choisissez la {label('nature', Organisation)} dans la liste."})
    return given


def _set(body: Organisation, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(body, name, value)
    body.full_clean()
