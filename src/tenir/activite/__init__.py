"""What is really done: kinds, entries, their values, and what they add up to."""
