"""The named views of lists: keeping one, changing it, removing it, opening a list on it.

A view is an address. Nothing here says what its rows are: the list shows to each what she may see.
"""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import QueryDict

from tenir.acteurs.models import Personne
from tenir.core.listes.adresse import in_words, tidy
from tenir.core.marques import Lu, refuse_unread
from tenir.core.trace import Fait
from tenir.core.typographie import typo
from tenir.ecran.annulation.gestes import Chose, Ecriture, geste
from tenir.ecran.champs import label, told, words_of
from tenir.ecran.models import VueNommee, VueParDefaut
from tenir.ecran.versions import changed_fields, refuse_older
from tenir.fichier.mots import plain
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, require

GENRE = "liste"
"""The kind of these facts in the trace; their object is the list."""
OPENING = "vue à l’ouverture"
"""What the trace calls the view on which a list opens for someone."""
WRITTEN = ("nom", "adresse", "niveau")
Pour = VueNommee.Pour


@transaction.atomic
def create_vue(
    *,
    by: Acces,
    espace: EspaceDeContrat | None,
    liste: str,
    nom: str,
    adresse: str,
    niveau: int = Pour.SOI,
) -> VueNommee:
    """Keep what an address asks of a list under a name. Sent twice, it is one view.

    Raises:
        Refus: she may not, or may not share one.
        ValidationError: no name, a name that is taken, or an address too long.
    """
    vue = VueNommee(espace=espace, liste=liste, niveau=niveau, personne=by.personne)
    _set(vue, {"nom": nom, "adresse": adresse})
    require_change(by, vue)
    with geste(by, about(by, vue), "enregistrée") as g:
        g.keep(vue)
        try:
            _save(vue)
        except ValidationError:
            if same := _same(vue):
                return same
            raise
        g.tell([Fait(GENRE, liste, name_in_trace(vue), "", _said(vue, "enregistrée"))])
    return vue


@transaction.atomic
def update_vue(*, by: Acces, vue: VueNommee, version: int, changes: Mapping[str, Any]) -> VueNommee:
    """Write fields of a view (`WRITTEN`); those that keep their value leave no trace. Return it as it stands.

    Raises:
        Refus: she may not; or she takes back for herself what another shared.
        Conflit: someone changed it since that version.
        ValidationError: a value that no view can hold, or a name that is taken.
    """
    found = locked(vue)
    if found is None:
        raise ValidationError("Cette vue vient d’être supprimée.")
    require_change(by, found)
    changed = changed_fields(found, _tidied(changes), WRITTEN)
    if not changed:
        return found
    refuse_older(found, version, changed)
    if "niveau" in changed:
        _require_of_hers(by, found)
    with geste(by, about(by, found), f"modifiée ({', '.join(label(name, VueNommee) for name in changed)})") as g:
        before = _told(found, changed)
        g.keep(found)
        _set(found, changed)
        found.version += 1
        require_change(by, found)
        _save(found)
        _close_to_others(g, found)
        g.tell(_changes(found, before, _told(found, changed)))
    return found


@transaction.atomic
def delete_vue(*, by: Acces, vue: VueNommee, lu: Lu | None = None) -> None:
    """Remove a view; the lists that opened on it open whole. Removed already, nothing is to be done.

    Raises:
        Refus: she may not.
        Perime: it is no more what was read.
    """
    found = locked(vue)
    if found is None:
        return
    require_change(by, found)
    refuse_unread(lu, shown(found))
    with geste(by, about(by, found), "supprimée") as g:
        for opening in found.ouvertures.select_for_update().order_by("pk"):
            g.keep(opening)
        g.keep(found)
        g.tell([Fait(GENRE, found.liste, name_in_trace(found), _said(found, "enregistrée"), "supprimée")])
        found.delete()


@transaction.atomic
def open_on(*, by: Acces, vue: VueNommee, opens: bool) -> None:
    """Make a list open for her on a view, or no more; asked twice, it is done once.

    Raises:
        Refus: she has no role there.
    """
    require(by, "vue.update", vue.espace, by.personne)
    found = _opening(by, vue)
    if opens == (found.vue_id == vue.pk):
        return
    mine = Chose(by.personne, GENRE, vue.liste, typo(f"Vue « {vue.nom} »"), "vue.update", vue.espace)
    with geste(by, mine, "la liste s’ouvre sur elle" if opens else "la liste ne s’ouvre plus sur elle") as g:
        if opens:
            _open(g, by, vue)
        else:
            g.keep(found)
            g.tell([Fait(GENRE, vue.liste, OPENING, name_in_trace(vue), "")])
            found.delete()


def require_change(by: Acces, vue: VueNommee) -> None:
    """Let her change a view of hers, and one that is shared if she may share.

    Raises:
        Refus: she may not.
    """
    require(by, "vue.share" if vue.partagee else "vue.update", vue.espace, vue.personne or by.personne)


