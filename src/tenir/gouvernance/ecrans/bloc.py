"""What the room brings to the desk: decisions to carry out, meetings to plan, to convene and to close."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from django.http import HttpRequest

from tenir.activite.models import Entree
from tenir.atelier.models import Brouillon
from tenir.core.composants import Item, Lien
from tenir.core.emplacements import Bloc
from tenir.core.typographie import date_fr, typo
from tenir.ecran.blocs import Annonce, Section, excerpt
from tenir.ecran.navigation import address
from tenir.engagements.models import SuiviDEngagement
from tenir.fiches.models import FicheAction
from tenir.gouvernance.echeancier import Echeance, calendar_of
from tenir.gouvernance.ecrans.commun import at_reunion, name_of, stamp_of_decision
from tenir.gouvernance.enums import EtatDeReunion
from tenir.gouvernance.models import Decision, EntreeDeReunion, Reunion
from tenir.gouvernance.regles import Corpus, corpus_of, out_of_order
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.organismes import bodies_of
from tenir.habilitations.rights import Acces, Portee, may, reach

ABOUT: dict[type, str] = {FicheAction: "fiche", SuiviDEngagement: "engagement", Brouillon: "avenant"}
"""What a decision is about, and the field that says so."""
LATELY = timedelta(days=60)
"""How long a meeting of which nothing is counted shows."""
SOON = timedelta(days=30)
"""How long before its day a meeting that nobody convened shows."""


def sections(acces: Acces, espace: EspaceDeContrat, on: date) -> Iterator[Section]:
    """For the team, all of it; for a partner, the decisions that its body carries out."""
    corpus = corpus_of(espace, on, listed=False) if may(acces, "reunion.update", espace) else None
    if corpus and not corpus.instances:  # nothing can have met
        return
    if reach(acces, "decision.update", espace) > Portee.AUCUNE:
        yield _late(acces, espace, on)
    if corpus:
        yield from _of_the_team(corpus, espace, on)


def _late(acces: Acces, espace: EspaceDeContrat, on: date) -> Section:
    rows = Decision.objects.of(espace).late(on).order_by("pour_le", "numero")
    if reach(acces, "decision.update", espace) == Portee.SIENNE:
        rows = rows.filter(organisme__identifiant__in=bodies_of(acces, espace))
    lines = [_decision(espace, one) for one in rows]
    annonce = Annonce("décision", "est à exécuter", "sont à exécuter", "f")
    return Section("decisions", "Décisions à exécuter", lines, annonce, f"{address('decisions', espace)}?retard=oui")


def _decision(espace: EspaceDeContrat, one: Decision) -> Item:
    who = str(one.organisme or "personne n’est désigné")
    due = f"attendue pour le {date_fr(one.pour_le)}" if one.pour_le else ""
    return Item(one.code, excerpt(one.texte), address("decision", espace, one.numero), typo(f"{who} · {due}"))


def _of_the_team(corpus: Corpus, espace: EspaceDeContrat, on: date) -> Iterator[Section]:
    meetings = list(Reunion.objects.of(espace).order_by("jour", "pk"))
    past = [one for one in meetings if one.is_to_come and one.jour < on]
    lines = [
        Item("", name_of(one), address("reunion", espace, one.pk), "présences, notes et décisions à compléter")
        for one in past
    ]
    yield Section(
        "a-clore", "Réunions passées à compléter", lines, Annonce("réunion", "est à compléter", "sont à compléter")
    )
    yield _to_convene(
        espace, [one for one in meetings if one.etat == EtatDeReunion.PREVUE and on <= one.jour <= on + SOON], on
    )
    yield _to_count(espace, [one for one in meetings if one.etat == EtatDeReunion.TENUE and one.jour >= on - LATELY])
    due = [each for line in calendar_of(corpus, meetings, on) for each in line.annees if each.is_pressing]
    order = [
        Item("", ecart.phrase, address("reunion", espace, one.pk), typo(f"{name_of(one)} · {ecart.source}"))
        for one in meetings
        if one.is_to_come and one.jour >= on
        for ecart in out_of_order(corpus, one, meetings, planned=True)
    ]
    annonce = Annonce("obligation de réunion", "approche", "approchent", "f")
    yield Section(
        "reunions-a-prevoir", "Réunions à prévoir", [*order, *map(_due, due)], annonce, address("instances", espace)
    )


def _to_count(espace: EspaceDeContrat, held: list[Reunion]) -> Section:
    """The meetings held lately whose body counts what it studies, and of which nothing is counted."""
    from tenir.gouvernance.services.registre import kinds_of  # and the kinds, which the start does without

    asked = [one for one in held if one.instance.compte]
    rows = EntreeDeReunion.objects.filter(reunion__in=asked).values_list("reunion", flat=True)
    counted, known = (set(rows), {one.nature for one in kinds_of(espace)}) if asked else (set(), set())
    lines = [
        Item("", name_of(one), address("reunion-compter", espace, one.pk), "quelques nombres, ni dossier ni nom")
        for one in asked
        if one.pk not in counted and one.instance.compte in known
    ]
    return Section("a-compter", "Réunions à compter", lines, Annonce("réunion", "est à compter", "sont à compter"))


def _to_convene(espace: EspaceDeContrat, meetings: list[Reunion], on: date) -> Section:
    lines = [
        Item("", name_of(one), address("reunion-convoquer", espace, one.pk), typo(f"dans {(one.jour - on).days} jours"))
        for one in meetings
    ]
    return Section(
        "a-convoquer", "Réunions à convoquer", lines, Annonce("réunion", "est à convoquer", "sont à convoquer")
    )


def _due(one: Echeance) -> Item:
    url = address("instance-suivie", one.instance.espace, one.instance.code)
    return Item(one.instance.code, one.instance.nom, url, typo(f"{one.phrase} · {one.regle.source}"))


def decided(acces: Acces, espace: EspaceDeContrat, thing: FicheAction | SuiviDEngagement | Brouillon) -> Bloc | None:
    """What meetings decided of an action, of a promise or of an avenant, the latest first; one query."""
    name = next(name for kind, name in ABOUT.items() if isinstance(thing, kind))
    rows = Decision.objects.of(espace).filter(**{name: thing}).order_by("-numero")
    lines = [_taken(espace, one) for one in rows]
    return Bloc("gouvernance/includes/decide.html", lines) if lines else None


def _taken(espace: EspaceDeContrat, one: Decision) -> Item:
    by = f"{one.reunion.instance.nom}, {date_fr(one.reunion.jour)}"
    who = f" · {one.organisme}" if one.organisme else ""
    url = address("decision", espace, one.numero)
    return Item(one.code, excerpt(one.texte), url, typo(f"{by}{who}"), stamp_of_decision(one))


def emitted_by(request: HttpRequest, entree: Entree) -> Sequence[Lien]:
    """The meeting that emitted an entry, on its page."""
    rows = EntreeDeReunion.objects.filter(entree=entree)
    found = rows.select_related("reunion__espace", "reunion__instance__instance").first()
    return [Lien(name_of(found.reunion), at_reunion(found.reunion))] if found else []
