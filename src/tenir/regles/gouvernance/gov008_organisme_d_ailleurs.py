from collections.abc import Iterator

from tenir.fichier.document import MASK
from tenir.fichier.enums import Contenu
from tenir.fichier.modeles import ContratDeVille, OrganismeCite, Quartier, Territoire
from tenir.fichier.mots import comparable
from tenir.fichier.objet import Item
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.gouvernance.organismes import COLLECTIVITES, lieux, nature
from tenir.regles.registre import regle


@regle("GOV008", gravite=Gravite.A_CORRIGER, depuis="0.1", de=(Contenu.SIGNATAIRES,))
def organisme_d_ailleurs(contrat: ContratDeVille) -> Iterator[Anomalie]:
    """Une collectivité pilote, préside ou finance, et ne signe pas.

    ## Ce que la règle vérifie

    Une commune, une intercommunalité, un département ou une région qui pilote une action, préside une instance ou
    finance, et dont le nom dit le lieu, est du lieu d’un signataire, du quartier, de la commune ou de
    l’intercommunalité du contrat. De même une mission locale, une CAF ou un office de l’habitat, si un autre signe. Une
    association ou un service ne sont pas concernés : ils pilotent sans signer.

    ## Pourquoi

    Qui ne signe pas ne s’engage pas : l’action n’aura pas de pilote. C’est souvent un nom resté d’un autre contrat.

    ## Exemple fautif

    Contrat de Valclair ; comité technique animé par la Métropole de Hautmont, qui ne signe pas.

    ## Corrigé

    Comité technique animé par l’agglomération de Valclair.

    ## Source

    Loi 2014-173, article 6 : les signataires s’engagent, chacun dans ses compétences.
    """
    at_home = _at_home(contrat)
    signed = {nature(one.nom) for one in contrat.signataires}
    for item, role, body in _named(contrat):
        kind, places = nature(body.nom), lieux(body.nom)
        if not kind or not places or places & at_home or MASK in body.nom or _signs(contrat, body):
            continue
        if kind not in COLLECTIVITES and kind not in signed:
            continue
        yield Anomalie(
            item,
            f"« {body.nom} » {role}, et ne signe pas ce contrat.",
            "Faites-la signer, ou corrigez le nom.",
        )


def _named(contrat: ContratDeVille) -> Iterator[tuple[Item, str, OrganismeCite]]:
    """Each body that pilots, chairs or funds, with the item that says it."""
    for orientation in contrat.orientations:
        yield from ((orientation, "pilote", one) for one in orientation.pilotes)
        for action in orientation.actions:
            yield from ((action, "pilote", one) for one in action.pilotes)
        for line in orientation.credits:
            yield line, "finance", OrganismeCite(nom=line.financeur, organisme=line.organisme)
    for instance in contrat.instances:
        yield from ((instance, "préside ou anime", one) for one in instance.presidence)


def _at_home(contrat: ContratDeVille) -> frozenset[str]:
    """The words of the places of a contract: its title, its territories that have a code, who signs."""
    identite = contrat.identite
    epci = (identite.epci,) if identite.epci and identite.epci.siren else ()
    coded = (one for one in identite.communes if one.insee)
    places: tuple[Quartier | Territoire, ...] = (*identite.quartiers, *coded, *epci)
    names = [identite.titre, identite.departement or "", *(one.nom for one in places)]
    return frozenset(
        word for name in (*names, *(one.nom for one in contrat.signataires)) for word in comparable(name).split()
    )


def _signs(contrat: ContratDeVille, body: OrganismeCite) -> bool:
    return any(body.organisme and body.organisme == one.organisme for one in contrat.signataires)
