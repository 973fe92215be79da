"""Bodies on the pages: from a printed name to the page of the signatory it is, or belongs to."""

from collections.abc import Iterable

from tenir.contrat.adresses import address
from tenir.contrat.models import OrganismeCite, Signataire
from tenir.core.composants import Lien, Tampon, Ton
from tenir.fichier.organisations import registry
from tenir.habilitations.models import EspaceDeContrat

TO_DESIGNATE = Tampon("à désigner", Ton.MUET)


class SignataireParOrganisation:
    """The signatories of one contract by organisation, a service counting for the body it belongs to."""

    def __init__(self, espace: EspaceDeContrat) -> None:
        self.slug = espace.slug
        rows = Signataire.objects.of(espace).values_list("organisation__identifiant", "code")
        self.codes: dict[str, str] = {str(identifiant): code for identifiant, code in rows}

    def code(self, identifiant: str | None) -> str | None:
        """The code of the signatory that an organisation is, or is a service of."""
        while identifiant:
            if identifiant in self.codes:
                return self.codes[identifiant]
            organisation = registry().get(identifiant)
            identifiant = organisation.membre_de if organisation else None
        return None

    def link(self, cited: OrganismeCite, note: str = "") -> Lien:
        """A body as printed, leading to its signatory; « à désigner » when it is no known body."""
        code = self.code(cited.organisation.identifiant if cited.organisation else None)
        return Lien(
            cited.nom,
            address(self.slug, code) if code else "",
            note=note or cited.fonction,
            stamp=None if cited.organisation else TO_DESIGNATE,
        )

    def links(self, cited: Iterable[OrganismeCite], role: str, note: str = "") -> list[Lien]:
        """The links of the bodies that hold a role."""
        return [self.link(one, note) for one in cited if one.role == role]
