"""What a team settles of its contract, beside the signed text: whom the public calls, what it
lets everyone read of its life, by which clock it lives.
"""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from tenir.core.trace import record
from tenir.ecran.versions import changed_fields, facts_of, refuse_moved
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.publications import PUBLIE
from tenir.habilitations.rights import Acces, require
from tenir.habilitations.services import trace_of

CONTACT = ("contact_nom", "contact_telephone", "contact_courriel", "contact_adresse")
WRITTEN = (*CONTACT, *PUBLIE.values(), "fuseau")


@transaction.atomic
def save_settings(
    *, by: Acces, espace: EspaceDeContrat, changes: Mapping[str, Any], read: Mapping[str, Any] | None = None
) -> EspaceDeContrat:
    """Change whom the public calls, what it reads, or the clock of a contract; `read`: what each field held when read.

    Raises:
        Refus: she may not.
        Conflit: someone else changed one of these fields meanwhile.
        ValidationError: a contact without a name or an address, a zone that is none of the country's.
    """
    require(by, "contrat.update", espace)
    found = EspaceDeContrat.objects.select_for_update().get(pk=espace.pk)
    refuse_moved(found, changes, read)
    wanted = changed_fields(found, changes, WRITTEN)
    facts = facts_of("contrat", found.slug, found, wanted)
    for name, value in wanted.items():
        setattr(found, name, value)
    found.full_clean()
    found.save(update_fields=[*wanted])
    if facts:
        record(trace_of(found), by.auteur(found), facts)
    return found
