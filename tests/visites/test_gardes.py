"""Each guard that keeps something from someone, removed in turn: a test that holds it must see.

`GARDES` names the guard, the line of its function that is taken away, and the check that catches it. A guard whose
removal nothing catches fails here: it may be lost without a word.
"""

import inspect
import smtplib
import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

import pytest

from tenir.activite.enums import Forme
from tenir.activite.models import Entree, FluxDAgenda, ImportDEntrees, VersionDeNature
from tenir.activite.services import importation
from tenir.activite.services.evenements import Evenement, events_of
from tenir.core import horloge
from tenir.core.models import ChaineDeTrace, EntreeDeTrace
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.niveaux import Niveau
from tenir.habilitations.roles import Role
from tenir.points.models import Question
from tests.core import test_courriels as messages
from tests.core import test_trace as trace
from tests.parcours import Parcours
from tests.partage import undone
from tests.personnes import acces, body
from tests.points.test_points import test_what_the_team_has_dealt_with_is_not_handed_over as not_handed_over
from tests.visites.test_confidentialite import files_that_open_to_others, in_an_archive

Check = Callable[[Parcours, Path], object]
"""What catches the loss of a guard: it fails, or answers with what leaks."""


@dataclass(frozen=True, slots=True)
class Garde:
    """One guard. `fonction`: « module:name »; `ligne` is taken away, `sans` put in its place."""

    fonction: str
    ligne: str
    sans: str
    voit: Check


def shown(who: str, *names: str) -> Check:
    """The walk, as one reader, of some routes: as it was kept, until a guard is removed."""
    return lambda parcours, _folder: parcours.leaks(who, names, again=parcours.changed)


def archive(parcours: Parcours, folder: Path) -> list[str]:
    """What leaves in an archive."""
    return list(in_an_archive(parcours, folder))


def files(parcours: Parcours, _folder: Path) -> list[str]:
    """The files of the team that open to others."""
    return files_that_open_to_others(parcours)


def drafts(parcours: Parcours, _folder: Path) -> bool:
    """Whether a contract that is not public shows to anyone."""
    EspaceDeContrat.objects.filter(pk=parcours.espace.pk).update(etat="signe")
    return any(said for _, said in parcours.shown("visiteur", ["contrat", "actions"], again=True))


def team_sessions(parcours: Parcours, _folder: Path) -> list[Evenement]:
    """The sessions of the team that leave for whoever holds the address of a feed."""
    flux = FluxDAgenda(espace=parcours.espace, organisme=body("ccas"))
    today = horloge.today(parcours.espace)
    given = {"debut": today, "fin": today, "organisme": flux.organisme, "forme": Forme.SEANCE, "statut": "prévue"}
    mots = VersionDeNature.objects.filter(espace=parcours.espace).first()
    Entree.objects.create(espace=parcours.espace, numero=9_999, mots=mots, niveau=Niveau.EQUIPE, **given)
    return [one for one in events_of(flux, today) if "9999" in one.uid]


def tables_of_another_body(parcours: Parcours, _folder: Path) -> list[ImportDEntrees]:
    """The tables of another body that someone may follow."""
    espace, hers = parcours.espace, acces("Gil Gardé", Role.PARTENAIRE, parcours.espace)
    ImportDEntrees.objects.create(espace=espace, par=hers.personne, organisme=body("voisine"), contenu=[])
    return list(importation.imports_of(hers, espace).filter(organisme=body("voisine")))


def handed_over(parcours: Parcours, _folder: Path) -> None:
    """What was dealt with and goes to a colleague."""
    not_handed_over(Question.objects.get(pk=parcours.arguments["point-repondre"][1]).destinataire)


def refused_for_good(_parcours: Parcours, _folder: Path) -> None:
    """A message that the server refuses by the lowest of the codes that mean « never »."""
    courriel = messages.ask()
    assert (
        messages.courriels._refused(courriel, messages.timezone.now(), smtplib.SMTPDataError(500, b"non"))
        == messages.Etat.REFUSE
    )


def erasure_untold(_parcours: Parcours, _folder: Path) -> None:
    """An erasure that only another one tells, in a trace that holds nothing else."""
    EntreeDeTrace.objects.all().delete()
    ChaineDeTrace.objects.all().delete()
    trace.test_an_erasure_told_of_another_entry_does_not_tell_this_one()


