"""Where e-mail goes: a server given by one address, or files beside the database."""

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

LOOPBACK = {"localhost", "127.0.0.1", "::1"}


class AdresseSMTP(ValueError):
    """`TENIR_SMTP` cannot be read; the message is the French sentence to show."""


def mail_settings(address: str, folder: Path) -> dict[str, Any]:
    """Return the settings of Django for `smtps://nom:secret@serveur:465`, `smtp://…:587` (STARTTLS), or nothing.

    Without an address, messages are written in `folder`, one file each. A server on this machine needs no TLS.

    Raises:
        AdresseSMTP: the address is not one of these.
    """
    if not address:
        return {"EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend", "EMAIL_FILE_PATH": str(folder)}
    parts = urlsplit(address)
    try:
        port = parts.port
    except ValueError:
        port = -1
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname or port == -1:
        raise AdresseSMTP("TENIR_SMTP s’écrit smtps://nom:secret@serveur:465 ou smtp://nom:secret@serveur:587.")
    sealed, here = parts.scheme == "smtps", parts.hostname in LOOPBACK
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": port or (465 if sealed else 25 if here else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": sealed,
        "EMAIL_USE_TLS": not sealed and not here,
        "EMAIL_TIMEOUT": 10,
    }
