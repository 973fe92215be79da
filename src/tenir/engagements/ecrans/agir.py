"""What one does of a promise in the line where it is read: call, remind, say that it is kept, put off."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from tenir.core import horloge
from tenir.core.composants import Appel
from tenir.core.gestes import Choix, Geste, UnGeste, read_as
from tenir.core.marques import Lu, refuse_unread
from tenir.core.typographie import date_fr, typo
from tenir.ecran.annulation.barre import with_undo
from tenir.ecran.champs import words_of
from tenir.ecran.edition import read_mark
from tenir.ecran.retour import back_to
from tenir.engagements.ecrans.commun import at, for_, suivi_or_404
from tenir.engagements.enums import SETTLED, EtatDEngagement
from tenir.engagements.models import SuiviDEngagement
from tenir.engagements.services.engagement import GENRE, update_engagement
from tenir.equipe.joindre import Repertoire
from tenir.equipe.services.relances import RelanceRefusee, Relances, remind
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, may
from tenir.habilitations.vues import needs

DELAIS = ((30, "d’un mois"), (91, "de trois mois"), (365, "d’un an"))
"""How far a promise is put off in one gesture, in days from today."""


@dataclass(frozen=True)
class Main:
    """What someone may do in the lines of the promises of a contract on a day."""

    acces: Acces
    espace: EspaceDeContrat
    on: date
    repertoire: Repertoire = field(init=False)
    relances: Relances = field(init=False)
    rights: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "repertoire", Repertoire(self.acces, self.espace, self.on))
        object.__setattr__(self, "relances", Relances(self.espace))
        object.__setattr__(self, "rights", self.acces.rights(self.espace))

    def calls(self, suivi: SuiviDEngagement) -> list[Appel]:
        """Whom to call at the signatory."""
        return self.repertoire.calls([suivi.engagement.signataire.organisation_id])

    def last(self, suivi: SuiviDEngagement) -> str:
        """« relancé le 28 novembre 2026 », for who may remind."""
        found = self.relances.last(engagement=suivi.engagement_id) if "relance.create" in self.rights else None
        return f"relancé le {date_fr(found)}" if found else ""

    def gestures(self, suivi: SuiviDEngagement) -> Iterator[UnGeste]:
        """Every gesture of a line, in the order of the hand; none for a promise that is settled."""
        if suivi.etat in SETTLED:
            return
        if may(self.acces, "engagement.update", self.espace, suivi):
            yield Geste("Tenu", at(suivi, "tenu"), suivi.code, read_as(shown(suivi)))
        if "engagement.define" in self.rights and suivi.is_late(self.on):
            yield self._put_off(suivi)
        today = self.relances.last(engagement=suivi.engagement_id) == self.on
        if "relance.create" in self.rights and not today and self.calls(suivi):
            yield Geste("Relancer", at(suivi, "relancer"), sur=suivi.code)

    def _put_off(self, suivi: SuiviDEngagement) -> Choix:
        read, about = read_as(shown(suivi)), f"reporter {suivi.code}"
        among = [Geste(word, at(suivi, "reporter", days), about, read) for days, word in DELAIS]
        return Choix("Reporter", among, suivi.code)


def shown(suivi: SuiviDEngagement) -> Lu:
    """What a line shows of a promise, that its gestures change."""
    return words_of(suivi, ("etat", "attendu_pour"))


@needs("engagement.update", theirs=True)
@require_POST
def tenu(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, code: str) -> HttpResponse:
    """Say that a promise is kept."""
    suivi = for_("engagement.update", acces, espace, code)
    _write(request, acces, suivi, {"etat": EtatDEngagement.TENU})
    return _done(request, acces, suivi, f"{code} : tenu.")


@needs("engagement.define")
@require_POST
def reporter(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, code: str, jours: int) -> HttpResponse:
    """Put off the day a promise is awaited for by one of the delays."""
    suivi = for_("engagement.define", acces, espace, code)
    if jours not in {days for days, _ in DELAIS}:
        raise Http404
    to = horloge.today(espace) + timedelta(days=jours)
    _write(request, acces, suivi, {"attendu_pour": to})
    return _done(request, acces, suivi, f"{code} : reporté au {date_fr(to)}.")


@needs("relance.create")
@require_POST
def relancer(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, code: str) -> HttpResponse:
    """Ask a signatory where its promise stands."""
    suivi = suivi_or_404(espace, code)
    body = suivi.engagement.signataire.organisation
    try:
        sent = remind(by=acces, espace=espace, chose=suivi.engagement, organisations=[body] if body else [])
    except RelanceRefusee as error:
        return _refused(request, suivi, str(error))
    messages.success(request, typo(f"{code} : un message part à {', '.join(str(one.personne) for one in sent)}."))
    return redirect(back_to(request, at(suivi)))


def _write(request: HttpRequest, acces: Acces, suivi: SuiviDEngagement, changes: dict[str, Any]) -> None:
    refuse_unread(read_mark(request), shown(suivi))
    update_engagement(by=acces, suivi=suivi, version=suivi.version, changes=changes)


def _done(request: HttpRequest, acces: Acces, suivi: SuiviDEngagement, said: str) -> HttpResponse:
    back = back_to(request, at(suivi))
    messages.success(request, with_undo(acces, suivi.espace, said, back, genre=GENRE, code=suivi.code))
    return redirect(back)


def _refused(request: HttpRequest, suivi: SuiviDEngagement, said: str) -> HttpResponse:
    messages.error(request, typo(f"{suivi.code} : {said}"))
    return redirect(back_to(request, at(suivi)))
