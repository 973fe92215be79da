"""A call for candidates, what it will draw, and the candidates: what the draw needs of them, and how to reach them."""

import re
from datetime import date
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from tenir.conseil.enums import CollegeDuConseil, EtatDAppel, Issue, Sexe, TrancheDAge
from tenir.conseil.tirage import Classe, Places
from tenir.core import horloge
from tenir.habilitations.models import EspaceDeContrat, of_contract

AGES = ("jeunes_habitants", "adultes_habitants", "murs_habitants", "aines_habitants")
"""The seats kept for each age band, in the order of the bands."""
SECTOR = re.compile(r"^(?P<nom>[^;:=\"\\$`\n]{1,60}?)\s*(?::\s*(?P<sieges>\d{1,2}))?$")


def sectors_in(text: str) -> dict[str, int]:
    """The sectors that a call names, one a line, and the seats kept first for each: « Gare : 2 », « Centre ».

    Raises:
        ValidationError: a line that names none, or one named already.
    """
    found: dict[str, int] = {}
    for line in filter(None, map(str.strip, text.splitlines())):
        read = SECTOR.match(line)
        if read is None or read["nom"] in found:
            raise ValidationError({"secteurs": f"Écrivez un secteur par ligne, une fois : « Gare : 2 ». Lu : {line}"})
        found[read["nom"]] = int(read["sieges"] or 0)
    return found


class AppelQuerySet(models.QuerySet["AppelACandidatures"]):
    """Calls as pages ask for them."""

    def of(self, espace: EspaceDeContrat) -> Self:
        """Those of one contract."""
        return of_contract(self, espace).select_related("espace")


