"""What one does of an action in the line where it is read: call, remind, settle, put off, designate."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from tenir.acteurs.models import Organisation
from tenir.core import horloge
from tenir.core.composants import Appel
from tenir.core.gestes import Choix, Geste, Parmi, Renvoi, UnGeste, read_as
from tenir.core.marques import Lu, refuse_unread
from tenir.core.typographie import date_fr, typo
from tenir.ecran.annulation.barre import with_undo
from tenir.ecran.edition import read_mark
from tenir.ecran.navigation import address
from tenir.ecran.retour import back_to
from tenir.equipe.joindre import Repertoire
from tenir.equipe.organismes import offered_in
from tenir.equipe.services.relances import RelanceRefusee, Relances, remind
from tenir.fiches.droits import in_charge, to_designate
from tenir.fiches.ecrans.page.commun import editable, fiche_or_404
from tenir.fiches.models import FicheAction
from tenir.fiches.services.fiche import GENRE, update_fiche
from tenir.fiches.services.retards import RienEnRetard, put_off_first, settle_first, shown_late
from tenir.fiches.situation import DEBUT, Retard, Situation
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, Portee, may, reach
from tenir.habilitations.vues import needs

DELAIS = ((14, "de deux semaines"), (30, "d’un mois"), (91, "de trois mois"))
"""How far something overdue is put off in one gesture, in days from today."""
CHAMP = "organisme"


@dataclass(frozen=True)
class Main:
    """What someone may do in the lines of a contract on a day; what several lines need is read once."""

    acces: Acces
    espace: EspaceDeContrat
    on: date
    repertoire: Repertoire = field(init=False)
    relances: Relances = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "repertoire", Repertoire(self.acces, self.espace, self.on))
        object.__setattr__(self, "relances", Relances(self.espace))

    @cached_property
    def relance(self) -> bool:
        """Whether she may remind."""
        return may(self.acces, "relance.create", self.espace)

    @cached_property
    def designe(self) -> bool:
        """Whether she may designate."""
        return may(self.acces, "fiche.assign", self.espace)

    @cached_property
    def tient(self) -> Portee:
        """How far she keeps fiches up to date."""
        return reach(self.acces, "fiche.update", self.espace)

    @cached_property
    def organismes(self) -> Sequence[tuple[str, str]]:
        """The bodies that she may designate."""
        return [(str(one.pk), str(one)) for one in offered_in(self.espace)]

    def calls(self, bodies: Sequence[Organisation]) -> list[Appel]:
        """Whom to call in the bodies that carry an action."""
        return self.repertoire.calls(body.pk for body in bodies)

    def last(self, fiche: FicheAction) -> str:
        """« relancé le 28 novembre 2026 »; nothing when nobody was, or when it is not hers to know."""
        found = self.relances.last(action=fiche.action_id) if self.relance else None
        return f"relancé le {date_fr(found)}" if found else ""

    def gestures(self, fiche: FicheAction, situation: Situation) -> list[UnGeste]:
        """Every gesture of a line, in the order of the hand."""
        tient = self.tient == Portee.TOUTE or (self.tient == Portee.SIENNE and self._is_hers(fiche))
        return list(self._gestures(fiche, situation, tient=tient))

    def _is_hers(self, fiche: FicheAction) -> bool:
        return may(self.acces, "fiche.update", self.espace, fiche)

    def _gestures(self, fiche: FicheAction, situation: Situation, *, tient: bool) -> Iterator[UnGeste]:
        late = situation.premier
        if late and tient:
            yield self._settle(fiche, late)
            yield self._put_off(fiche, late)
        if self.designe and to_designate(fiche):
            yield self._designate(fiche)
        if self._reminds(fiche):
            yield Geste("Relancer", self._to("fiche-relancer", fiche), sur=fiche.code)
        if tient and not late:
            yield Renvoi("Donner des nouvelles", self._to("fiche-nouvelle", fiche), fiche.code)

    def _reminds(self, fiche: FicheAction) -> bool:
        today = self.relances.last(action=fiche.action_id) == self.on
        return self.relance and not today and bool(self.calls(in_charge(fiche)))

    def _settle(self, fiche: FicheAction, late: Retard) -> Geste:
        word = "Atteint" if late.jalon else "Commencée" if late.quoi == DEBUT else "Terminée"
        url = self._to("fiche-atteint", fiche)
        return Geste(f"{word} aujourd’hui", url, fiche.code, read_as(shown_late(late)))

    def _put_off(self, fiche: FicheAction, late: Retard) -> Choix:
        read, about = read_as(shown_late(late)), f"reporter {fiche.code}"
        among = [Geste(word, self._to("fiche-reporter", fiche, days), about, read) for days, word in DELAIS]
        return Choix("Reporter", among, fiche.code)

    def _designate(self, fiche: FicheAction) -> Parmi:
        read = read_as(shown_in_charge(fiche))
        done = Geste("Désigner cet organisme", self._to("fiche-designer", fiche), fiche.code, read)
        return Parmi("Désigner", done, f"{CHAMP}-{fiche.code}", self.organismes, fiche.code)

    def _to(self, name: str, fiche: FicheAction, *more: object) -> str:
        return address(name, self.espace, fiche.code, *more)


def shown_in_charge(fiche: FicheAction) -> Lu:
    """What a line shows of who was settled to carry an action."""
    return {"organisme en charge": str(fiche.organisme_en_charge or "")}


@needs("fiche.update", theirs=True)
@require_POST
def atteint(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, code: str) -> HttpResponse:
    """What is overdue first came today."""
    fiche = editable(acces, espace, code)
    try:
        what = settle_first(by=acces, fiche=fiche, lu=read_mark(request))
    except (RienEnRetard, ValidationError) as error:
        return _refused(request, espace, code, error)
    return _done(request, acces, espace, code, f"{code} : {what}, c’est fait.")


@needs("fiche.update", theirs=True)
@require_POST
def reporter(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, code: str, jours: int) -> HttpResponse:
    """Put what is overdue first off by one of the delays."""
    fiche = editable(acces, espace, code)
    if jours not in {days for days, _ in DELAIS}:
        raise Http404
    to = horloge.today(espace) + timedelta(days=jours)
    try:
        what = put_off_first(by=acces, fiche=fiche, au=to, lu=read_mark(request))
    except (RienEnRetard, ValidationError) as error:
        return _refused(request, espace, code, error)
    return _done(request, acces, espace, code, f"{code} : {what}, c’est reporté au {date_fr(to)}.")


@needs("fiche.assign")
@require_POST
def designer(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, code: str) -> HttpResponse:
    """Say which body carries an action."""
    fiche, chosen = editable(acces, espace, code), request.POST.get(f"{CHAMP}-{code}", "")
    body = offered_in(espace).filter(pk=chosen).first() if chosen.isdecimal() else None
    if body is None:
        return _refused(request, espace, code, RienEnRetard("Choisissez un organisme du contrat."))
    refuse_unread(read_mark(request), shown_in_charge(fiche), {"organisme en charge": str(body)})
    update_fiche(by=acces, fiche=fiche, version=fiche.version, changes={"organisme_en_charge": body})
    return _done(request, acces, espace, code, f"{code} : {body} porte l’action.")


@needs("relance.create")
@require_POST
def relancer(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, code: str) -> HttpResponse:
    """Ask those who carry an action where it stands."""
    fiche = fiche_or_404(espace, code)
    try:
        sent = remind(by=acces, espace=espace, chose=fiche.action, organisations=in_charge(fiche))
    except RelanceRefusee as error:
        return _refused(request, espace, code, error)
    messages.success(request, typo(f"{code} : un message part à {', '.join(str(one.personne) for one in sent)}."))
    return redirect(back_to(request, address("fiche", espace, code)))


def _done(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, code: str, said: str) -> HttpResponse:
    back = back_to(request, address("fiche", espace, code))
    messages.success(request, with_undo(acces, espace, said, back, genre=GENRE, code=code))
    return redirect(back)


def _refused(request: HttpRequest, espace: EspaceDeContrat, code: str, error: Exception) -> HttpResponse:
    said = " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
    messages.error(request, typo(f"{code} : {said}"))
    return redirect(back_to(request, address("fiche", espace, code)))
