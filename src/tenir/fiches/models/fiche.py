"""The fiche action: what becomes of one planned action."""

from collections.abc import Iterable
from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce

from tenir.acteurs.models import Organisation, Personne
from tenir.contrat.models import ActionPrevue
from tenir.contrat.pilotage import piloted, without_pilot
from tenir.core.alphabet import alphabetical
from tenir.ecran.mots import UNDECLARED
from tenir.fiches.enums import CLOSED, Statut
from tenir.fiches.models.jalon import Jalon
from tenir.fiches.seuils import silent_before
from tenir.habilitations.models import EspaceDeContrat, of_contract


class FicheActionQuerySet(models.QuerySet["FicheAction"]):
    """Fiches as the team asks for them. Conditions on time take the day: nothing here asks what day it is."""

    def of(self, espace: EspaceDeContrat) -> Self:
        """The fiches of the actions in force of one contract, in the order of the contract."""
        return of_contract(self, espace).filter(action__retire=False).order_by("action__ordre")

    def open(self) -> Self:
        """Those that still owe something: neither declared over or stopped, nor ended in fact."""
        return self.exclude(statut__in=CLOSED).filter(fin_reelle=None)

    def late(self, on: date) -> Self:
        """Those whose start, end or a jalon should have come before that day, and did not."""
        return self.open().filter(late_condition(on))

    def silent(self, on: date) -> Self:
        """Those of which nothing was heard for too long (`seuils.SILENCE`), counted from the day follow-up opened."""
        return self.open().alias(entendue_le=last_heard()).filter(entendue_le__lt=silent_before(on))

    def without_news(self) -> Self:
        """Those of which nobody said anything yet."""
        return self.filter(derniere_nouvelle_le=None)

    def piloted_by(self, identifiants: Iterable[str], espace: EspaceDeContrat) -> Self:
        """Those that some bodies carry: settled so, or printed so while nothing is settled."""
        wanted = Q(organisation__identifiant__in=list(identifiants))
        actions = ActionPrevue.objects.of(espace)
        printed = actions.filter(piloted(actions, wanted)).order_by().values("pk")
        settled = Q(organisme_en_charge__identifiant__in=list(identifiants))
        return self.filter(settled | Q(organisme_en_charge=None, action__in=printed))

    def to_designate(self, espace: EspaceDeContrat) -> Self:
        """Those that no known body carries: none is printed, or one that is no body, and nothing is settled."""
        actions = ActionPrevue.objects.of(espace)
        printed = actions.filter(piloted(actions, Q(organisation=None)) | without_pilot(actions))
        return self.filter(organisme_en_charge=None, action__in=printed.order_by().values("pk"))


