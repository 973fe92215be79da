"""Rooms of a contract that bodies share, and their slots: booked once, seen by all, never the reason of a visit."""
