"""What signatories promise."""
