"""« Entrer comme… » and the outbox."""

from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from tenir.acteurs.models import Personne, Utilisateur
from tenir.core.composants import Lien
from tenir.core.typographie import typo
from tenir.demonstration.personnes import people, personnage, real_people
from tenir.habilitations.rights import acces_of
from tenir.habilitations.roles import RIGHTS
from tenir.habilitations.second_facteur import ENTERED_AS

LATEST = 60
"""How many messages the outbox shows, the latest first."""


def choix(request: HttpRequest) -> HttpResponse:
    """The people of the demonstration, and what each may do."""
    found = [_card(personne) for personne in people().order_by("pk")]
    return render(request, "demonstration/choix.html", {"personnes": found})


@require_POST
def entrer(request: HttpRequest, numero: int) -> HttpResponse:
    """Become one of them."""
    personne = get_object_or_404(people(), pk=numero)
    assert isinstance(personne.utilisateur, Utilisateur)  # noqa: S101 (people() keeps those who have an account)
    login(request, personne.utilisateur, backend="django.contrib.auth.backends.ModelBackend")
    request.session[ENTERED_AS] = True
    return redirect("mes-contrats")


def boite(request: HttpRequest) -> HttpResponse:
    """The messages that would have been sent."""
    files = sorted(Path(settings.COURRIELS).glob("*.log"), key=lambda file: file.stat().st_mtime, reverse=True)
    messages = [_message(found) for file in files[:LATEST] for found in _written(file)]
    return render(request, "demonstration/boite.html", {"courriels": messages[:LATEST]})


def way_in(_request: HttpRequest, _thing: object) -> list[Lien]:
    """The way from the home of the site to the people of the demonstration; none on a site that has real accounts."""
    return [] if real_people().exists() else [Lien("Entrer dans la démonstration", reverse("demonstration"))]


def _card(personne: Personne) -> dict[str, Any]:
    acces = acces_of(personne)
    held = acces.habilitations
    rights = set().union(*(acces.rights(one.espace) for one in held))
    someone = personnage(personne)
    return {
        "personne": personne,
        "presente": typo(someone.presente) if someone else "",
        "essayer": typo(someone.essayer) if someone else "",
        "roles": ", ".join(one.get_role_display() for one in held),
        "droits": [sentence for name, sentence in RIGHTS.items() if name in rights],
    }


def _written(file: Path) -> list[bytes]:
    """The messages of a file, the latest first: two that leave together may be in one."""
    return [found for found in file.read_bytes().split(b"\n" + b"-" * 79 + b"\n") if found.strip()][::-1]


def _message(written: bytes) -> dict[str, str]:
    found = message_from_bytes(written, policy=policy.default)
    assert isinstance(found, EmailMessage)  # noqa: S101 (what this policy makes)
    body = found.get_body(preferencelist=("plain",))
    return {
        "objet": str(found["Subject"]),
        "pour": str(found["To"]),
        "quand": str(found["Date"]),
        "texte": str(body.get_content()) if body else "",
    }
