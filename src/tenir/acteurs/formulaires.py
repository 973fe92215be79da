"""The forms of sign-in: those of allauth, with French labels and no placeholder."""

from typing import Any

from allauth.account import forms as account
from allauth.account.adapter import get_adapter
from allauth.core import context, ratelimit
from allauth.core.internal.ratelimit import get_ip
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms

ADRESSE = "Adresse électronique"
LABELS = {
    "login": ADRESSE,
    "email": ADRESSE,
    "password": "Mot de passe",
    "oldpassword": "Mot de passe actuel",
    "password1": "Nouveau mot de passe",
    "password2": "Nouveau mot de passe, une seconde fois",
    "code": "Code",
}


class EnFrancais(forms.Form):
    """Names each field in French; a label says what to type, so no placeholder repeats it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = LABELS.get(name, field.label)
            field.widget.attrs.pop("placeholder", None)


class DemandeDeCode(EnFrancais, account.RequestLoginCodeForm):
    """Asks for a code by e-mail."""

    def clean_email(self) -> str:
        """Send a message to an unknown address too: the answer and its delay are then those of a known one.

        Codes are counted by mailbox and by place that asks for them: whoever asks without end for the mailbox of
        another uses up what she may ask, not what its owner may.

        Raises:
            ValidationError: too many were asked for.
        """
        asked = self.cleaned_data["email"].lower()
        here = f"{get_ip(context.request)} {asked}"
        counted = (("codes_d_ici_pour_une_boite", here), ("codes_pour_une_boite", asked))
        if not all(ratelimit.consume(context.request, action=action, key=key) for action, key in counted):
            raise get_adapter().validation_error("too_many_login_attempts")
        email: str = super().clean_email()
        if self._user is None:
            get_adapter().send_mail("account/email/unknown_account", email, {})
        return email


class Code(EnFrancais, account.ConfirmLoginCodeForm):
    """Takes the code received."""


class MotDePasse(EnFrancais, account.LoginForm):
    """Signs in by password."""


class NouvelleVerification(EnFrancais, account.ReauthenticateForm):
    """Asks for the password again before a grave change."""


class ChangementDeMotDePasse(EnFrancais, account.ChangePasswordForm):
    """Changes a password."""


class ChoixDeMotDePasse(EnFrancais, account.SetPasswordForm):
    """Gives a first password to an account that signs in by code."""


class SecondFacteur(EnFrancais, mfa.AuthenticateForm):
    """Takes the code of the application, or a recovery code."""


class NouveauSecondFacteur(EnFrancais, mfa.ReauthenticateForm):
    """Asks for the code of the application again before a grave change."""


class Activation(EnFrancais, ActivateTOTPForm):
    """Proves that the application is set up."""
