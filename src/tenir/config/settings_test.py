"""The settings of the tests: plain HTTP, static files unhashed, unknown template variables fail."""

from tenir.config.settings import *  # noqa: F403
from tenir.config.settings import STORAGES, TEMPLATES

SECRET_KEY = "tests-only"  # noqa: S105
ALLOWED_HOSTS = ["*"]
SECURE_SSL_REDIRECT = False
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}


class UnknownVariable(str):
    """Refuses to stand for a template variable that the view did not give."""

    __slots__ = ()

    def __mod__(self, name: object) -> str:
        raise LookupError(f"Template variable {name!s} is unknown.")

    def __contains__(self, key: object) -> bool:
        return key == "%s"


TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = UnknownVariable("%s")
