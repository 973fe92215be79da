"""The point d'étape: what is asked, of whom, what they answer, what the team makes of it."""

import secrets
from decimal import Decimal
from pathlib import PurePath
from typing import Self

from django.db import models
from django.db.models import F, Q

from tenir.acteurs.models import Organisation, Personne
from tenir.activite.models import VersionDeNature
from tenir.activite.services.valeurs import Cle, key_of
from tenir.core import horloge
from tenir.core.alphabet import alphabetical
from tenir.core.requetes import points_to_nothing
from tenir.engagements.models import SuiviDEngagement
from tenir.fiches.models.fiche import FicheAction
from tenir.habilitations.models import EspaceDeContrat
from tenir.indicateurs.models import SuiviDIndicateur
from tenir.points.demande import NombreDemande


class PointDEtape(models.Model):
    """A campaign: news asked of those who answer for actions, promises or indicators, and numbers of those who count
    by period, until a day, in the team's words.

    A draft until `envoye_le`. `synthese` is made once, frozen, with its digest.
    """

    espace = models.ForeignKey(EspaceDeContrat, models.CASCADE, verbose_name="contrat", related_name="points")
    titre = models.CharField("titre", max_length=120)
    mot = models.TextField("mot de l’équipe", max_length=1500, blank=True)
    actions = models.BooleanField("sur les actions", default=True)
    engagements = models.BooleanField("sur les engagements", default=False)
    indicateurs = models.BooleanField("sur les indicateurs dont un relevé est attendu", default=False)
    nombres = models.BooleanField("sur ce qui se compte par période", default=False)
    reponse_avant = models.DateField("réponse attendue pour le")
    rappel_1_le = models.DateField("premier rappel le", null=True, blank=True)
    rappel_2_le = models.DateField("second rappel le", null=True, blank=True)
    cree_par = models.ForeignKey(Personne, models.PROTECT, verbose_name="ouvert par", related_name="+")
    cree_le = models.DateTimeField("ouvert le", default=horloge.now, editable=False)
    envoye_le = models.DateTimeField("envoyé le", null=True, blank=True)
    clos_le = models.DateTimeField("clos le", null=True, blank=True)
    synthese = models.JSONField("synthèse", null=True, blank=True)
    synthese_sha256 = models.CharField("empreinte de la synthèse", max_length=64, blank=True)
    synthese_le = models.DateTimeField("synthèse figée le", null=True, blank=True)

    class Meta:
        verbose_name = "point d’étape"
        ordering = ["-cree_le", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="point_d_etape_is_about_something",
                condition=Q(actions=True) | Q(engagements=True) | Q(indicateurs=True) | Q(nombres=True),
                violation_error_message="Dites sur quoi porte le point d’étape.",
                violation_error_code="actions",
            ),
            models.CheckConstraint(
                name="point_d_etape_reminds_in_order",
                condition=Q(rappel_2_le=None) | (Q(rappel_1_le__isnull=False) & Q(rappel_2_le__gt=F("rappel_1_le"))),
                violation_error_message="Le second rappel vient après le premier.",
                violation_error_code="rappel_2_le",
            ),
            models.CheckConstraint(
                name="point_d_etape_reminds_before_its_end",
                condition=Q(rappel_1_le=None) | Q(rappel_1_le__lte=F("reponse_avant")),
                violation_error_message="Un rappel ne part pas après le jour où la réponse est attendue.",
                violation_error_code="rappel_1_le",
            ),
            models.CheckConstraint(
                name="point_d_etape_reminds_again_before_its_end",
                condition=Q(rappel_2_le=None) | Q(rappel_2_le__lte=F("reponse_avant")),
                violation_error_message="Un rappel ne part pas après le jour où la réponse est attendue.",
                violation_error_code="rappel_2_le",
            ),
            models.CheckConstraint(
                name="point_d_etape_is_closed_once_sent",
                condition=Q(clos_le=None) | Q(envoye_le__isnull=False),
                violation_error_message="Un point d’étape se clôt une fois envoyé.",
            ),
            models.CheckConstraint(
                name="point_d_etape_synthesis_is_whole",
                condition=Q(synthese_le=None, synthese_sha256="")
                | (Q(synthese_le__isnull=False) & ~Q(synthese_sha256="")),
                violation_error_message="Une synthèse figée porte son empreinte et son jour.",
            ),
            models.CheckConstraint(
                name="point_d_etape_synthesis_follows_its_end",
                condition=Q(synthese_le=None, synthese__isnull=True)
                | Q(synthese_le__isnull=False, synthese__isnull=False, clos_le__isnull=False),
                violation_error_message="La synthèse se fige une fois le point d’étape clos.",
            ),
        ]

    def __str__(self) -> str:
        return self.titre

    @property
    def etat(self) -> str:
        """In a word: brouillon, en cours, clos."""
        if self.clos_le:
            return "clos"
        return "en cours" if self.envoye_le else "brouillon"


