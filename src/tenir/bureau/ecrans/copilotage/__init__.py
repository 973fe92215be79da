"""The page of those who copilot a contract: what each owes it, and has not given."""
