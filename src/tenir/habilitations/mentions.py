"""What free texts still say of someone who was erased: found when she is, shown to people, taken off by them.

Only places are kept. A text that changed since is no more what was found: what the trace kept of it then loses its
values, at once or at night. `docs/adr/0039-oubli.md`.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.db.models import F

from tenir.acteurs.models import Personne
from tenir.core import trace
from tenir.core.marques import Lu, refuse_unread
from tenir.core.models import EntreeDeTrace
from tenir.core.oubli import Marques, Trouve, mentions, struck, written
from tenir.core.piece import by_name
from tenir.core.trace import Auteur, Fait, record
from tenir.core.typographie import pluriel
from tenir.habilitations.models import Mention
from tenir.habilitations.rights import Acces, require
from tenir.habilitations.services import PLATEFORME
from tenir.habilitations.traces import about

GENRE = "mention"
"""The kind of these facts in the trace."""
TRACE = EntreeDeTrace._meta.label
AROUND = 60
"""How many characters are shown on each side of a name."""
SIGNED = "Un texte signé ou chargé : il se corrige par le fichier contrat."
FROZEN = "Un texte figé, fait de titres et de noms d’organismes : il ne change plus."
KEPT_FILE = "Un fichier : retirez-le, ou remplacez-le."


@dataclass(frozen=True, slots=True)
class Lieu:
    """A mention as people read it: where it is, around what words, and the page where it is changed, if any.

    `retirable`: her name may be taken off from here; otherwise `comment` says how it is.
    """

    numero: int
    chose: str
    champ: str
    extrait: str
    url: str
    retirable: bool
    comment: str
    lu: Lu


def found(personne: Personne, marques: Marques) -> list[Trouve]:
    """The free texts that name a person, but for what goes with her."""
    about_her = EntreeDeTrace.objects.filter(about(personne)).values_list("pk", flat=True)
    going = {(TRACE, str(pk)) for pk in about_her}
    return [one for one in mentions(marques) if one.modele not in HERS and (one.modele, one.cle) not in going]


HERS = frozenset({"acteurs.Personne", "acteurs.Utilisateur", "account.EmailAddress", "mfa.Authenticator"})
"""What an erasure empties itself: a namesake there is another person, not a mention of her."""


def note(personne: Personne, marques: Marques) -> int:
    """Keep where she is still named, without her name; return how many places."""
    rows = [
        Mention(
            personne=personne,
            modele=one.modele,
            cle=one.cle,
            champ=one.champ,
            empreinte=digest(one.texte),
            passages=marques.passages(one.texte),
        )
        for one in found(personne, marques)
    ]
    Mention.objects.bulk_create(rows)
    return len(rows)


def left(personne: Personne) -> list[Lieu]:
    """Where texts still say what they said when she was erased."""
    return [_place(mention, text) for mention, text in _unchanged(personne.mentions.order_by("pk"))]


def places(trouves: Iterable[Trouve]) -> list[str]:
    """Where texts name her, in words: « prochaine étape (fiche action n° 12) »."""
    return [f"{_noun(one.modele, one.champ)} ({_thing(one.modele, one.cle)})" for one in trouves]


@transaction.atomic
def strike(*, by: Acces, mention: Mention, lu: Lu | None = None) -> None:
    """Take off a text what names her; what the trace kept of that text loses its values.

    Raises:
        Refus: she may not.
        Perime: the text is no more what was read.
    """
    require(by, "personne.erase", None)
    text = text_at(mention, lock=True)
    refuse_unread(lu, shown(mention, text))
    auteur = by.auteur(None)
    if text is not None and digest(text) == mention.empreinte:
        _strike(mention, text, auteur)
    _told(mention, auteur, "retirée")


@transaction.atomic
def dismiss(*, by: Acces, mention: Mention, lu: Lu | None = None) -> None:
    """Say that a text names someone else: it stays.

    Raises:
        Refus: she may not.
        Perime: the text is no more what was read.
    """
    require(by, "personne.erase", None)
    refuse_unread(lu, shown(mention, text_at(mention)))
    _told(mention, by.auteur(None), "gardée")


@transaction.atomic
def settle(now: datetime) -> str:
    """Forget the mentions whose text changed, and what the trace kept of it: a task of the night."""
    rows = Mention.objects.order_by("pk")
    same = {mention.pk for mention, _ in _unchanged(rows)}
    changed = [mention for mention in rows if mention.pk not in same]
    for mention in changed:
        _clear_trace(mention.empreinte, Auteur(commande="tenir boucle"))
        mention.delete()
    return f"Mentions retirées : {pluriel(len(changed), 'texte')}."


def shown(mention: Mention, text: str | None) -> Lu:
    """What the page shows of a mention."""
    return {"texte": digest(text or "")}


def digest(text: str) -> str:
    """What tells whether a text changed."""
    return hashlib.sha256(text.encode()).hexdigest()


def text_at(mention: Mention, *, lock: bool = False) -> str | None:
    """What stands there now; nothing when the row is gone, or the column with it."""
    row = _row(mention.modele, mention.cle, lock=lock)
    return None if row is None else written(getattr(row, mention.champ, ""))


def _row(modele: str, cle: str, *, lock: bool = False) -> "models.Model | None":
    try:
        rows = apps.get_model(modele)._base_manager.filter(pk=cle)
    except LookupError:
        return None
    found: models.Model | None = (rows.select_for_update(of=("self",)) if lock else rows).first()
    return found


def _unchanged(rows: "Iterable[Mention]") -> Iterator[tuple[Mention, str]]:
    for mention in rows:
        text = text_at(mention)
        if text is not None and digest(text) == mention.empreinte:
            yield mention, text


def _place(mention: Mention, text: str) -> Lieu:
    kept_file = isinstance(_field(mention.modele, mention.champ), models.FileField)
    comment = "" if _may_be_struck(mention) else KEPT_FILE if kept_file else FROZEN if _is_frozen(mention) else SIGNED
    return Lieu(
        mention.pk,
        _thing(mention.modele, mention.cle),
        _noun(mention.modele, mention.champ),
        "" if kept_file else _extract(text, mention.passages),
        _page(mention),
        not comment,
        comment,
        shown(mention, text),
    )


def _may_be_struck(mention: Mention) -> bool:
    kept_file = isinstance(_field(mention.modele, mention.champ), models.FileField)
    return not (kept_file or _is_frozen(mention)) and (mention.modele == TRACE or mention.modele in by_name("where"))


def _is_frozen(mention: Mention) -> bool:
    """Whether the database itself refuses to change that column (`FIGES` of its model)."""
    return mention.champ in getattr(apps.get_model(mention.modele), "FIGES", ())


def _strike(mention: Mention, text: str, auteur: Auteur) -> None:
    if mention.modele == TRACE:
        _erase_entry(EntreeDeTrace.objects.select_related("chaine").get(pk=mention.cle), auteur)
    elif _may_be_struck(mention):
        _write(mention, struck(text, mention.passages, _limit(mention)))
        _clear_trace(mention.empreinte, auteur)


def _write(mention: Mention, text: str) -> None:
    model, column = apps.get_model(mention.modele), _field(mention.modele, mention.champ)
    value: Any = json.loads(text) if isinstance(column, models.JSONField) else text
    given = {mention.champ: value}
    if any(one.name == "version" for one in model._meta.concrete_fields):
        given["version"] = F("version") + 1  # whoever edits it now is told
    model._base_manager.filter(pk=mention.cle).update(**given)
    if after := by_name("struck").get(mention.modele):
        after(model._base_manager.get(pk=mention.cle))


def _clear_trace(empreinte: str, auteur: Auteur) -> None:
    """Erase what every trace kept of a text, whole, before or after it changed."""
    rows = EntreeDeTrace.objects.filter(efface=False).exclude(genre=trace.ERASURE).select_related("chaine")
    for entry in rows.order_by("pk").iterator():
        if empreinte in {digest(entry.avant), digest(entry.apres)}:
            _erase_entry(entry, auteur)


def _erase_entry(entry: EntreeDeTrace, auteur: Auteur) -> None:
    trace.erase(entry.chaine.nom, [entry.rang], auteur, motif="mention retirée", fields_of=[entry.rang])


def _told(mention: Mention, auteur: Auteur, what: str) -> None:
    record(PLATEFORME, auteur, [Fait(GENRE, str(mention), "", "", what)])
    mention.delete()


def _limit(mention: Mention) -> int | None:
    found: int | None = getattr(_field(mention.modele, mention.champ), "max_length", None)
    return found


@cache
def _field(modele: str, champ: str) -> "models.Field[Any, Any] | None":
    columns = {one.attname: one for one in apps.get_model(modele)._meta.concrete_fields}
    return columns.get(champ)


def _thing(modele: str, cle: str) -> str:
    return f"{apps.get_model(modele)._meta.verbose_name} n° {cle}"


def _noun(modele: str, champ: str) -> str:
    found = _field(modele, champ)
    return str(found.verbose_name) if found else champ


def _extract(text: str, passages: "Iterable[Iterable[int]]") -> str:
    spans = [tuple(one) for one in passages] or [(0, 0)]
    start, end = max(spans[0][0] - AROUND, 0), spans[0][1] + AROUND
    return f"{'… ' if start else ''}{text[start:end].strip()}{' …' if end < len(text) else ''}"


def _page(mention: Mention) -> str:
    where = by_name("where").get(mention.modele)
    row = _row(mention.modele, mention.cle) if where else None
    return str(where(row)) if where and row is not None else ""
