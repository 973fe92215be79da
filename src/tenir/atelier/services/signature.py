"""Signing a draft, publishing a contract, putting a correction or an avenant in force: the very load of the command."""

from collections.abc import Iterator
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from tenir.atelier.manques import Manque, missing
from tenir.atelier.models import Accord, Brouillon
from tenir.atelier.services.brouillon import OUVERT, Etabli, locked
from tenir.contrat.chargement import Bilan, ChargementRefuse, Motif, NatureDeVersion, load_contract
from tenir.contrat.models import VersionDuContrat
from tenir.core import horloge
from tenir.core.marques import Lu, refuse_unread
from tenir.core.requetes import still
from tenir.core.trace import Auteur, Fait, record
from tenir.core.typographie import accord, capital, date_fr, nombre, typo
from tenir.fichier import canonique
from tenir.fichier.comparaison import compare
from tenir.fichier.contenus import a_verifier, non_lus
from tenir.fichier.couverture import unclaimed_lines
from tenir.fichier.modeles import ContratDeVille, Signature
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, require
from tenir.habilitations.services import PassageRefuse, publish, trace_of

SIGN = "atelier.sign"
COMMANDE = "atelier"
"""What a load made from the site is called, where a command would give its name."""


def lacks(etabli: Etabli) -> list[Manque]:
    """What keeps a draft from being signed, or put in force: doubts and lines without a place first. What the text in
    force lacked already keeps nothing from changing.
    """
    contrat, base = etabli.arbre.contrat(), etabli.brouillon.base
    doubts = [Manque(doubt["phrase"], code) for code, doubt in etabli.doutes.items() if doubt["etat"] == OUVERT]
    if base is None:
        unread = [Manque(a_verifier(kind), contenu=kind) for kind in non_lus(contrat)]
        asked = {one.code for one in doubts if "organis" in one.phrase}
        told = [one for one in missing(contrat, etabli.document) if not (one.inconnu and one.code in asked)]
        return [*doubts, *unread, *_without_a_place(_left(etabli, contrat)), *told]
    before = canonique.load(base.canonique)
    known = {one.phrase for one in missing(before, etabli.document, signed=False)}
    left = [number for number in _left(etabli, contrat) if number not in set(_left(etabli, before))]
    found = missing(contrat, etabli.document, signed=False)
    wanting = [*_unchanged(before, contrat), *_of_the_act(etabli.brouillon)]
    return [*wanting, *doubts, *_without_a_place(left), *(one for one in found if one.phrase not in known)]


def shown(etabli: Etabli) -> Lu:
    """What a page shows of a draft about to be signed: how far it was changed, which document it expects."""
    document = etabli.arbre.racine.document
    return {"dernière révision": str(etabli.brouillon.revision), "document": document.sha256 if document else "aucun"}


@transaction.atomic
def signer(*, by: Acces, brouillon: Brouillon, le: date, lieu: str = "", lu: Lu | None = None) -> Bilan:
    """Sign a draft: it is loaded as `tenir charger` loads a file, with its document.

    Raises:
        Refus: she may not.
        Perime: it was changed since it was read.
        ValidationError: something is missing, or that day has not come.
    """
    require(by, SIGN, brouillon.espace)
    found = locked(brouillon)
    etabli = Etabli.of(found)
    refuse_unread(lu, shown(etabli))
    if found.objet != Brouillon.Objet.CONTRAT:
        raise ValidationError("Ce texte change un contrat signé : il se met en vigueur, il ne se signe pas ici.")
    _refuse_not_yet(found.espace, le, "signe_le")
    _refuse_lacking(etabli)
    contrat = signed(etabli.arbre.contrat(), le, lieu)
    bilan = _load(by.auteur(found.espace), found, contrat, None, etabli)
    found.contrat, found.signe_le = contrat.model_dump(mode="json", exclude_defaults=True), le
    _close(found)
    return bilan


@transaction.atomic
def publier(*, by: Acces, espace: EspaceDeContrat, lu: Lu | None = None) -> EspaceDeContrat:
    """Make a signed contract public.

    Raises:
        Refus: she may not.
        Perime: its state is no more what was read.
        ValidationError: it is not signed.
    """
    require(by, SIGN, espace)
    now = EspaceDeContrat.objects.select_for_update().get(pk=espace.pk)
    refuse_unread(lu, state(now))
    try:
        return publish(espace.slug, commande=COMMANDE, auteur=by.auteur(espace))
    except PassageRefuse as error:
        raise ValidationError(typo(str(error))) from error