GARDES = {
    "les vues d’une autre personne": Garde(
        "tenir.ecran.ecrans.vues.barre:_rows", ".shown_to(acces.personne)", "", shown("lecture", "fiches")
    ),
    "les vues d’une personne, dans l’archive": Garde(
        "tenir.contrat.archive.tables:tables_of", ", **SHARED.get(model.__name__, {})", "", archive
    ),
    "les permanences d’une salle qui ne les montre pas": Garde(
        "tenir.public.annuaire.vues:_permanences", "affichee=True, ", "", shown("visiteur", "annuaire")
    ),
    "le coût et la fréquentation d’un service tarifé": Garde(
        "tenir.tarifs.ecrans.services:tarif", "may(acces, COUNT, espace, found)", "True", shown("lecture", "tarif")
    ),
    "les scénarios de tarif": Garde(
        "tenir.tarifs.ecrans.services:tarif", "may(acces, RIGHT, espace)", "True", shown("lecture", "tarif")
    ),
    "les contacts, à qui ne les connaît pas": Garde(
        "tenir.commentaires.lecteurs:whom",
        " and (known or not one.par_lien)",
        "",
        shown("partenaire", "commentaire-nouveau"),
    ),
    "l’argent que l’équipe n’a pas publié": Garde(
        "tenir.public.credits.argent:_rows",
        "publishes(espace, Genre.FINANCEMENTS)",
        "True",
        shown("visiteur", "argent-du-contrat-export"),
    ),
    "les pièces publiques d’une action": Garde(
        "tenir.public.actions.avancement:pieces_of", ", niveau=Niveau.PUBLIC", "", shown("visiteur", "action")
    ),
    "les champs publics d’une action": Garde(
        "tenir.public.actions.avancement:_lines",
        "open_to_all(fiche.espace)",
        "('difficultes', 'aide_demandee')",
        shown("visiteur", "action"),
    ),
    "les nouvelles gardées": Garde(
        "tenir.public.actions.avancement:news_of",
        " and publishes(action.espace, Genre.NOUVELLES)",
        "",
        shown("visiteur", "action", "actions-export"),
    ),
    "les jalons gardés": Garde(
        "tenir.public.actions.avancement:told_steps",
        " or not publishes(action.espace, Genre.ETAPES)",
        "",
        shown("visiteur", "action"),
    ),
    "les engagements gardés": Garde(
        "tenir.public.signataires.suivi:suivi_of",
        " and publishes(engagement.espace, Genre.ENGAGEMENTS)",
        "",
        shown("visiteur", "engagement"),
    ),
    "les réunions qui ne sont pas publiées": Garde(
        "tenir.public.gouvernance.reunions:public_life", ".public()", "", shown("visiteur", "gouvernance")
    ),
    "les préconisations que l’équipe n’a pas publiées": Garde(
        "tenir.public.preconisations.vues:preconisations",
        ".public()",
        "",
        shown("visiteur", "preconisations-publiques"),
    ),
    "les appels à projets en brouillon": Garde(
        "tenir.public.appels.vues:appels", ".public()", "", shown("visiteur", "appels-a-projets-publics")
    ),
    "les appels à projets en brouillon, pour un partenaire": Garde(
        "tenir.appels.ecrans.commun:read_by", "else rows.public()", "else rows", shown("lecture", "appels-a-projets")
    ),
    "les préconisations à lire, pour un partenaire": Garde(
        "tenir.preconisations.ecrans.commun:read_by",
        "else rows.public()",
        "else rows",
        shown("lecture", "preconisations"),
    ),
    "un contrat qui n’est pas public": Garde("tenir.public.espace:contract_or_404", ".public()", ".all()", drafts),
    "les noms du document": Garde("tenir.fichier.document:_masked", "+ MASK", "+ line", shown("visiteur", "document")),
    "les séances de l’équipe, dans un agenda": Garde(
        "tenir.activite.services.evenements:events_of",
        ".up_to(Niveau.PARTENAIRES)",
        "",
        team_sessions,
    ),
    "les champs de la fiche": Garde(
        "tenir.fiches.ecrans.page.page:reads", "NIVEAUX[name] <= niveau", "True", shown("lecture", "fiche")
    ),
    "les pièces de la fiche": Garde(
        "tenir.fiches.ecrans.page.vues:_around", "filter(niveau__lte=niveau)", "all()", shown("lecture", "fiche")
    ),
    "le fichier d’une pièce": Garde(
        "tenir.fiches.ecrans.page.pieces:piece", "found.niveau > niveau_of(acces, espace, fiche)", "False", files
    ),
    "qui lit une fiche": Garde(
        "tenir.fiches.droits:niveau_of", "else Niveau.PARTENAIRES", "else Niveau.EQUIPE", shown("lecture", "fiche")
    ),
    "l’histoire d’une fiche, par champ": Garde(
        "tenir.fiches.histoire:history_of", ".exclude(champ__in=hidden)", "", shown("lecture", "fiche")
    ),
    "l’histoire d’une fiche, pièces réservées": Garde(
        "tenir.fiches.histoire:history_of",
        "found if niveau == Niveau.EQUIPE else found.exclude(champ__startswith=RESERVEE)",
        "found",
        shown("lecture", "fiche"),
    ),
    "les entrées de l’équipe": Garde(
        "tenir.activite.ecrans.commun:read_by",
        ".up_to(niveau_of(acces, espace))",
        "",
        shown("lecture", "activite", "activite-export"),
    ),
    "les tableurs d’un autre organisme": Garde(
        "tenir.activite.services.importation:_theirs",
        ".filter(organisme__in=[held.organisation_id for held in by.on(espace) if held.organisation_id])",
        "",
        tables_of_another_body,
    ),
    "l’histoire d’une entrée, par champ": Garde(
        "tenir.activite.histoire:history_of", ".exclude(champ__in=hidden)", "", shown("lecture", "entree")
    ),
    "les colonnes réservées du tableau": Garde(
        "tenir.fiches.ecrans.tableau.colonnes:offered",
        "confided = NIVEAUX.get(name, Niveau.PUBLIC) > Niveau.PARTENAIRES",
        "confided = False",
        shown("lecture", "fiches"),
    ),
    "les colonnes réservées de l’export": Garde(
        "tenir.fiches.ecrans.tableau.colonnes:offered",
        "confided = NIVEAUX.get(name, Niveau.PUBLIC) > Niveau.PARTENAIRES",
        "confided = False",
        shown("lecture", "fiches-export"),
    ),
    "les cellules d’un partenaire": Garde(
        "tenir.fiches.ecrans.tableau.colonnes:_confided",
        "niveau_of(acces, espace, line.fiche) >= Niveau.EQUIPE",
        "True",
        shown("partenaire", "fiches"),
    ),
    "les difficultés d’un engagement": Garde(
        "tenir.engagements.ecrans.vues:_lines", "needed <= reads and ", "", shown("lecture", "suivi-engagement")
    ),
    "qui lit un engagement": Garde(
        "tenir.engagements.droits:niveau_of",
        "else Niveau.PARTENAIRES",
        "else Niveau.EQUIPE",
        shown("lecture", "suivi-engagement"),
    ),
    "l’histoire d’un engagement, par champ": Garde(
        "tenir.engagements.histoire:history_of",
        "entries.exclude(champ__in=hidden)",
        "entries",
        shown("lecture", "suivi-engagement"),
    ),
    "l’état sans les difficultés": Garde(
        "tenir.engagements.ecrans.etat:_standing",
        'f" : {one.motif}" if one.motif else ""',
        'f" : {one.motif} {one.difficultes}"',
        shown("lecture", "suivi-engagements-etat"),
    ),
    "le fichier de l’état sans les difficultés": Garde(
        "tenir.engagements.ecrans.etat:_standing",
        'f" : {one.motif}" if one.motif else ""',
        'f" : {one.motif} {one.difficultes}"',
        shown("lecture", "suivi-engagements-etat-fichier"),
    ),
    "l’histoire d’un indicateur, de lui seul": Garde(
        "tenir.indicateurs.histoire:history_of",
        ".filter(genre=GENRE, objet=suivi.code)",
        ".all()",
        shown("lecture", "suivi-indicateur"),
    ),
    "les contacts des autres organismes": Garde(
        "tenir.equipe.organismes:theirs",
        "bodies.filter(pk__in=[held.organisation_id for held in acces.on(espace) if held.organisation_id])",
        "bodies",
        shown("partenaire", "contacts", "contacts-export"),
    ),
    "la table des droits": Garde(
        "tenir.habilitations.rights:table_reach",
        "return Portee.SIENNE if right in RIGHTS_ON_THEIRS.get(role, ()) else Portee.AUCUNE",
        "return Portee.TOUTE",
        shown("lecture", "contacts", "qualite", "point"),
    ),
    "ce qui est à un partenaire": Garde(
        "tenir.habilitations.rights:_allows",
        "return predicate is not None and predicate(held, thing)",
        "return True",
        shown("partenaire", "fiche", "suivi-engagement"),
    ),
    "les secrets hors de l’archive": Garde(
        "tenir.contrat.archive.tables:TableDuContrat.colonnes",
        " | SECRETS.get(self.nom, set())",
        "",
        archive,
    ),
    "les personnes hors de l’archive": Garde(
        "tenir.contrat.archive.tables:tables_of", "NEVER if with_contacts else NEVER | OF_PERSONS", "NEVER", archive
    ),
    "les adresses hors de l’archive": Garde(
        "tenir.contrat.archive.tables:tables_of",
        '(_pointed_at(found, "Personne") if with_contacts else [])',
        '_pointed_at(found, "Personne")',
        archive,
    ),
    "ce qui ne part jamais dans l’archive": Garde(
        "tenir.contrat.archive.tables:tables_of",
        "NEVER if with_contacts else NEVER | OF_PERSONS",
        "OF_PERSONS",
        archive,
    ),
    "une réponse lue ne se transmet pas": Garde(
        "tenir.points.services.reponses:transmit",
        "questions.exclude(etat__in=(Etat.ACCEPTEE, Etat.ECARTEE))",
        "questions.all()",
        handed_over,
    ),
    "un refus 500 est définitif": Garde(
        "tenir.core.courriels:_refused", "code_of(error) >= PERMANENT", "code_of(error) > PERMANENT", refused_for_good
    ),
    "un effacement dit par un autre": Garde(
        "tenir.core.trace:_breaks_of", 'f"entrée {rang}" not in told', "not told", erasure_untold
    ),
}


