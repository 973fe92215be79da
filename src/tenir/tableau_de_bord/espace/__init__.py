"""The desk of a contract, that one opens in the morning; the contract in figures."""
