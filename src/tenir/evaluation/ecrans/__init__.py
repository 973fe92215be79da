"""The pages of évaluations."""
