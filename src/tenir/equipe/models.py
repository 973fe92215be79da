"""What the team does towards the bodies of a contract: reminding them; and the words of its acronyms."""

from django.db import models
from django.db.models import Q

from tenir.acteurs.models import Organisation, Personne
from tenir.contrat.models import ActionPrevue, Engagement
from tenir.core import horloge
from tenir.core.requetes import points_to_nothing
from tenir.habilitations.models import EspaceDeContrat


class Relance(models.Model):
    """A message that asks a body where an action or a promise stands; one a day for each thing and body."""

    espace = models.ForeignKey(EspaceDeContrat, models.CASCADE, verbose_name="contrat", related_name="relances")
    action = models.ForeignKey(
        ActionPrevue, models.CASCADE, verbose_name="action prévue", related_name="relances", null=True, blank=True
    )
    engagement = models.ForeignKey(
        Engagement, models.CASCADE, verbose_name="engagement", related_name="relances", null=True, blank=True
    )
    organisation = models.ForeignKey(Organisation, models.PROTECT, verbose_name="organisme", related_name="+")
    personne = models.ForeignKey(Personne, models.PROTECT, verbose_name="personne relancée", related_name="relances")
    par = models.ForeignKey(Personne, models.PROTECT, verbose_name="relancée par", related_name="+")
    le = models.DateField("le")
    cree_le = models.DateTimeField("demandée le", default=horloge.now, editable=False)

    class Meta:
        verbose_name = "relance"
        ordering = ["espace", "-cree_le", "-pk"]
        indexes = [models.Index(fields=["espace", "-le"], name="relance_of_a_contract")]
        constraints = [
            models.CheckConstraint(
                name="relance_is_about_one_thing",
                condition=Q(action__isnull=False, engagement=None) | Q(action=None, engagement__isnull=False),
                violation_error_message="Une relance porte sur une action ou sur un engagement.",
            ),
            *(
                models.UniqueConstraint(
                    fields=[thing, "organisation", "le"],
                    name=f"relance_of_an_{thing}_once_a_day",
                    violation_error_message="Cet organisme est déjà relancé aujourd’hui.",
                )
                for thing in ("action", "engagement")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}, relancé le {self.le:%d/%m/%Y}"

    @property
    def objet(self) -> ActionPrevue | Engagement:
        """What it asks about."""
        return self.action or self.engagement or points_to_nothing(self)


class Sigle(models.Model):
    """An acronym of a contract. Its words are those that the team gave, else those that the document prints (`imprime`,
    at `ligne`); without any, they are still to be given. Set aside (`ecarte`), it is told nowhere."""

    espace = models.ForeignKey(EspaceDeContrat, models.CASCADE, verbose_name="contrat", related_name="sigles")
    sigle = models.CharField("sigle", max_length=20)
    mots = models.CharField("ses mots", max_length=200, blank=True)
    imprime = models.CharField("mots imprimés", max_length=200, blank=True)
    ligne = models.PositiveIntegerField("ligne du document", null=True, blank=True)
    ecarte = models.BooleanField("écarté", default=False)
    version = models.PositiveIntegerField("version", default=1)

    class Meta:
        verbose_name = "sigle"
        ordering = ["espace", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["espace", "sigle"],
                name="sigle_is_listed_once",
                violation_error_message="Ce sigle est déjà dans la liste : donnez-lui ses mots là.",
                violation_error_code="sigle",
            ),
            models.CheckConstraint(
                name="sigle_printed_words_have_a_line",
                condition=Q(imprime="") | Q(ligne__isnull=False),
                violation_error_message="Des mots imprimés ont leur ligne.",
            ),
            models.CheckConstraint(
                name="sigle_of_the_team_has_words",
                condition=Q(ligne__isnull=False) | ~Q(mots="") | Q(ecarte=True),
                violation_error_message="Écrivez ce que veut dire ce sigle.",
                violation_error_code="mots",
            ),
        ]

    def __str__(self) -> str:
        return self.sigle

    @property
    def dit(self) -> str:
        """What it means, as pages say it; nothing when nobody gave its words, or it is set aside."""
        return "" if self.ecarte else self.mots or self.imprime