def state(espace: EspaceDeContrat) -> Lu:
    """What a page shows of the publication of a contract."""
    return {"état": espace.get_etat_display()}


@transaction.atomic
def verser(*, by: Acces, brouillon: Brouillon, motif: str, lu: Lu | None = None) -> Bilan:
    """Put a correction of transcription in force, since the day of the text that it corrects.

    Raises:
        Refus: she may not.
        Perime: it was changed since it was read.
        ValidationError: it changes nothing, says no reason, or something is missing.
    """
    require(by, SIGN, brouillon.espace)
    found = locked(brouillon)
    etabli = Etabli.of(found)
    refuse_unread(lu, shown(etabli))
    if found.objet != Brouillon.Objet.CORRECTION:
        raise ValidationError("Seule une correction de transcription se verse ainsi.")
    if not motif.strip():
        raise ValidationError({"motif": "Dites ce que le fichier disait mal."})
    _refuse_lacking(etabli)
    given = Motif(NatureDeVersion.CORRECTION, motif.strip())
    bilan = _load(by.auteur(found.espace), found, etabli.arbre.contrat(), given, etabli)
    found.motif = motif.strip()
    _close(found)
    return bilan


@transaction.atomic
def signer_avenant(*, by: Acces, brouillon: Brouillon, lu: Lu | None = None) -> Brouillon:
    """Sign an avenant: in force at once when its day has come, else on its day.

    Raises:
        Refus: she may not.
        Perime: it was changed since it was read.
        ValidationError: it changes nothing, a signatory refuses it, or something is missing.
    """
    require(by, SIGN, brouillon.espace)
    found = locked(brouillon)
    etabli = Etabli.of(found)
    refuse_unread(lu, shown_act(etabli))
    if found.objet != Brouillon.Objet.AVENANT:
        raise ValidationError("Ce texte n’est pas un avenant.")
    _refuse_lacking(etabli)
    found.etat = Brouillon.Etat.SIGNE
    found.save(update_fields=["etat"])
    told = [Fait("texte", found.espace.slug, "avenant signé", "", found.titre)]
    record(trace_of(found.espace), by.auteur(found.espace), told)
    if found.en_vigueur_le and found.en_vigueur_le <= horloge.real_today(found.espace):
        put_in_force(found, by.auteur(found.espace))
    return found


@transaction.atomic
def put_in_force(brouillon: Brouillon, auteur: Auteur) -> Bilan:
    """Load an avenant that was signed, whose day has come.

    Raises:
        ValidationError: the text that it changes is no more the one in force.
    """
    rows = Brouillon.objects.select_for_update(of=("self",)).select_related("espace", "base")
    found = still(rows, brouillon)
    etabli = Etabli.of(found)
    said = " ".join(
        f"{capital(part.strip().rstrip('.'))}." for part in (found.titre, found.decision, found.motif) if part
    )
    given = Motif(NatureDeVersion.AVENANT, said, found.en_vigueur_le)
    bilan = _load(auteur, found, etabli.arbre.contrat(), given, etabli)
    _close(found)
    brouillon.etat = found.etat
    return bilan


def put_due_in_force(now: datetime) -> str:
    """Load the avenants that were signed and whose day has come: a task of the loop."""
    done, refused = 0, []
    for one in Brouillon.objects.filter(etat=Brouillon.Etat.SIGNE).select_related("espace").order_by("pk"):
        if one.en_vigueur_le is None or one.en_vigueur_le > horloge.day_of(now, one.espace):
            continue
        try:
            put_in_force(one, Auteur(commande="boucle : avenant du jour"))
        except ValidationError as error:
            refused.append(f"{one.espace.slug} : {' '.join(error.messages)}")
        else:
            done += 1
    return " ".join([f"Avenants mis en vigueur : {done}.", *refused])


@transaction.atomic
def abandonner(*, by: Acces, brouillon: Brouillon, lu: Lu | None = None) -> Brouillon:
    """Give up a correction or an avenant: the text in force stays as it is.

    Raises:
        Refus: she may not.
        Perime: it was changed since it was read.
        ValidationError: it is over, or it is the text of a contract that nobody signed yet.
    """
    require(by, SIGN, brouillon.espace)
    found = locked(brouillon)
    refuse_unread(lu, shown(Etabli.of(found)))
    if found.objet == Brouillon.Objet.CONTRAT:
        raise ValidationError("Le texte d’un contrat qui n’est pas signé ne s’abandonne pas : il se corrige.")
    found.etat, found.fini_le = Brouillon.Etat.ABANDONNE, horloge.now()
    found.save(update_fields=["etat", "fini_le"])
    told = [Fait("texte", found.espace.slug, found.get_objet_display(), str(found), "abandon")]
    record(trace_of(found.espace), by.auteur(found.espace), told)
    return found