class AppelACandidatures(models.Model):
    """A call for candidates: its words, its days, what will be drawn; then the frozen list, and the draw.

    `femmes_…`, `hommes_…`, those of ages and of `secteurs`: the seats kept for them first. `liste`: the file whose
    digest was published before the words were drawn. `mandats_jusqu_au`: the day from which the mandates that it gives
    are over.
    """

    espace = models.ForeignKey(EspaceDeContrat, models.CASCADE, verbose_name="contrat", related_name="appels")
    numero = models.PositiveIntegerField("numéro")
    texte = models.TextField("ce que dit l’appel", max_length=4000)
    ouvre_le = models.DateField("ouvre le")
    ferme_le = models.DateField("dernier jour pour candidater")
    duree_mois = models.PositiveSmallIntegerField("durée du mandat, en mois", default=36)
    sieges_habitants = models.PositiveSmallIntegerField("sièges du collège des habitants")
    femmes_habitants = models.PositiveSmallIntegerField("réservés d’abord à des femmes (habitants)")
    hommes_habitants = models.PositiveSmallIntegerField("réservés d’abord à des hommes (habitants)")
    suppleants_habitants = models.PositiveSmallIntegerField("suppléants du collège des habitants")
    sieges_acteurs = models.PositiveSmallIntegerField("sièges du collège des acteurs locaux", default=0)
    femmes_acteurs = models.PositiveSmallIntegerField("réservés d’abord à des femmes (acteurs)", default=0)
    hommes_acteurs = models.PositiveSmallIntegerField("réservés d’abord à des hommes (acteurs)", default=0)
    suppleants_acteurs = models.PositiveSmallIntegerField("suppléants du collège des acteurs locaux", default=0)
    jeunes_habitants = models.PositiveSmallIntegerField("réservés d’abord aux 16 à 25 ans", default=0)
    adultes_habitants = models.PositiveSmallIntegerField("réservés d’abord aux 26 à 45 ans", default=0)
    murs_habitants = models.PositiveSmallIntegerField("réservés d’abord aux 46 à 64 ans", default=0)
    aines_habitants = models.PositiveSmallIntegerField("réservés d’abord aux 65 ans ou plus", default=0)
    secteurs = models.TextField("rues ou secteurs du collège des habitants", max_length=1000, blank=True)
    liste = models.TextField("liste figée", blank=True)
    empreinte = models.CharField("empreinte de la liste", max_length=64, blank=True)
    fige_le = models.DateTimeField("liste figée le", null=True, blank=True)
    mots = models.CharField("mots tirés en public", max_length=200, blank=True)
    circonstances = models.CharField("où et comment les mots ont été tirés", max_length=300, blank=True)
    tire_le = models.DateField("tirage fait le", null=True, blank=True)
    mandats_jusqu_au = models.DateField("fin des mandats", null=True, blank=True)
    version = models.PositiveIntegerField("version", default=1)

    objects = AppelQuerySet.as_manager()

    class Meta:
        verbose_name = "appel à candidatures"
        verbose_name_plural = "appels à candidatures"
        ordering = ["espace", "-numero"]
        constraints = [
            models.UniqueConstraint(
                fields=["espace", "numero"],
                name="appel_has_a_number_of_its_own",
                violation_error_message="Ce numéro d’appel est déjà donné.",
            ),
            models.CheckConstraint(
                name="appel_says_something",
                condition=~Q(texte=""),
                violation_error_code="texte",
                violation_error_message="Écrivez ce que dit l’appel.",
            ),
            models.CheckConstraint(
                name="appel_closes_after_it_opens",
                condition=Q(ferme_le__gte=F("ouvre_le")),
                violation_error_code="ferme_le",
                violation_error_message="L’appel ferme après avoir ouvert.",
            ),
            models.CheckConstraint(
                name="appel_gives_a_mandate_that_ends",
                condition=Q(duree_mois__gte=1, duree_mois__lte=84),
                violation_error_code="duree_mois",
                violation_error_message="Un mandat dure d’un mois à sept ans.",
            ),
            models.CheckConstraint(
                name="appel_has_seats",
                condition=Q(sieges_habitants__gte=1, sieges_habitants__lte=60, sieges_acteurs__lte=60),
                violation_error_code="sieges_habitants",
                violation_error_message="Le collège des habitants a de un à soixante sièges.",
            ),
            models.CheckConstraint(
                name="appel_quotas_of_residents_fit",
                condition=Q(sieges_habitants__gte=F("femmes_habitants") + F("hommes_habitants")),
                violation_error_code="hommes_habitants",
                violation_error_message="Les sièges réservés ne dépassent pas ceux du collège.",
            ),
            models.CheckConstraint(
                name="appel_quotas_of_ages_fit",
                condition=Q(
                    sieges_habitants__gte=F("jeunes_habitants")
                    + F("adultes_habitants")
                    + F("murs_habitants")
                    + F("aines_habitants")
                ),
                violation_error_code="aines_habitants",
                violation_error_message="Les sièges réservés à des âges ne dépassent pas ceux du collège.",
            ),
            models.CheckConstraint(
                name="appel_quotas_of_local_bodies_fit",
                condition=Q(sieges_acteurs__gte=F("femmes_acteurs") + F("hommes_acteurs")),
                violation_error_code="hommes_acteurs",
                violation_error_message="Les sièges réservés ne dépassent pas ceux du collège.",
            ),
            models.CheckConstraint(
                name="appel_frozen_has_its_list",
                condition=Q(fige_le=None, liste="", empreinte="")
                | (Q(fige_le__isnull=False) & ~Q(empreinte="") & ~Q(liste="")),
                violation_error_message="Une liste figée a son jour et son empreinte.",
            ),
            models.CheckConstraint(
                name="appel_drawn_was_frozen_before",
                condition=Q(tire_le=None, mots="", circonstances="", mandats_jusqu_au=None)
                | (
                    Q(tire_le__isnull=False, fige_le__isnull=False, mandats_jusqu_au__gt=F("tire_le"))
                    & ~Q(mots="")
                    & ~Q(circonstances="")
                ),
                violation_error_code="mots",
                violation_error_message="On tire au sort une liste figée, avec des mots tirés en public.",
            ),
        ]

    def __str__(self) -> str:
        return f"appel à candidatures n° {self.numero}"

    @property
    def code(self) -> str:
        """Its code in the trace."""
        return f"appel {self.numero}"

    def clean(self) -> None:
        """Refuse sectors that no list could hold, or more seats kept for them than there are.

        Raises:
            ValidationError: a line that names none, one named twice, a seat too many.
        """
        found = sectors_in(self.secteurs)
        if sum(found.values()) > self.sieges_habitants:
            raise ValidationError({"secteurs": "Les sièges réservés à des secteurs ne dépassent pas ceux du collège."})

    @property
    def classes(self) -> tuple[tuple[Classe, int], ...]:
        """The seats kept first for an age band, then for a sector, among residents."""
        ages = zip(TrancheDAge.values, AGES, strict=True)
        kept = [(("age", band), getattr(self, name)) for band, name in ages]
        kept += [(("secteur", name), seats) for name, seats in sectors_in(self.secteurs).items()]
        return tuple((classe, seats) for classe, seats in kept if seats)

    @property
    def places(self) -> list[Places]:
        """What each college is to fill; a college without a seat is not drawn."""
        asked = [
            Places("habitants", self.sieges_habitants, self.femmes_habitants, self.hommes_habitants,
                   self.suppleants_habitants, self.classes),
            Places("acteurs", self.sieges_acteurs, self.femmes_acteurs, self.hommes_acteurs, self.suppleants_acteurs),
        ]  # fmt: skip
        return [one for one in asked if one.sieges]

    def state_on(self, day: date) -> EtatDAppel:
        """Where it stands on a day."""
        if self.tire_le:
            return EtatDAppel.TIRE
        if self.fige_le:
            return EtatDAppel.FIGE
        if day < self.ouvre_le:
            return EtatDAppel.A_VENIR
        return EtatDAppel.OUVERT if day <= self.ferme_le else EtatDAppel.CLOS

    @property
    def etat(self) -> EtatDAppel:
        """Where it stands today."""
        return self.state_on(horloge.today(self.espace))


