"""How the platform runs: for its administration alone."""

from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.contrib import messages
from django.db import connection
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from tenir.core import disque, horloge, sommeil, version
from tenir.core.composants import Chiffre, Renseignement, Tampon, Ton
from tenir.core.courriels import waits_for_a_person
from tenir.core.models import Courriel, Execution, TacheDeFond, Travail
from tenir.core.nuit import BACKUP
from tenir.core.piece import by_name
from tenir.core.sante import Sante, get_health, last_success, late
from tenir.core.sauvegarde.travail import KIND
from tenir.core.taches import latest
from tenir.core.travaux.demande import Demande
from tenir.core.typographie import nombre, typo
from tenir.ecran import travaux
from tenir.ecran.navigation import context
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.habilitations.services import trace_of
from tenir.habilitations.vues import needs

GIGABYTE = 10**9
LOW_DISK = 2 * GIGABYTE
LATEST_RUNS = 30
TONES = {
    Execution.Etat.EN_COURS: Ton.NEUTRE,
    Execution.Etat.REUSSIE: Ton.FAIT,
    Execution.Etat.ECHOUEE: Ton.RETARD,
    Execution.Etat.INTERROMPUE: Ton.ATTENTION,
}
Ligne = tuple[TacheDeFond, Execution | None, Tampon]


@require_http_methods(["GET", "HEAD", "POST"])
@needs("plateforme.update")
def fonctionnement(request: HttpRequest, acces: Acces, espace: EspaceDeContrat | None) -> HttpResponse:
    """What runs, what is late, and the last runs of the tasks; or a backup asked for, which leads to its page."""
    if "sauvegarder" in request.POST and settings.SAUVEGARDES:
        asked = Demande(KIND, "Sauvegarde du site", reverse("fonctionnement"), cle=KIND)
        return redirect(travaux.page_of(travaux.ask(acces, espace, asked)))
    if {"reveiller", "reveiller-sans-envoyer"} & request.POST.keys():
        return reveil(request, acces)
    now = timezone.now()
    sante, backup, free = get_health(now), last_success(BACKUP), disque.room()
    runs = Execution.objects.select_related("tache")[:LATEST_RUNS]
    given = context(
        acces,
        espace,
        "fonctionnement",
        avis=_warnings(sante, backup, free),
        chiffres=_figures(sante, backup, free),
        lignes=_facts(),
        endormi=sante.endormi,
        sauvegarder=bool(settings.SAUVEGARDES),
        travaux=travaux.items(Travail.objects.filter(etat__in=Travail.OUVERTS, chaine=trace_of(None))),
        taches=[(tache, run, stamp(run)) for tache, run in latest()],
        executions=[(run, stamp(run)) for run in runs],
        courriels=undelivered(now),
    )
    return render(request, "bureau/fonctionnement.html", given)


def reveil(request: HttpRequest, acces: Acces) -> HttpResponse:
    """Let a restored site send its messages, those that waited or only those to come."""
    drop = "reveiller-sans-envoyer" in request.POST
    count = sommeil.wake(chaine=trace_of(None), auteur=acces.auteur(None), now=timezone.now(), drop=drop)
    if count is not None:
        fate = "annulés" if drop else "vont partir"
        messages.success(request, typo(f"Ce site est réveillé. Messages en attente : {count} ({fate})."))
    return redirect("fonctionnement")


def undelivered(now: datetime) -> list[tuple[Courriel, str]]:
    """The messages of every room that have not reached, the latest first: what each is, and why."""
    names = by_name("message_names")
    waiting = Q(etat=Courriel.Etat.A_ENVOYER, prevu_le__lte=now) & ~Q(erreur="")
    stuck = waits_for_a_person(now) & ~Q(etat=Courriel.Etat.ANNULE)
    found = Courriel.objects.filter(waiting | stuck).order_by("-prevu_le", "-pk")[:LATEST_RUNS]
    return [(one, names.get(one.genre, one.genre)) for one in found]


def stamp(run: Execution | None) -> Tampon:
    """How a run ended, as a stamp."""
    if run is None:
        return Tampon("jamais", Ton.MUET)
    return Tampon(run.get_etat_display(), TONES[Execution.Etat(run.etat)])


def waiting_mails() -> int | None:
    """How many messages no server took; none to count when a server is given."""
    if not settings.EMAIL_BACKEND.endswith("filebased.EmailBackend"):
        return None
    return sum(1 for _ in Path(settings.COURRIELS).glob("*.log"))


def moment(label: str, when: datetime | None, never: str = "jamais") -> Chiffre:
    """A moment as a figure: its day, its hour under it, or « jamais »."""
    local = horloge.local(when) if when else None
    return Chiffre(label, f"{local:%d/%m/%Y}", f"à {local:%H:%M}") if local else Chiffre(label, never)


def _warnings(sante: Sante, backup: datetime | None, free: int) -> list[str]:
    said = {
        sommeil.ASLEEP: sante.endormi,
        "La boucle n’a jamais tourné : sans elle, ni relevé de la trace, ni sauvegarde.": sante.boucle is None,
        "La boucle ne tourne plus : relancez-la (systemctl restart tenir-boucle).": sante.boucle_arretee,
        "Aucune sauvegarde depuis deux nuits : voyez tenir sauvegarder, et TENIR_SAUVEGARDES.": late(backup, sante.le),
        "Le courriel ne part plus : la liste des messages dit pourquoi.": sante.courriel_en_panne,
        "Le disque ne s’écrit plus : il est plein, ou interdit au site. Rien ne s’enregistre.": not sante.ecriture,
        "Moins de 2 Go libres sur le disque.": free < LOW_DISK,
        "Aucun serveur de courriel (TENIR_SMTP) : les messages s’écrivent dans un dossier, personne ne les reçoit.": (
            waiting_mails() is not None
        ),
    }
    return [typo(sentence) for sentence, true in said.items() if true]


def _figures(sante: Sante, backup: datetime | None, free: int) -> list[Chiffre]:
    waiting = waiting_mails()
    return [
        moment("Dernier tour de la boucle", sante.boucle),
        moment("Dernière sauvegarde", backup),
        moment("Dernier relevé de la trace", sante.releve),
        Chiffre("Messages non envoyés", nombre(waiting), typo("écrits dans un dossier"))
        if waiting
        else moment("Plus ancien message en attente", sante.courriel, "aucun"),
        Chiffre("Place libre", typo(f"{nombre(free / GIGABYTE, 1)} Go")),
    ]


def _facts() -> list[Renseignement]:
    number = ".".join(map(str, connection.get_database_version()))
    return [
        Renseignement("Version de Tenir", version.full()),
        Renseignement("Base de données", f"{connection.display_name} {number}"),
        Renseignement("Sauvegardes de la nuit", "oui" if settings.SAUVEGARDES else "non : TENIR_SAUVEGARDES est vide"),
        Renseignement("Démonstration", "oui" if settings.DEMONSTRATION else "non"),
    ]
