"""Writing a comment that tells people, correcting it for some minutes, withdrawing it with a reason."""

import re
from collections.abc import Iterable
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction

from tenir.acteurs.models import Personne
from tenir.commentaires.lecteurs import Lecteur, right_of, whom
from tenir.commentaires.models import Chose, Commentaire, PersonneCitee, about, espace_of
from tenir.core import courriels, horloge
from tenir.core.marques import Lu, refuse_unread
from tenir.core.requetes import still
from tenir.core.trace import Fait
from tenir.core.typographie import typo
from tenir.ecran.annulation.gestes import Chose as Objet
from tenir.ecran.annulation.gestes import geste
from tenir.ecran.seuils import undone_until
from tenir.engagements.models import SuiviDEngagement
from tenir.engagements.services import engagement as engagements
from tenir.fiches.models import FicheAction
from tenir.fiches.services import fiche as fiches
from tenir.habilitations.numeros import hold
from tenir.habilitations.parole import own
from tenir.habilitations.rights import Acces, Refus, require

CREATE, WITHDRAW = "commentaire.create", "commentaire.withdraw"
CITATION = "citation"
"""The kind of the message that tells someone."""
REPONSE = "réponse"
"""The kind, in the trace, of an answer that one comments on."""
LINK_LIVES = timedelta(days=40)
"""How long the link of someone told opens: a month of holidays, and some days."""
NAMED = re.compile(r"(?<![\w.+-])@([\w’'-]+(?: [A-ZÀ-Þ][\w’'-]*)*)")
"""A name after an « @ »: its words, as long as they begin by a capital; never an address."""
MOST_IN_AN_HOUR, MOST_CITED = 20, 10
"""How many comments one person writes in an hour, how many people one comment tells."""
NOT_HERS = "Un commentaire est corrigé par qui l’a écrit, et par personne d’autre."
LATE = "Un commentaire se corrige pendant dix minutes : écrivez-en un autre, ou demandez à l’équipe de le retirer."


def object_of(chose: Chose, right: str = CREATE) -> Objet:
    """What one comments on as the trace and the undo name it."""
    if isinstance(chose, FicheAction):
        return fiches.about(chose, right)
    if isinstance(chose, SuiviDEngagement):
        return engagements.about(chose, right)
    title = f"réponse à {chose.code}"
    return Objet(chose, REPONSE, str(chose.pk), title, right, espace_of(chose))


def told(made: Commentaire) -> str:
    """The noun of a comment in the trace, which never keeps its words."""
    return f"commentaire n° {made.pk}"


@transaction.atomic
def write(*, by: Acces, chose: Chose, texte: str, citer: Iterable[int] = ()) -> Commentaire:
    """Comment on a thing and tell people, by their numbers; each has a message at once.

    Raises:
        Refus: she may not write, or not read the thing.
        ValidationError: it says nothing, too many in an hour, someone told who does not read the thing.
    """
    espace = espace_of(chose)
    require(by, CREATE, espace)
    require(by, right_of(chose), espace, chose)
    hold(espace)
    refuse_flood(by.personne)
    people = _known(by, chose, set(citer), texte)
    made = Commentaire(espace=espace, auteur=by.personne, pour=own(by, espace).organisation, **about(chose))
    made.texte, made.niveau = texte.strip(), level_of(chose)
    made.full_clean()
    thing = object_of(chose)
    with geste(by, thing, "commentaire écrit") as g:
        g.keep(made)
        made.save()
        for one in people:
            citee = _citee(made, one)
            g.keep(citee)
            _post(citee)
        g.tell([Fait(thing.genre, thing.code, told(made), "", "écrit")])
    return made


def level_of(chose: Chose) -> int:
    """Who reads what is said of a thing."""
    pour = Commentaire.Pour
    return pour.PARTENAIRES if isinstance(chose, FicheAction | SuiviDEngagement) else pour.EQUIPE


def refuse_flood(personne: Personne) -> None:
    """Refuse more than someone writes in an hour.

    Raises:
        ValidationError: she wrote as many already.
    """
    since = horloge.now() - timedelta(hours=1)
    if Commentaire.objects.filter(auteur=personne, ecrit_le__gt=since).count() >= MOST_IN_AN_HOUR:
        raise ValidationError(typo(f"Vous avez écrit {MOST_IN_AN_HOUR} commentaires en une heure : attendez un peu."))


