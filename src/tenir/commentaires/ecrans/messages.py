"""What tells someone of a comment, written when it leaves: its words as they stand then, or why it must not leave."""

from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from tenir.commentaires.ecrans.commun import title_of, told_thing, url_of, who
from tenir.commentaires.models import PersonneCitee
from tenir.commentaires.services.commentaires import CITATION
from tenir.commentaires.services.liens import WITH, reader_of, token_of
from tenir.core import horloge
from tenir.core.lettre import Message
from tenir.habilitations.correspondance import sender_of

GONE = "Ce commentaire a été repris."


def write_citation(cible: str, now: datetime) -> Message | str:
    """The message to someone told of a comment."""
    found = PersonneCitee.objects.select_related(*WITH).filter(pk=cible).first()
    if found is None:
        return GONE
    with horloge.zone(found.commentaire.espace):
        return _written(found)


def _written(citee: PersonneCitee) -> Message | str:
    source = citee.commentaire
    if source.retire_le:
        return "L’équipe a retiré ce commentaire."
    reader = reader_of(citee)
    if reader is None:
        return "Cette personne ne lit plus ce dont parle ce commentaire, ou n’a plus d’adresse."
    path = reverse("commentaire", args=[token_of(citee)]) if reader.par_lien else url_of(source.chose)
    given = {
        "qui": who(source),
        "repond": source.par_lien,
        "fictif": " (contrat fictif, pour la démonstration)" if source.espace.fictif else "",
        "chose": told_thing(source.chose),
        "texte": source.texte,
        "par_lien": reader.par_lien,
        "lien": f"{settings.ADRESSE}{path}",
    }
    text = render_to_string("commentaires/courriels/citation.txt", given)
    objet = f"{source.auteur} {'vous répond' if source.par_lien else 'vous écrit'} : {title_of(source.chose)}"
    return Message(citee.personne.email, objet, text, sender_of(source.espace, None))


MESSAGES = {CITATION: write_citation}
NOMS = {CITATION: "Commentaire"}