class CandidatureQuerySet(models.QuerySet["Candidature"]):
    """Candidates as the team asks for them."""

    def of(self, espace: EspaceDeContrat) -> Self:
        """Those of one contract, with their call."""
        return of_contract(self, espace).select_related("espace", "appel__espace")

    def standing(self) -> Self:
        """Those that were not withdrawn."""
        return self.filter(retiree_le=None)

    def reachable(self) -> Self:
        """Those whose name or contact is still kept."""
        return self.exclude(nom="", contact="")


class Candidature(models.Model):
    """Someone who offers to sit, known to the draw by a number, a college and a sex.

    `nom` and `contact` are for the team alone, and erased when they serve no more (`efface_le`). Without `appel`: a
    member designated otherwise than by a draw, whom the team typed. `issue` and `rang`: what the draw made of it.
    """

    espace = models.ForeignKey(EspaceDeContrat, models.CASCADE, verbose_name="contrat", related_name="candidatures")
    appel = models.ForeignKey(
        AppelACandidatures, models.PROTECT, verbose_name="appel", related_name="candidatures", null=True, blank=True
    )
    numero = models.PositiveIntegerField("numéro")
    nom = models.CharField("nom", max_length=150, blank=True)
    contact = models.CharField("courriel ou téléphone", max_length=200, blank=True)
    college = models.CharField("collège", max_length=10, choices=CollegeDuConseil)
    sexe = models.CharField("compté pour la parité comme", max_length=1, choices=Sexe)
    age = models.CharField("âge", max_length=5, choices=TrancheDAge, blank=True)
    secteur = models.CharField("secteur ou structure", max_length=100, blank=True)
    recue_le = models.DateTimeField("reçue le", default=horloge.now, editable=False)
    retiree_le = models.DateField("retirée le", null=True, blank=True)
    issue = models.CharField("issue du tirage", max_length=12, choices=Issue, blank=True)
    rang = models.PositiveIntegerField("rang", null=True, blank=True)
    efface_le = models.DateField("coordonnées effacées le", null=True, blank=True)
    version = models.PositiveIntegerField("version", default=1)

    objects = CandidatureQuerySet.as_manager()

    class Meta:
        verbose_name = "candidature"
        ordering = ["espace", "numero"]
        constraints = [
            models.UniqueConstraint(
                fields=["espace", "numero"],
                name="candidature_has_a_number_of_its_own",
                violation_error_message="Ce numéro de candidature est déjà donné.",
            ),
            models.CheckConstraint(
                name="candidature_names_whom_to_reach_until_erased",
                condition=(Q(efface_le=None) & ~Q(nom="") & ~Q(contact=""))
                | Q(efface_le__isnull=False, nom="", contact=""),
                violation_error_code="contact",
                violation_error_message="Dites comment vous appeler et vous joindre.",
            ),
            models.CheckConstraint(
                name="candidature_drawn_has_its_rank",
                condition=Q(issue="", rang=None) | (~Q(issue="") & Q(rang__gte=1, appel__isnull=False)),
                violation_error_message="Une candidature tirée a son rang.",
            ),
        ]

    def __str__(self) -> str:
        return f"candidature n° {self.numero}"

    @property
    def code(self) -> str:
        """Its code in the trace: a number, never a name."""
        return f"candidature {self.numero}"
