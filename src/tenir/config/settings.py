"""Settings, all from the environment, each with a safe default.

`TENIR_LOCAL=1` is the one switch of `make run`: plain HTTP on this machine. Without it the site expects HTTPS.
"""

import os
from pathlib import Path
from typing import Any

import dj_database_url
from csp.constants import NONE, SELF

from tenir.config.courriel import mail_settings
from tenir.config.dossier import open_folder
from tenir.config.reglages import ReglagesRefuses, without_secrets, wrong
from tenir.config.secret import secret_keys
from tenir.salles import APPLICATIONS

if faults := wrong(os.environ):
    raise ReglagesRefuses(faults)

ROOT = Path(__file__).resolve().parents[3]
VAR = Path(os.environ.get("TENIR_VAR", ROOT / "var"))
LOCAL = os.environ.get("TENIR_LOCAL") == "1"
if fault := open_folder(VAR, local=LOCAL):
    raise ReglagesRefuses([fault])
DEMONSTRATION = os.environ.get("TENIR_DEMONSTRATION") == "1"
"""Fictitious people to enter as, and an outbox that anyone reads: never on a server that holds real accounts."""

DEBUG = False
SECRET_KEY, *SECRET_KEY_FALLBACKS = secret_keys(VAR)
ALLOWED_HOSTS = os.environ.get("TENIR_HOTES", "localhost,127.0.0.1,[::1]").split(",")

MACHINE = os.environ.get("TENIR_MACHINE", "")
"""What tells this installation from a copy of it, where a machine takes another name each time it starts."""
ADRESSE = os.environ.get("TENIR_ADRESSE") or (
    "http://127.0.0.1:8000" if LOCAL else f"https://{ALLOWED_HOSTS[0].removeprefix('.')}"
)
"""Where the links of messages lead: the loop, which sends them, is asked by no browser."""

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "csp",
    "django_filters",
    *APPLICATIONS,
    "allauth",  # after the rooms, whose templates come first
    "allauth.account",
    "allauth.mfa",
]

MIDDLEWARE = [
    "tenir.core.pile.PileMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "tenir.core.conservation.ConservationMiddleware",
    "tenir.core.espaces.EspacesMiddleware",
    "tenir.core.demandes.CaracteresMiddleware",
    "tenir.core.panne.SanteSansCompte",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "tenir.habilitations.middleware.AccesMiddleware",
    "tenir.habilitations.second_facteur.SecondFacteurMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "tenir.acteurs.adaptateur.CourrielEnPanneMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "tenir.core.envois.UneFoisMiddleware",
    "tenir.ecran.perime.PerimeMiddleware",
    "tenir.public.middleware.SiglesMiddleware",
    "tenir.public.middleware.MovedItemMiddleware",
]

ROOT_URLCONF = "tenir.config.urls"
WSGI_APPLICATION = "tenir.config.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
            ],
            "builtins": ["tenir.core.templatetags.tenir"],
        },
    }
]
FORM_RENDERER = "tenir.core.formulaires.Rendu"

