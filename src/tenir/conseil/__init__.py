"""The council of residents: candidates, a draw that anyone replays, its members and their mandates, its opinions."""
