"""The one door by which a message leaves: what every one of them says, whoever writes it.

That it is automatic (RFC 3834: an absence does not answer it), whom it comes from and whom a reply reaches, whom to
call, where and what it is about from its subject on, one greeting. A test finds every kind and holds it to that.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.headerregistry import Address
from email.utils import format_datetime, make_msgid, parseaddr
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.http import HttpRequest

from tenir.core import horloge
from tenir.core.piece import by_name

ONE_CLICK = ("List-Unsubscribe", "One-Click")
"""What a mail program posts (RFC 8058); it has no cookie, hence no CSRF token: the secret of the address is enough."""
AUTOMATIC = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}
GREETED = re.compile(r"\s*(bonjour|bonsoir|madame|monsieur|mesdames|messieurs|chers?|chères?)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Expediteur:
    """Whom a message comes from. `lieu` starts its subject; `service`, `telephone`, `courriel`, `adresse`: whom
    to call, and where one is received.
    """

    nom: str
    lieu: str = ""
    service: str = ""
    telephone: str = ""
    courriel: str = ""
    adresse: str = ""
    fictif: bool = False

    def foot(self) -> str:
        """The last lines of a message; what is not known is left out."""
        called = " : ".join(part for part in (self.nom, self.service) if part)
        phone = f"Téléphone : {self.telephone}" if self.telephone else ""
        mail = f"Pour nous écrire, répondez à ce message ({self.courriel})." if self.courriel else ""
        return "\n".join(line for line in (called, self.adresse, phone, mail) if line)


@dataclass(frozen=True, slots=True)
class Message:
    """What leaves: to one address, what it asks (its subject without the place), a text without greeting nor foot."""

    adresse: str
    objet: str
    corps: str
    de: Expediteur = field(default_factory=lambda: of_the_site())
    entetes: Mapping[str, str] = field(default_factory=dict)


def of_the_site() -> Expediteur:
    """Whom the messages of no contract come from: whoever publishes the site."""
    told = settings.EDITEUR
    mail = told["contact"] if "@" in parseaddr(told["contact"])[1] else ""
    return Expediteur(
        "Tenir", "Tenir", told["nom"], "" if mail else told["contact"], mail, fictif=settings.DEMONSTRATION
    )


def compose(message: Message, connection: Any = None) -> EmailMessage:
    """The whole message, headers included."""
    de = message.de
    return EmailMessage(
        _subject(message),
        f"{_greeted(message.corps)}\n\n{de.foot()}\n",
        str(Address(de.nom, addr_spec=parseaddr(settings.DEFAULT_FROM_EMAIL)[1])),
        [message.adresse],
        reply_to=[de.courriel] if de.courriel else None,
        headers={**AUTOMATIC, **_identity(), **message.entetes},
        connection=connection,
    )


def post(genre: str, message: Message) -> None:
    """Give a message to the server at once, of a kind that its room declares (`Piece(at_once=…)`).

    Raises:
        LookupError: no room declares this kind.
        OSError, smtplib.SMTPException: it was not taken; `core.refus_de_courriel` says why in French.
    """
    if genre not in by_name("at_once"):
        raise LookupError(f"« {genre} » is no kind of message that a room declares")
    compose(message).send()


def left_in_one_click(link: str) -> dict[str, str]:
    """The headers by which mail programs offer to leave in one gesture, by a POST to this address (RFC 8058)."""
    return {"List-Unsubscribe": f"<{link}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


def is_one_click(request: HttpRequest) -> bool:
    """Whether a mail program posts this: it read no page, and follows no redirect (RFC 8058 § 3.1)."""
    return request.POST.get(ONE_CLICK[0]) == ONE_CLICK[1]


def host() -> str:
    """The name of the site, in its own messages."""
    return urlsplit(settings.ADRESSE).hostname or "localhost"


def _subject(message: Message) -> str:
    place = f"{message.de.lieu} : " if message.de.lieu and message.de.lieu not in message.objet else ""
    fictif = "[fictif] " if message.de.fictif else ""
    return " ".join(f"{fictif}{place}{message.objet}".split())


def _greeted(text: str) -> str:
    """A text with one greeting: that of the team when it wrote one, ours otherwise."""
    body = text.strip()
    return body if GREETED.match(body) else f"Bonjour,\n\n{body}"


def _identity() -> dict[str, str]:
    return {"Message-ID": make_msgid(domain=host()), "Date": format_datetime(horloge.local(horloge.now()))}
