"""What a contract is made of."""
