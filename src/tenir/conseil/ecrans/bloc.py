"""What the room brings to the desk: too few members, mandates that end, calls to carry on."""

from collections.abc import Iterator
from datetime import date, timedelta

from tenir.conseil.ecrans.commun import dates_of
from tenir.conseil.enums import EtatDAppel
from tenir.conseil.models import AppelACandidatures, DemandeDAvis, Mandat, QuestionDuConseil
from tenir.conseil.services.commun import RIGHT
from tenir.conseil.services.questions import ANSWER
from tenir.conseil.seuils import AVIS_PROCHE, FIN_DE_MANDAT, PLANCHER
from tenir.core.composants import Item
from tenir.core.seuils import in_force
from tenir.core.typographie import date_fr, pluriel, typo
from tenir.ecran.blocs import Annonce, Section, excerpt
from tenir.ecran.navigation import address
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.organismes import bodies_of
from tenir.habilitations.rights import Acces, Portee, may, reach

NEXT = {
    EtatDAppel.CLOS: ("appel fermé : la liste est à figer", "appel-figer"),
    EtatDAppel.FIGE: ("liste figée : le tirage est à faire en public", "appel-tirer"),
}


def sections(acces: Acces, espace: EspaceDeContrat, on: date) -> Iterator[Section]:
    """For the team: what the council of residents waits for. Nothing of one that nobody wrote here."""
    if not may(acces, RIGHT, espace):
        yield from _asked(acces, espace)
        return
    lines = [*_members(espace, on), *_questions(espace, on), *_opinions(espace, on), *_calls(espace, on)]
    annonce = Annonce("chose", "attend pour le conseil citoyen", "attendent pour le conseil citoyen", "f")
    yield Section("conseil-citoyen", "Conseil citoyen", lines, annonce, address("conseil", espace))


def _asked(acces: Acces, espace: EspaceDeContrat) -> Iterator[Section]:
    """For a partner: the questions to which her body answers."""
    if reach(acces, ANSWER, espace) < Portee.SIENNE:
        return
    rows = QuestionDuConseil.objects.of(espace).waiting().filter(organisme__identifiant__in=bodies_of(acces, espace))
    annonce = Annonce("question du conseil citoyen", "attend une réponse", "attendent une réponse", "f")
    lines = [_question(one) for one in rows.order_by("echeance", "numero")]
    if lines:
        yield Section(
            "questions-du-conseil", "Questions du conseil citoyen", lines, annonce, address("conseil", espace)
        )


def _questions(espace: EspaceDeContrat, on: date) -> Iterator[Item]:
    """Those whose day comes, or is past."""
    soon = on + timedelta(days=in_force(AVIS_PROCHE, on))
    for one in QuestionDuConseil.objects.of(espace).waiting().filter(echeance__lte=soon).order_by("echeance"):
        yield _question(one)


def _question(one: QuestionDuConseil) -> Item:
    url = address("conseil-question-repondre", one.espace, one.numero)
    note = f"{one.organisme} ; réponse attendue le {date_fr(one.echeance)}"
    return Item(one.code, excerpt(one.texte), url, typo(note))


def _members(espace: EspaceDeContrat, on: date) -> Iterator[Item]:
    mandats = list(Mandat.objects.filter(espace=espace).values_list("du", "au"))
    held = sorted(au for du, au in mandats if du <= on < au)
    url = address("conseil", espace)
    floor = in_force(PLANCHER, on)
    if mandats and len(held) < floor:
        note = f"plancher de {floor} membres ; un appel à candidatures, ou le suppléant suivant"
        yield Item("", typo(f"Le conseil citoyen n’a que {pluriel(len(held), 'membre')}"), url, typo(note))
    soon = [au for au in held if au <= on + timedelta(days=in_force(FIN_DE_MANDAT, on))]
    if soon:
        told = pluriel(len(soon), "mandat prend fin", "mandats prennent fin")
        yield Item("", typo(f"{told}, le premier le {date_fr(soon[0])}"), url, "un tirage se prépare quatre mois avant")


def _opinions(espace: EspaceDeContrat, on: date) -> Iterator[Item]:
    """Those whose last day comes; the team recalls the council before its silence speaks for it."""
    soon = on + timedelta(days=in_force(AVIS_PROCHE, on))
    for one in DemandeDAvis.objects.of(espace).waiting().filter(echeance__range=(on, soon)).order_by("echeance"):
        note = f"dernier jour : {date_fr(one.echeance)} ; ensuite, le silence {one.get_silence_display()}"
        yield Item(one.code, one.objet, address("avis-demande", espace, one.numero), typo(note))


def _calls(espace: EspaceDeContrat, on: date) -> Iterator[Item]:
    for one in AppelACandidatures.objects.of(espace).filter(tire_le=None).order_by("numero"):
        if found := NEXT.get(one.state_on(on)):
            told, route = found
            title = typo(f"Appel à candidatures n° {one.numero}, {dates_of(one)}")
            yield Item("", title, address(route, espace, one.numero), typo(told))
