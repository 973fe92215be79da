"""Surveys of residents: a stable core of questions, counts and nothing about one person, year beside year."""
