"""The addresses of sign-in: only those views of allauth that have a template of ours; there is no other."""

from collections.abc import Callable
from typing import Any

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.urls import URLPattern, path

FORM = "acteurs/formulaire.html"
RESTART = "acteurs/etape.html"


def page(
    address: str, view: Any, name: str, titre: str, bouton: str = "", *, template: str = FORM, **more: Any
) -> URLPattern:
    """One page of sign-in, under `compte/`; `more` is chapeau (one sentence) and liens (pairs of route and text)."""
    shown = {"titre": titre, "bouton": bouton, "chapeau": "", "liens": (), **more}
    served: Callable[..., HttpResponse] = view.as_view(template_name=template, extra_context=shown)
    return path(f"compte/{address}", served, name=name)


PAR_CODE = ("account_request_login_code", "Se connecter par un code reçu par courriel")
PAR_MOT_DE_PASSE = ("account_login", "Se connecter par mot de passe")
EN_DEMONSTRATION = [("demonstration", "Entrer comme une personne fictive")] if settings.DEMONSTRATION else []
RETOUR = ("mfa_index", "Revenir à mon compte")

urlpatterns = [
    page(
        "connexion/",
        account.RequestLoginCodeView,
        "account_request_login_code",
        "Se connecter",
        "Recevoir un code",
        chapeau="Un code à usage unique est envoyé à votre adresse.",
        liens=[PAR_MOT_DE_PASSE, *EN_DEMONSTRATION],
    ),
    page(
        "connexion/code/",
        account.ConfirmLoginCodeView,
        "account_confirm_login_code",
        "Entrer le code reçu",
        "Se connecter",
        template=RESTART,
        chapeau="Si un compte existe à cette adresse, un code vient d’y être envoyé. Il vaut dix minutes, pour trois "
        "essais.",
    ),
    page(
        "connexion/mot-de-passe/",
        account.LoginView,
        "account_login",
        "Se connecter par mot de passe",
        "Se connecter",
        chapeau="Mot de passe oublié, ou jamais choisi : connectez-vous par un code.",
        liens=[PAR_CODE],
    ),
    page(
        "connexion/second-facteur/",
        mfa.AuthenticateView,
        "mfa_authenticate",
        "Confirmer avec votre application",
        "Se connecter",
        template=RESTART,
        chapeau="Entrez le code que montre votre application d’authentification, ou un code de secours.",
    ),
    path(
        "compte/deconnexion/",
        # Open: whoever is half way through signing in leaves by it too.
        login_not_required(
            account.LogoutView.as_view(
                template_name=FORM,
                extra_context={"titre": "Se déconnecter", "bouton": "Se déconnecter", "chapeau": "", "liens": [RETOUR]},
            )
        ),
        name="account_logout",
    ),
    page("", mfa.IndexView, "mfa_index", "Mon compte", template="acteurs/compte.html"),
    page(
        "confirmation/",
        account.ReauthenticateView,
        "account_reauthenticate",
        "Confirmer que c’est vous",
        "Continuer",
        chapeau="Ce qui suit touche à la sûreté de votre compte : redonnez votre mot de passe.",
    ),
    page(
        "confirmation/second-facteur/",
        mfa.ReauthenticateView,
        "mfa_reauthenticate",
        "Confirmer que c’est vous",
        "Continuer",
        chapeau="Ce qui suit touche à la sûreté de votre compte : entrez un code de votre application.",
    ),
    page(
        "mot-de-passe/",
        account.PasswordChangeView,
        "account_change_password",
        "Changer de mot de passe",
        "Changer",
        liens=[RETOUR],
    ),
    page(
        "mot-de-passe/choisir/",
        account.PasswordSetView,
        "account_set_password",
        "Choisir un mot de passe",
        "Choisir ce mot de passe",
        liens=[RETOUR],
    ),
    page(
        "second-facteur/activer/",
        totp.ActivateTOTPView,
        "mfa_activate_totp",
        "Protéger votre compte par un second facteur",
        "Activer",
        template="acteurs/activation.html",
    ),
    page(
        "second-facteur/retirer/",
        totp.DeactivateTOTPView,
        "mfa_deactivate_totp",
        "Retirer le second facteur",
        "Retirer",
        chapeau="L’application d’authentification et les codes de secours ne serviront plus. L’équipe d’un contrat et "
        "l’administration devront en activer un nouveau avant de continuer.",
        liens=[RETOUR],
    ),
    page(
        "second-facteur/codes-de-secours/",
        recovery.ViewRecoveryCodesView,
        "mfa_view_recovery_codes",
        "Codes de secours",
        template="acteurs/codes_de_secours.html",
    ),
    page(
        "second-facteur/codes-de-secours/nouveaux/",
        recovery.GenerateRecoveryCodesView,
        "mfa_generate_recovery_codes",
        "Faire de nouveaux codes de secours",
        "Faire de nouveaux codes",
        chapeau="Les codes de secours que vous avez déjà ne serviront plus.",
        liens=[RETOUR],
    ),
]