def shown(vue: VueNommee) -> Lu:
    """What a page shows of a view."""
    return words_of(vue, WRITTEN)


def locked(vue: VueNommee) -> VueNommee | None:
    """The view as it stands now, held until the end of the transaction; nothing when it is there no more."""
    rows = VueNommee.objects.select_for_update(of=("self",)).select_related("espace", "personne")
    return rows.filter(pk=vue.pk).first()


def about(by: Acces, vue: VueNommee) -> Chose:
    """A view as what is done to it is told, and undone: it hangs on its list, for someone or for a contract."""
    shared = vue.partagee and vue.espace is not None
    row = vue.espace if shared else vue.personne or by.personne
    right = "vue.share" if vue.partagee else "vue.update"
    return Chose(row, GENRE, vue.liste, typo(f"Vue « {vue.nom} »"), right, vue.espace)


def name_in_trace(vue: VueNommee) -> str:
    """What the trace calls a view: one’s own has no name there."""
    return f"vue « {vue.nom} »" if vue.partagee else "vue pour soi"


def forget(personne: Personne) -> None:
    """Remove the views of a person who is erased; those that she shared stay, without her."""
    VueParDefaut.objects.filter(personne=personne).delete()
    VueNommee.objects.filter(personne=personne, niveau=Pour.SOI).delete()
    VueNommee.objects.filter(personne=personne).update(personne=None)


def _tidied(changes: Mapping[str, Any]) -> dict[str, Any]:
    """Values written in one way: a name without double spaces, an address without what says nothing."""
    found = dict(changes)
    if "nom" in found:
        found["nom"] = " ".join(found["nom"].split())
    if "adresse" in found:
        found["adresse"] = tidy(QueryDict(found["adresse"]))
    return found


def _set(vue: VueNommee, changes: Mapping[str, Any]) -> None:
    for name, value in _tidied(changes).items():
        setattr(vue, name, value)
    vue.cle = plain(vue.nom)


def _same(vue: VueNommee) -> VueNommee | None:
    """The view that was kept already, when a form is sent twice."""
    hers = VueNommee.objects.filter(espace=vue.espace, liste=vue.liste, personne=vue.personne, cle=vue.cle)
    return hers.filter(niveau=vue.niveau, adresse=vue.adresse).first()


def _save(vue: VueNommee) -> None:
    """Save a view; a name that another takes at this moment is refused as one taken before."""
    vue.full_clean()
    try:
        with transaction.atomic():
            vue.save()
    except IntegrityError as error:
        vue.validate_constraints()
        raise ValidationError({"nom": "Ce nom vient d’être pris : choisissez-en un autre."}) from error


def _require_of_hers(by: Acces, vue: VueNommee) -> None:
    if vue.personne_id != by.personne.pk:
        raise ValidationError({"niveau": "Seule la personne qui l’a enregistrée peut la garder pour elle."})


def _close_to_others(g: Ecriture, vue: VueNommee) -> None:
    """One taken back for oneself: the lists of the others open on it no more."""
    if not vue.partagee:
        for opening in vue.ouvertures.exclude(personne=vue.personne).select_for_update().order_by("pk"):
            g.keep(opening)
            opening.delete()


def _opening(by: Acces, vue: VueNommee) -> VueParDefaut:
    """On which view the list of a view opens for someone; a new row when it opens whole."""
    hers = VueParDefaut.objects.select_for_update(of=("self",)).select_related("vue")
    found = hers.filter(personne=by.personne, espace=vue.espace, liste=vue.liste).first()
    return found or VueParDefaut(personne=by.personne, espace=vue.espace, liste=vue.liste)


def _open(g: Ecriture, by: Acces, vue: VueNommee) -> None:
    opening = _opening(by, vue)
    before = name_in_trace(opening.vue) if opening.vue_id else ""
    g.keep(vue)
    g.keep(opening)
    opening.vue = vue
    opening.full_clean()
    opening.save()
    g.tell([Fait(GENRE, vue.liste, OPENING, before, name_in_trace(vue))])


def _said(vue: VueNommee, done: str) -> str:
    return in_words(vue.adresse) or "toute la liste" if vue.partagee else done


def _told(vue: VueNommee, names: Mapping[str, Any]) -> dict[str, str]:
    """The fields of a view in words, as the trace tells them: of one’s own, for whom alone."""
    shown = [name for name in names if vue.partagee or name == "niveau"]
    return {name: told(name, getattr(vue, name), VueNommee) for name in shown}


def _changes(vue: VueNommee, before: Mapping[str, str], after: Mapping[str, str]) -> list[Fait]:
    """What changed of a view; of one’s own, that it did."""
    called = name_in_trace(vue)
    named = [(name, f"{called}, {label(name, VueNommee)}") for name in dict.fromkeys([*before, *after])]
    facts = [Fait(GENRE, vue.liste, champ, before.get(name, ""), after.get(name, "")) for name, champ in named]
    return facts or [Fait(GENRE, vue.liste, called, "", "modifiée")]
