"""The bodies that steer a contract: who sits, their rules, their meetings, what was decided and what became of it."""