class Dispense(models.Model):
    """What stops a point d'étape from leaving, and that the team waives for this time, saying why.

    `cle` names it: « organisme/caf-gironde », « action/O07-A03 », « engagement/… », « indicateur/… »,
    « nature/… », « nombre/heures/caf ».
    """

    point = models.ForeignKey(PointDEtape, models.CASCADE, verbose_name="point d’étape", related_name="dispenses")
    cle = models.CharField("ce qui est dispensé", max_length=120)
    motif = models.CharField("pourquoi", max_length=300)

    class Meta:
        verbose_name = "dispense"
        ordering = ["point", "cle"]
        constraints = [
            models.UniqueConstraint(
                fields=["point", "cle"],
                name="dispense_is_given_once",
                violation_error_message="Cette dispense est déjà donnée.",
            ),
            models.CheckConstraint(
                name="dispense_says_why",
                condition=~Q(motif=""),
                violation_error_message="Dites pourquoi.",
                violation_error_code="motif",
            ),
        ]

    def __str__(self) -> str:
        return self.cle


class RefusDeSollicitation(models.Model):
    """Someone who asked not to be asked any more for a contract."""

    espace = models.ForeignKey(EspaceDeContrat, models.CASCADE, verbose_name="contrat", related_name="+")
    personne = models.ForeignKey(
        Personne, models.CASCADE, verbose_name="personne", related_name="refus_de_sollicitation"
    )
    le = models.DateTimeField("le", default=horloge.now, editable=False)

    class Meta:
        verbose_name = "refus de sollicitation"
        ordering = ["espace", "personne"]
        constraints = [
            models.UniqueConstraint(
                fields=["espace", "personne"],
                name="refus_de_sollicitation_is_one",
                violation_error_message="Ce refus est déjà noté.",
            )
        ]

    def __str__(self) -> str:
        return str(self.personne)


