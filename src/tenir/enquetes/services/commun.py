"""The rights of the room, and the kinds of its facts."""

READ, RIGHT, PUBLISH = "enquete.read", "enquete.update", "enquete.publish"
"""To read surveys; to prepare, open and enter them; to let anyone read their results."""
GENRE = "enquête"
"""The kind of these facts in the trace; their object is the code of the survey."""
