"""The file of an évaluation: the snapshot orientation by orientation, what is judged, what is needed, what nobody can
tell. Said once, for the page, Word and PDF. Pure: rows and snapshots are read by whoever asks.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from tenir.core.carres import Carre, Rang, picture, ranked
from tenir.core.documents import Document, Partie, Tableau, picture_of
from tenir.core.noms import a
from tenir.core.typographie import accord, capital, date_fr, euros, nombre, pluriel, typo
from tenir.evaluation.ecrans.commun import ORDRE, SIGNES, lede_of, sentence_of, unmeasured_of
from tenir.evaluation.enums import Sorte
from tenir.evaluation.instantane.comparer import Comparaison, Ecart
from tenir.evaluation.instantane.forme import Donnees
from tenir.evaluation.instantane.jours import day_of
from tenir.evaluation.models import (
    CRITERES,
    Appreciation,
    Contribution,
    DonneeDeBesoin,
    Evaluation,
    Instantane,
    QuestionDEvaluation,
)
from tenir.fichier.mots import plain
from tenir.financement.enums import Registre
from tenir.indicateurs.services.indicateur import figure
from tenir.preconisations.enums import EtatDePreconisation

RIEN = "Personne n’a encore apprécié cette orientation."
ALL_TOLD = "De tout ce qui est suivi, on sait quelque chose."
SANS_BESOIN = "Les besoins de cette orientation ne sont pas encore actualisés."
MONEY = ("Financeur", "Année", "Annoncé", "Voté", "Versé")
COMMON = ("Financeur", "Année", "Annoncé", "Compté")


@dataclass(frozen=True, slots=True)
class Dossier:
    """All that the file of an évaluation is made of."""

    evaluation: Evaluation
    instantane: Instantane
    donnees: Donnees
    comparaison: Comparaison
    questions: Sequence[QuestionDEvaluation]
    appreciations: Sequence[Appreciation]
    chiffres: Sequence[DonneeDeBesoin]
    contributions: Sequence[Contribution]


def document_of(found: Dossier) -> Document:
    """The file, as the page and its files say it."""
    espace = found.evaluation.espace
    return Document(
        titre=found.evaluation.titre,
        surtitre=typo(f"{espace.titre} : {found.comparaison.avant}, {found.comparaison.apres}"),
        chapeau=(sentence_of(found.evaluation), lede_of(found.comparaison), _digest(found)),
        parties=(
            *_questions(found),
            _overall(found),
            _unmeasured(found),
            *(part for one in found.comparaison.orientations for part in of_orientation(found, one)),
            *across(found.donnees),
            *_contributions(found),
        ),
        avertissement=typo("Contrat fictif : rien de ce que dit ce dossier n’existe.") if espace.fictif else "",
    )


def _digest(found: Dossier) -> str:
    one = found.instantane
    return typo(f"D’après l’instantané {one.code}, figé le {date_fr(one.jour)}, empreinte {one.sha256}.")


def _questions(found: Dossier) -> Iterator[Partie]:
    lines = tuple((one.texte, one.reponse or "pas encore de réponse") for one in found.questions)
    table = Tableau("Questions de l’évaluation", ("Question", "Réponse"), (2, 3), lines) if lines else None
    yield Partie("Les questions", (), table, "Aucune question n’est posée.")


def _overall(found: Dossier) -> Partie:
    rows = [_rank(f"{one['code']} {one['titre']}", found.comparaison.of(one["code"])) for one in _parts(found)]
    image = picture_of(
        picture(rows, ORDRE),
        resume="Ce qui a bougé, orientation par orientation",
        colonnes=("Orientation", "Un carré, une chose suivie", "En toutes lettres"),
    )
    return Partie("Ce qui a bougé, vu d’ensemble", image=image, vide="Rien n’est suivi.")


def _parts(found: Dossier) -> Sequence[Donnees]:
    return found.comparaison.orientations


def _rank(title: str, ecarts: Iterable[Ecart]) -> Rang:
    squares = ranked([Carre(SIGNES[one.mouvement], one.titre) for one in ecarts], ORDRE)
    return Rang(title, squares, vide="Rien n’y est suivi.", ordre=tuple(ORDRE))


def _unmeasured(found: Dossier) -> Partie:
    told = unmeasured_of(found.comparaison)
    count = len(found.comparaison.sans_indicateur)
    named = pluriel(count, "orientation", genre="f", lettres=True)
    without = f"{named} {accord(count, 'n’a', 'n’ont')} aucun indicateur"
    head = (typo(f"{capital(without)}."),) if count else ()
    return Partie("Ce que l’on ne peut pas dire", (*head, *told), vide=ALL_TOLD)


def of_orientation(found: Dossier, orientation: Donnees) -> Iterator[Partie]:
    """What moved of one orientation, then what is judged and needed of it."""
    code = orientation["code"]
    title = f"{code} {orientation['titre']}"
    ecarts = found.comparaison.of(code)
    rows = [_rank(capital(str(sort.label)), [one for one in ecarts if one.sorte == sort]) for sort in Sorte]
    image = picture_of(
        picture([one for one in rows if one.carres], ORDRE),
        resume=title,
        colonnes=("Quoi", "Un carré, une chose suivie", "En toutes lettres"),
    )
    yield Partie(typo(title), image=image, tableau=_moves(title, ecarts), vide="Rien n’y est suivi.")
    judged = next((one for one in found.appreciations if one.orientation.code == code), None)
    yield Partie(typo(f"{code} : appréciation"), tuple(judgement_of(judged)), vide=RIEN)
    yield needs_of(code, judged, [one for one in found.chiffres if one.orientation and one.orientation.code == code])


def _moves(title: str, ecarts: Sequence[Ecart]) -> Tableau | None:
    lines = tuple(_move(one) for one in ecarts)
    columns = ("Quoi", "Titre", "Avant", "Après", "Ce qui a bougé")
    return Tableau(f"Ce qui a bougé, {title}", columns, (9, 18, 11, 11, 11), lines) if lines else None


def _move(one: Ecart) -> tuple[str, ...]:
    why = f" : {one.raison}" if one.raison else ""
    what = f"{one.sorte.label} {one.code}" if one.sorte in _CODED else str(one.sorte.label)
    source = f"\nsource : {one.source}" if one.source and one.sorte == Sorte.INDICATEUR else ""
    cells = (what, one.titre, one.avant, f"{one.apres}{source}", f"{one.mouvement.label}{why}")
    return tuple(typo(cell) for cell in cells)


_CODED = (Sorte.ACTION, Sorte.ENGAGEMENT, Sorte.INDICATEUR)


def judgement_of(judged: Appreciation | None) -> Iterator[str]:
    """What is judged of an orientation, what it should become, what that leads to, sentence by sentence."""
    if judged is None:
        return
    for name in CRITERES:
        if getattr(judged, name):
            field = Appreciation._meta.get_field(name)
            asked = capital(str(getattr(field, "verbose_name", name)))
            yield typo(f"{asked} {capital(str(getattr(judged, f'get_{name}_display')()))}.")
    if judged.raisons:
        yield typo(f"Raisons : {judged.raisons}")
    if judged.recommandation:
        yield typo(f"Recommandation : {judged.get_recommandation_display()}.")
    if leads := [named for named, _ in leads_of(judged)]:
        yield typo(f"Ce qui en suit : {', '.join(leads)}.")


def leads_of(judged: Appreciation) -> list[tuple[str, object]]:
    """What a judgement leads to: in words, and the thing."""
    found: list[tuple[str, object]] = []
    if judged.decision:
        found.append((f"décision {judged.decision.code}", judged.decision))
    if judged.preconisation:
        found.append((f"préconisation {judged.preconisation.code}", judged.preconisation))
    if judged.avenant:
        found.append((f"avenant {judged.avenant.get_etat_display()}", judged.avenant))
    return found


def needs_of(code: str, judged: Appreciation | None, figures: Sequence[DonneeDeBesoin]) -> Partie:
    """The needs of an orientation brought up to date: what changed, what is asked, the figures with their sources."""
    told = [
        *([typo(f"Ce qui a changé : {judged.changements}")] if judged and judged.changements else []),
        *([typo(f"Ce qui est demandé : {judged.demandes}")] if judged and judged.demandes else []),
    ]
    return Partie(typo(f"{code} : besoins actualisés"), tuple(told), _figures(code, figures), SANS_BESOIN)


def _figures(code: str, figures: Sequence[DonneeDeBesoin]) -> Tableau | None:
    columns = ("Ce que dit le chiffre", "Valeur", "Année", "Périmètre", "Source")
    lines = tuple(tuple(typo(cell) for cell in _figure(one)) for one in figures)
    return Tableau(f"Chiffres des besoins, {code}", columns, (18, 10, 7, 11, 14), lines) if lines else None


def _figure(one: DonneeDeBesoin) -> tuple[str, ...]:
    return (one.libelle, value_of(one), str(one.annee), one.perimetre, one.source)


def value_of(one: DonneeDeBesoin) -> str:
    """A figure with its unit; what nobody gave, and of whom it is asked."""
    if one.valeur is not None:
        return typo(f"{figure(one.valeur)}{f' {one.unite}' if one.unite else ''}")
    return typo(f"non fournie, demandée {a(one.demandee_a)}" if one.demandee_a else "non fournie")


def across(data: Donnees) -> list[Partie]:
    """What a snapshot holds of the contract as a whole: its money, its meetings, what was asked, its registers."""
    return [
        Partie("L’argent : crédits spécifiques", (), _money(data, Registre.SPECIFIQUE), "Aucune ligne n’est inscrite."),
        Partie("L’argent : droit commun", (), _money(data, Registre.DROIT_COMMUN), "Aucune ligne n’est inscrite : "
               "personne n’a dit ce que le droit commun apporte."),
        Partie("Les réunions, promises et tenues", (), _meetings(data), "Aucune instance n’est suivie."),
        _asked(data),
        Partie("Les registres", (), _registers(data), "Aucun registre ne compte encore."),
    ]  # fmt: skip


def _money(data: Donnees, ledger: Registre) -> Tableau | None:
    names = ("annonce", "vote", "verse") if ledger == Registre.SPECIFIQUE else ("annonce", "compte")
    cells: dict[tuple[str, int], list[Donnees]] = {}
    for one in data["argent"]:
        if one["registre"] == ledger.value:
            cells.setdefault((one["financeur"], one["annee"] or 0), []).append(one)
    lines = tuple(
        (funder, str(year) if year else "sans année", *(_sum(held, name) for name in names))
        for (funder, year), held in sorted(cells.items(), key=lambda pair: (plain(pair[0][0]), pair[0][1]))
    )
    columns = MONEY if ledger == Registre.SPECIFIQUE else COMMON
    return (
        Tableau(f"Par financeur et par année, {ledger.label}", columns, (16, 7, *[9] * len(names)), lines)
        if lines
        else None
    )


def _sum(cells: list[Donnees], name: str) -> str:
    said = [Decimal(one[name]) for one in cells if one[name]]
    return euros(sum(said, Decimal(0))) if said else "non dit"


def _meetings(data: Donnees) -> Tableau | None:
    years = sorted({year["annee"] for one in data["reunions"] for year in one["annees"]})
    lines = tuple(
        (one["instance"], *(_held(year) for year in one["annees"]), one["source"] or "aucun rythme n’est dit")
        for one in data["reunions"]
    )
    columns = ("Instance", *(str(year) for year in years), "D’où vient le rythme")
    return Tableau("Réunions par instance et par année", columns, (16, *[6] * len(years), 14), lines) if lines else None


def _held(year: Donnees) -> str:
    return f"{year['tenues']} sur {year['attendues']}" if year["attendues"] else str(year["tenues"])


def _asked(data: Donnees) -> Partie:
    counts = Counter(one["etat"] for one in data["preconisations"])
    lines = tuple((str(etat.label), nombre(counts[etat.value])) for etat in EtatDePreconisation if counts[etat.value])
    late = [one["code"] for one in data["preconisations"] if not one["repondue_le"] and _overdue(one, data["jour"])]
    verb = accord(len(late), "aurait dû recevoir", "auraient dû recevoir")
    told = (typo(f"{nombre(len(late))} {verb} une réponse : {', '.join(late)}."),) if late else ()
    table = Tableau("Préconisations, selon ce qu’elles deviennent", ("Où elles en sont", "Combien"), (20, 8), lines)
    return Partie("Les préconisations", told, table if lines else None, "Aucune préconisation n’est publiée.")


def _overdue(one: Donnees, day: str) -> bool:
    return bool(one["promise_pour"]) and day_of(one["promise_pour"]) < day_of(day)


def _registers(data: Donnees) -> Tableau | None:
    lines = tuple((one["nom"], nombre(one["objets"]), nombre(one["entrees"])) for one in data["registres"])
    columns = ("Registre ou activité", "Lignes", "Entrées qui comptent")
    return Tableau("Ce que comptent les registres", columns, (20, 8, 10), lines) if lines else None


def _contributions(found: Dossier) -> Iterator[Partie]:
    told = [one for one in found.contributions if one.recue_le]
    silent = [one.organisme.nom for one in found.contributions if not one.recue_le]
    lines = tuple(tuple(typo(cell) for cell in (one.organisme.nom, one.change, one.besoin)) for one in told)
    columns = ("Organisme", "Ce qui a changé", "Ce qui manque aujourd’hui")
    table = Tableau("Ce que disent les organismes", columns, (12, 20, 20), lines) if lines else None
    quiet = (typo(f"N’ont pas répondu : {', '.join(silent)}."),) if silent else ()
    yield Partie("Ce que disent les organismes", quiet, table, "Aucun organisme n’a été sollicité.")
