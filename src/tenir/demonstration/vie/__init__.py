"""The simulated life of a fictitious contract: seeded, played through the real services at moments of the past."""
