"""Opening the life of the bodies that a contract signs."""

from tenir.contrat.models import InstanceDeGouvernance
from tenir.contrat.ouverture import Sorte
from tenir.gouvernance.models import InstanceSuivie

SORTE = Sorte(InstanceSuivie, "instance", "suivie_depuis", lambda of: InstanceDeGouvernance.objects.of(of))
