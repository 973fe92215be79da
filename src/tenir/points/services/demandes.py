"""What is counted by period: of whom a point d'étape asks it, what their register already says, what an answer writes.

A body is asked for the last period that is over and that it has not given, and for those before it that it missed since
it began to give, while they are recent enough to be more than a memory.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError

from tenir.acteurs.models import Organisation
from tenir.activite.catalogue import NIVEAUX, catalogue_of, offered_in
from tenir.activite.enums import Confiance, Forme, Source, Statut
from tenir.activite.models import Entree, EntreeQuerySet
from tenir.activite.periodes import Jours, last_period, periods_over
from tenir.activite.services.entree import Saisie, record_entree, told_days
from tenir.activite.services.examen import tried
from tenir.activite.services.registre import hold
from tenir.activite.services.valeurs import given_of, name_of, told
from tenir.activite.seuils import late_before
from tenir.activite.vraisemblance import doubts_of_asked
from tenir.contrat.pilotage import prefetches_of_actions
from tenir.core import horloge
from tenir.core.typographie import date_fr
from tenir.fiches.droits import in_charge
from tenir.fiches.models import FicheAction
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.niveaux import Niveau
from tenir.habilitations.parole import Parole
from tenir.habilitations.rights import Acces
from tenir.natures.modeles import NatureEntiere
from tenir.points.demande import NombreDemande
from tenir.points.models import Question

BACK = 2
"""How many years before a period a body that gave a number is still one of those who give it."""


@dataclass(frozen=True, slots=True)
class Inconnue:
    """A kind that an action of the contract counts, and that nobody gave nor carries."""

    nature: NatureEntiere


def asked_in(espace: EspaceDeContrat, on: date) -> Iterator[NombreDemande | Inconnue]:
    """What is to be asked on a day, kind by kind; the number of queries does not grow with the contract."""
    kinds = periodic(espace)
    given = _given(espace, kinds, on)
    carriers = _carriers(espace, [one for one in kinds if not given.get(one.nature)])
    for kind in kinds:
        if by_body := given.get(kind.nature):
            for body, days in by_body.items():
                yield from (NombreDemande(kind, body, *jours) for jours in _missing(kind, days, on))
        elif (bodies := carriers.get(kind.nature)) is not None:
            last = last_period(kind.periode, on)
            yield from (NombreDemande(kind, body, *last) for body in bodies)
            if not bodies:
                yield Inconnue(kind)


def periodic(espace: EspaceDeContrat) -> list[NatureEntiere]:
    """The kinds that are counted by period and that those who count may read; two queries."""
    kinds = offered_in(espace, Niveau.PARTENAIRES)
    return [one for one in kinds if one.forme.value != Forme.SEANCE and one.periode and one.mesures]


def _held(espace: EspaceDeContrat) -> EntreeQuerySet:
    """The entries that say what was counted: held, and not contested."""
    return Entree.objects.of(espace).filter(statut=Statut.TENUE).exclude(confiance=Confiance.CONTESTEE)


def _given(
    espace: EspaceDeContrat, kinds: Iterable[NatureEntiere], on: date
) -> dict[str, dict[Organisation, list[Jours]]]:
    """What each body gave of each kind, lately; two queries."""
    known = {one.nature: one for one in kinds}
    rows = _held(espace).filter(mots__code__in=known, fin__gte=date(on.year - BACK - 1, 1, 1))
    days = list(rows.values_list("mots__code", "organisme_id", "debut", "fin"))
    bodies = Organisation.objects.in_bulk({pk for _, pk, _, _ in days})
    found: dict[str, dict[Organisation, list[Jours]]] = {}
    for code, pk, debut, fin in sorted(days, key=lambda one: (one[0], bodies[one[1]].nom)):
        begins = last_period(known[code].periode, on)[0]
        if fin >= begins.replace(year=begins.year - BACK):
            found.setdefault(code, {}).setdefault(bodies[pk], []).append((debut, fin))
    return found


def _carriers(espace: EspaceDeContrat, kinds: Iterable[NatureEntiere]) -> dict[str, list[Organisation]]:
    """Who carries the open actions that each kind names; no kind without one."""
    kinds = [one for one in kinds if one.actions]
    codes = {code for kind in kinds for code in kind.actions}
    rows = FicheAction.objects.of(espace).open().filter(action__code__in=codes)
    rows = rows.select_related("action__orientation", "organisme_en_charge")
    carried = {one.action.code: in_charge(one) for one in rows.prefetch_related(*prefetches_of_actions("action__"))}
    return {
        kind.nature: list(dict.fromkeys(body for code in kind.actions for body in carried.get(code, ())))
        for kind in kinds
        if carried.keys() & set(kind.actions)
    }


def _missing(kind: NatureEntiere, days: list[Jours], on: date) -> Iterator[Jours]:
    """The periods that a body is to give."""
    assert kind.periode is not None  # noqa: S101 (that is what makes it periodic)
    began = min(debut for debut, _ in days)
    since = on if kind.forme.value == Forme.ETAT else late_before(on)
    for jours in periods_over(kind.periode, on, since):
        if jours[0] >= began and not any(_covers(kind, jours, one) for one in days):
            yield jours


def _covers(kind: NatureEntiere, jours: Jours, entree: Jours) -> bool:
    """Whether an entry answers for a period, even in part: a second number would count twice. A later state does."""
    later = kind.forme.value == Forme.ETAT
    return entree[1] >= jours[0] and (later or entree[0] <= jours[1])


@dataclass(frozen=True, slots=True)
class Passe:
    """What the register says of a body beside what is asked of it."""

    derniere: Entree | None = None
    il_y_a_un_an: Entree | None = None
    entre_temps: Entree | None = None


def past_of(questions: Iterable[Question], espace: EspaceDeContrat) -> dict[int, Passe]:
    """What bodies gave before, and since, by the number of each question; three queries, none without numbers."""
    asked = [(one, one.demande) for one in questions if one.mots_id]
    if not asked:
        return {}
    began = min(demande.du for _, demande in asked if demande)
    rows = (
        _held(espace)
        .up_to(Niveau.PARTENAIRES)
        .filter(
            organisme__in={one.organisme_id for one, _ in asked},
            mots__code__in={one.mots.code for one, _ in asked if one.mots},
            fin__gte=began.replace(year=began.year - BACK),
        )
    )
    entrees = list(rows.prefetch_related("mots", "valeurs"))
    return {one.pk: _past(demande, entrees) for one, demande in asked if demande}


def _past(demande: NombreDemande, entrees: Iterable[Entree]) -> Passe:
    code, body = demande.nature.nature, demande.organisme.pk
    mine = [one for one in entrees if (one.mots.code, one.organisme_id) == (code, body)]
    last = next((one for one in mine if one.fin < demande.du), None)
    then = demande.du.replace(year=demande.du.year - 1)
    ago = next((one for one in mine if one.debut == then and not demande.d_un_jour), None)
    since = next((one for one in mine if _covers(demande.nature, (demande.du, demande.au), (one.debut, one.fin))), None)
    return Passe(last, ago if ago != last else None, since)


def meanwhile(question: Question) -> Entree | None:
    """The entry that says already what is asked, whoever wrote it; at most four queries."""
    past = past_of([question], question.destinataire.point.espace)
    return past[question.pk].entre_temps if past else None


def told_entree(entree: Entree, nature: NatureEntiere) -> str:
    """« du 1er avril au 30 juin 2026 : heures, 120 » : an entry by its days and the number that says most of it."""
    found, main = given_of(entree), nature.main
    key = (main.code, "") if main else next(iter(found), ("", ""))
    number = f"{told(found[key])} ({name_of(nature, key)})" if key in found else "sans nombre"
    return f"{told_days(entree)} : {number}"


def told_numbers(question: Question) -> str:
    """The numbers that are answered, with their words: « heures : 120 ; venus : 30 »."""
    assert question.mots is not None  # noqa: S101 (the caller looked)
    kind = question.mots.nature
    said = [f"{name_of(kind, key)} : {told(value)}" for key, value in question.numbers.items()]
    return " ; ".join([*said, *([f"compté le {date_fr(question.fin)}"] if question.fin else [])])


def refuse_numbers(question: Question, nombres: Mapping[str, str], fin: date | None, note: str, *, exact: bool) -> None:
    """Refuse at this door what the register would refuse, in its words.

    Raises:
        ValidationError: no number, a day that is not of the period, a number that the kind does not ask or that is
            doubted and was not looked at twice.
    """
    if not nombres:
        raise ValidationError("Donnez le nombre : zéro en est un. Sinon, « Pas encore compté ».")
    demande = question.demande
    assert demande is not None  # noqa: S101 (the caller looked)
    today = horloge.today(question.destinataire.point.espace)
    if demande.d_un_jour and fin and not demande.du <= fin <= today:
        raise ValidationError({"fin": f"Donnez un jour entre le {date_fr(demande.du)} et aujourd’hui."})
    tried(_entree(question, fin, note), _numbers(nombres), exact=exact)


def doubts_of(question: Question) -> list[str]:
    """Why the numbers that are answered are worth a second look, a sentence each."""
    if not (question.mots and question.nombres):
        return []
    entree = _entree(question, question.fin, question.phrase)
    return doubts_of_asked(entree, question.mots.nature, question.numbers)


def into_the_register(by: Acces, question: Question, parole: Parole, why: str) -> None:
    """Write the numbers of an answer as an entry, in the name of whoever gave them; twice writes once.

    Raises:
        ValidationError: an entry says it already, or the kind no longer asks these numbers.
    """
    espace = question.destinataire.point.espace
    hold(espace)
    if found := meanwhile(question):
        raise ValidationError(f"{ALREADY.format(found.numero, told_days(found))} : écartez cette réponse.")
    entree = _entree(question, question.fin, question.phrase)
    champs = {name: getattr(entree, name) for name in ("debut", "fin", "organisme", "note")}
    record_entree(
        by=by,
        espace=espace,
        nature=entree.mots.code,
        saisie=Saisie(champs, question.numbers),
        source=Source.POINT,
        cle=f"point/{question.pk}",
        exact=True,  # looked at by two
        parole=parole,
        motif=why,
    )


ALREADY = "Une entrée le dit déjà, n° {}, {}"
"""What is said of what was noted since the question left: its number, its days."""


def _entree(question: Question, fin: date | None, note: str) -> Entree:
    """The entry that an answer would make, not written."""
    demande, espace = question.demande, question.destinataire.point.espace
    assert demande is not None  # noqa: S101 (the caller looked)
    last = (fin or demande.au) if demande.d_un_jour else demande.au
    return Entree(
        espace=espace,
        mots=question.mots,
        forme=demande.nature.forme.value,
        niveau=NIVEAUX[demande.nature.visible],
        debut=last if demande.d_un_jour else demande.du,
        fin=last,
        organisme=demande.organisme,
        note=note,
        source=Source.POINT,
    )


def _numbers(nombres: Mapping[str, str]) -> dict[tuple[str, str], Decimal]:
    return Question(nombres=dict(nombres)).numbers


def names_of_kinds(espace: EspaceDeContrat) -> dict[str, str]:
    """What each kind of a contract is called, by its code; one query."""
    return {one.nature: one.libelle for one in catalogue_of(espace).values()}
