"""A contract put through the rules: what is wrong, what is admitted, what could not be verified."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tenir.fichier.contenus import SANS_PERIODE, non_lus, non_verifie
from tenir.fichier.derogation import Derogation
from tenir.fichier.document import DocumentNormalise
from tenir.fichier.enums import Contenu
from tenir.fichier.modeles import ContratDeVille
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.memoire import oublier
from tenir.regles.periode import periode_dite
from tenir.regles.registre import Lit, Regle, choisies


@dataclass(frozen=True, slots=True)
class Controle:
    """What the rules say of a contract on a day.

    `anomalies` are in force, the gravest first; `admises` are those that a dérogation admits; `non_verifiees` are the
    rules that read the signed words, when no document was given; `non_lus` are the kinds of content that nothing was
    read of, and that a rule would conclude from; `sans_periode`: one would conclude from years that no document says.
    """

    anomalies: tuple[Anomalie, ...]
    admises: tuple[tuple[Anomalie, Derogation], ...] = ()
    non_verifiees: tuple[Regle, ...] = ()
    non_lus: tuple[Contenu, ...] = ()
    sans_periode: bool = False

    @property
    def non_verifie(self) -> list[str]:
        """What could not be verified because it was not read, a sentence each."""
        return [*map(non_verifie, self.non_lus), *([SANS_PERIODE] if self.sans_periode else [])]


@dataclass(frozen=True, slots=True)
class AnomaliesTrouvees:
    """What a rule on dérogations is given: what the others found, which of them ran, and the day."""

    anomalies: tuple[Anomalie, ...]
    verifiees: frozenset[str]
    le: date


def controler(
    contrat: ContratDeVille,
    document: DocumentNormalise | None = None,
    *,
    le: date,
    codes: Iterable[str] = (),
    familles: Iterable[str] = (),
) -> Controle:
    """Put a contract through the rules, all of them or those asked for.

    Raises:
        RegleInconnue: no rule has that code, or no family that name.
    """
    try:
        return _controle(contrat, document, le, choisies(codes, familles))
    finally:
        oublier()


def _controle(
    contrat: ContratDeVille, document: DocumentNormalise | None, le: date, chosen: tuple[Regle, ...]
) -> Controle:
    unread = tuple(one for one in chosen if one.lit is Lit.MOTS and document is None)
    missing = tuple(kind for kind in non_lus(contrat) if any(kind in one.de for one in chosen))
    undated = [one for one in chosen if one.periode and document and periode_dite(contrat, document.mesure) is None]
    held = {one.code for one in chosen if one in unread or one in undated or set(one.de) & set(missing)}
    ran = [one for one in chosen if one.code not in held and one.lit is not Lit.ANOMALIES]
    found = tuple(anomalie for one in ran for anomalie in one.anomalies(contrat, document))
    trouvees = AnomaliesTrouvees(found, frozenset(one.code for one in ran), le)
    on_them = [
        one for rule in chosen if rule.lit is Lit.ANOMALIES for one in rule.signed(rule.verifier(contrat, trouvees))
    ]
    admitted = [(one, by) for one in found if (by := derogation_de(one, contrat.derogations, le))]
    standing = [*(one for one in found if not derogation_de(one, contrat.derogations, le)), *on_them]
    order = list(Gravite)
    gravest_first = sorted(standing, key=lambda one: order.index(one.gravite))
    return Controle(tuple(gravest_first), tuple(admitted), unread, missing, bool(undated))


def derogation_de(anomalie: Anomalie, derogations: Iterable[Derogation], le: date) -> Derogation | None:
    """The dérogation that admits an anomaly on a day."""
    return next(
        (
            one
            for one in derogations
            if (one.regle, one.element or "") == (anomalie.regle, anomalie.code) and one.fin >= le
        ),
        None,
    )
