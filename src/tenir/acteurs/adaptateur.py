"""What allauth says and refuses, in our words: no self sign-up, the same answer whoever asks."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

TROP_D_ESSAIS = "Trop d’essais en peu de temps. Attendez quelques minutes, puis recommencez."
MAUVAIS_CODE = "Ce code n’est pas le bon. Vérifiez-le dans le dernier message reçu ou dans votre application."


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
