"""What the screens of the room share: finding a call, its stamp, what is told of it."""

from collections.abc import Callable, Iterable

from django.shortcuts import get_object_or_404

from tenir.appels.agenda import days_of
from tenir.appels.enums import TON_DU_MOMENT, Moment
from tenir.appels.models import AppelAProjets, EnveloppeDAppel, PieceDAppel
from tenir.appels.models.appels import AppelAProjetsQuerySet
from tenir.appels.services.appels import funders_of
from tenir.appels.services.commun import APPEL, UPDATE
from tenir.contrat.adresses import address as address_of_item
from tenir.contrat.models import Orientation
from tenir.core import horloge
from tenir.core.composants import Item, Renseignement, Tampon
from tenir.core.typographie import capital, date_fr, pluriel, typo
from tenir.ecran.edition import Sujet
from tenir.ecran.histoire import Passage, history_of
from tenir.ecran.navigation import address
from tenir.financement.montants import told, total
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, may

APPELS = "appels-a-projets"
"""The page of the navigation."""
BOTH = ["GET", "HEAD", "POST"]


def read_by(acces: Acces, espace: EspaceDeContrat) -> AppelAProjetsQuerySet:
    """Those that someone reads: all of them for the team, those published for the others."""
    rows = AppelAProjets.objects.of(espace)
    return rows if may(acces, UPDATE, espace) else rows.public()


def call_or_404(acces: Acces, espace: EspaceDeContrat, numero: int) -> AppelAProjets:
    """One of this contract that she reads; any other does not exist."""
    return get_object_or_404(read_by(acces, espace), numero=numero)


def stamp_of(appel: AppelAProjets) -> Tampon:
    """Where it stands today."""
    moment = appel.moment
    return Tampon(str(moment.label), TON_DU_MOMENT[moment])


def sentence_of(appel: AppelAProjets) -> str:
    """« Ouvert jusqu’au 30 avril 2026, dans douze jours. »"""
    moment, left = appel.moment, (appel.ferme_le - horloge.today(appel.espace)).days
    if moment == Moment.BROUILLON:
        return "Personne d’autre que l’équipe ne le lit tant qu’il n’est pas publié."
    if moment == Moment.A_VENIR:
        return f"Il ouvre le {date_fr(appel.ouvre_le)} ; dernier jour pour déposer : le {date_fr(appel.ferme_le)}."
    if moment == Moment.CLOS:
        return f"Il est clos ; il était ouvert du {date_fr(appel.ouvre_le)} au {date_fr(appel.ferme_le)}."
    when = f"encore {pluriel(left, 'jour')}" if left else "c’est aujourd’hui"
    return f"Ouvert. Dernier jour pour déposer : le {date_fr(appel.ferme_le)}, {when}."


def calendar_of(appel: AppelAProjets) -> list[Renseignement]:
    """Its days, each with what happens."""
    return [Renseignement(words, typo(date_fr(day))) for _, words, day in days_of(appel)]


def priorities_of(appel: AppelAProjets) -> list[Item]:
    """The orientations that come first, as anyone reads them; one query."""
    rows = Orientation.objects.of(appel.espace).filter(code__in=appel.codes).order_by("ordre")
    return [Item(one.code, one.titre, address_of_item(appel.espace.slug, one.code)) for one in rows]


def funders(appel: AppelAProjets, url: Callable[[EnveloppeDAppel], str] | None = None) -> list[Item]:
    """Who is asked, each with what it brings; one query. `url`: where the name of one leads."""
    rows = funders_of(appel)
    return [Item("", str(one), url(one) if url else "", told(one.montant) or "montant non dit") for one in rows]


def envelope_of(rows: Iterable[Item], appel: AppelAProjets) -> str:
    """« 24 000 € en tout, de deux financeurs ; un ne dit pas son montant. »"""
    known = [one.montant for one in funders_of(appel)]
    silent = sum(one is None for one in known)
    if not known:
        return "Aucun financeur n’est encore dit."
    start = f"{capital(pluriel(len(known), 'financeur', lettres=True))}"
    if silent == len(known):
        return f"{start} ; aucun montant n’est dit."
    more = f" ; {pluriel(silent, 'montant non dit', 'montants non dits')}" if silent else ""
    return f"{start}, {told(total(known))} en tout{more}."


def files_of(appel: AppelAProjets, url: Callable[[PieceDAppel], str]) -> list[Item]:
    """The files given with it; one query."""
    return [Item("", one.titre, url(one), one.nom) for one in appel.pieces.order_by("pk")]


def asked_of(appel: AppelAProjets) -> list[str]:
    """The documents that a dossier brings, in words."""
    return [one.intitule + ("" if one.obligatoire else ", si vous l’avez") for one in appel.pieces_a_fournir]


def about(appel: AppelAProjets) -> Sujet:
    """A call as its small pages show it; its history is for the team."""
    espace, code = appel.espace, appel.code
    url = address("appel-a-projets", espace, appel.numero)

    def told_to(who: Acces) -> list[Passage]:
        return history_of(espace, APPEL, code) if may(who, UPDATE, espace) else []

    return Sujet(espace, code, appel.titre, url, APPELS, told_to)
