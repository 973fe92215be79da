"""What changes in the council of residents, and by whom."""