def function_of(garde: Garde) -> Callable[..., object]:
    """The function that holds a guard, without what decorates it."""
    module, _, path = garde.fonction.partition(":")
    found: object = import_module(module)
    for name in path.split("."):
        found = inspect.getattr_static(found, name)
    found = getattr(found, "func", found)
    return inspect.unwrap(found)  # type: ignore[arg-type]


def remove(garde: Garde, monkeypatch: pytest.MonkeyPatch) -> None:
    """Take the line of a guard out of its function, wherever it is imported."""
    function = function_of(garde)
    source = textwrap.dedent(inspect.getsource(function))
    assert source.count(garde.ligne) == 1, (
        f"{garde.fonction} : « {garde.ligne} » s’y lit {source.count(garde.ligne)} fois"
    )
    lines = source.replace(garde.ligne, garde.sans).splitlines()
    start = next(rank for rank, line in enumerate(lines) if line.startswith("def "))
    made: dict[str, Callable[..., object]] = {}
    exec("\n".join(lines[start:]), function.__globals__, made)  # noqa: S102 (our own source, one line away)
    monkeypatch.setattr(function, "__code__", made[function.__name__].__code__)


HOLDING: set[Check] = set()
"""The checks that saw nothing while every guard is in place: several guards have the same."""


def caught(check: Check, parcours: Parcours, folder: Path) -> bool:
    """Whether a check sees something."""
    with undone():
        try:
            return bool(check(parcours, folder))
        except AssertionError:
            return True


def holds(check: Check, parcours: Parcours, folder: Path) -> bool:
    """Whether a check sees nothing while every guard is in place."""
    if check not in HOLDING and not caught(check, parcours, folder):
        HOLDING.add(check)
    return check in HOLDING


@pytest.mark.parametrize("nom", GARDES)
def test_the_loss_of_a_guard_is_seen(
    parcours: Parcours, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, nom: str
) -> None:
    garde = GARDES[nom]
    (tmp_path / "avec").mkdir()
    (tmp_path / "sans").mkdir()
    assert holds(garde.voit, parcours, tmp_path / "avec"), f"{nom} : la garde en place, quelque chose fuit déjà"
    remove(garde, monkeypatch)
    monkeypatch.setattr(parcours, "changed", True)
    assert caught(garde.voit, parcours, tmp_path / "sans"), f"{nom} : retirée, rien ne le voit"
