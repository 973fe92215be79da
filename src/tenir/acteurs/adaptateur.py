"""What allauth says and refuses, in our words: no self sign-up, the same answer whoever asks."""

import logging
from collections.abc import Callable
from smtplib import SMTPException
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse

from tenir.core.lettre import Message, of_the_site, post
from tenir.core.refus_de_courriel import told_failure

log = logging.getLogger(__name__)
TROP_D_ESSAIS = "Trop d’essais en peu de temps. Attendez quelques minutes, puis recommencez."
MAUVAIS_CODE = "Ce code n’est pas le bon. Vérifiez-le dans le dernier message reçu ou dans votre application."


class CourrielEnPanne(Exception):
    """No server takes the messages of sign-in now."""


class AdaptateurDeCompte(DefaultAccountAdapter):
    """Accounts come from an invitation or from the command line, never from the sign-in page."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": "L’adresse ou le mot de passe n’est pas le bon.",
        "enter_current_password": "Ce n’est pas votre mot de passe actuel.",
        "incorrect_code": MAUVAIS_CODE,
        "incorrect_password": "Ce mot de passe n’est pas le bon.",
        "too_many_login_attempts": TROP_D_ESSAIS,
        "rate_limited": TROP_D_ESSAIS,
    }

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send a code, or the answer to an unknown address, by the one door.

        Raises:
            CourrielEnPanne: no server took it; a page says what to do.
        """
        subject = " ".join(render_to_string(f"{template_prefix}_subject.txt", context).split())
        body = render_to_string(f"{template_prefix}_message.txt", context)
        try:
            post(template_prefix, Message(email, subject, body))
        except (OSError, SMTPException) as error:
            log.error("Un message de connexion n’est pas parti : %s", told_failure(error))
            raise CourrielEnPanne from error

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody opens an account alone."""
        return False

    def respond_user_inactive(self, request: HttpRequest, user: AbstractBaseUser) -> HttpResponse:
        """An account closed since its code left goes back to the start, like an unknown one."""
        return redirect("account_request_login_code")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Where a new password leads."""
        return reverse("mfa_index")


class AdaptateurDuSecondFacteur(DefaultMFAAdapter):
    """The refusals of the second factor."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": MAUVAIS_CODE,
        "rate_limited": TROP_D_ESSAIS,
    }


def trop_d_essais(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """The page of whoever tries too often."""
    return render(request, "acteurs/trop_d_essais.html", {"phrase": TROP_D_ESSAIS}, status=429)


class CourrielEnPanneMiddleware:
    """Answers a sign-in whose message no server takes by a page that says what to do, known address or not."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page of a code that cannot leave; 503, since it may in a while."""
        if not isinstance(exception, CourrielEnPanne):
            return None
        site = of_the_site()
        whom = ", ".join(part for part in (site.service, site.courriel or site.telephone) if part)
        return render(request, "acteurs/courriel_en_panne.html", {"contact": whom}, status=503)
