"""What is done to the ledger and to its table: right, rule, change, trace, in one transaction."""
