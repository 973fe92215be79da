"""The minutes of a meeting, or its agenda before it takes place: bodies, never persons."""

from collections.abc import Iterator

from tenir.core.documents import Document, Partie, Tableau
from tenir.core.typographie import capital, date_fr, typo
from tenir.gouvernance.comptes import counts_of
from tenir.gouvernance.enums import EtatDeReunion
from tenir.gouvernance.models import Convocation, CorrectionDeCompteRendu, Decision, Proposition, Reunion
from tenir.gouvernance.regles import corpus_of
from tenir.gouvernance.services.comptes_rendus import told_minutes
from tenir.gouvernance.services.liens import told_answer
from tenir.gouvernance.services.reunions import told_presence

FICTIF = "Contrat fictif : rien de cela n’a lieu."


def minutes_of(reunion: Reunion) -> Document:
    """The minutes of a meeting that took place; of another, its agenda and who is invited."""
    held = reunion.etat == EtatDeReunion.TENUE
    kind = "Compte rendu" if held else "Ordre du jour"
    return Document(
        titre=typo(f"{kind} : {reunion.instance.nom}, {date_fr(reunion.jour)}"),
        surtitre=typo(reunion.espace.titre),
        chapeau=tuple(typo(one) for one in _lede(reunion)),
        parties=tuple(_parts(reunion, held=held)),
        avertissement=typo(FICTIF) if reunion.espace.fictif else "",
    )


def _lede(reunion: Reunion) -> Iterator[str]:
    hours = reunion.heures
    parts = [reunion.objet, f"le {date_fr(reunion.jour)}{f', {hours}' if hours else ''}", reunion.lieu]
    yield f"{capital(' ; '.join(part for part in parts if part))}."
    if reunion.etat == EtatDeReunion.ANNULEE:
        yield f"Réunion annulée : {reunion.motif}"
    if told := told_minutes(reunion):
        yield told


def _parts(reunion: Reunion, *, held: bool) -> Iterator[Partie]:
    invited = list(reunion.convocations.select_related("organisation", "represente_par"))
    yield _attendance(reunion, invited, held=held)
    ecarts = [f"{one.phrase} Règle : {one.source}. Raison : {one.motif}" for one in reunion.ecarts.all()]
    if ecarts:
        yield Partie("Écarts aux règles, et leur raison", tuple(typo(one) for one in ecarts))
    yield from _agenda(reunion, held=held)
    if held:
        yield _decisions(reunion)
    yield from _counted(reunion)
    yield from _proposals(reunion)
    yield from _corrections(reunion)


def _attendance(reunion: Reunion, invited: list[Convocation], *, held: bool) -> Partie:
    said = told_presence if held else told_answer
    lines = tuple((str(one.organisation), typo(said(one) or "non noté")) for one in invited)
    table = Tableau("Organismes convoqués", ("Organisme", "Présence" if held else "Réponse"), (3, 2), lines)
    phrases = tuple(_counts(reunion, invited)) if held else ()
    return Partie("Présences" if held else "Convoqués", phrases, table if lines else None, "Personne n’est convoqué.")


def _counts(reunion: Reunion, invited: list[Convocation]) -> Iterator[str]:
    """How many people came, then what the attendance makes of each rule, with what the rule rests on."""
    if said := reunion.personnes:
        yield typo(f"Personnes présentes : {said}.")
    for one in counts_of(corpus_of(reunion.espace, reunion.jour), reunion, invited):
        yield typo(f"{one.phrase} Règle : {one.regle.source}.")


def _agenda(reunion: Reunion, *, held: bool) -> Iterator[Partie]:
    points = list(reunion.points.with_subjects().prefetch_related("decisions__organisme"))
    if not held:
        yield Partie(
            "Ordre du jour",
            tuple(typo(f"{rank}. {one.intitule}") for rank, one in enumerate(points, 1)),
            None,
            "À fixer.",
        )
        return
    for rank, one in enumerate(points, 1):
        taken = [f"Décision {each.code} : {each.texte}" for each in one.decisions.all()]
        said = [line for line in one.notes.split("\n") if line.strip()]
        told = tuple(typo(line) for line in (*said, *one.dit, *taken))
        yield Partie(typo(f"{rank}. {one.intitule}"), told, None, "Rien n’est noté.")


def _decisions(reunion: Reunion) -> Partie:
    rows = Decision.objects.of(reunion.espace).filter(reunion=reunion).order_by("numero")
    lines = tuple(
        (
            one.code,
            typo(one.texte),
            str(one.organisme or "à désigner"),
            date_fr(one.pour_le) if one.pour_le else "sans date",
        )
        for one in rows
    )
    table = Tableau("Décisions prises", ("Code", "Décision", "Qui l’exécute", "Pour le"), (1, 6, 3, 2), lines)
    return Partie("Décisions", (), table if lines else None, "Aucune décision n’a été prise.")


def _proposals(reunion: Reunion) -> Iterator[Partie]:
    rows = Proposition.objects.of(reunion.espace).filter(reunion=reunion).order_by("numero")
    lines = tuple((one.code, typo(one.texte), str(one.organisme or "")) for one in rows)
    if lines:
        yield Partie(
            "Propositions", (), Tableau("Propositions faites", ("Code", "Proposition", "Par"), (1, 6, 3), lines)
        )


def _counted(reunion: Reunion) -> Iterator[Partie]:
    """What it emitted in the register: counts, never a case."""
    from tenir.gouvernance.services.registre import for_minutes  # and the kinds, which the start does without

    if told := for_minutes(reunion):
        yield Partie("Ce qui y a été compté", tuple(typo(one) for one in told))


def _corrections(reunion: Reunion) -> Iterator[Partie]:
    """What bodies asked to correct, and what became of it."""
    rows = reunion.corrections.select_related("organisation")
    told = [f"{one.organisation} : {one.texte} ({one.get_suite_display()}{_why(one)})" for one in rows]
    if told:
        yield Partie("Corrections demandées", tuple(typo(one) for one in told))


def _why(one: CorrectionDeCompteRendu) -> str:
    return f" : {one.motif}" if one.motif else ""
