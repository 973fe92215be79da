"""Named views for the tests: kept, shared, shown by a browser, undone."""

from typing import Any

from django.test import Client
from django.urls import reverse

from tenir.ecran.annulation.annuler import mark_of, standing, undo
from tenir.ecran.models import Geste, VueNommee
from tenir.ecran.services.vues import create_vue
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces

Pour = VueNommee.Pour
LATE = "groupe=axe&retard=oui"


def at(name: str, espace: EspaceDeContrat | None, *more: object) -> str:
    return reverse(name if espace else f"plateforme-{name}", args=[*([espace.slug] if espace else []), *more])


def kept(by: Acces, espace: EspaceDeContrat | None, nom: str = "Mes retards", **given: Any) -> VueNommee:
    return create_vue(by=by, espace=espace, **{"liste": "fiches", "nom": nom, "adresse": LATE, **given})


def shared(by: Acces, espace: EspaceDeContrat | None, nom: str = "Les retards", **given: Any) -> VueNommee:
    return kept(by, espace, nom, niveau=Pour.TOUS, **given)


def signed_in(by: Acces) -> Client:
    client = Client()
    client.force_login(by.personne.utilisateur)
    return client


def shown(client: Client, espace: EspaceDeContrat | None, asked: str = "", name: str = "fiches") -> str:
    answer = client.get(f"{at(name, espace)}{asked}")
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def undone(by: Acces) -> None:
    geste = Geste.objects.latest("pk")
    undo(by=by, geste=geste, shown=mark_of(standing(geste, by)))