class FicheAction(models.Model):
    """What becomes of one planned action. It hangs on the action's row, which keeps its code and is never deleted.

    `version` grows with each change of the fiche's own fields: whoever saves on top of another's change sees it first.
    `ouverte_le` is the day follow-up opened in Tenir: silence counts from it. An empty `statut`: nobody declared any.
    """

    EMPTY_MEANS: ClassVar[dict[str, str]] = {"statut": UNDECLARED}

    espace = models.ForeignKey(EspaceDeContrat, models.CASCADE, verbose_name="contrat", related_name="fiches")
    action = models.OneToOneField(ActionPrevue, models.PROTECT, verbose_name="action prévue", related_name="fiche")
    version = models.PositiveIntegerField("version", default=1)
    ouverte_le = models.DateField("suivie depuis le")

    statut = models.CharField("statut", max_length=20, choices=Statut, blank=True)
    statut_depuis = models.DateField("statut depuis le", null=True, blank=True)
    motif = models.TextField("raison du statut", max_length=500, blank=True)
    organisme_en_charge = models.ForeignKey(
        Organisation,
        models.PROTECT,
        verbose_name="organisme en charge",
        related_name="fiches_en_charge",
        null=True,
        blank=True,
    )
    personne_en_charge = models.ForeignKey(
        Personne,
        models.PROTECT,
        verbose_name="personne en charge",
        related_name="fiches_en_charge",
        null=True,
        blank=True,
    )
    public_vise = models.TextField("public visé", max_length=500, blank=True)
    debut_prevu = models.DateField("début prévu", null=True, blank=True)
    fin_prevue = models.DateField("fin prévue", null=True, blank=True)
    debut_revise = models.DateField("début révisé", null=True, blank=True)
    fin_revisee = models.DateField("fin révisée", null=True, blank=True)
    debut_reel = models.DateField("début réel", null=True, blank=True)
    fin_reelle = models.DateField("fin réelle", null=True, blank=True)
    prochaine_etape = models.TextField("prochaine étape", max_length=500, blank=True)
    prochaine_etape_le = models.DateField("prochaine étape prévue le", null=True, blank=True)
    difficultes = models.TextField("difficultés", max_length=2000, blank=True)
    aide_demandee = models.TextField("aide demandée", max_length=2000, blank=True)
    derniere_nouvelle_le = models.DateField("dernière nouvelle le", null=True, blank=True, editable=False)
    prescripteurs = models.ManyToManyField(
        Organisation, verbose_name="prescripteurs", related_name="actions_prescrites", blank=True
    )

    objects = FicheActionQuerySet.as_manager()

    class Meta:
        verbose_name = "fiche action"
        ordering = ["espace", "action"]
        indexes = [models.Index(fields=["espace", "statut"], name="fiche_of_a_status")]
        constraints = [
            models.CheckConstraint(
                name="fiche_action_status_is_known",
                condition=Q(statut="") | Q(statut__in=Statut.values),
                violation_error_message="Ce statut n’existe pas.",
            ),
            *(
                models.CheckConstraint(
                    name=f"fiche_action_{word}_says_why",
                    condition=~Q(statut=statut) | ~Q(motif=""),
                    violation_error_code="motif",
                    violation_error_message=f"Dites pourquoi l’action est {statut.label}.",
                )
                for statut, word in ((Statut.SUSPENDUE, "suspended"), (Statut.ABANDONNEE, "abandoned"))
            ),
            models.CheckConstraint(
                name="fiche_action_status_has_its_day",
                condition=Q(statut="", statut_depuis=None) | (~Q(statut="") & Q(statut_depuis__isnull=False)),
                violation_error_message="Un statut déclaré l’est depuis un jour dit.",
            ),
            *(
                models.CheckConstraint(
                    name=f"fiche_action_{end}_follows_{start}",
                    condition=Q(**{start: None}) | Q(**{end: None}) | Q(**{f"{end}__gte": F(start)}),
                    violation_error_code=end,
                    violation_error_message=f"Le calendrier {word} se termine avant de commencer.",
                )
                for start, end, word in (
                    ("debut_prevu", "fin_prevue", "prévu"),
                    ("debut_revise", "fin_revisee", "révisé"),
                    ("debut_reel", "fin_reelle", "réel"),
                )
            ),
        ]

    def __str__(self) -> str:
        return f"{self.action.code} {self.action.titre}"

    @property
    def code(self) -> str:
        """The code of its action."""
        return self.action.code

    @property
    def debut_attendu(self) -> date | None:
        """The start as revised, else as planned."""
        return self.debut_revise or self.debut_prevu

    @property
    def fin_attendue(self) -> date | None:
        """The end as revised, else as planned."""
        return self.fin_revisee or self.fin_prevue

    @property
    def entendue_le(self) -> date:
        """The day something was last heard of it: its last news, else the day follow-up opened."""
        return self.derniere_nouvelle_le or self.ouverte_le


def late_condition(on: date) -> Q:
    """On an open fiche: a start, an end or a jalon that should have come before that day."""
    jalons = Jalon.objects.filter(fiche=OuterRef("pk")).overdue(on)
    late_end = Q(fin_revisee__lt=on) | Q(fin_revisee=None, fin_prevue__lt=on)
    late_start = Q(debut_revise__lt=on) | Q(debut_revise=None, debut_prevu__lt=on)
    return Q(Exists(jalons)) | late_end | (Q(debut_reel=None) & late_start)


def last_heard() -> Coalesce:
    """The day something was last heard of a fiche, as `FicheAction.entendue_le`."""
    return Coalesce("derniere_nouvelle_le", "ouverte_le")


class PartenaireDeLAction(models.Model):
    """A body that takes part in an action, and its part: beside those that the signed text names."""

    fiche = models.ForeignKey(FicheAction, models.CASCADE, verbose_name="fiche action", related_name="partenaires")
    organisation = models.ForeignKey(Organisation, models.PROTECT, verbose_name="organisme", related_name="+")
    part = models.TextField("sa part", max_length=500, blank=True)

    class Meta:
        verbose_name = "partenaire de l’action"
        ordering = ["fiche", alphabetical("organisation__nom"), "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["fiche", "organisation"],
                name="partenaire_de_l_action_is_named_once",
                violation_error_message="Cet organisme est déjà partenaire de l’action.",
            )
        ]

    def __str__(self) -> str:
        return str(self.organisation)
