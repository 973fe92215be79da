"""What becomes of gestures: those whose minutes are over go each night, those that tell of an erased person at once."""

from collections.abc import Iterable
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from tenir.acteurs.models import Personne
from tenir.core.oubli import Marques, written
from tenir.ecran.annulation.valeurs import files_in, model_of
from tenir.ecran.models import Geste, LigneDeGeste


@transaction.atomic
def clean(now: datetime) -> str:
    """Remove the gestures whose minutes are over, and the files of what they removed: a task of the night."""
    return f"Gestes retirés : {_discard(Geste.objects.over(now))}."


def forget(personne: Personne, marques: Marques) -> None:
    """Drop the gestures of a person who is erased, those that hold her number or name her: what they did stays done."""
    every = Geste.objects.prefetch_related("lignes")
    hers = [geste.pk for geste in every if _tells_of(geste, personne) or _names(geste, marques)]
    _discard(Geste.objects.filter(pk__in=hers))


def _names(geste: Geste, marques: Marques) -> bool:
    lines = [written(one) for line in geste.lignes.all() for one in (line.avant, line.apres, line.titre)]
    return any(marques.names(text) for text in (geste.phrase, geste.definitif, written(geste.faits), *lines))


def _tells_of(geste: Geste, personne: Personne) -> bool:
    if personne.pk in (geste.par_id, geste.annule_par_id):
        return True
    if any(f"personne n° {personne.pk}" in (avant, apres) for *_, avant, apres in geste.faits):
        return True
    return any(personne.pk in _persons(line) for line in geste.lignes.all())


def _persons(line: LigneDeGeste) -> set[Any]:
    """The numbers of persons among the values of a row."""
    columns = [field.attname for field in model_of(line.modele)._meta.concrete_fields if _is_a_person(field)]
    return {values[name] for values in (line.avant, line.apres) if values for name in columns}


def _is_a_person(field: Any) -> bool:
    return bool(field.related_model is Personne)


def _discard(gestes: QuerySet[Geste]) -> int:
    """Remove gestures; the files of rows that they removed, and that were not put back, go once this is certain."""
    found = list(gestes.values_list("pk", flat=True))
    removed = LigneDeGeste.objects.filter(geste__in=found, apres__isnull=True, annulee=False).order_by("pk")
    _let_files_go(removed)
    Geste.objects.filter(pk__in=found).delete()
    return len(found)


def _let_files_go(removed: Iterable[LigneDeGeste]) -> None:
    for line in removed:
        model = model_of(line.modele)
        for column, name in files_in(model, line.avant or {}):
            if not model._base_manager.filter(**{column.name: name}).exists():
                transaction.on_commit(partial(column.storage.delete, name))
