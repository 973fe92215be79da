"""Law and privacy."""
