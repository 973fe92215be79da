"""What a contract awaits of each: who has not answered, what is not kept, where nothing is printed, who asks for help.

Each section is a function of one reading (`Lecture`): the number of queries does not grow with the contract.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.db.models import QuerySet
from django.urls import reverse

from tenir.acteurs.models import Organisation
from tenir.acteurs.rattachements import with_ancestors, with_services
from tenir.contrat.models import LigneDeCredits
from tenir.core.composants import Item, Tampon, Ton
from tenir.core.horloge import day_of
from tenir.core.typographie import accord, date_fr, pluriel, typo
from tenir.ecran.blocs import Annonce, Lignes, Section, beside, excerpt
from tenir.ecran.navigation import address
from tenir.engagements.ecrans.commun import at, stamp
from tenir.engagements.enums import EtatDEngagement
from tenir.engagements.models import SuiviDEngagement
from tenir.equipe.joindre import Repertoire
from tenir.equipe.organismes import signatories_without_contact
from tenir.fiches.droits import in_charge
from tenir.fiches.ecrans.blocs import Suivie, followed, heard, overdue
from tenir.fiches.ensemble import read_together
from tenir.fiches.models import FicheAction
from tenir.fiches.situation import owes
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.points.models import Destinataire, PointDEtape, Question

ETAT = "etat"
"""The body that speaks for the State, whose delegate copilots every contract."""
WAITING = (Question.Etat.POSEE, Question.Etat.RENVOYEE)


@dataclass(frozen=True)
class Lecture:
    """A contract read for someone on a day; what several sections need is read once."""

    acces: Acces
    espace: EspaceDeContrat
    on: date
    repertoire: Repertoire = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "repertoire", Repertoire(self.acces, self.espace, self.on))

    @cached_property
    def siens(self) -> set[str]:
        """The bodies whose dues are shown apart: hers with all that is above and beside it, or the State."""
        body = self.acces.organisation(self.espace)
        return with_services(with_ancestors(body.identifiant)[-1] if body else ETAT)

    @cached_property
    def nom(self) -> str:
        """What they are called together: « État », « Commune de Virelande »."""
        body = self.acces.organisation(self.espace)
        root = with_ancestors(body.identifiant)[-1] if body else ETAT
        named = Organisation.objects.filter(identifiant=root).first()
        return named.nom if named else str(body or "État")

    @cached_property
    def suivies(self) -> list[Suivie]:
        """Every fiche, with what the facts say of it."""
        return [followed(fiche, self.on) for fiche in read_together(self.espace, FicheAction.objects.of(self.espace))]

    @cached_property
    def promesses(self) -> list[SuiviDEngagement]:
        """Every promise."""
        rows = SuiviDEngagement.objects.of(self.espace)
        return list(rows.select_related("espace", "engagement__signataire__organisation"))

    @cached_property
    def questions(self) -> list[Question]:
        """What was asked and has no answer: in the points d’étape that go on, else in the last that is over."""
        asked = Question.objects.filter(destinataire__in=_asked(self.espace), etat__in=WAITING)
        return list(asked.with_things().select_related("destinataire__point").order_by("destinataire", "ordre", "pk"))

    def is_theirs(self, *bodies: Organisation | None) -> bool:
        """Whether something is due by one of the bodies shown apart."""
        return any(body is not None and body.identifiant in self.siens for body in bodies)


def _asked(espace: EspaceDeContrat) -> QuerySet[Destinataire]:
    sent = PointDEtape.objects.filter(espace=espace, envoye_le__isnull=False).order_by("-envoye_le")
    going = list(sent.filter(clos_le=None).values_list("pk", flat=True))
    points = going or list(sent.values_list("pk", flat=True)[:1])
    return Destinataire.objects.filter(point__in=points, transmis_a=None, revoque_le=None)


def sections_of(lecture: Lecture) -> list[Section]:
    """Those that have something to say, in the order of the page."""
    return [section for make in SECTIONS for section in make(lecture) if section.lignes]


def nothing_awaited(lecture: Lecture) -> str:
    """What is said where nothing is late nor unanswered: whether anything was asked, how much is untold.

    That nothing is awaited is no proof that all was given: a contract of which nothing was ever asked awaits nothing.
    """
    ever = PointDEtape.objects.filter(espace=lecture.espace, envoye_le__isnull=False).exists()
    asked = "toutes les questions posées ont leur réponse" if ever else "aucune question n’a encore été posée"
    mute = sum(not one.fiche.statut for one in lecture.suivies)
    untold = sum(not one.etat for one in lecture.promesses)
    parts = [pluriel(mute, "action")] if mute else []
    parts += [pluriel(untold, "engagement")] if untold else []
    unsaid = f" Rien n’est annoncé pour {' et '.join(parts)}." if parts else ""
    return typo(f"Rien n’est en retard, et {asked}.{unsaid}")


def silent(lecture: Lecture) -> Iterator[Section]:
    """The bodies that have not answered what they were asked, those that owe most answers first."""
    by_body: dict[str, list[Question]] = {}
    for question in lecture.questions:
        by_body.setdefault(str(question.pour or question.destinataire.personne), []).append(question)
    found = sorted(by_body.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    lines = Lignes(found, lambda pair: _silent(lecture, *pair))
    annonce = Annonce("organisme", "n’a pas répondu", "n’ont pas répondu", "m")
    told = "Ce qui leur a été demandé par un point d’étape, et reste sans réponse."
    yield Section("muets", "N’ont pas répondu", lines, annonce, explication=told)


def _silent(lecture: Lecture, body: str, questions: list[Question]) -> Item:
    first = questions[0]
    point = first.destinataire.point
    count = pluriel(len(questions), "question", genre="f")
    note = f"{count} sans réponse : {', '.join(_code(one) for one in questions[:6])}{'…' if len(questions) > 6 else ''}"
    sent = f"{point.titre}, envoyé le {date_fr(day_of(point.envoye_le))}" if point.envoye_le else point.titre
    number = first.pour.pk if first.pour else None
    calls = lecture.repertoire.calls([number])
    return Item("", body, note=typo(beside(note, sent)), appels=calls)


def _code(question: Question) -> str:
    return question.code if not question.mots_id else "un nombre"


def unreachable(lecture: Lecture) -> Iterator[Section]:
    """The signatories that cannot be asked: nobody is known there."""
    bodies = list(signatories_without_contact(lecture.espace, lecture.on))
    lines = [
        Item("", str(body), note="Aucun contact n’y est connu : rien ne peut lui être demandé.") for body in bodies
    ]
    yield Section("sans-contact", "On ne sait pas qui y appeler", lines)


def unkept(lecture: Lecture) -> Iterator[Section]:
    """The promises declared not kept, then those awaited for a day gone by."""
    found = [one for one in lecture.promesses if _unkept(lecture, one)]
    found.sort(key=lambda one: (one.etat != EtatDEngagement.NON_TENU, one.attendu_pour or date.max))
    lines = Lignes(found, lambda one: _promise(lecture, one))
    yield Section(
        "promesses",
        "Promesses non tenues ou en retard",
        lines,
        Annonce("promesse", "n’est pas tenue", "ne sont pas tenues"),
    )


def _unkept(lecture: Lecture, one: SuiviDEngagement) -> bool:
    return one.etat == EtatDEngagement.NON_TENU or one.is_late(lecture.on)


def _promise(lecture: Lecture, one: SuiviDEngagement, *, calls: bool = True) -> Item:
    signed = one.engagement.signataire
    late = f"Attendu pour le {date_fr(one.attendu_pour)}" if one.attendu_pour and one.is_late(lecture.on) else ""
    note = beside(signed.nom, *(part for part in (late, one.motif) if part))
    known = lecture.repertoire.calls([signed.organisation_id]) if calls else []
    return Item(one.code, one.engagement.titre, at(one), typo(note), stamp(one), appels=known)


def empty(lecture: Lecture) -> Iterator[Section]:
    """The funding lines that name a funder and announce nothing, in the order of the contract."""
    rows = LigneDeCredits.objects.of(lecture.espace)
    found = list(rows.vides().select_related("orientation", "organisation").order_by("ordre"))
    total = rows.count()
    lines = Lignes(found, lambda one: _money(lecture, one))
    told = f"{len(found)} {accord(len(found), 'ligne')} sur {total} : un financeur y est nommé, rien n’y est annoncé."
    yield Section(
        "vides",
        "Argent imprimé vide",
        lines,
        Annonce("ligne", "de crédits est imprimée vide", "de crédits sont imprimées vides"),
        explication=typo(told),
    )


def _money(lecture: Lecture, one: LigneDeCredits) -> Item:
    public = lecture.espace.etat == EspaceDeContrat.Etat.PUBLIE
    url = f"{reverse('orientation', args=[lecture.espace.slug, one.orientation.code])}#{one.code}" if public else ""
    note = beside(f"{one.orientation.code} {one.orientation.titre}", one.nature)
    calls = lecture.repertoire.calls([one.organisation_id])
    return Item(one.code, one.financeur, url, typo(note), Tampon("rien n’est annoncé", Ton.MUET), appels=calls)


def due(lecture: Lecture) -> Iterator[Section]:
    """What waits for the State, or for the body she acts for: its actions, its promises, its questions."""
    whom = lecture.nom
    own = [one for one in lecture.suivies if lecture.is_theirs(*in_charge(one.fiche)) and _stuck(one)]
    lines = Lignes(own, lambda one: _action(lecture, one))
    yield Section("a-nous-actions", f"{whom} : actions qui attendent", lines, DUE["action"])
    promised = [one for one in lecture.promesses if _awaited(lecture, one)]
    promises = Lignes(promised, lambda one: _promise(lecture, one, calls=False))
    yield Section("a-nous-engagements", f"{whom} : engagements qui attendent", promises, DUE["engagement"])
    asked = [one for one in lecture.questions if lecture.is_theirs(one.pour)]
    questions = Lignes(asked, lambda one: _question(lecture, one))
    yield Section("a-nous-questions", f"{whom} : questions sans réponse", questions, DUE["question"])


DUE = {
    "action": Annonce("action", "vous attend", "vous attendent"),
    "engagement": Annonce("engagement", "vous attend", "vous attendent", "m"),
    "question": Annonce("question", "vous attend", "vous attendent"),
}


def _stuck(one: Suivie) -> bool:
    return bool(one.situation.retards or one.situation.silence_depuis)


def _action(lecture: Lecture, one: Suivie) -> Item:
    code = one.fiche.code
    note = overdue(one) if one.situation.retards else heard(one.fiche)
    bodies = [str(body) for body in in_charge(one.fiche)]
    url = address("fiche", lecture.espace, code)
    return Item(code, one.fiche.action.titre, url, beside(note, *bodies))


def _awaited(lecture: Lecture, one: SuiviDEngagement) -> bool:
    """Theirs, and late, not kept, or of which nobody said anything."""
    mine = lecture.is_theirs(one.engagement.signataire.organisation)
    return mine and (_unkept(lecture, one) or not one.etat)


def _question(lecture: Lecture, one: Question) -> Item:
    thing = one.fiche or one.engagement
    titre = one.fiche.action.titre if one.fiche else one.engagement.engagement.titre if one.engagement else ""
    route = "fiche" if one.fiche else "suivi-engagement"
    url = address(route, lecture.espace, thing.code) if thing else ""
    note = beside(f"Demandé à {one.destinataire.personne}", one.destinataire.point.titre, one.retour)
    return Item(thing.code if thing else "", titre or "Un nombre, ou un indicateur", url, typo(note))


def helped(lecture: Lecture) -> Iterator[Section]:
    """The help that those who carry actions ask for."""
    found = [one for one in lecture.suivies if owes(one.fiche) and one.fiche.aide_demandee]
    lines = Lignes(found, lambda one: _help(lecture, one))
    yield Section("aide", "Aide demandée", lines, Annonce("demande", "d’aide attend", "d’aide attendent"))


def _help(lecture: Lecture, one: Suivie) -> Item:
    return _called(lecture, one, excerpt(one.fiche.aide_demandee))


def _called(lecture: Lecture, one: Suivie, note: str) -> Item:
    """An action, what is to be known of it, and whom to call; a body where nobody is known is named all the same."""
    calls, untold = lecture.repertoire.calls_or_names(in_charge(one.fiche))
    url = address("fiche", lecture.espace, one.fiche.code)
    return Item(one.fiche.code, one.fiche.action.titre, url, beside(note, *untold), appels=calls)


def late(lecture: Lecture) -> Iterator[Section]:
    """The actions that are overdue, the oldest first, and whom to call."""
    found = [one for one in lecture.suivies if one.situation.retards]
    found.sort(key=lambda one: one.situation.en_retard_depuis or date.max)
    lines = Lignes(found, lambda one: _called(lecture, one, overdue(one)))
    yield Section(
        "retard",
        "Actions en retard",
        lines,
        Annonce("action", "est en retard", "sont en retard"),
        f"{address('fiches', lecture.espace)}?retard=oui",
    )


SECTIONS: tuple[Callable[[Lecture], Iterator[Section]], ...] = (silent, unkept, empty, due, helped, late, unreachable)
"""In the order of the page."""
