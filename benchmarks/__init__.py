"""What pages and commands cost, with one contract in the database and with the nation's 450."""
