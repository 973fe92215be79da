"""The pages of the ledger and of its table."""
