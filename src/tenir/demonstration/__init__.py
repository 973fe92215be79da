"""The demonstration: fictitious people to enter as, and the messages they receive. Nowhere else."""
