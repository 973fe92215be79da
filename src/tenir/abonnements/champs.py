"""Who reads what a subscription holds: nobody. It is an address and what it follows; the team has no list of it."""

from tenir.habilitations.niveaux import JAMAIS, Levels

LECTURE: dict[str, Levels] = {
    "Abonnement": dict.fromkeys(
        ("adresse", "sur", "quartier", "alea", "demande_le", "confirme_le", "dit_le", "connus", "a_dire"), JAMAIS
    )
}
