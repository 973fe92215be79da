"""The rights of the room."""

READ, COUNT, RIGHT = "reperage.read", "reperage.count", "reperage.update"
"""To read the rights and their counts; to count, for one’s body; to keep what is offered."""
GENRE_DROIT, GENRE_AIDE, GENRE_COMPTE = "droit repéré", "aide locale", "compte de droit"
"""The kinds of these facts in the trace."""
