"""Settings, all from the environment, each with a safe default.

`TENIR_LOCAL=1` is the one switch of `make run`: plain HTTP on this machine. Without it the site expects HTTPS.
"""

import os
from pathlib import Path
from typing import Any

import dj_database_url
from csp.constants import NONE, SELF

from tenir.config.secret import secret_key

ROOT = Path(__file__).resolve().parents[3]
VAR = Path(os.environ.get("TENIR_VAR", ROOT / "var"))
VAR.mkdir(parents=True, exist_ok=True)
LOCAL = os.environ.get("TENIR_LOCAL") == "1"

DEBUG = False
SECRET_KEY = secret_key(VAR)
ALLOWED_HOSTS = os.environ.get("TENIR_HOTES", "localhost,127.0.0.1,[::1]").split(",")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "csp",
    "django_filters",
    "django_tables2",
    "tenir.core",
    "tenir.territoire",
    "tenir.acteurs",
    "tenir.habilitations",
    "tenir.contrat",
    "tenir.public",
    "tenir.tableau_de_bord",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "tenir.habilitations.middleware.AccesMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
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

SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA mmap_size=134217728;",
}
DATABASES = {
    "default": dj_database_url.parse(
        os.environ.get("TENIR_BASE") or f"sqlite:///{VAR / 'tenir.sqlite3'}", conn_max_age=60
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"].setdefault("OPTIONS", {}).update(SQLITE_OPTIONS)

AUTH_USER_MODEL = "acteurs.Utilisateur"
LOGIN_URL = "/compte/connexion/"
MESSAGE_TAGS = {10: "info", 20: "info", 25: "succes", 30: "attention", 40: "erreur"}
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

EDITEUR = {
    "nom": os.environ.get("TENIR_EDITEUR", ""),
    "contact": os.environ.get("TENIR_CONTACT", ""),
    "hebergeur": os.environ.get("TENIR_HEBERGEUR", ""),
    "code_source": os.environ.get("TENIR_CODE_SOURCE", ""),
}
"""What the legal pages say of who runs this site; what is missing shows as missing."""

LANGUAGE_CODE = "fr"
TIME_ZONE = "Europe/Paris"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/statique/"
STATIC_ROOT = VAR / "statique"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
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
SECURE_HSTS_SECONDS = 0 if LOCAL else 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = not LOCAL
SECURE_HSTS_PRELOAD = not LOCAL
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if os.environ.get("TENIR_MANDATAIRE") == "1" else None

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
DJANGO_TABLES2_TEMPLATE = "core/components/table.html"
