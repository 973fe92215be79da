"""The heads of the trace leave the machine: each night, those written since the last message go to an address."""

from datetime import datetime

from django.conf import settings
from django.db import transaction

from tenir.core import courriels, horloge, releves
from tenir.core.lettre import Message
from tenir.core.sommeil import asleep
from tenir.core.typographie import date_fr, pluriel

GENRE = "releve-de-trace"
"""The kind of these messages; their `cible` is the numbers of the first and the last head: « 12-15 »."""
TEXT = """Voici {count} de la trace de ce site : où en était chaque suite de changements, et son empreinte.

Gardez ce message. Si la trace était un jour réécrite, ou sa fin coupée, il le montrerait : enregistré dans un \
fichier, il se compare par « tenir verifier-trace --contre » suivi du nom de ce fichier.

{lines}

Aucun de ces nombres ne dit ce qui a changé, ni qui l’a changé."""


@transaction.atomic
def ask() -> None:
    """Ask for the message of the heads that were not sent yet; a copy that sleeps asks for none."""
    if not settings.RELEVES_ADRESSE or asleep():
        return
    registre = releves.locked()
    if registre.nombre > registre.envoyes:
        cible = f"{registre.envoyes + 1}-{registre.nombre}"
        courriels.enqueue(cle=f"{GENRE}/{cible}/{registre.derniere[:16]}", genre=GENRE, cible=cible)
        registre.envoyes = registre.nombre
        registre.save(update_fields=["envoyes"])


def write(cible: str, now: datetime) -> Message | str:
    """The message, or why it no more leaves."""
    if not settings.RELEVES_ADRESSE:
        return "Aucune adresse ne reçoit plus les relevés de la trace (TENIR_RELEVES_ADRESSE)."
    first, last = map(int, cible.split("-"))
    lines = releves.lines_of(releves.main_file())[first - 1 : last]
    if len(lines) != last - first + 1:
        return "Les relevés de ce message manquent au fichier : la trace se vérifie par tenir verifier-trace."
    text = TEXT.format(count=pluriel(len(lines), "relevé"), lines="\n".join(lines))
    return Message(settings.RELEVES_ADRESSE, f"relevés de la trace du {date_fr(horloge.day_of(now))}", text)
