"""The pages of the kinds of a contract: what it counts, and how a team makes one without code."""
