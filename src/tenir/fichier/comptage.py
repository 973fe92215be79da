"""The counts of a contract, whole and per orientation (`tenir compter`)."""

from dataclasses import asdict, dataclass

from tenir.fichier.enums import Forme
from tenir.fichier.modeles import ContratDeVille, Orientation


@dataclass(frozen=True, slots=True)
class CompteDOrientation:
    """What one orientation holds."""

    code: str
    titre: str
    donnees: int
    objectifs: int
    objectifs_en_prose: int
    actions: int
    sous_actions: int
    pilotes: int
    lignes_de_credits: int
    lignes_vides: int


@dataclass(frozen=True, slots=True)
class Compte:
    """What a contract holds."""

    orientations: tuple[CompteDOrientation, ...]
    axes: int
    signataires: int
    engagements: int
    engagements_en_prose: int
    indicateurs_imprimes: int
    indicateurs_distincts: int
    instances: int
    diagnostic: int
    lieux: int
    actions_sous_un_autre_titre: int
    titres_qui_different: int

    def total(self, champ: str) -> int:
        """The sum of one column over the orientations."""
        return sum(int(getattr(orientation, champ)) for orientation in self.orientations)

    def as_dict(self) -> dict[str, object]:
        """Plain data, for JSON."""
        return asdict(self)

    def phrases(self) -> tuple[str, ...]:
        """The counts that no orientation holds, in French."""
        return (
            f"{_many(self.axes, 'axe')}, {_many(len(self.orientations), 'orientation')}, "
            f"dont {self.titres_qui_different} au titre différent dans le protocole",
            f"{_many(self.actions_sous_un_autre_titre, 'action imprimée')} sous un autre intitulé",
            _many(self.signataires, "signataire"),
            f"{_many(self.engagements, 'engagement')}, dont {self.engagements_en_prose} en prose",
            f"{_many(self.indicateurs_imprimes, 'indicateur imprimé')}, "
            f"{_many(self.indicateurs_distincts, 'distinct')}",
            f"{_many(self.instances, 'instance')}, {_many(self.diagnostic, 'donnée')} de diagnostic, "
            f"{_many(self.lieux, 'lieu', 'lieux')}",
        )


def _many(count: int, words: str, plural: str = "") -> str:
    """A count and its words, in the plural from two."""
    return f"{count} {words if count < 2 else plural or words.replace(' ', 's ') + 's'}"


def count(contrat: ContratDeVille) -> Compte:
    """Count a contract. A grouping heading is no commitment; a repeated indicator is printed, not distinct."""
    promises = [e for s in contrat.signataires for e in s.engagements if not e.regroupement]
    return Compte(
        orientations=tuple(_count_orientation(orientation) for orientation in contrat.orientations),
        axes=len(contrat.axes),
        signataires=len(contrat.signataires),
        engagements=len(promises),
        engagements_en_prose=sum(e.forme is Forme.PROSE for e in promises),
        indicateurs_imprimes=len(contrat.indicateurs),
        indicateurs_distincts=sum(i.repete is None for i in contrat.indicateurs),
        instances=len(contrat.instances),
        diagnostic=len(contrat.diagnostic),
        lieux=len(contrat.lieux),
        actions_sous_un_autre_titre=sum(
            action.imprimee_sous is not None for o in contrat.orientations for action in o.actions
        ),
        titres_qui_different=sum(o.titre_protocole is not None for o in contrat.orientations),
    )


def _count_orientation(orientation: Orientation) -> CompteDOrientation:
    bullets = sum(objectif.forme is Forme.PUCE for objectif in orientation.objectifs)
    return CompteDOrientation(
        code=orientation.code,
        titre=orientation.titre,
        donnees=len(orientation.donnees),
        objectifs=bullets,
        objectifs_en_prose=len(orientation.objectifs) - bullets,
        actions=len(orientation.actions),
        sous_actions=sum(len(action.sous_actions) for action in orientation.actions),
        pilotes=len(orientation.pilotes),
        lignes_de_credits=len(orientation.credits),
        lignes_vides=sum(line.vide for line in orientation.credits),
    )
