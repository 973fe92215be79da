"""Who meets, who runs."""