def shown_act(etabli: Etabli) -> Lu:
    """What a page shows of an avenant about to be signed: its text, its act, its signatories."""
    one = etabli.brouillon
    days = {"signé le": one.signe_le, "en vigueur le": one.en_vigueur_le}
    agreed = {row.signataire: row.get_etat_display() for row in one.accords.order_by("signataire")}
    return {
        **shown(etabli),
        "titre de l’acte": one.titre,
        "décision": one.decision,
        **{name: date_fr(day) if day else "" for name, day in days.items()},
        **agreed,
    }


def signed(contrat: ContratDeVille, le: date, lieu: str) -> ContratDeVille:
    """A contract with its signature."""
    signature = Signature(date=le, lieu=lieu.strip() or None)
    return contrat.model_copy(update={"identite": contrat.identite.model_copy(update={"signature": signature})})


def _left(etabli: Etabli, contrat: ContratDeVille) -> list[int]:
    return unclaimed_lines(contrat, etabli.document) if etabli.document else []


def _without_a_place(left: list[int]) -> Iterator[Manque]:
    if left:
        lines = accord(len(left), "ligne du document n’a", "lignes du document n’ont")
        yield Manque(typo(f"{nombre(len(left))} {lines} pas de place."))


def _refuse_lacking(etabli: Etabli) -> None:
    if lacking := lacks(etabli):
        sentences = [typo(f"{one.code} : {one.phrase}" if one.code else one.phrase) for one in lacking[:10]]
        raise ValidationError(["Il manque encore quelque chose avant de signer.", *sentences])


def _refuse_not_yet(espace: EspaceDeContrat, le: date, champ: str) -> None:
    if le > horloge.real_today(espace):
        raise ValidationError({champ: "Ce jour n’est pas encore venu : donnez celui de la signature."})


def _unchanged(before: ContratDeVille, after: ContratDeVille) -> Iterator[Manque]:
    if not compare(before, after):
        yield Manque("Rien n’est changé dans ce texte.")


def _of_the_act(brouillon: Brouillon) -> Iterator[Manque]:
    """What an avenant still lacks beside its text: its title, its days, and that nobody refuses it."""
    if brouillon.objet != Brouillon.Objet.AVENANT:
        return
    asked = {
        "son titre": brouillon.titre,
        "le jour de sa signature": brouillon.signe_le,
        "le jour où il entre en vigueur": brouillon.en_vigueur_le,
    }
    if empty := [noun for noun, value in asked.items() if not value]:
        yield Manque(typo(f"Il manque à cet avenant : {', '.join(empty)}."), acte=True)
    if brouillon.signe_le and brouillon.signe_le > horloge.real_today(brouillon.espace):
        yield Manque("Le jour de sa signature n’est pas encore venu.", acte=True)
    refused = brouillon.accords.filter(etat=Accord.Etat.REFUSE).order_by("signataire")
    if codes := list(refused.values_list("signataire", flat=True)):
        yield Manque(typo(f"Un signataire refuse cet avenant : {', '.join(codes)}."), acte=True)


def _load(auteur: Auteur, brouillon: Brouillon, contrat: ContratDeVille, motif: Motif | None, etabli: Etabli) -> Bilan:
    latest = VersionDuContrat.objects.of(brouillon.espace).first()
    unsigned = brouillon.espace.etat == EspaceDeContrat.Etat.BROUILLON
    if latest != brouillon.base and not unsigned:
        raise ValidationError(
            "Un autre texte a été chargé depuis pour ce contrat : celui-ci ne part plus de ce qui est en vigueur."
        )
    try:
        return load_contract(
            canonique.dump(contrat), commande=COMMANDE, document=etabli.document, motif=motif, auteur=auteur
        )
    except ChargementRefuse as error:
        raise ValidationError(typo(str(error))) from error


def _close(brouillon: Brouillon) -> None:
    brouillon.etat, brouillon.fini_le = Brouillon.Etat.VERSE, horloge.now()
    brouillon.full_clean()
    brouillon.save()
