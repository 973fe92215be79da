"""The settings of the tests: plain HTTP, static files unhashed, quick passwords, unknown template variables fail."""

import os

os.environ.setdefault("TENIR_SECRET", "tests-only-" * 5)  # before the settings look for one: tests write no secret
os.environ.setdefault("TENIR_HOTES", "localhost")  # a server on trial is asked by no other name

from tenir.config.settings import *  # noqa: F403
from tenir.config.settings import DATABASES, STORAGES, TEMPLATES

ALLOWED_HOSTS = ["*"]
DEMONSTRATION = False  # whatever the environment says
SECURE_SSL_REDIRECT = False
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # the real one is slow on purpose
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True  # nothing is collected for the tests
DATABASES["default"]["CONN_MAX_AGE"] = 0  # a connection kept open would hold the test database at the end


class UnknownVariable(str):
    """Refuses to stand for a template variable that the view did not give."""

    __slots__ = ()

    def __mod__(self, name: object) -> str:
        raise LookupError(f"Template variable {name!s} is unknown.")

    def __contains__(self, key: object) -> bool:
        return key == "%s"


TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = UnknownVariable("%s")
