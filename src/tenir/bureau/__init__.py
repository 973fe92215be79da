"""What joins rooms for those who sign in: the desk, figures, the summary, persons, the platform."""
