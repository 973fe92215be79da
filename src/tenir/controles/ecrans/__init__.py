"""« Qualité du contrat »: what the rules find, where it is, what is admitted."""
