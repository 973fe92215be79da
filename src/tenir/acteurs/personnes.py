"""Which person a name and an address mean: she is a name in a body, and an address may be that of several."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from tenir.acteurs.models import Personne
from tenir.fichier.mots import name_key, name_words


def named(nom: str) -> QuerySet[Personne]:
    """The persons of that name, however it is written."""
    key = name_key(nom)
    return Personne.objects.filter(nom_compare=key, effacee_le__isnull=True) if key else Personne.objects.none()


def behind(email: str) -> QuerySet[Personne]:
    """The persons of that address, whatever the case: several where it is that of an office."""
    return Personne.objects.filter(email__iexact=email, effacee_le__isnull=True) if email else Personne.objects.none()


def known_as(nom: str, email: str) -> Personne | None:
    """The person of that name and that address, she who signs in first."""
    return behind(email).filter(nom_compare=name_key(nom)).order_by("utilisateur_id", "pk").first() if nom else None


def meant_by(nom: str, email: str) -> Personne | None:
    """The person without an account whom an address and a name mean, part of her name being enough: « Essai » is
    « Ida Essai » when she alone has that address."""
    people = list(behind(email).filter(utilisateur=None).order_by("pk"))
    same = [one for one in people if one.nom_compare == name_key(nom)]
    if same or len(people) != 1:
        return same[0] if same else None
    here, asked = set(name_words(people[0].nom)), set(name_words(nom))
    return people[0] if here <= asked or asked <= here else None


def holding(words: str, *, of: str = "") -> Q:
    """The persons whose name or address holds every word; `of` leads to them from another row (« personne__ »)."""
    found = Q()
    for word in words.split():
        parts = Q(**{f"{of}email__icontains": word})
        if name := name_words(word):
            parts |= _all(f"{of}nom_compare__contains", name)
        found &= parts
    return found


def _all(lookup: str, values: Iterable[str]) -> Q:
    found = Q()
    for value in values:
        found &= Q(**{lookup: value})
    return found
