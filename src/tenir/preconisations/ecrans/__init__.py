"""The pages of préconisations: those of the team, those behind a link without an account."""
