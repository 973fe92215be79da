"""What is written: counts, rights offered, local aids."""
