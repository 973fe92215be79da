"""What is written of rooms and of bookings."""
