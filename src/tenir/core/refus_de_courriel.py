"""Why a message did not leave, in French, with the words of the server: never a value of the language.

Codes: RFC 5321 (replies) and RFC 3463 (enhanced status codes), in the words of who reads them.
"""

import re
import socket
import ssl
from smtplib import (
    SMTPAuthenticationError,
    SMTPDataError,
    SMTPException,
    SMTPRecipientsRefused,
    SMTPResponseException,
    SMTPSenderRefused,
    SMTPServerDisconnected,
)

PERMANENT = 500
"""From this reply on (RFC 5321), a server refuses for good; below, it asks to come back later."""
ENHANCED = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")
MEANT = {
    "1.1": "utilisateur inconnu",
    "1.2": "domaine inconnu",
    "1.3": "adresse mal écrite",
    "1.6": "boîte déplacée, sans adresse pour la suite",
    "1.10": "ce domaine ne reçoit pas de courriel",
    "2.0": "boîte en défaut",
    "2.1": "boîte fermée",
    "2.2": "boîte pleine",
    "2.3": "message trop long pour cette boîte",
    "3.1": "le serveur n’a plus de place",
    "3.2": "le serveur ne prend rien en ce moment",
    "3.4": "message trop long pour ce serveur",
    "4.1": "le serveur ne répond pas",
    "4.2": "la liaison s’est coupée",
    "4.4": "son serveur est introuvable",
    "4.5": "le serveur est surchargé",
    "4.7": "délai dépassé",
    "5.0": "demande mal comprise",
    "7.0": "refusé par une règle de sécurité",
    "7.1": "refusé par une règle de ce serveur",
    "7.8": "nom ou mot de passe refusé",
    "7.26": "l’expéditeur n’est pas authentifié (SPF, DKIM)",
}
REPLIES = {
    421: "le serveur ne prend rien en ce moment",
    450: "boîte occupée, ou premier message à laisser attendre",
    451: "erreur passagère du serveur",
    452: "le serveur n’a plus de place",
    550: "adresse inconnue ou fermée",
    551: "adresse d’un autre serveur",
    552: "boîte pleine",
    553: "adresse mal écrite",
    554: "message refusé",
}
NETWORK: tuple[tuple[type[BaseException], str], ...] = (
    (SMTPAuthenticationError, "le nom ou le mot de passe de TENIR_SMTP est refusé"),
    (SMTPServerDisconnected, "le serveur a coupé la conversation"),
    (ConnectionRefusedError, "connexion refusée"),
    (ConnectionResetError, "connexion coupée"),
    (TimeoutError, "pas de réponse"),
    (socket.gaierror, "nom introuvable"),
    (ssl.SSLError, "certificat ou chiffrement refusé"),
)


def code_of(error: BaseException) -> int:
    """The reply of the server, the gravest when it gave several; one that is no reply counts as permanent."""
    if isinstance(error, SMTPRecipientsRefused):
        return max(code for code, _ in error.recipients.values())
    return int(getattr(error, "smtp_code", PERMANENT))


def told_refusal(error: SMTPException) -> str:
    """« adresse refusée par son serveur : 5.1.1 utilisateur inconnu », then the words of the server."""
    code, words = code_of(error), _words(error)
    lasting = "" if code >= PERMANENT else " pour l’instant"
    address = isinstance(error, SMTPRecipientsRefused)
    refused = f"adresse refusée{lasting} par son serveur" if address else f"message refusé{lasting} par le serveur"
    return f"{refused} : {_meaning(code, words)}{_quoted(words)}"


def told_failure(error: BaseException) -> str:
    """Why a message given at once was not taken: refused, or nobody to give it to."""
    if isinstance(error, SMTPRecipientsRefused | SMTPSenderRefused | SMTPDataError):
        return told_refusal(error)
    return told_silence(error)


def told_silence(error: BaseException) -> str:
    """« serveur de courriel injoignable : connexion refusée »: nothing was said to it, or it broke off."""
    if isinstance(error, SMTPResponseException) and not isinstance(error, SMTPAuthenticationError):
        words = _words(error)
        return f"serveur de courriel indisponible : {_meaning(code_of(error), words)}{_quoted(words)}"
    why = next((said for kind, said in NETWORK if isinstance(error, kind)), "liaison impossible")
    return f"serveur de courriel injoignable : {why}"


def _meaning(code: int, words: str) -> str:
    if found := ENHANCED.search(words):
        meant = MEANT.get(f"{found[2]}.{found[3]}", MEANT.get(f"{found[2]}.0", REPLIES.get(code, "refus")))
        return f"{found[0]} {meant}"
    return f"{code} {REPLIES.get(code, 'refus sans explication')}"


def _quoted(words: str) -> str:
    return f" (« {words} »)" if words else ""


def _words(error: BaseException) -> str:
    """What the server said, on one line."""
    if isinstance(error, SMTPRecipientsRefused):
        said: object = max(error.recipients.values(), key=lambda reply: reply[0])[1]
    else:
        said = getattr(error, "smtp_error", "")
    text = _decoded(said) if isinstance(said, bytes) else str(said)
    return " ".join(text.split())


def _decoded(said: bytes) -> str:
    try:
        return said.decode()
    except UnicodeDecodeError:
        return said.decode("latin-1")