def _known(by: Acces, chose: Chose, numbers: set[int], texte: str) -> list[Lecteur]:
    """Those whom a comment tells: chosen, or named after an « @ » in its words."""
    readers = whom(by, chose) if numbers or "@" in texte else {}
    called = numbers | {number for number, one in readers.items() if f"@{one.personne.nom}".casefold() in _flat(texte)}
    called.discard(by.personne.pk)
    if called - readers.keys():
        raise ValidationError({"citer": "Choisissez des personnes qui lisent ceci."})
    if len(called) > MOST_CITED:
        raise ValidationError({"citer": typo(f"Un commentaire prévient {MOST_CITED} personnes au plus.")})
    return [readers[number] for number in sorted(called)]


def unheard(by: Acces, chose: Chose, texte: str) -> list[str]:
    """The names written after an « @ » that call nobody: who they name does not read this, or has no address."""
    flat = " ".join(texte.split())
    called = list(NAMED.finditer(flat)) if "@" in flat else []
    known = [one.personne.nom.casefold() for one in whom(by, chose).values()] if called else []
    names = (*known, by.personne.nom.casefold())
    return [one.group(1) for one in called if not flat[one.start(1) :].casefold().startswith(names)]


def _flat(texte: str) -> str:
    return " ".join(texte.split()).casefold()


def tell(made: Commentaire, reader: Lecteur) -> None:
    """Tell someone of a comment that is written, by a message at once."""
    _post(_citee(made, reader))


def _citee(made: Commentaire, reader: Lecteur) -> PersonneCitee:
    until = horloge.now() + LINK_LIVES
    return PersonneCitee(commentaire=made, personne=reader.personne, par_lien=reader.par_lien, expire_le=until)


def _post(citee: PersonneCitee) -> None:
    citee.full_clean()
    citee.save()
    courriels.enqueue(cle=f"{CITATION}/{citee.alea}", genre=CITATION, cible=str(citee.pk))


def may_correct(by: Acces, found: Commentaire) -> bool:
    """Whether a comment is hers, stands, and may still be corrected."""
    return found.auteur_id == by.personne.pk and is_fresh(found) and not found.par_lien


def is_fresh(found: Commentaire) -> bool:
    """Whether its words may still change: as long as a gesture may be undone."""
    return found.retire_le is None and undone_until(found.ecrit_le) > horloge.now()


def shown(found: Commentaire) -> Lu:
    """What a page shows of a comment that one is about to change."""
    return {"commentaire": found.texte}


@transaction.atomic
def correct(*, by: Acces, commentaire: Commentaire, texte: str, lu: Lu | None = None) -> Commentaire:
    """Write again one's own comment, as long as it may be undone; the trace does not keep the words.

    Raises:
        Refus: it is another's.
        Perime: its words are no more those that were read.
        ValidationError: it is gone, it is too late, it says nothing.
    """
    if commentaire.auteur_id != by.personne.pk:
        raise Refus(NOT_HERS)
    found = _locked(commentaire)
    require(by, CREATE, found.espace)
    if not may_correct(by, found):
        raise ValidationError(LATE)
    refuse_unread(lu, shown(found), {"commentaire": texte.strip()})
    thing = object_of(found.chose)
    with geste(by, thing, "commentaire corrigé") as g:
        g.keep(found)
        found.texte, found.corrige_le = texte.strip(), horloge.now()
        found.full_clean()
        found.save(update_fields=["texte", "corrige_le"])
        g.tell([Fait(thing.genre, thing.code, told(found), "écrit", "corrigé")])
    return found


@transaction.atomic
def withdraw(*, by: Acces, commentaire: Commentaire, motif: str, lu: Lu | None = None) -> Commentaire:
    """Take the words of a comment away, saying why; whoever was told and had no message yet has none.

    Raises:
        Refus: she may not.
        Perime: its words are no more those that were read.
        ValidationError: it is gone or withdrawn already, no reason is given.
    """
    require(by, WITHDRAW, commentaire.espace)
    found = _locked(commentaire)
    if found.retire_le:
        raise ValidationError("Ce commentaire est déjà retiré.")
    refuse_unread(lu, shown(found))
    thing = object_of(found.chose, WITHDRAW)
    with geste(by, thing, "commentaire retiré") as g:
        g.keep(found)
        found.texte, found.motif = "", motif.strip()
        found.retire_le, found.retire_par = horloge.now(), by.personne
        found.full_clean()
        found.save(update_fields=["texte", "motif", "retire_le", "retire_par"])
        g.tell([Fait(thing.genre, thing.code, told(found), "écrit", "retiré")], found.motif)
    return found


def _locked(commentaire: Commentaire) -> Commentaire:
    return still(Commentaire.objects.select_for_update(of=("self",)).whole(), commentaire)
