"""Meetings: their agenda, who is invited and came, and what was done beside a rule."""

import secrets
from datetime import date, timedelta
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q

from tenir.acteurs.models import Organisation, Personne
from tenir.core import horloge
from tenir.core.alphabet import alphabetical
from tenir.core.noms import de
from tenir.core.piece import each
from tenir.core.seuils import in_force
from tenir.core.typographie import date_fr, pluriel
from tenir.gouvernance.enums import ANSWERS, TO_COME, AvisDePoint, EtatDeReunion, Reponse, SuiteDeCorrection
from tenir.gouvernance.models.instances import InstanceSuivie
from tenir.gouvernance.seuils import LIEN_DE_CONVOCATION
from tenir.habilitations.models import EspaceDeContrat, of_contract
from tenir.habilitations.niveaux import Niveau


class ReunionQuerySet(models.QuerySet["Reunion"]):
    """Meetings as pages ask for them."""

    def of(self, espace: EspaceDeContrat) -> Self:
        """Those of one contract, with their body."""
        return of_contract(self, espace).select_related("espace", "instance__instance", "instance__espace")

    def public(self) -> Self:
        """Those that the team published."""
        return self.filter(niveau=Niveau.PUBLIC)

    def held(self) -> Self:
        """Those that took place."""
        return self.filter(etat=EtatDeReunion.TENUE)

    def to_come(self) -> Self:
        """Those planned or convened."""
        return self.filter(etat__in=TO_COME)


