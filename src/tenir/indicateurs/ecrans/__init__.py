"""The indicators of a contract: who answers for each, in what unit, how often; their readings."""
