from typing import Any

from django.apps import AppConfig
from django.http import HttpRequest


class ActeursConfig(AppConfig):
    name = "tenir.acteurs"
    label = "acteurs"

    def ready(self) -> None:
        """Show her recovery codes to whoever has just proved her application, without asking for a code again."""
        from allauth.mfa.signals import authenticator_added

        from tenir.core.piece import Piece, declare

        signing_in = ("account_login", "account_request_login_code", "account_confirm_login_code", "mfa_authenticate")
        aide = dict.fromkeys(signing_in, "acces#se-connecter") | {"mfa_index": "acces#le-second-facteur"}
        at_once = {
            "account/email/login_code": "le code de connexion",
            "account/email/unknown_account": "la réponse à une adresse sans compte",
        }
        declare(Piece("acteurs", urls="tenir.acteurs.urls", aide=aide, at_once=at_once))
        authenticator_added.connect(just_proved, dispatch_uid="just_proved")


def just_proved(request: HttpRequest, user: Any, **_: Any) -> None:
    """Count the set-up of a second factor as a proof of identity."""
    from allauth.account.internal.flows.login import record_authentication

    record_authentication(request, user, method="mfa", reauthenticated=True)
