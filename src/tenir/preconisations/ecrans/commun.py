"""What the screens of the room share: finding one, its stamp, what is told of it, its lines."""

from collections.abc import Iterator

from django.shortcuts import get_object_or_404

from tenir.core import horloge
from tenir.core.composants import Item, Renseignement, Tampon, Ton
from tenir.core.typographie import date_fr, typo
from tenir.ecran.edition import Sujet
from tenir.ecran.histoire import history_of
from tenir.ecran.navigation import address
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.niveaux import Niveau
from tenir.habilitations.rights import Acces, may
from tenir.preconisations.enums import TON_DE_L_ETAT, EtatDePreconisation
from tenir.preconisations.models import Preconisation, PreconisationQuerySet, ReponseAPreconisation
from tenir.preconisations.services.commun import PRECONISATION, RIGHT

PRECONISATIONS = "preconisations"
"""The page of the navigation."""


def read_by(acces: Acces, espace: EspaceDeContrat) -> PreconisationQuerySet:
    """Those that someone reads: all of them for the team, those published for the others."""
    rows = Preconisation.objects.of(espace)
    return rows if may(acces, RIGHT, espace) else rows.public()


def preconisation_or_404(acces: Acces, espace: EspaceDeContrat, numero: int) -> Preconisation:
    """One of this contract that she reads; any other does not exist."""
    return get_object_or_404(read_by(acces, espace), numero=numero)


def stamp_of(preconisation: Preconisation) -> Tampon:
    """Where it stands; late on its day, whoever reads."""
    if preconisation.is_late(horloge.today(preconisation.espace)):
        return Tampon("réponse en retard", Ton.RETARD)
    etat = EtatDePreconisation(preconisation.etat)
    return Tampon(str(etat.label), TON_DE_L_ETAT[etat])


def sentence_of(preconisation: Preconisation) -> str:
    """« Le CCAS doit répondre avant le 12 mars 2026. »: what is awaited, or what was said, in one line."""
    who, due = preconisation.organisme, preconisation.echeance
    if preconisation.etat == EtatDePreconisation.A_LIRE:
        return "Reçue ; l’équipe du contrat la lit avant de la publier."
    if preconisation.etat == EtatDePreconisation.ECARTEE:
        return f"Non publiée : {preconisation.motif}"
    if due is None or not preconisation.is_expected:
        return f"Réponse de « {who} » : {preconisation.get_etat_display()}."
    late = preconisation.is_late(horloge.today(preconisation.espace))
    verb = "devait répondre" if late else "doit répondre"
    return f"« {who} » {verb} avant le {date_fr(due)}."


def lines_of(preconisation: Preconisation, niveau: Niveau = Niveau.PUBLIC) -> list[Renseignement]:
    """What is known of it, to who reads that level: a meeting that she does not read is « une réunion »."""
    return [Renseignement(label, typo(value)) for label, value in _told(preconisation, niveau)]


def _told(one: Preconisation, niveau: Niveau) -> Iterator[tuple[str, str]]:
    read = one.reunion is not None and one.reunion.niveau <= niveau
    yield "D’où elle vient", str(one.reunion if read else one.get_origine_display())
    if one.lieu:
        yield "Lieu", one.lieu
    yield "Reçue le", date_fr(one.recue_le)
    yield "Qui répond", str(one.organisme or "")
    if one.promise_pour:
        yield "Réponse promise pour le", date_fr(one.promise_pour)
    if one.echeance and one.echeance != one.promise_pour:
        yield "Nouvelle échéance", date_fr(one.echeance)
    if one.rouverte_le:
        yield "Rouverte", f"le {date_fr(one.rouverte_le)} : {one.rouverte_pourquoi}"


def answers_of(preconisation: Preconisation) -> list[Item]:
    """Every answer given, the latest first, each with its reason, and whether it came late; one query."""
    rows = preconisation.reponses.select_related("organisme").order_by("-le", "-pk")
    return [_answer(one) for one in rows]


def _answer(one: ReponseAPreconisation) -> Item:
    until = f", jusqu’au {date_fr(one.jusqu_au)}" if one.jusqu_au else ""
    late = f", attendue le {date_fr(one.attendue_le)} : en retard" if one.is_late else ""
    note = f"{one.organisme}, le {date_fr(one.le)}{late}"
    etat = EtatDePreconisation(one.reponse)
    return Item("", one.raison, "", typo(note), Tampon(f"{etat.label}{until}", TON_DE_L_ETAT[etat]))


def about(preconisation: Preconisation) -> Sujet:
    """One as its small pages show it; its history, and its words of before, are for the team."""
    espace, code = preconisation.espace, preconisation.code
    return Sujet(
        espace,
        code,
        preconisation.texte,
        address("preconisation", espace, preconisation.numero),
        PRECONISATIONS,
        lambda who: history_of(espace, PRECONISATION, code) if may(who, RIGHT, espace) else [],
    )
