"""What fiches bring to the desk: late, soon, waiting, to designate, at odds with the facts, silent; what is new."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from tenir.core.composants import Item, Tampon
from tenir.core.models import EntreeDeTrace
from tenir.core.typographie import NBSP, accord, capital, date_fr, pluriel, typo
from tenir.ecran.blocs import Annonce, Lignes, Nouveaute, Section, beside, excerpt, news
from tenir.ecran.champs import label
from tenir.ecran.mots import UNDECLARED
from tenir.ecran.navigation import address
from tenir.ecran.seuils import soon_until
from tenir.fiches.droits import in_charge, printed_pilots, to_designate
from tenir.fiches.echeances import Echeance, coming
from tenir.fiches.ecrans.agir import Main
from tenir.fiches.ensemble import read_together
from tenir.fiches.enums import TON_DU_STATUT
from tenir.fiches.jalons import jalons_of
from tenir.fiches.models import FicheAction, Jalon, Nouvelle
from tenir.fiches.models.fiche import FicheActionQuerySet
from tenir.fiches.services.fiche import GENRE
from tenir.fiches.seuils import silence_months
from tenir.fiches.situation import Situation, get_situation, owes
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.organismes import bodies_of
from tenir.habilitations.rights import Acces, Portee, may, reach
from tenir.habilitations.traces import entries_of

CARRIED = "porte"
"""The section of what her body carries."""

DESIGNATE = Tampon("à désigner", TON_DU_STATUT[""])


@dataclass(frozen=True, slots=True)
class Suivie:
    """A fiche with its jalons and what the facts say of it."""

    fiche: FicheAction
    jalons: list[Jalon]
    situation: Situation


@dataclass(frozen=True, slots=True)
class Matinee:
    """What someone finds in a contract on a day; `a_elle`: only what the bodies she acts for carry.

    `fiches` is the address of the table, that the code of an action completes.
    """

    acces: Acces
    espace: EspaceDeContrat
    on: date
    suivies: list[Suivie]
    a_elle: bool
    fiches: str
    main: Main
    dits: dict[str, str] = field(default_factory=dict)
    """The section that tells of each action already, by its code: one line an action."""

    def table(self, **asked: str) -> str:
        """The address of the table of fiches, filtered; on what is hers when only that concerns her."""
        given = {**asked, **({"porteur": "moi"} if self.a_elle else {})}
        return f"{self.fiches}?{'&'.join(f'{name}={value}' for name, value in given.items())}"

    def line(self, suivie: Suivie, note: str, stamp: Tampon | None = None) -> Item:
        """A line that leads to the fiche; whom to call is said where it is neither herself nor to be found."""
        fiche, code = suivie.fiche, suivie.fiche.code
        carried = [] if self.a_elle or stamp is DESIGNATE else in_charge(fiche)
        calls = self.main.calls(carried)
        named = [] if calls else [str(body) for body in carried]
        gestures = self.main.gestures(fiche, suivie.situation)
        said = beside(note, *named, self.main.last(fiche))
        return Item(code, fiche.action.titre, f"{self.fiches}{code}/", said, stamp, appels=calls, gestes=gestures)

    def untold(self, section: str, suivies: "Iterable[Suivie]") -> "list[Suivie]":
        """Those that no section above tells of; told here, they are not below."""
        return [one for one in suivies if self.dits.setdefault(one.fiche.code, section) == section]


def hers(acces: Acces, espace: EspaceDeContrat) -> FicheActionQuerySet:
    """The fiches that wait for someone: those she may write, all when she only reads."""
    found = FicheAction.objects.of(espace)
    if reach(acces, "fiche.update", espace) == Portee.SIENNE:
        return found.piloted_by(bodies_of(acces, espace), espace)
    return found


def read_by(acces: Acces, espace: EspaceDeContrat) -> FicheActionQuerySet:
    """The fiches whose news concern someone: all of them for who copilots the contract, who writes only hers."""
    return FicheAction.objects.of(espace) if may(acces, "copilotage.read", espace) else hers(acces, espace)


def sections(acces: Acces, espace: EspaceDeContrat, on: date) -> Iterator[Section]:
    """What someone who keeps fiches up to date has to do, in four queries; nothing for who only reads."""
    reached = reach(acces, "fiche.update", espace)
    if reached == Portee.AUCUNE:
        return
    suivies = [followed(fiche, on) for fiche in read_together(espace, hers(acces, espace))]
    main = Main(acces, espace, on)
    matinee = Matinee(acces, espace, on, suivies, reached == Portee.SIENNE, address("fiches", espace), main)
    for make in SECTIONS:
        yield make(matinee)


def followed(fiche: FicheAction, on: date) -> Suivie:
    """A fiche read with its jalons, and what the facts say of it."""
    jalons = jalons_of(fiche)
    return Suivie(fiche, jalons, get_situation(fiche, jalons, on))


def late(matinee: Matinee) -> Section:
    """What is overdue, the oldest first: one line for each action."""
    found = matinee.untold("retard", (one for one in matinee.suivies if one.situation.retards))
    found.sort(key=lambda one: one.situation.en_retard_depuis or date.max)
    lines = Lignes(found, lambda one: _late(matinee, one))
    annonce = Annonce("action", "est en retard", "sont en retard")
    return Section("retard", "En retard", lines, annonce, matinee.table(retard="oui"))


def _late(matinee: Matinee, one: Suivie) -> Item:
    """Its one line, with what else is to be known of it."""
    return matinee.line(one, beside(overdue(one), *_asked(matinee, one), *_besides(one)), _open(matinee, one))


def overdue(suivie: Suivie) -> str:
    """What is awaited in vain, since when, and how much more."""
    first, *others = sorted(suivie.situation.retards, key=lambda retard: retard.attendu_le)
    count = len(others)
    more = f", et {pluriel(count, 'autre')} {accord(count, 'échéance')}" if others else ""
    return typo(f"Attendu depuis le {date_fr(first.attendu_le)} : {first.quoi}{more}")


def soon(matinee: Matinee) -> Section:
    """What is awaited in the days to come, the nearest first: one line for each action."""
    until = soon_until(matinee.on)
    dates = {one.fiche.code: coming(one.fiche, one.jalons, matinee.on, until) for one in matinee.suivies}
    awaited = (one for one in matinee.suivies if owes(one.fiche) and dates[one.fiche.code])
    found = sorted(matinee.untold("bientot", awaited), key=lambda one: dates[one.fiche.code][0].le)
    lines = Lignes(found, lambda one: _coming(matinee, one, dates[one.fiche.code]))
    annonce = Annonce("action", "arrive à échéance", "arrivent à échéance")
    return Section(
        "bientot", "Dans les jours qui viennent", lines, annonce, explication=f"D’ici au {date_fr(until)}, inclus."
    )


def _coming(matinee: Matinee, one: Suivie, dates: Iterable[Echeance]) -> Item:
    return matinee.line(one, beside(_awaited(dates), *_besides(one)), _open(matinee, one))


def _awaited(dates: Iterable[Echeance]) -> str:
    return typo(" ; ".join(f"{capital(date.quoi)}, le {date_fr(date.le)}" for date in dates))


def waiting(matinee: Matinee) -> Section:
    """What someone waits for her to answer: help asked of the team, a next step whose day has passed."""
    asking = (one for one in matinee.suivies if _asked(matinee, one))
    found = matinee.untold("attend", asking)
    lines = Lignes(found, lambda one: matinee.line(one, _told(matinee, one), _open(matinee, one)))
    annonce = Annonce("demande", "vous attend", "vous attendent")
    return Section("attend", "Vous attend", lines, annonce)


def _told(matinee: Matinee, suivie: Suivie) -> str:
    return beside(*_asked(matinee, suivie), *_besides(suivie))


def _besides(suivie: Suivie) -> list[str]:
    """What the sections below would tell of an action that has its one line here: its silence, or its gap."""
    situation = suivie.situation
    if since := situation.silence_depuis:
        return [f"sans nouvelles depuis le {date_fr(since)}"]
    return [situation.ecart.rstrip(".")] if situation.ecart and not situation.retards else []


def _open(matinee: Matinee, suivie: Suivie) -> Tampon | None:
    """That nobody is designated, to who may designate."""
    return DESIGNATE if matinee.main.designe and to_designate(suivie.fiche) else None


def _asked(matinee: Matinee, suivie: Suivie) -> list[str]:
    return list(_asking(matinee, suivie)) if owes(suivie.fiche) else []


def _asking(matinee: Matinee, suivie: Suivie) -> Iterator[str]:
    fiche, helps = suivie.fiche, not matinee.a_elle and may(matinee.acces, "fiche.confide", matinee.espace)
    if helps and fiche.aide_demandee:
        yield f"Aide demandée{NBSP}: {excerpt(fiche.aide_demandee)}"
    day = fiche.prochaine_etape_le
    if day and day < matinee.on and fiche.personne_en_charge_id in {None, matinee.acces.personne.pk}:
        yield f"Prochaine étape prévue le {date_fr(day)}{NBSP}: {excerpt(fiche.prochaine_etape) or 'non dite'}"


def designate(matinee: Matinee) -> Section:
    """The actions that no known body carries, for who may designate one."""
    every = [one for one in matinee.suivies if matinee.main.designe and to_designate(one.fiche)]
    found = matinee.untold("designer", every)
    lines = Lignes(found, lambda one: matinee.line(one, beside(_printed(one.fiche), *_besides(one)), DESIGNATE))
    annonce = Annonce("action", "attend un porteur", "attendent un porteur")
    more = len(every) - len(found)
    return Section("designer", "À désigner", lines, annonce, matinee.table(designer="oui"), plus_haut=more)


def _printed(fiche: FicheAction) -> str:
    names = printed_pilots(fiche).noms
    return typo(f"Le contrat dit : « {names} »") if names else "Le contrat ne nomme personne"


def gaps(matinee: Matinee) -> Section:
    """Where the declared status and the facts part, beyond the lateness and the silence already told."""
    told = (one for one in matinee.suivies if not one.situation.retards and not one.situation.silence_depuis)
    found = matinee.untold("ecart", (one for one in told if one.situation.ecart))
    lines = Lignes(found, lambda one: matinee.line(one, one.situation.ecart))
    annonce = Annonce("action", "est démentie par les faits", "sont démenties par les faits")
    return Section("ecart", "Le statut et les faits ne s’accordent pas", lines, annonce)


def silent(matinee: Matinee) -> Section:
    """What nobody speaks of any more, the longest silence first."""
    every = [one for one in matinee.suivies if one.situation.silence_depuis]
    found = matinee.untold("silence", every)
    found.sort(key=lambda one: one.situation.silence_depuis or date.max)
    lines = Lignes(found, lambda one: matinee.line(one, heard(one.fiche)))
    annonce = Annonce("action", "est sans nouvelles", "sont sans nouvelles")
    allowed = f"Rien n’en est dit depuis plus de {pluriel(silence_months(matinee.on), 'mois', lettres=True)}."
    more = len(every) - len(found)
    return Section("silence", "Sans nouvelles", lines, annonce, matinee.table(silence="oui"), allowed, more)


def carried(matinee: Matinee) -> Section:
    """What her body carries, the longest unheard first, what owes no news last: there she gives news."""
    found = [one for one in matinee.suivies if matinee.a_elle]
    found.sort(key=lambda one: (not owes(one.fiche), one.fiche.entendue_le))
    lines = Lignes(found, lambda one: matinee.line(one, heard(one.fiche), _status(one.fiche)))
    return Section(CARRIED, "Ce que porte votre organisme", lines, ailleurs=matinee.table())


def heard(fiche: FicheAction) -> str:
    """When something was last heard of it."""
    if fiche.derniere_nouvelle_le:
        return f"Dernière nouvelle le {date_fr(fiche.derniere_nouvelle_le)}"
    return f"Aucune nouvelle depuis l’ouverture du suivi, le {date_fr(fiche.ouverte_le)}"


def _status(fiche: FicheAction) -> Tampon:
    return Tampon(fiche.get_statut_display() or UNDECLARED, TON_DU_STATUT[fiche.statut])


def novelties(acces: Acces, espace: EspaceDeContrat, since: datetime) -> Iterator[Nouveaute]:
    """The news and the changes of status, by others, of the actions that concern her; three queries."""
    table = address("fiches", espace)
    titles = dict(read_by(acces, espace).values_list("action__code", "action__titre"))
    told = Nouvelle.objects.filter(fiche__espace=espace, enregistree_le__gt=since).exclude(auteur=acces.personne)
    columns = ("enregistree_le", "fiche__action__code", "auteur", "pour__nom", "le", "texte")
    for moment, code, author, body, day, text in told.values_list(*columns):
        if code in titles:
            yield Nouveaute(moment, code, titles[code], f"{table}{code}/", news(day, text), author, body or "")
    changes = entries_of(espace).filter(genre=GENRE, champ=label("statut", FicheAction), le__gt=since)
    for row in changes.exclude(acteur=acces.personne.pk):
        if title := titles.get(row.objet):
            yield Nouveaute(row.le, row.objet, title, f"{table}{row.objet}/", _changed(row), row.acteur, row.pour)


def _changed(entry: EntreeDeTrace) -> str:
    values = " → ".join(value for value in (entry.avant, entry.apres) if value)
    return f"Statut{NBSP}: {values or 'changé'}"


SECTIONS: tuple[Callable[[Matinee], Section], ...] = (late, waiting, soon, designate, gaps, silent, carried)
"""In the order of the page."""
