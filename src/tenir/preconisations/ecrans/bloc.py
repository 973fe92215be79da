"""What the room brings to the desk: what to read before it is published, what to answer, what is late."""

from collections.abc import Iterator
from datetime import date

from tenir.core.composants import Item
from tenir.core.emplacements import Bloc
from tenir.core.typographie import date_fr, typo
from tenir.ecran.blocs import Annonce, Lignes, Section, excerpt
from tenir.ecran.navigation import address
from tenir.ecran.seuils import soon_until
from tenir.fiches.models import FicheAction
from tenir.gouvernance.models import Decision
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.organismes import bodies_of
from tenir.habilitations.rights import Acces, Portee, may, reach
from tenir.preconisations.ecrans.commun import stamp_of
from tenir.preconisations.enums import EtatDePreconisation
from tenir.preconisations.models import Preconisation
from tenir.preconisations.services.commun import ANSWER, RIGHT


def sections(acces: Acces, espace: EspaceDeContrat, on: date) -> Iterator[Section]:
    """For the team, all of it; for a partner, what her body is asked."""
    if may(acces, RIGHT, espace):
        yield _to_read(espace)
    held = reach(acces, ANSWER, espace)
    if held > Portee.AUCUNE:
        rows = Preconisation.objects.of(espace).expected().filter(echeance__lte=soon_until(on))
        if held == Portee.SIENNE:
            rows = rows.filter(organisme__identifiant__in=bodies_of(acces, espace))
        found = list(rows.order_by("echeance", "numero"))
        annonce = Annonce("préconisation", "attend une réponse", "attendent une réponse")
        lines = Lignes(found, lambda one: _line(one, f"{one.organisme} · attendue le {date_fr(one.echeance)}"))
        yield Section("preconisations", "Préconisations à répondre", lines, annonce, address("preconisations", espace))


def _to_read(espace: EspaceDeContrat) -> Section:
    found = list(Preconisation.objects.of(espace).filter(etat=EtatDePreconisation.A_LIRE).order_by("numero"))
    lines = Lignes(found, lambda one: _line(one, f"reçue le {date_fr(one.recue_le)}, sans compte"))
    annonce = Annonce("préconisation", "est à lire", "sont à lire")
    url = f"{address('preconisations', espace)}?etat={EtatDePreconisation.A_LIRE.value}"
    return Section("preconisations-a-lire", "Préconisations à lire avant de les publier", lines, annonce, url)


def _line(one: Preconisation, note: str) -> Item:
    url = address("preconisation", one.espace, one.numero)
    return Item(one.code, excerpt(one.texte), url, typo(note), stamp_of(one))


def about(acces: Acces, espace: EspaceDeContrat, thing: FicheAction | Decision) -> Bloc | None:
    """The préconisations that are about an action or a decision, the latest first; one query."""
    linked = {"fiche": thing} if isinstance(thing, FicheAction) else {"decision": thing}
    rows = Preconisation.objects.of(espace).filter(**linked)
    rows = rows if may(acces, RIGHT, espace) else rows.public()
    lines = [_line(one, f"{one.get_origine_display()}, {date_fr(one.recue_le)}") for one in rows.order_by("-numero")]
    return Bloc("preconisations/includes/preconise.html", lines) if lines else None
