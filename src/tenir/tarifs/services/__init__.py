"""What changes the tariffs of a contract, and leaves its trace."""
