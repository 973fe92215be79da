"""Points d'étape as the team runs them: opening, sending, reading the answers; the messages they send."""
