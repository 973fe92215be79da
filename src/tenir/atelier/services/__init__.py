"""What is done to a draft: one function changes one thing, in one transaction, with its trace and its gesture."""
