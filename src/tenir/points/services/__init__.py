"""The point d'étape: whom to ask, sending, answering by a link, reading the answers."""
