"""A comment on one thing of a contract, and the persons it tells, each with a link of her own."""

import secrets
from typing import Self

from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import F, Q

from tenir.acteurs.models import Organisation, Personne
from tenir.core import horloge
from tenir.core.requetes import points_to_nothing
from tenir.engagements.models import SuiviDEngagement
from tenir.fiches.models import FicheAction
from tenir.habilitations.models import EspaceDeContrat, of_contract
from tenir.habilitations.niveaux import Niveau
from tenir.points.models import Question

Chose = FicheAction | SuiviDEngagement | Question
"""What one comments on."""
LONGEST = 1500


class CommentaireQuerySet(models.QuerySet["Commentaire"]):
    """Comments as pages ask for them."""

    def of(self, espace: EspaceDeContrat) -> Self:
        """Those of one contract."""
        return of_contract(self, espace)

    def on(self, chose: Chose) -> Self:
        """Those on one thing, the oldest first."""
        return self.filter(**about(chose)).order_by("ecrit_le", "pk")

    def whole(self) -> Self:
        """With who wrote them, and what they are about."""
        return self.select_related(
            "espace",
            "auteur",
            "pour",
            "fiche__action__orientation__axe",
            "fiche__espace",
            "engagement__engagement__signataire__organisation",
            "engagement__espace",
            "question__destinataire__point__espace",
        )


class Commentaire(models.Model):
    """What someone says of an action, of a promise or of an answer, to those who read it; never public.

    `niveau`: who reads it, as its thing: an answer is the team's. `par_lien`: written without an account, in answer to
    `repond_a`. Withdrawn by the team, it keeps the reason (`motif`) and no more its words.
    """

    class Pour(models.IntegerChoices):
        PARTENAIRES = Niveau.PARTENAIRES.value, "partenaires du contrat"
        EQUIPE = Niveau.EQUIPE.value, "équipe du contrat"

    espace = models.ForeignKey(EspaceDeContrat, models.CASCADE, verbose_name="contrat", related_name="commentaires")
    fiche = models.ForeignKey(
        FicheAction, models.CASCADE, verbose_name="fiche action", related_name="commentaires", null=True, blank=True
    )
    engagement = models.ForeignKey(
        SuiviDEngagement, models.CASCADE, verbose_name="engagement", related_name="commentaires", null=True, blank=True
    )
    question = models.ForeignKey(
        Question, models.CASCADE, verbose_name="réponse", related_name="commentaires", null=True, blank=True
    )
    niveau = models.PositiveSmallIntegerField("qui le lit", choices=Pour, default=Pour.PARTENAIRES)
    auteur = models.ForeignKey(Personne, models.PROTECT, verbose_name="écrit par", related_name="+")
    pour = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name="pour l’organisme", related_name="+", null=True, blank=True
    )
    par_lien = models.BooleanField("écrit par un lien", default=False)
    repond_a = models.ForeignKey(
        "self", models.SET_NULL, verbose_name="répond à", related_name="reponses", null=True, blank=True
    )
    texte = models.TextField("commentaire", max_length=LONGEST, blank=True, validators=[MaxLengthValidator(LONGEST)])
    ecrit_le = models.DateTimeField("écrit le", default=horloge.now, editable=False)
    corrige_le = models.DateTimeField("corrigé le", null=True, blank=True)
    retire_le = models.DateTimeField("retiré le", null=True, blank=True)
    retire_par = models.ForeignKey(
        Personne, models.PROTECT, verbose_name="retiré par", related_name="+", null=True, blank=True
    )
    motif = models.CharField("pourquoi il est retiré", max_length=300, blank=True)

    objects = CommentaireQuerySet.as_manager()

    class Meta:
        verbose_name = "commentaire"
        ordering = ["ecrit_le", "pk"]
        indexes = [models.Index(fields=["espace", "-ecrit_le"], name="commentaire_of_a_contract")]
        constraints = [
            models.CheckConstraint(
                name="commentaire_is_about_one_thing",
                condition=Q(fiche__isnull=False, engagement=None, question=None)
                | Q(fiche=None, engagement__isnull=False, question=None)
                | Q(fiche=None, engagement=None, question__isnull=False),
                violation_error_message="Un commentaire porte sur une action, un engagement ou une réponse.",
            ),
            models.CheckConstraint(
                name="commentaire_is_read_as_its_thing",
                condition=Q(question=None, niveau=Niveau.PARTENAIRES.value)
                | Q(question__isnull=False, niveau=Niveau.EQUIPE.value),
                violation_error_message="Un commentaire est lu par qui lit ce dont il parle.",
            ),
            models.CheckConstraint(
                name="commentaire_says_something",
                condition=Q(retire_le__isnull=False, texte="") | (Q(retire_le=None) & ~Q(texte="")),
                violation_error_message="Écrivez le commentaire.",
                violation_error_code="texte",
            ),
            models.CheckConstraint(
                name="commentaire_withdrawn_says_why",
                condition=Q(retire_le=None, motif="") | (Q(retire_le__isnull=False) & ~Q(motif="")),
                violation_error_message="Dites pourquoi ce commentaire est retiré.",
                violation_error_code="motif",
            ),
        ]

    def __str__(self) -> str:
        return f"commentaire n° {self.pk}"

    @property
    def chose(self) -> Chose:
        """What it is about."""
        return self.fiche or self.engagement or self.question or points_to_nothing(self)


class PersonneCitee(models.Model):
    """Someone whom a comment tells, at once; without an account (`par_lien`), she answers by her one link, made of
    `alea`, and her name is for those who know the contacts."""

    commentaire = models.ForeignKey(
        Commentaire, models.CASCADE, verbose_name="commentaire", related_name="personnes_citees"
    )
    personne = models.ForeignKey(Personne, models.PROTECT, verbose_name="personne", related_name="+")
    alea = models.CharField("aléa du lien", max_length=43, unique=True, default=secrets.token_urlsafe, editable=False)
    par_lien = models.BooleanField("sans compte", default=False)
    citee_le = models.DateTimeField("citée le", default=horloge.now, editable=False)
    expire_le = models.DateTimeField("lien valable jusqu’au")

    class Meta:
        verbose_name = "personne citée"
        ordering = ["commentaire", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["commentaire", "personne"],
                name="personne_citee_once",
                violation_error_message="Cette personne est déjà citée.",
            ),
            models.CheckConstraint(
                name="personne_citee_link_expires_later",
                condition=Q(expire_le__gt=F("citee_le")),
                violation_error_message="Le lien expire avant d’être envoyé.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.personne)


def about(chose: Chose) -> dict[str, Chose]:
    """The column that says what a comment is about."""
    if isinstance(chose, FicheAction):
        return {"fiche": chose}
    return {"engagement": chose} if isinstance(chose, SuiviDEngagement) else {"question": chose}


def espace_of(chose: Chose) -> EspaceDeContrat:
    """The contract of what one comments on."""
    return chose.destinataire.point.espace if isinstance(chose, Question) else chose.espace
