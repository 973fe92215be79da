"""What the tests of carnets open."""

from datetime import date, time, timedelta
from typing import Any

from tenir.activite.enums import Confiance, Statut
from tenir.activite.models import Carnet, Entree, LienDeCarnet
from tenir.activite.services.carnets import open_carnet, put_up
from tenir.activite.services.liens_de_carnet import latest, token_of
from tenir.activite.services.par_carnet import Seance, awaited, note
from tenir.activite.services.series import create_serie
from tenir.contrat.models import Lieu
from tenir.core import horloge
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tests.activite.registre import said
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


def today(espace: EspaceDeContrat) -> date:
    """The day it is for a contract."""
    return horloge.today(espace)


def noted(of: Carnet, presents: int = 12, *, cle: str = "", exact: bool = False, **champs: Any) -> Entree:
    """A session noted by a carnet, today unless said otherwise."""
    day = champs.pop("le", today(of.espace))
    return note(of, nature="atelier", saisie=said(presents, le=day, **champs), cle=cle, exact=exact)


def weekly(by: Acces, espace: EspaceDeContrat) -> None:
    """A session of every day, these twelve days."""
    values = {"jours": "0123456", "debut": time(14), "fin": time(17), "du": today(espace) - timedelta(days=11)}
    given = {**values, "organisme": body("ccas"), "sauf_feries": False}
    create_serie(by=by, espace=espace, nature="atelier", values=given)


def sessions(mine: Carnet, presents: int) -> list[Seance]:
    """Every session awaited, told; the last day cancelled."""
    ((_, days),) = awaited(mine).items()
    return [
        Seance("atelier", said(presents, le=one.le), f"s-{one.le}", None)
        if rank
        else Seance("atelier", said(None, le=one.le, statut=Statut.ANNULEE), "annulée")
        for rank, one in enumerate(days)
    ]