class Destinataire(models.Model):
    """Someone asked, with her one link, made of `alea` and of the secret of the site: the base alone opens nothing.

    `transmis_a` took her questions over: her link then reads, and answers nothing. `rendu_a` had handed them to her,
    and has them again: her own link is then revoked.
    """

    point = models.ForeignKey(PointDEtape, models.CASCADE, verbose_name="point d’étape", related_name="destinataires")
    personne = models.ForeignKey(Personne, models.PROTECT, verbose_name="personne", related_name="sollicitations")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name="organisme", related_name="+", null=True, blank=True
    )
    alea = models.CharField("aléa du lien", max_length=43, unique=True, default=secrets.token_urlsafe, editable=False)
    cree_le = models.DateTimeField("sollicité le", default=horloge.now, editable=False)
    expire_le = models.DateTimeField("lien valable jusqu’au")
    revoque_le = models.DateTimeField("lien révoqué le", null=True, blank=True)
    termine_le = models.DateTimeField("a terminé le", null=True, blank=True)
    transmis_a = models.ForeignKey(
        "self", models.PROTECT, verbose_name="transmis à", related_name="recu_de", null=True, blank=True
    )
    rendu_a = models.ForeignKey(
        "self", models.PROTECT, verbose_name="rendu à", related_name="a_repris_de", null=True, blank=True
    )

    class Meta:
        verbose_name = "destinataire"
        ordering = ["point", alphabetical("personne__nom"), "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["point", "personne"],
                name="destinataire_is_asked_once",
                violation_error_message="Cette personne est déjà sollicitée.",
            ),
            models.CheckConstraint(
                name="destinataire_link_expires_later",
                condition=Q(expire_le__gt=F("cree_le")),
                violation_error_message="Le lien expire avant d’être envoyé.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.personne)


def place(question: "Question", name: str) -> str:
    """Where the file of an answer is kept, under a name drawn at random; the name it came with is `nom`."""
    return f"points/{question.destinataire_id}/{secrets.token_hex(16)}{PurePath(name).suffix.lower()}"


class QuestionQuerySet(models.QuerySet["Question"]):
    """Questions by where they stand."""

    def answered(self) -> Self:
        """Those that await the team's reading."""
        return self.filter(etat=Question.Etat.REPONDUE)

    def waiting(self) -> Self:
        """Those that await an answer, or another one."""
        return self.filter(etat__in=[Question.Etat.POSEE, Question.Etat.RENVOYEE])

    def with_things(self) -> Self:
        """With all that a page says of what they ask about."""
        found = self.select_related(
            "destinataire__personne",
            "destinataire__organisation",
            "repondu_par",
            "fiche__action__orientation__axe",
            "fiche__espace",
            "engagement__engagement__signataire__organisation",
            "engagement__espace",
            "indicateur__indicateur",
            "indicateur__espace",
            "organisme",
        )
        return found.prefetch_related("mots").order_by("ordre", "pk")


class Question(models.Model):
    """One thing asked of someone, and her answer: what she declares is nothing until the team accepts it.

    Of what is counted by period, it says the kind in the words of that day (`mots`), the body that counts, the period
    asked (`du`, `au`); the answer is numbers, by the fields of its form, and for a state the day they are of (`fin`).
    `statut` is the value of `Statut` or `EtatDEngagement` that she declares, empty when it does not change.
    `retour` is the question that the team asks back.
    """

    class Etat(models.TextChoices):
        POSEE = "posee", "sans réponse"
        REPONDUE = "repondue", "à lire"
        RENVOYEE = "renvoyee", "renvoyée avec une question"
        ACCEPTEE = "acceptee", "acceptée"
        ECARTEE = "ecartee", "écartée"

    destinataire = models.ForeignKey(
        Destinataire, models.CASCADE, verbose_name="destinataire", related_name="questions"
    )
    ordre = models.PositiveSmallIntegerField("ordre")
    fiche = models.ForeignKey(
        FicheAction, models.CASCADE, verbose_name="fiche action", related_name="questions", null=True, blank=True
    )
    engagement = models.ForeignKey(
        SuiviDEngagement, models.CASCADE, verbose_name="engagement", related_name="questions", null=True, blank=True
    )
    indicateur = models.ForeignKey(
        SuiviDIndicateur, models.CASCADE, verbose_name="indicateur", related_name="questions", null=True, blank=True
    )
    mots = models.ForeignKey(
        VersionDeNature, models.CASCADE, verbose_name="nature", related_name="+", null=True, blank=True
    )
    organisme = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name="organisme qui compte", related_name="+", null=True, blank=True
    )
    du = models.DateField("période demandée, du", null=True, blank=True)
    au = models.DateField("période demandée, au", null=True, blank=True)
    etat = models.CharField("état", max_length=10, choices=Etat, default=Etat.POSEE)
    sans_changement = models.BooleanField("rien de nouveau", default=False)
    statut = models.CharField("statut déclaré", max_length=20, blank=True)
    motif = models.CharField("raison", max_length=500, blank=True)
    phrase = models.TextField("en une phrase", max_length=1000, blank=True)
    valeur = models.DecimalField("valeur", max_digits=15, decimal_places=4, null=True, blank=True)
    nombres = models.JSONField("nombres", default=dict, blank=True)
    debut = models.DateField("du", null=True, blank=True)
    fin = models.DateField("au", null=True, blank=True)
    source = models.CharField("source", max_length=200, blank=True)
    fichier = models.FileField("fichier", upload_to=place, max_length=200, blank=True)
    nom = models.CharField("nom du fichier", max_length=200, blank=True)
    repondu_le = models.DateTimeField("répondu le", null=True, blank=True)
    repondu_par = models.ForeignKey(
        Personne, models.PROTECT, verbose_name="répondu par", related_name="+", null=True, blank=True
    )
    retour = models.CharField("question de l’équipe", max_length=500, blank=True)
    pourquoi = models.CharField("pourquoi elle est écartée", max_length=300, blank=True)
    traitee_le = models.DateTimeField("traitée le", null=True, blank=True)
    traitee_par = models.ForeignKey(
        Personne, models.PROTECT, verbose_name="traitée par", related_name="+", null=True, blank=True
    )

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = "question"
        ordering = ["destinataire", "ordre", "pk"]
        constraints = [
            models.CheckConstraint(
                name="question_is_about_one_thing",
                condition=Q(fiche__isnull=False, engagement=None, indicateur=None, mots=None)
                | Q(fiche=None, engagement__isnull=False, indicateur=None, mots=None)
                | Q(fiche=None, engagement=None, indicateur__isnull=False, mots=None)
                | Q(fiche=None, engagement=None, indicateur=None, mots__isnull=False),
                violation_error_message="Une question porte sur une action, un engagement, un indicateur ou un nombre.",
            ),
            models.CheckConstraint(
                name="question_of_numbers_is_whole",
                condition=Q(mots=None, du=None, au=None)
                | Q(mots__isnull=False, organisme__isnull=False, du__isnull=False, au__gte=F("du")),
                violation_error_message="Un nombre se demande à un organisme, sur une période.",
            ),
            models.CheckConstraint(
                name="question_state_is_known",
                condition=Q(etat__in=["posee", "repondue", "renvoyee", "acceptee", "ecartee"]),
                violation_error_message="Cet état n’existe pas.",
            ),
            models.CheckConstraint(
                name="question_answered_has_its_moment",
                condition=Q(etat="posee") | Q(repondu_le__isnull=False),
                violation_error_message="Une réponse est donnée à un moment dit.",
            ),
            models.CheckConstraint(
                name="question_sent_back_asks_something",
                condition=~Q(etat="renvoyee") | ~Q(retour=""),
                violation_error_message="Dites ce que vous demandez.",
                violation_error_code="retour",
            ),
            *(
                models.UniqueConstraint(
                    fields=["destinataire", thing],
                    name=f"question_asks_{thing}_once",
                    violation_error_message="Cette question est déjà posée.",
                )
                for thing in ("fiche", "engagement", "indicateur")
            ),
            models.UniqueConstraint(
                fields=["destinataire", "mots", "organisme", "du"],
                name="question_asks_numbers_once",
                violation_error_message="Cette question est déjà posée.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code}, {self.destinataire}"

    @property
    def sujet(self) -> "FicheAction | SuiviDEngagement | SuiviDIndicateur | NombreDemande":
        """What it asks about."""
        return self.fiche or self.engagement or self.indicateur or self.demande or points_to_nothing(self)

    @property
    def demande(self) -> NombreDemande | None:
        """The numbers that it asks, of whom, over which period; none when it asks about something else."""
        if self.mots and self.organisme and self.du and self.au:
            return NombreDemande(self.mots.nature, self.organisme, self.du, self.au)
        return None

    @property
    def numbers(self) -> dict[Cle, Decimal]:
        """The numbers that are answered."""
        return {key_of(name): Decimal(value) for name, value in self.nombres.items()}

    @property
    def pour(self) -> Organisation | None:
        """The body that answers: the one that counts, else the one for which someone is asked."""
        return self.organisme or self.destinataire.organisation

    @property
    def code(self) -> str:
        """The code of what it asks about."""
        return self.sujet.code