class Reunion(models.Model):
    """A meeting of a body.

    `niveau`: who reads it, partenaires until it is published. `sequence` counts what calendars were sent of it.
    `femmes`, `hommes`: how many people came, as seen by who notes the attendance; never public, never of one body.
    """

    IN_WORDS: ClassVar = {
        "debut": lambda value: f"{value:%H:%M}" if value else "",
        "fin": lambda value: f"{value:%H:%M}" if value else "",
    }

    espace = models.ForeignKey(EspaceDeContrat, models.CASCADE, verbose_name="contrat", related_name="reunions")
    instance = models.ForeignKey(InstanceSuivie, models.PROTECT, verbose_name="instance", related_name="reunions")
    objet = models.CharField("objet", max_length=200, blank=True)
    jour = models.DateField("jour")
    debut = models.TimeField("de", null=True, blank=True)
    fin = models.TimeField("à", null=True, blank=True)
    lieu = models.CharField("lieu", max_length=300, blank=True)
    documents = models.TextField("documents à lire", max_length=4000, blank=True)
    etat = models.CharField("état", max_length=10, choices=EtatDeReunion, default=EtatDeReunion.PREVUE)
    motif = models.CharField("raison de l’annulation", max_length=500, blank=True)
    niveau = models.PositiveSmallIntegerField("lisible par", default=Niveau.PARTENAIRES)
    convoquee_le = models.DateTimeField("convoquée le", null=True, blank=True)
    sequence = models.PositiveSmallIntegerField("envois", default=0)
    femmes = models.PositiveSmallIntegerField("femmes présentes", null=True, blank=True)
    hommes = models.PositiveSmallIntegerField("hommes présents", null=True, blank=True)
    diffuse_le = models.DateTimeField("compte rendu diffusé le", null=True, blank=True)
    diffusions = models.PositiveSmallIntegerField("diffusions du compte rendu", default=0)
    approuve_en = models.ForeignKey(
        "self", models.PROTECT, verbose_name="compte rendu approuvé en", related_name="approuve", null=True, blank=True
    )
    version = models.PositiveIntegerField("version", default=1)
    creee_par = models.ForeignKey(Personne, models.PROTECT, verbose_name="préparée par", related_name="+")
    creee_le = models.DateTimeField("préparée le", default=horloge.now, editable=False)

    objects = ReunionQuerySet.as_manager()

    class Meta:
        verbose_name = "réunion"
        ordering = ["-jour", "-pk"]
        indexes = [models.Index(fields=["espace", "jour"], name="reunion_of_a_day")]
        constraints = [
            models.CheckConstraint(
                name="reunion_ends_after_it_begins",
                condition=Q(fin=None) | Q(debut__isnull=False, fin__gt=F("debut")),
                violation_error_code="fin",
                violation_error_message="Une réunion finit après avoir commencé.",
            ),
            models.CheckConstraint(
                name="reunion_is_for_the_contract_or_for_anyone",
                condition=Q(niveau__in=[Niveau.PARTENAIRES.value, Niveau.PUBLIC.value]),
                violation_error_code="niveau",
                violation_error_message="Une réunion est lue par ceux du contrat, ou par tous.",
            ),
            models.CheckConstraint(
                name="reunion_called_off_says_why",
                condition=~Q(etat=EtatDeReunion.ANNULEE) | ~Q(motif=""),
                violation_error_code="motif",
                violation_error_message="Dites pourquoi la réunion est annulée.",
            ),
            models.CheckConstraint(
                name="reunion_counts_women_and_men_together",
                condition=Q(femmes=None, hommes=None) | Q(femmes__isnull=False, hommes__isnull=False),
                violation_error_code="hommes",
                violation_error_message="Notez le nombre de femmes et celui d’hommes, ou aucun des deux.",
            ),
            models.CheckConstraint(
                name="reunion_minutes_circulated_are_those_of_a_meeting_held",
                condition=Q(diffuse_le=None) | Q(etat=EtatDeReunion.TENUE),
                violation_error_message="Le compte rendu diffusé est celui d’une réunion tenue.",
            ),
            models.CheckConstraint(
                name="reunion_minutes_approved_were_circulated_and_by_another_meeting",
                condition=Q(approuve_en=None) | (Q(diffuse_le__isnull=False) & ~Q(approuve_en=F("pk"))),
                violation_error_message="Un compte rendu est diffusé, puis approuvé par une autre réunion.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.instance.nom} du {date_fr(self.jour)}"

    @property
    def heures(self) -> str:
        """« 14 h 00 à 16 h 30 », as far as they are said."""
        return " à ".join(f"{one.hour} h {one.minute:02}" for one in (self.debut, self.fin) if one)

    @property
    def code(self) -> str:
        """Its code in the trace."""
        return str(self.pk)

    @property
    def a_lire(self) -> list[str]:
        """The documents to read, one by line."""
        return [line.strip() for line in self.documents.split("\n") if line.strip()]

    @property
    def personnes(self) -> str:
        """How many women and men came, in words; empty while nobody counted them."""
        if self.femmes is None or self.hommes is None:
            return ""
        return f"{pluriel(self.femmes, 'femme', genre='f')} et {pluriel(self.hommes, 'homme')}"

    @property
    def is_to_come(self) -> bool:
        """Whether it is planned or convened."""
        return self.etat in TO_COME


class PointDOrdreDuJourQuerySet(models.QuerySet["PointDOrdreDuJour"]):
    """Items of agendas as pages ask for them."""

    def with_subjects(self) -> Self:
        """In their order, with what each examines: its words are told as they stand, never copied."""
        return self.select_related(*each("subjects")).order_by("rang", "pk")


class PointDOrdreDuJour(models.Model):
    """An item of an agenda, and what is noted of it.

    `reprend`: the decision that it comes back to; `proposition`: what it examines; `compte_rendu`: the meeting whose
    minutes it approves. `titre` never holds the words of what it examines (`Piece.subjects`): they are told after it,
    as they stand, to who reads them.
    """

    reunion = models.ForeignKey(Reunion, models.CASCADE, verbose_name="réunion", related_name="points")
    rang = models.PositiveSmallIntegerField("rang")
    titre = models.CharField("point", max_length=300)
    notes = models.TextField("notes", max_length=20_000, blank=True)
    avis = models.CharField("avis rendu", max_length=12, choices=AvisDePoint, blank=True)
    pour = models.PositiveSmallIntegerField("voix pour", null=True, blank=True)
    contre = models.PositiveSmallIntegerField("voix contre", null=True, blank=True)
    abstentions = models.PositiveSmallIntegerField("abstentions", null=True, blank=True)
    reprend = models.ForeignKey(
        "Decision", models.PROTECT, verbose_name="décision à reprendre", related_name="reprises", null=True, blank=True
    )
    proposition = models.ForeignKey(
        "Proposition", models.PROTECT, verbose_name="proposition examinée", related_name="points", null=True, blank=True
    )
    compte_rendu = models.ForeignKey(
        Reunion, models.PROTECT, verbose_name="compte rendu à approuver", related_name="approbations", null=True,
        blank=True,
    )  # fmt: skip
    version = models.PositiveIntegerField("version", default=1)

    objects = PointDOrdreDuJourQuerySet.as_manager()

    class Meta:
        verbose_name = "point d’ordre du jour"
        ordering = ["reunion", "rang", "pk"]
        constraints = [
            models.CheckConstraint(
                name="point_d_ordre_du_jour_has_a_title",
                condition=~Q(titre=""),
                violation_error_code="titre",
                violation_error_message="Dites de quoi il s’agit.",
            )
        ]

    def __str__(self) -> str:
        return self.titre

    def told_to(self, niveau: int) -> str:
        """Its title and the words of what it examines as they stand, or, to who does not read them, that they are not
        there."""
        subject = self._subject()
        if subject is None:
            return self.titre
        if subject.niveau <= niveau:
            return f"{self.titre} : {subject.texte}"
        return f"{self.titre}, retirée" if subject.is_withdrawn else self.titre

    @property
    def intitule(self) -> str:
        """The same to those of the contract."""
        return self.told_to(Niveau.PARTENAIRES)

    def _subject(self) -> Any:
        for path in each("subjects"):
            found: Any = self
            for name in path.split("__"):
                found = getattr(found, name, None)
            if found is not None:
                return found
        return None

    @property
    def dit(self) -> list[str]:
        """What was given on it: « Avis favorable. », « Vote : 8 voix pour, 1 contre, 2 abstentions. »."""
        opinion = [f"Avis {self.get_avis_display()}."] if self.avis else []
        return [*opinion, *([f"Vote : {self.voix}."] if self.voix else [])]

    @property
    def voix(self) -> str:
        """The votes, in words; what nobody counted is not said."""
        counted = (
            (self.pour, "voix pour", "voix pour"),
            (self.contre, "voix contre", "voix contre"),
            (self.abstentions, "abstention", "abstentions"),
        )
        return ", ".join(pluriel(many, one, more, genre="f") for many, one, more in counted if many is not None)

    @property
    def code(self) -> str:
        """Its code in the trace: that of its meeting."""
        return str(self.reunion_id)

    @property
    def niveau(self) -> int:
        """Who reads its title: those who read its meeting."""
        return self.reunion.niveau


class EcartMotive(models.Model):
    """What was done beside a rule, and why: the sentence and the source of that day, which the minutes print."""

    reunion = models.ForeignKey(Reunion, models.CASCADE, verbose_name="réunion", related_name="ecarts")
    cle = models.CharField("règle", max_length=60)
    phrase = models.CharField("ce qui s’en écarte", max_length=500)
    source = models.CharField("source", max_length=400)
    motif = models.CharField("raison", max_length=500)
    le = models.DateTimeField("le", default=horloge.now, editable=False)

    class Meta:
        verbose_name = "écart motivé"
        ordering = ["reunion", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["reunion", "cle"],
                name="ecart_motive_is_one_a_rule",
                violation_error_message="La raison de cet écart est déjà dite.",
            ),
            models.CheckConstraint(
                name="ecart_motive_says_why",
                condition=~Q(motif=""),
                violation_error_code="motif",
                violation_error_message="Dites pourquoi.",
            ),
        ]

    def __str__(self) -> str:
        return self.phrase


class Convocation(models.Model):
    """A body invited to a meeting, its one link, what it answered, and whether it came. It names nobody.

    `reponse` is announced, by the link or noted by the team; `presence` is what was seen, or what someone said by the
    code of the door (`a_la_porte`), which anyone in the room may do for any body, until the team notes it.
    """

    reunion = models.ForeignKey(Reunion, models.CASCADE, verbose_name="réunion", related_name="convocations")
    organisation = models.ForeignKey(Organisation, models.PROTECT, verbose_name="organisme", related_name="+")
    compte = models.BooleanField("compte pour le quorum", default=True)
    alea = models.CharField("aléa du lien", max_length=43, unique=True, default=secrets.token_urlsafe, editable=False)
    reponse = models.CharField("réponse", max_length=10, choices=[(one, one.label) for one in ANSWERS], blank=True)
    repondu_le = models.DateTimeField("répondu le", null=True, blank=True)
    presence = models.CharField("présence", max_length=10, choices=Reponse, blank=True)
    a_la_porte = models.BooleanField("dite à la porte", default=False)
    represente_par = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name="représenté par", related_name="+", null=True, blank=True
    )

    class Meta:
        verbose_name = "convocation"
        ordering = ["reunion", alphabetical("organisation__nom"), "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["reunion", "organisation"],
                name="convocation_is_one_a_body",
                violation_error_message="Cet organisme est déjà convoqué.",
            ),
            models.CheckConstraint(
                name="convocation_answer_has_its_day",
                condition=Q(reponse="", repondu_le=None) | (~Q(reponse="") & Q(repondu_le__isnull=False)),
                violation_error_message="Une réponse est donnée un jour dit.",
            ),
            models.CheckConstraint(
                name="convocation_is_represented_by_another",
                condition=Q(represente_par=None) | ~Q(represente_par=F("organisation")),
                violation_error_code="represente_par",
                violation_error_message="Un organisme est représenté par un autre.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.organisation)

    @property
    def closes_on(self) -> date:
        """The day from which its link answers nothing."""
        return self.reunion.jour + timedelta(days=in_force(LIEN_DE_CONVOCATION, self.reunion.jour))


class CorrectionDeCompteRendu(models.Model):
    """What a body invited asks to correct in the minutes of a meeting, and what became of it."""

    reunion = models.ForeignKey(Reunion, models.CASCADE, verbose_name="réunion", related_name="corrections")
    organisation = models.ForeignKey(Organisation, models.PROTECT, verbose_name="organisme", related_name="+")
    texte = models.TextField("correction", max_length=2000)
    recue_le = models.DateField("reçue le")
    suite = models.CharField("suite", max_length=10, choices=SuiteDeCorrection, default=SuiteDeCorrection.EN_ATTENTE)
    motif = models.CharField("pourquoi elle n’est pas reprise", max_length=500, blank=True)

    class Meta:
        verbose_name = "correction de compte rendu"
        ordering = ["reunion", "recue_le", "pk"]
        constraints = [
            models.CheckConstraint(
                name="correction_says_something",
                condition=~Q(texte=""),
                violation_error_code="texte",
                violation_error_message="Écrivez la correction.",
            ),
            models.CheckConstraint(
                name="correction_set_aside_says_why",
                condition=~Q(suite=SuiteDeCorrection.ECARTEE) | ~Q(motif=""),
                violation_error_code="motif",
                violation_error_message="Dites pourquoi elle n’est pas reprise.",
            ),
        ]

    def __str__(self) -> str:
        return f"correction {de(self.organisation)}"

    @property
    def code(self) -> str:
        """Its code in the trace: that of its meeting."""
        return str(self.reunion_id)
