"""The page of a long work: what was asked, how far it is, what it gave. For who asked it, and for the team.

Another room asks for a work with `ask`, and leads to its page with `page_of`.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from tenir.core import fichiers, horloge
from tenir.core.composants import Item, Tampon, Ton
from tenir.core.models import Travail
from tenir.core.sante import last_beat
from tenir.core.travaux.chantier import declared
from tenir.core.travaux.demande import Demande, ask_for_work, ask_to_stop
from tenir.core.typographie import NBSP, date_fr, nombre, pluriel, typo
from tenir.ecran.blocs import Section
from tenir.ecran.navigation import context
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, may, require
from tenir.habilitations.services import slug_of, trace_of
from tenir.habilitations.traces import names_of
from tenir.habilitations.vues import espace_or_404, signed_in

TONES = {
    Travail.Etat.EN_ATTENTE: Ton.NEUTRE,
    Travail.Etat.EN_COURS: Ton.NEUTRE,
    Travail.Etat.FINI: Ton.FAIT,
    Travail.Etat.ECHOUE: Ton.RETARD,
    Travail.Etat.ANNULE: Ton.MUET,
}
PATIENCE = timedelta(minutes=2)
"""Since when a loop that makes no turn is said not to run, on the page of a work that waits for it."""
TEAM = "trace.read"
"""Who holds it on a contract sees the works that others asked there."""


def ask(acces: Acces, espace: EspaceDeContrat | None, demande: Demande) -> Travail:
    """Ask for a work, in a contract or for the platform.

    Raises:
        Refus: she does not hold the right of its kind.
    """
    require(acces, declared()[demande.genre].right, espace)
    return ask_for_work(demande, chaine=trace_of(espace), auteur=acces.auteur(espace))


def page_of(travail: Travail) -> str:
    """The address of the page of a work."""
    return reverse("travail", args=[travail.pk])


def items(travaux: Iterable[Travail]) -> list[Item]:
    """Works as the lines of a list, each with its state and how far it is."""
    return [Item("", one.titre, page_of(one), told(one), stamp(one)) for one in travaux]


def sections(acces: Acces, espace: EspaceDeContrat, on: date) -> Iterator[Section]:
    """What she asked in a contract and is not over, for her desk."""
    hers = Travail.objects.filter(chaine=trace_of(espace), acteur=acces.personne.pk, etat__in=Travail.OUVERTS)
    yield Section("travaux", "Travaux en cours", items(hers))


def stamp(travail: Travail) -> Tampon:
    """Its state, as a stamp."""
    return Tampon(travail.get_etat_display(), TONES[Travail.Etat(travail.etat)])


def told(travail: Travail) -> str:
    """How far a work is, or how it ended, in a sentence."""
    if travail.ouvert and travail.arret_le:
        return "L’arrêt est demandé : il s’arrête au prochain pas."
    if travail.etat == Travail.Etat.EN_ATTENTE:
        return "Il attend son tour."
    return typo(travail.erreur or travail.phrase or "Il commence.")


@signed_in
def travail(request: HttpRequest, acces: Acces, numero: int) -> HttpResponse:
    """Where a work stands; while it is not over, the page asks for itself again."""
    found, espace = _found(acces, numero)
    given = context(
        acces,
        espace,
        travail=found,
        tampon=stamp(found),
        chapeau=_asked(found),
        phrase=told(found),
        compte=_count(found),
        avis=_warning(found, timezone.now()),
        fichier=reverse("travail-fichier", args=[numero]) if found.fichier else "",
        annuler=reverse("travail-annuler", args=[numero]) if found.ouvert and not found.arret_le else "",
    )
    return render(request, "ecran/travaux/travail.html", given)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def annuler(request: HttpRequest, acces: Acces, numero: int) -> HttpResponse:
    """The question, then the work cancelled: at once when it waits, at its next step when it is under way."""
    found, espace = _found(acces, numero)
    if request.method != "POST":
        return render(
            request, "ecran/travaux/annuler.html", context(acces, espace, travail=found, adresse=page_of(found))
        )
    if not ask_to_stop(found, auteur=acces.auteur(espace)):
        messages.info(request, typo(f"Il n’y a plus rien à annuler : ce travail est {found.get_etat_display()}."))
    return redirect(page_of(found))


@signed_in
def fichier(request: HttpRequest, acces: Acces, numero: int) -> HttpResponse:
    """What a work made, to be kept."""
    found, _ = _found(acces, numero)
    return fichiers.to_be_kept(found.fichier, found.nom_du_fichier)


def _found(acces: Acces, numero: int) -> tuple[Travail, EspaceDeContrat | None]:
    """A work that she asked, or that was asked in a contract whose team she is of; it does not exist for others."""
    found = Travail.objects.filter(pk=numero).first()
    if found is None:
        raise Http404
    slug = slug_of(found.chaine)
    espace = espace_or_404(acces, slug) if slug else None
    chantier = declared().get(found.genre)
    hers = found.acteur == acces.personne.pk or may(acces, TEAM, espace)
    if not hers or chantier is None or not may(acces, chantier.right, espace):
        raise Http404
    return found, espace


def _asked(travail: Travail) -> str:
    when = horloge.local(travail.demande_le)
    name = names_of([travail.acteur]).get(travail.acteur, f"personne n° {travail.acteur}")
    return typo(f"Demandé le {date_fr(horloge.day_of(travail.demande_le))} à {when:%H:%M} par {name}.")


def _count(travail: Travail) -> str:
    """« 12 sur 71 »; nothing when nobody knows how much there is."""
    return f"{nombre(travail.fait)}{NBSP}sur{NBSP}{nombre(travail.total)}" if travail.total else ""


def _warning(travail: Travail, now: datetime) -> str:
    """What keeps a work from going on, when it should."""
    held = travail.bail_jusqu_a is not None and travail.bail_jusqu_a > now
    if not travail.ouvert or held or now - travail.demande_le < PATIENCE:
        return ""
    beat = last_beat()
    if beat and now - beat < PATIENCE:
        return ""
    since = f"depuis {pluriel(int((now - beat).total_seconds()) // 60, 'minute', genre='f')}" if beat else "encore"
    return typo(f"La boucle ne tourne pas {since} : ce travail attend qu’elle soit relancée (tenir boucle).")
