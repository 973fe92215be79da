"""Page one of the paper of a committee."""

from collections.abc import Iterator

from tenir.bureau.papier.decisions import decisions
from tenir.bureau.papier.faits import Faits, carriers, few
from tenir.contrat.absences import unread
from tenir.core.carres import Carre, Rang, picture, sentence
from tenir.core.documents import Partie, Tableau, picture_of
from tenir.core.typographie import accord, capital, cut, date_fr, nombre, pluriel, typo
from tenir.engagements.ecrans.image import NO_PROMISE, squares
from tenir.engagements.signes import DE_L_ETAT, ORDRE
from tenir.fiches.ecrans.image import NO_ACTION, by_axis
from tenir.fiches.ecrans.tableau.lignes import Ligne
from tenir.fiches.enums import Statut
from tenir.fiches.signes import ORDRE as DES_ACTIONS
from tenir.fiches.signes import sign_of
from tenir.fichier.enums import Contenu

LATE, WORDS = 4, 80
"""How many late actions page one shows; how many characters of a news."""
NOTHING = "D’après ce qui est connu, rien n’attend une décision."


def lede(found: Faits) -> str:
    """What one who reads aloud says first."""
    if told := unread(found.espace, Contenu.ACTIONS):
        return typo(told)
    late, silent, asked = len(found.en_retard), len(found.muettes), len(decisions(found))
    parts = [f"{nombre(late)} {accord(late, 'est', 'sont')} en retard" if late else "aucune n’est en retard"]
    parts += [f"rien n’est annoncé pour {nombre(silent)}"] if silent else []
    question = pluriel(asked, "décision vous est demandée", "décisions vous sont demandées", genre="f", lettres=True)
    asks = capital(question) if asked else "Aucune décision ne vous est demandée"
    return typo(f"Sur {pluriel(len(found.actions), 'action')}, {' ; '.join(parts)}. {asks}.")


def first_page(found: Faits) -> Iterator[Partie]:
    """What is to be decided, what changed, two pictures, what is late and why, what is not known."""
    asked = [typo(f"{rank}. {one}") for rank, one in enumerate(decisions(found), start=1)]
    yield Partie("À décider", tuple(asked) or ("D’après ce qui est connu, rien n’attend une décision.",), encadree=True)
    yield Partie(
        typo(f"Ce qui a changé depuis le {date_fr(found.depuis)}"), tuple(typo(one) for one in _changes(found))
    )
    yield _actions(found)
    yield _promises(found)
    yield _late(found)
    yield Partie("Ce qu’on ne sait pas", (typo(_unknown(found)),))


def _changes(found: Faits) -> Iterator[str]:
    """What was declared since, state by state; what became late since."""
    moved = [one for one in found.actions if one.fiche.statut_depuis and one.fiche.statut_depuis >= found.depuis]
    kept = [one for one in found.engagements if one.etat_depuis and one.etat_depuis >= found.depuis]
    late = sum(found.since(one) >= found.depuis for one in found.en_retard)
    done = [one.fiche.action.titre for one in moved if one.fiche.statut == Statut.REALISEE]
    if moved:
        named = f" Réalisées : {few(done)}." if done else ""
        yield f"Actions : {sentence((Carre(sign_of(one.fiche.statut), '') for one in moved), DES_ACTIONS)}.{named}"
    if kept:
        yield f"Engagements : {sentence((Carre(DE_L_ETAT[one.etat], '') for one in kept), ORDRE)}."
    if late:
        yield f"{pluriel(late, 'action')} {accord(late, 'est entrée', 'sont entrées')} en retard."
    if not (moved or kept or late):
        yield "Personne n’a rien déclaré de nouveau."


def _actions(found: Faits) -> Partie:
    image = picture_of(
        by_axis(found.actions, found.espace),
        resume="Où en sont les actions, axe par axe",
        colonnes=("Axe", "Un carré, une action", "En toutes lettres"),
    )
    silent = unread(found.espace, Contenu.ACTIONS) or NO_ACTION
    return Partie("Où en sont les actions", image=image, vide=typo(silent), en_regard=True)


def _promises(found: Faits) -> Partie:
    row = Rang("Tous les signataires", squares(found.engagements, found.le), vide=NO_PROMISE, ordre=ORDRE)
    image = picture_of(
        picture([row], ORDRE),
        resume="Où en sont les engagements",
        colonnes=("Qui s’est engagé", "Un carré, un engagement", "En toutes lettres"),
    )
    silent = unread(found.espace, Contenu.ENGAGEMENTS) or "Le contrat n’écrit aucun engagement."
    return Partie("Où en sont les engagements", image=image, vide=typo(silent), en_regard=True)


def _late(found: Faits) -> Partie:
    shown = found.en_retard[:LATE]
    left = len(found.en_retard) - len(shown)
    title = "Ce qui est en retard, et pourquoi"
    if not shown:
        return Partie(title, vide="Aucune action n’est en retard, là où une date est donnée.")
    rest = (typo(f"Les {LATE} plus anciens ; {nombre(left)} {accord(left, 'autre')} dans le détail."),) if left else ()
    lines = tuple(tuple(typo(cell) for cell in late_cells(found, one)) for one in shown)
    table = Tableau(title, ("Action", "Qui porte", "Depuis le", "Dernière nouvelle"), (15, 13, 9, 19), lines)
    return Partie(title, rest, table)


def late_cells(found: Faits, line: Ligne) -> tuple[str, ...]:
    """A late action in a row: its title, who carries it, since when, what was last said of it."""
    return (line.fiche.action.titre, carriers(line, 1), date_fr(found.since(line)), _said(found, line))


def _said(found: Faits, line: Ligne) -> str:
    news = found.nouvelles.get(line.fiche.pk)
    if news is None:
        return "personne n’a dit pourquoi"
    text = cut(news.texte, WORDS)
    return f"{text} ({date_fr(news.le)})"


def _unknown(found: Faits) -> str:
    """What nobody said, in one sentence, and how far what was said is to be believed."""
    mute = sum(not one.etat for one in found.engagements)
    undated = sum(not (one.fiche.debut_attendu or one.fiche.fin_attendue or one.prochain) for one in found.actions)
    said = [f"rien n’est annoncé pour {pluriel(len(found.muettes), 'action')}"] if found.muettes else []
    said += [f"rien n’est annoncé pour {pluriel(mute, 'engagement')}"] if mute else []
    said += [f"{pluriel(undated, 'action')} sans date, donc sans retard visible"] if undated else []
    told = f"{capital(' ; '.join(said))}. " if said else ""
    return f"{told}Chaque organisme déclare ce qui le concerne : personne ne l’a vérifié sur place."
