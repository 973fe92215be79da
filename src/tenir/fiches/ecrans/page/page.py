"""What the page of a fiche shows, as far as its reader may read it: plain values for the template."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from tenir.acteurs.models import Organisation
from tenir.contrat.models import ActionPrevue, OrganismeCite
from tenir.core import horloge
from tenir.core.composants import Item, Lien, MotsSignes, Tampon, Ton
from tenir.core.marques import Lu
from tenir.core.typographie import capital, date_fr, pluriel, typo
from tenir.ecran.navigation import address
from tenir.fiches.champs import NIVEAUX
from tenir.fiches.droits import in_charge, printed_partners, printed_pilots, to_designate
from tenir.fiches.enums import TON_DU_CALCULE, Calcule
from tenir.fiches.models import FicheAction, Jalon, PartenaireDeLAction, PieceDeFiche
from tenir.fiches.models.piece import NIVEAUX as NIVEAUX_DE_PIECE
from tenir.fiches.services.jalons import shown
from tenir.fiches.services.pieces import host_of
from tenir.fiches.situation import Situation
from tenir.fichier.source import written_lines
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.niveaux import Niveau

TO_DESIGNATE = Tampon("à désigner", Ton.MUET)


@dataclass(frozen=True, slots=True)
class LigneDuCalendrier:
    """The start or the end: as planned, as revised, as it came; an absence is a stamp."""

    quoi: str
    prevu: str
    revise: str
    reel: str


@dataclass(frozen=True, slots=True)
class LigneDeJalon:
    """A jalon and where it stands; the addresses are empty for whoever may not change it."""

    titre: str
    prevu: str
    revise: str
    etat: Tampon
    modifier: str = ""
    atteint: str = ""
    lu: Lu | None = None


@dataclass(frozen=True, slots=True)
class LigneDePartenaire:
    """A body that takes part: from the signed text or added since, and its part."""

    nom: str
    origine: str
    part: str = ""
    stamp: Tampon | None = None
    modifier: str = ""


@dataclass(frozen=True, slots=True)
class LigneDePiece:
    """A file or a link, who may open it, when it came."""

    titre: str
    url: str
    precision: str
    lecteurs: str
    externe: bool = False
    retirer: str = ""


def reads(niveau: Niveau, name: str) -> bool:
    """Whether a level reads a field of the fiche."""
    return NIVEAUX[name] <= niveau


def lede(fiche: FicheAction) -> str:
    """One sentence: where the action is said to be, and who carries it."""
    since = f" depuis le {date_fr(fiche.statut_depuis)}" if fiche.statut_depuis else ""
    said = f"{capital(fiche.get_statut_display())}{since}" if fiche.statut else "Rien n’est annoncé de cette action"
    bodies = ", ".join(str(body) for body in in_charge(fiche))
    return typo(f"{said}. {f'En charge : {bodies}.' if bodies else 'Personne n’est encore désigné pour la porter.'}")


def signed_words(fiche: FicheAction) -> MotsSignes | None:
    """The signed words of the action and their lines; the way to the document once the contract is public."""
    action, espace = fiche.action, fiche.espace
    if not action.plages:
        return None
    lines = f"{action.source.replace(' ', '')}#l{action.plages[0].debut}"
    open_to_all = action.mots and espace.etat == EspaceDeContrat.Etat.PUBLIE
    url = f"{reverse('document', args=[espace.slug])}?lignes={lines}" if open_to_all else ""
    return MotsSignes(action.mots, written_lines(action.plages), url=url)


def public_page(fiche: FicheAction) -> str:
    """The page of the action on the public site, once the contract is public."""
    espace = fiche.espace
    return reverse("action", args=[espace.slug, fiche.code]) if espace.etat == EspaceDeContrat.Etat.PUBLIE else ""


def sub_actions(fiche: FicheAction) -> list[Item]:
    """The parts of the action, which have no fiche of their own."""
    parts = ActionPrevue.objects.filter(parent=fiche.action, retire=False).order_by("ordre")
    return [Item(part.code, part.titre) for part in parts]


def carriers(fiche: FicheAction) -> list[Lien]:
    """Who carries the action: the settled body, else those printed; « à désigner » beside what is no known body."""
    if fiche.organisme_en_charge:
        return [Lien(str(fiche.organisme_en_charge))]
    printed = printed_pilots(fiche).organismes
    return [Lien(one.nom, stamp=None if one.organisation else TO_DESIGNATE) for one in printed]


def why_these(fiche: FicheAction) -> str:
    """Where those who carry the action come from."""
    if fiche.organisme_en_charge:
        return "Désigné par l’équipe du contrat."
    printed = printed_pilots(fiche)
    if not printed.organismes:
        return "Le contrat ne nomme personne, ni pour l’action ni pour son orientation."
    whose = "L’action n’en nomme pas : repris de son orientation." if printed.herite else "Nommé par le contrat."
    return typo(f"{whose} Un nom imprimé n’est pas un organisme connu." if to_designate(fiche) else whose)


def computed_stamp(situation: Situation) -> Tampon:
    """What the facts say, in a stamp."""
    return Tampon(situation.calcule.label, TON_DU_CALCULE[situation.calcule])


def facts(fiche: FicheAction, situation: Situation, on: date) -> Iterator[str]:
    """The facts themselves: each thing awaited in vain, and the silence."""
    for late in situation.retards:
        days = pluriel((on - late.attendu_le).days, "jour")
        yield typo(f"{capital(late.quoi)} : échéance du {date_fr(late.attendu_le)}, dépassée de {days}.")
    if fiche.derniere_nouvelle_le:
        yield f"Dernière nouvelle le {date_fr(fiche.derniere_nouvelle_le)}."
    elif situation.calcule != Calcule.ARRETEE:
        yield f"Aucune nouvelle depuis l’ouverture du suivi, le {date_fr(fiche.ouverte_le)}."


def calendar(fiche: FicheAction, niveau: Niveau) -> list[LigneDuCalendrier]:
    """The start and the end; the revised days are left out for whoever may not read them."""
    rows = (("Début", "debut_prevu", "debut_revise", "debut_reel"), ("Fin", "fin_prevue", "fin_revisee", "fin_reelle"))
    return [LigneDuCalendrier(word, *(_day(fiche, name, niveau) for name in names)) for word, *names in rows]


def _day(fiche: FicheAction, name: str, niveau: Niveau) -> str:
    found = getattr(fiche, name) if reads(niveau, name) else None
    return date_fr(found) if found else ""


def jalon_rows(fiche: FicheAction, jalons: Iterable[Jalon], on: date, *, may_change: bool) -> list[LigneDeJalon]:
    """The jalons in the order of their days, with where each stands."""
    return [_jalon_row(fiche, jalon, on, may_change) for jalon in jalons]


def _jalon_row(fiche: FicheAction, jalon: Jalon, on: date, may_change: bool) -> LigneDeJalon:
    def to(name: str) -> str:
        return address(f"fiche-jalon-{name}", fiche.espace, fiche.code, jalon.pk) if may_change else ""

    return LigneDeJalon(
        jalon.titre,
        date_fr(jalon.prevu_le),
        date_fr(jalon.revise_le) if jalon.revise_le else "",
        jalon_state(jalon, on),
        to("modifier"),
        to("atteint") if jalon.attendu else "",
        shown(jalon) if may_change else None,
    )


def jalon_state(jalon: Jalon, on: date) -> Tampon:
    """Where a jalon stands on a day."""
    if jalon.atteint_le:
        return Tampon(f"atteint le {date_fr(jalon.atteint_le)}", Ton.FAIT)
    if jalon.abandonne_le:
        return Tampon(f"abandonné le {date_fr(jalon.abandonne_le)}", Ton.NEUTRE)
    if jalon.attendu_le < on:
        return Tampon(f"dépassé depuis le {date_fr(jalon.attendu_le)}", Ton.RETARD)
    return Tampon("attendu", Ton.NEUTRE)


def partner_rows(
    fiche: FicheAction, added: Sequence[PartenaireDeLAction], *, may_change: bool
) -> list[LigneDePartenaire]:
    """The partners that the signed text names, with the part they have since, then those added."""
    parts = {row.organisation_id: row for row in added}
    printed = printed_partners(fiche)
    rows = [_printed_row(fiche, one, parts.get(one.organisation_id or 0), may_change) for one in printed]
    named = {one.organisation_id for one in printed}
    return rows + [_added_row(fiche, row, may_change) for row in added if row.organisation_id not in named]


def _printed_row(
    fiche: FicheAction, cited: OrganismeCite, row: PartenaireDeLAction | None, may_change: bool
) -> LigneDePartenaire:
    body: Organisation | None = cited.organisation
    url = ""
    if may_change and row:
        url = address("fiche-partenaire-modifier", fiche.espace, fiche.code, row.pk)
    elif may_change and body:
        url = f"{address('fiche-partenaire-nouveau', fiche.espace, fiche.code)}?organisme={body.pk}"
    stamp = None if body else Tampon("à identifier", Ton.MUET)
    return LigneDePartenaire(cited.nom, "nommé par le contrat", row.part if row else "", stamp, url)


def _added_row(fiche: FicheAction, row: PartenaireDeLAction, may_change: bool) -> LigneDePartenaire:
    url = address("fiche-partenaire-modifier", fiche.espace, fiche.code, row.pk) if may_change else ""
    return LigneDePartenaire(str(row.organisation), "ajouté depuis", row.part, modifier=url)


def piece_rows(fiche: FicheAction, pieces: Iterable[PieceDeFiche], *, may_change: bool) -> list[LigneDePiece]:
    """The files and links that the reader may open."""
    readers = dict(NIVEAUX_DE_PIECE)
    return [
        LigneDePiece(
            piece.titre,
            piece.lien or address("fiche-piece", fiche.espace, fiche.code, piece.pk),
            f"{piece.nom or host_of(piece.lien)}, le {date_fr(horloge.day_of(piece.ajoutee_le))}",
            readers[piece.niveau],
            bool(piece.lien),
            address("fiche-piece-retirer", fiche.espace, fiche.code, piece.pk) if may_change else "",
        )
        for piece in pieces
    ]
