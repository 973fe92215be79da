"""What the tests of carnets open."""

from datetime import timedelta
from typing import Any

from tenir.activite.enums import Confiance
from tenir.activite.models import Carnet, LienDeCarnet
from tenir.activite.services.carnets import open_carnet, put_up
from tenir.activite.services.liens_de_carnet import latest, token_of
from tenir.contrat.models import Lieu
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tests.personnes import body, person, referent


def carnet(by: Acces, espace: EspaceDeContrat, *, name: str = "Nora Carnet", of: str = "ccas", **given: Any) -> Carnet:
    """The carnet of a contact of a body."""
    holder = referent(person(name, signs_in=False), espace, of=of)
    usual = {"natures": [], "confiance": Confiance.RETENUE, "mensuel": True}
    return open_carnet(by=by, espace=espace, referent=holder, **usual | given)


def affiche(by: Acces, espace: EspaceDeContrat, *, code: str = "L88", nom: str = "La Navette") -> Carnet:
    """A carnet on the wall of a place."""
    lieu, _ = Lieu.objects.get_or_create(espace=espace, code=code, defaults={"ordre": 88, "nom": nom})
    return put_up(by=by, espace=espace, lieu=lieu, organisme=body("ccas"))


def lien_of(carnet: Carnet) -> LienDeCarnet:
    """The link made last."""
    found = latest(carnet)
    assert found is not None
    return found


def jeton_of(carnet: Carnet) -> str:
    """The secret part of its address."""
    return token_of(lien_of(carnet))


def expire(carnet: Carnet) -> None:
    """Let every link of a carnet be over."""
    for one in carnet.liens.all():
        one.cree_le -= timedelta(days=400)
        one.expire_le = one.cree_le + timedelta(days=1)
        one.save()
