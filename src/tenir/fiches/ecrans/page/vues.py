"""The page of a fiche action."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from tenir.core import horloge
from tenir.core.emplacements import APPORTS, COMMENTAIRES, DECIDE, FAIT, PRECONISE, block_of
from tenir.ecran.annulation.barre import undoable
from tenir.ecran.edition import page
from tenir.ecran.histoire import records
from tenir.ecran.listes import CHANGES, paged
from tenir.ecran.navigation import address
from tenir.fiches.droits import niveau_of
from tenir.fiches.ecrans.page import page as shown
from tenir.fiches.ecrans.page.commun import fiche_or_404, status_stamp, sujet
from tenir.fiches.ecrans.page.qui import contact_sheet
from tenir.fiches.histoire import history_of
from tenir.fiches.models import FicheAction
from tenir.fiches.services.fiche import GENRE
from tenir.fiches.situation import get_situation
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.niveaux import Niveau
from tenir.habilitations.rights import Acces, may, who_can
from tenir.habilitations.vues import needs

NEWS = 5
"""How many news a page of the fiche shows at once."""

GESTURES = (
    "nouvelle",
    "statut",
    "modifier",
    "jalon-nouveau",
    "partenaire-nouveau",
    "prescripteurs",
    "piece-nouvelle",
)


@needs("fiche.read")
def fiche(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, code: str) -> HttpResponse:
    """One fiche: what is declared, what the facts say, who carries it, what was told."""
    found = fiche_or_404(espace, code)
    niveau = niveau_of(acces, espace, found)
    may_change = may(acces, "fiche.update", espace, found)
    given = _declared(found, niveau) | _around(request, acces, found, niveau, may_change=may_change)
    given |= _gestures(acces, found, may_change=may_change)
    given["fait"] = block_of(FAIT, acces, espace, found)
    given["decide"] = block_of(DECIDE, acces, espace, found)
    given["preconise"] = block_of(PRECONISE, acces, espace, found)
    given["apports"] = block_of(APPORTS, acces, espace, found)
    given["commentaires"] = block_of(COMMENTAIRES, acces, espace, found)
    given["annulables"] = undoable(acces, espace, genre=GENRE, code=code)
    return page(request, acces, sujet(found), "fiches/page/fiche.html", fiche=found, **given)


def _declared(fiche: FicheAction, niveau: Niveau) -> dict[str, Any]:
    """The fields of the fiche that the level reads, and where the action comes from."""
    return {
        "chapeau": shown.lede(fiche),
        "rang": fiche.action.orientation.axe.teinte,
        "statut": status_stamp(fiche),
        "motif": fiche.motif if shown.reads(niveau, "motif") else "",
        "porteurs": shown.carriers(fiche),
        "pourquoi_eux": shown.why_these(fiche),
        "personne": fiche.personne_en_charge if shown.reads(niveau, "personne_en_charge") else None,
        "calendrier": shown.calendar(fiche, niveau),
        "confie": shown.reads(niveau, "difficultes"),
        "mots": shown.signed_words(fiche),
        "sous_actions": shown.sub_actions(fiche),
        "page_publique": shown.public_page(fiche),
    }


def _around(
    request: HttpRequest, acces: Acces, fiche: FicheAction, niveau: Niveau, *, may_change: bool
) -> dict[str, Any]:
    """What hangs around the fiche: jalons, news, partners, pièces, history, and what the facts say."""
    today = horloge.today()
    jalons = list(fiche.jalons.by_date())
    situation = get_situation(fiche, jalons, today)
    partners = list(fiche.partenaires.select_related("organisation"))
    pieces = fiche.pieces.filter(niveau__lte=niveau)
    news = fiche.nouvelles.select_related("auteur", "pour")
    return {
        "situation": situation,
        "qui": contact_sheet(acces, fiche, partners, situation, today),
        "calcule": shown.computed_stamp(situation),
        "faits": list(shown.facts(fiche, situation, today)),
        "jalons": shown.jalon_rows(fiche, jalons, today, may_change=may_change),
        "partenaires": shown.partner_rows(fiche, partners, may_change=may_change),
        "pieces": shown.piece_rows(fiche, pieces, may_change=may_change),
        "nouvelles": paged(request, news, NEWS, "nouvelles"),
        "histoire": paged(request, records(history_of(fiche, niveau)), CHANGES, "histoire"),
    }


def _gestures(acces: Acces, fiche: FicheAction, *, may_change: bool) -> dict[str, Any]:
    """What the reader may do, and where; to whoever may do nothing, who can."""
    espace = fiche.espace
    assigns = may(acces, "fiche.assign", espace, fiche)
    names = {name.replace("-", "_"): address(f"fiche-{name}", espace, fiche.code) for name in GESTURES}
    return {
        "gestes": names if may_change else None,
        "tenue_par": "" if may_change else who_can("fiche.update", espace),
        "trace": address("trace-objet", espace, "fiche action", fiche.code) if may(acces, "trace.read", espace) else "",
        "relancer": address("fiche-relancer", espace, fiche.code) if may(acces, "relance.create", espace) else "",
        "designer": f"{address('fiche-modifier', espace, fiche.code)}#id_organisme_en_charge" if assigns else "",
        "liste": address("fiches", espace),
        "qui_lit_quoi": address("fiche-qui-lit-quoi", espace),
    }
