"""The pages of exploratory walks."""
