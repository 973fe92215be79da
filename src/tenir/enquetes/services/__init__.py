"""What is written: surveys, their questions, answers that only add to counts."""