# FULL: what was acknowledged outlives a power cut, at about a millisecond a write.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA mmap_size=134217728;",
}
DATABASES = {
    "default": dj_database_url.parse(
        os.environ.get("TENIR_BASE") or f"sqlite:///{VAR / 'tenir.sqlite3'}",
        conn_max_age=60,
        conn_health_checks=True,  # a server that restarted left us connections that are dead
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"].setdefault("OPTIONS", {}).update(SQLITE_OPTIONS)

AUTH_USER_MODEL = "acteurs.Utilisateur"
LOGIN_URL = "/compte/connexion/"
LOGIN_REDIRECT_URL = "mes-contrats"
LOGOUT_REDIRECT_URL = "accueil"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
SESSION_COOKIE_AGE = 12 * 3600
ACCOUNT_ADAPTER = "tenir.acteurs.adaptateur.AdaptateurDeCompte"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # acteurs/formulaires.py writes to them: there is no sign-up to propose
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_RATE_LIMITS = {
    "request_login_code": "60/m/ip",  # a town hall has one address
    "codes_d_ici_pour_une_boite": "3/m/key,6/h/key",
    "codes_pour_une_boite": "30/h/key",  # five times what one place may ask: no one alone locks a mailbox out
    "candidater": "20/m/ip,200/h/ip",  # a meeting where twenty people fill the form on one network
    "enquete": "120/h/ip,400/d/ip",  # a library, a school: many answer from one address
    "preconisation": "6/h/ip,30/d/ip",  # a library or a town hall is one address, and a resident sends one thing
    "dossier": "10/h/ip,60/d/ip",  # a house of associations where several bodies apply on one day
    "abonnement": "10/m/ip,60/h/ip",  # a library, a school are one address
    "verifier": "10/m/ip,120/h/ip",  # a draft costs seconds of processor; a town hall is one address, and tries again
}
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_FORMS = {
    "login": "tenir.acteurs.formulaires.MotDePasse",
    "request_login_code": "tenir.acteurs.formulaires.DemandeDeCode",
    "confirm_login_code": "tenir.acteurs.formulaires.Code",
    "reauthenticate": "tenir.acteurs.formulaires.NouvelleVerification",
    "change_password": "tenir.acteurs.formulaires.ChangementDeMotDePasse",
    "set_password": "tenir.acteurs.formulaires.ChoixDeMotDePasse",
}
MFA_ADAPTER = "tenir.acteurs.adaptateur.AdaptateurDuSecondFacteur"
MFA_TOTP_ISSUER = "Tenir"
MFA_TOTP_TOLERANCE = 1
MFA_ALLOW_UNVERIFIED_EMAIL = True  # the address of an account is proved by the codes it receives
MFA_FORMS = {
    "authenticate": "tenir.acteurs.formulaires.SecondFacteur",
    "reauthenticate": "tenir.acteurs.formulaires.NouveauSecondFacteur",
    "activate_totp": "tenir.acteurs.formulaires.Activation",
}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if os.environ.get("TENIR_MANDATAIRE") == "1" else 0

# Attempts of sign-in are counted in the database: one count for every process of every machine, and no two at once.
FILE_UPLOAD_HANDLERS = [
    "tenir.core.televersement.Borne",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "core_entreedecache",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    }
}

COURRIELS = VAR / "courriels"
# In the demonstration nothing leaves this machine: its addresses are nobody's.
globals().update(mail_settings("" if DEMONSTRATION else os.environ.get("TENIR_SMTP", ""), COURRIELS))
DEFAULT_FROM_EMAIL = os.environ.get("TENIR_EXPEDITEUR", "tenir@localhost")
MESSAGE_TAGS = {10: "info", 20: "info", 25: "succes", 30: "attention", 40: "erreur"}
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

EDITEUR = {
    "nom": os.environ.get("TENIR_EDITEUR", ""),
    "contact": os.environ.get("TENIR_CONTACT", "contact@demonstration.example" if DEMONSTRATION else ""),
    "hebergeur": os.environ.get("TENIR_HEBERGEUR", ""),
    "code_source": os.environ.get("TENIR_CODE_SOURCE", ""),
}
"""What the legal pages say of who runs this site; what is missing shows as missing."""

LANGUAGE_CODE = "fr"
TIME_ZONE = "Europe/Paris"
USE_I18N = True
USE_TZ = True

MEDIA_ROOT = VAR / "documents"
FILE_UPLOAD_PERMISSIONS, FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o600, 0o700  # Django opens them to others by default
RELEVES = VAR / "releves-de-la-trace.csv"
"""The ends of the trace, kept outside the database."""
RELEVES_COPIE = os.environ.get("TENIR_RELEVES_COPIE", "")
"""The same on a second path, out of reach of whoever holds the data; empty: none."""
RELEVES_ADRESSE = os.environ.get("TENIR_RELEVES_ADRESSE", "")
"""To whom they are sent each night; empty: to nobody."""
SAUVEGARDES = os.environ.get("TENIR_SAUVEGARDES", "")
"""The folder of the nightly backups; empty: none is made."""
REGLAGES = without_secrets(os.environ)
"""What a backup tells of this installation."""

STATIC_URL = "/statique/"
STATIC_ROOT = VAR / "statique"
STORAGES = {
    "default": {"BACKEND": "tenir.core.disque.StockageEntier"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "img-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not LOCAL
SECURE_SSL_REDIRECT = not LOCAL
SECURE_REDIRECT_EXEMPT = [r"^sante(\.json)?$"]  # a monitor on this machine asks in plain HTTP
SECURE_HSTS_SECONDS = 0 if LOCAL else 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = not LOCAL
SECURE_HSTS_PRELOAD = not LOCAL
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if os.environ.get("TENIR_MANDATAIRE") == "1" else None

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"sans_jeton": {"()": "tenir.core.journal.SansJeton"}},
    "formatters": {"une_ligne": {"()": "tenir.core.journal.UneLigne"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "filters": ["sans_jeton"], "formatter": "une_ligne"},
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
}
