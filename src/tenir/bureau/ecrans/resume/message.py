"""What a summary says, written when it leaves: each contract she has a role in, what waits for her, what is new."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from tenir.acteurs.models import Personne
from tenir.bureau.ecrans.nouveau import novelties
from tenir.bureau.models import Resume
from tenir.bureau.services.resumes import Periode, period_of, token_of
from tenir.core import horloge
from tenir.core.composants import Item
from tenir.core.lettre import Message, left_in_one_click
from tenir.core.typographie import typo
from tenir.ecran.blocs import sections_of, sentence
from tenir.ecran.navigation import address
from tenir.fichier.mots import plain
from tenir.habilitations.correspondance import sender_of
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, acces_of

SHOWN = 8
"""How many things that are new a summary tells of a contract; the others are behind its link."""


@dataclass(frozen=True, slots=True)
class Chapitre:
    """One contract in a summary. `autres`: how many things that are new it leaves out."""

    espace: EspaceDeContrat
    lien: str
    attend: str
    nouveautes: Sequence[Item]
    autres: int


def write_summary(cible: str, now: datetime) -> Message | str:
    """The summary of someone for a period; nothing when she wants none, has no role now, or nothing is to be told."""
    number, cle = cible.split("/")
    personne = Personne.objects.filter(pk=number).first()
    if personne is None or not personne.email:
        return "Cette personne n’a plus d’adresse."
    resume, acces, periode = Resume.objects.get(personne=personne), acces_of(personne), period_of(cle)
    found = [_chapter(acces, espace, periode) for espace in sorted(acces.contracts(), key=lambda one: plain(str(one)))]
    told = [chapter for chapter in found if chapter.attend or chapter.nouveautes]
    if resume.rythme == Resume.Rythme.JAMAIS:
        return "Cette personne ne veut plus de résumé."
    if not told:
        return "Rien n’est nouveau, rien n’attend."
    return _message(resume, told, periode)


def _chapter(acces: Acces, espace: EspaceDeContrat, periode: Periode) -> Chapitre:
    with horloge.zone(espace):
        new = novelties(acces, espace, *periode.moments())
        waits = sentence(sections_of(acces, espace, horloge.today()))
    link = f"{settings.ADRESSE}{address('aujourdhui', espace)}"
    return Chapitre(espace, link, waits, new[:SHOWN], max(0, len(new) - SHOWN))


def _message(resume: Resume, told: list[Chapitre], periode: Periode) -> Message:
    link = f"{settings.ADRESSE}{reverse('resume', args=[token_of(resume)])}"
    given = {"chapitres": told, "periode": periode.nom, "lien": link, "rythme": resume.get_rythme_display()}
    de = sender_of(told[0].espace if len(told) == 1 else None)
    subject = typo(f"ce qui est nouveau et ce qui vous attend, {periode.nom}")
    headers = left_in_one_click(link)
    body = render_to_string("bureau/resume/courriel.txt", given)
    return Message(resume.personne.email, subject, body, de, headers)
