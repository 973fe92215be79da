"""The statements of all signatories: sending them, their receipts, what the link of one opens."""
