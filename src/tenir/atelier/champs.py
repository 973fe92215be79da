"""Who reads each field of the models of the room: its team. What nobody reads is the document, which names persons."""

from tenir.habilitations.niveaux import JAMAIS, Levels

LECTURE: dict[str, Levels] = {"DocumentDepose": {"lu": JAMAIS, "texte": JAMAIS}}
