"""What the room keeps of people: the messages sent to them; where its texts that may name someone are changed."""

from tenir.acteurs.models import Personne
from tenir.core import courriels, horloge
from tenir.core.models import Courriel
from tenir.core.oubli import Marques
from tenir.core.piece import Answer
from tenir.core.typographie import capital, date_fr
from tenir.ecran.navigation import address
from tenir.gouvernance.models import (
    AgendaPersonnel,
    CorrectionDeCompteRendu,
    Decision,
    DossierDeReunion,
    EcartMotive,
    InstanceSuivie,
    PointDOrdreDuJour,
    Proposition,
    RegleDeGouvernance,
    Reunion,
    Siege,
    Sondage,
)
from tenir.gouvernance.services.comptes_rendus import COMPTE_RENDU
from tenir.gouvernance.services.dossiers import freeze_again
from tenir.gouvernance.services.reunions import CONVOCATION
from tenir.gouvernance.services.sondages import MESSAGE
from tenir.habilitations.connu import Tableau
from tenir.habilitations.mots import CONTRAT


def forget(personne: Personne, marques: Marques) -> None:
    """End her feeds, call off what waits for her, and take her address off the messages that left."""
    AgendaPersonnel.objects.filter(personne=personne).delete()
    kinds = (CONVOCATION, COMPTE_RENDU, MESSAGE)
    sent = Courriel.objects.filter(genre__in=kinds, cible__endswith=f"/{personne.pk}")
    courriels.cancel(sent)
    sent.update(adresse="")


def known(personne: Personne) -> list[Tableau]:
    """The feeds that she took."""
    rows = AgendaPersonnel.objects.filter(personne=personne).select_related("espace")
    lines = [_feed(one) for one in rows]
    columns = [capital(CONTRAT), "Donnée le", "Adresse"]
    empty, part = "Vous n’avez pris aucun agenda.", "Les adresses de ses agendas."
    return [Tableau("agendas", "Mes agendas de réunions", columns, lines, empty, part)]


def _feed(one: AgendaPersonnel) -> list[str]:
    return [str(one.espace), date_fr(horloge.day_of(one.fait_le)), "retirée" if one.revoque_le else "ouverte"]


def _instance(row: InstanceSuivie) -> str:
    return address("instance-suivie", row.espace, row.code)


def _of_instance(row: Siege | RegleDeGouvernance) -> str:
    return _instance(row.instance)


def _reunion(row: Reunion) -> str:
    return address("reunion", row.espace, row.pk)


def _of_reunion(row: EcartMotive | CorrectionDeCompteRendu | DossierDeReunion) -> str:
    return _reunion(row.reunion)


def _point(row: PointDOrdreDuJour) -> str:
    return address("reunion-point", row.reunion.espace, row.reunion_id, row.pk)


def _decision(row: Decision) -> str:
    return address("decision", row.espace, row.numero)


def _sondage(row: Sondage) -> str:
    return address("sondage", row.espace, row.pk)


def _proposition(row: Proposition) -> str:
    return address("proposition", row.espace, row.numero)


WHERE: dict[str, Answer] = {
    InstanceSuivie._meta.label: _instance,
    Siege._meta.label: _of_instance,
    RegleDeGouvernance._meta.label: _of_instance,
    Reunion._meta.label: _reunion,
    EcartMotive._meta.label: _of_reunion,
    CorrectionDeCompteRendu._meta.label: _of_reunion,
    DossierDeReunion._meta.label: _of_reunion,
    PointDOrdreDuJour._meta.label: _point,
    Decision._meta.label: _decision,
    Proposition._meta.label: _proposition,
    Sondage._meta.label: _sondage,
}
STRUCK: dict[str, Answer] = {DossierDeReunion._meta.label: freeze_again}
